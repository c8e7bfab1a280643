"""The words of HTML as plain text: blocks on lines of their own, quotations marked with `>`, and what hides apart."""

import re
from collections import Counter
from dataclasses import dataclass, field

from summarizer.reading.html_hiding import Look, Sheet
from summarizer.reading.html_tokens import Comment, End, Start, Token, tokens

_BLOCKS = frozenset(
    "address article aside body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tr ul blockquote".split()
)
_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table pre blockquote hr".split())
_UNSHOWN = frozenset("script style title template noscript svg object".split())
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINE_END = re.compile(r"\r\n?|\n")
_CELLS = frozenset({"td", "th"})
_PARAGRAPH = frozenset({"p"})
_ENDS = {"td": _CELLS, "th": _CELLS, "tr": _CELLS | {"tr"}, "li": frozenset({"li"})}
"""Open elements that a start tag ends without saying so; every other block ends a paragraph."""
_KEEPS = {"td": frozenset({"table"}), "th": frozenset({"table"}), "tr": frozenset({"table"})} | {
    "li": frozenset({"ul", "ol", "table"}) | _CELLS
}
"""Open elements that keep what is outside of them open."""
_MACHINERY = re.compile(
    r"\s*(?:\[if|\[endif|<!\[|/?\*|StartFragment|EndFragment|SocketLabs|o:|mso|\[data-)", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]{2,}(?:[ ,.:;]+[^\W\d_]{1,}){2}")
_DEEPEST_QUOTE = 10
_MOST_OPEN = 100


@dataclass(frozen=True)
class HtmlText:
    """What a page says, and what it hides."""

    text: str
    hidden: tuple[str, ...] = ()
    """Words that a browser does not show, a string for each stretch."""
    comments: tuple[str, ...] = ()
    """Comments that read like sentences."""


def html_text(html: str) -> str:
    """Plain text of an HTML document, as a reader would see it; never raises, whatever the markup.

    >>> html_text("<p>Two things:<ul><li>keys<li>a date</ul><blockquote>When?</blockquote>3&nbsp;May")
    'Two things:\\n\\n- keys\\n- a date\\n\\n> When?\\n\\n3\\xa0May'
    """
    return read_html(html).text


def read_html(html: str, *, document: bool = False) -> HtmlText:
    """Text and hidden words of HTML. In a `document`, headings and tables are marked as Markdown does.

    >>> read_html("<h1>Price</h1><table><tr><td>Base<td>€5</table><i style='display:none'>No.</i>", document=True)
    HtmlText(text='# Price\\n\\n| Base | €5 |', hidden=('No.',), comments=())
    """
    reader = _Reader(document=document)
    for token in tokens(html):
        reader.take(token)
    return HtmlText(reader.text(), tuple(reader.hidden), tuple(reader.comments))


@dataclass
class _Row:
    """A row of a table that is being read."""

    outside: list[str]
    """The lines that the row will stand behind."""
    cells: list[list[str]] = field(default_factory=lambda: [[]])
    """The lines of each cell; the first holds what stands in no cell."""


