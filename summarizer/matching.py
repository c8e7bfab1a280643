"""Which words of a text somebody searched for, whatever their endings, and the stretch that holds most of them."""

import re
from collections.abc import Sequence

Span = tuple[int, int]
"""Start and end, in code points."""

EXTRACT = 420
"""Characters of a section that a list of results shows."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = re.compile(r"(?:['’]s|at(?:e|es|ed|ing|ions?)|ing|ings|ies|ied|ers?|ed|es|s|y|e)$")
_LEAST_STEM = 3
PASSED_OVER = frozenset(
    "a an and are as at be been but by can do does for from had has have how if in into is it its no nor not of on or "
    "our shall should so than that the their them then there these they this those to was we were what when where "
    "which who will with would you your".split()
)


def matches(text: str, asked: str) -> list[Span]:
    """Where words of `asked` stand in the text, in order; words such as “the” count only if all of them are such.

    >>> text = "We migrate the records."
    >>> [text[start:end] for start, end in matches(text, "migration of a record")]
    ['migrate', 'records']
    """
    words = [word[0].casefold() for word in _WORD.finditer(asked)]
    stems = {_stem(word) for word in words if word not in PASSED_OVER} or {_stem(word) for word in words}
    return [word.span() for word in _WORD.finditer(text) if _stem(word[0].casefold()) in stems]


def extract(text: str, found: Sequence[Span], *, most: int = EXTRACT) -> Span:
    """The stretch of at most `most` characters that holds the most of what was found, from word to word."""
    if len(text) <= most:
        return 0, len(text)
    held = {start: sum(start <= other and end <= start + most for other, end in found) for start, _ in found}
    first = max(held, key=lambda start: held[start]) if held else 0
    # What leads to the first word is shown too, as far as there is room behind the last one.
    last = max((end for start, end in found if first <= start and end <= first + most), default=0)
    start = max(0, min(first - most // 6, len(text) - most), last - most)
    return _at_words(text, start, min(len(text), start + most))


def _at_words(text: str, start: int, end: int) -> Span:
    if start and not text[start - 1].isspace():
        start = next((place for place in range(start, end) if text[place].isspace()), start)
    if end < len(text) and not text[end].isspace():
        end = next((place for place in range(end, start, -1) if text[place - 1].isspace()), end)
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


def _stem(word: str) -> str:
    short = _ENDINGS.sub("", word)
    return short if len(short) >= _LEAST_STEM else word
