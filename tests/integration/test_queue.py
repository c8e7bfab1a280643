"""Jobs on the real queue: queued with their transaction, brought back when their worker dies."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from summarizer.adapters.database.store import Database
from summarizer.adapters.postgres import Cluster
from summarizer.adapters.queue import Queue
from summarizer.draft_job import Interrupted
from summarizer.errors import NotFound
from summarizer.records import JobStatus
from summarizer.testing import ScriptedEngine
from tests import making
from tests.integration import dying_worker
from tests.integration.dying_worker import QUICK, drafting

WITHIN_S = 20
TOPIC = "job:j1"


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Makes processes that have our modules already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([dying_worker.__name__])
    return context


class Recorder:
    """Notes what a queue asks it to do."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []

    def draft(self, workspace: str, job_id: str, _should_stop: Callable[[], bool]) -> None:
        self.done.append((workspace, job_id))

    def index(self, workspace: str, sow_id: str) -> None:
        self.done.append((workspace, sow_id))

    def queue(self, cluster: Cluster) -> Queue:
        return Queue(cluster.app_url, run=self.draft, index=self.index, pace=QUICK)


def ask(database: Database) -> None:
    with database.begin("north") as store:
        store.deals.add(making.deal())
        store.sources.add(making.source())
        store.jobs.add(making.job())


def queued(cluster: Cluster) -> list[tuple[str, str, int]]:
    """Task, status and attempts of all that the queue holds."""
    engine = create_engine(cluster.owner_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT task_name, status::text, attempts FROM procrastinate_jobs ORDER BY id"))
        found = [(row.task_name, row.status, row.attempts) for row in rows]
    engine.dispose()
    return found


def eventually(holds: Callable[[], object]) -> bool:
    """Whether it holds within some seconds."""
    end = time.monotonic() + WITHIN_S
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def begun(database: Database) -> bool:
    with database.begin("north") as store:
        return bool(store.events.after(TOPIC, 0))


@contextmanager
def running(processes: ForkServerContext, target: Callable[..., Any], *arguments: Any) -> Iterator[BaseProcess]:
    process = processes.Process(target=target, args=arguments)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def test_a_job_and_its_place_in_the_queue_are_kept_together(cluster: Cluster, database: Database) -> None:
    ask(database)
    assert queued(cluster) == [("draft", "todo", 0)]


def test_a_job_and_its_place_in_the_queue_are_dropped_together(cluster: Cluster, database: Database) -> None:
    def ask_and_fail() -> None:
        with database.begin("north") as store:
            store.deals.add(making.deal())
            store.jobs.add(making.job())
            store.deals.get("nothing")

    with pytest.raises(NotFound):
        ask_and_fail()
    assert queued(cluster) == []
    with database.begin("north") as store, pytest.raises(NotFound):
        store.jobs.get("j1")


def test_all_that_is_queued_is_worked_off(cluster: Cluster, database: Database) -> None:
    recorder = Recorder()
    ask(database)
    with database.begin("south") as store:
        store.sows.add(making.sow(), [making.section()])
    recorder.queue(cluster).work_until_idle()
    assert recorder.done == [("north", "j1"), ("south", "w1")]
    assert queued(cluster) == []


def test_a_worker_that_is_stopped_while_it_starts_ends(cluster: Cluster) -> None:
    queue = Recorder().queue(cluster)
    for pause in range(40):
        with queue.worker(alone=True):
            time.sleep(pause / 1000)


def test_a_worker_takes_a_job_as_soon_as_it_is_committed(cluster: Cluster, database: Database) -> None:
    recorder = Recorder()
    with recorder.queue(cluster).worker(alone=True):
        ask(database)
        assert eventually(lambda: recorder.done == [("north", "j1")])
        with database.begin("north") as store:
            store.jobs.requeue(making.job())
        assert eventually(lambda: recorder.done == [("north", "j1")] * 2)


def test_a_job_that_fails_is_tried_again(cluster: Cluster, database: Database) -> None:
    attempts: list[str] = []

    def fail_at_first(workspace: str, job_id: str, _should_stop: Callable[[], bool]) -> None:
        attempts.append(job_id)
        if len(attempts) < 2:
            raise RuntimeError("the database went away")

    ask(database)
    with Queue(cluster.app_url, run=fail_at_first, index=Recorder().index, pace=QUICK).worker(alone=True):
        assert eventually(lambda: attempts == ["j1", "j1"])
        assert eventually(lambda: queued(cluster) == [])


def test_an_indexing_that_always_fails_is_given_up(cluster: Cluster, database: Database) -> None:
    def fail(_workspace: str, _sow: str) -> None:
        raise RuntimeError("the index is broken")

    with database.begin("north") as store:
        store.sows.add(making.sow(), [making.section()])
    with Queue(cluster.app_url, run=Recorder().draft, index=fail, pace=QUICK).worker(alone=True):
        assert eventually(lambda: queued(cluster) == [("index_sow", "failed", 3)])


def test_a_stopping_worker_interrupts_its_job_and_the_next_one_does_it(cluster: Cluster, database: Database) -> None:
    def wait_for_the_end(workspace: str, job_id: str, should_stop: Callable[[], bool]) -> None:
        with database.begin(workspace) as store:
            store.events.add(TOPIC, "begun", {})
        while not should_stop():
            time.sleep(0.02)
        raise Interrupted

    recorder = Recorder()
    ask(database)
    with Queue(cluster.app_url, run=wait_for_the_end, index=recorder.index, pace=QUICK).worker(alone=True):
        assert eventually(lambda: begun(database))
        assert queued(cluster) == [("draft", "doing", 0)]
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 3
    assert queued(cluster) == [("draft", "todo", 1)]
    recorder.queue(cluster).work_until_idle()
    assert recorder.done == [("north", "j1")]


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "with others"])
def test_the_job_of_a_killed_worker_is_done_by_the_next_one(
    cluster: Cluster, database: Database, processes: ForkServerContext, alone: bool
) -> None:
    ask(database)
    with running(processes, dying_worker.work_for_ever, cluster.app_url, alone) as process:
        assert eventually(lambda: begun(database))
    assert process.exitcode == -SIGKILL
    assert queued(cluster) == [("draft", "doing", 0)]
    recorder = Recorder()
    with recorder.queue(cluster).worker(alone=alone):
        assert eventually(lambda: recorder.done == [("north", "j1")])
    assert queued(cluster) == []


