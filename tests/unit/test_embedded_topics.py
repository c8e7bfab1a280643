"""With what a fact is told whose own words do not say what it is about."""

import pytest

from summarizer.adapters.embedded.clauses import read
from summarizer.adapters.embedded.segments import cut
from summarizer.adapters.embedded.topics import Topics
from tests.unit.thread_making import CLIENT, VENDOR, Line, brief, column, scripted

ABOUT = (1, VENDOR, "About the order history from the old tills.")
SHORT = (1, VENDOR, "We load two years.")


def told_with(*lines: Line, link: float = 0.3, doubted: bool = False, told: int | None = None) -> str | None:
    """The text in front of what the last line states; `link` is its chance to go with each line before."""
    segments = cut(read(brief(*lines)))
    *before, last = segments
    assert len(segments) == len(lines)
    reading = scripted(
        [*(column("trap" if doubted else "none") for _ in before), column("none")], firsts=[True] * len(segments)
    )
    reading.joins[-1, 1:-1] = link
    topics = Topics(segments, reading.tags, reading.joins, told=[] if told is None else [told])
    found = topics.of([last])
    return found.text if found else None


def test_a_fact_of_few_words_is_told_with_the_clause_before_that_it_goes_with() -> None:
    assert told_with(ABOUT, SHORT) == ABOUT[2]
    assert told_with(ABOUT, (1, VENDOR, "Nothing else there."), SHORT, link=0.3) is not None


def test_it_is_told_alone_where_it_hardly_goes_with_any() -> None:
    assert told_with(ABOUT, SHORT, link=0.002) is None


def test_a_fact_of_more_words_says_itself_what_it_is_about() -> None:
    assert told_with(ABOUT, (1, VENDOR, "We migrate paid invoices of grocery customers to the portal.")) is None


@pytest.mark.parametrize(
    "before",
    [
        (2, CLIENT, ABOUT[2]),
        (1, VENDOR, "About the " + " ".join(f"shop{number}" for number in range(14))),
    ],
    ids=["of another message", "long"],
)
def test_what_stands_elsewhere_or_is_long_is_not_told_with_it(before: Line) -> None:
    assert told_with(before, SHORT) is None


def test_what_no_longer_holds_or_is_an_entry_of_its_own_is_not_told_with_it() -> None:
    assert told_with(ABOUT, SHORT, doubted=True) is None
    assert told_with(ABOUT, SHORT, told=1) is None


def test_a_clause_that_points_back_is_told_with_the_one_before_it_whatever_the_chance() -> None:
    assert told_with(ABOUT, (1, VENDOR, "This runs weekly."), link=0.0) == ABOUT[2]


@pytest.mark.parametrize(
    ("asked", "told"), [("Old till history?", True), ("Do the old tills keep any history?", False)]
)
def test_of_questions_only_one_of_few_words_is_told_with_what_follows_it(asked: str, told: bool) -> None:
    assert told_with((1, VENDOR, asked), SHORT) == (asked if told else None)


def test_what_only_agrees_is_not_told_with_it() -> None:
    assert told_with((1, VENDOR, "Sounds good to us."), SHORT) is None
