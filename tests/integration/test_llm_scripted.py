"""The chat engine against endpoints that are down, slow, wrong or broken: what the reviewer gets, and what is paid."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest

from prompts.loader import load
from summarizer.adapters.llm import LlmEngine, probe
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.adapters.llm.waiting import Waiting
from summarizer.errors import (
    AnswerCutOff,
    AnswerInvalid,
    ConfigurationError,
    ContextExceeded,
    EngineError,
    EngineRefused,
    EngineTimedOut,
    EngineUnavailable,
)
from summarizer.items import Kind, MadeBy, Side
from summarizer.ports import Answer, Answers, Brief, Candidate, CandidateStakeholder, Notice, NumberedPassage, Pulse
from tests.integration.llm_server import (
    KEY,
    Reply,
    after,
    endless,
    endpoint,
    page,
    refused,
    silent,
    silent_after,
    streamed,
    stuck_after,
    torn,
)

BRIEF = Brief(
    [
        NumberedPassage(1, "We will build 8 dashboards.", 1, "Bram Osei", Side.VENDOR, None),
        NumberedPassage(2, "Your IT sends us credentials by 25 March 2026.", 1, "Bram Osei", Side.VENDOR, None),
    ]
)
NOTHING_ELSE: dict[str, Any] = {"owner": None, "due": None, "baseline": None, "target": None}
SCOPE = {**NOTHING_ELSE, "kind": "scope", "text": "Eight dashboards", "cite": [1]}
DEPENDENCY = {
    **NOTHING_ELSE,
    "kind": "dependency",
    "text": "Client IT sends credentials",
    "cite": [2],
    "owner": "Client IT",
    "due": "2026-03-25",
}
PERSON = {"name": "Bram Osei", "role": None, "side": "vendor", "email": None, "cite": [1]}
WHOLE = json.dumps({"items": [SCOPE, DEPENDENCY], "stakeholders": [PERSON]})
HALF = WHOLE[: WHOLE.index('"dependency"')]
BEGUN = WHOLE[: WHOLE.index('"cite"')]

FIRST = Candidate(Kind.SCOPE, "Eight dashboards", (1,))
ALL = [
    FIRST,
    Candidate(Kind.DEPENDENCY, "Client IT sends credentials", (2,), owner="Client IT", due=date(2026, 3, 25)),
    CandidateStakeholder("Bram Osei", side=Side.VENDOR, cite=(1,)),
]


def made_by(tokens_in: int = 120, tokens_out: int = 30, **others: Any) -> MadeBy:
    return MadeBy(
        engine="llm",
        model="scripted",
        prompt=f"sha256:{load('draft').sha256}",
        parameters={"temperature": 0.0, "max_tokens": 4000, "form": "schema"},
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        **{"calls": 1, **others},
    )


def engine(settings: LlmSettings, waits: list[float] | None = None, answers: Answers | None = None) -> LlmEngine:
    """The engine with a clock that stands still, and that notes how long it was told to wait."""
    waiting = Waiting(sleep=([] if waits is None else waits).append, chance=lambda: 0.0)
    return LlmEngine(settings, answers=answers, waiting=waiting)


def without_pulses(answers: Iterator[Answer]) -> list[Answer]:
    return [answer for answer in answers if not isinstance(answer, Pulse)]


def drafted(
    settings: LlmSettings, waits: list[float] | None = None, *, answers: Answers | None = None, brief: Brief = BRIEF
) -> list[Answer]:
    return without_pulses(engine(settings, waits, answers).draft(brief))


def failed(settings: LlmSettings, waits: list[float] | None = None, *, answers: Answers | None = None) -> EngineError:
    with pytest.raises(EngineError) as caught:
        drafted(settings, waits, answers=answers)
    return caught.value


def after_pulses(answers: Iterator[Answer]) -> Answer:
    return next(answer for answer in answers if not isinstance(answer, Pulse))


# --- answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_streamed_answer_becomes_candidates(size: int) -> None:
    with endpoint(streamed(WHOLE, size=size)) as scripted:
        assert drafted(scripted.settings()) == [*ALL, made_by()]


def test_a_candidate_comes_out_before_the_answer_is_whole() -> None:
    with endpoint(stuck_after(HALF)) as scripted, closing(LlmEngine(scripted.settings()).draft(BRIEF)) as answers:
        assert after_pulses(answers) == FIRST


def test_closing_the_draft_cancels_it_on_the_endpoint() -> None:
    with endpoint(stuck_after(HALF)) as scripted:
        answers = LlmEngine(scripted.settings()).draft(BRIEF)
        after_pulses(answers)
        answers.close()
        assert scripted.hung_up.wait(5)


def test_the_endpoint_is_asked_for_the_strict_schema_and_a_stream_with_its_cost() -> None:
    with endpoint(streamed(WHOLE)) as scripted:
        drafted(scripted.settings())
        (request,) = scripted.requests
    assert request["model"] == "scripted"
    assert request["stream_options"] == {"include_usage": True}
    assert (request["max_completion_tokens"], request["temperature"]) == (4000, 0.0)
    assert request["response_format"]["json_schema"]["strict"] is True
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert "[p2] Your IT sends us credentials by 25 March 2026." in request["messages"][1]["content"]


def test_an_answer_with_empty_lists_is_an_honest_empty_draft() -> None:
    with endpoint(streamed('{"items":[],"stakeholders":[]}')) as scripted:
        assert drafted(scripted.settings()) == [made_by()]


def test_bad_entries_are_left_out_and_counted() -> None:
    answer = json.dumps({"items": [{**SCOPE, "cite": [9]}, SCOPE, SCOPE], "stakeholders": [], "status": "approved"})
    with endpoint(streamed(answer)) as scripted:
        assert drafted(scripted.settings()) == [
            FIRST,
            Notice("1 entry of the model's answer left out: not in the agreed form, or citing no passage."),
            Notice("The model said 1 entry more than once: kept once."),
            Notice("The model's answer held what nobody asked for (status): not read."),
            made_by(),
        ]


def test_ten_thousand_items_are_stopped_and_not_paid_to_the_end() -> None:
    written = count()
    many = (json.dumps({**SCOPE, "text": f"Dashboard {next(written)}"}) + "," for _ in range(1_000_000))
    with endpoint(endless('{"items":[', many)) as scripted:
        *items, notice, last = drafted(scripted.settings())
        assert scripted.hung_up.wait(5)
        assert len(scripted.requests) == 1
    assert (len(items), notice) == (58, Notice("The model did not come to an end and was stopped after 58 entries."))
    assert isinstance(last, MadeBy)
    assert last.tokens_out < 10_000
    assert next(written) < 100_000, "the endpoint noticed"


def test_an_answer_in_another_language_is_said_on_the_draft() -> None:
    texts = ["Wir bauen die acht Dashboards für den Kunden", "Die IT des Kunden schickt uns die Zugangsdaten bis März"]
    items = [{**SCOPE, "text": text, "cite": [number]} for number, text in enumerate(texts, 1)]
    thread = [
        NumberedPassage(
            1, "We will build the 8 dashboards for the team, and you send us the list.", 1, None, None, None
        )
    ]
    brief = Brief([*thread, replace(BRIEF.passages[1], text="The IT team sends us the credentials by 25 March 2026.")])
    with endpoint(streamed(json.dumps({"items": items, "stakeholders": []}))) as scripted:
        *_, notice, _ = drafted(scripted.settings(), brief=brief)
        assert len(scripted.requests) == 1
    assert notice == Notice("The model answered in German, but the thread is in English.")


# --- answers that end early -------------------------------------------------------------------------------------------

REST = json.dumps({"items": [DEPENDENCY], "stakeholders": [PERSON]})
EMPTY = '{"items":[],"stakeholders":[]}'


@pytest.mark.parametrize("reply", [streamed(HALF, finish="length"), streamed(HALF, finish=None), torn(HALF)])
def test_an_answer_that_is_cut_off_goes_on_with_what_is_missing(reply: Reply) -> None:
    with endpoint(reply, streamed(REST)) as scripted:
        *found, last = drafted(scripted.settings())
        first, second = scripted.requests
    assert found == ALL
    assert isinstance(last, MadeBy)
    assert last.calls == 2
    assert second["messages"][: len(first["messages"])] == first["messages"], "so that the endpoint's cache hits"
    assert json.loads(second["messages"][2]["content"]) == {"items": [SCOPE], "stakeholders": []}
    assert second["messages"][3]["content"].startswith("Your answer was cut off.")


def test_an_answer_that_is_cut_off_again_and_again_is_given_up() -> None:
    halves = [json.dumps({"items": [{**SCOPE, "text": f"Dashboard {n}"}]})[:-2] for n in range(20)]
    with endpoint(*[streamed(half, finish="length") for half in halves]) as scripted:
        *found, notice, _ = drafted(scripted.settings())
        assert len(scripted.requests) == 4
    assert [entry.text for entry in found if isinstance(entry, Candidate)] == [f"Dashboard {n}" for n in range(4)]
    assert isinstance(notice, Notice)
    assert "the answer was cut off 4 times" in notice.text


def test_going_on_stops_where_nothing_new_comes() -> None:
    with endpoint(streamed(HALF, finish="length"), streamed(BEGUN, finish="length")) as scripted:
        first, notice, _ = drafted(scripted.settings())
        assert len(scripted.requests) == 2
    assert first == FIRST
    assert notice == Notice(
        "The model's answer ended too early: the answer reached the limit of tokens. What was complete before is kept;"
        " of passages 1–2 of 2 more may be missing."
    )


def test_an_endpoint_that_falls_silent_keeps_what_was_complete_and_is_not_asked_again() -> None:
    with endpoint(silent_after(HALF)) as scripted:
        first, notice, _ = drafted(scripted.settings(timeout_s=1, retries=2))
        assert len(scripted.requests) == 1
    assert first == FIRST
    assert isinstance(notice, Notice)
    assert "The model did not answer in time" in notice.text


def test_an_answer_that_is_no_json_is_asked_for_once_more_with_the_reason() -> None:
    with endpoint(streamed("I would rather talk about <|im_end|> football."), streamed(WHOLE)) as scripted:
        assert drafted(scripted.settings()) == [*ALL, made_by(240, 60, calls=2)]
        again = scripted.requests[1]["messages"][2:]
    assert [message["role"] for message in again] == ["assistant", "user"]
    assert again[0]["content"] == "I would rather talk about < |im_end|> football."
    assert "not the form that was asked for: the answer was not the JSON that was asked for." in again[1]["content"]


def test_an_answer_that_is_mostly_out_of_form_is_asked_for_once_more() -> None:
    wrong = json.dumps({"items": [{**SCOPE, "kind": "wish"}], "stakeholders": []})
    with endpoint(streamed(wrong), streamed(WHOLE)) as scripted:
        assert drafted(scripted.settings()) == [*ALL, made_by(240, 60, calls=2)]
        assert "(kind: Input should be 'exclusion'" in scripted.requests[1]["messages"][3]["content"]


def test_invalid_twice_keeps_what_was_complete() -> None:
    with endpoint(streamed(HALF), streamed("Sorry.")) as scripted:
        first, notice, _ = drafted(scripted.settings())
        assert len(scripted.requests) == 2
    assert first == FIRST
    assert isinstance(notice, Notice)
    assert "was not in the agreed form: the answer was not the JSON that was asked for; asked again" in notice.text


@pytest.mark.parametrize("reply", [streamed("I would rather talk about football."), streamed("{}"), streamed("")])
def test_invalid_twice_with_nothing_complete_is_an_error(reply: Reply) -> None:
    with endpoint(reply) as scripted:
        error = failed(scripted.settings(retries=2))
        assert (type(error), len(scripted.requests)) == (AnswerInvalid, 2)
    assert "asked again, the answer" in error.detail
    assert "(300 tokens were paid)" in error.detail


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (streamed(BEGUN, finish="length"), AnswerCutOff),
        (streamed(BEGUN, finish=None), AnswerCutOff),
        (torn(BEGUN), AnswerCutOff),
        (silent_after(BEGUN), EngineTimedOut),
        (page, AnswerInvalid),
    ],
)
def test_without_a_complete_entry_it_is_an_error_and_not_paid_twice(reply: Reply, error: type[EngineError]) -> None:
    with endpoint(reply) as scripted:
        assert type(failed(scripted.settings(timeout_s=1, retries=2))) is error
        assert len(scripted.requests) == 1


def test_a_model_that_thinks_for_long_is_waited_for() -> None:
    with endpoint(after(0.9, streamed(WHOLE))) as scripted:
        answers = list(engine(scripted.settings()).draft(BRIEF))
        assert len(scripted.requests) == 1
    assert answers[:2] == [Pulse(), Pulse()]
    assert [answer for answer in answers if not isinstance(answer, Pulse)] == [*ALL, made_by()]


# --- endpoints that do not answer -------------------------------------------------------------------------------------


def test_an_endpoint_that_is_down_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    waits: list[float] = []
    error = failed(LlmSettings("m", url, KEY, retries=2), waits)
    assert (type(error), waits) == (EngineUnavailable, [0.25, 0.25, 0.25, 0.25, 0.25, 0.25])
    assert url in error.detail


@pytest.mark.parametrize("reply", [silent, silent_after(), stuck_after()])
def test_an_endpoint_that_says_nothing_times_out_and_is_not_asked_again(reply: Reply) -> None:
    with endpoint(reply) as scripted:
        assert type(failed(scripted.settings(timeout_s=0.3, retries=2))) is EngineTimedOut
        assert len(scripted.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_endpoint_that_is_busy_is_asked_again(status: int) -> None:
    waits: list[float] = []
    with endpoint(refused(status, "busy"), refused(status, "busy"), streamed(WHOLE)) as scripted:
        assert drafted(scripted.settings(retries=2), waits) == [*ALL, made_by()]
        assert (len(scripted.requests), sum(waits)) == (3, 1.5)


@pytest.mark.parametrize(("status", "error"), [(429, EngineRefused), (500, EngineUnavailable)])
def test_an_endpoint_that_stays_busy_is_given_up(status: int, error: type[EngineError]) -> None:
    with endpoint(refused(status, "busy")) as scripted:
        assert type(failed(scripted.settings(retries=2))) is error
        assert len(scripted.requests) == 3


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": "soon"}, 0.5),
        ({"retry_after": "nan"}, 0.5),
        ({"retry_after": "-3"}, 0.5),
        ({"retry_after_ms": "2500", "retry_after": "3"}, 2.5),
        ({"retry_after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.5),
    ],
)
def test_the_wait_that_an_endpoint_asks_for_is_kept(headers: dict[str, str], wait: float) -> None:
    waits: list[float] = []
    with endpoint(refused(429, "busy", **headers), streamed(WHOLE)) as scripted:
        drafted(scripted.settings(retries=1), waits)
    assert sum(waits) == wait


def test_those_who_were_refused_together_come_back_apart() -> None:
    waits: list[float] = []
    with endpoint(refused(429, "busy", retry_after="8"), streamed(WHOLE)) as scripted:
        late = LlmEngine(scripted.settings(retries=1), waiting=Waiting(waits.append, chance=lambda: 1.0))
        without_pulses(late.draft(BRIEF))
    assert sum(waits) == 10.0


@pytest.mark.parametrize("headers", [{"x_should_retry": "false"}, {}])
def test_an_endpoint_that_wants_no_retry_gets_none(headers: dict[str, str]) -> None:
    code = None if headers else "insufficient_quota"
    with endpoint(refused(429, "no money", code=code, **headers)) as scripted:
        assert type(failed(scripted.settings(retries=2))) is EngineRefused
        assert len(scripted.requests) == 1


def test_a_wait_of_minutes_is_left_to_the_user() -> None:
    with endpoint(refused(429, "quota", retry_after="3600")) as scripted:
        assert type(failed(scripted.settings(retries=2))) is EngineRefused
        assert len(scripted.requests) == 1


@pytest.mark.parametrize(
    ("status", "message", "error"),
    [
        (400, "this model knows no response_format", EngineRefused),
        (400, "the request exceeds the available context size", ContextExceeded),
        (400, "maximum context length is 8192 tokens", ContextExceeded),
        (504, "context deadline exceeded", EngineUnavailable),
        (401, f"incorrect key {KEY}", EngineRefused),
        (403, f"{KEY} has no access", EngineRefused),
        (404, "no such model", EngineRefused),
        (500, f"crashed on {KEY}", EngineUnavailable),
    ],
)
def test_a_refusal_says_why_and_never_shows_the_key(status: int, message: str, error: type[EngineError]) -> None:
    with endpoint(refused(status, message)) as scripted:
        raised = failed(scripted.settings())
    assert type(raised) is error
    assert KEY not in raised.detail


def test_an_address_with_a_password_is_shown_without_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    error = failed(LlmSettings("m", f"http://ann:hunter2@127.0.0.1:{port}/v1?token=t0p", KEY, retries=0))
    assert f"http://127.0.0.1:{port}/v1 failed" in error.detail
    assert ("hunter2" in error.detail, "t0p" in error.detail) == (False, False)


def test_an_unknown_provider_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="no_such_provider"):
        drafted(LlmSettings("m", None, KEY, provider="no_such_provider"))


# --- the probe --------------------------------------------------------------------------------------------------------


def test_the_probe_is_content_with_a_model_that_answers() -> None:
    with endpoint(streamed("yes")) as scripted:
        probe(scripted.settings())
        assert [request["max_completion_tokens"] for request in scripted.requests] == [16]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (refused(401, "wrong key"), EngineRefused),
        (refused(404, "no such model"), EngineRefused),
        (refused(503, "loading"), EngineUnavailable),
        (silent, EngineTimedOut),
        (page, AnswerInvalid),
    ],
)
def test_the_probe_says_what_is_wrong_and_asks_only_once(reply: Reply, error: type[EngineError]) -> None:
    with endpoint(reply) as scripted:
        with pytest.raises(error):
            probe(scripted.settings(timeout_s=0.3, retries=2))
        assert len(scripted.requests) == 1
