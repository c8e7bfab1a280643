"""A proxy that counts: what goes to a llama.cpp server through it, and the tokens that the server says it took."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx2

from eval.loopback import serving

_PASSED_ON = ("authorization", "content-type")


@dataclass
class Meter:
    """What the server has counted of all calls through one proxy."""

    upstream: str
    """Address of the server, ending in /v1."""
    url: str = ""
    calls: int = 0
    tokens_in: int = 0
    tokens_cached: int = 0
    """Of those that went in, those that the server had in its cache."""
    tokens_out: int = 0
    _in_flight: int = 0
    _idle: threading.Condition = field(default_factory=threading.Condition)

    @property
    def reading(self) -> tuple[int, int]:
        """Tokens in and out so far; waits for calls that are under way, also those whose client has gone."""
        with self._idle:
            self._idle.wait_for(lambda: not self._in_flight)
            return self.tokens_in, self.tokens_out

    def begin(self) -> None:
        """A call begins."""
        with self._idle:
            self._in_flight += 1

    def enter(self, timings: dict[str, Any]) -> None:
        """Count a call that is over by the server's own timings, the last that it gave."""
        with self._idle:
            self._in_flight -= 1
            self._idle.notify_all()
            self.calls += 1
            self.tokens_in += timings.get("prompt_n", 0) + timings.get("cache_n", 0)
            self.tokens_cached += timings.get("cache_n", 0)
            self.tokens_out += timings.get("predicted_n", 0)


class _Handler(BaseHTTPRequestHandler):
    meter: Meter

    def do_POST(self) -> None:
        """Pass the request on and its answer back, line by line."""
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        # With each delta, so that a call counts in full where its client hangs up in the middle.
        asked = request | {"timings_per_token": True}
        headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
        url = self.meter.upstream + self.path.removeprefix("/v1")
        timings: dict[str, Any] = {}
        self.meter.begin()
        try:
            with httpx2.stream("POST", url, json=asked, headers=headers, timeout=None) as answer:
                for counted in self._passed_back(answer):
                    timings = counted
        finally:
            self.meter.enter(timings)

    def _passed_back(self, answer: httpx2.Response) -> Iterator[dict[str, Any]]:
        """The server's counts in its answer, which goes back line by line until its client hangs up."""
        self.send_response(answer.status_code)
        self.send_header("content-type", answer.headers.get("content-type", "application/json"))
        self.end_headers()
        try:
            for line in answer.iter_lines():
                yield from _timings(line)
                self.wfile.write(f"{line}\n".encode())
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the figures are what counts."""


def _timings(line: str) -> Iterator[dict[str, Any]]:
    """The server's count in a line of its answer, if there is one."""
    if '"timings"' in line:
        yield json.loads(line.removeprefix("data: "))["timings"]


@contextmanager
def counting(upstream: str) -> Iterator[Meter]:
    """A proxy on a free port of the loopback interface, as long as the block lasts."""
    meter = Meter(upstream)
    with serving(type("Bound", (_Handler,), {"meter": meter})) as meter.url:
        yield meter
