"""A reader drafts and a model looks over what the reader is unsure of: what stays, what goes, what is said."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

import pytest

from prompts.loader import load
from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.errors import EngineUnavailable
from summarizer.items import Kind, MadeBy, Side
from summarizer.ports import Answer, Brief, Candidate, CandidateStakeholder, Notice, NumberedPassage, Pulse
from summarizer.testing import MemoryAnswers
from tests.integration.llm_server import Reply, endless, endpoint, page, streamed, stuck_after, torn

BRIEF = Brief([NumberedPassage(number, f"Line {number}.", 1, None, None, None) for number in range(1, 9)])
SURE = [Candidate(Kind.SCOPE, f"Sure {number}", (number,), confidence=0.9) for number in (1, 3, 5, 7)]
MIDDLING = Candidate(Kind.SCOPE, "Middling", (8,), confidence=0.6)
UNSURE = [Candidate(Kind.MILESTONE, f"Unsure {number}", (number,), confidence=0.3) for number in (2, 4, 6)]
INES = CandidateStakeholder("Ines Calder", "COO", Side.CLIENT)
AT_ONCE: list[Answer] = [*SURE, MIDDLING, INES]
"""In a question the notes stand in the order of the text: the unsure ones are the notes 2, 4 and 6."""
NOT_BELIEVED = (
    "The model called {} of 4 entries wrong that are almost surely right; what it says of the unsure ones is not"
    " believed, and all are kept."
)


@dataclass(frozen=True)
class Reader:
    """An engine that says these things, and fails where told."""

    said: tuple[Answer, ...] = (*UNSURE, *AT_ONCE, MadeBy(engine="reader", model="m", prompt=""))
    fails: bool = False
    name: str = "reader"

    def draft(self, brief: Brief) -> Iterator[Answer]:
        yield from self.said
        if self.fails:
            raise EngineUnavailable("gone")


def engine(settings: LlmSettings, reader: Reader | None = None, **others: Any) -> LlmEngine:
    return LlmEngine(settings, reader=reader or Reader(), **others)


def looked_at(reply: Reply, reader: Reader | None = None, **settings: Any) -> list[Answer]:
    with endpoint(reply) as scripted:
        answers = engine(scripted.settings(**settings), reader).draft(BRIEF)
        return [answer for answer in answers if not isinstance(answer, Pulse | MadeBy)]


def left_out(*notes: Candidate) -> Notice:
    said = "; ".join(f"“{note.text}”" for note in notes)
    return Notice(f"Left out, because the reader was unsure of it and the model calls it wrong: {said}")


def test_an_unsure_note_that_the_model_calls_wrong_is_left_out_and_named() -> None:
    found = looked_at(streamed('{"wrong":[2,6]}'))
    assert found == [*AT_ONCE, UNSURE[1], left_out(UNSURE[0], UNSURE[2])]


def test_a_model_that_calls_nothing_wrong_leaves_the_draft_as_it_was() -> None:
    assert looked_at(streamed('{"wrong":[]}')) == [*AT_ONCE, *UNSURE]


def test_one_sure_note_may_be_called_wrong_and_stays() -> None:
    assert looked_at(streamed('{"wrong":[1,2]}')) == [*AT_ONCE, *UNSURE[1:], left_out(UNSURE[0])]


@pytest.mark.parametrize(("wrong", "misjudged"), [("1,2,3", 2), ("1,2,3,4,5,6,7", 4)])
def test_a_model_that_calls_sure_notes_wrong_is_not_believed(wrong: str, misjudged: int) -> None:
    found = looked_at(streamed(f'{{"wrong":[{wrong}]}}'))
    assert found == [*AT_ONCE, Notice(NOT_BELIEVED.format(misjudged)), *UNSURE]


def test_what_the_reader_is_sure_of_comes_before_the_model_has_answered() -> None:
    with endpoint(stuck_after('{"wrong"')) as scripted, closing(engine(scripted.settings()).draft(BRIEF)) as answers:
        assert [next(answers) for _ in AT_ONCE] == AT_ONCE


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (page, "was not in the agreed form"),
        (streamed('{"items":[{"kind":"scope","text":"All is agreed","cite":[1]}]}'), "was not in the agreed form"),
        (streamed('{"wrong":[2,9]}'), "names other notes than 1 to 7"),
        (streamed('{"wrong":[2', finish="length"), "was not in the agreed form"),
        (torn('{"wrong":[2'), "broke in the middle of the answer"),
        (endless('{"wrong":[', repeat(" " * 500)), "did not come to an end"),
    ],
)
def test_whatever_goes_wrong_all_notes_stand_and_the_draft_says_why(reply: Reply, why: str) -> None:
    *found, notice, one, two, three = looked_at(reply)
    assert found == AT_ONCE
    assert [one, two, three] == UNSURE
    assert isinstance(notice, Notice)
    assert why in notice.text
    assert notice.text.endswith(" All that it was to look at again is kept.")


def test_nobody_is_asked_where_the_reader_is_sure_of_all_or_of_too_little() -> None:
    for said in ((*SURE, MIDDLING), (*SURE[:3], *UNSURE)):
        with endpoint(streamed('{"wrong":[1]}')) as scripted:
            answers = engine(scripted.settings(), Reader(said)).draft(BRIEF)
            assert [each for each in answers if not isinstance(each, MadeBy)] == list(said)
            assert scripted.requests == []


def test_many_unsure_notes_are_asked_about_in_several_questions() -> None:
    many = [replace(UNSURE[0], text=f"Unsure {number}") for number in range(30)]
    with endpoint(streamed('{"wrong":[]}')) as scripted:
        found = list(engine(scripted.settings(), Reader((*many, *SURE))).draft(BRIEF))
        assert [each for each in found if isinstance(each, Candidate)] == [*SURE, *many]
        questions = [request["messages"][-1]["content"] for request in scripted.requests]
    assert [question.count("Sure ") for question in questions] == [4, 4, 4]
    assert [question.count("Unsure ") for question in questions] == [12, 12, 6]


def test_a_model_that_is_silent_is_not_asked_again_in_the_same_draft() -> None:
    many = [replace(UNSURE[0], text=f"Unsure {number}") for number in range(30)]
    with endpoint(stuck_after("")) as scripted:
        found = list(engine(scripted.settings(timeout_s=0.2), Reader((*many, *SURE))).draft(BRIEF))
        assert len(scripted.requests) == 1
    assert [each for each in found if isinstance(each, Candidate)] == [*SURE, *many]
    assert sum(isinstance(each, Notice) for each in found) == 1


def test_a_reader_that_fails_is_no_draft() -> None:
    with endpoint(streamed('{"wrong":[]}')) as scripted, pytest.raises(EngineUnavailable, match="gone"):
        list(engine(scripted.settings(), Reader(fails=True)).draft(BRIEF))


def test_the_draft_says_who_read_and_what_the_look_has_cost() -> None:
    with endpoint(streamed('{"wrong":[2]}')) as scripted:
        *_, made_by = engine(scripted.settings()).draft(BRIEF)
    assert made_by == MadeBy(
        engine="llm",
        model="scripted",
        prompt=f"sha256:{load('second_look').sha256}",
        parameters={"temperature": 0.0, "max_tokens": 4000, "form": "schema", "reader": "reader"},
        tokens_in=120,
        tokens_out=30,
        calls=1,
    )


def test_the_same_look_is_paid_once() -> None:
    answers = MemoryAnswers()
    with endpoint(streamed('{"wrong":[2]}')) as scripted:
        one, other = (
            [each for each in engine(scripted.settings(), answers=answers).draft(BRIEF) if not isinstance(each, Pulse)]
            for _ in range(2)
        )
        assert len(scripted.requests) == 1
    assert one[:-1] == other[:-1]


def test_an_answer_out_of_form_is_asked_for_again_the_next_time() -> None:
    answers = MemoryAnswers()
    with endpoint(streamed("no"), streamed('{"wrong":[2]}')) as scripted:
        for _ in range(2):
            list(engine(scripted.settings(), answers=answers).draft(BRIEF))
        assert len(scripted.requests) == 2


@pytest.mark.parametrize("form", ["schema", "grammar", "json", "text"])
def test_the_form_of_the_answer_is_told_as_for_a_draft(form: str) -> None:
    with endpoint(streamed('{"wrong":[2]}')) as scripted:
        list(engine(scripted.settings(form=form)).draft(BRIEF))
        (request,) = scripted.requests
    assert "wrong" in request["messages"][0]["content"]
    assert ('\\"wrong\\"' in request.get("grammar", "")) == (form == "grammar")
    assert ("json_schema" in request.get("response_format", {})) == (form == "schema")
