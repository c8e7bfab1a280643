"""What a draft pays: kept answers, parts of a thread, the budget, and a cancel that takes effect at once."""

import json
import re
import time
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.llm.fallback import WithFallback
from summarizer.adapters.llm.settings import Price
from summarizer.errors import AnswerInvalid, BudgetSpent, ContextExceeded, EngineError, EngineUnavailable
from summarizer.items import MadeBy
from summarizer.ports import Answer, Brief, Candidate, Engine, Notice, NumberedPassage, Pulse
from summarizer.testing import MemoryAnswers, MemorySlots, ScriptedEngine
from tests.integration.llm_server import (
    Handler,
    Reply,
    chunk,
    endpoint,
    events,
    refused,
    silent_after,
    streamed,
    stuck_after,
    thinking,
    torn,
)
from tests.integration.test_llm_scripted import (
    ALL,
    BRIEF,
    EMPTY,
    FIRST,
    HALF,
    REST,
    SCOPE,
    WHOLE,
    after_pulses,
    drafted,
    engine,
    failed,
    made_by,
    without_pulses,
)

LONG = Brief([NumberedPassage(n, f"Site {n} gets a dashboard of its own.", n, None, None, None) for n in range(1, 41)])


def shown(handler: Handler) -> list[int]:
    """The passages that the last request shows."""
    request = handler.endpoint.requests[-1]["messages"][1]["content"]
    return [int(number) for number in re.findall(r"^\[p(\d+)\]", request, re.MULTILINE)]


def fits(most: int) -> Reply:
    """A model that takes at most so many passages, and finds an item in each."""

    def reply(handler: Handler) -> None:
        numbers = shown(handler)
        if len(numbers) > most:
            refused(400, "the request exceeds the available context size")(handler)
            return
        items = [{**SCOPE, "text": f"Dashboard for site {n}", "cite": [n]} for n in numbers]
        streamed(json.dumps({"items": items, "stakeholders": []}), size=500)(handler)

    return reply


def paid(answers: list[Answer]) -> tuple[int, int, int, int]:
    """Calls, tokens in and out, and tokens that were not paid again."""
    last = answers[-1]
    assert isinstance(last, MadeBy)
    return last.calls, last.tokens_in, last.tokens_out, last.tokens_reused


# --- nothing is paid twice --------------------------------------------------------------------------------------------


def test_the_same_question_is_not_asked_again() -> None:
    answers = MemoryAnswers()
    with endpoint(streamed(WHOLE)) as scripted:
        assert drafted(scripted.settings(), answers=answers) == [*ALL, made_by()]
        assert drafted(scripted.settings(), answers=answers) == [*ALL, made_by(0, 0, calls=0, tokens_reused=150)]
        assert len(scripted.requests) == 1


@pytest.mark.parametrize(
    "changed",
    [{"model": "other"}, {"temperature": 0.7}, {"form": "json"}, {"base_url": None}],
)
def test_another_model_or_way_of_asking_is_another_question(changed: dict[str, Any]) -> None:
    answers = MemoryAnswers()
    with endpoint(streamed(WHOLE)) as scripted:
        drafted(scripted.settings(), answers=answers)
        changed = {"base_url": f"{scripted.url}/"} if "base_url" in changed else changed
        drafted(replace(scripted.settings(), **changed), answers=answers)
        assert len(scripted.requests) == 2


def test_another_word_in_the_thread_is_another_question() -> None:
    answers = MemoryAnswers()
    with endpoint(streamed(WHOLE)) as scripted:
        drafted(scripted.settings(), answers=answers)
        drafted(scripted.settings(), answers=answers, brief=replace(BRIEF, client="Northline"))
        assert len(scripted.requests) == 2


def test_more_patience_or_longer_answers_are_the_same_question() -> None:
    answers = MemoryAnswers()
    with endpoint(streamed(WHOLE)) as scripted:
        drafted(scripted.settings(), answers=answers)
        drafted(scripted.settings(timeout_s=9, max_tokens=9000, budget_tokens=90_000), answers=answers)
        assert len(scripted.requests) == 1


@pytest.mark.parametrize("reply", [silent_after(HALF), torn(HALF)])
def test_what_was_complete_of_a_broken_answer_is_not_asked_again(reply: Reply) -> None:
    answers = MemoryAnswers()
    with endpoint(reply, refused(401, "no"), streamed(REST)) as scripted:
        drafted(scripted.settings(timeout_s=1), answers=answers)
        asked = len(scripted.requests)
        scripted.replies = [streamed(REST)]
        assert drafted(scripted.settings(), answers=answers)[:-1] == ALL
        assert len(scripted.requests) == asked + 1
        assert "Your answer was cut off." in scripted.requests[-1]["messages"][3]["content"]


