"""Dates in figures that are one day in Britain and another in America: "2/9/2027"."""

import re
from collections.abc import Sequence
from datetime import date

from summarizer.dates import long_date
from summarizer.items import Finding, FindingKind
from summarizer.sources import Source

_FIGURES = re.compile(r"(?<![\d.,/])([0-3]?\d)/([0-3]?\d)/((?:20)?\d\d)\b(?![./]\d)")
_NAMED = 10
"""Dates that one finding tells of."""


def unsettled_days(sources: Sequence[Source]) -> list[Finding]:
    """A finding for each source with dates that may be read in two ways, unless others show that days come first."""
    return [finding for source in sources if (finding := _unsettled(source))]


def _unsettled(source: Source) -> Finding | None:
    found = list(_FIGURES.finditer(source.text))
    if any(int(match[1]) > 12 for match in found):
        return None
    either: dict[str, tuple[re.Match[str], date, date]] = {}
    for match in found:
        if days := _readings(match):
            either.setdefault(match.group(), (match, *days))
    if not either:
        return None
    told = list(either.values())[:_NAMED]
    american = next((match.group() for match in found if int(match[2]) > 12), None)
    hint = f" “{american}” has the month first, so these may as well." if american else ""
    listed = "; ".join(f"“{match.group()}” as {long_date(one)}, not {long_date(other)}" for match, one, other in told)
    return Finding(
        kind=FindingKind.DATE_ORDER,
        text=f"Read with the day first: {listed}.{hint} Check what was meant.",
        evidence=tuple(source.evidence(*match.span()) for match, *_ in told),
    )


def _readings(match: re.Match[str]) -> tuple[date, date] | None:
    """The day with the day first, and the one with the month first, where both exist and differ."""
    first, second, year = int(match[1]), int(match[2]), int(match[3]) % 100 + 2000
    if first == second or not (1 <= first <= 12 and 1 <= second <= 12):
        return None
    return date(year, second, first), date(year, first, second)
