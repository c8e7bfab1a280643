"""What stands before every request: no changes on behalf of foreign pages, and headers that keep browsers strict."""

from collections.abc import Set
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from summarizer.errors import SourceTooLarge, SummarizerError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SWALLOWED_BYTES = 100_000_000
DEFAULT_PORTS = {"http": 80, "https": 443}
OWN_PAGES = frozenset({"same-origin", "none"})
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Guard:
    """Refuses what another site's page asks a browser to change here: on loopback there is no sign-in to stop it."""

    def __init__(self, app: ASGIApp, *, most_bytes: int, hosts: Set[str] | None) -> None:
        """`most_bytes` is the largest body that is read at all; `hosts`, if given, all names it answers to."""
        self._app = app
        self._most_bytes = most_bytes
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        error = self._refusal(scope, Headers(scope=scope))
        if error is None:
            await self._app(scope, _bounded(receive, self._most_bytes), send_with_headers)
            return
        await _swallow(receive)
        await problems.known(Request(scope), error)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope, headers: Headers) -> SummarizerError | None:
        asked = _place(f"{scope['scheme']}://{headers.get('host', '')}")
        if self._hosts is not None and (asked is None or asked[1] not in self._hosts):
            return problems.ForeignHost()
        if scope["method"] not in SAFE_METHODS and _is_foreign(headers, asked):
            return problems.ForeignOrigin()
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._most_bytes:
            return SourceTooLarge(f"The request has {int(length):,} bytes; the limit is {self._most_bytes:,}.")
        return None


Place = tuple[str, str, int | None]
"""Scheme, host and port."""


def _place(address: str) -> Place | None:
    """Where an address begins; `None` where it names no host.

    >>> _place("http://LOCALHOST") == _place("http://localhost:80") == ("http", "localhost", 80)
    True
    """
    try:
        parts = urlsplit(address)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


def _is_foreign(headers: Headers, asked: Place | None) -> bool:
    """Whether another site's page asks: browsers tell by `Sec-Fetch-Site` and `Origin`, other clients send neither."""
    origin = headers.get("origin")
    if origin is not None and (asked is None or _place(origin) != asked):
        return True
    return headers.get("sec-fetch-site", "none") not in OWN_PAGES


def _bounded(receive: Receive, most_bytes: int) -> Receive:
    """Stops a body that does not say its length and never ends."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most_bytes:
            if message.get("more_body"):
                await _swallow(receive)
            raise SourceTooLarge(f"The request has more than {most_bytes:,} bytes, which is the limit.")
        return message

    return bounded


async def _swallow(receive: Receive) -> None:
    """Read what the client sends, up to a bound: one that still writes does not look at the answer."""
    left = SWALLOWED_BYTES
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body"):
            return
