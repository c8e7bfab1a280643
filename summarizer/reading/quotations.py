"""Quoted history whose originals were not pasted: each quotation at the end of a message is then a mail of its own."""

from collections.abc import Callable, Iterable, Iterator

from summarizer.reading.attributions import attribution_at
from summarizer.reading.closings import is_legal, is_mobile_line
from summarizer.reading.lines import Line
from summarizer.reading.people import folded

_LEVELS = 12
"""How often a thread may have been quoted in answers; what is deeper stays a quotation."""
_KEY = 4
"""Words by which a line is known again."""

Words = tuple[str, ...]


def lifted(lines: Iterable[Line], *, is_head: Callable[[list[Line], int], bool]) -> list[Line]:
    """The lines, with the marks taken off each quotation that ends a message and is not of words given elsewhere.

    What it quotes in turn then ends a message itself. A quotation that is answered line by line stays as it is: its
    answers say nothing without it. `is_head` tells whether a message begins at a line.
    """
    raised = list(lines)
    for _ in range(_LEVELS):
        spans = list(_ending(raised, is_head))
        written = _openings(raised) if spans else set()
        fresh = [span for span in spans if not _is_given(raised[slice(*span)], written)]
        if not fresh:
            break
        for first, behind in fresh:
            raised[first:behind] = [line._replace(depth=line.depth - 1) for line in raised[first:behind]]
    return raised


def _ending(lines: list[Line], is_head: Callable[[list[Line], int], bool]) -> Iterator[tuple[int, int]]:
    """Where the quotations stand that have an attribution above them and nothing of the same message below."""
    index = 0
    while index < len(lines):
        attribution = attribution_at(lines, index)
        if attribution is None:
            index += 1
            continue
        first = attribution.behind
        behind = next((at for at in range(first, len(lines)) if not lines[at].depth), len(lines))
        if behind > first and _ends_message(lines, behind, is_head):
            yield first, behind
        index = max(behind, index + 1)


def _ends_message(lines: list[Line], behind: int, is_head: Callable[[list[Line], int], bool]) -> bool:
    for at in range(behind, len(lines)):
        if is_head(lines, at):
            return True
        if not (is_legal(lines[at].text) or is_mobile_line(lines[at])):
            return False
    return True


def _openings(lines: list[Line]) -> set[Words]:
    """Each run of words that is written in the text without marks."""
    words = [word for line in lines if not line.depth for word in folded(line.text).split()]
    return {tuple(words[at : at + _KEY]) for at in range(len(words) - _KEY + 1)}


def _is_given(quoted: list[Line], written: set[Words]) -> bool:
    """Whether most of the quoted lines are written elsewhere."""
    keys = [tuple(words[:_KEY]) for line in quoted if len(words := folded(line.text).split()) >= _KEY]
    return sum(1 for key in keys if key in written) * 2 >= len(keys) if keys else True
