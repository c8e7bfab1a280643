"""Asks a chat model through LangChain and gives out its answer as it comes. Importing this takes seconds."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from math import exp
from typing import Any
from urllib.parse import urlsplit

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from openai import OpenAI

from summarizer.adapters.llm.answer import Delta
from summarizer.adapters.llm.errors import VENDOR_ERRORS, may_pass, said_by, seconds_to_wait, shown, translated
from summarizer.adapters.llm.ledger import Turn
from summarizer.adapters.llm.line import Line
from summarizer.adapters.llm.pump import pumped
from summarizer.adapters.llm.settings import Form, LlmSettings
from summarizer.adapters.llm.shape import Shape
from summarizer.adapters.llm.waiting import Waiting
from summarizer.errors import ConfigurationError, EngineError
from summarizer.ports import Pulse, Slot, Slots

_OPENAI = {"openai", "azure_openai"}
_OPENAIS_OWN = ("openai.com", "azure.com")
_FIRST_WORDS = 20
"""As many as OpenAI's own endpoint tells."""
_LONGEST_WAIT_S = 75.0
"""A minute that an endpoint asks for, and the quarter more by chance."""


@dataclass(frozen=True)
class Question:
    """What is asked in one request."""

    turns: Sequence[Turn]
    shape: Shape | None
    """`None` for an answer of any form."""
    max_tokens: int
    wants_chances: bool = False
    """Whether the endpoint shall say how likely it was to begin with which word."""


class Chat:
    """One model, as the settings name it. Raises ConfigurationError when its provider cannot be used."""

    def __init__(self, settings: LlmSettings, *, slots: Slots | None = None, waiting: Waiting | None = None) -> None:
        """Without `slots` it asks whenever it is told to."""
        self._settings = settings
        self._slots = slots
        self._waiting = waiting or Waiting()
        self._line = Line(settings.timeout_s)
        self._model = _chat_model(settings, self._line)
        self._where = shown(settings.base_url, settings.provider)

    def stream(self, question: Question) -> Generator[Delta | Pulse, None, None]:
        """The answer as it comes; closing the generator ends the request at once, wherever it is.

        A request is repeated only while nothing of its answer has come. Raises EngineError.
        """
        attempt = 0
        while True:
            begun = False
            try:
                with closing(self._attempt(question)) as deltas:
                    for delta in deltas:
                        begun = begun or isinstance(delta, Delta)
                        yield delta
                return
            except VENDOR_ERRORS as error:
                wait = self._wait(error, attempt, begun=begun)
            yield from self._waiting.seconds(wait)
            attempt += 1

    def tokens(self, text: str) -> list[int]:
        """Numbers of the text's tokens, which llama.cpp tells beside its OpenAI-like paths. Raises EngineError."""
        client: OpenAI = self._model.root_client  # type: ignore[attr-defined]
        beside = client.with_options(base_url=(self._settings.base_url or "").removesuffix("/v1"))
        self._line.pick_up()
        try:
            told: Any = beside.post("/tokenize", cast_to=object, body={"content": text})
        except VENDOR_ERRORS as error:
            raise self._translated(error, begun=False) from error
        return list(told["tokens"])

    def close(self) -> None:
        """Let go of all connections."""
        self._line.close()

    def _wait(self, error: Exception, attempt: int, *, begun: bool) -> float:
        """How long to wait before the request is repeated. Raises what it means when it shall not be."""
        wait = seconds_to_wait(error, attempt, chance=self._waiting.chance())
        if begun or attempt >= self._settings.retries or wait > _LONGEST_WAIT_S or not may_pass(error):
            raise self._translated(error, begun=begun) from error
        return wait

    def _translated(self, error: Exception, *, begun: bool) -> EngineError:
        return translated(error, self._where, secret=self._settings.api_key, begun=begun)

    def _attempt(self, question: Question) -> Generator[Delta | Pulse, None, None]:
        slot = yield from self._slot()
        self._line.pick_up()
        with closing(pumped(partial(self._in_slot, question, slot), self._line.hang_up)) as chunks:
            for chunk in chunks:
                yield chunk if isinstance(chunk, Pulse) else _delta(chunk)

    def _in_slot(self, question: Question, slot: Slot | None) -> Iterator[AIMessageChunk]:
        """The answer as it comes; the slot is free as soon as the endpoint is, however slowly somebody reads."""
        try:
            yield from self._chunks(question)
        finally:
            if slot is not None:
                slot.free()

    def _slot(self) -> Generator[Pulse, None, Slot | None]:
        if self._slots is None:
            return None
        take = partial(self._slots.take, f"{self._where} {self._settings.model}", most=self._settings.calls_at_once)
        return (yield from self._waiting.until(take))

    def _chunks(self, question: Question) -> Iterator[AIMessageChunk]:
        openai = self._settings.provider in _OPENAI
        bound: dict[str, Any] = {"max_completion_tokens" if openai else "max_tokens": question.max_tokens}
        extra: dict[str, Any] = {}
        form = _response_format(question, self._settings.form)
        if question.wants_chances:
            bound |= {"logprobs": True, "top_logprobs": _FIRST_WORDS}
        if question.shape is not None and self._settings.form == "grammar":
            extra["grammar"] = question.shape.grammar
        if form is not None:
            # As `response_format` the client would put the answer together itself, and it stumbles over endpoints
            # that repeat the role in each delta: no count of tokens, and none either for an answer that is cut off.
            (extra if openai else bound)["response_format"] = form
        if self._settings.provider == "openai" and not _is_openais_own(self._settings.base_url):
            extra["max_tokens"] = question.max_tokens  # some servers do not know `max_completion_tokens`
        if extra:
            bound["extra_body"] = extra
        return self._model.stream(list(question.turns), **bound)


