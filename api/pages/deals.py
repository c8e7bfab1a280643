"""Deals: the list, with where each one stands, and one deal with its sources and drafts."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.context import Context
from api.pages.shell import Here, State, page
from api.pages.signed import TITLES
from summarizer.decisions import Suggestion, Verdict, Version
from summarizer.handoff import Handoff
from summarizer.records import Deal, DealType, Job, JobStatus, Slice
from summarizer.reviewing import open_review

PAGE_SIZE = 25
JOB_STATES = {
    JobStatus.QUEUED: State("Drafting", "accent"),
    JobStatus.RUNNING: State("Drafting", "accent"),
    JobStatus.FAILED: State("Draft failed", "bad"),
    JobStatus.CANCELLED: State("Draft cancelled"),
}


@dataclass(frozen=True)
class DealRow:
    """A deal in the list."""

    deal: Deal
    state: State


@dataclass(frozen=True)
class DealsPage:
    """The list of deals."""

    rows: list[DealRow]
    search: str
    next: str | None
    """Token of the next page; `None` on the last."""
    vendor: str
    """The vendor of the newest deal, as a default for the next one."""
    deal_types: list[DealType]


@dataclass(frozen=True)
class SourceRow:
    """A source of the deal."""

    id: str
    name: str
    size: int
    """Bytes, as given."""
    by: str
    at: datetime


@dataclass(frozen=True)
class DraftRow:
    """A draft, or an attempt at one."""

    id: str
    href: str
    at: datetime
    engine: str
    state: State
    decided: int = 0
    """How many of its entries somebody has decided on."""


@dataclass(frozen=True)
class CurrentRow:
    """The newest version of the handoff."""

    number: int
    items: int
    people: int
    by: str
    at: datetime
    note: str | None


@dataclass(frozen=True)
class SignedLine:
    """The signed SOW that was compared last."""

    name: str
    at: datetime
    counts: list[tuple[str, int]]
    """How many rows each column has; empty until the comparison is made."""


@dataclass(frozen=True)
class DealPage:
    """One deal."""

    deal: Deal
    sources: list[SourceRow]
    drafts: list[DraftRow]
    open: DraftRow | None
    """The draft that waits for a reviewer."""
    running: str | None
    """Id of the job that is drafting."""
    handoff: str
    current: CurrentRow | None
    signed: SignedLine | None
    """The signed SOW; `None` before one is attached."""
    most_bytes: int
    """The largest file that is taken."""


def add_to(router: APIRouter) -> None:
    """Add the pages of this module."""
    router.get("/")(deals)
    router.get("/deals/{deal_id}")(deal)


def deals(ctx: Here, search: str = "", page_token: str | None = None) -> HTMLResponse:
    """The deals, newest first."""
    found = ctx.store.deals.page(Slice(size=PAGE_SIZE, after=page_token), search=search.strip())
    rows = [DealRow(each, _deal_state(ctx, each)) for each in found.rows]
    vendor = found.rows[0].vendor if found.rows else ""
    return page(ctx, "deals", DealsPage(rows, search.strip(), found.next, vendor, list(DealType)))


def _deal_state(ctx: Context, deal: Deal) -> State:
    jobs = ctx.store.jobs.of_deal(deal.id)
    if jobs and jobs[0].status is not JobStatus.DONE:
        return JOB_STATES[jobs[0].status]
    if not jobs:
        return State("Ready to draft") if ctx.store.sources.of_deal(deal.id) else State("No source")
    handoff = ctx.store.handoffs.of_deal(deal.id)
    suggestions = ctx.store.suggestions.of_handoff(handoff.id)
    return _draft_state(ctx, suggestions[0], handoff) if suggestions else State("Ready to draft")


def _draft_state(ctx: Context, suggestion: Suggestion, handoff: Handoff) -> State:
    if suggestion.committed_as is not None:
        return State(f"Version {suggestion.committed_as}", "good")
    if suggestion.base_version != handoff.number:
        return State("Out of date", "warn")
    review = open_review(ctx.store, suggestion.id).review
    left = sum(row.open for row in review.items()) + sum(row.open for row in review.stakeholders())
    return State(f"In review, {left} left", "accent") if left else State("In review, ready to commit", "accent")


def deal(deal_id: str, ctx: Here) -> HTMLResponse:
    """One deal: give it sources, ask for a draft, go on with what there is."""
    found = ctx.store.deals.get(deal_id)
    handoff = ctx.store.handoffs.of_deal(found.id)
    jobs = ctx.store.jobs.of_deal(found.id)
    pending = _drafts(ctx, handoff)
    failed = [_attempt(job) for job in jobs if job.status in {JobStatus.FAILED, JobStatus.CANCELLED}]
    newest = ctx.store.suggestions.of_handoff(handoff.id)[:1]
    content = DealPage(
        deal=found,
        sources=_sources(ctx, found),
        drafts=sorted([*pending, *failed], key=lambda row: row.at, reverse=True),
        open=pending[0] if newest and newest[0].committed_as is None else None,
        running=next((job.id for job in jobs if not job.over), None),
        handoff=handoff.id,
        current=_current(ctx, handoff.current),
        signed=_signed(ctx, found),
        most_bytes=ctx.services.settings.max_file_bytes,
    )
    return page(ctx, "deal", content)


def _signed(ctx: Context, deal: Deal) -> SignedLine | None:
    newest = next(iter(ctx.store.signed.comparisons(deal.id)), None)
    if newest is None:
        return None
    name = next(card.name for card in ctx.store.signed.of_deal(deal.id) if card.id == newest.signed_sow)
    made = newest.rows is not None
    counts = [(title.lower(), len(newest.column(column))) for column, (title, _) in TITLES.items()] if made else []
    return SignedLine(name, newest.created_at, counts)


def _sources(ctx: Context, deal: Deal) -> list[SourceRow]:
    return [
        SourceRow(each.id, each.name, len(each.original), ctx.name_of(each.created_by), each.created_at)
        for each in ctx.store.sources.of_deal(deal.id)
    ]


def _drafts(ctx: Context, handoff: Handoff) -> list[DraftRow]:
    return [
        DraftRow(
            id=each.id,
            href=f"/suggestions/{each.id}",
            at=each.created_at,
            engine=f"{each.draft.made_by.engine}, {each.draft.made_by.model.partition('@')[0]}",
            state=_draft_state(ctx, each, handoff),
            decided=_decided(ctx, each),
        )
        for each in ctx.store.suggestions.of_handoff(handoff.id)
    ]


def _decided(ctx: Context, suggestion: Suggestion) -> int:
    review = open_review(ctx.store, suggestion.id).review
    verdicts = [row.verdict for row in review.items()] + [row.verdict for row in review.stakeholders()]
    return sum(verdict is not Verdict.UNDECIDED for verdict in verdicts)


def _attempt(job: Job) -> DraftRow:
    return DraftRow(job.id, f"/jobs/{job.id}", job.created_at, "", JOB_STATES[job.status])


def _current(ctx: Context, version: Version | None) -> CurrentRow | None:
    if version is None:
        return None
    return CurrentRow(
        number=version.number,
        items=len(version.items),
        people=len(version.stakeholders),
        by=ctx.name_of(version.committed_by),
        at=version.committed_at,
        note=version.note,
    )
