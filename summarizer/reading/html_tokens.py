"""HTML as tags, words and comments, in time that grows with its length alone.

The standard library's parser takes minutes for 100 kB of `<a <a <a`, and raises at `<![<`; mail holds both.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_-]{0,40}")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>="'][^\s/>=]{0,60})(?:\s{0,9}=\s{0,9}(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+)))?"""
)
_OPENING = re.compile(r"=\s{0,9}[\"']")
_LONGEST_TAG = 20_000
_RAW = frozenset({"script", "style", "title", "textarea", "xmp"})
"""Elements in which a `<` is no tag."""


@dataclass(frozen=True)
class Start:
    """A start tag."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class End:
    """An end tag."""

    name: str


@dataclass(frozen=True)
class Comment:
    """What stands in a comment."""

    text: str


Token = Start | End | Comment | str


def tokens(html: str) -> Iterator[Token]:
    """The tags, comments and words of any text, in order; what is no markup is words.

    >>> list(tokens("<P CLASS=x>a &amp; b<br/>1 < 2</p><!-- c -->"))
    [Start(name='p', attributes={'class': 'x'}), 'a & b', Start(name='br', attributes={}), '1 ', '< 2', End(name='p'), \
Comment(text=' c ')]
    """
    scanner = _Scanner(html)
    place = 0
    while place < len(html):
        start = scanner.find("<", place)
        if start != place:
            yield unescape(html[place:start])
        if start == len(html):
            return
        token, place = scanner.markup(start)
        yield token
        if isinstance(token, Start) and token.name in _RAW:
            end = scanner.find(f"</{token.name}", place)
            yield html[place:end]
            place = end


class _Scanner:
    def __init__(self, html: str) -> None:
        self._html = html
        self._folded = html.lower() if len(html.lower()) == len(html) else html
        self._gone: set[str] = set()
        """What does not occur any more, so that nothing looks for it again."""

    def find(self, what: str, place: int) -> int:
        """Where it stands next, whatever the case; the end of the text where it does not."""
        found = -1 if what in self._gone else self._folded.find(what, place)
        if found < 0:
            self._gone.add(what)
        return found if found >= 0 else len(self._html)

    def markup(self, start: int) -> tuple[Token, int]:
        """The tag or comment at a `<`, and the place behind it; the words up to the next `<` where it is neither."""
        html = self._html
        if html.startswith("<!--", start):
            end = self.find("-->", start + 2)
            return Comment(html[start + 4 : end]), end + 3
        if html.startswith(("<!", "<?"), start):
            return Comment(""), self.find(">", start) + 1
        closing = html.startswith("</", start)
        name = _NAME.match(html, start + 1 + closing)
        if name is None:
            behind = self.find("<", start + 1)
            return unescape(html[start:behind]), behind
        end = self._end(name.end())
        if closing:
            return End(name.group().lower()), end + 1
        return Start(name.group().lower(), _attributes(html[name.end() : min(end, start + _LONGEST_TAG)])), end + 1

    def _end(self, place: int) -> int:
        """Where the tag ends: the first `>` that stands in no quotation marks, where these are closed soon."""
        end = self.find(">", place)
        behind = place
        while (opening := _first_quote(self._html, behind, end)) < end:
            behind = self.find(self._html[opening], opening + 1) + 1
            if behind > place + _LONGEST_TAG:
                return end
            if behind > end:
                end = self.find(">", behind)
        return end


def _first_quote(html: str, start: int, end: int) -> int:
    """Where a value in quotation marks begins; `end` where none does."""
    found = _OPENING.search(html, start, min(end, start + _LONGEST_TAG))
    return found.end() - 1 if found else end


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(inside):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value))
    return found
