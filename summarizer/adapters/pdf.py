"""PDF as text by PDFium: lines as they are seen, headings by the size of their letters, running heads once."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from summarizer.errors import DamagedSource, NoTextInPages, ProtectedSource, TooManyPages
from summarizer.items import Finding
from summarizer.reading.limits import Limits
from summarizer.reading.rendition import Rendition, hidden, unread

MEDIA_TYPE = "application/pdf"
_PASSWORD = 4
"""PDFium's number for a document that asks for a password."""
_TINY = 1.0
"""Points; smaller letters cannot be read."""
_LARGER = 1.15
_MUCH_LARGER = 1.6
_APART = 1.35
"""How many usual steps down a new paragraph begins."""
_ENDS = ".:;!?"
_LONGEST_HEADING = 120
_EDGE = 3
"""How many lines at the top and the bottom of a page may be running heads."""
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina)?\s*[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:/|of|von|de|sur|van)\s*\d{1,4})?", re.IGNORECASE
)
_NUMBERED = re.compile(r"\b(page|seite|página|pagina)\s*\d+(?:\s*(?:/|of|von|de|sur|van)\s*\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A line of a page."""

    text: str
    size: float
    """Of most of its letters, in points."""
    bottom: float
    """Where it stands, in points above the page's lower edge."""


def read_pdf(content: bytes, limits: Limits) -> Rendition:
    """The words of a PDF, page by page. What stands at the edge of most pages is given where it stands first.

    Raises DamagedSource, ProtectedSource, TooManyPages, NoTextInPages.
    """
    document = _opened(content)
    if len(document) > limits.pages:
        raise TooManyPages(f"The document has {len(document)} pages; the limit is {limits.pages}.")
    concealed: list[str] = []
    pages = [list(_lines(document, number, concealed)) for number in range(len(document))]
    blank = [number for number, page in enumerate(pages, start=1) if not page]
    if len(blank) == len(pages):
        raise NoTextInPages(f"None of the {len(pages)} pages holds text.")
    text = _joined([list(_marked(page, *_usual(pages))) for page in _without_repetitions(pages) if page])
    return Rendition(text, MEDIA_TYPE, findings=tuple(_findings(blank, concealed)))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise ProtectedSource("The PDF asks for a password.") from error
        raise DamagedSource("The PDF cannot be read.") from error


def _findings(blank: Sequence[int], concealed: Sequence[str]) -> Iterator[Finding]:
    if concealed:
        yield hidden("Letters too small to be seen", " ".join(concealed))
    if blank:
        numbers = ", ".join(map(str, blank[:20])) + (" and more" if len(blank) > 20 else "")
        yield unread(f"Pages without text, which may hold pictures of text: {numbers}.")


def _lines(document: pypdfium2.PdfDocument, number: int, concealed: list[str]) -> Iterator[_Line]:
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    letters = _Letters(text)
    words: list[str] = []
    sizes: Counter[float] = Counter()
    bottom = 0.0
    for place in range(text.count_chars()):
        letter = letters.at(place)
        if letter in "\r\n" or letters.falls(place):
            yield from _line(words, sizes, bottom)
            words, sizes = [], Counter()
        if letter in "\r\n":
            continue
        size = letters.size(place)
        if letter.strip() and 0 < size < _TINY:
            concealed.append(letter)
            continue
        words.append(letter)
        sizes[size] += bool(letter.strip())
        bottom = letters.bottom
    yield from _line(words, sizes, bottom)
    page.close()


def _line(words: list[str], sizes: Counter[float], bottom: float) -> Iterator[_Line]:
    text = " ".join("".join(words).split())
    if text:
        yield _Line(text, sizes.most_common(1)[0][0], bottom)


class _Letters:
    """The letters of a page, with where they stand and how large they are."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._text = text
        self.bottom = 0.0
        """Of the letter that was looked at last and that has a height."""
        self._box = [ctypes.c_double() for _ in range(4)]

    def at(self, place: int) -> str:
        """The letter; a line's end where PDFium breaks a word or a line."""
        code = raw.FPDFText_GetUnicode(self._text, place)
        if code in {0, 2, 0xFFFE, 0xFFFF} or 0xD800 <= code < 0xE000:
            return "-" if code == 2 else " "
        return chr(code)

    def size(self, place: int) -> float:
        """In points, as it is seen."""
        return round(float(raw.FPDFText_GetFontSize(self._text, place)), 1)

    def falls(self, place: int) -> bool:
        """Whether the letter stands on another line than the one before, which PDFium does not always tell."""
        left, right, bottom, top = self._box
        seen = raw.FPDFText_GetCharBox(self._text, place, left, right, bottom, top)
        height = top.value - bottom.value
        if not seen or height <= 0:
            return False
        before, self.bottom = self.bottom, bottom.value
        return before > 0 and abs(bottom.value - before) > max(height, 6.0) * 1.5


def _usual(pages: Sequence[Sequence[_Line]]) -> tuple[float, float]:
    """The size of most letters, and how far most lines stand from the one above, in points."""
    sizes: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    for page in pages:
        for above, line in zip([None, *page], page, strict=False):
            sizes[line.size] += len(line.text)
            if above and above.bottom > line.bottom:
                steps[round(above.bottom - line.bottom)] += 1
    return sizes.most_common(1)[0][0], max(steps.most_common(1), default=(0.0, 0))[0]


def _marked(page: Sequence[_Line], size: float, step: float) -> Iterator[str]:
    """The lines, a blank one where a paragraph ends, and the mark of a heading before those in larger letters."""
    headed = False
    for above, line in zip([None, *page], page, strict=False):
        heading = _is_heading(line, size)
        apart = above is not None and step > 0 and above.bottom - line.bottom > step * _APART
        if above is not None and (apart or heading or headed):
            yield ""
        yield f"{'#' if line.size > size * _MUCH_LARGER else '##'} {line.text}" if heading else line.text
        headed = heading


def _is_heading(line: _Line, usual: float) -> bool:
    large = line.size > usual * _LARGER and len(line.text) <= _LONGEST_HEADING
    return large and any(letter.isalpha() for letter in line.text)


def _joined(pages: Sequence[Sequence[str]]) -> str:
    """The pages, without a blank line where a sentence goes on from one to the next."""
    text = ""
    for page in pages:
        words = "\n".join(page)
        goes_on = bool(text) and text[-1] not in _ENDS and words[:1].islower()
        text = f"{text}{chr(10) if goes_on else chr(10) * 2}{words}" if text else words
    return text


def _without_repetitions(pages: Sequence[list[_Line]]) -> list[list[_Line]]:
    """Without page numbers, and with running heads where they stand first only."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    running = {key for key, count in counts.items() if count >= max(3, len(pages) * 0.5)}
    seen: set[str] = set()
    return [_kept(page, running, seen) for page in pages]


def _edges(page: list[_Line]) -> list[_Line]:
    return [*page[:_EDGE], *page[_EDGE:][-_EDGE:]]


def _key(line: _Line) -> str:
    """What is the same of a running head on each page."""
    return _NUMBERED.sub(r"\1", line.text.casefold())


def _kept(page: list[_Line], running: set[str], seen: set[str]) -> list[_Line]:
    kept = []
    for place, line in enumerate(page):
        edge = place < _EDGE or place >= len(page) - _EDGE
        key = _key(line)
        if edge and (_PAGE_NUMBER.fullmatch(line.text) or (key in running and key in seen)):
            continue
        if edge and key in running:
            seen.add(key)
        kept.append(line)
    return kept
