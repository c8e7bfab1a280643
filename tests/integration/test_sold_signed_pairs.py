"""Pairs of a thread and its SOW with planted differences, compared with the encoder that ships.

Each file of `tests/sold_signed` holds both texts, the planted differences, and what is the same in other words. Pairs
11 to 14 were written after the code.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from summarizer.adapters.encoder import Encoder
from summarizer.reading.threads import read
from summarizer.signed import Column, Row
from summarizer.sold_signed.columns import compare

FOLDER = Path(__file__).parent.parent / "sold_signed"
PAIRS = sorted(FOLDER.glob("*.txt"))
Span = tuple[int, int]


@dataclass(frozen=True)
class Case:
    """A thread, its SOW, and where they differ or do not."""

    thread: str
    sow: str
    different: list[tuple[Span, Span]]
    same: list[tuple[Span, Span]]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(params=PAIRS, ids=[path.stem for path in PAIRS])
def case(request: pytest.FixtureRequest) -> Case:
    parts = re.split(r"^=== (\w+)\n", request.param.read_text("utf-8"), flags=re.MULTILINE)[1:]
    named = dict(zip(parts[::2], parts[1::2], strict=True))
    thread, sow = named["thread"], named["sow"]
    places = {
        name: [
            (place(thread, said), place(sow, signed))
            for said, signed in (line.split(" | ") for line in named[name].strip().splitlines())
        ]
        for name in ("different", "same")
    }
    return Case(thread, sow, places["different"], places["same"])


def place(text: str, words: str) -> Span:
    """Where the words stand first, as words of their own."""
    found = re.search(rf"(?<!\w){re.escape(words)}", text)
    assert found, words
    return found.span()


def meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def is_about(row: Row, planted: tuple[Span, Span]) -> bool:
    """Whether the row names both numbers of the planted difference."""
    if not (row.said and row.said.value and row.signed and row.signed.value):
        return False
    return meet(row.said.value, planted[0]) and meet(row.signed.value, planted[1])


def test_all_that_is_planted_is_found_and_nothing_that_is_the_same(case: Case, encoder: Encoder) -> None:
    source = read(case.thread, id="s1")
    rows = compare([source], case.sow, meaning=encoder.alike)
    different = [row for row in rows if row.column is Column.DIFFERENT]
    found = [[planted for planted in case.different if is_about(row, planted)] for row in different]
    assert sorted(planted for each in found for planted in each) == sorted(case.different)
    assert [row for row, planted in zip(different, found, strict=True) if not planted] == []
    alone = [row for row in rows if row.column is not Column.DIFFERENT]
    said = [(row.said.evidence.start, row.said.evidence.end) for row in alone if row.said]
    signed = [(row.signed.start, row.signed.end) for row in alone if row.signed]
    missed = [same for same in case.same if any(meet(same[0], each) for each in said)]
    missed += [same for same in case.same if any(meet(same[1], each) for each in signed)]
    assert missed == []
