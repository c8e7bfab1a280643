"""What the worker processes do that tests kill."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NoReturn

from summarizer.adapters.database.store import Database
from summarizer.adapters.queue import Pace, Queue
from summarizer.draft_job import Workshop, run
from summarizer.ports import Answer, Brief, Engine
from summarizer.testing import MemoryPrecedents

QUICK = Pace(heartbeat_s=0.2, stalled_s=2.5, rescue_s=0.3, poll_s=0.3, grace_s=0.3, back_off_s=0.1)


class Deadly:
    """An engine that takes its process with it."""

    name = "deadly"

    def draft(self, brief: Brief) -> Iterator[Answer]:
        os.kill(os.getpid(), signal.SIGKILL)
        yield from ()


def drafting(database: Database, engine: Engine) -> Callable[[str, str, Callable[[], bool]], None]:
    """What a queue runs to make drafts with this engine."""

    def draft(workspace: str, job_id: str, should_stop: Callable[[], bool]) -> None:
        workshop = Workshop(partial(database.begin, workspace), engine, MemoryPrecedents(), workspace)
        run(workshop, job_id, interrupted=should_stop)

    return draft


def work_for_ever(app_url: str, alone: bool) -> NoReturn:
    """Take a job, say so, and never finish it."""
    database = Database(app_url)

    def hang(workspace: str, job_id: str, _should_stop: Callable[[], bool]) -> None:
        with database.begin(workspace) as store:
            store.events.add(f"job:{job_id}", "begun", {})
        time.sleep(600)

    _work(app_url, hang, alone=alone)


def work_and_die(app_url: str) -> NoReturn:
    """Die of the first draft."""
    _work(app_url, drafting(Database(app_url), Deadly()), alone=True)


def index_and_die(app_url: str) -> NoReturn:
    """Die of the first SOW."""
    _work(app_url, lambda *_: None, alone=True)


def _work(app_url: str, draft: Callable[[str, str, Callable[[], bool]], None], *, alone: bool) -> NoReturn:
    def die(_workspace: str, _sow: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with Queue(app_url, run=draft, index=die, pace=QUICK).worker(alone=alone):
        time.sleep(600)
    raise AssertionError
