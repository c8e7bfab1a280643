"""Reads a JSON answer while it is being written."""

import json
import re
from collections.abc import Iterator

_KEY = re.compile(r'"(?P<name>(?:[^"\\]|\\.)*)"\s*:\s*(?:(?P<list>\[)|(?=\S))')
_DECODER = json.JSONDecoder(strict=False)


class AnswerReader:
    """Gives out each entry of `{"items": [{…}, …], "stakeholders": […]}` as soon as its object has closed.

    What was given out is forgotten, so that a long answer is not read again from its start with each delta.
    Whatever comes before the first brace (a code fence, a remark) is skipped.

    >>> reader = AnswerReader()
    >>> list(reader.feed('{"items":[{"text":"a"},{"te'))
    [('items', {'text': 'a'})]
    >>> list(reader.feed('xt":"b"}]}')), reader.complete
    ([('items', {'text': 'b'})], True)
    """

    def __init__(self) -> None:
        self.lists: set[str] = set()
        """Names of the lists that were begun."""
        self.others: set[str] = set()
        """Names of the keys that hold no list."""
        self.complete = False
        """Whether the answer's own brace has closed."""
        self._rest = ""
        self._inside = False
        self._list: str | None = None

    def feed(self, delta: str) -> Iterator[tuple[str, object]]:
        """The entries that are complete with these characters, each with the name of its list."""
        self._rest += delta
        while not self.complete and self._trimmed():
            if self._closed():
                continue
            if self._list is None:
                if not self._entered():
                    return
            elif taken := self._take():
                yield self._list, taken[0]
            else:
                return

    def _trimmed(self) -> bool:
        """Skip what separates values; whether anything is left."""
        if not self._inside:
            _, brace, self._rest = self._rest.partition("{")
            self._inside = bool(brace)
        self._rest = self._rest.lstrip(" \t\r\n,")
        return bool(self._rest)

    def _closed(self) -> bool:
        """Step out of the list or of the answer, if that is what comes next."""
        if self._rest[0] != ("}" if self._list is None else "]"):
            return False
        self.complete = self._list is None
        self._list = None
        self._rest = self._rest[1:]
        return True

    def _entered(self) -> bool:
        """Step into the list whose key comes next, or over a value that is no list; whether there was enough text."""
        key = _KEY.match(self._rest)
        if key is None:
            return False
        before, self._rest = self._rest, self._rest[key.end() :]
        if key["list"]:
            self._list = key["name"]
            self.lists.add(self._list)
        elif self._take() is None:
            self._rest = before
            return False
        else:
            self.others.add(key["name"])
        return True

    def _take(self) -> tuple[object] | None:
        """The next value, in a tuple because it may be null; `None` while it is incomplete."""
        try:
            value, end = _DECODER.raw_decode(self._rest)
        except (ValueError, RecursionError):
            return None
        if end == len(self._rest) and self._rest[-1] not in ']}"':
            return None  # a number or a word may go on with the next delta
        self._rest = self._rest[end:]
        return (value,)
