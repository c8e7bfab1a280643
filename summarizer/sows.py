"""Past statements of work, cut into the sections that are searched. Offsets are code points of the SOW's text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from summarizer.records import SowSection
from summarizer.section_kinds import kind_of

LONGEST = 1200
"""Characters in a section: about as much as the sentence encoder reads of a text."""
LONGEST_HEADING = 90

_HASHES = re.compile(r" {0,3}#{1,6}\s")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})\s*$")
_BOLD = re.compile(r"\s*(\*\*|__)[^*_]*[^*_.](\1:?|:\1)\s*$")
_NUMBER = re.compile(r"\s*(?:(?i:section|article)\s+)?(\d{1,2}(?:\.\d{1,2})*)[.):]?\s+[^\W\d_a-z]")
_LIST_OR_TABLE = re.compile(r"\s*[-*•|>]")
_TAGS_AND_EMOJI = re.compile(r"<[^<>]*>|:[a-z_]+:")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
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
    found = [(part.headings, *span) for part in _parts(text) for span in pieces(text, part.start, part.end)]
    return [
        SowSection(
            id=f"{sow_id}:{position}",
            sow=sow_id,
            position=position,
            heading=headings[-1],
            kind=kind_of(headings, text[start:end]),
            start=start,
            end=end,
            text=text[start:end],
        )
        for position, (headings, start, end) in enumerate(found)
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


@dataclass(frozen=True)
class _Title:
    words: str
    depth: tuple[int, int]
    """How far below other headings it stands: by its mark, then by its number."""


@dataclass(frozen=True)
class _Part:
    headings: tuple[str, ...]
    """Those that lead to it, its own one last."""
    start: int
    end: int


def _parts(text: str) -> Iterator[_Part]:
    """The text from heading to heading; a heading with nothing below it belongs to the part that follows."""
    lines = text.splitlines(keepends=True)
    titles = _titles(lines)
    whole = _whole(titles)
    above: list[_Title] = []
    start, first_words = 0, ""
    places = accumulate(map(len, lines), initial=0)
    for number, (line, place) in enumerate(zip(lines, places, strict=False)):
        if title := titles.get(number):
            if first_words:
                yield _Part(_path(above, whole, first_words), start, place)
                start, first_words = place, ""
            above = [*(each for each in above if each.depth < title.depth), title]
        elif line.strip() and not _UNDERLINE.match(line):
            first_words = first_words or _cleaned(line)
    yield _Part(_path(above, whole, first_words or _cleaned(text)), start, len(text))


def _whole(titles: Mapping[int, _Title]) -> _Title | None:
    """The title of the document, which says little of its parts: a first heading that all others stand below."""
    first, *others = (titles[number] for number in sorted(titles)) if titles else (None,)
    return first if others and first and all(each.depth > first.depth for each in others) else None


def _path(above: Sequence[_Title], whole: _Title | None, first_words: str) -> tuple[str, ...]:
    """What stands above the first heading is headed by its own first line."""
    leading = [title.words for title in above if title is not whole]
    return tuple(leading or (title.words for title in above)) or (first_words,)


def _titles(lines: Sequence[str]) -> Mapping[int, _Title]:
    """The headings by the number of their line, from 0."""
    marked = {n: _marks(lines, n) for n in range(len(lines)) if _HASHES.match(lines[n]) or _underlined(lines, n)}
    named = {n: 7 for n in range(len(lines)) if n not in marked and (_bold(lines, n) or _in_capitals(lines[n]))}
    numbered = {} if marked else dict.fromkeys(_numbered(lines), 7)
    found = {**numbered, **named, **marked}
    return {
        n: _Title(words, (marks, _level(words) or 0)) for n, marks in found.items() if (words := _cleaned(lines[n]))
    }


def _marks(lines: Sequence[str], number: int) -> int:
    """The level that Markdown gives to a heading, from 1."""
    hashes = _HASHES.match(lines[number])
    return hashes[0].count("#") if hashes else 1 + lines[number + 1].lstrip().startswith("-")


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
    """A heading without its marks, tags and links; what holds nothing else is kept as it is."""
    bare = _TAGS_AND_EMOJI.sub("", _LINK.sub(r"\1", line)).strip()
    marked = bare if _FILLED.search(bare.strip("#*_: \t")) else line.strip()
    words = " ".join((marked.lstrip("#*_ \t").rstrip("#*_: \t") or marked).split())
    return words if not _long(words) else words[: LONGEST_HEADING - 1].rstrip() + "…"
