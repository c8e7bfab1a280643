"""Which words of a section are marked for a search, and what of it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.matching import EXTRACT, extract, matches


def marked(text: str, asked: str) -> list[str]:
    return [text[start:end] for start, end in matches(text, asked)]


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("Migration of records", "migrate the record", ["Migration", "records"]),
        ("The client's testers test it", "testing by clients", ["client's", "testers", "test"]),
        ("Policies and a policy", "policy", ["Policies", "policy"]),
        ("The scope of the work", "the scope", ["scope"]),
        ("To be or not", "to be", ["To", "be"]),
        ("GRÖSSE und größe", "Größe", ["GRÖSSE", "größe"]),
        ("A bus and a business", "bus", ["bus"]),
        ("Words", "", []),
        ("", "words", []),
    ],
)
def test_words_are_found_whatever_their_ending_and_case(text: str, asked: str, found: list[str]) -> None:
    assert marked(text, asked) == found


def test_a_short_text_is_shown_whole() -> None:
    assert extract("Short.", []) == (0, 6)


def test_of_a_long_text_the_stretch_with_most_of_the_words_is_shown_from_word_to_word() -> None:
    text = f"data {'filler ' * 100}data migration of data {'filler ' * 100}"
    start, end = extract(text, matches(text, "data migration"))
    assert "data migration of data" in text[start:end]
    assert end - start <= EXTRACT
    assert (text[start:end].split(maxsplit=1)[0], text[start:end].rsplit(maxsplit=1)[-1]) == ("filler", "filler")


@given(st.text(max_size=900), st.text(max_size=12))
def test_what_is_shown_lies_in_the_text(text: str, asked: str) -> None:
    start, end = extract(text, matches(text, asked))
    assert 0 <= start <= end <= len(text)
    assert end - start <= EXTRACT
