"""The chat engine against endpoints that are down, slow, wrong or broken: what the reviewer gets, and what is paid."""

import json
import socket
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from prompts.loader import load
from summarizer.adapters.llm import LlmEngine, probe
from summarizer.adapters.llm.settings import LlmSettings
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
from summarizer.ports import Answer, Brief, Candidate, CandidateStakeholder, Notice, NumberedPassage
from tests.integration.llm_server import (
    KEY,
    Reply,
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


def made_by(tokens_in: int = 120, tokens_out: int = 30) -> MadeBy:
    prompt = f"sha256:{load('draft').sha256}"
    return MadeBy(engine="llm", model="scripted", prompt=prompt, tokens_in=tokens_in, tokens_out=tokens_out)


def drafted(settings: LlmSettings, waits: list[float] | None = None) -> list[Answer]:
    return list(LlmEngine(settings, sleep=([] if waits is None else waits).append).draft(BRIEF))


def failed(settings: LlmSettings, waits: list[float] | None = None) -> EngineError:
    with pytest.raises(EngineError) as caught:
        drafted(settings, waits)
    return caught.value


# --- answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_streamed_answer_becomes_candidates(size: int) -> None:
    with endpoint(streamed(WHOLE, size=size)) as scripted:
        assert drafted(scripted.settings()) == [*ALL, made_by()]


def test_a_candidate_comes_out_before_the_answer_is_whole() -> None:
    with endpoint(stuck_after(HALF)) as scripted, closing(LlmEngine(scripted.settings()).draft(BRIEF)) as answers:
        assert next(answers) == FIRST


def test_closing_the_draft_cancels_it_on_the_endpoint() -> None:
    with endpoint(stuck_after(HALF)) as scripted:
        answers = LlmEngine(scripted.settings()).draft(BRIEF)
        next(answers)
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
    answer = json.dumps({"items": [{**SCOPE, "cite": [9]}, SCOPE, SCOPE], "stakeholders": []})
    with endpoint(streamed(answer)) as scripted:
        assert drafted(scripted.settings()) == [
            FIRST,
            Notice("1 entry of the model's answer left out: not in the agreed form, or citing no passage."),
            made_by(),
        ]


# --- answers that end early -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "said", "tokens"),
    [
        (streamed(HALF, finish="length"), "ended too early: the answer reached the limit of tokens", (120, 30)),
        (streamed(HALF, finish=None), "ended too early: the answer ended before its JSON was complete", (0, 0)),
        (torn(HALF), "ended too early: the connection to", (0, 0)),
        (silent_after(HALF), "did not answer in time", (0, 0)),
        (streamed(HALF), "was not in the agreed form", (120, 30)),
    ],
)
def test_what_was_complete_is_kept_and_the_reviewer_is_told(reply: Reply, said: str, tokens: tuple[int, int]) -> None:
    with endpoint(reply) as scripted:
        first, notice, last = drafted(scripted.settings(timeout_s=1, retries=2))
        assert len(scripted.requests) == 1
    assert (first, last) == (FIRST, made_by(*tokens))
    assert isinstance(notice, Notice)
    assert said in notice.text


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (streamed(BEGUN, finish="length"), AnswerCutOff),
        (streamed(BEGUN, finish=None), AnswerCutOff),
        (torn(BEGUN), AnswerCutOff),
        (silent_after(BEGUN), EngineTimedOut),
        (streamed("I would rather talk about football."), AnswerInvalid),
        (streamed("{}"), AnswerInvalid),
        (streamed(""), AnswerInvalid),
        (page, AnswerInvalid),
    ],
)
def test_without_a_complete_entry_it_is_an_error_and_not_paid_twice(reply: Reply, error: type[EngineError]) -> None:
    with endpoint(reply) as scripted:
        assert type(failed(scripted.settings(timeout_s=1, retries=2))) is error
        assert len(scripted.requests) == 1


# --- endpoints that do not answer -------------------------------------------------------------------------------------


def test_an_endpoint_that_is_down_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    waits: list[float] = []
    error = failed(LlmSettings("m", url, KEY, retries=2), waits)
    assert (type(error), waits) == (EngineUnavailable, [0.5, 1.0])
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
        assert (len(scripted.requests), waits) == (3, [0.5, 1.0])


@pytest.mark.parametrize(("status", "error"), [(429, EngineRefused), (500, EngineUnavailable)])
def test_an_endpoint_that_stays_busy_is_given_up(status: int, error: type[EngineError]) -> None:
    with endpoint(refused(status, "busy")) as scripted:
        assert type(failed(scripted.settings(retries=2))) is error
        assert len(scripted.requests) == 3


def test_the_wait_that_an_endpoint_asks_for_is_kept() -> None:
    waits: list[float] = []
    with endpoint(refused(429, "busy", retry_after="7"), streamed(WHOLE)) as scripted:
        drafted(scripted.settings(retries=1), waits)
    assert waits == [7.0]


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
