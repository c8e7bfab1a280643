"""What went wrong in one case, in the words of the case and the draft, beside its marked text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.attribution import same_name
from eval.cases import Case, GoldItem, GoldStakeholder, Trap
from eval.figures import ITEM_F1
from eval.highlights import Mark, Piece, Sort, pieces
from eval.inventions import Unsaid, unsaid
from eval.matching import places
from eval.outcome import Outcome, compare
from eval.runs import CaseResult
from summarizer.items import Item, Stakeholder
from summarizer.reading.threads import read


@dataclass(frozen=True)
class Added:
    """A drafted item that is not labelled."""

    item: Item
    unsaid: Sequence[Unsaid]
    """What of it its evidence does not say."""


@dataclass(frozen=True)
class StatedTrap:
    """A trap that the draft walked into."""

    number: int
    trap: Trap
    items: Sequence[Item]


@dataclass(frozen=True)
class Misses:
    """The items of a case by how they met the draft."""

    missed: Sequence[GoldItem]
    misfiled: Sequence[tuple[GoldItem, Item]]
    extra: Sequence[Added]
    traps: Sequence[StatedTrap]
    right: Sequence[tuple[GoldItem, Item]]
    doubtful: Sequence[Added]
    """Labelled items whose draft says something that its evidence does not."""
    people_missed: Sequence[GoldStakeholder]
    people_extra: Sequence[Stakeholder]
    text: Sequence[Piece]

    @property
    def count(self) -> int:
        return len(self.missed) + len(self.misfiled) + len(self.extra) + len(self.traps)


@dataclass(frozen=True)
class CasePage:
    """One case of a report."""

    result: CaseResult
    f1: float | None
    name: str
    misses: Misses | None
    silence: str
    """Why no misses are shown; empty when they are."""


def case_page(result: CaseResult, case: Case | None) -> CasePage:
    """What a report shows of one case; the case is `None` when its file is not here."""
    f1 = ITEM_F1.of(result.counts)
    silence = _silence(result, case)
    misses = _misses(case, result) if case and not silence else None
    return CasePage(result, f1, case.deal.name if case else "", misses, silence)


def _silence(result: CaseResult, case: Case | None) -> str:
    if result.problem:
        return f"Not scored: {result.problem}"
    if case is None:
        return "The case is not in the folder that the report was made with, so its text cannot be shown."
    if case.sha256 != result.sha256:
        return "The case has changed since the run, so its misses are not shown."
    return "" if result.draft else "The run keeps scores only, without the drafts."


def _misses(case: Case, result: CaseResult) -> Misses:
    assert result.draft is not None
    items, people = result.draft.items, result.draft.stakeholders
    outcome = compare(case, items)
    gold = case.gold.items
    doubts = _doubts(case, items, result)
    return Misses(
        missed=[gold[index] for index in outcome.missed],
        misfiled=[(gold[one], items[other]) for one, other in outcome.misfiled.items()],
        extra=[Added(items[index], doubts.get(items[index].id, ())) for index in outcome.extra],
        traps=[
            StatedTrap(number + 1, case.gold.traps[number], [items[index] for index in stating])
            for number, stating in outcome.stated.items()
        ],
        right=[(gold[one], items[other]) for one, other in outcome.matched.items()],
        doubtful=[
            Added(items[index], doubts[items[index].id])
            for index in (*outcome.matched.values(), *outcome.misfiled.values())
            if items[index].id in doubts
        ],
        people_missed=[each for each in case.gold.stakeholders if not _is_among(each.name, people)],
        people_extra=[each for each in people if not _is_among(each.name, case.gold.stakeholders)],
        text=pieces(case.pasted, list(_marks(case, items, outcome))),
    )


def _doubts(case: Case, items: Sequence[Item], result: CaseResult) -> dict[str, list[Unsaid]]:
    """What items say beyond their evidence, by their id; the text is read again only where something was counted."""
    if not (result.counts.get("items:inventing") or result.counts.get("items:beyond")):
        return {}
    firms = [case.deal.client, case.deal.vendor]
    source = read(case.pasted, client=case.deal.client, vendor=case.deal.vendor)
    return {item.id: found for item in items if (found := unsaid(item, source, firms=firms))}


def _is_among(name: str, people: Sequence[GoldStakeholder | Stakeholder]) -> bool:
    return any(same_name(name, person.name) for person in people)


def _marks(case: Case, items: Sequence[Item], outcome: Outcome) -> Iterator[Mark]:
    for index, gold in enumerate(case.gold.items):
        for quote in gold.evidence:
            yield from _stands(quote, case.pasted, _sort(index, outcome), gold.id)
    for index in outcome.extra:
        yield from _cited(items[index], "extra", items[index].id)
    for number, trap in enumerate(case.gold.traps):
        stating = [items[index] for index in outcome.stated.get(number, ())]
        yield from _of_a_trap(trap, stating, case.pasted, label=f"t{number + 1}")


def _of_a_trap(trap: Trap, stating: Sequence[Item], text: str, *, label: str) -> Iterator[Mark]:
    """Where the trap stands; where the case does not say so, what the items cite that state it."""
    for quote in trap.stands:
        yield from _stands(quote, text, "trap-stated" if stating else "trap", label)
    if not trap.stands:
        for item in stating:
            yield from _cited(item, "trap-stated", label)


def _cited(item: Item, sort: Sort, label: str) -> Iterator[Mark]:
    return (Mark(each.start, each.end, sort, label) for each in item.evidence)


def _sort(index: int, outcome: Outcome) -> Sort:
    if index in outcome.matched:
        return "found"
    return "misfiled" if index in outcome.misfiled else "missed"


def _stands(quote: str, text: str, sort: Sort, label: str) -> Iterator[Mark]:
    """The first place of a quote; its copies in quoted history stay unmarked."""
    for start, end in places(quote, text)[:1]:
        yield Mark(start, end, sort, label)