class _Reader:
    def __init__(self, *, document: bool) -> None:
        self.hidden: list[str] = []
        self.comments: list[str] = []
        self._document = document
        self._sheet = Sheet()
        self._open: list[tuple[str, Look]] = []
        self._names: Counter[str] = Counter()
        self._unshown = 0
        self._lines: list[str] = []
        self._line: list[str] = []
        self._mark = ""
        """What stands before the next line: the dash of a list's entry, the hashes of a heading."""
        self._rows: list[_Row] = []
        self._lists: list[int | None] = []
        self._quoted = 0
        self._kept = 0
        """How many `<pre>` are open, in which white space counts."""

    def take(self, token: Token) -> None:
        """Read on."""
        match token:
            case Start():
                self._start(token.name, token.attributes)
            case End():
                self._end(token.name)
            case Comment():
                self._comment(token.text)
            case _:
                self._say(token)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._end_implied(tag)
        if tag == "br":
            self._break(blank=not self._line)
        if tag in _BLOCKS:
            self._break(blank=tag in _SPACED)
        if tag not in _EMPTY and len(self._open) < _MOST_OPEN:
            look = self._open[-1][1] if self._open else Look()
            self._open.append((tag, look.of(attributes, self._sheet)))
            self._names[tag] += 1
            self._unshown += tag in _UNSHOWN
            self._begin(tag, attributes)

    def _end(self, tag: str) -> None:
        if self._names[tag]:
            while self._open[-1][0] != tag:
                self._close()
            self._close()
        elif tag in _BLOCKS:
            self._break(blank=tag in _SPACED)

    def _say(self, data: str) -> None:
        tag, look = self._open[-1] if self._open else ("", Look())
        if tag == "style":
            self._sheet = self._sheet.with_rules(data)
        if self._unshown:
            return
        if look.hides:
            self._hide(data)
        elif self._kept:
            first, *others = _LINE_END.split(data)
            self._line.append(first)
            for each in others:
                self._break(blank=not "".join(self._line).strip())
                self._line.append(each)
        else:
            self._line.append(_SPACE.sub(" ", data))

    def _comment(self, data: str) -> None:
        if not _MACHINERY.match(data) and _WORDS.search(data) and "<" not in data and "{" not in data:
            self.comments.append(data.strip())

    def text(self) -> str:
        """All lines so far."""
        while self._open:
            self._close()
        self._break(blank=False)
        return "\n".join(self._lines).strip("\n")

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in {"ul", "ol"}:
            self._lists.append(_number(attributes.get("start")) if tag == "ol" else None)
        elif tag == "li":
            self._mark = self._entry_mark()
        elif tag in _HEADINGS and self._document:
            self._mark = _HEADINGS[tag]
        elif tag == "blockquote":
            self._quoted += 1
        elif tag == "pre":
            self._kept += 1
        elif tag == "tr":
            self._rows.append(_Row(self._lines))
            self._lines = self._rows[-1].cells[0]
        elif tag in _CELLS and self._rows:
            self._break(blank=False)
            self._lines = []
            self._rows[-1].cells.append(self._lines)

    def _entry_mark(self) -> str:
        """What stands before a list's entry: a dash, or in a document its number where it has one."""
        number = self._lists[-1] if self._lists else None
        if number is None or not self._document:
            return "  " * (len(self._lists) - 1) * self._document + "- "
        self._lists[-1] = number + 1
        return f"{'  ' * (len(self._lists) - 1)}{number}. "

    def _end_implied(self, tag: str) -> None:
        """Close what this start tag closes without saying so."""
        if tag not in _BLOCKS | _CELLS:
            return
        ends, keeps = _ENDS.get(tag, _PARAGRAPH), _KEEPS.get(tag, _BLOCKS - _PARAGRAPH)
        outermost = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] in keeps:
                break
            if self._open[place][0] in ends:
                outermost = place
        while outermost is not None and len(self._open) > outermost:
            self._close()

    def _close(self) -> None:
        tag, _ = self._open.pop()
        self._names[tag] -= 1
        self._unshown -= tag in _UNSHOWN
        if tag in _BLOCKS | _CELLS:
            self._break(blank=tag in _SPACED)
        if tag == "li" or tag in _HEADINGS:
            self._mark = ""
        if tag in {"ul", "ol"}:
            self._lists.pop()
        elif tag == "blockquote":
            self._quoted -= 1
        elif tag == "pre":
            self._kept -= 1
        elif tag == "tr":
            self._end_row(self._rows.pop())

    def _end_row(self, row: _Row) -> None:
        """A row whose cells hold one line each becomes one line; any other is a layout, and is read cell by cell."""
        stray, *cells = [[line for line in cell if line] for cell in row.cells]
        self._lines = row.outside
        self._lines += stray
        if all(len(cell) <= 1 for cell in cells) and sum(map(bool, cells)) > 1:
            self._lines.append(self._row_line([cell[0] if cell else "" for cell in cells]))
        else:
            for cell in row.cells[1:]:
                self._lines += cell

    def _row_line(self, cells: list[str]) -> str:
        marks = "> " * min(self._quoted, _DEEPEST_QUOTE)
        words = [cell.removeprefix(marks) for cell in cells]
        return f"{marks}| {' | '.join(words)} |" if self._document else marks + "\t".join(filter(None, words))

    def _hide(self, data: str) -> None:
        words = " ".join(data.split())
        if any(each.isalnum() for each in words):
            self.hidden.append(words)

    def _break(self, *, blank: bool) -> None:
        """End the line, and leave a blank one behind it if asked to and if there is none."""
        words = "".join(self._line)
        words = words.rstrip() if self._kept else _SPACE.sub(" ", words).strip(" ")
        self._line = []
        if words.strip():
            self._lines.append("> " * min(self._quoted, _DEEPEST_QUOTE) + self._mark + words)
            self._mark = ""
        if blank and self._lines and self._lines[-1]:
            self._lines.append("")


def _number(start: str | None) -> int:
    """Where a numbered list starts."""
    return int(start) if start and start.isascii() and start.isdigit() and len(start) < 7 else 1
