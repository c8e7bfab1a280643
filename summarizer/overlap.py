"""How much of a text's wording stands in other texts: a coarse sign of where the text was taken from."""

import re
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORT_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
"""Letters by which two forms of a word are taken for the same ("migrate", "migration")."""
_EMPTY = frozenset(
    "about after also been before being client could does each every from have into more must only other over shall "
    "should some such than that their them then there these they this those under vendor very were what when which "
    "will with within would your".split()
)

_EMPTY_AND_SHORT = frozenset(
    "all and any are but can did for had has her his how its may nor not our out per the too was who you".split()
)


def shared(text: str, others: Sequence[str]) -> float:
    """Share of the text's content words that stand in one of the others, 0 to 1; 1 for a text without any.

    >>> shared("Migration of patient records", ["We migrate all records."])
    0.6666666666666666
    """
    wanted = _stems(text)
    if not wanted:
        return 1.0
    return len(wanted & set().union(*map(_stems, others))) / len(wanted)


def borrowed(text: str, others: Sequence[str], *, own: Sequence[str]) -> tuple[str, ...]:
    """The words of phrases that stand in one of the others and of which no word stands in what is the text's `own`.

    A phrase is two content words that follow each other in both.

    >>> borrowed("Five dashboards and a mobile app", ["Include a mobile app."], own=["We want five dashboards."])
    ('mobile', 'app')
    """
    known = {stem for each in own for stem, _ in _contents(each)}
    foreign = {pair for each in others for pair in pairwise(stem for stem, _ in _contents(each))}
    found: dict[str, None] = {}
    for (first, one), (second, other) in pairwise(_contents(text)):
        if (first, second) in foreign and not {first, second} & known:
            found |= dict.fromkeys((one, other))
    return tuple(found)


def _contents(text: str) -> list[tuple[str, str]]:
    """The content words in their order, each with its stem; also short ones, such as “app”."""
    words = (match.group() for match in _SHORT_WORD.finditer(text))
    return [(word.lower()[:_STEM], word) for word in words if word.lower() not in _EMPTY | _EMPTY_AND_SHORT]


def _stems(text: str) -> set[str]:
    words = (match.group().lower() for match in _WORD.finditer(text))
    return {word[:_STEM] for word in words if word not in _EMPTY}