def test_what_came_before_a_cancel_is_not_asked_again() -> None:
    answers = MemoryAnswers()
    with endpoint(stuck_after(HALF), streamed(REST)) as scripted:
        cancelled = engine(scripted.settings(), answers=answers).draft(BRIEF)
        assert after_pulses(cancelled) == FIRST
        cancelled.close()
        assert drafted(scripted.settings(), answers=answers)[:-1] == ALL
        assert len(scripted.requests) == 2


def test_an_invalid_answer_is_asked_again_by_a_retry() -> None:
    answers = MemoryAnswers()
    with endpoint(streamed("No."), streamed("No."), streamed(WHOLE)) as scripted:
        assert type(failed(scripted.settings(), answers=answers)) is AnswerInvalid
        assert drafted(scripted.settings(), answers=answers) == [*ALL, made_by()]
        assert len(scripted.requests) == 3


# --- threads beyond the context ---------------------------------------------------------------------------------------


def test_a_thread_that_does_not_fit_is_read_in_overlapping_parts() -> None:
    with endpoint(fits(25)) as scripted:
        *found, notice, _ = drafted(scripted.settings(), brief=LONG)
        parts = [request["response_format"]["json_schema"]["schema"] for request in scripted.requests]
    numbers = [part["properties"]["items"]["items"]["properties"]["cite"]["items"] for part in parts]
    assert [(each["minimum"], each["maximum"]) for each in numbers] == [(1, 40), (1, 23), (18, 40)]
    assert [entry.cite for entry in found if isinstance(entry, Candidate)] == [(n,) for n in range(1, 41)]
    assert notice == Notice(
        "The thread is longer than the model's context and was read in 2 parts; what is said in one and answered in"
        " another may be missed."
    )


def test_a_known_context_is_kept_without_a_refusal() -> None:
    with endpoint(fits(40)) as scripted:
        found = drafted(scripted.settings(max_tokens=500, context_tokens=2550), brief=LONG)
        assert [len(re.findall(r"^\[p", r["messages"][1]["content"], re.MULTILINE)) for r in scripted.requests] == [
            23,
            23,
        ]
    assert len([entry for entry in found if isinstance(entry, Candidate)]) == 40


def test_a_passage_that_does_not_fit_at_all_is_an_error() -> None:
    with endpoint(fits(0)) as scripted:
        assert type(failed(scripted.settings())) is ContextExceeded
        assert [len(request["messages"]) for request in scripted.requests] == [2, 2, 2]


def test_a_retry_asks_only_for_the_parts_that_are_missing() -> None:
    answers = MemoryAnswers()
    fit = fits(25)
    with endpoint(fit, fit, refused(401, "no money"), fit) as scripted:
        *found, _, missing, last = drafted(scripted.settings(), answers=answers, brief=LONG)
        assert len(found) == 23
        assert missing == Notice(
            "The model's endpoint refused the request: the endpoint does not take this key (HTTP 401). What was"
            " complete before is kept; of passages 18–40 of 40 more may be missing."
        )
        assert isinstance(last, MadeBy)
        again = drafted(scripted.settings(), answers=answers, brief=LONG)
        assert len([entry for entry in again if isinstance(entry, Candidate)]) == 40
        assert paid(again) == (1, 120, 30, 150)
        assert len(scripted.requests) == 5, "the whole is refused once more, which costs nothing"


# --- the budget and the bill ------------------------------------------------------------------------------------------


def test_a_draft_that_cannot_be_paid_is_not_begun() -> None:
    with endpoint(streamed(WHOLE)) as scripted:
        error = failed(scripted.settings(budget_tokens=500))
        assert (type(error), scripted.requests) == (BudgetSpent, [])
    assert error.detail == "0 of 500 tokens are spent, and the next call needs more"


def test_the_budget_counts_all_that_is_asked_for_one_draft() -> None:
    cut = streamed(HALF, finish="length", usage=(2000, 400))
    with endpoint(cut) as scripted:
        first, notice, last = drafted(scripted.settings(budget_tokens=3900))
        assert len(scripted.requests) == 1
    assert (first, last) == (FIRST, made_by(2000, 400))
    assert isinstance(notice, Notice)
    assert "2400 of 3900 tokens are spent" in notice.text


def test_the_last_answer_gets_what_is_left() -> None:
    with endpoint(streamed(WHOLE)) as scripted:
        drafted(scripted.settings(budget_tokens=3000))
        assert 64 <= scripted.requests[0]["max_completion_tokens"] < 2000


