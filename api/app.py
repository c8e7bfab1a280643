"""The HTTP service: JSON under /v1, pages for people beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import problems
from api.guard import Guard
from api.pages import pages
from api.routes import deals, handoffs, jobs, meta, signed, sows, suggestions, support
from api.wiring import REQUESTS_AT_ONCE, Services

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def create_app(services: Services) -> FastAPI:
    """The application over opened services; whoever opened them closes them."""
    # Text grows when it is written as JSON, a file in a form does not.
    most_bytes = max(services.settings.max_source_bytes * 2, services.settings.max_file_bytes) + 100_000
    app = FastAPI(
        title="Scope Summarizer",
        summary="Turns sales threads into a reviewed, versioned handoff for delivery.",
        version="0.1.0",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        responses={"default": {"description": "A problem", "content": {problems.MEDIA_TYPE: {"schema": PROBLEM}}}},
    )
    app.state.services = services
    app.state.turns = asyncio.Semaphore(REQUESTS_AT_ONCE)
    problems.install(app)
    app.add_middleware(Guard, most_bytes=most_bytes, hosts=LOOPBACK if services.settings.host in LOOPBACK else None)
    for router in (
        deals.router,
        jobs.router,
        jobs.streams,
        suggestions.router,
        handoffs.router,
        sows.router,
        signed.router,
        meta.router,
        support.router,
    ):
        app.include_router(router)
    app.include_router(pages())
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    listening = asyncio.create_task(services.bell.run())
    yield
    await services.bell.close()
    await asyncio.wait({listening})


PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["/problems/stale-suggestion"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "remedy": {"type": "string"},
        "current": {"type": "string", "description": "Where the current state is found."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {"type": "string", "examples": ["#/items/3/evidence"]},
                },
            },
        },
    },
}
