"""Drafting jobs: their state, cancel and retry, and the stream of their events."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.context import Context, TransactionRoute, context, look
from api.wiring import Services
from summarizer import service
from summarizer.records import Event, Job
from summarizer.stores import Store

router = APIRouter(prefix="/v1", tags=["jobs"], route_class=TransactionRoute)
streams = APIRouter(prefix="/v1", tags=["jobs"])
Ctx = Annotated[Context, Depends(context)]
LARGEST_ID = 2**63 - 1


@router.get("/jobs/{job_id}", operation_id="getJob")
def get_job(ctx: Ctx, job_id: str) -> Job:
    return ctx.store.jobs.get(job_id)


@router.post("/jobs/{job_id}/cancel", operation_id="cancelJob")
def cancel_job(ctx: Ctx, job_id: str) -> Job:
    """Stop a job that is queued or running."""
    return service.cancel_job(ctx.desk, job_id)


@router.post("/jobs/{job_id}/retry", status_code=202, operation_id="retryJob")
def retry_job(ctx: Ctx, job_id: str) -> Job:
    """Queue a failed or cancelled job again, from the same sources."""
    return service.retry_job(ctx.desk, job_id)


async def watched(request: Request, job_id: str) -> Job:
    """The job, looked up while the answer can still be another. Raises NotFound."""
    return await look(request, lambda store: store.jobs.get(job_id))


@streams.get("/jobs/{job_id}/events", operation_id="watchJob", response_class=EventSourceResponse)
async def watch_job(
    request: Request,
    job: Annotated[Job, Depends(watched)],
    last_event_id: Annotated[int, Header(ge=0, le=LARGEST_ID)] = 0,
) -> AsyncIterator[ServerSentEvent]:
    """What happens to a job, as server-sent events; `Last-Event-ID` resumes. The stream ends with the job.

    `item` and `stakeholder` are provisional: `restarted` takes them back, and the suggestion alone counts.
    """
    services: Services = request.app.state.services
    with services.watch(job.topic) as rung:
        while True:
            rung.clear()
            job, events = await look(request, partial(_news, job.id, last_event_id))
            for event in events:
                last_event_id = event.id
                yield ServerSentEvent(data=event.body, event=event.kind, id=str(event.id), retry=1000)
            if job.over and not events:
                return
            if not events:
                await rung.wait()


def _news(job_id: str, last_event_id: int, store: Store) -> tuple[Job, list[Event]]:
    """The job and its events after the last one that was sent; the job is read first, so that none is missed."""
    job = store.jobs.get(job_id)
    return job, store.events.after(job.topic, last_event_id)
