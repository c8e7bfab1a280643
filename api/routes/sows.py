"""Past SOWs: the library that precedents come from."""

from contextlib import nullcontext
from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Query, Response, UploadFile

from api.context import Context, TransactionRoute, context
from api.lists import Rows, page_of, rows
from api.views import SowAdded, SowView
from summarizer.draft_job import find_precedents
from summarizer.items import Precedent
from summarizer.library import Arrival, SowFile, add_sow, describe_sow
from summarizer.records import DealType, Outcome, Slice, SowCard, SowDetails, SowFilter

router = APIRouter(prefix="/v1/sows", tags=["sows"], route_class=TransactionRoute)
Ctx = Annotated[Context, Depends(context)]


def details_of(
    client: Annotated[str, Form(max_length=200)] = "",
    deal_type: Annotated[DealType | None, Form()] = None,
    year: Annotated[int | None, Form(ge=1970, le=2100, description="When it was signed.")] = None,
    outcome: Annotated[Outcome | None, Form(description="What became of the work.")] = None,
    readers: Annotated[list[str] | None, Form(description="Groups that may read it; none: the workspace.")] = None,
) -> SowDetails:
    """What a form says of a SOW."""
    return SowDetails(
        client=client.strip() or None, deal_type=deal_type, year=year, outcome=outcome, readers=tuple(readers or ())
    )


@router.get("", operation_id="listSows")
def list_sows(
    ctx: Ctx,
    page: Annotated[Slice, Depends(page_of)],
    wanted: Annotated[SowFilter, Depends()],
    search: str = "",
) -> Rows[SowCard]:
    """The newest versions of past SOWs, last added first; `search` looks into name and client."""
    return rows(ctx.store.sows.page(page, search=search, wanted=wanted, groups=ctx.person.groups))


@router.post("", status_code=201, operation_id="addSow")
def add(
    ctx: Ctx,
    response: Response,
    file: Annotated[UploadFile, File(description="A .docx, .pdf, .html, .md or .txt file.")],
    details: Annotated[SowDetails, Depends(details_of)],
    version_of: Annotated[str | None, Form(description="Id of the SOW that it is the next version of.")] = None,
) -> SowAdded:
    """Add a past SOW; what the library has already is answered with 200 and not kept twice.

    Changed content under the name of a SOW of the same client is its next version. What is not said of a version is
    taken from the one before.
    """
    given = SowFile(file.filename or "SOW", file.file.read())
    arrived = add_sow(ctx.desk, given, documents=ctx.services.documents, details=details, version_of=version_of or None)
    response.status_code = 200 if arrived.how is Arrival.UNCHANGED else 201
    response.headers["Location"] = f"/v1/sows/{arrived.sow.id}"
    return SowAdded(**arrived.sow.model_dump(), arrival=arrived.how)


@router.get("/search", operation_id="searchSows")
def search_sows(
    ctx: Ctx,
    q: Annotated[str, Query(min_length=1, max_length=4000)],
    wanted: Annotated[SowFilter, Depends()],
    most: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Rows[Precedent]:
    """The sections of past SOWs that are nearest in words and meaning, best first; empty where none is near."""
    return Rows(rows=found_by(ctx, q, most=most, wanted=wanted))


def found_by(ctx: Context, words: str, *, most: int, wanted: SowFilter) -> list[Precedent]:
    """What the person may read of it, in the SOWs that are wanted."""
    # In this transaction: a request that took a second connection could wait for itself.
    workshop = replace(ctx.services.workshop(ctx.store.workspace), begin=lambda: nullcontext(ctx.store))
    return find_precedents(workshop, words, most=most, wanted=wanted, groups=ctx.person.groups)


@router.get("/{sow_id}", operation_id="getSow")
def get_sow(ctx: Ctx, sow_id: str) -> SowView:
    """A version of a past SOW with its sections."""
    sow = ctx.store.sows.get(sow_id, groups=ctx.person.groups)
    return SowView(
        **sow.model_dump(exclude={"original"}),
        newest=ctx.store.sows.newest(sow.id).id,
        sections=tuple(ctx.store.sows.sections(sow.id)),
    )


@router.get("/{sow_id}/versions", operation_id="listSowVersions")
def list_versions(ctx: Ctx, sow_id: str) -> Rows[SowCard]:
    """All versions of the SOW, newest first."""
    sow = ctx.store.sows.get(sow_id, groups=ctx.person.groups)
    return Rows(rows=ctx.store.sows.versions(sow.id, groups=ctx.person.groups))


@router.get("/{sow_id}/original", operation_id="getSowOriginal", response_class=Response)
def get_original(ctx: Ctx, sow_id: str) -> Response:
    """The file as it was given, to be saved."""
    sow = ctx.store.sows.get(sow_id, groups=ctx.person.groups)
    name = quote(sow.name.rsplit("/", 1)[-1])
    # Somebody else's HTML or PDF is never shown as a page of ours.
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(sow.original, media_type="application/octet-stream", headers=headers)


@router.put("/{sow_id}/details", operation_id="describeSow")
def describe(ctx: Ctx, sow_id: str, details: SowDetails) -> SowCard:
    """Replace what is known of a SOW, for all its versions."""
    return describe_sow(ctx.desk, sow_id, details)
