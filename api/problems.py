"""Errors on their way out: RFC 9457 problem details for programs, a page for people, from one place."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from summarizer.errors import (
    AlreadyDecided,
    CommitRefused,
    ConfigurationError,
    Conflict,
    EmptySource,
    EngineError,
    InvalidInput,
    KeyReused,
    NotFound,
    SourceTooLarge,
    StaleReview,
    StaleSuggestion,
    SummarizerError,
    UnsupportedSource,
)
from templates import environment

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class PreconditionRequired(SummarizerError):
    """The request must say which state it changes.

    Send `If-Match` with the `ETag` of the suggestion as you last read it.
    """


class ForeignOrigin(SummarizerError):
    """The request comes from a page of another site.

    Use the pages of this service, or a client that is no browser.
    """


class ForeignHost(SummarizerError):
    """The request asks for another host.

    Use the address that the service shows at its start; it answers to the names of this machine only.
    """


class UnreadableBody(InvalidInput):
    """The body of the request cannot be read.

    Send JSON in UTF-8 that is not nested deeply, or a form with its boundary and one file.
    """


class MethodNotAllowed(SummarizerError):
    """The address does not take this method.

    The header `Allow` names what it takes; /v1/openapi.json lists all addresses.
    """


STATUS: Mapping[type[SummarizerError], int] = {
    SourceTooLarge: 413,  # and by it UnpacksTooLarge; the other limits are InvalidInput, 422
    UnsupportedSource: 415,
    EmptySource: 422,
    InvalidInput: 422,
    NotFound: 404,
    StaleSuggestion: 412,
    StaleReview: 412,
    AlreadyDecided: 409,
    Conflict: 409,
    KeyReused: 422,
    CommitRefused: 422,
    EngineError: 502,
    ConfigurationError: 503,
    PreconditionRequired: 428,
    ForeignOrigin: 403,
    ForeignHost: 400,
    UnreadableBody: 400,
    MethodNotAllowed: 405,
    SummarizerError: 500,
}


def status_of(error: type[SummarizerError]) -> int:
    """The HTTP status of the nearest ancestor that has one."""
    return next(STATUS[parent] for parent in error.__mro__ if parent in STATUS)


def install(app: FastAPI) -> None:
    """Answer every error of the application in this one way."""
    app.add_exception_handler(SummarizerError, known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _unknown)


def known(request: Request, error: Exception) -> Response:
    """The answer to an error of the tree."""
    assert isinstance(error, SummarizerError)
    return _of_the_tree(request, error)


def _of_the_tree(request: Request, error: SummarizerError, *, headers: Mapping[str, str] | None = None) -> Response:
    kind = type(error)
    extra: dict[str, Any] = {}
    if isinstance(error, CommitRefused):
        extra["errors"] = [{"detail": fault.detail, "pointer": fault.pointer} for fault in error.faults]
    if isinstance(error, StaleSuggestion | StaleReview):
        extra["current"] = request.url.path.rsplit("/", 1)[0]
    return answer(
        request,
        status_of(kind),
        type=kind.slug(),
        title=kind.title(),
        detail=error.detail,
        remedy=kind.remedy(),
        headers=headers,
        **extra,
    )


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [{"detail": fault["msg"], "pointer": _pointer(fault["loc"])} for fault in error.errors()]
    return answer(
        request,
        422,
        type=InvalidInput.slug(),
        title=InvalidInput.title(),
        detail="; ".join(_in_words(fault) for fault in error.errors()[:3]),
        remedy=InvalidInput.remedy(),
        errors=faults,
    )


def _in_words(fault: Mapping[str, Any]) -> str:
    """What is wrong where, for a person: the pointer stands beside it for programs."""
    where = " ".join(str(part) for part in fault["loc"][1:]) or "The body"
    if fault["type"] == "missing" or (fault["type"] == "string_too_short" and fault["ctx"]["min_length"] == 1):
        return f"{where}: something has to stand here"
    return f"{where}: {fault['msg']}"


def _pointer(location: tuple[str | int, ...]) -> str:
    """JSON pointer into the request's body; for other places (query, header) their name stands first."""
    parts = location[1:] if location and location[0] == "body" else location
    return "#/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    meaning = _meaning(request, error)
    if meaning is not None:
        return _of_the_tree(request, meaning, headers=error.headers)
    title = HTTPStatus(error.status_code).phrase
    return answer(
        request, error.status_code, type="about:blank", title=title, detail=str(error.detail), headers=error.headers
    )


def _meaning(request: Request, error: HTTPException) -> SummarizerError | None:
    """What an error of the framework is in the tree."""
    if error.status_code == 400:
        return UnreadableBody(str(error.detail))
    if error.status_code == 404:
        return NotFound(f"There is nothing at {request.url.path}.")
    if error.status_code == 405:
        return MethodNotAllowed(f"{request.method} is not for {request.url.path}.")
    if error.status_code == 413:
        return SourceTooLarge("The request is larger than this service takes.")
    return None


def _gone(request: Request, _error: Exception) -> Response:
    """The client left before its body was whole: nobody reads this, and it is no error of the server."""
    return known(request, UnreadableBody("The body ended too early."))


def _unknown(request: Request, error: Exception) -> Response:
    logger.error("unexpected error at %s", request.url.path, exc_info=error)
    return known(request, SummarizerError("The server met an error that it did not expect."))


def answer(
    request: Request,
    status: int,
    *,
    type: str,
    title: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """A page for a browser that asked for one, problem details for everybody else."""
    if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1"):
        page = environment().get_template("pages/error.html.j2")
        context = {"title": title, "detail": detail, "remedy": more.get("remedy", ""), "status": status}
        return HTMLResponse(page.render(**context), status, headers=headers)
    kind = type if ":" in type else f"/problems/{type}"
    body = {"type": kind, "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)
