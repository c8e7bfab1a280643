"""Segments as the encoder sees them: stretches of word pieces with what stands around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from summarizer.adapters.embedded.segments import Segment
from summarizer.items import Side

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CORE = 224
"""Word pieces of a window that are read for their own sake."""
BEFORE = 64
AFTER = 40
"""Word pieces of context on each side."""
MOST_IN_SEGMENT = 64
"""What stands behind this many word pieces of a segment does not count."""
MOST_IN_QUESTION = 40
_START, _END = 101, 102
_SIDES = {Side.CLIENT: 1, Side.VENDOR: 2, Side.THIRD_PARTY: 3, None: 4}
_MESSAGE, _QUESTION, _ENTRY = 5, 6, 7
"""Ids of word pieces that the vocabulary keeps unused; the training gives them their meaning."""


@dataclass(frozen=True)
class Window:
    """One run of the encoder."""

    ids: npt.NDArray[np.int64]
    """Word pieces, one row."""
    spans: Sequence[tuple[int, int, int]]
    """Segment (by its place in the thread), and the columns that hold it."""


def windows(segments: Sequence[Segment], tokenizer: "Tokenizer") -> Iterator[Window]:
    """The whole thread, each segment in one window, with what stands around it."""
    runs = [_run(segments, at, tokenizer) for at in range(len(segments))]
    start = 0
    while start < len(runs):
        end, size = start, 0
        while end < len(runs) and (end == start or size + len(runs[end].pieces) <= CORE):
            size += len(runs[end].pieces)
            end += 1
        yield _window(runs, start, end)
        start = end


@dataclass(frozen=True)
class _Run:
    """The word pieces of one segment, behind those that say where it stands."""

    head: list[int]
    body: list[int]

    @property
    def pieces(self) -> list[int]:
        return self.head + self.body


def _run(segments: Sequence[Segment], at: int, tokenizer: "Tokenizer") -> _Run:
    segment = segments[at]
    body = tokenizer.encode(segment.text, add_special_tokens=False).ids[:MOST_IN_SEGMENT] or [_END]
    return _Run(_head(segment, segments[at - 1] if at else None, tokenizer), body)


def _head(segment: Segment, before: Segment | None, tokenizer: "Tokenizer") -> list[int]:
    if not segment.opens:
        return []
    clause = segment.clause
    head = [] if before and before.clause.message == clause.message else [_MESSAGE]
    if clause.question is not None:
        asked = tokenizer.encode(clause.question.text, add_special_tokens=False).ids
        head += [_QUESTION, *asked[-MOST_IN_QUESTION:]]
    return [*head, _SIDES[clause.side], *([_ENTRY] if clause.passage.item else [])]


def _window(runs: Sequence[_Run], start: int, end: int) -> Window:
    before = [piece for run in runs[max(0, start - 40) : start] for piece in run.pieces][-BEFORE:]
    after = [piece for run in runs[end : end + 30] for piece in run.pieces][:AFTER]
    ids = [_START, *before]
    spans = []
    for at in range(start, end):
        ids += runs[at].head
        spans.append((at, len(ids), len(ids) + len(runs[at].body)))
        ids += runs[at].body
    return Window(np.array([[*ids, *after, _END]], dtype=np.int64), spans)
