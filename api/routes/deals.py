"""Deals, their sources, and asking for a draft."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import UploadFile

from api.bodies import NewDeal, NewDraft, NewSide, NewSource
from api.context import Context, TransactionRoute, context
from api.lists import Rows, page_of, rows
from api.views import GivenView, HandoffView, Sides, SourceSummary, SourceView, SuggestionSummary
from summarizer import service
from summarizer.errors import EmptySource, InvalidInput
from summarizer.records import Deal, Job, Slice

router = APIRouter(prefix="/v1", tags=["deals"], route_class=TransactionRoute)
Ctx = Annotated[Context, Depends(context)]
PASTED = NewSource.model_json_schema()
UPLOADED = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
SOURCE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": PASTED,
                "example": {"name": "Thread of May", "text": "From: Ana\nHi Ben, …"},
            },
            "multipart/form-data": {"schema": UPLOADED},
        },
    }
}


@router.get("/deals", operation_id="listDeals")
def list_deals(ctx: Ctx, page: Annotated[Slice, Depends(page_of)], search: str = "") -> Rows[Deal]:
    """Deals, newest first."""
    return rows(ctx.store.deals.page(page, search=search))


@router.post("/deals", status_code=201, operation_id="openDeal")
def open_deal(ctx: Ctx, body: NewDeal, response: Response) -> Deal:
    """Open a deal by hand."""
    deal = service.open_deal(ctx.desk, **dict(body))
    response.headers["Location"] = f"/v1/deals/{deal.id}"
    return deal


@router.get("/deals/{deal_id}", operation_id="getDeal")
def get_deal(ctx: Ctx, deal_id: str) -> Deal:
    return ctx.store.deals.get(deal_id)


@router.get("/deals/{deal_id}/sources", operation_id="listSources")
def list_sources(ctx: Ctx, deal_id: str) -> Rows[SourceSummary]:
    """The deal's sources, oldest first."""
    sources = ctx.store.sources.of_deal(ctx.store.deals.get(deal_id).id)
    return Rows(rows=[SourceSummary.of(source) for source in sources])


@dataclass(frozen=True)
class Given:
    """What was pasted or uploaded."""

    name: str
    content: bytes
    file_name: str | None = None
    """Tells the kind of file where `name` is a title."""


async def given(request: Request) -> Given:
    """The part of the request that becomes a source. Raises EmptySource, InvalidInput."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_files=1) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise EmptySource("The form has no part called “file”.")
            return Given(file.filename or "Uploaded file", await file.read())
    try:
        pasted = NewSource.model_validate_json(await request.body())
    except ValueError as error:
        raise InvalidInput("The body must be JSON with a `text`, or a form with a `file`.") from error
    return Given(pasted.name, pasted.text.encode(), file_name="pasted.txt")


@router.post("/deals/{deal_id}/sources", status_code=201, operation_id="giveSource", openapi_extra=SOURCE_BODY)
def give_source(ctx: Ctx, deal_id: str, what: Annotated[Given, Depends(given)], response: Response) -> GivenView:
    """Paste a text or upload a file; what the deal has already is answered with 200 and not kept twice.

    What is attached to a mail becomes a source of its own, and so does each conversation of a mailbox (`also`).
    """
    known = {source.id for source in ctx.store.sources.of_deal(deal_id)}
    sources = service.give_source(ctx.desk, deal_id, documents=ctx.services.documents, **vars(what))
    response.status_code = 200 if all(source.id in known for source in sources) else 201
    response.headers["Location"] = f"/v1/sources/{sources[0].id}"
    return GivenView.of_all(sources)


@router.get("/sources/{source_id}", operation_id="getSource", tags=["sources"])
def get_source(ctx: Ctx, source_id: str) -> SourceView:
    """A source with its text, messages and passages."""
    stored = ctx.store.sources.get(source_id)
    source = service.read_source(ctx.store, stored, ctx.store.deals.get(stored.deal))
    return SourceView.read_from(stored, source)


@router.get("/deals/{deal_id}/sides", operation_id="getSides")
def get_sides(ctx: Ctx, deal_id: str) -> Sides:
    """Who stands where, as far as people had to say so."""
    return Sides(sides=ctx.store.deals.sides(ctx.store.deals.get(deal_id).id))


@router.put("/deals/{deal_id}/sides", operation_id="correctSide")
def correct_side(ctx: Ctx, deal_id: str, body: NewSide) -> Sides:
    """Say on which side somebody stands; `null` takes the word back. Drafts asked for from now on know it."""
    return Sides(sides=service.correct_side(ctx.desk, deal_id, who=body.who, side=body.side))


@router.post("/deals/{deal_id}/suggestions", status_code=202, operation_id="askForDraft")
def ask_for_draft(ctx: Ctx, deal_id: str, response: Response, body: NewDraft | None = None) -> Job:
    """Ask for a draft; it is made by a job, which `Location` names."""
    job = service.ask_for_draft(ctx.desk, deal_id, sources=body.sources if body else ())
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return job


@router.get("/deals/{deal_id}/suggestions", operation_id="listSuggestions")
def list_suggestions(ctx: Ctx, deal_id: str) -> Rows[SuggestionSummary]:
    """All drafts of the deal, newest first."""
    handoff = ctx.store.handoffs.of_deal(ctx.store.deals.get(deal_id).id)
    found = ctx.store.suggestions.of_handoff(handoff.id)
    names = set(SuggestionSummary.model_fields) - {"made_by", "items"}
    return Rows(
        rows=[
            SuggestionSummary(**each.model_dump(include=names), made_by=each.draft.made_by, items=len(each.draft.items))
            for each in found
        ]
    )


@router.get("/deals/{deal_id}/jobs", operation_id="listJobs")
def list_jobs(ctx: Ctx, deal_id: str) -> Rows[Job]:
    """The deal's drafting jobs, newest first."""
    return Rows(rows=ctx.store.jobs.of_deal(ctx.store.deals.get(deal_id).id))


@router.get("/deals/{deal_id}/handoff", operation_id="getHandoffOfDeal")
def get_handoff(ctx: Ctx, deal_id: str) -> HandoffView:
    return HandoffView.of(ctx.store.handoffs.of_deal(ctx.store.deals.get(deal_id).id), ctx)
