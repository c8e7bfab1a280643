"""A source: who gave it and when, and its text as it reads; the browser fills in the thread from the JSON interface."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages.shell import Here, page
from summarizer.records import Deal


@dataclass(frozen=True)
class SourcePage:
    """What is known of a source beside its text."""

    id: str
    deal: Deal
    name: str
    media_type: str
    size: int
    """Bytes, as given."""
    sha256: str
    """Of the original."""
    by: str
    at: datetime


def add_to(router: APIRouter) -> None:
    """Add the page of this module."""
    router.get("/sources/{source_id}")(source)


def source(source_id: str, ctx: Here) -> HTMLResponse:
    """One source. Raises NotFound."""
    found = ctx.store.sources.get(source_id)
    content = SourcePage(
        id=found.id,
        deal=ctx.store.deals.get(found.deal),
        name=found.name,
        media_type=found.media_type,
        size=len(found.original),
        sha256=found.sha256,
        by=ctx.name_of(found.created_by),
        at=found.created_at,
    )
    return page(ctx, "source", content)