def test_the_job_of_a_living_worker_is_left_to_it(
    cluster: Cluster, database: Database, processes: ForkServerContext
) -> None:
    ask(database)
    recorder = Recorder()
    with running(processes, dying_worker.work_for_ever, cluster.app_url, False):
        assert eventually(lambda: begun(database))
        with recorder.queue(cluster).worker(alone=False):
            time.sleep(QUICK.stalled_s + 2 * QUICK.rescue_s)
    assert recorder.done == []


def test_a_draft_that_kills_its_worker_each_time_ends_as_failed(
    cluster: Cluster, database: Database, processes: ForkServerContext
) -> None:
    ask(database)
    for _ in range(3):
        with running(processes, dying_worker.work_and_die, cluster.app_url) as process:
            process.join(WITHIN_S)
    queue = Queue(cluster.app_url, run=drafting(database, ScriptedEngine([])), index=Recorder().index, pace=QUICK)
    with queue.worker(alone=True):
        assert eventually(lambda: queued(cluster) == [])
    with database.begin("north") as store:
        job = store.jobs.get("j1")
    assert (job.status, job.attempts) == (JobStatus.FAILED, 3)
    assert job.problem is not None
    assert job.problem.detail == "It was begun 3 times, and each time its worker died, or lost the database."


def test_a_sow_that_kills_its_worker_each_time_is_given_up(
    cluster: Cluster, database: Database, processes: ForkServerContext
) -> None:
    with database.begin("north") as store:
        store.sows.add(making.sow(), [making.section()])
    for _ in range(3):
        with running(processes, dying_worker.index_and_die, cluster.app_url) as process:
            process.join(WITHIN_S)
    recorder = Recorder()
    with recorder.queue(cluster).worker(alone=True):
        assert eventually(lambda: queued(cluster) == [("index_sow", "failed", 3)])
    assert recorder.done == []


def test_a_worker_goes_on_after_the_loss_of_all_its_connections(cluster: Cluster, database: Database) -> None:
    recorder = Recorder()
    with recorder.queue(cluster).worker(alone=True):
        ask(database)
        assert eventually(lambda: recorder.done == [("north", "j1")])
        cut_off_everybody(cluster)
        with database.begin("north") as store:
            store.jobs.requeue(making.job())
        assert eventually(lambda: recorder.done == [("north", "j1")] * 2)


def cut_off_everybody(cluster: Cluster) -> None:
    engine = create_engine(cluster.owner_url)
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.begin() as connection:
        assert len(connection.execute(cut).all()) > 1
    engine.dispose()


def test_a_worker_that_finds_no_database_goes_on_trying_and_stops_when_told(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://app@/summarizer?host={tmp_path}"
    queue = Queue(url, run=Recorder().draft, index=Recorder().index, pace=QUICK)
    with queue.worker(alone=True):
        time.sleep(0.5)
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 3
