"""Dates in figures of which a source does not show whether they have the day or the month first."""

from collections.abc import Iterator, Sequence

from summarizer import day_order
from summarizer.dates import long_date
from summarizer.items import Finding, FindingKind, Item
from summarizer.sources import Source

_NAMED = 10
"""Dates that one finding tells of."""


def unsettled_days(sources: Sequence[Source]) -> list[Finding]:
    """A finding for each source with dates that may be read in two ways, unless others show which is meant."""
    return [finding for source in sources if source.month_first is None and (finding := _unsettled(source))]


def unsettled_in(items: Sequence[Item], sources: Sequence[Source]) -> Iterator[Finding]:
    """A finding for each item that rests on such a date."""
    unsettled = {source.id for source in sources if source.month_first is None}
    for item in items:
        for cited in item.evidence if unsettled else ():
            for match in day_order.FULL.finditer(cited.quote) if cited.source in unsettled else ():
                if days := day_order.readings(match):
                    one, other = map(long_date, days)
                    text = f"“{match.group()}” is read as {one}, but may be {other}."
                    yield Finding(kind=FindingKind.DATE_ORDER, text=text, evidence=(cited,), item=item.id)


def _unsettled(source: Source) -> Finding | None:
    found = list(day_order.FULL.finditer(source.text))
    either = {match.group(): (match, *days) for match in reversed(found) if (days := day_order.readings(match))}
    if not either:
        return None
    told = sorted(either.values(), key=lambda each: each[0].start())[:_NAMED]
    american = next((match.group() for match in found if int(match["other"]) > 12), None)
    hint = f" “{american}” has the month first, so these may as well." if american else ""
    listed = "; ".join(f"“{match.group()}” as {long_date(one)}, not {long_date(other)}" for match, one, other in told)
    return Finding(
        kind=FindingKind.DATE_ORDER,
        text=f"Read with the day first: {listed}.{hint} Check what was meant.",
        evidence=tuple(source.evidence(*match.span()) for match, *_ in told),
    )
