"""Work that outlives a request: Procrastinate's queue in the same PostgreSQL, and what brings back lost jobs.

A job is queued in the transaction that asks for it. It can run twice, when a worker that was thought dead lives on; the
functions that do the work guard against that by compare-and-set.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException, JobAborted
from procrastinate.jobs import Job, Status

from summarizer.adapters.database.connection import conninfo
from summarizer.adapters.database.tasks import BACKGROUND, COMPARE, DRAFT, INDEX_SOW, MEND_INDEX, SHADOW, WORK
from summarizer.draft_job import Interrupted

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = {INDEX_SOW: 3, MEND_INDEX: 3, COMPARE: 3, DRAFT: 10, SHADOW: 3}
"""How often a task is begun at all; a draft counts in its own record too, where people see it, and ends earlier."""
RESTART_S = 1.0
OPENING_S = 1.0
"""How long a worker that is told to stop may still try to reach the database."""


@dataclass(frozen=True)
class Pace:
    """How quickly the queue notices things, in seconds."""

    heartbeat_s: float = 5.0
    stalled_s: float = 15.0
    """After how long without a heartbeat a worker counts as dead."""
    rescue_s: float = 5.0
    """How often the living look for jobs of the dead."""
    poll_s: float = 2.0
    """How often a worker looks for jobs that came back; new ones are announced."""
    grace_s: float = 2.0
    """How long a stopping worker waits for its jobs before it interrupts them."""
    back_off_s: float = 5.0
    """After how long a job that failed is tried again: so long, then twice as long, and so on."""


class Queue:
    """Works off what was deferred."""

    def __init__(
        self,
        app_url: str,
        *,
        run: Callable[[str, str, Callable[[], bool]], None],
        index: Callable[[str, str], None],
        mend: Callable[[str], None] = lambda _workspace: None,
        compare: Callable[[str, str], None] = lambda _workspace, _comparison: None,
        shadow: Callable[[str, str, Callable[[], bool]], None] | None = None,
        pace: Pace = Pace(),
    ) -> None:
        """`run` makes the draft of (workspace, job id), and asks its third argument whether it has to stop.

        Then it raises Interrupted, and the job is run again by the next worker. Any other error brings it back too, so
        `run` has to count its attempts. `index` indexes (workspace, SOW id); `mend` brings the
        workspace's index in step with the library; `compare` makes the rows of (workspace, comparison id).
        `shadow` drafts (workspace, suggestion id) anew, under the terms of `run`; without it nobody works in that lane.
        """
        self._conninfo = conninfo(app_url)
        self._run = run
        self._index = index
        self._mend = mend
        self._compare = compare
        self._shadow = shadow
        self._pace = pace

    @contextmanager
    def worker(self, *, alone: bool, concurrency: int = 2) -> Iterator[None]:
        """Work in a thread as long as the block lasts, with up to `concurrency` tasks at once.

        With `alone` the caller vouches that there is no other worker (it holds the data folder's lock): what was being
        worked on at the start comes back at once, otherwise when its worker has not been heard of for a while.
        What nobody waits for is worked off beside it, one at a time.
        """
        lanes = [self._start(WORK, alone=alone, concurrency=concurrency)]
        if self._shadow is not None:
            lanes.append(self._start(BACKGROUND, alone=alone, concurrency=1))
        try:
            yield
        finally:
            for lane in lanes:
                lane.stop()
            for lane in lanes:
                lane.thread.join()

    def _start(self, lane: str, *, alone: bool, concurrency: int) -> "_Lane":
        loop = asyncio.new_event_loop()
        stop = asyncio.Event()
        target = partial(_run_in, loop, lambda: self._serve(stop, lane, alone=alone, concurrency=concurrency))
        thread = threading.Thread(target=target, name=f"{lane} worker")
        thread.start()
        return _Lane(thread, lambda: loop.call_soon_threadsafe(stop.set))

    def work_until_idle(self, lane: str = WORK) -> None:
        """Work here until nothing is left to do now in this lane; what failed and waits for its next attempt stays."""
        asyncio.run(self._work(lane, wait=False, alone=False, concurrency=1))

    async def _serve(self, stop: asyncio.Event, lane: str, *, alone: bool, concurrency: int) -> None:
        """Keep a worker going until `stop`, also over failures of the database."""
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            opened = asyncio.get_running_loop().create_future()
            work = asyncio.create_task(self._work(lane, wait=True, alone=alone, concurrency=concurrency, opened=opened))
            await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
            # A cancel that meets the pool while it opens gets lost: `asyncio.wait_for` swallows it before Python 3.12.
            await asyncio.wait({work, opened}, timeout=OPENING_S, return_when=asyncio.FIRST_COMPLETED)
            work.cancel()
            try:
                await work
            except asyncio.CancelledError:
                return
            except Exception:
                logger.exception("the worker stopped; it starts again")
            await asyncio.wait({stopping}, timeout=RESTART_S)

    async def _work(
        self,
        lane: str,
        *,
        wait: bool,
        alone: bool,
        concurrency: int,
        opened: "asyncio.Future[None] | None" = None,
    ) -> None:
        app = self._app(connections=concurrency + 3)
        try:
            await app.open_async()
            if opened:
                opened.set_result(None)
            await self._work_with(app, lane, wait=wait, alone=alone, concurrency=concurrency)
        finally:
            # `async with` would not close what was cancelled while it opened, and that keeps the loop from ending.
            await app.close_async()

    async def _work_with(self, app: App, lane: str, *, wait: bool, alone: bool, concurrency: int) -> None:
        if alone:
            await _bring_back(app, await app.job_manager.list_jobs_async(queue=lane, status=Status.DOING.value))
        rescue = asyncio.create_task(self._rescue_the_stalled(app))
        try:
            await app.run_worker_async(
                queues=[lane],
                wait=wait,
                concurrency=concurrency,
                install_signal_handlers=False,
                delete_jobs="successful",
                fetch_job_polling_interval=self._pace.poll_s,
                shutdown_graceful_timeout=self._pace.grace_s,
                update_heartbeat_interval=self._pace.heartbeat_s,
                stalled_worker_timeout=self._pace.stalled_s,
            )
        finally:
            rescue.cancel()

    def _app(self, *, connections: int) -> App:
        app = App(connector=PsycopgConnector(conninfo=self._conninfo, min_size=1, max_size=connections))
        again = _Again(self._pace.back_off_s)
        app.task(name=DRAFT, pass_context=True, retry=again)(self._draft)
        app.task(name=INDEX_SOW, retry=again)(self._index_sow)
        app.task(name=MEND_INDEX, retry=again)(self._mend_index)
        app.task(name=COMPARE, retry=again)(self._make_comparison)
        app.task(name=SHADOW, queue=BACKGROUND, pass_context=True, retry=again)(self._shadow_draft)
        return app

    def _draft(self, context: JobContext, *, workspace: str, id: str) -> None:
        try:
            self._run(workspace, id, context.should_abort)
        except Interrupted as error:
            raise JobAborted from error

    def _shadow_draft(self, context: JobContext, *, workspace: str, id: str) -> None:
        try:
            if self._shadow is not None:
                self._shadow(workspace, id, context.should_abort)
        except Interrupted as error:
            raise JobAborted from error

    def _index_sow(self, *, workspace: str, id: str) -> None:
        self._index(workspace, id)

    def _mend_index(self, *, workspace: str, id: str) -> None:  # noqa: ARG002 - each task has an id
        self._mend(workspace)

    def _make_comparison(self, *, workspace: str, id: str) -> None:
        self._compare(workspace, id)

    async def _rescue_the_stalled(self, app: App) -> None:
        """Procrastinate itself leaves a dead worker's jobs as they are."""
        while True:
            await asyncio.sleep(self._pace.rescue_s)
            try:
                stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._pace.stalled_s)
                await _bring_back(app, stalled)
            except ConnectorException:
                logger.warning("could not look for stalled jobs", exc_info=True)