def test_what_an_endpoint_does_not_count_is_estimated() -> None:
    with endpoint(events(chunk(WHOLE), chunk(None, "stop"), "[DONE]")) as scripted:
        calls, tokens_in, tokens_out, _ = paid(drafted(scripted.settings()))
        characters = sum(len(message["content"]) for message in scripted.requests[0]["messages"])
    assert (calls, tokens_out) == (1, (len(WHOLE) + 3) // 4)
    assert tokens_in == pytest.approx(characters / 4, rel=0.02)


def test_the_draft_says_what_it_cost() -> None:
    usage = {"prompt_tokens": 2000, "completion_tokens": 500, "total_tokens": 2500}
    cached = {**usage, "prompt_tokens_details": {"cached_tokens": 1500}}
    price = Price(input=2.0, output=8.0, cached=0.5)
    with endpoint(
        events(chunk(WHOLE), chunk(None, "stop"), chunk(None, choices=[], usage=cached), "[DONE]")
    ) as scripted:
        last = drafted(scripted.settings(price=price))[-1]
    assert last == made_by(2000, 500, tokens_cached=1500, cost=0.00575)


# --- stopping ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [thinking, stuck_after(), stuck_after(HALF)])
def test_a_cancel_takes_effect_at_once_on_the_endpoint(reply: Reply) -> None:
    with endpoint(reply) as scripted:
        answers = LlmEngine(scripted.settings(timeout_s=30)).draft(BRIEF)
        while not isinstance(next(answers), Pulse):
            pass
        began = time.monotonic()
        answers.close()
        assert scripted.hung_up.wait(2)
        assert time.monotonic() - began < 1


def test_who_waits_for_a_retry_can_be_stopped() -> None:
    with endpoint(refused(503, "busy", retry_after="30")) as scripted:
        answers = LlmEngine(scripted.settings(retries=5)).draft(BRIEF)
        began = time.monotonic()
        assert [next(answers) for _ in range(3)] == [Pulse()] * 3
        answers.close()
        assert time.monotonic() - began < 5
        assert len(scripted.requests) == 1


def test_who_waits_for_a_slot_can_be_stopped_and_asks_nobody() -> None:
    with endpoint(streamed(WHOLE)) as scripted:
        settings = scripted.settings(calls_at_once=1)
        slots = MemorySlots()
        taken = slots.take(f"{scripted.url} scripted", most=1)
        answers = LlmEngine(settings, slots=slots).draft(BRIEF)
        assert next(answers) == Pulse()
        answers.close()
        assert scripted.requests == []
        assert taken is not None
        taken.free()
        assert without_pulses(LlmEngine(settings, slots=slots).draft(BRIEF)) == [*ALL, made_by()]


def test_a_slot_is_free_again_after_each_call_however_it_ended() -> None:
    slots = MemorySlots()
    with endpoint(refused(500, "boom"), torn("{"), stuck_after(HALF), streamed(WHOLE)) as scripted:
        settings = scripted.settings(calls_at_once=1)
        for _ in range(2):
            with pytest.raises(EngineError):
                without_pulses(LlmEngine(settings, slots=slots).draft(BRIEF))
        with closing(LlmEngine(settings, slots=slots).draft(BRIEF)) as answers:
            after_pulses(answers)
        assert without_pulses(LlmEngine(settings, slots=slots).draft(BRIEF)) == [*ALL, made_by()]


# --- the second engine ------------------------------------------------------------------------------------------------


def test_the_second_engine_drafts_while_the_first_is_down_and_the_draft_says_so() -> None:
    with endpoint(refused(503, "loading")) as down, endpoint(streamed(WHOLE)) as up:
        both = WithFallback(engine(down.settings()), engine(up.settings()))
        notice, *rest = without_pulses(both.draft(BRIEF))
    assert rest == [*ALL, made_by()]
    assert isinstance(notice, Notice)
    assert notice.text.startswith("This draft was made by the second engine, llm, because the first failed. ")
    assert "loading" in notice.text


def test_the_second_engine_rests_while_the_first_answers() -> None:
    second = ScriptedEngine([])
    with endpoint(streamed(WHOLE)) as up:
        assert without_pulses(WithFallback(engine(up.settings()), second).draft(BRIEF)) == [*ALL, made_by()]
    assert second.briefs == []


def test_an_invalid_answer_is_no_reason_for_the_second_engine() -> None:
    second = ScriptedEngine([])
    with endpoint(streamed("No.")) as scripted, pytest.raises(AnswerInvalid):
        without_pulses(WithFallback(engine(scripted.settings()), second).draft(BRIEF))
    assert second.briefs == []


def test_where_both_are_down_it_is_the_error_of_the_second() -> None:
    with endpoint(refused(401, "no")) as first, endpoint(refused(503, "loading")) as second:
        both = WithFallback(engine(first.settings()), engine(second.settings()))
        with pytest.raises(EngineUnavailable):
            without_pulses(both.draft(BRIEF))


def test_both_engines_remember() -> None:
    answers = MemoryAnswers()
    with endpoint(refused(503, "loading")) as down, endpoint(streamed(EMPTY)) as up:
        both: Engine = WithFallback(engine(down.settings()), engine(up.settings())).remembering(answers)
        for _ in range(2):
            without_pulses(iter(both.draft(BRIEF)))
        assert (len(down.requests), len(up.requests), len(answers.kept)) == (2, 1, 1)
