"""The library of past SOWs over a real database: what an added file is to it, who reads it, and its index."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from api.documents import open_documents
from api.settings import Settings
from api.wiring import open_services
from summarizer.adapters.database.store import Database
from summarizer.adapters.postgres import Cluster
from summarizer.adapters.queue import Queue
from summarizer.draft_job import Workshop, find_precedents
from summarizer.errors import DamagedSource, InvalidInput, NotFound
from summarizer.indexing import Drift, find_drift, index_sow, mend
from summarizer.library import NOTHING_SAID, Arrival, Arrived, SowFile, add_sow, describe_sow
from summarizer.records import DealType, Outcome, Slice, SowDetails
from summarizer.service import Desk
from summarizer.stores import Store
from summarizer.testing import MemoryPrecedents, ScriptedEngine
from tests import making
from tests.conftest import WORKSPACE

DOCUMENTS = open_documents(Settings())
OLD = b"# Scope\n\nWe build five dashboards.\n"
NEW = b"# Scope\n\nWe build seven dashboards.\n\n# Fees\n\nForty thousand.\n"
A, B = making.person("ana", groups=("legal",)), making.person("ben")


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    with database.begin(WORKSPACE) as opened:
        yield opened


def add(
    store: Store,
    content: bytes,
    name: str = "portal.md",
    *,
    details: SowDetails = NOTHING_SAID,
    version_of: str | None = None,
    who: str = "ana",
) -> Arrived:
    desk = Desk(store, A if who == "ana" else B)
    return add_sow(desk, SowFile(name, content), documents=DOCUMENTS, details=details, version_of=version_of)


def listed(store: Store) -> list[tuple[str, int]]:
    return [(each.name, each.version) for each in store.sows.page(Slice()).rows]


def test_the_same_file_again_changes_nothing_whatever_its_name(store: Store) -> None:
    first = add(store, OLD)
    assert add(store, OLD) == Arrived(first.sow, Arrival.UNCHANGED)
    assert add(store, OLD, "copy.md") == Arrived(first.sow, Arrival.UNCHANGED)
    assert listed(store) == [("portal.md", 1)]


def test_a_changed_file_of_the_same_name_is_the_next_version_and_the_old_one_stays_readable(store: Store) -> None:
    first = add(store, OLD).sow
    second = add(store, NEW)
    assert (second.how, second.sow.version, second.sow.series) == (Arrival.NEW_VERSION, 2, first.id)
    assert listed(store) == [("portal.md", 2)]
    assert store.sows.get(first.id).original == OLD


def test_a_file_that_changes_back_is_a_version_of_its_own(store: Store) -> None:
    for content in (OLD, NEW, OLD):
        last = add(store, content)
    assert (last.how, last.sow.version) == (Arrival.NEW_VERSION, 3)
    assert add(store, OLD).how is Arrival.UNCHANGED


def test_another_clients_sow_of_the_same_name_is_another_one(store: Store) -> None:
    add(store, OLD, details=SowDetails(client="Tarn"))
    assert add(store, NEW, details=SowDetails(client="Velmere")).how is Arrival.ADDED
    # Which of the two a third file follows is not guessed.
    assert add(store, NEW + b"More.").how is Arrival.ADDED


def test_a_version_can_be_named_and_keeps_the_name_of_the_sow(store: Store) -> None:
    first = add(store, OLD).sow
    second = add(store, NEW, "portal-signed.md", version_of=first.id)
    assert (second.how, second.sow.name, second.sow.version) == (Arrival.NEW_VERSION, "portal.md", 2)
    assert add(store, NEW, version_of=first.id).how is Arrival.UNCHANGED


def test_what_is_not_said_of_a_version_is_taken_from_the_one_before(store: Store) -> None:
    said = SowDetails(client="Tarn", deal_type=DealType.MIGRATION, year=2024, readers=("legal",))
    first = add(store, OLD, details=said).sow
    second = add(store, NEW, details=SowDetails(outcome=Outcome.DELIVERED)).sow
    completed = said.model_copy(update={"outcome": Outcome.DELIVERED})
    assert second.details == store.sows.get(first.id).details == completed


def test_what_cannot_be_read_is_refused_and_leaves_nothing(store: Store) -> None:
    with pytest.raises(DamagedSource):
        add(store, b"PK\x03\x04\x14\x00", "portal.docx")
    assert listed(store) == []


def test_a_restricted_sow_is_another_one_for_those_who_may_not_read_it(store: Store) -> None:
    kept = add(store, OLD, details=SowDetails(readers=("legal",))).sow
    assert add(store, OLD, who="ben").how is Arrival.ADDED
    assert add(store, NEW, who="ben").sow.series != kept.series
    with pytest.raises(NotFound):
        add(store, NEW, version_of=kept.id, who="ben")
    with pytest.raises(NotFound):
        describe_sow(Desk(store, B), kept.id, NOTHING_SAID)


def test_nobody_gives_a_sow_to_a_group_that_they_are_not_in(store: Store) -> None:
    with pytest.raises(InvalidInput, match="not in the group “legal”"):
        add(store, OLD, details=SowDetails(readers=("legal",)), who="ben")
    kept = add(store, OLD).sow
    with pytest.raises(InvalidInput, match="not in the group “board”"):
        describe_sow(Desk(store, A), kept.id, SowDetails(readers=("legal", "board")))
    assert describe_sow(Desk(store, A), kept.id, SowDetails(readers=("legal",))).readers == ("legal",)


def test_two_who_add_the_same_file_at_once_make_one_sow(database: Database) -> None:
    both = [database.begin(WORKSPACE), database.begin(WORKSPACE)]
    first = both[0].__enter__()
    assert add(first, OLD).how is Arrival.ADDED

    def second() -> Arrival:
        with both[1] as store:
            return add(store, OLD, who="ben").how

    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(second)
        both[0].__exit__(None, None, None)
        assert waiting.result(timeout=20) is Arrival.UNCHANGED


# --- the index -------------------------------------------------------------------------------------------------------


@contextmanager
def indexed(database: Database, cluster: Cluster) -> Iterator[tuple[Workshop, Callable[[], None]]]:
    """What indexes the library, and a way to work off its queue."""
    index = MemoryPrecedents()

    def workshop(workspace: str) -> Workshop:
        return Workshop(partial(database.begin, workspace), ScriptedEngine([]), index, workspace)

    queue = Queue(
        cluster.app_url,
        run=lambda *_: None,
        index=lambda workspace, sow: index_sow(workshop(workspace), sow),
        mend=lambda workspace: mend(workshop(workspace)),
    )
    yield workshop(WORKSPACE), queue.work_until_idle


def test_the_index_follows_each_version(database: Database, cluster: Cluster) -> None:
    with indexed(database, cluster) as (workshop, work):
        for content, sections in ((OLD, 1), (NEW, 2)):
            with database.begin(WORKSPACE) as store:
                add(store, content)
            assert find_drift(workshop).missing
            work()
            assert (find_drift(workshop), workshop.index.count(WORKSPACE)) == (Drift({}, set()), sections)
        assert [each.text for each in find_precedents(workshop, "dashboards", most=5)][:1] == [
            "# Scope\n\nWe build seven dashboards."
        ]


def test_what_has_drifted_is_found_and_mended(database: Database, cluster: Cluster) -> None:
    with indexed(database, cluster) as (workshop, work):
        with database.begin(WORKSPACE) as store:
            first = add(store, OLD).sow
            second = add(store, NEW).sow
        work()
        stray = making.section("nothing:0", sow="nothing")
        with database.begin(WORKSPACE) as store:
            workshop.index.put(WORKSPACE, [stray, *store.sows.sections(first.id)])
        workshop.index.drop(WORKSPACE, [f"{second.id}:1"])
        drift = find_drift(workshop)
        assert drift == Drift({f"{second.id}:1": second.id}, {"nothing:0", f"{first.id}:0"})
        with database.begin(WORKSPACE) as store:
            store.sows.mend()
        work()
        assert find_drift(workshop) == Drift({}, set())


def test_a_search_finds_what_its_reader_may_read(database: Database, cluster: Cluster) -> None:
    with indexed(database, cluster) as (workshop, work):
        with database.begin(WORKSPACE) as store:
            add(store, OLD, details=SowDetails(readers=("legal",)))
        work()
        found = {groups: find_precedents(workshop, "dashboards", most=5, groups=groups) for groups in ((), ("legal",))}
        assert [len(each) for each in found.values()] == [0, 1]


def test_searches_go_on_while_everything_is_indexed_anew(tmp_path: Path) -> None:
    with open_services(Settings(data=tmp_path)) as services:
        workshop = services.workshop(services.settings.workspace)
        with workshop.begin() as store:
            for number in range(12):
                add(store, f"# Scope\n\nWe build {number} dashboards.\n".encode(), f"sow {number}.md")
        services.queue.work_until_idle()
        with workshop.begin() as store:
            for sow in sorted(set(store.sows.searched().values())):
                store.sows.reindex(sow)
        found: list[int] = []
        with services.queue.worker(alone=True):
            while waiting(workshop) or len(found) < 3:
                found.append(len(find_precedents(workshop, "dashboards", most=5)))
        assert set(found) == {5}
        assert find_drift(workshop) == Drift({}, set())


def waiting(workshop: Workshop) -> int:
    with workshop.begin() as store:
        return store.sows.waiting()
