"""What stands before every request: no changes on behalf of foreign pages, and headers that keep browsers strict."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from summarizer.errors import SourceTooLarge, SummarizerError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SWALLOWED_BYTES = 100_000_000
OWN_PAGES = frozenset({"same-origin", "none"})
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Guard:
    """Refuses what another site's page asks a browser to change here: on loopback there is no sign-in to stop it."""

    def __init__(self, app: ASGIApp, *, most_bytes: int) -> None:
        """`most_bytes` is the largest body that is read at all."""
        self._app = app
        self._most_bytes = most_bytes

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

        error = self._refusal(scope["method"], Headers(scope=scope))
        if error is None:
            await self._app(scope, _bounded(receive, self._most_bytes), send_with_headers)
            return
        await _swallow(receive)
        await problems.known(Request(scope), error)(scope, receive, send_with_headers)

    def _refusal(self, method: str, headers: Headers) -> SummarizerError | None:
        """Browsers say by `Sec-Fetch-Site` who asks; what does not say it is no browser of our time."""
        if method not in SAFE_METHODS and headers.get("sec-fetch-site", "none") not in OWN_PAGES:
            return problems.ForeignOrigin()
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._most_bytes:
            return SourceTooLarge(f"The request has {int(length):,} bytes; the limit is {self._most_bytes:,}.")
        return None


def _bounded(receive: Receive, most_bytes: int) -> Receive:
    """Stops a body that does not say its length and never ends."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most_bytes:
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
