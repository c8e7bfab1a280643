"""The lines of a text that hold words, each with its place in the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_RAW = re.compile(r"[^\r\n]+|\r\n|\n|\r")
_MARKS = re.compile(r"(?:[ \t\xa0]*>)+")
_MARKED_LINE = re.compile(rf"\n{_MARKS.pattern}[ \t]?")


class Line(NamedTuple):
    """One line without its indentation, quote marks and trailing white space."""

    start: int
    """Offset of its first character, in code points of the whole text."""
    text: str
    depth: int = 0
    """How many quote marks (`>`) stand before it."""
    indent: int = 0
    """How many characters of white space stand before it, behind the quote marks."""
    gap: int = 0
    """How many blank lines stand above it; a line of quote marks alone is blank."""

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start + len(self.text)


def lines_of(text: str) -> list[Line]:
    """Every line that is more than white space and quote marks.

    In a text of quoted lines only, the marks that all have in common stand for nothing.

    >>> lines_of("Hi\\r\\n\\r\\n> well")
    [Line(start=0, text='Hi', depth=0, indent=0, gap=0), Line(start=8, text='well', depth=1, indent=1, gap=1)]
    """
    lines = list(_lines(text))
    common = min((line.depth for line in lines), default=0)
    return [line._replace(depth=line.depth - common) for line in lines] if common else lines


def _lines(text: str) -> Iterator[Line]:
    gap, ended = 0, True
    for raw in _RAW.finditer(text):
        line = _line(raw.group(), at=raw.start(), gap=gap)
        if line:
            yield line
            gap, ended = 0, False
        elif raw.group()[0] in "\r\n":
            gap, ended = gap + ended, True
        # A line of marks or spaces counts as blank when its line end comes.


def _line(raw: str, *, at: int, gap: int) -> Line | None:
    marks = _MARKS.match(raw)
    behind = marks.end() if marks else 0
    words = raw[behind:].strip()
    if not words:
        return None
    indent = len(raw) - behind - len(raw[behind:].lstrip())
    return Line(at + behind + indent, words, marks.group().count(">") if marks else 0, indent, gap)


def unmarked(text: str) -> str:
    """A passage without the quote marks in front of its lines but the first, which stand outside of it.

    >>> unmarked("Card\\n> payments")
    'Card\\npayments'
    """
    return _MARKED_LINE.sub("\n", text)


def part(line: Line, start: int, end: int | None = None) -> Line | None:
    """The stretch of a line between two offsets in it; `None` when it is blank."""
    piece = line.text[start:end]
    words = piece.strip()
    if not words:
        return None
    shift = start + len(piece) - len(piece.lstrip())
    return Line(line.start + shift, words, line.depth, line.indent, line.gap if not shift else 0)
