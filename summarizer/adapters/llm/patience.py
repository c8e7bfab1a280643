"""An HTTP client that loses patience with an event stream in which only comments come.

A time-out of the connection ends with any byte, and a proxy in front of a model that hangs sends comments for ever.
"""

import time
from collections.abc import Iterator

import httpx2
from openai import DefaultHttpxClient


def client(timeout_s: float) -> httpx2.Client:
    """A client whose event streams raise `httpx2.ReadTimeout` when no data came for `timeout_s` seconds."""

    def watch(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Watched(response.stream, timeout_s)

    return DefaultHttpxClient(timeout=timeout_s, event_hooks={"response": [watch]})


class _Watched(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, timeout_s: float) -> None:
        self._stream = stream
        self._timeout_s = timeout_s

    def __iter__(self) -> Iterator[bytes]:
        heard = time.monotonic()
        for block in self._stream:
            now = time.monotonic()
            if not block.lstrip().startswith(b":"):
                heard = now
            elif now - heard > self._timeout_s:
                raise httpx2.ReadTimeout("only comments came")
            yield block

    def close(self) -> None:
        self._stream.close()
