"""What a model's endpoint can do wrong, in the words of `summarizer.errors`."""

import math
import re
import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from httpx2 import Headers
from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelError,
    ModelTimeoutError,
)
from openai import APIError, APIStatusError, OpenAIError

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
_FIRST_WAIT_S = 0.5
_CONTEXT = re.compile(
    r"context[ _-](length|size|window)|maximum (model|input) length|(prompt|input) is too long|too many input tokens",
    re.IGNORECASE,
)
_IN_MILLISECONDS = ("retry-after-ms", "x-ms-retry-after-ms")


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
    if not begun:
        return EngineUnavailable(f"{endpoint} failed: {said}")
    if type(error) is APIError:  # an event that says so; what broke the connection is of a class of its own
        return AnswerCutOff(f"{endpoint} failed in the middle of the answer: {said}")
    return AnswerCutOff(f"the connection to {endpoint} broke in the middle of the answer")


def said_by(error: Exception, secret: str | None) -> str:
    """The error's own words, on one line, not too many, and without the key."""
    text = " ".join(str(error).split())
    if secret:
        text = text.replace(secret, "…")
    return text[:_LONGEST_DETAIL]


def may_pass(error: Exception) -> bool:
    """Whether asking again may help and is not paid twice: a time-out may hide an answer that was paid for."""
    if not isinstance(error, ModelError) or isinstance(error, ModelTimeoutError) or _is_about_context(error):
        return False
    return error.is_retryable and not (isinstance(error, APIStatusError) and _is_final(error))


def _is_final(error: APIStatusError) -> bool:
    """Whether the endpoint says so; OpenAI answers 429 also where the account is out of money."""
    return error.response.headers.get("x-should-retry") == "false" or error.code == "insufficient_quota"


def seconds_to_wait(error: Exception, attempt: int, *, chance: float) -> float:
    """What the endpoint asks for, else half a second that doubles with each attempt, from 0.

    Up to a quarter more by `chance`, from 0 to 1, so that those who were refused together do not come back together.
    """
    backoff = _FIRST_WAIT_S * math.pow(2, attempt)
    asked = _asked(error.response.headers) if isinstance(error, APIStatusError) else 0.0
    return max(backoff, asked) * (1 + chance / 4)


def _asked(headers: Headers) -> float:
    """Seconds that the endpoint wants to be left alone; 0 where it does not say. Some say milliseconds, or a date."""
    for name in (*_IN_MILLISECONDS, "retry-after"):
        stated = headers.get(name)
        seconds = _seconds(stated) if stated else None
        if seconds is not None:
            return seconds / 1000 if name in _IN_MILLISECONDS else seconds
    return 0.0


def _seconds(stated: str) -> float | None:
    try:
        seconds = float(stated)
    except ValueError:
        return _until(stated)
    return seconds if math.isfinite(seconds) else None


def _until(date: str) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - time.time())
    except ValueError:
        return None


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
