"""Asks a chat model through LangChain and gives out its answer as it comes. Importing this takes seconds."""

import time
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk

from prompts.loader import Rendered
from summarizer.adapters.llm.answer import Delta
from summarizer.adapters.llm.errors import VENDOR_ERRORS, may_pass, said_by, seconds_to_wait, shown, translated
from summarizer.adapters.llm.patience import client
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from summarizer.adapters.llm.settings import LlmSettings

_OPENAI = {"openai", "azure_openai"}
_LONGEST_WAIT_S = 30.0


class Chat:
    """One model, as the settings name it. Raises ConfigurationError when its provider cannot be used."""

    def __init__(self, settings: "LlmSettings", *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings = settings
        self._sleep = sleep
        self._model = _chat_model(settings)

    def stream(self, prompt: Rendered, *, schema: Mapping[str, Any] | None = None) -> Generator[Delta, None, None]:
        """The answer as it comes; closing the generator cancels the request.

        A request is repeated only while nothing of its answer has come. Raises EngineError.
        """
        messages = [("system", prompt.system), ("human", prompt.request)]
        begun = False
        for attempt in range(self._settings.retries + 1):
            try:
                with closing(self._chunks(messages, schema)) as chunks:
                    for chunk in chunks:
                        begun = True
                        yield _delta(chunk)
                return
            except VENDOR_ERRORS as error:
                wait = seconds_to_wait(error, attempt)
                last = attempt == self._settings.retries or wait > _LONGEST_WAIT_S
                if begun or last or not may_pass(error):
                    where = shown(self._settings.base_url, self._settings.provider)
                    raise translated(error, where, secret=self._settings.api_key, begun=begun) from error
            self._sleep(wait)

    def _chunks(
        self, messages: list[tuple[str, str]], schema: Mapping[str, Any] | None
    ) -> Generator[AIMessageChunk, None, None]:
        bound = self._form(schema) if schema is not None else {}
        return cast(Generator[AIMessageChunk, None, None], self._model.stream(messages, **bound))

    def _form(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        named = {"name": "handoff", "strict": True, "schema": schema}
        response_format = {"type": "json_schema", "json_schema": named}
        if self._settings.provider in _OPENAI:
            # As `response_format` the client would put the answer together itself, and it stumbles over endpoints
            # that repeat the role in each delta: no count of tokens, and none either for an answer that is cut off.
            return {"extra_body": {"response_format": response_format}}
        return {"response_format": response_format}


def _delta(chunk: AIMessageChunk) -> Delta:
    used = chunk.usage_metadata
    return Delta(
        text=chunk.text,
        tokens_in=used["input_tokens"] if used else 0,
        tokens_out=used["output_tokens"] if used else 0,
        finish_reason=chunk.response_metadata.get("finish_reason"),
    )


def _chat_model(settings: "LlmSettings") -> BaseChatModel:
    options: dict[str, Any] = {
        "base_url": settings.base_url,
        "api_key": settings.api_key or "none",  # left out, the client would look for one in the environment
        "timeout": settings.timeout_s,
        "max_tokens": settings.max_tokens,
        "max_retries": 0,  # the client would repeat time-outs too, and each may be paid
        "temperature": settings.temperature,
    }
    if settings.provider in _OPENAI:
        options |= {"stream_usage": True, "http_client": client(settings.timeout_s)}
    stated = {name: value for name, value in options.items() if value is not None}
    try:
        model: BaseChatModel = init_chat_model(settings.model, model_provider=settings.provider, **stated)
    except (ImportError, ValueError) as error:
        said = said_by(error, settings.api_key)
        raise ConfigurationError(f"The model provider {settings.provider} cannot be used: {said}") from error
    return model
