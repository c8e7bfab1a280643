"""Past statements of work, cut into the sections that are searched. Offsets are code points of the SOW's text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from summarizer.records import SowSection

LONGEST = 1200
"""Characters in a section: about as much as the sentence encoder reads of a text."""
LONGEST_HEADING = 90

_HASHES = re.compile(r" {0,3}#{1,6}\s")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})\s*$")
_BOLD = re.compile(r"\s*(\*\*|__)[^*_]*[^*_.](\1:?|:\1)\s*$")
_NUMBER = re.compile(r"\s*(?:(?i:section|article)\s+)?(\d{1,2}(?:\.\d{1,2})*)[.):]?\s+[^\W\d_a-z]")
_LIST_OR_TABLE = re.compile(r"\s*[-*•|>]")
_FILLED = re.compile(r"\S")
_BOUNDARIES = ("\n\n", "\n", ". ", " ")


def sections(sow_id: str, text: str) -> list[SowSection]:
    """The sections of a Markdown or plain-text SOW, in order, each at most `LONGEST` characters and without blank ends.

    Headings are Markdown's, bold lines, lines in capitals, and numbered lines where Markdown marks none. A section
    holds its heading's line; what is cut off a long one keeps the heading. Text above the first heading is headed by
    its own first line. Everything but blank space is in exactly one section.

    >>> [(s.id, s.heading) for s in sections("sow-1", "# Scope\\nTwo dashboards.\\n# Out of scope\\nTraining.")]
    [('sow-1:0', 'Scope'), ('sow-1:1', 'Out of scope')]
    """
    found = [(heading, *span) for heading, start, end in _parts(text) for span in pieces(text, start, end)]
    return [
        SowSection(
            id=f"{sow_id}:{position}",
            sow=sow_id,
            position=position,
            heading=heading,
            start=start,
            end=end,
            text=text[start:end],
        )
        for position, (heading, start, end) in enumerate(found)
    ]


def pieces(text: str, start: int, end: int, *, longest: int = LONGEST) -> list[tuple[int, int]]:
    """Cut a stretch where it reads best: the bounds of pieces of at most `longest` characters without blank ends.

    Between paragraphs, else between lines, sentences or words, in the second half of what fits.
    """
    end = start + len(text[start:end].rstrip())
    found: list[tuple[int, int]] = []
    while first := _FILLED.search(text, start, end):
        start = first.start()
        stop = _cut(text, start, start + longest) if end - start > longest else end
        found.append((start, start + len(text[start:stop].rstrip())))
        start = stop
    return found


def _cut(text: str, start: int, end: int) -> int:
    middle = (start + end) // 2
    places = (text.rfind(boundary, middle, end) + len(boundary) for boundary in _BOUNDARIES)
    return next((place for place in places if place > middle), end)


def _parts(text: str) -> Iterator[tuple[str, int, int]]:
    """Heading, start and end of each part; a heading with nothing below it belongs to the part that follows."""
    lines = text.splitlines(keepends=True)
    titles = _titles(lines)
    heading, start, has_body = "", 0, False
    places = accumulate(map(len, lines), initial=0)
    for number, (line, place) in enumerate(zip(lines, places, strict=False)):
        if number in titles:
            if has_body:
                yield heading, start, place
                start, has_body = place, False
            heading = titles[number]
        elif line.strip() and not _UNDERLINE.match(line):
            heading, has_body = heading or _cleaned(line), True
    yield heading or _cleaned(text), start, len(text)


def _titles(lines: Sequence[str]) -> Mapping[int, str]:
    """The headings by the number of their line, from 0."""
    marked = [n for n in range(len(lines)) if _HASHES.match(lines[n]) or _underlined(lines, n)]
    named = [n for n in range(len(lines)) if _bold(lines, n) or _in_capitals(lines[n])]
    numbered = [] if marked else _numbered(lines)
    return {n: title for n in (*marked, *named, *numbered) if (title := _cleaned(lines[n]))}


def _underlined(lines: Sequence[str], number: int) -> bool:
    below = lines[number + 1] if number + 1 < len(lines) else ""
    return bool(_UNDERLINE.match(below)) and _stands_alone(lines, number) and not _LIST_OR_TABLE.match(lines[number])


def _bold(lines: Sequence[str], number: int) -> bool:
    return _stands_alone(lines, number) and bool(_BOLD.match(lines[number]))


def _in_capitals(line: str) -> bool:
    letters = sum(character.isalpha() for character in line)
    words = line.strip()
    return words.isupper() and letters >= max(4, 0.6 * len(words)) and not (_long(words) or _LIST_OR_TABLE.match(line))


def _numbered(lines: Sequence[str]) -> list[int]:
    """The numbered headings; entries of a numbered list are none, and have a neighbour that is numbered like them."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    levels = [None, *(_level(lines[number]) for number in filled), None]
    return [
        number
        for number, above, level, below in zip(filled, levels, levels[1:], levels[2:], strict=False)
        if level is not None and level not in {above, below} and _reads_as_heading(lines, number)
    ]


def _reads_as_heading(lines: Sequence[str], number: int) -> bool:
    return _stands_alone(lines, number) and not lines[number].rstrip().endswith((".", ";", ","))


def _level(line: str) -> int | None:
    """How deep the line is numbered, 0 for `3.`, 1 for `3.2`; `None` without a number."""
    number = _NUMBER.match(line)
    return number[1].count(".") if number else None


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    above = lines[number - 1] if number else ""
    return bool(lines[number].strip()) and not above.strip() and not _long(lines[number].strip())


def _long(line: str) -> bool:
    return len(line) > LONGEST_HEADING


def _cleaned(line: str) -> str:
    """A heading without its marks; what holds nothing else is kept as it is."""
    marked = line.strip()
    words = " ".join((marked.lstrip("#*_ \t").rstrip("#*_: \t") or marked).split())
    return words if not _long(words) else words[: LONGEST_HEADING - 1].rstrip() + "…"
