"""Intervals of 95 % by bootstrap over cases: cases are drawn anew, as the next ones might have been."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.figures import Counts, Figure

RESAMPLES = 2_000
SEED = 20_260_302
LOW, HIGH = 2.5, 97.5
"""Percentiles of the resampled values."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """A value with its interval."""

    value: float | None
    """`None` when there was nothing to measure."""
    low: float | None = None
    high: float | None = None
    """Both `None` with fewer than two cases."""


class Resampling:
    """Draws of cases with replacement; the same for every figure, so that figures and runs are comparable."""

    def __init__(self, cases: int) -> None:
        self.cases = cases
        drawn = np.random.default_rng(SEED).integers(0, max(cases, 1), size=(RESAMPLES, cases))
        self._drawn = drawn
        self._weights = np.zeros((RESAMPLES, cases))
        np.add.at(self._weights, (np.arange(RESAMPLES)[:, None], drawn), 1.0)

    def ratios(self, figure: Figure, rows: Sequence[Counts]) -> Numbers:
        """The figure in each draw; not a number where there was nothing to measure."""
        top, bottom = (self._weights @ _column(weights, rows) for weights in (figure.top, figure.bottom))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(bottom > 0, top / bottom, np.nan)

    def measure(self, figure: Figure, rows: Sequence[Counts]) -> Measured:
        """The figure over all rows, one a case, with its interval."""
        value = figure.of(total(rows))
        if value is None or self.cases < 2:
            return Measured(value)
        return Measured(value, *interval(self.ratios(figure, rows)))

    def quantile(self, values: Sequence[float], share: float) -> Measured:
        """A quantile of one value a case, with its interval."""
        if not values:
            return Measured(None)
        column = np.asarray(values, dtype=np.float64)
        value = float(np.quantile(column, share))
        if self.cases < 2:
            return Measured(value)
        return Measured(value, *interval(np.quantile(column[self._drawn], share, axis=1)))


def total(rows: Sequence[Counts]) -> dict[str, float]:
    """The counts of all rows added up."""
    added: dict[str, float] = {}
    for row in rows:
        for key, count in row.items():
            added[key] = added.get(key, 0) + count
    return added


def interval(values: Numbers) -> tuple[float, float] | tuple[None, None]:
    """The middle 95 % of the values that are numbers; nothing when none is."""
    known = values[~np.isnan(values)]
    if not known.size:
        return None, None
    low, high = np.percentile(known, (LOW, HIGH))
    return float(low), float(high)


def _column(weights: Counts, rows: Sequence[Counts]) -> Numbers:
    return np.array(
        [sum(weight * row.get(key, 0) for key, weight in weights.items()) for row in rows], dtype=np.float64
    )
