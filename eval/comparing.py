"""Two runs on the same cases: paired differences, and whether a change made anything worse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.bootstrap import Resampling, interval, total
from eval.errors import RunsDiffer
from eval.figures import GATED, HEADLINES, PEOPLE, Counts, Figure
from eval.runs import CaseResult, Run

_TINY = 1e-9
"""Below this a difference is a rounding error."""


@dataclass(frozen=True)
class Difference:
    """How a figure differs between two runs; all values from 0 to 1, the difference is after less before."""

    figure: Figure
    before: float | None
    after: float | None
    low: float | None
    high: float | None

    @property
    def change(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def significant(self) -> bool:
        """Whether the interval of the difference leaves zero out."""
        return self.low is not None and self.high is not None and (self.low > _TINY or self.high < -_TINY)

    @property
    def broken(self) -> bool:
        """Whether a figure that must have one value had it before and has it no more."""
        bound, before, after = self.figure.bound, self.before, self.after
        if bound is None or before is None or after is None:
            return False
        return abs(before - bound) < _TINY <= abs(after - bound)

    @property
    def better(self) -> bool:
        return self.change is not None and (self.change > 0) == self.figure.rising_is_good and self.change != 0

    @property
    def worse(self) -> bool:
        """Whether the change is for the worse and no chance."""
        return self.broken or (self.significant and not self.better)


@dataclass(frozen=True)
class Comparison:
    """All differences between two runs over the cases that both have."""

    before: Run
    after: Run
    common: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def drops(self) -> list[Difference]:
        """Those that fail a gate."""
        return [each for each in self.differences if each.figure in GATED and each.worse]


def refuse_changed(before: Run, now: Mapping[str, str]) -> list[str]:
    """The cases that a run has in common with these, id to digest, in order.

    Raises RunsDiffer when one of them differs in content, naming it, or when there is none.
    """
    old = {result.id: result.sha256 for result in before.results}
    common = sorted(old.keys() & now.keys())
    changed = [case for case in common if old[case] != now[case]]
    if changed:
        raise RunsDiffer(f"The content of these cases differs: {', '.join(changed)}.")
    if not common:
        raise RunsDiffer("They have no case in common.")
    return common


def compare_runs(before: Run, after: Run) -> Comparison:
    """Paired differences by bootstrap over the common cases; a case that failed counts as an empty draft.

    Raises RunsDiffer.
    """
    old, new = ({result.id: result for result in run.results} for run in (before, after))
    common = refuse_changed(before, {case: result.sha256 for case, result in new.items()})
    rows = [_counts([each[case] for case in common]) for each in (old, new)]
    draws = Resampling(len(common))
    return Comparison(
        before,
        after,
        common=len(common),
        only_before=tuple(sorted(old.keys() - new.keys())),
        only_after=tuple(sorted(new.keys() - old.keys())),
        differences=tuple(difference(figure, rows[0], rows[1], draws) for figure in (*HEADLINES, *PEOPLE)),
    )


def _counts(results: Sequence[CaseResult]) -> list[Counts]:
    return [result.counts for result in results]


def difference(figure: Figure, before: Sequence[Counts], after: Sequence[Counts], draws: Resampling) -> Difference:
    """How the figure differs between two rows of counts, case by case."""
    values = figure.of(total(before)), figure.of(total(after))
    if None in values or draws.cases < 2:
        return Difference(figure, *values, None, None)
    low, high = interval(np.subtract(draws.ratios(figure, after), draws.ratios(figure, before)))
    return Difference(figure, *values, low, high)
