"""Both sides cut into clauses: what the people of a deal have said, and what the signed SOW says."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from summarizer.cues import ENOUGH, heaviest, weigh
from summarizer.day_order import months_come_first
from summarizer.findings import addresses_a_machine
from summarizer.items import Evidence, Kind
from summarizer.quantities import Quantity, find_quantities
from summarizer.reading.lines import Line, lines_of
from summarizer.reading.passages import passages_of
from summarizer.reading.stretches import Stretch, Style
from summarizer.records import SectionKind, SowSection
from summarizer.sold_signed.wording import stems
from summarizer.sources import Message, Passage, Role, Source
from summarizer.sows import sections

FEW_WORDS = 4
"""Telling words with fewer of which a clause is not understood alone, such as “We write in 15 for her”."""
_DENIED = re.compile(r"\b(?:not|instead of|rather than|no longer)\s+(?:(?:the|on|by|in|at|for)\s+)?$", re.IGNORECASE)
_RULE = re.compile(r"\|?[\s:|=-]{3,}")
"""What stands under the titles of a table’s columns."""
_MOST_NUMBERS = 8
"""Characters of a heading's number and marks."""


@dataclass(frozen=True)
class Clause:
    """A clause of one of the sides."""

    text: str
    context: str
    """The heading above it; for a few words that somebody said, what was said before them; else nothing."""
    quantities: tuple[Quantity, ...]
    """With offsets in `text`."""
    settles: bool
    """Whether it reads as if it settled something, so that it is missed where the other side does not say it."""

    @property
    def group(self) -> str:
        """What tells the message that it stands in from others; empty where there are none."""
        return ""

    @property
    def whole(self) -> str:
        """It with what stands above it."""
        return f"{self.context}: {self.text}" if self.context else self.text


@dataclass(frozen=True)
class SaidClause(Clause):
    """What somebody said."""

    evidence: Evidence
    message: Message
    looks_like: Kind | None

    @property
    def group(self) -> str:
        """The source and the message."""
        return f"{self.evidence.source}/{self.message.number}"


@dataclass(frozen=True)
class SignedClause(Clause):
    """What the SOW says."""

    start: int
    end: int
    section: SowSection


@dataclass(frozen=True)
class Verdicts:
    """The places that items of the handoff rest on."""

    kept: Sequence[Evidence] = ()
    """Of items that are accepted or still to be decided."""
    rejected: Sequence[Evidence] = ()
    """Of items that a reviewer has rejected; what only they rest on was no promise."""


def said(sources: Sequence[Source], verdicts: Verdicts) -> list[SaidClause]:
    """What was said, in the order of time; without questions and what was rejected."""
    dated = [each for source in sources for each in _of_source(source, verdicts)]
    return [clause for _, clause in sorted(dated, key=lambda each: each[0])]


def _of_source(source: Source, verdicts: Verdicts) -> Iterator[tuple[date, SaidClause]]:
    """The clauses with their days; one without a day has that of the clause before it."""
    passages: dict[int, list[Passage]] = defaultdict(list)
    for passage in source.passages:
        if passage.role is Role.NEW or (passage.role is Role.QUOTED and passage.repeats is None):
            passages[passage.message].append(passage)
    above, day = "", date.min
    for message in source.by_time():
        day = _day(message) or day
        for passage in passages[message.number]:
            clause = _said(source, passage, message, above=above, verdicts=verdicts)
            above = source.quote(passage)
            if clause:
                yield day, clause


def _said(source: Source, passage: Passage, message: Message, *, above: str, verdicts: Verdicts) -> SaidClause | None:
    """`None` for a question, for what addresses a machine, and for what a reviewer has rejected."""
    text, evidence = source.quote(passage), source.evidence(passage.start, passage.end)
    cited = any(evidence.overlaps(each) for each in verdicts.kept)
    rejected = not cited and any(evidence.overlaps(each) for each in verdicts.rejected)
    if text.rstrip().endswith("?") or rejected or addresses_a_machine(text):
        return None
    weights = weigh(text, side=message.side, listed=passage.item)
    kind = heaviest(weights, enough=ENOUGH)
    found = find_quantities(text, sent=_day(message), month_first=bool(source.month_first))
    quantities = tuple(each for each in found if _is_meant(each, text, message))
    promises = kind is not None and kind is not Kind.OPEN_QUESTION
    return SaidClause(
        text=text,
        context=above if len(stems(text)) < FEW_WORDS else "",
        quantities=quantities,
        settles=cited or (bool(weights) and bool(quantities)) or (promises and len(stems(text)) > 1),
        evidence=evidence,
        message=message,
        looks_like=kind,
    )


def _is_meant(quantity: Quantity, text: str, message: Message) -> bool:
    """Whether it is claimed: neither denied (“24, not 22”) nor the day of the message itself."""
    return _DENIED.search(text, 0, quantity.start) is None and quantity.values != {_day(message)}


def _day(message: Message) -> date | None:
    return message.sent.date() if message.sent else None


def signed(text: str, *, sent: date | None) -> list[SignedClause]:
    """What the SOW says, clause by clause; days without a year are the next ones after `sent`."""
    month_first = bool(months_come_first(text))
    return [
        SignedClause(
            text=text[passage.start : passage.end],
            context=section.heading,
            quantities=tuple(find_quantities(text[passage.start : passage.end], sent=sent, month_first=month_first)),
            settles=_settles(section.kind, text[passage.start : passage.end]),
            start=passage.start,
            end=passage.end,
            section=section,
        )
        for section in sections("", text)
        for passage in _passages(section)
    ]


def _passages(section: SowSection) -> Iterator[Passage]:
    lines = lines_of(section.text)
    titles = {above for above, below in pairwise(lines) if "|" in above.text and _RULE.fullmatch(below.text)}
    if lines and _is_heading(lines[0], section):
        titles.add(lines[0])
    body = [_placed(line, section) for line in lines if line not in titles and not line.text.startswith("#")]
    return passages_of(Stretch(Style.MAIL, body=body), [Role.NEW] * len(body), 1) if body else iter(())


def _placed(line: Line, section: SowSection) -> Line:
    """The line in the whole text; each row of a table stands for itself."""
    in_a_table = line.text.startswith("|")
    return line._replace(start=line.start + section.start, gap=max(line.gap, int(in_a_table)))


def _is_heading(line: Line, section: SowSection) -> bool:
    """Whether the line has its section's heading, its number and its markup, and no more: "Users: 400" is a clause."""
    before, found, behind = line.text.partition(section.heading)
    return bool(found) and len(before) <= _MOST_NUMBERS and not re.search(r"\w", behind)


def _settles(kind: SectionKind | None, text: str) -> bool:
    return len(text.split()) > 1 and (kind is not None or heaviest(weigh(text), enough=ENOUGH) is not None)
