"""Whether a confidence means what it says: of the items with 0.8, about 80 in 100 should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Bin:
    """The items whose confidence lies in one tenth of the scale."""

    low: float
    high: float
    items: int
    confidence: float
    """Their mean confidence."""
    right: float
    """The share of them that was right."""


@dataclass(frozen=True)
class Calibration:
    """How well confidences fit."""

    bins: tuple[Bin, ...]
    """Those that hold items, in rising order."""
    items: int
    error: float
    """Expected calibration error: mean gap of confidence and share right, weighed by items; 0 is perfect."""
    brier: float
    """Mean squared distance of confidence and outcome; 0 is perfect."""


def calibrate(chances: Sequence[tuple[float, bool]]) -> Calibration | None:
    """The calibration of these confidences and outcomes; `None` when there is none.

    >>> calibrate([(0.9, True), (0.9, False)]).error
    0.4
    """
    if not chances:
        return None
    bins = tuple(_bin(number, inside) for number in range(BINS) if (inside := _inside(chances, number)))
    gap = sum(abs(each.confidence - each.right) * each.items for each in bins)
    squares = sum((confidence - right) ** 2 for confidence, right in chances)
    return Calibration(bins, len(chances), round(gap / len(chances), 6), round(squares / len(chances), 6))


def _inside(chances: Sequence[tuple[float, bool]], number: int) -> list[tuple[float, bool]]:
    return [each for each in chances if min(int(each[0] * BINS), BINS - 1) == number]


def _bin(number: int, inside: Sequence[tuple[float, bool]]) -> Bin:
    confidence = sum(each for each, _ in inside) / len(inside)
    right = sum(each for _, each in inside) / len(inside)
    return Bin(number / BINS, (number + 1) / BINS, len(inside), confidence, right)