async def _bring_back(app: App, jobs: Iterable[Job]) -> None:
    """Queue jobs again that were being worked on; one that keeps killing its worker is given up."""
    for job in jobs:
        # Another worker may have been faster, then the job is not in the state that PostgreSQL's function asks for.
        with suppress(ConnectorException):
            if _is_the_last(job):
                logger.error("%s is given up after %s attempts", job.call_string, job.attempts + 1)
                await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            else:
                logger.warning("%s has lost its worker and is queued again", job.call_string)
                await app.job_manager.retry_job(job)


def _is_the_last(job: Job) -> bool:
    """Whether the attempt that ends now was the last one; a task of another release has none."""
    return job.attempts + 1 >= MOST_ATTEMPTS.get(job.task_name, 1)


@dataclass(frozen=True)
class _Lane:
    """A worker in a thread."""

    thread: threading.Thread
    stop: Callable[[], object]


@dataclass(frozen=True)
class _Again(BaseRetryStrategy):
    """At once after an interruption, with growing pauses after an error."""

    back_off_s: float

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to run the job again; `None` for never."""
        if _is_the_last(job):
            return None
        pause = 0.0 if isinstance(exception, JobAborted) else self.back_off_s * (job.attempts + 1)
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=pause))


def _run_in(loop: asyncio.AbstractEventLoop, main: Callable[[], Coroutine[None, None, None]]) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(main())
