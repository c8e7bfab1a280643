"""Past SOWs: the library and one of them."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages.shell import Here, page
from summarizer.records import DealType, Slice, Sow, SowSection

PAGE_SIZE = 50


@dataclass(frozen=True)
class SowRow:
    """A past SOW in the list."""

    id: str
    name: str
    client: str | None
    deal_type: DealType | None
    size: int
    """Bytes of the file."""
    created_at: datetime


@dataclass(frozen=True)
class SowsPage:
    """The library."""

    rows: list[SowRow]
    next: str | None
    """Token of the next page; `None` on the last."""
    deal_types: list[DealType]


@dataclass(frozen=True)
class SectionRow:
    """A section, its heading apart from what stands under it."""

    id: str
    heading: str
    body: str


@dataclass(frozen=True)
class SowPage:
    """One past SOW with its sections."""

    sow: Sow
    sections: list[SectionRow]
    by: str


def add_to(router: APIRouter) -> None:
    """Add the pages of this module."""
    router.get("/sows")(sows)
    router.get("/sows/{sow_id}")(sow)


def sows(ctx: Here, page_token: str | None = None) -> HTMLResponse:
    """All past SOWs, newest first."""
    found = ctx.store.sows.page(Slice(size=PAGE_SIZE, after=page_token))
    return page(ctx, "sows", SowsPage([_row(each) for each in found.rows], found.next, list(DealType)), here="sows")


def _row(sow: Sow) -> SowRow:
    return SowRow(sow.id, sow.name, sow.client, sow.deal_type, len(sow.original), sow.created_at)


def sow(sow_id: str, ctx: Here) -> HTMLResponse:
    """A past SOW, section by section."""
    found = ctx.store.sows.get(sow_id)
    sections = [_section(each) for each in ctx.store.sows.sections(found.id)]
    return page(ctx, "sow", SowPage(found, sections, ctx.name_of(found.created_by)), here="sows")


def _section(section: SowSection) -> SectionRow:
    first, _, rest = section.text.strip().partition("\n")
    repeats = first.strip("#* \t") == section.heading
    return SectionRow(section.id, section.heading, rest.strip() if repeats else section.text.strip())
