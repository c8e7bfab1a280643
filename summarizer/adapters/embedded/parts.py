"""The parts of a bullet: which of a fact's clauses are told, and with which number."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.adapters.embedded.changes import Correction
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.facts import Fact
from summarizer.adapters.embedded.restating import new_date, new_number, recalls, says_no_more
from summarizer.items import Kind


@dataclass
class Part:
    """A clause of a fact; what is not told is cited all the same."""

    clause: Clause
    is_main: bool
    """Whether it states the fact, beside what only adds to it."""
    is_told: bool = True
    correction: Correction | None = None


def parts_of(fact: Fact, own: Sequence[Clause], added: Sequence[Clause]) -> list[Part]:
    """In the order of time; `own` state the fact and `added` add to it, as `clauses_of` its segments has them.

    A later number or date takes the place of an earlier one, and what says no more than that is not told.
    """
    parts = [Part(fact.about, is_main=True)] if fact.about else []
    parts += [Part(each, is_main=True) for each in own]
    parts += [Part(each, is_main=False) for each in added]
    parts.sort(key=lambda part: part.clause.place)
    for part in parts:
        _restate(part, parts, fact.kind)
    for part in parts:
        if not part.is_main and part.clause.number in fact.chat and not _brings_something(part.clause):
            part.is_told = False
    return parts


def _restate(part: Part, parts: Sequence[Part], kind: Kind) -> None:
    """The last of the later numbers or dates holds."""
    for later in parts if part.is_told else ():
        change = _change(part, later, kind)
        if change:
            part.correction = change
            later.is_told &= later.is_main and not says_no_more(later.clause, part.clause, change)
    if part.correction is None:
        return
    for later in parts:
        if not later.is_main and later.clause.place > part.clause.place:
            later.is_told &= not recalls(later.clause, part.clause, part.correction)


def _change(part: Part, later: Part, kind: Kind) -> Correction | None:
    """A metric may hold where it comes from beside its goal, and a fact more than one date."""
    adds = part.is_main and not later.is_main
    if kind is Kind.SUCCESS_METRIC and not adds:
        return None
    dated = new_date(part.clause, later.clause) if adds else None
    return dated or new_number(part.clause, later.clause, only_measured=not adds)


def _brings_something(clause: Clause) -> bool:
    """Whether it adds a figure or a date; chat without them is worth a citation, not worth reading."""
    return bool(clause.figures or clause.dates)
