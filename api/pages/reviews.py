"""A job as it runs, and the review of what came out; both are filled in by the browser from the JSON interface."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages.shell import Here, page
from summarizer.records import Deal, Job


@dataclass(frozen=True)
class JobPage:
    """A draft being made."""

    job: Job
    deal: Deal


@dataclass(frozen=True)
class ReviewPage:
    """The frame of a review."""

    suggestion: str
    handoff: str
    deal: Deal


def add_to(router: APIRouter) -> None:
    """Add the pages of this module."""
    router.get("/jobs/{job_id}")(job)
    router.get("/suggestions/{suggestion_id}")(review)


def job(job_id: str, ctx: Here) -> HTMLResponse:
    """A job's progress; its events are replayed, so that a reload loses nothing."""
    found = ctx.store.jobs.get(job_id)
    return page(ctx, "job", JobPage(found, ctx.store.deals.get(found.deal)))


def review(suggestion_id: str, ctx: Here) -> HTMLResponse:
    """The review of a suggestion."""
    suggestion = ctx.store.suggestions.get(suggestion_id)
    handoff = ctx.store.handoffs.get(suggestion.handoff)
    return page(ctx, "review", ReviewPage(suggestion.id, handoff.id, ctx.store.deals.get(handoff.deal)))
