"""Reasons to doubt a drafted item, as findings for the reviewer; they mark it, and change nothing in it."""

import calendar
import re
from collections.abc import Iterator, Sequence

from summarizer.items import Finding, FindingKind, Item
from summarizer.kind_needs import lacks
from summarizer.overlap import shared
from summarizer.support import Support, SupportCheck, Verdict

_RESOLVED = re.compile(rf"\s\((\d{{1,2}} (?:{'|'.join(calendar.month_name[1:])}) \d{{4}})\)")
FOREIGN = 0.2
"""Share of an item's telling words in its evidence, below which the item says something else; so does 1 labelled item
in 22, and 9 of 10 items that are held against the evidence of another one."""
DOUBTED = 0.25
"""Score of the support check below which a drafted item is shown as doubtful. Lower than what counts as supported:
a reviewer who is told too often stops looking."""


def doubts(item: Item, unsaid: Sequence[str], check: SupportCheck | None) -> Iterator[Finding]:
    """What speaks against the item; `unsaid` are figures, dates and names that its evidence does not say."""
    if unsaid:
        yield _finding(item, FindingKind.NO_SOURCE, f"Its evidence does not say: {', '.join(unsaid)}")
    reason = _unsupported(item, _without_days(item.text, unsaid), check)
    if reason:
        yield _finding(item, FindingKind.UNSUPPORTED, reason)
    lacking = lacks(item)
    if lacking:
        yield _finding(item, FindingKind.KIND_NEEDS, lacking)


def _finding(item: Item, kind: FindingKind, text: str) -> Finding:
    return Finding(kind=kind, text=text, evidence=item.evidence, item=item.id)


def _without_days(text: str, unsaid: Sequence[str]) -> str:
    """The text without the full dates that stand in brackets beside its own words, which the proof has found said."""
    found = _RESOLVED.findall(text)
    return _RESOLVED.sub("", text) if not any(day in each for each in unsaid for day in found) else text


def _unsupported(item: Item, text: str, check: SupportCheck | None) -> str | None:
    quotes = [evidence.quote for evidence in item.evidence]
    if shared(text, quotes) < FOREIGN:
        return "Its evidence hardly shares a word with it: check whether it says this at all."
    found = check.check(text, "\n".join(quotes)) if check else None
    return _told(found) if found and found.score < DOUBTED else None


def _told(found: Support) -> str:
    verdict = "speaks against it" if found.verdict is Verdict.CONTRADICTED else "does not clearly support it"
    words = f" (not said: {', '.join(found.unsaid[:5])})" if found.unsaid else ""
    sentence = f" Nearest: “{' '.join(found.sentence.text.split())}”" if found.sentence else ""
    return f"Its evidence {verdict}{words}.{sentence}"
