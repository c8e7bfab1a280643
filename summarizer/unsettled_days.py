"""Dates in figures of which a source does not show whether they have the day or the month first."""

import re
from collections.abc import Sequence
from datetime import date

from summarizer import day_order
from summarizer.dates import long_date
from summarizer.items import Finding, FindingKind
from summarizer.sources import Source

_NAMED = 10
"""Dates that one finding tells of."""


def unsettled_days(sources: Sequence[Source]) -> list[Finding]:
    """A finding for each source with dates that may be read in two ways, unless others show which is meant."""
    return [finding for source in sources if not source.month_first and (finding := _unsettled(source))]


def _unsettled(source: Source) -> Finding | None:
    found = list(day_order.FULL.finditer(source.text))
    shown = [match for match in found if int(match["one"]) > 12]
    if shown and not any(int(match["other"]) > 12 for match in found):
        return None
    either: dict[str, tuple[re.Match[str], date, date]] = {}
    for match in found:
        if days := _readings(match):
            either.setdefault(match.group(), (match, *days))
    if not either:
        return None
    told = list(either.values())[:_NAMED]
    american = next((match.group() for match in found if int(match["other"]) > 12), None)
    hint = f" “{american}” has the month first, so these may as well." if american else ""
    listed = "; ".join(f"“{match.group()}” as {long_date(one)}, not {long_date(other)}" for match, one, other in told)
    return Finding(
        kind=FindingKind.DATE_ORDER,
        text=f"Read with the day first: {listed}.{hint} Check what was meant.",
        evidence=tuple(source.evidence(*match.span()) for match, *_ in told),
    )


def _readings(match: re.Match[str]) -> tuple[date, date] | None:
    """The day with the day first, and the one with the month first, where both exist and differ."""
    first, second, year = int(match["one"]), int(match["other"]), int(match["year"]) % 100 + 2000
    if first == second or not (1 <= first <= 12 and 1 <= second <= 12):
        return None
    return date(year, second, first), date(year, first, second)
