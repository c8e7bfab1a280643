"""The connection to an endpoint: it loses patience with a stream of comments, and can be hung up from another thread.

A time-out of the connection ends with any byte, and a proxy in front of a model that hangs sends comments for ever. And
closing a socket does not wake the thread that reads from it; shutting it down does.
"""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import httpx2
from openai import DefaultHttpxClient

_NEW_STREAM = ("connect_tcp.complete", "start_tls.complete")


class Line:
    """An HTTP client for one request at a time, which any thread may end."""

    def __init__(self, timeout_s: float) -> None:
        """Event streams raise `httpx2.ReadTimeout` when no data came for `timeout_s` seconds."""
        self._timeout_s = timeout_s
        self._socket: socket.socket | None = None
        self._hung_up = False
        hooks: dict[str, list[Callable[..., None]]] = {"request": [self._trace], "response": [self._watch]}
        self.client = DefaultHttpxClient(timeout=timeout_s, event_hooks=hooks)

    def pick_up(self) -> None:
        """Make ready for the next request."""
        self._hung_up = False

    def hang_up(self) -> None:
        """End the request that is under way, wherever it is; harmless without one."""
        self._hung_up = True
        if self._socket is not None:
            with suppress(OSError):  # it is closed already
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of all connections."""
        self.client.close()

    def _trace(self, request: httpx2.Request) -> None:
        request.extensions["trace"] = self._note

    def _note(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the socket, which a response shows only once its headers are there."""
        if event.endswith(_NEW_STREAM):
            self._socket = info["return_value"].get_extra_info("socket")
            if self._hung_up:
                self.hang_up()

    def _watch(self, response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Watched(response.stream, self._timeout_s)


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
