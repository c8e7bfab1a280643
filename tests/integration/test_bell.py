"""Events, from the transaction that writes them to the stream that reads them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event as ThreadEvent
from threading import Thread

from sqlalchemy import create_engine, text

from summarizer.adapters.bell import Bell, topic_key
from summarizer.adapters.database.store import Database
from summarizer.adapters.postgres import Cluster
from summarizer.records import Event

TOPIC = "job:j1"
WITHIN_S = 10


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[Bell]:
    """A bell that listens already: then it has woken everybody once."""
    bell = Bell(url)
    with bell.subscribe("anything") as event:
        event.clear()
        running = asyncio.create_task(bell.run())
        await woken(event)
    try:
        yield bell
    finally:
        await bell.close()
        assert running.cancelled()


def tell(database: Database, number: int, *, topic: str = TOPIC, workspace: str = "north") -> None:
    with database.begin(workspace) as store:
        store.events.add(topic, "item", {"number": number})


def numbers(database: Database, *, after: int = 0) -> list[int]:
    with database.begin("north") as store:
        return [event.body["number"] for event in store.events.after(TOPIC, after)]


async def woken(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), WITHIN_S)
    event.clear()


def test_a_reader_is_woken_at_first_and_by_its_own_topic_only(cluster: Cluster, database: Database) -> None:
    async def scenario() -> tuple[list[int], bool]:
        async with listening(cluster.app_url) as bell:
            with bell.subscribe(topic_key("north", TOPIC)) as own, bell.subscribe(topic_key("south", TOPIC)) as other:
                await woken(own)
                own.clear()
                other.clear()
                await asyncio.to_thread(tell, database, 1)
                await woken(own)
                return await asyncio.to_thread(numbers, database), other.is_set()

    assert asyncio.run(scenario()) == ([1], False)


def test_nothing_is_announced_before_the_commit(cluster: Cluster, database: Database) -> None:
    async def scenario() -> tuple[bool, bool]:
        async with listening(cluster.app_url) as bell:
            with bell.subscribe(topic_key("north", TOPIC)) as event:
                event.clear()
                with database.begin("north") as store:
                    store.events.add(TOPIC, "item", {"number": 1})
                    await asyncio.sleep(0.2)
                    early = event.is_set()
                await woken(event)
                return early, event.is_set()

    assert asyncio.run(scenario()) == (False, False)


def test_the_bell_survives_the_loss_of_its_connection(cluster: Cluster, database: Database) -> None:
    async def scenario() -> list[int]:
        async with listening(cluster.app_url) as bell:
            with bell.subscribe(topic_key("north", TOPIC)) as event:
                event.clear()
                await asyncio.to_thread(cut_off_listeners, cluster.owner_url)
                await asyncio.to_thread(tell, database, 1)
                await woken(event)
                await asyncio.to_thread(tell, database, 2)
                await woken(event)
                return await asyncio.to_thread(numbers, database)

    assert asyncio.run(scenario()) == [1, 2]


def cut_off_listeners(owner_url: str) -> None:
    engine = create_engine(owner_url)
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE query = 'LISTEN event' AND datname = current_database()"
    )
    with engine.begin() as connection:
        assert connection.execute(cut).scalars().all() == [True]
    engine.dispose()


def test_of_two_writers_the_later_commit_has_the_higher_id(database: Database) -> None:
    """A reader that goes by the last id it has seen would otherwise miss what commits late."""
    begun, may_end = ThreadEvent(), ThreadEvent()

    def slow() -> None:
        with database.begin("north") as store:
            store.events.add(TOPIC, "item", {"number": 1})
            begun.set()
            may_end.wait(WITHIN_S)

    first = Thread(target=slow)
    second = Thread(target=tell, args=(database, 2))
    first.start()
    begun.wait(WITHIN_S)
    second.start()
    tell(database, 0, topic="job:another")
    assert numbers(database) == []
    may_end.set()
    first.join()
    second.join()
    assert numbers(database) == [1, 2]


def test_many_writers_leave_events_in_order(database: Database) -> None:
    seen: list[Event] = []

    def write() -> None:
        for number in range(25):
            tell(database, number)

    writers = [Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    while len(seen) < 50:
        with database.begin("north") as store:
            seen += store.events.after(TOPIC, seen[-1].id if seen else 0)
    for writer in writers:
        writer.join()
    assert [event.id for event in seen] == sorted({event.id for event in seen})
