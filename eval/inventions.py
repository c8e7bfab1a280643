"""Figures, dates and names of a drafted item that its evidence does not say, by the product's own proof."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from summarizer.dates import find_dates
from summarizer.figures import find_figures
from summarizer.grounding import check
from summarizer.items import Evidence, Frozen, Item
from summarizer.proof import Cited, Claim, prove
from summarizer.sources import Source

_ANY_DAY = date(2000, 1, 1)
Sort = Literal["figure", "date", "name"]


class Unsaid(Frozen):
    """Something of an item that its evidence does not say."""

    words: str
    sort: Sort
    invented: bool
    """Whether it stands nowhere in the source; else it stands there, but not in what the item cites."""


def unsaid(item: Item, source: Source, *, firms: Sequence[str]) -> list[Unsaid]:
    """What the item's evidence does not say; the names of the `firms` may always be said."""
    claim = Claim(item.text, item.owner, item.baseline, item.target, item.due)
    found = prove(claim, [_cited(each, source) for each in item.evidence], firms=firms).unsaid
    if not found:
        return []
    nowhere = set(_nowhere(claim, source, firms))
    return [Unsaid(words=words, sort=_sort(words), invented=words in nowhere) for words in found]


def _cited(evidence: Evidence, source: Source) -> Cited:
    known = evidence.message is not None and evidence.message <= len(source.messages)
    return Cited(evidence, source, source.message(evidence.message) if known and evidence.message else None)


def _nowhere(claim: Claim, source: Source, firms: Sequence[str]) -> tuple[str, ...]:
    sent = sorted({message.sent.date() for message in source.messages if message.sent})
    said = f"{claim.words}\n{claim.due.isoformat()}" if claim.due else claim.words
    return check(said, [source.text], sent=sent, names=firms, month_first=bool(source.month_first))[1]


def _sort(words: str) -> Sort:
    if find_dates(words, sent=_ANY_DAY):
        return "date"
    return "figure" if find_figures(words) else "name"
