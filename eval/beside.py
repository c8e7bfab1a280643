"""Two runs on the same cases side by side, as one HTML page: figures, what they took, and the items that differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.cases import Case, GoldItem, Trap
from eval.comparing import Comparison, compare_runs
from eval.outcome import Outcome, compare
from eval.report import widest
from eval.runs import CaseResult, Run
from eval.spending import Spent, spending
from eval.tables import signed, signed_interval, verdict
from summarizer.items import Item
from templates import environment


@dataclass(frozen=True)
class Met:
    """How one side met a labelled fact."""

    state: str
    """`right`, `wrong kind` or `missed`."""
    item: Item | None
    """`None` where it was missed."""


@dataclass(frozen=True)
class DifferingFact:
    """A labelled fact that the two sides did not meet alike."""

    gold: GoldItem
    sides: tuple[Met, Met]


@dataclass(frozen=True)
class DifferingCase:
    """What differs between the drafts of one case."""

    case: Case
    facts: Sequence[DifferingFact]
    extras: tuple[Sequence[Item], Sequence[Item]]
    """Items that are not labelled, of the one side alone and of the other."""
    traps: tuple[Sequence[Trap], Sequence[Trap]]
    """Traps that only the one side states as fact, and only the other."""

    @property
    def count(self) -> int:
        return len(self.facts) + sum(map(len, (*self.extras, *self.traps)))


@dataclass(frozen=True)
class BesidePage:
    """All that the template shows."""

    names: tuple[str, str]
    comparison: Comparison
    widest: float
    spent: Sequence[Spent]
    cases: Sequence[DifferingCase]
    """Most differences first; those without any are left out."""
    failed: Sequence[tuple[str, CaseResult]]
    """What could not be scored, each with the name of its side."""


def page(names: tuple[str, str], before: Run, after: Run, *, cases: Sequence[Case]) -> str:
    """The page. Raises RunsDiffer where the runs cannot be compared."""
    comparison = compare_runs(before, after)
    shown = BesidePage(
        names,
        comparison,
        widest(comparison),
        spending(before, after),
        sorted(_differing(before, after, cases), key=lambda each: (-each.count, each.case.id)),
        [(name, result) for name, run in zip(names, (before, after), strict=True) for result in run.failed],
    )
    helpers = {each.__name__: each for each in (signed, signed_interval, verdict)}
    return environment().get_template("evaluation/beside.html.j2").render(page=shown, **helpers)


def _differing(before: Run, after: Run, cases: Sequence[Case]) -> Iterator[DifferingCase]:
    old, new = ({result.id: result for result in run.results} for run in (before, after))
    for case in cases:
        if case.id in old and case.id in new:
            found = difference_of(case, _items(old[case.id]), _items(new[case.id]))
            if found.count:
                yield found


def _items(result: CaseResult) -> Sequence[Item]:
    return result.draft.items if result.draft else ()


def difference_of(case: Case, one: Sequence[Item], other: Sequence[Item]) -> DifferingCase:
    """What differs between two drafts of the case."""
    drafts = (one, other)
    outcomes = (compare(case, one), compare(case, other))
    facts = [
        DifferingFact(gold, (_met(number, outcomes[0], one), _met(number, outcomes[1], other)))
        for number, gold in enumerate(case.gold.items)
    ]
    extras = [[draft[index] for index in outcome.extra] for draft, outcome in zip(drafts, outcomes, strict=True)]
    stated = [set(outcome.stated) for outcome in outcomes]
    return DifferingCase(
        case,
        [fact for fact in facts if fact.sides[0].state != fact.sides[1].state],
        (_alone(extras[0], extras[1]), _alone(extras[1], extras[0])),
        (_traps(case, stated[0] - stated[1]), _traps(case, stated[1] - stated[0])),
    )


def _met(number: int, outcome: Outcome, items: Sequence[Item]) -> Met:
    if number in outcome.matched:
        return Met("right", items[outcome.matched[number]])
    if number in outcome.misfiled:
        return Met("wrong kind", items[outcome.misfiled[number]])
    return Met("missed", None)


def _alone(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """Those that the other side does not say in the same words."""
    known = {(item.kind, item.text.casefold()) for item in others}
    return [item for item in items if (item.kind, item.text.casefold()) not in known]


def _traps(case: Case, numbers: set[int]) -> list[Trap]:
    return [case.gold.traps[number] for number in sorted(numbers)]
