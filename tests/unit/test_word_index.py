"""The arrays that hold a library's words give the scores that the formula gives."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from summarizer.adapters.word_index import SECTION, WHOLE, WordIndex
from summarizer.records import SowSection
from summarizer.retrieval import terms

TEXTS = {
    "a": ["data migration data", "training of staff"],
    "b": ["hosting of a web shop with data"],
    "c": ["migration of staff records and more staff records", "travel", "data"],
}
ASKED = {"data": 1.0, "staff": 2.0, "~migrat": 1.5, "unheard": 1.0}


def sections(sow: str) -> list[SowSection]:
    return [
        SowSection(id=f"{sow}:{place}", sow=sow, position=place, heading="", start=0, end=len(text), text=text)
        for place, text in enumerate(TEXTS[sow])
    ]


def library(*sows: str) -> WordIndex:
    return WordIndex.empty().changed((), [section for sow in sows for section in sections(sow)])


def by_hand(texts: Sequence[str], k1: float, b: float) -> list[float]:
    counts = [terms(text) for text in texts]
    mean = sum(each.total() for each in counts) / len(counts)

    def score(each: Counter[str]) -> float:
        norm = k1 * (1 - b + b * each.total() / mean)
        held = {term: sum(term in other for other in counts) for term in ASKED}
        rarity = {term: math.log(1 + (len(counts) - n + 0.5) / (n + 0.5)) for term, n in held.items()}
        return sum(w * rarity[term] * each[term] * (k1 + 1) / (each[term] + norm) for term, w in ASKED.items())

    return [score(each) for each in counts]


def scores(index: WordIndex) -> tuple[list[float], list[float]]:
    found = index.asked(ASKED)
    return (
        list(index.postings.scores(found, *SECTION).totals),
        list(index.wholes.scores(found, *WHOLE).totals),
    )


def expected(*sows: str) -> tuple[list[float], list[float]]:
    return (
        by_hand([text for sow in sows for text in TEXTS[sow]], *SECTION),
        by_hand([" ".join(TEXTS[sow]) for sow in sows], *WHOLE),
    )


def test_sections_and_whole_sows_score_as_the_formula_says() -> None:
    found = scores(library("a", "b", "c"))
    assert found[0] == pytest.approx(expected("a", "b", "c")[0])
    assert found[1] == pytest.approx(expected("a", "b", "c")[1])


def test_an_index_that_grew_is_the_one_that_was_made_at_once() -> None:
    grown = library("a").changed({"a"}, sections("b")).changed({"a", "b"}, sections("c"))
    assert (grown.sections, grown.sows) == (library("a", "b", "c").sections, ("a", "b", "c"))
    assert scores(grown)[0] == pytest.approx(expected("a", "b", "c")[0])
    assert scores(grown)[1] == pytest.approx(expected("a", "b", "c")[1])


def test_what_is_not_kept_is_forgotten() -> None:
    left = library("a", "b", "c").changed({"a", "c"}, [])
    assert left.sections == library("a", "c").sections
    assert scores(left)[0] == pytest.approx(expected("a", "c")[0])
    assert scores(left)[1] == pytest.approx(expected("a", "c")[1])


def test_an_empty_library_scores_nothing() -> None:
    assert scores(WordIndex.empty()) == ([], [])
    assert scores(library("a").changed((), [])) == ([], [])


def test_unknown_words_score_nothing() -> None:
    index = library("a")
    found = index.postings.scores(index.asked({"unheard": 1.0}), *SECTION)
    assert np.array_equal(found.totals, [0.0, 0.0])


def test_a_section_without_words_is_no_error() -> None:
    blank = SowSection(id="x:0", sow="x", position=0, heading="", start=0, end=1, text="…")
    assert scores(WordIndex.empty().changed((), [blank])) == ([0.0], [0.0])