def _response_format(question: Question, form: Form) -> Mapping[str, Any] | None:
    if question.shape is None or form in {"grammar", "text"}:
        return None
    if form == "json":
        return {"type": "json_object"}
    named = {"name": "handoff", "strict": True, "schema": question.shape.schema}
    return {"type": "json_schema", "json_schema": named}


def _is_openais_own(base_url: str | None) -> bool:
    host = urlsplit(base_url).hostname if base_url else None
    return base_url is None or (host is not None and host.endswith(_OPENAIS_OWN))


def _delta(chunk: AIMessageChunk) -> Delta:
    used = chunk.usage_metadata
    tokens = (chunk.response_metadata.get("logprobs") or {}).get("content") or ()
    return Delta(
        text=chunk.text,
        tokens_in=used["input_tokens"] if used else 0,
        tokens_out=used["output_tokens"] if used else 0,
        finish_reason=chunk.response_metadata.get("finish_reason"),
        tokens_cached=(used.get("input_token_details") or {}).get("cache_read", 0) if used else 0,
        chances=_chances(tokens[0]) if tokens else None,
        logs=[token["logprob"] for token in tokens],
    )


def _chances(first: Mapping[str, Any]) -> Mapping[str, float]:
    """Chance of each word, without spaces and capitals, that the endpoint might have begun this delta with."""
    chances: dict[str, float] = {}
    for each in first.get("top_logprobs") or [first]:
        word = each["token"].strip().lower()
        chances[word] = chances.get(word, 0.0) + exp(each["logprob"])
    return chances


def _chat_model(settings: LlmSettings, line: Line) -> BaseChatModel:
    options: dict[str, Any] = {
        "base_url": settings.base_url,
        "api_key": settings.api_key or "none",  # left out, the client would look for one in the environment
        "timeout": settings.timeout_s,
        "max_retries": 0,  # the client would repeat time-outs too, and each may be paid
        "temperature": settings.temperature,
    }
    if settings.provider in _OPENAI:
        options |= {"stream_usage": True, "http_client": line.client}
    if settings.provider == "azure_openai":
        options |= {"base_url": None, "azure_endpoint": settings.base_url, "api_version": settings.api_version}
    stated = {name: value for name, value in options.items() if value is not None}
    try:
        model: BaseChatModel = init_chat_model(settings.model, model_provider=settings.provider, **stated)
    except (ImportError, ValueError) as error:
        said = said_by(error, settings.api_key)
        raise ConfigurationError(f"The model provider {settings.provider} cannot be used: {said}") from error
    return model
