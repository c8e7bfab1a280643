"""Passages from a message's lines: paragraphs that a mail program wrapped are joined again, then cut into clauses."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from summarizer.reading.clauses import clauses, marker
from summarizer.reading.lines import Line
from summarizer.reading.stretches import Stretch, Style
from summarizer.sources import Passage, Role

_NARROWEST = 50
_WIDEST = 110
_LONGEST_NOTE = 180
_LONGEST_WORD = 20
_OPEN = frozenset(
    "a an the of to by and or for with from at our your their its before until der die das den dem und "
    "oder von bis mit für im am le la les des du de et ou pour avec avant el los las y para con antes het "
    "een en van met voor".split()
)
_WHOLE = (Role.HEADER, Role.SIGNATURE)


def width_of_turns(stretches: Iterable[Stretch]) -> int:
    """Length of the longest line that anybody says: where turns are broken at a width, all turns are."""
    return max((len(line.text) for each in stretches if each.style is Style.TURN for line in each.body), default=0)


def passages_of(stretch: Stretch, roles: list[Role], number: int, *, turns: int = 0) -> Iterator[Passage]:
    """The passages of the message with that number, in order; `turns` as `width_of_turns` says for all of them."""
    for line in stretch.head:
        yield from _whole(line, Role.HEADER, number)
    for first, behind in _paragraphs(stretch.body, roles):
        lines, role = stretch.body[first:behind], roles[first]
        if role in _WHOLE:
            for line in lines:
                yield from _whole(line, role, number)
        else:
            width = turns if stretch.style is Style.TURN else max(len(line.text) for line in lines)
            blocks = _blocks(lines, stretch.style, width=width)
            yield from _clauses_of(blocks, role, number, as_notes=stretch.style is Style.NOTE)


def _whole(line: Line, role: Role, number: int) -> Iterator[Passage]:
    if _holds_words(line.text):
        yield Passage(start=line.start, end=line.end, role=role, message=number)


def _holds_words(words: str) -> bool:
    return any(each.isalnum() for each in words) or not words.isascii()


def _paragraphs(body: list[Line], roles: list[Role]) -> Iterator[tuple[int, int]]:
    """Ranges of lines of one role and one depth without a blank line between them."""
    first = 0
    for index in range(1, len(body) + 1):
        if (
            index == len(body)
            or body[index].gap
            or roles[index] != roles[first]
            or body[index].depth != body[first].depth
        ):
            yield first, index
            first = index


def _clauses_of(blocks: Iterable[list[Line]], role: Role, number: int, *, as_notes: bool) -> Iterator[Passage]:
    for block in blocks:
        words, places = _flowed(block)
        item = marker(words) > 0
        whole = as_notes and len(words) <= _LONGEST_NOTE
        for start, end in _note(words) if whole else clauses(words):
            if _holds_words(words[start:end]):
                yield Passage(
                    start=_at(places, start), end=_at(places, end - 1) + 1, role=role, message=number, item=item
                )


def _note(words: str) -> list[tuple[int, int]]:
    """A line of notes is one passage; only its bullet is left out."""
    spans = list(clauses(words))
    return [(spans[0][0], spans[-1][1])] if spans else []


def _blocks(lines: list[Line], style: Style, *, width: int) -> Iterator[list[Line]]:
    """List items, and lines that a mail program broke, put together again; in a chat a line mostly ends a thought."""
    joins = [_continues(above, line, style, width=width) for above, line in pairwise(lines)]
    if style is Style.NOTE and not _is_wrapped_note(lines, joins):
        joins = [False] * len(joins)
    block = [lines[0]]
    for line, joined in zip(lines[1:], joins, strict=True):
        if not joined:
            yield block
            block = []
        block.append(line)
    yield block


def _is_wrapped_note(lines: list[Line], joins: list[bool]) -> bool:
    """Whether a paragraph of notes is prose of a fixed width: three lines or more, none of which could be longer."""
    width = max(len(line.text) for line in lines)
    return len(joins) >= 2 and all(_is_full(above, line, width=width) for above, line in pairwise(lines))


def _continues(above: Line, line: Line, style: Style, *, width: int) -> bool:
    """Whether a line goes on with the sentence of the line above it."""
    if marker(line.text):
        return False
    if above.text.endswith((".", "!", "?", ":", ";")) and not _is_full(above, line, width=width):
        return False
    goes_on = line.text[0].islower() and style is not Style.TURN
    return goes_on or _is_open(above) or _is_full(above, line, width=width)


def _is_open(above: Line) -> bool:
    """Whether a line breaks off behind a word that no sentence ends with."""
    return above.text[-_LONGEST_WORD:].rsplit(None, 1)[-1].casefold() in _OPEN


def _is_full(above: Line, line: Line, *, width: int) -> bool:
    """Whether the first word of a line had no room any more in the line above it."""
    word = line.text[:_WIDEST].split(None, 1)[0]
    return _NARROWEST <= width <= _WIDEST and len(above.text) + 1 + len(word) > width


def _flowed(block: list[Line]) -> tuple[str, list[tuple[int, int]]]:
    """The words of a block with one space for each line end, and where each line starts in them and in the source."""
    places: list[tuple[int, int]] = []
    length = 0
    for line in block:
        places.append((length, line.start))
        length += len(line.text) + 1
    return " ".join(line.text for line in block), places


def _at(places: list[tuple[int, int]], offset: int) -> int:
    """Offset in the source of a character of the flowed words."""
    begins, start = places[bisect_right(places, offset, key=lambda place: place[0]) - 1]
    return start + offset - begins
