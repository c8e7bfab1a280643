"""What stands around the trained reader: cutting, windows, joining what belongs together, and what undoes what."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from tokenizers import Tokenizer

from summarizer.adapters.embedded import clauses, trust, undoing
from summarizer.adapters.embedded.facts import Fact, Levels, gather
from summarizer.adapters.embedded.groups import groups, of_one_item
from summarizer.adapters.embedded.reader import TOKENIZER, Reader
from summarizer.adapters.embedded.relations import RELATIONS, relations
from summarizer.adapters.embedded.segments import Segment, cut
from summarizer.adapters.embedded.windows import AFTER, BEFORE, CORE, windows
from summarizer.adapters.encoder import Encoder
from summarizer.errors import ConfigurationError
from summarizer.items import Kind
from tests.unit.thread_making import CLIENT, VENDOR, Line, brief, column, scripted


def segments_of(*lines: Line) -> list[Segment]:
    return cut(clauses.read(brief(*lines)))


def facts_of(segments: list[Segment], *tags: Kind | str, firsts: Sequence[bool]) -> list[Fact]:
    return gather(segments, scripted([column(tag) for tag in tags], firsts=firsts), Levels(), weights={})


@pytest.fixture(scope="module")
def words() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def test_a_line_is_cut_where_facts_meet_and_nothing_is_lost() -> None:
    line = "We build the portal, Nora sends the logo by Friday and the app stays as it is."
    segments = segments_of((1, VENDOR, line))
    assert [segment.text for segment in segments] == [
        "We build the portal, ",
        "Nora sends the logo by Friday ",
        "and the app stays as it is.",
    ]


def test_one_word_is_no_segment() -> None:
    assert [segment.text for segment in segments_of((1, VENDOR, "Sure, we build the portal"))] == [
        "Sure, we build the portal"
    ]


def test_a_number_is_not_cut() -> None:
    assert len(segments_of((1, VENDOR, "We migrate 14,000 records for £12,500.00 flat"))) == 1


def test_each_segment_is_read_in_one_window_with_what_stands_around_it(words: Tokenizer) -> None:
    lines: list[Line] = [(1 + at // 20, CLIENT, f"Depot {at} wants its own screen above the door") for at in range(80)]
    segments = segments_of(*lines)
    made = list(windows(segments, words))
    assert len(made) > 1
    assert [at for window in made for at, _, _ in window.spans] == list(range(len(segments)))
    assert max(window.ids.shape[1] for window in made) <= BEFORE + CORE + AFTER + 2
    for window in made:
        assert all(start < end for _, start, end in window.spans)
        assert all(one[2] <= other[1] for one, other in pairwise(window.spans))


def test_neighbours_of_one_fact_are_one_fact_until_another_begins() -> None:
    segments = segments_of((1, VENDOR, "We build the portal, with its search and a map, and a shop for spare parts"))
    firsts = (True, *[False] * (len(segments) - 2), True)
    facts = facts_of(segments, *[Kind.SCOPE] * len(segments), firsts=firsts)
    assert [len(fact.segments) for fact in facts] == [len(segments) - 1, 1]


def test_what_restates_a_fact_elsewhere_only_adds_to_it() -> None:
    segments = segments_of((1, VENDOR, "We build the portal for the shops"), (2, CLIENT, "You build the portal"))
    (fact,) = facts_of(segments, Kind.SCOPE, Kind.SCOPE, firsts=(True, False))
    assert [segment.text for segment in fact.segments] == ["We build the portal for the shops"]
    assert [segment.text for segment in fact.supports] == ["You build the portal"]


def test_a_support_joins_the_fact_that_it_most_likely_goes_with() -> None:
    segments = segments_of((1, VENDOR, "Who sends the plans?"), (1, VENDOR, "We build it"), (2, CLIENT, "Nora does."))
    found = scripted([column(Kind.DEPENDENCY), column(Kind.SCOPE), column("support")], firsts=(True, True, False))
    found.joins[2] = (0.2, 0.6, 0.2, 0.0)
    assert [
        (fact.kind, [each.text for each in fact.supports]) for fact in gather(segments, found, Levels(), weights={})
    ] == [
        (Kind.DEPENDENCY, ["Nora does."]),
        (Kind.SCOPE, []),
    ]


def grouped(chosen: list[int], joins: npt.NDArray[np.float32], *, together: float) -> list[list[int]]:
    return groups(chosen, of_one_item(chosen, joins), together=together)


def test_a_sentence_that_hardly_goes_with_a_promise_is_left_out_of_it() -> None:
    segments = segments_of((1, CLIENT, "Some day we want an app."), (1, CLIENT, "Our IT sends you the account."))
    for chance, told in ((0.55, ["Our IT sends you the account."]), (0.7, [each.text for each in segments])):
        found = scripted([column(Kind.DEPENDENCY), column(Kind.DEPENDENCY)], firsts=(True, True))
        found.tags[0] *= chance
        found.joins[1] = (0.6, 0.4, 0.0)
        (fact,) = gather(segments, found, replace(Levels(), together=0.3), weights={})
        assert [each.text for each in fact.segments] == told


def test_what_goes_with_a_companion_of_a_fact_is_of_that_fact() -> None:
    joins = np.array([[1.0, 0, 0, 0], [0.1, 0.9, 0, 0], [0.1, 0.0, 0.9, 0]], dtype=np.float32)
    assert grouped([0, 1, 2], joins, together=0.8) == [[0, 1, 2]]


def test_a_chain_of_weak_companions_makes_no_long_fact() -> None:
    joins = np.array(
        [[1.0, 0, 0, 0, 0], [0.4, 0.6, 0, 0, 0], [0.4, 0, 0.6, 0, 0], [0.4, 0, 0, 0.6, 0]], dtype=np.float32
    )
    assert grouped([0, 1, 2, 3], joins, together=0.5) == [[0, 1], [2, 3]]


def test_only_chosen_segments_are_grouped() -> None:
    joins = np.array([[1.0, 0, 0, 0], [0.1, 0.9, 0, 0], [0.1, 0.6, 0.3, 0]], dtype=np.float32)
    assert grouped([0, 2], joins, together=0.8) == [[0, 2]]
    assert grouped([], joins, together=0.8) == []


def test_a_question_that_is_answered_later_adds_to_the_answer() -> None:
    segments = segments_of((1, VENDOR, "Who sends the plans?"), (2, CLIENT, "Nora sends them."))
    (fact,) = facts_of(segments, "support", Kind.DEPENDENCY, firsts=(True, False))
    assert [segment.text for segment in fact.supports] == ["Who sends the plans?"]


def test_where_there_is_no_fact_a_support_adds_to_nothing() -> None:
    assert facts_of(segments_of((1, CLIENT, "Nora does.")), "support", firsts=(False,)) == []


def test_a_fact_is_told_from_the_beginning_of_its_sentence_unless_another_fact_has_that() -> None:
    segments = segments_of((1, CLIENT, "The oldest boat, which was struck, remains on the floor"))
    (alone,) = facts_of(segments, "none", "none", Kind.EXCLUSION, firsts=[True, True, True])
    assert [each.text for each in alone.segments] == ["The oldest boat, ", "which was struck, ", "remains on the floor"]
    both = facts_of(segments, "none", Kind.SCOPE, Kind.EXCLUSION, firsts=[True, True, True])
    assert [len(fact.segments) for fact in both] == [2, 1]


def test_the_beginning_of_a_long_sentence_is_left_out() -> None:
    segments = segments_of((1, CLIENT, f"The boat {'of the old harbour ' * 5}stays, and we take care of it"))
    (fact,) = facts_of(segments, "none", Kind.EXCLUSION, firsts=[True, True])
    assert [each.text for each in fact.segments] == ["and we take care of it"]


def test_what_is_hardly_right_is_not_proposed() -> None:
    segments = segments_of((1, VENDOR, "We build the portal"))
    found = scripted([column(Kind.SCOPE)], firsts=(True,))
    (fact,) = gather(segments, found, Levels(), weights={"bias": -2.0})
    assert fact.confidence == pytest.approx(0.119, abs=0.001)
    assert gather(segments, found, Levels(sure=0.2), weights={"bias": -2.0}) == []


def test_trust_counts_what_the_reader_took_for_a_trap() -> None:
    segments = segments_of((1, VENDOR, "We build the portal"))
    tags = scripted([column(Kind.SCOPE)], firsts=(True,)).tags[0]
    found = trust.signs(segments, [], tags=tags, first=0.9)
    assert found["trap"] == pytest.approx(0.01)
    assert (found["is scope"], found["few words"]) == (1.0, 0.0)
    assert trust.chance(found, {"trap": -100.0}) < trust.chance(found, {}) == 0.5


def test_relations_say_who_answers_whom_and_what_words_are_shared() -> None:
    read = clauses.read(
        brief((1, VENDOR, "Who sends the floor plans?"), (2, CLIENT, "Nora sends the floor plans."), answers={2: 1})
    )
    eye = np.eye(2, dtype=np.float32)
    found = relations(read, vectors=eye, undone=np.zeros((2, 2), dtype=np.float32))
    assert found.shape == (2, 2, RELATIONS)
    assert found[1, 0].tolist() == pytest.approx([0, 0, 1, 0, 0, 2 / 3, 0, 0, 0])
    assert found[0, 1].tolist() == pytest.approx([0, 0, 0, 1, 0, 2 / 3, 0, 0, 0])


def test_a_clause_that_takes_back_another_is_more_likely_to_than_one_about_the_weather() -> None:
    read = clauses.read(
        brief(
            (1, VENDOR, "We build the kiosk module for the shops"),
            (2, CLIENT, "The kiosk module is dead, leave it out"),
            (2, CLIENT, "It rained all weekend in Bergen"),
        )
    )
    vectors = Encoder().embed([clause.text for clause in read])
    chances = undoing.chances(read, vectors, Reader().settings.undoing)
    taken_back, takes_back = chances.max(axis=1), chances.max(axis=0)
    assert taken_back[0] > 0.5 > taken_back[2]
    assert takes_back[1] > 0.5 > takes_back[2]


def test_a_missing_model_is_named_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"reader\.json is missing"):
        _ = Reader(folder=tmp_path).settings
