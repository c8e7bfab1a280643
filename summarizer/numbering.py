"""What an engine is shown: the passages that can be cited, numbered from 1 over all sources of a draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.disguises import visible
from summarizer.findings import addressed, addresses_a_machine
from summarizer.items import Evidence, Finding, Item, Precedent, Stakeholder
from summarizer.ports import Brief, NumberedPassage
from summarizer.proof import Cited
from summarizer.reading.lines import unmarked
from summarizer.sources import Message, Passage, Role, Source
from summarizer.support import SupportCheck
from summarizer.unsaid import SimilarSow

BOILERPLATE = frozenset({Role.HEADER, Role.SIGNATURE})


@dataclass(frozen=True)
class Material:
    """All that a draft is made of."""

    sources: Sequence[Source]
    precedents: Sequence[Precedent] = ()
    client: str | None = None
    vendor: str | None = None
    deal_type: str | None = None
    standing: Sequence[Item] = ()
    """Items of the version that the draft builds on; what only repeats them is not proposed again."""
    standing_people: Sequence[Stakeholder] = ()
    """People of that version; they are not proposed again either."""
    similar: Sequence[SimilarSow] = ()
    """Past SOWs that look like the deal, best first; what most of them settle and no source mentions is asked."""
    findings: Sequence[Finding] = ()
    """What is known of the files that the sources were read from."""
    check: SupportCheck | None = None
    """Says of each drafted item whether its evidence supports it; without it, only what shares no words is doubted."""

    @property
    def firms(self) -> list[str]:
        """The names of both sides, as far as they are known."""
        return [firm for firm in (self.client, self.vendor) if firm]


@dataclass(frozen=True)
class Place:
    """Where a numbered passage stands."""

    source: Source
    passage: Passage

    @property
    def evidence(self) -> Evidence:
        return self.source.evidence(self.passage.start, self.passage.end)

    @property
    def message(self) -> Message:
        return self.source.message(self.passage.message)

    @property
    def cited(self) -> Cited:
        return Cited(self.evidence, self.source, self.message)


def number(sources: Sequence[Source]) -> Iterator[Place]:
    """The passages that can be cited, in order: what is new, and what stands in quotations only.

    Lines that address a machine are not among them, so no engine gets to see one.
    """
    for source in sources:
        barred = addressed(source)
        for passage in source.passages:
            if _is_citable(passage) and not _touches(passage, barred):
                yield Place(source, passage)


def _is_citable(passage: Passage) -> bool:
    return passage.role is Role.NEW or (passage.role is Role.QUOTED and passage.repeats is None)


def _touches(passage: Passage, stretches: Sequence[Evidence]) -> bool:
    return any(stretch.start < passage.end and passage.start < stretch.end for stretch in stretches)


def brief(material: Material, places: Sequence[Place]) -> Brief:
    """The sources as an engine sees them, without what addresses a machine; messages are numbered over all sources."""
    numbers = {(place.source.id, place.passage.start): n for n, place in enumerate(places, start=1)}
    passages: list[NumberedPassage] = []
    headers: dict[int, str] = {}
    messages = 0
    for source in material.sources:
        above: Passage | None = None
        barred = addressed(source)
        days = source.days()
        for passage in source.passages:
            message = messages + passage.message
            number = numbers.get((source.id, passage.start))
            if passage.role in BOILERPLATE and not _touches(passage, barred):
                headers[message] = f"{headers.get(message, '')}{visible(source.quote(passage))}\n"
            if number is not None:
                answers = numbers.get((source.id, _original(above))) if above and _answers(passage, above) else None
                day = days[passage.message - 1]
                passages.append(_numbered(Place(source, passage), number, message=message, answers=answers, day=day))
            above = passage
        messages += len(source.messages)
    return Brief(
        passages=passages,
        precedents=[each for each in material.precedents if not addresses_a_machine(f"{each.section}\n{each.text}")],
        client=material.client,
        vendor=material.vendor,
        deal_type=material.deal_type,
        headers=headers,
    )


def _answers(passage: Passage, above: Passage) -> bool:
    """Whether a passage is written straight under a quoted one of the same message."""
    return passage.role is Role.NEW and above.role is Role.QUOTED and above.message == passage.message


def _original(quoted: Passage) -> int:
    return quoted.start if quoted.repeats is None else quoted.repeats


def _numbered(place: Place, number: int, *, message: int, answers: int | None, day: date | None) -> NumberedPassage:
    return NumberedPassage(
        number=number,
        text=unmarked(visible(place.source.quote(place.passage))),
        message=message,
        sender=_named(place.message.sender),
        side=place.message.side,
        sent=place.message.sent,
        quoted=place.passage.role is Role.QUOTED,
        item=place.passage.item,
        answers=answers,
        day=day,
        month_first=place.source.month_first,
    )


def _named(sender: str | None) -> str | None:
    """The sender, unless the name is an order to a machine."""
    return None if sender and addresses_a_machine(sender) else sender
