"""The shapes of errors and streams by which endpoints differ that all say they speak OpenAI's protocol."""

import json
from dataclasses import replace
from typing import Any

import pytest

from summarizer.adapters.llm import probe
from summarizer.adapters.llm.grammar import answer_grammar
from summarizer.errors import (
    AnswerInvalid,
    ContextExceeded,
    EngineError,
    EngineRefused,
    EngineUnavailable,
)
from summarizer.ports import Answer
from tests.integration.llm_server import KEY, Handler, Reply, chunk, endpoint, events, streamed
from tests.integration.test_llm_scripted import ALL, HALF, REST, WHOLE, drafted, failed, made_by

USAGE = {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}


def deltas(text: str, **others: Any) -> list[dict[str, Any]]:
    return [chunk(text[start : start + 9], **others) for start in range(0, len(text), 9)]


def body(status: int, content: object) -> Reply:
    """An error with a body of the endpoint's own making."""

    def reply(handler: Handler) -> None:
        written = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        handler.begin(status, "application/json", content_length=str(len(written)))
        handler.wfile.write(written)

    return reply


# --- streams ----------------------------------------------------------------------------------------------------------

STREAMS = {
    "OpenAI: the role first, usage in an event of its own": [
        chunk("", choices=[{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]),
        *deltas(WHOLE),
        chunk(None, "stop"),
        chunk(None, choices=[], usage=USAGE),
        "[DONE]",
    ],
    "Azure: the filter's verdict on the prompt before anything else": [
        {
            "choices": [],
            "created": 0,
            "id": "",
            "model": "",
            "object": "",
            "prompt_filter_results": [{"prompt_index": 0}],
        },
        *deltas(WHOLE),
        chunk(None, "stop"),
        chunk(None, choices=[], usage=USAGE),
        "[DONE]",
    ],
    "vLLM: usage is null until the end": [
        *deltas(WHOLE, usage=None),
        chunk("", "stop"),
        chunk(None, choices=[], usage=USAGE),
        "[DONE]",
    ],
    "Ollama: each event says the role, and the reason comes with an empty text": [
        *deltas(WHOLE, system_fingerprint="fp_ollama"),
        chunk("", "stop", usage=USAGE),
        "[DONE]",
    ],
    "llama.cpp: usage and timings with the last event": [
        *deltas(WHOLE),
        chunk(None, "stop", usage=USAGE, timings={"prompt_n": 120}),
        "[DONE]",
    ],
    "a proxy that counts in every event, and never says that it is done": [
        *[each | {"usage": {**USAGE, "completion_tokens": n}} for n, each in enumerate(deltas(WHOLE)[:30], 1)],
        *[each | {"usage": USAGE} for each in deltas(WHOLE)[30:]],
        chunk(None, "stop", usage=USAGE),
    ],
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_every_shape_of_a_stream_gives_the_same_draft(stream: list[object]) -> None:
    with endpoint(events(*stream)) as scripted:
        assert drafted(scripted.settings()) == [*ALL, made_by()]


# --- errors -----------------------------------------------------------------------------------------------------------


def openai_error(message: str, code: str | None = None, **others: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code, **others}}


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(
            body(400, openai_error("This model's maximum context length is 8192 tokens.", "context_length_exceeded")),
            ContextExceeded,
            id="OpenAI, too long",
        ),
        pytest.param(
            body(429, openai_error("You exceeded your current quota.", "insufficient_quota")),
            EngineRefused,
            id="OpenAI, no money",
        ),
        pytest.param(
            body(
                400,
                openai_error(
                    "The response was filtered", "content_filter", innererror={"code": "ResponsibleAIPolicyViolation"}
                ),
            ),
            EngineRefused,
            id="Azure, filtered",
        ),
        pytest.param(
            body(404, {"error": {"code": "DeploymentNotFound", "message": "The API deployment does not exist."}}),
            EngineRefused,
            id="Azure, no such deployment",
        ),
        pytest.param(
            body(401, {"statusCode": 401, "message": f"Unauthorized. {KEY}"}), EngineRefused, id="Azure, wrong key"
        ),
        pytest.param(
            body(
                400,
                {
                    "object": "error",
                    "message": "The prompt is too long: 9000 tokens, maximum model length 8192.",
                    "type": "BadRequestError",
                    "code": 400,
                },
            ),
            ContextExceeded,
            id="vLLM, too long, without an envelope",
        ),
        pytest.param(
            body(404, {"error": {"message": 'model "llama9" not found, try pulling it first', "type": "api_error"}}),
            EngineRefused,
            id="Ollama, not pulled",
        ),
        pytest.param(
            body(
                400,
                {"error": {"code": 400, "message": "the request exceeds the available context size", "n_ctx": 4096}},
            ),
            ContextExceeded,
            id="llama.cpp, too long",
        ),
        pytest.param(
            body(503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}),
            EngineUnavailable,
            id="llama.cpp, loading",
        ),
        pytest.param(body(502, "<html><h1>Bad Gateway</h1></html>"), EngineUnavailable, id="a proxy in front of it"),
    ],
)
def test_every_shape_of_an_error_has_its_name(reply: Reply, error: type[EngineError]) -> None:
    with endpoint(reply) as scripted:
        raised = failed(scripted.settings())
    assert type(raised) is error
    assert KEY not in raised.detail


