"""Reviewers' decisions as labelled cases: what was accepted is gold, what was rejected is a trap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.cases import Case, CaseDeal, Gold, GoldItem, GoldStakeholder, Trap
from eval.checking import faults
from eval.errors import NotDecided
from eval.matching import says
from eval.scrubbing import Scrubbed, Scrubber, addressed, left_capitalised
from eval.stand_ins import digest
from eval.telling import must
from summarizer.decisions import Verdict, Version
from summarizer.errors import NotFound
from summarizer.handoff import Handoff
from summarizer.items import Evidence, Item, Stakeholder
from summarizer.records import Deal, StoredSource
from summarizer.review import Review, Reviewed
from summarizer.reviewing import open_review
from summarizer.service import read_source
from summarizer.sources import Form, Source
from summarizer.stores import Store

_OPEN = frozenset({Verdict.UNDECIDED, Verdict.NEEDS_INFO})
_BETWEEN = "\n\n"
"""What stands between two sources of a case."""
_MOST_NAMED = 60


@dataclass(frozen=True)
class Decisions:
    """The newest version of a handoff with the review that made it."""

    deal: Deal
    version: Version
    review: Review
    sources: Sequence[Source]
    """Those that the suggestion was drafted from, in their order."""


@dataclass(frozen=True)
class Harvested:
    """A case that a person has to read still, and what that person should look at."""

    case: Case
    notes: Sequence[str]


def material(store: Store, reference: str) -> Decisions:
    """What was decided last of the deal or handoff with this id. Raises NotFound, NotDecided."""
    handoff = _handoff(store, reference)
    deal = store.deals.get(handoff.deal)
    version = handoff.current
    if version is None:
        raise NotDecided(f"Nothing of “{deal.name}” has been committed.")
    review = open_review(store, version.suggestion).review
    left = sum(row.verdict in _OPEN and row.standing is None for row in review.items())
    if left:
        raise NotDecided(f"{left} items of “{deal.name}” were committed without a yes or no.")
    stored = [each for each in store.sources.of_deal(deal.id) if each.id in review.suggestion.sources]
    return Decisions(deal, version, review, [_read(store, each, deal) for each in stored])


def _handoff(store: Store, reference: str) -> Handoff:
    try:
        return store.handoffs.of_deal(store.deals.get(reference).id)
    except NotFound:
        return store.handoffs.get(reference)


def _read(store: Store, stored: StoredSource, deal: Deal) -> Source:
    return read_source(store, stored, deal)


def harvested(decisions: Decisions, *, salt: str) -> Harvested:
    """The case that these decisions make, with stand-ins for personal data; the same salt gives the same case."""
    scrubber = _scrubber(decisions, salt)
    page = _Page(decisions.sources, scrubber)
    items = [_gold(f"g{n}", item, page) for n, item in enumerate(_in_the_text(decisions), start=1)]
    traps, dropped = _traps(decisions, items, page)
    deal = decisions.deal
    case = Case(
        id=f"h-{digest(salt, deal.id):016x}",
        deal=CaseDeal(
            name=scrubber(deal.name),
            client=scrubber(deal.client),
            vendor=scrubber(deal.vendor),
            deal_type=deal.deal_type,
        ),
        form=_form(decisions.sources),
        pasted=page.scrubbed.text,
        gold=Gold(
            items=tuple(items),
            stakeholders=tuple(_stakeholder(each.item, scrubber) for each in decisions.version.stakeholders),
            traps=tuple(traps),
        ),
        harvested=True,
        needs_reading=True,
    )
    return Harvested(case, [*_notes(case, page, decisions), *dropped])


class _Page:
    """The texts of all sources as one, scrubbed."""

    def __init__(self, sources: Sequence[Source], scrubber: Scrubber) -> None:
        self.scrubber = scrubber
        self._starts: dict[str, int] = {}
        at = 0
        for source in sources:
            self._starts[source.id] = at
            at += len(source.text) + len(_BETWEEN)
        self.scrubbed: Scrubbed = scrubber.scrub(_BETWEEN.join(source.text for source in sources))

    def holds(self, evidence: Evidence) -> bool:
        return evidence.source in self._starts

    def quotes(self, item: Item) -> tuple[str, ...]:
        """The item's evidence in the scrubbed text."""
        spans = [
            self.scrubbed.span(each.start + self._starts[each.source], each.end + self._starts[each.source])
            for each in item.evidence
            if self.holds(each)
        ]
        return tuple(self.scrubbed.text[start:end] for start, end in spans)


