"""What words stand near a number, and how alike two such neighbourhoods are."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

Weights = Mapping[str, float]
"""How much each stem says."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_BREAK = re.compile(r"[,;()|]|\b(?:and|so|but|und|et)\b")
_STEM = 5
_EMPTY = frozenset(
    "a all an and any are as at be been but by can could did do does each every for from had has have he her here his "
    "how if in is it its may must no not of on or our per shall she should so than that the their them then there "
    "these they this those to up us was we were what when where which who will with would you your".split()
)
_GROUPS = (
    "price prices fee fees cost costs charge charges charged budget money total amount amounts sum",
    "start starts started begin begins commence commences kickoff kick launch",
    "finish finished complete completed completion end ends ready",
    "people staff employees persons headcount",
    "pay pays paid payable payment payments",
    "answer answers answered respond responds response reply",
    "day daily",
    "week weekly",
    "month monthly",
    "year yearly annual annually",
    "quarter quarterly",
    "round rounds",
    "change changes changed revision revisions amendment amendments",
    "delay delayed late",
)
_SAME = {word: names.split()[0] for names in _GROUPS for word in names.split()}
"""Words that threads and contracts use for the same; the first of each group stands for all."""
NEAR = 3
"""After so many words a word counts half."""
ACROSS = 0.5
"""What a word counts behind a comma or an “and”, against one that stands before it."""


def stems(text: str) -> list[str]:
    """The telling words in their order, each as what it has in common with its other forms.

    >>> stems("Charged monthly, invoiced yearly")
    ['price', 'month', 'invoi', 'year']
    """
    return [_stem(match.group()) for match in _WORD.finditer(text) if match.group().lower() not in _EMPTY]


def _stem(word: str) -> str:
    lower = word.lower()
    return _SAME.get(lower, lower[:_STEM])


def rarity(texts: Iterable[str]) -> Weights:
    """How much a stem says, by how few of the texts have it."""
    counts: Counter[str] = Counter()
    total = 0
    for total, text in enumerate(texts, start=1):  # noqa: B007 - the last number is the total
        counts.update(set(stems(text)))
    return {stem: math.log(1 + total / count) for stem, count in counts.items()}


def around(text: str, start: int, end: int, *, rarity: Weights) -> dict[str, float]:
    """The stems round a stretch of the text; the nearer a word, the more it counts."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    words = [each for each in _WORD.finditer(text) if each.group().lower() not in _EMPTY]
    before = [each for each in words if each.end() <= start][::-1]
    behind = [each for each in words if each.start() >= end]
    found: dict[str, float] = {}
    for side in (before, behind):
        for place, word in enumerate(side):
            low, high = sorted((word.start(), start))
            across = sum(low < each < high for each in breaks)
            stem = _stem(word.group())
            weight = rarity.get(stem, 1.0) * ACROSS**across / (1 + place / NEAR)
            found[stem] = max(found.get(stem, 0.0), weight)
    return found


def bag(text: str, *, rarity: Weights, share: float = 1.0) -> dict[str, float]:
    """All stems of the text with their weights, or with this share of them."""
    return {stem: share * rarity.get(stem, 1.0) for stem in stems(text)}


def joined(one: Weights, other: Weights) -> dict[str, float]:
    """The stems of both; of two weights the greater one."""
    return {stem: max(one.get(stem, 0.0), other.get(stem, 0.0)) for stem in (*one, *other)}


def likeness(one: Weights, other: Weights) -> float:
    """The cosine of both, 0 to 1."""
    shared = sum(weight * other[stem] for stem, weight in one.items() if stem in other)
    return shared / math.sqrt(_square(one) * _square(other)) if shared else 0.0


def _square(weights: Weights) -> float:
    return sum(weight * weight for weight in weights.values())
