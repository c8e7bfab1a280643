"""Looks for a text that `read` cannot take. Needs atheris, which is no dependency: `python -m tests.fuzz.fuzz_reading`

Arguments are those of libFuzzer, for example `-max_total_time=600 -timeout=5 corpus/`. What it finds becomes a case of
`tests/unit/test_reading_passages.py`.
"""

import sys
from importlib import import_module
from itertools import pairwise

from summarizer.reading.new_words import new_text
from summarizer.reading.threads import read
from summarizer.sources import Source

SCRAPS = (
    "From: Ann Lee <ann@fenland.example>\nTo: b@c.example\nDate: Tue, 2 Sep 2025 10:14\nSubject: x\n\n",
    "On 3 May 2026 at 10:00, Ann Lee <ann@fenland.example> wrote:\n",
    "-----Original Message-----\n",
    "> ",
    ">> ",
    "\n\n",
    "\r\n",
    "Ann Lee: ",
    "00:00:01.000 --> 00:00:04.000\n",
    "1\n",
    "WEBVTT\n\n",
    "<v Ann Lee>",
    "3 May - call\n",
    "-- \n",
    "Sent from my phone\n",
    "Best regards,\n",
    "- ",
    "(a) ",
    "; and ",
    ", and we ",
    "\u2028",
    "\u200b",
    "\x1c",
    "\ud800",
)


def check(text: str) -> Source:
    """Read a text and see that what was read keeps its promises; raises AssertionError when it does not."""
    source = read(text, client="Fenland Ltd", vendor="Copperbeck")
    spans = [(each.start, each.end) for each in source.passages]
    assert all(start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for passage in source.passages:
        message = source.message(passage.message)
        assert message.start <= passage.start
        assert passage.end <= message.end
        assert source.quote(passage) == source.quote(passage).strip()
    covered = "".join(source.quote(each) for each in source.passages)
    assert sum(map(str.isalnum, covered)) == sum(map(str.isalnum, text))
    assert {each.number for each in source.by_time()} == {
        each.number for each in source.messages if each.duplicate_of is None
    }
    assert read(text, client="Fenland Ltd", vendor="Copperbeck") == source
    new_text(source)
    return source


def text_of(data: bytes) -> str:
    """A text of scraps and of the bytes between them: each byte below the number of scraps stands for one."""
    return "".join(SCRAPS[byte] if byte < len(SCRAPS) and byte != 10 else chr(byte) for byte in data)


def main() -> None:
    """Fuzz until libFuzzer is told to stop."""
    atheris = import_module("atheris")

    def one(data: bytes) -> None:
        check(text_of(data) if data[:1] < b"\x80" else data.decode("utf-8", errors="surrogateescape"))

    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
