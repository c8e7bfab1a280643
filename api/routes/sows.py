"""Past SOWs: the library that precedents come from."""

from contextlib import nullcontext
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Response, UploadFile

from api.context import Context, TransactionRoute, context
from api.views import Rows, SowSummary, SowView, page_of
from summarizer import service
from summarizer.draft_job import find_precedents
from summarizer.items import Precedent
from summarizer.records import DealType, Slice

router = APIRouter(prefix="/v1/sows", tags=["sows"], route_class=TransactionRoute)
Ctx = Annotated[Context, Depends(context)]


@router.get("", operation_id="listSows")
def list_sows(ctx: Ctx, page: Annotated[Slice, Depends(page_of)], search: str = "") -> Rows[SowSummary]:
    """Past SOWs, newest first."""
    found = ctx.store.sows.page(page, search=search)
    return Rows(rows=[SowSummary.of(sow) for sow in found.rows], next=found.next)


@router.post("", status_code=201, operation_id="addSow")
def add_sow(
    ctx: Ctx,
    response: Response,
    file: Annotated[UploadFile, File(description="A .docx, .pdf, .html, .md or .txt file.")],
    client: Annotated[str | None, Form()] = None,
    deal_type: Annotated[DealType | None, Form()] = None,
) -> SowSummary:
    """Add a past SOW; what the library has already is answered with 200 and not kept twice."""
    sow = service.add_sow(
        ctx.desk,
        name=file.filename or "SOW",
        content=file.file.read(),
        documents=ctx.services.documents,
        client=client,
        deal_type=deal_type,
    )
    response.headers["Location"] = f"/v1/sows/{sow.id}"
    return SowSummary.of(sow)


@router.get("/search", operation_id="searchSows")
def search_sows(
    ctx: Ctx,
    q: Annotated[str, Query(min_length=1, max_length=4000)],
    most: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Rows[Precedent]:
    """The sections of past SOWs that are nearest in meaning, best first."""
    # In this transaction: a request that took a second connection could wait for itself.
    workshop = replace(ctx.services.workshop(ctx.store.workspace), begin=lambda: nullcontext(ctx.store))
    return Rows(rows=find_precedents(workshop, q, most=most))


@router.get("/{sow_id}", operation_id="getSow")
def get_sow(ctx: Ctx, sow_id: str) -> SowView:
    """A past SOW with its sections."""
    sow = ctx.store.sows.get(sow_id)
    summary = SowSummary.of(sow).model_dump()
    return SowView(**summary, text=sow.text, sections=tuple(ctx.store.sows.sections(sow_id)))
