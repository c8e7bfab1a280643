"""A stand-in for a language model: it speaks OpenAI's protocol, takes a fixed time, and counts who asks."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from time import monotonic, sleep
from typing import Any

from eval.loopback import serving

_PASSAGE = re.compile(r"^\[p(\d+)\] (.+ dashboard for site (\d+).*)$", re.MULTILINE)


@dataclass
class StandIn:
    """What the model has seen so far."""

    delay_s: float
    url: str = ""
    asked: Counter[int] = field(default_factory=Counter)
    """How often each site was asked about."""
    most_in_flight: int = 0
    began: float | None = None
    """When the first call came, on the monotonic clock."""
    _in_flight: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def answering(self, site: int) -> Iterator[None]:
        """A call about this site is being answered."""
        with self._lock:
            self.began = self.began or monotonic()
            self.asked[site] += 1
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            yield
        finally:
            with self._lock:
                self._in_flight -= 1


class _Handler(BaseHTTPRequestHandler):
    model: StandIn

    def do_POST(self) -> None:
        """Answer with one item, about the site that the thread names."""
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        found = _PASSAGE.search(request["messages"][1]["content"])
        number, text, site = found.groups() if found else ("1", "nothing", "0")
        with self.model.answering(int(site)):
            sleep(self.model.delay_s)
            self._stream(_answer(int(number), text))

    def _stream(self, answer: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for start in range(0, len(answer), 20):
            self._event({"content": answer[start : start + 20]}, None)
        self._event({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, str], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "stand-in", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the figures are what counts."""


def _answer(number: int, text: str) -> str:
    nothing = dict.fromkeys(("owner", "due", "baseline", "target"))
    item = {"kind": "scope", "text": text, "cite": [number], **nothing}
    return json.dumps({"items": [item], "stakeholders": []}, separators=(",", ":"))


@contextmanager
def stand_in(delay_s: float) -> Iterator[StandIn]:
    """The model on a free port of the loopback interface, as long as the block lasts."""
    model = StandIn(delay_s)
    with serving(type("Bound", (_Handler,), {"model": model})) as model.url:
        yield model
