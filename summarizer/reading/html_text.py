"""The words of HTML as plain text: blocks on lines of their own, quotations marked with `>`."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tr ul blockquote".split()
)
_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table pre blockquote hr".split())
_HIDDEN = frozenset("script style title template noscript svg object".split())
_SPACE = re.compile(r"[ \t\r\n\f]+")


def html_text(html: str) -> str:
    """Plain text of an HTML document, as a reader would see it; never raises, whatever the markup.

    >>> html_text("<p>Two things:<ul><li>keys<li>a date</ul><blockquote>When?</blockquote>3&nbsp;May")
    'Two things:\\n\\n- keys\\n- a date\\n\\n> When?\\n\\n3\\xa0May'
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._hidden = 0
        self._quoted = 0
        self._kept = 0
        """How many `<pre>` are open, in which white space counts."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "br":
            self._break(blank=not self._line)
        if tag in _BLOCKS:
            self._break(blank=tag in _SPACED)
        self._count(tag, +1)
        if tag == "li":
            self._line.append("- ")
        if tag in {"td", "th"} and self._line:
            self._line.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(blank=tag in _SPACED)
        self._count(tag, -1)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._kept:
            first, *others = data.splitlines() or [""]
            self._line.append(first)
            for each in others:
                self._break(blank=False)
                self._line.append(each)
        else:
            self._line.append(_SPACE.sub(" ", data))

    def text(self) -> str:
        """All lines so far."""
        self._break(blank=False)
        return "\n".join(self._lines).strip("\n")

    def _count(self, tag: str, step: int) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden + step)
        if tag == "blockquote":
            self._quoted = max(0, self._quoted + step)
        if tag == "pre":
            self._kept = max(0, self._kept + step)

    def _break(self, *, blank: bool) -> None:
        """End the line, and leave a blank one behind it if asked to and if there is none."""
        words = _SPACE.sub(" ", "".join(self._line)).strip(" ") if not self._kept else "".join(self._line).rstrip()
        self._line = []
        marks = "> " * min(self._quoted, 10)
        if words.strip():
            self._lines.append(f"{marks}{words}")
        if blank and self._lines and self._lines[-1]:
            self._lines.append("")
