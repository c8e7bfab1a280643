"""What workers share when they ask models: kept answers, and the limit on calls at once."""

import multiprocessing
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from summarizer.adapters.database.answers import StoredAnswers
from summarizer.adapters.database.slots import SharedSlots
from summarizer.adapters.database.store import Database
from summarizer.adapters.postgres import Cluster
from summarizer.errors import DatabaseUnavailable
from summarizer.ports import Answers, Slots
from summarizer.records import KeptAnswer
from summarizer.testing import MemoryAnswers, MemorySlots
from tests.conftest import FreshWorkspaces
from tests.integration.holding_slots import hold

ANSWER = KeptAnswer(text='{"items":[]}', finish_reason="stop", tokens_in=12, tokens_out=5)
OTHER = ANSWER.model_copy(update={"finish_reason": None, "text": "é\u202f—"})


@pytest.fixture(params=["memory", "stored"])
def answers(request: pytest.FixtureRequest) -> Answers:
    if request.param == "memory":
        return MemoryAnswers()
    workspaces: FreshWorkspaces = request.getfixturevalue("workspaces")
    return StoredAnswers(partial(workspaces.begin, "north"))


def test_an_answer_is_kept_under_its_key(answers: Answers) -> None:
    answers.keep("k1", ANSWER)
    answers.keep("k2", OTHER)
    assert (answers.get("k1"), answers.get("k2"), answers.get("k3")) == (ANSWER, OTHER, None)


def test_the_first_answer_under_a_key_stays(answers: Answers) -> None:
    answers.keep("k", ANSWER)
    answers.keep("k", OTHER)
    assert answers.get("k") == ANSWER


def test_an_answer_is_forgotten_when_its_time_is_over(database: Database) -> None:
    with database.begin("north") as store:
        store.answers.keep("k", ANSWER, length=timedelta(seconds=-1))
        assert store.answers.get("k") is None
        store.answers.keep("k", OTHER)
        assert store.answers.get("k") == OTHER


def test_other_workspaces_do_not_see_an_answer(workspaces: FreshWorkspaces) -> None:
    north, south = (StoredAnswers(partial(workspaces.begin, name)) for name in ("north", "south"))
    north.keep("k", ANSWER)
    south.keep("k", OTHER)
    assert (north.get("k"), south.get("k")) == (ANSWER, OTHER)


def test_an_answer_with_the_character_nul_is_kept_without_it(database: Database) -> None:
    with database.begin("north") as store:
        store.answers.keep("k", ANSWER.model_copy(update={"text": "a\x00b"}))
        assert store.answers.get("k") == ANSWER.model_copy(update={"text": "ab"})


@pytest.fixture(params=["memory", "shared"])
def slots(request: pytest.FixtureRequest) -> Iterator[Slots]:
    if request.param == "memory":
        yield MemorySlots()
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    shared = SharedSlots(cluster.app_url)
    yield shared
    shared.close()


def test_no_more_slots_are_taken_than_there_are(slots: Slots) -> None:
    first, second, third = (slots.take("model", most=2) for _ in range(3))
    assert first is not None
    assert second is not None
    assert third is None
    first.free()
    first.free()
    again, none = slots.take("model", most=2), slots.take("model", most=2)
    assert again is not None
    assert none is None
    again.free()
    second.free()


def test_lines_do_not_touch_each_other(slots: Slots) -> None:
    one, other = slots.take("one", most=1), slots.take("other", most=1)
    assert one is not None
    assert other is not None
    one.free()
    other.free()


def test_a_slot_is_shared_by_all_who_use_the_database(cluster: Cluster) -> None:
    here, there = SharedSlots(cluster.app_url), SharedSlots(cluster.app_url)
    slot = here.take("model", most=1)
    assert slot is not None
    assert there.take("model", most=1) is None
    slot.free()
    taken = there.take("model", most=1)
    assert taken is not None
    taken.free()
    here.close()
    there.close()


def test_the_slots_of_a_worker_that_is_killed_come_free(cluster: Cluster) -> None:
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    worker = context.Process(target=hold, args=(cluster.app_url, theirs))
    worker.start()
    assert ours.recv() == "held"
    slots = SharedSlots(cluster.app_url)
    assert slots.take("model", most=1) is None
    assert worker.pid is not None
    worker.kill()
    worker.join()
    assert worker.exitcode == -signal.SIGKILL
    end = time.monotonic() + 5
    while (slot := slots.take("model", most=1)) is None and time.monotonic() < end:
        time.sleep(0.02)
    assert slot is not None
    slot.free()
    slots.close()


def test_without_a_database_there_are_no_slots() -> None:
    with pytest.raises(DatabaseUnavailable):
        SharedSlots(f"postgresql+psycopg://app@/{uuid4().hex}?host=/nowhere").take("model", most=1)
