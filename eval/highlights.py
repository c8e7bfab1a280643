"""A text cut into pieces that are marked or not, for showing what was found in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Sort = Literal["trap-stated", "missed", "misfiled", "extra", "found", "trap"]
SORTS: tuple[Sort, ...] = ("trap-stated", "missed", "misfiled", "extra", "found", "trap")
"""Where marks overlap, the first in this list is what is seen."""


@dataclass(frozen=True)
class Mark:
    """A stretch of a text that something is said about."""

    start: int
    end: int
    """Offsets in code points."""
    sort: Sort
    label: str
    """What it belongs to: a gold item (`g3`), a drafted one (`i5`), a trap (`t1`)."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text between two borders of marks."""

    text: str
    sort: Sort | None
    """`None` when nothing is said about it."""
    opens: tuple[Mark, ...] = ()
    """The marks that begin here."""


def pieces(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """The text in pieces; joined, they are the text.

    >>> [(piece.text, piece.sort) for piece in pieces("abcd", [Mark(1, 3, "found", "g1")])]
    [('a', None), ('bc', 'found'), ('d', None)]
    """
    borders = sorted({0, len(text), *(each.start for each in marks), *(each.end for each in marks)})
    return list(_pieces(text, marks, borders))


def _pieces(text: str, marks: Sequence[Mark], borders: Sequence[int]) -> Iterator[Piece]:
    for start, end in pairwise(borders):
        over = sorted((each for each in marks if each.start <= start and end <= each.end), key=_rank)
        opens = tuple(each for each in over if each.start == start)
        yield Piece(text[start:end], over[0].sort if over else None, opens)


def _rank(mark: Mark) -> tuple[int, str]:
    return SORTS.index(mark.sort), mark.label
