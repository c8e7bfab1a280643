"""What engines say twice becomes one item; what contradicts itself becomes a finding."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from summarizer.figures import find_figures
from summarizer.items import Evidence, Finding, FindingKind, Grounding, Item, Kind

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMPTY = frozenset(
    "a an and are as at be been by for from has have in into is it its of on or our s shall that the their they "
    "this to we will with you your not no".split()
)
ALIKE = 0.8
"""Share of common words from which two texts of a kind say the same."""
AKIN = 0.6
"""Share of common words from which two texts speak of the same thing."""
_ORDER = (Grounding.EXACT, Grounding.PARTIAL, Grounding.NONE)


def merge(items: Sequence[Item]) -> tuple[list[Item], list[Finding]]:
    """One item for what is said twice, with all evidence, and a finding for each pair that contradicts itself.

    The first of the duplicates keeps its id and place; the better grounded one gives the text.
    """
    merged: list[Item] = []
    words: list[frozenset[str]] = []
    for item in items:
        telling = _telling(item.text)
        twin = next((at for at, other in enumerate(merged) if _same(other, words[at], item, telling)), None)
        if twin is None:
            merged.append(item)
            words.append(telling)
        else:
            merged[twin] = _joined(merged[twin], item)
            words[twin] = _telling(merged[twin].text)
    return merged, list(_contradictions(merged, words))


def _telling(text: str) -> frozenset[str]:
    """The words that carry meaning; figures are compared apart, as "five" is "5"."""
    for figure in reversed(find_figures(text)):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return frozenset(match.group().lower().replace("’", "'") for match in _WORD.finditer(text)) - _EMPTY


def _two_dates(one: Item, other: Item) -> bool:
    return one.due is not None and other.due is not None and one.due != other.due


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _same(one: Item, one_words: frozenset[str], other: Item, other_words: frozenset[str]) -> bool:
    """Of one kind, and either nearly the same words, or related words about the very same place of a source."""
    if one.kind is not other.kind or _figures(one) != _figures(other) or _two_dates(one, other):
        return False
    share = _share(one_words, other_words)
    return share >= ALIKE or (share >= AKIN / 2 and _overlap(one.evidence, other.evidence))


def _overlap(one: Sequence[Evidence], other: Sequence[Evidence]) -> bool:
    return any(mine.overlaps(theirs) for mine in one for theirs in other)


def _figures(item: Item) -> frozenset[tuple[Decimal, str]]:
    return frozenset((max(figure.values), figure.unit) for figure in find_figures(item.text))


def _joined(first: Item, second: Item) -> Item:
    better = min((first, second), key=lambda item: _ORDER.index(item.grounding))
    other = second if better is first else first
    return better.model_copy(
        update={
            "id": first.id,
            "evidence": tuple(dict.fromkeys((*first.evidence, *second.evidence))),
            "owner": better.owner or other.owner,
            "due": better.due or other.due,
            "baseline": better.baseline or other.baseline,
            "target": better.target or other.target,
        }
    )


def _contradictions(items: Sequence[Item], words: Sequence[frozenset[str]]) -> Iterator[Finding]:
    for (one, one_words), (other, other_words) in combinations(zip(items, words, strict=True), 2):
        why = _why(one, other, _share(one_words, other_words))
        if why:
            evidence = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
            text = f"{why}: “{one.text}” and “{other.text}”"
            yield Finding(kind=FindingKind.CONTRADICTION, text=text, evidence=evidence, item=other.id)


def _why(one: Item, other: Item, share: float) -> str | None:
    """What makes a pair contradict itself; `None` when nothing does."""
    if share >= AKIN / 2 and {one.kind, other.kind} == {Kind.SCOPE, Kind.EXCLUSION}:
        return "Both in and out of scope" if share >= AKIN or _covers(one, other) else None
    if one.kind is not other.kind or share < AKIN:
        return None
    if _two_dates(one, other):
        return "Two dates for the same thing"
    return "Two figures for the same thing" if _differ_in_figures(one, other) else None


def _covers(one: Item, other: Item) -> bool:
    """Whether all telling words of the shorter text stand in the longer one."""
    shorter, longer = sorted((_telling(one.text), _telling(other.text)), key=len)
    return len(shorter) > 1 and shorter <= longer


def _differ_in_figures(one: Item, other: Item) -> bool:
    """Whether both give figures, and each some that the other does not."""
    mine, theirs = _figures(one), _figures(other)
    return bool(mine - theirs) and bool(theirs - mine)


def repeats(item: Item, standing: Sequence[Item]) -> bool:
    """Whether an item of the current version says this already: the same kind, resting on the same words."""
    for other in standing:
        if other.kind is item.kind and {_span(e) for e in item.evidence} <= {_span(e) for e in other.evidence}:
            return True
    return False


def _span(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.source, evidence.start, evidence.end
