"""Handoffs: versions, what changed between them, and their export."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Response

from api.context import Context, TransactionRoute, context, strong_etag
from api.exports import file_name, markdown
from api.lists import Rows
from api.views import DifferenceView, HandoffView, VersionSummary, VersionView
from summarizer.decisions import Version
from summarizer.difference import difference
from summarizer.errors import NotFound
from summarizer.handoff import Handoff
from summarizer.service import read_sources

router = APIRouter(prefix="/v1/handoffs", tags=["handoffs"], route_class=TransactionRoute)
Ctx = Annotated[Context, Depends(context)]


def version_of(handoff: Handoff, number: int) -> Version:
    """Raises NotFound."""
    version = handoff.version(number)
    if version is None:
        raise NotFound(f"The handoff has no version {number}.")
    return version


@router.get("/{handoff_id}", operation_id="getHandoff")
def get_handoff(ctx: Ctx, handoff_id: str, response: Response) -> HandoffView:
    """The handoff with its history."""
    view = HandoffView.of(ctx.store.handoffs.get(handoff_id), ctx)
    response.headers["ETag"] = strong_etag(view.id, view.current)
    return view


@router.get("/{handoff_id}/versions", operation_id="listVersions")
def list_versions(ctx: Ctx, handoff_id: str) -> Rows[VersionSummary]:
    """Oldest first."""
    return Rows(rows=HandoffView.of(ctx.store.handoffs.get(handoff_id), ctx).versions)


@router.get("/{handoff_id}/versions/{number}", operation_id="getVersion")
def get_version(ctx: Ctx, handoff_id: str, number: int) -> VersionView:
    """One version, whole; it never changes."""
    handoff = ctx.store.handoffs.get(handoff_id)
    return VersionView.of(version_of(handoff, number), handoff)


@router.get("/{handoff_id}/versions/{number}/diff", operation_id="compareVersions")
def compare_versions(
    ctx: Ctx,
    handoff_id: str,
    number: int,
    against: Annotated[int | None, Query(ge=0, description="The other version; the one before when left out.")] = None,
) -> DifferenceView:
    """What changed from `against` to this version, word by word."""
    handoff = ctx.store.handoffs.get(handoff_id)
    before = number - 1 if against is None else against
    older = version_of(handoff, before) if before else None
    changes = difference(older, version_of(handoff, number))
    return DifferenceView(before=before, after=number, changes=tuple(changes))


@router.get("/{handoff_id}/versions/{number}/export.md", operation_id="exportMarkdown", response_class=Response)
def export_markdown(ctx: Ctx, handoff_id: str, number: int) -> Response:
    """The version as a Markdown document."""
    handoff = ctx.store.handoffs.get(handoff_id)
    version, deal = version_of(handoff, number), ctx.store.deals.get(handoff.deal)
    text = markdown(deal, version, sources=read_sources(ctx.store, deal), name_of=ctx.name_of)
    return _file(text, "text/markdown; charset=utf-8", file_name(deal, version, "md"))


@router.get("/{handoff_id}/versions/{number}/export.json", operation_id="exportJson", response_class=Response)
def export_json(ctx: Ctx, handoff_id: str, number: int) -> Response:
    """The version as JSON, as `getVersion` shows it."""
    handoff = ctx.store.handoffs.get(handoff_id)
    version, deal = version_of(handoff, number), ctx.store.deals.get(handoff.deal)
    text = VersionView.of(version, handoff).model_dump_json(indent=2)
    return _file(text, "application/json", file_name(deal, version, "json"))


def _file(text: str, media_type: str, name: str) -> Response:
    disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(text, media_type=media_type, headers=disposition)