def _scrubber(decisions: Decisions, salt: str) -> Scrubber:
    people = {each.item.name for each in decisions.version.stakeholders}
    people |= {each.name for each in decisions.review.suggestion.draft.stakeholders}
    for source in decisions.sources:
        people |= {name for message in source.messages for name in (message.sender, *message.to) if name}
        people |= addressed(source.text)
    people = {name.partition("<")[0] for name in people}
    return Scrubber(people=people, firms=[decisions.deal.client, decisions.deal.vendor], salt=salt)


def _in_the_text(decisions: Decisions) -> Iterator[Item]:
    """The items of the version that rest on the sources of the case."""
    ids = {source.id for source in decisions.sources}
    for each in decisions.version.items:
        if any(evidence.source in ids for evidence in each.item.evidence):
            yield each.item


def _gold(gold_id: str, item: Item, page: _Page) -> GoldItem:
    text, evidence = page.scrubber(item.text), page.quotes(item)
    return GoldItem(
        id=gold_id,
        kind=item.kind,
        text=text,
        evidence=evidence,
        must=must(text, evidence),
        owner=page.scrubber(item.owner) if item.owner else None,
        due=item.due,
    )


def _traps(decisions: Decisions, items: Sequence[GoldItem], page: _Page) -> tuple[list[Trap], list[str]]:
    """What was rejected, and notes on what of it is too close to a gold item to be a trap."""
    traps, dropped = [], []
    for row in decisions.review.items():
        if row.verdict is not Verdict.REJECTED or row.drafted is None:
            continue
        trap = _trap(row, page)
        close = [item.id for item in items if item.kind in trap.not_kind and says(trap.must, item.text)]
        if close:
            dropped.append(f"Rejected, but too close to {', '.join(close)} for a trap: {trap.claim}")
        else:
            traps.append(trap)
    return traps, dropped


def _trap(row: Reviewed[Item], page: _Page) -> Trap:
    claim, stands = page.scrubber(row.item.text), page.quotes(row.item)
    reason = row.decision.reason if row.decision else None
    why = page.scrubber(reason) if reason else "rejected by the reviewer"
    return Trap(claim=claim, not_kind=(row.item.kind,), must=must(claim, stands), why=why, stands=stands)


def _stakeholder(person: Stakeholder, scrubber: Scrubber) -> GoldStakeholder:
    return GoldStakeholder(
        name=scrubber(person.name),
        side=person.side,
        role=scrubber(person.role) if person.role else None,
        email=scrubber(person.email) if person.email else None,
    )


def _form(sources: Sequence[Source]) -> Form:
    forms = {source.form for source in sources}
    return forms.pop() if len(forms) == 1 else Form.MIXED


def _notes(case: Case, page: _Page, decisions: Decisions) -> Iterator[str]:
    names = left_capitalised(page.scrubbed)
    if names:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield f"Perhaps still names of people or firms: {', '.join(names[:_MOST_NAMED])}{more}"
    unproven = len(decisions.version.items) - len(case.gold.items)
    if unproven:
        yield f"{unproven} items of the version rest on nothing in these sources and were left out."
    read = case.model_copy(update={"needs_reading": False})
    yield from (f"{fault.place}: {fault.fault}" for fault in faults(read))
