"""A job that runs twice, is cancelled and retried, or meets an error that nobody expected."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import Event, Thread
from typing import Any

import pytest

from summarizer import service
from summarizer.adapters.database.store import Database
from summarizer.draft_job import Interrupted, Workshop, run
from summarizer.errors import EngineTimedOut, SummarizerError
from summarizer.items import Kind
from summarizer.ports import Answer, Brief, Candidate, Engine, Notice
from summarizer.records import Job, JobStatus, Problem
from summarizer.service import Desk
from summarizer.testing import MemoryPrecedents, ScriptedEngine
from tests import making
from tests.conftest import WORKSPACE
from tests.integration.conftest import SCRIPT, THREAD, Client

WITHIN_S = 10
LATE: Sequence[Answer] = (Candidate(Kind.OPEN_QUESTION, "Who lists the shops", (3,)),)
"""What a run says that has lost its job."""


class Held:
    """An engine that gives its answers, or raises its error, when the test lets it go on."""

    name = "held"

    def __init__(self, answers: Sequence[Answer | Exception]) -> None:
        self._answers = answers
        self._reached, self._released = Event(), Event()

    def draft(self, brief: Brief) -> Iterator[Answer]:
        self._reached.set()
        assert self._released.wait(WITHIN_S)
        for answer in self._answers:
            if isinstance(answer, Exception):
                raise answer
            yield answer

    @contextmanager
    def at_work(self, database: Database, *, interrupted: bool = False) -> Iterator[None]:
        """A run that has come to the engine; it goes on to its end when the block is left."""
        ends: deque[type[BaseException] | None] = deque()
        thread = Thread(target=self._run, args=(database, interrupted, ends))
        thread.start()
        assert self._reached.wait(WITHIN_S)
        try:
            yield
        finally:
            self._released.set()
            thread.join(WITHIN_S)
        assert list(ends) == [Interrupted if interrupted else None]

    def _run(self, database: Database, interrupted: bool, ends: deque[type[BaseException] | None]) -> None:
        try:
            run(workshop(database, self), "j1", interrupted=lambda: interrupted)
        except Interrupted:
            ends.append(Interrupted)
        else:
            ends.append(None)


@contextmanager
def second_inside(first: Held, second: Held, database: Database, *, interrupted: bool = False) -> Iterator[None]:
    """Two runs of the job at once; the first has ended when the block begins, the second when it is left."""
    with ExitStack() as later:
        with first.at_work(database, interrupted=interrupted):
            later.enter_context(second.at_work(database))
        yield


def workshop(database: Database, engine: Engine) -> Workshop:
    return Workshop(partial(database.begin, WORKSPACE), engine, MemoryPrecedents(), WORKSPACE)


def draft(database: Database, answers: Sequence[Answer | SummarizerError] = SCRIPT) -> None:
    """Run the job to its end."""
    run(workshop(database, ScriptedEngine(answers)), "j1")


@contextmanager
def at_desk(database: Database) -> Iterator[Desk]:
    with database.begin(WORKSPACE) as store:
        yield Desk(store, making.person())


def cancel(database: Database) -> None:
    with at_desk(database) as desk:
        service.cancel_job(desk, "j1")


def retry(database: Database) -> None:
    with at_desk(database) as desk:
        service.retry_job(desk, "j1")


def job(database: Database) -> Job:
    with database.begin(WORKSPACE) as store:
        return store.jobs.get("j1")


def state(database: Database) -> tuple[JobStatus, int, Problem | None]:
    found = job(database)
    return found.status, found.attempts, found.problem


def happened(database: Database) -> list[tuple[str, dict[str, Any]]]:
    with database.begin(WORKSPACE) as store:
        return [(event.kind, dict(event.body)) for event in store.events.after("job:j1", 0)]


def kinds(database: Database) -> list[str]:
    """What happened since the job was begun anew, but for its progress."""
    since: list[str] = []
    for kind, _ in happened(database):
        since = [] if kind == "restarted" else [*since, kind]
    return [kind for kind in since if kind != "progress"]


def suggested(database: Database) -> list[list[str]]:
    """The texts of the items of each suggestion, newest first."""
    with database.begin(WORKSPACE) as store:
        filed = store.suggestions.of_handoff(store.handoffs.of_deal("d1").id)
    return [[item.text for item in suggestion.draft.items] for suggestion in filed]


DRAFTED = [answer.text for answer in SCRIPT if isinstance(answer, Candidate)]
WHOLE = ["status", "item", "item", "stakeholder", "done"]
TIMED_OUT = EngineTimedOut("60 s")


@pytest.fixture
def asked(database: Database) -> Database:
    """A deal with a thread, and a job that waits."""
    with database.begin(WORKSPACE) as store:
        store.deals.add(making.deal())
        store.sources.add(making.source(text=THREAD))
        store.jobs.add(making.job())
    return database


@pytest.mark.parametrize("late", [[TIMED_OUT], [RuntimeError()], LATE, []], ids=["late", "broken", "items", "empty"])
def test_a_cancelled_run_leaves_the_retried_job_alone(asked: Database, late: Sequence[Answer | Exception]) -> None:
    with Held(late).at_work(asked):
        cancel(asked)
        retry(asked)
    assert state(asked) == (JobStatus.QUEUED, 0, None)
    assert kinds(asked) == ["status"]
    draft(asked)
    assert state(asked) == (JobStatus.DONE, 1, None)
    assert (kinds(asked), suggested(asked)) == (["status", *WHOLE], [DRAFTED])


@pytest.mark.parametrize("late", [[TIMED_OUT], [RuntimeError()], LATE, []], ids=["late", "broken", "items", "empty"])
def test_a_run_that_was_thought_dead_leaves_the_finished_job_alone(
    asked: Database, late: Sequence[Answer | Exception]
) -> None:
    with Held(late).at_work(asked):
        draft(asked)
        finished = job(asked)
    assert job(asked) == finished
    assert state(asked) == (JobStatus.DONE, 2, None)
    assert (kinds(asked), suggested(asked)) == (WHOLE, [DRAFTED])


@pytest.mark.parametrize("late", [[TIMED_OUT], [RuntimeError()], LATE, []], ids=["late", "broken", "items", "empty"])
def test_a_run_that_was_thought_dead_leaves_the_running_one_alone(
    asked: Database, late: Sequence[Answer | Exception]
) -> None:
    with second_inside(Held(late), Held(SCRIPT), asked):
        assert state(asked) == (JobStatus.RUNNING, 2, None)
    assert state(asked) == (JobStatus.DONE, 2, None)
    assert (kinds(asked), suggested(asked)) == (WHOLE, [DRAFTED])


def test_an_interrupted_run_does_not_give_back_what_another_one_has(asked: Database) -> None:
    with second_inside(Held(LATE), Held(SCRIPT), asked, interrupted=True):
        assert state(asked) == (JobStatus.RUNNING, 2, None)
    assert state(asked) == (JobStatus.DONE, 2, None)
    assert (kinds(asked), suggested(asked)) == (WHOLE, [DRAFTED])


def test_an_interrupted_run_gives_its_job_back(asked: Database) -> None:
    with Held(SCRIPT).at_work(asked, interrupted=True):
        assert state(asked) == (JobStatus.RUNNING, 1, None)
    assert state(asked) == (JobStatus.QUEUED, 0, None)
    draft(asked)
    assert kinds(asked) == ["status", *WHOLE]


def test_a_cancelled_run_stops_at_its_next_item(asked: Database) -> None:
    with Held(SCRIPT).at_work(asked):
        cancel(asked)
    assert state(asked) == (JobStatus.CANCELLED, 1, None)
    assert (kinds(asked), suggested(asked)) == (["status", "cancelled"], [])


def test_an_unexpected_error_fails_the_job_at_once_and_is_logged(
    asked: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with Held([ZeroDivisionError("secret words")]).at_work(asked):
        pass
    problem = Problem(
        type=SummarizerError.slug(),
        title=SummarizerError.title(),
        detail="An unexpected error ended the draft: ZeroDivisionError.",
        remedy=SummarizerError.remedy(),
    )
    assert state(asked) == (JobStatus.FAILED, 1, problem)
    assert kinds(asked) == ["status", "failed"]
    assert "ZeroDivisionError: secret words" in caplog.text


def test_a_draft_that_cannot_be_stored_fails_the_job_at_once(asked: Database) -> None:
    draft(asked, [*SCRIPT, Notice("NUL \0 in it")])
    failed = job(asked)
    assert (failed.status, failed.attempts, failed.run) == (JobStatus.FAILED, 1, None)
    assert failed.problem is not None
    assert "cannot be stored" in failed.problem.detail
    assert suggested(asked) == []


def test_a_retried_job_drafts_on_the_current_version(asked: Database) -> None:
    draft(asked, [TIMED_OUT])
    with asked.begin(WORKSPACE) as store:
        handoff = store.handoffs.get(making.store_suggestion(store))
        store.handoffs.add_version(handoff, making.version())
    retry(asked)
    assert job(asked).base_version == 1


def test_the_token_of_a_run_is_not_shown(asked: Database) -> None:
    with Held(SCRIPT).at_work(asked):
        assert job(asked).run is not None
    assert all("run" not in body for kind, body in happened(asked) if kind in {"status", "done"})


def test_the_interface_does_not_know_the_token_of_a_run(client: Client) -> None:
    deal = client.open_deal()
    client.paste(deal)
    assert "run" not in client.draft(deal)
    assert "run" not in client.get("/v1/openapi.json")["components"]["schemas"]["Job"]["properties"]
