"""How much of a text's wording stands in other texts: a coarse sign of where the text was taken from."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters by which two forms of a word are taken for the same ("migrate", "migration")."""
_EMPTY = frozenset(
    "about after also been before being client could does each every from have into more must only other over shall "
    "should some such than that their them then there these they this those under vendor very were what when which "
    "will with within would your".split()
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


def _stems(text: str) -> set[str]:
    words = (match.group().lower() for match in _WORD.finditer(text))
    return {word[:_STEM] for word in words if word not in _EMPTY}
