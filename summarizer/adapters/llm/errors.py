"""What a model's endpoint can do wrong, in the words of `summarizer.errors`."""

import math
import re
from urllib.parse import urlsplit

from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelError,
    ModelTimeoutError,
)
from openai import APIStatusError, OpenAIError

from summarizer.errors import (
    AnswerCutOff,
    AnswerInvalid,
    ContextExceeded,
    EngineError,
    EngineRefused,
    EngineTimedOut,
    EngineUnavailable,
)

VENDOR_ERRORS = (ModelError, OpenAIError, ValueError)
"""What LangChain and the vendor's client raise; ValueError when the answer is no event stream at all."""

_LONGEST_DETAIL = 300
_CONTEXT = re.compile(r"context[ _](length|size|window)", re.IGNORECASE)


def translated(error: Exception, endpoint: str, *, secret: str | None, begun: bool) -> EngineError:
    """The error of ours that says the same; `begun` tells whether a part of the answer had come before it."""
    said = said_by(error, secret)
    if isinstance(error, ModelTimeoutError):
        return EngineTimedOut(f"{endpoint} was silent for too long")
    if _is_about_context(error):
        return ContextExceeded(said)
    if isinstance(error, APIStatusError) and not isinstance(error, ModelAPIError):
        return EngineRefused(_refusal(error, said))
    return _failed(error, endpoint, said=said, begun=begun)


def _failed(error: Exception, endpoint: str, *, said: str, begun: bool) -> EngineError:
    if not isinstance(error, ModelError | OpenAIError):
        return AnswerInvalid(f"{endpoint} did not send what a chat model sends")
    if begun:
        return AnswerCutOff(f"the connection to {endpoint} broke in the middle of the answer")
    return EngineUnavailable(f"{endpoint} failed: {said}")


def said_by(error: Exception, secret: str | None) -> str:
    """The error's own words, on one line, not too many, and without the key."""
    text = " ".join(str(error).split())
    if secret:
        text = text.replace(secret, "…")
    return text[:_LONGEST_DETAIL]


def may_pass(error: Exception) -> bool:
    """Whether asking again may help and is not paid twice: a time-out may hide an answer that was paid for."""
    return isinstance(error, ModelError) and error.is_retryable and not isinstance(error, ModelTimeoutError)


def seconds_to_wait(error: Exception, attempt: int) -> float:
    """What the endpoint asks for in `Retry-After`, else half a second that doubles with each attempt, from 0."""
    backoff = 0.5 * math.pow(2, attempt)
    if not isinstance(error, APIStatusError):
        return backoff
    try:
        return max(backoff, float(error.response.headers.get("retry-after", "0")))
    except ValueError:
        return backoff  # a date; the endpoints at hand send seconds


def shown(base_url: str | None, provider: str) -> str:
    """The endpoint as details may name it: without user, password and query."""
    if base_url is None:
        return f"the endpoint of {provider}"
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _is_about_context(error: Exception) -> bool:
    if isinstance(error, ContextOverflowError):
        return True
    return isinstance(error, OpenAIError) and _CONTEXT.search(str(error)) is not None


def _refusal(error: APIStatusError, said: str) -> str:
    if error.status_code in {401, 403}:
        return f"the endpoint does not take this key (HTTP {error.status_code})"
    return said
