"""What engines say twice becomes one item; what contradicts itself becomes a finding.

Two facts taken for one would be lost without a trace, one fact told twice costs a reviewer a keystroke: in doubt, both.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from summarizer.figures import find_figures
from summarizer.items import Evidence, Finding, FindingKind, Grounding, Item, Kind
from summarizer.opposites import NEGATIONS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EMPTY = frozenset(
    "a an and are as at be been by for from has have in into is it its of on or our s shall that the their they "
    "this to us we will with you your".split()
)
_ROOT = 6
"""Letters by which forms of a word are one word."""
ALIKE = 0.8
"""Share of common words from which two texts say the same, wherever they come from."""
AKIN = 0.6
"""Share of common words from which two texts speak of the same thing."""
_ORDER = (Grounding.EXACT, Grounding.PARTIAL, Grounding.NONE)


@dataclass(frozen=True)
class Merged:
    """What is left when nothing is said twice."""

    items: list[Item]
    contradictions: list[Finding]
    told_as: Mapping[str, str]
    """Under which id the text of each item stands; without the items whose text another one took the place of."""


@dataclass(frozen=True)
class _Said:
    """An item with what is compared of it, read once."""

    item: Item
    words: frozenset[str]
    """Those that carry meaning; figures are compared apart, as "five" is "5", and so are negations."""
    roots: frozenset[str]
    figures: frozenset[tuple[Decimal, str]]
    denies: bool
    """Whether it says that something is not so; an exclusion means that with and without a "not"."""

    @classmethod
    def of(cls, item: Item) -> "_Said":
        figures = find_figures(item.text)
        text = item.text
        for figure in reversed(figures):
            text = f"{text[: figure.start]} {text[figure.end :]}"
        words = frozenset(match.group().lower().replace("’", "'") for match in _WORD.finditer(text)) - _EMPTY
        negated = {word for word in words if word in NEGATIONS or word.endswith("n't")}
        return cls(
            item,
            words - negated,
            frozenset(word[:_ROOT] for word in words - negated),
            frozenset((max(figure.values), figure.unit) for figure in figures),
            bool(negated) and item.kind is not Kind.EXCLUSION,
        )


def merge(items: Sequence[Item]) -> Merged:
    """One item for what is said twice, with all evidence, and a finding for each pair that contradicts itself.

    The first of the duplicates keeps its id and place; the better grounded one gives the text.
    """
    merged: list[_Said] = []
    tellers: list[str] = []
    for said in map(_Said.of, items):
        twin = next((at for at, other in enumerate(merged) if _same(other, said)), None)
        if twin is None:
            merged.append(said)
            tellers.append(said.item.id)
            continue
        first = merged[twin].item
        better = min((first, said.item), key=lambda item: _ORDER.index(item.grounding))
        tellers[twin] = said.item.id if better is said.item else tellers[twin]
        merged[twin] = _Said.of(_joined(first, said.item, better))
    told_as = {teller: said.item.id for teller, said in zip(tellers, merged, strict=True)}
    return Merged([said.item for said in merged], list(_contradictions(merged)), told_as)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _same(one: _Said, other: _Said) -> bool:
    """Of one kind, and one says nothing beyond the other: in nearly its words, or of the same place of a source."""
    if one.item.kind is not other.item.kind or one.denies is not other.denies or _differ(one, other):
        return False
    if not (one.roots <= other.roots or other.roots <= one.roots):
        return False
    share = _share(one.roots, other.roots)
    return share >= ALIKE or (share >= AKIN / 2 and _overlap(one.item.evidence, other.item.evidence))


def _differ(one: _Said, other: _Said) -> bool:
    """Whether they name other figures, dates or owners."""
    owners = {each.item.owner for each in (one, other)} - {None}
    return one.figures != other.figures or _two_dates(one.item, other.item) or len(owners) > 1


def _two_dates(one: Item, other: Item) -> bool:
    return one.due is not None and other.due is not None and one.due != other.due


def _overlap(one: Sequence[Evidence], other: Sequence[Evidence]) -> bool:
    return any(mine.overlaps(theirs) for mine in one for theirs in other)


def _joined(first: Item, second: Item, better: Item) -> Item:
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


def _contradictions(items: Sequence[_Said]) -> Iterator[Finding]:
    for one, other in combinations(items, 2):
        why = _why(one, other)
        if why:
            evidence = tuple(dict.fromkeys((*one.item.evidence, *other.item.evidence)))
            text = f"{why}: “{one.item.text}” and “{other.item.text}”"
            for each in (one.item, other.item):
                yield Finding(kind=FindingKind.CONTRADICTION, text=text, evidence=evidence, item=each.id)


def _why(one: _Said, other: _Said) -> str | None:
    """What makes a pair contradict itself; `None` when nothing does."""
    share = _share(one.words, other.words)
    if share >= AKIN / 2 and {one.item.kind, other.item.kind} == {Kind.SCOPE, Kind.EXCLUSION}:
        return "Both in and out of scope" if share >= AKIN or _covers(one, other) else None
    if one.item.kind is not other.item.kind or share < AKIN:
        return None
    if _two_dates(one.item, other.item):
        return "Two dates for the same thing"
    if share >= ALIKE and one.denies is not other.denies:
        return "One says it, the other denies it"
    return "Two figures for the same thing" if _each_has_its_own(one.figures, other.figures) else None


def _covers(one: _Said, other: _Said) -> bool:
    """Whether all telling words of the shorter text stand in the longer one."""
    shorter, longer = sorted((one.words, other.words), key=len)
    return len(shorter) > 1 and shorter <= longer


def _each_has_its_own(mine: frozenset[tuple[Decimal, str]], theirs: frozenset[tuple[Decimal, str]]) -> bool:
    return bool(mine - theirs) and bool(theirs - mine)


def said_already(items: Sequence[Item], standing: Sequence[Item]) -> set[str]:
    """Ids of the items that add nothing to what stands.

    An item without evidence does so in the same words. One with evidence rests on no other words than what stands, and
    says no more; where nothing does, the most alike is what a reviewer has worded anew.
    """
    drafted = [_Said.of(item) for item in items]
    said: set[str] = set()
    for stands in map(_Said.of, standing):
        akin = [each for each in drafted if each.item.kind is stands.item.kind and _rests_on(each.item, stands.item)]
        if stands.item.evidence:
            again = [each for each in akin if each.roots <= stands.roots and each.denies is stands.denies]
            again = again or sorted(akin, key=lambda each: -_share(each.roots, stands.roots))[:1]
        else:
            again = [each for each in akin if each.words == stands.words and each.denies is stands.denies]
        said |= {each.item.id for each in again}
    return said


def _rests_on(item: Item, stands: Item) -> bool:
    """Whether both have evidence, and the item none of its own, or neither has any."""
    mine, theirs = ({_span(each) for each in entry.evidence} for entry in (item, stands))
    return mine <= theirs and bool(mine) is bool(theirs)


def _span(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.source, evidence.start, evidence.end