ERROR_EVENT = {"error": {"message": "CUDA out of memory", "type": "InternalServerError", "code": 500}}


def test_an_error_in_the_middle_of_a_stream_goes_on_with_what_is_missing() -> None:
    with endpoint(events(*deltas(HALF), ERROR_EVENT, "[DONE]"), streamed(REST)) as scripted:
        assert drafted(scripted.settings())[:-1] == ALL
        assert len(scripted.requests) == 2


def test_an_error_as_the_first_event_says_what_the_endpoint_said() -> None:
    with endpoint(events(ERROR_EVENT, "[DONE]")) as scripted:
        raised = failed(scripted.settings())
    assert type(raised) is EngineUnavailable
    assert "CUDA out of memory" in raised.detail


def test_a_context_that_is_exceeded_within_a_stream_is_known_too() -> None:
    error = {"error": {"message": "the request exceeds the available context size", "code": 400}}
    with endpoint(events(error)) as scripted:
        assert type(failed(scripted.settings())) is ContextExceeded


def test_a_stream_of_nothing_is_no_answer() -> None:
    with endpoint(events("[DONE]")) as scripted:
        assert type(failed(scripted.settings())) is AnswerInvalid


# --- requests ---------------------------------------------------------------------------------------------------------


def asked(**settings: Any) -> dict[str, Any]:
    with endpoint(streamed(WHOLE)) as scripted:
        found: list[Answer] = drafted(scripted.settings(**settings))
        assert found[:-1] == ALL
        return scripted.requests[0]


def test_servers_that_know_only_the_old_name_of_the_limit_are_told_it_too() -> None:
    request = asked(max_tokens=700)
    assert (request["max_tokens"], request["max_completion_tokens"]) == (700, 700)


def test_llama_cpp_can_be_given_a_grammar() -> None:
    request = asked(form="grammar")
    assert request["grammar"] == answer_grammar(range(1, 3))
    assert "response_format" not in request
    assert "null" not in request["messages"][0]["content"]


@pytest.mark.parametrize(("form", "told"), [("json", {"type": "json_object"}), ("text", None)])
def test_an_endpoint_without_schemas_is_asked_in_a_simpler_form(form: str, told: object) -> None:
    assert asked(form=form).get("response_format") == told


def test_a_model_that_takes_no_temperature_is_given_none() -> None:
    assert "temperature" not in asked(temperature=None)


def test_azure_is_asked_by_deployment_and_version() -> None:
    with endpoint(streamed(WHOLE)) as scripted:
        url = scripted.url.removesuffix("/v1")
        settings = scripted.settings(provider="azure_openai", api_version="2024-10-21")
        found = drafted(replace(settings, base_url=url))
        assert found[:-1] == ALL
        assert scripted.paths == ["/openai/deployments/scripted/chat/completions?api-version=2024-10-21"]
        (request,) = scripted.requests
    assert request["response_format"]["type"] == "json_schema"
    assert "max_tokens" not in request


def test_the_probe_knows_azure_too() -> None:
    with endpoint(streamed("yes")) as scripted:
        probe(scripted.settings(provider="azure_openai", api_version="2024-10-21"))
        assert len(scripted.requests) == 1
