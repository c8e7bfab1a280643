"""Clauses cut at commas, conjunctions and dashes: the smallest stretches that are sorted, one fact each at best."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.adapters.embedded.clauses import Clause, month_told, telling_words

_CUT = re.compile(
    r"(?<=[;!?])\s+|(?<=\w\.)\s+(?=[\"'“(]?\w)|(?<=,)\s+(?=\D|\d+\s+\w)|\s+(?=[-–—+/&>]+\s)|(?<=:)\s+|\s+(?=\()|(?<=\))\s+"
    r"|(?<!hundred)(?<!thousand)(?<!million)\s+(?=(?:and|but|plus|while|whereas|or|so|then|because)\s)",
    re.IGNORECASE,
)
_SHORT = 2
"""Words below which a stretch stays with the one before it."""


@dataclass(frozen=True)
class Segment:
    """A stretch of a clause's text."""

    clause: Clause
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.clause.text[self.start : self.end]

    @property
    def opens(self) -> bool:
        """Whether it is the first one of its clause."""
        return self.start == 0


def cut(clauses: Sequence[Clause]) -> list[Segment]:
    """All segments in the order of the clauses; together they are the clauses' texts."""
    return [segment for clause in clauses for segment in _segments(clause)]


def clauses_of(segments: Sequence[Segment]) -> list[Clause]:
    """The clauses of the segments, each with no more of its text than these hold."""
    by_clause: dict[int, list[Segment]] = {}
    for segment in segments:
        by_clause.setdefault(segment.clause.number, []).append(segment)
    return [_held(each) for each in by_clause.values()]


def _held(segments: Sequence[Segment]) -> Clause:
    clause, start, end = segments[0].clause, segments[0].start, segments[-1].end
    text = clause.text[start:end].rstrip()
    return replace(clause, text=text, words=telling_words(text), month=month_told(clause, clause.text[:start]))


def _segments(clause: Clause) -> Iterator[Segment]:
    ends = [match.end() for match in _CUT.finditer(clause.text)] + [len(clause.text)]
    pieces: list[tuple[int, int]] = []
    start = 0
    for end in ends:
        if end < len(clause.text) and _joins_the_next(clause.text[start:end], first=not pieces):
            continue
        if pieces and _is_short(clause.text[start:end]):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
        start = end
    return (Segment(clause, *piece) for piece in pieces)


def _is_short(text: str) -> bool:
    return len(text.split()) < _SHORT


def _joins_the_next(text: str, *, first: bool) -> bool:
    """Whether a short stretch belongs to what follows: at the start, and where no comma or full stop ends it."""
    return _is_short(text) and (first or not text.rstrip().endswith((",", ";", ":", ".", "!", "?")))
