"""What every `Store` does, whatever it is made of."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from threading import Barrier, Thread
from typing import Protocol

import pytest

from summarizer.errors import (
    AlreadyDecided,
    Conflict,
    InvalidInput,
    KeyReused,
    NotFound,
    StaleReview,
    StaleSuggestion,
    SummarizerError,
)
from summarizer.items import Finding, FindingKind, Side
from summarizer.records import (
    DealType,
    JobStatus,
    Outcome,
    Page,
    Person,
    Problem,
    Slice,
    Sow,
    SowDetails,
    SowFilter,
    StoredResponse,
    Work,
)
from summarizer.stores import Store
from tests import making
from tests.conftest import FreshWorkspaces

EMPTY = StoredResponse(status=200, headers={}, body=b"")


class Stores(Protocol):
    """Something that opens transactions in a workspace."""

    def begin(self, workspace: str) -> AbstractContextManager[Store]: ...


@pytest.fixture
def stores(workspaces: FreshWorkspaces) -> Stores:
    return workspaces


@pytest.fixture
def store(stores: Stores) -> Iterator[Store]:
    """A transaction in which the deal “d1” stands."""
    with stores.begin("north") as opened:
        opened.deals.add(making.deal())
        yield opened


def fails(stores: Stores, before: Callable[[Store], object]) -> bool:
    """Whether a transaction ends in an error after this was done in it."""
    try:
        with stores.begin("north") as store:
            before(store)
            store.deals.get("nothing")
    except NotFound:
        return True
    return False


def test_people_come_back_by_name(store: Store) -> None:
    ben = Person(id="b", name="Ben", work=Work.REVIEWER)
    ana = Person(id="c", name="Ana", work=Work.REP, email="ana@harbor.example")
    store.people.add(ben)
    store.people.add(ana)
    assert store.people.all() == [ana, ben]
    assert store.people.get("b") == ben


@pytest.mark.parametrize("part", ["people", "deals", "sources", "jobs", "suggestions", "handoffs", "sows"])
def test_what_does_not_exist_is_not_found(store: Store, part: str) -> None:
    with pytest.raises(NotFound):
        getattr(store, part).get("nothing")


def test_a_deal_comes_back_whole(store: Store) -> None:
    assert store.deals.get("d1") == making.deal()


def test_a_deal_is_found_by_its_id_and_by_the_crms_id_whatever_the_case(stores: Stores, store: Store) -> None:
    one = making.deal("D2", minutes=1).model_copy(update={"crm": "hubspot", "crm_deal_id": "AbC"})
    other = making.deal("d3", minutes=2).model_copy(update={"crm": "salesforce", "crm_deal_id": "aBc"})
    store.deals.add(one)
    store.deals.add(other)
    assert [store.deals.named(reference) for reference in ("d2", "ABC", "ab_", "")] == [[one], [one, other], [], []]
    with stores.begin("south") as south:
        assert south.deals.named("d1") == []


def test_a_deal_of_the_crm_is_there_once(stores: Stores, store: Store) -> None:
    with pytest.raises(Conflict, match="here already"):
        store.deals.add(making.deal().model_copy(update={"id": "d2"}))


def test_deals_are_paged_newest_first_without_gap_or_repetition(store: Store) -> None:
    deals = [making.deal()] + [making.deal(f"e{number}", minutes=number // 2) for number in range(1, 8)]
    for each in deals[1:]:
        store.deals.add(each)
    pages = [store.deals.page(Slice(size=3))]
    while pages[-1].next:
        pages.append(store.deals.page(Slice(size=3, after=pages[-1].next)))
    newest = sorted(deals, key=lambda each: (each.created_at, each.id), reverse=True)
    assert [len(page.rows) for page in pages] == [3, 3, 2]
    assert [row for page in pages for row in page.rows] == newest


def test_a_full_last_page_has_no_next(store: Store) -> None:
    assert store.deals.page(Slice(size=1)) == Page(rows=(making.deal(),))


@pytest.mark.parametrize("search", ["ümlaut", "NORTH", "100%"])
def test_a_search_finds_parts_of_name_and_client(store: Store, search: str) -> None:
    found = making.deal("d2", name="100% Ümlaut", client="Great North")
    store.deals.add(found)
    store.deals.add(making.deal("d3", name="1000 things", client="South"))
    assert found in store.deals.page(Slice(), search=search).rows
    assert "d3" not in [each.id for each in store.deals.page(Slice(), search=search).rows]


def test_the_last_word_on_a_side_counts_and_can_be_taken_back(store: Store) -> None:
    for side in (Side.CLIENT, Side.VENDOR):
        store.deals.correct_side(making.correction(side=side))
    assert store.deals.sides("d1") == {"ana@north.example": Side.VENDOR}
    store.deals.correct_side(making.correction(side=None))
    assert store.deals.sides("d1") == {}


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "é", "a" * 200])
def test_a_foreign_cursor_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(InvalidInput, match="page token"):
        store.deals.page(Slice(after=cursor))


def test_a_source_is_kept_to_the_letter(store: Store) -> None:
    assert store.sources.add(making.source()) == making.source()
    assert store.sources.get("s1") == making.source()


def test_the_same_source_again_is_the_first_one(store: Store) -> None:
    store.sources.add(making.source())
    assert store.sources.add(making.source("s2")) == making.source()
    assert store.sources.of_deal("d1") == [making.source()]


def test_the_same_source_in_another_deal_is_another(store: Store) -> None:
    store.deals.add(making.deal("d2"))
    store.sources.add(making.source())
    assert store.sources.add(making.source("s2", deal="d2")).id == "s2"


def test_a_source_of_an_unknown_deal_is_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        store.sources.add(making.source(deal="nothing"))


@pytest.mark.parametrize("text", ["NUL \0 in it", "half of a \ud800 pair"])
def test_text_that_cannot_be_stored_is_refused_with_a_reason(store: Store, text: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be stored"):
        store.sources.add(making.source().model_copy(update={"text": text}))


def test_a_nul_inside_of_a_draft_is_refused_with_a_reason(store: Store) -> None:
    suggestion = making.suggestion(handoff=store.handoffs.of_deal("d1").id)
    draft = suggestion.draft.model_copy(update={"items": (making.item().model_copy(update={"owner": "\0"}),)})
    with pytest.raises(InvalidInput, match="cannot be stored"):
        store.suggestions.add(suggestion.model_copy(update={"draft": draft}))


def test_a_job_comes_back_whole_and_newest_first(store: Store) -> None:
    store.jobs.add(making.job())
    store.jobs.add(making.job("j2", minutes=1))
    assert store.jobs.of_deal("d1") == [making.job("j2", minutes=1), making.job()]


def test_a_job_moves_only_from_the_states_that_are_named(store: Store) -> None:
    store.jobs.add(making.job())
    problem = Problem(type="EngineTimedOut", title="Too late", detail="60 s", remedy="Retry.")
    failed = making.job().model_copy(
        update={"status": JobStatus.FAILED, "attempts": 2, "problem": problem, "finished_at": making.MONDAY}
    )
    assert not store.jobs.move(failed, was=(JobStatus.RUNNING,))
    assert store.jobs.get("j1") == making.job()
    assert store.jobs.move(failed, was=(JobStatus.QUEUED, JobStatus.RUNNING))
    assert store.jobs.get("j1") == failed


def test_a_job_moves_only_by_the_run_that_has_it(store: Store) -> None:
    store.jobs.add(making.job())
    running = making.job().model_copy(update={"status": JobStatus.RUNNING, "run": "r1"})
    done = running.model_copy(update={"status": JobStatus.DONE, "run": None})
    assert not store.jobs.move(running, was=(JobStatus.QUEUED,), run="r1")
    assert store.jobs.move(running, was=(JobStatus.QUEUED,))
    assert not store.jobs.move(done, was=(JobStatus.RUNNING,), run="r2")
    assert store.jobs.get("j1") == running
    assert store.jobs.move(done, was=(JobStatus.RUNNING,), run="r1")
    assert store.jobs.get("j1") == done


def test_a_job_is_done_before_its_suggestion_is_filed(stores: Stores) -> None:
    done = making.job().model_copy(update={"status": JobStatus.DONE, "suggestion": "g1"})
    with stores.begin("north") as store:
        store.deals.add(making.deal())
        store.jobs.add(making.job())
        assert store.jobs.move(done, was=(JobStatus.QUEUED,))
        making.store_suggestion(store)
    with stores.begin("north") as store:
        assert store.jobs.get("j1") == done


def test_a_handoff_is_made_once_for_a_deal(store: Store) -> None:
    made = store.handoffs.of_deal("d1")
    assert store.handoffs.of_deal("d1") == made == store.handoffs.get(made.id) == store.handoffs.lock(made.id)
    assert (made.deal, made.versions) == ("d1", [])


def test_a_handoff_needs_a_deal(store: Store) -> None:
    with pytest.raises(NotFound):
        store.handoffs.of_deal("nothing")


def test_a_suggestion_comes_back_whole_and_newest_first(store: Store) -> None:
    handoff = making.store_suggestion(store)
    newer = making.suggestion("g2", handoff=handoff, minutes=1)
    store.suggestions.add(newer)
    assert store.suggestions.of_handoff(handoff) == [newer, making.suggestion(handoff=handoff)]


def test_a_suggestion_knows_the_version_that_it_became(store: Store) -> None:
    handoff = making.store_suggestion(store)
    store.handoffs.add_version(store.handoffs.lock(handoff), making.version())
    assert store.suggestions.get("g1").committed_as == 1
    assert store.handoffs.get(handoff).versions == [making.version()]


def test_a_number_is_given_to_one_version_only(store: Store) -> None:
    handoff = store.handoffs.get(making.store_suggestion(store))
    making.store_suggestion(store, "g2")
    store.handoffs.add_version(handoff, making.version())
    with pytest.raises(StaleSuggestion):
        store.handoffs.add_version(handoff, making.version(suggestion="g2"))


def test_a_suggestion_becomes_one_version_only(store: Store) -> None:
    handoff = store.handoffs.get(making.store_suggestion(store))
    store.handoffs.add_version(handoff, making.version())
    with pytest.raises(AlreadyDecided):
        store.handoffs.add_version(handoff, making.version(2))


def test_decisions_are_appended_in_order(store: Store) -> None:
    making.store_suggestion(store)
    store.suggestions.decide("g1", [making.accepted()], expected=0)
    store.suggestions.decide("g1", [making.edited(), making.added_person()], expected=1)
    assert store.suggestions.log("g1") == (making.accepted(), making.edited(), making.added_person())
    store.suggestions.expect("g1", 3)


@pytest.mark.parametrize("expected", [0, 2])
def test_a_log_of_another_length_than_expected_is_stale(store: Store, expected: int) -> None:
    making.store_suggestion(store)
    store.suggestions.decide("g1", [making.accepted()], expected=0)
    with pytest.raises(StaleReview):
        store.suggestions.expect("g1", expected)
    with pytest.raises(StaleReview):
        store.suggestions.decide("g1", [making.accepted()], expected=expected)


def test_nothing_is_decided_on_a_committed_suggestion(store: Store) -> None:
    handoff = making.store_suggestion(store)
    store.handoffs.add_version(store.handoffs.get(handoff), making.version())
    with pytest.raises(AlreadyDecided, match="version 1"):
        store.suggestions.decide("g1", [making.accepted()], expected=0)


def test_a_sow_comes_back_with_its_sections(store: Store) -> None:
    sections = [making.section("w1-0"), making.section("w1-1", position=1)]
    store.sows.add(making.sow(), sections)
    assert store.sows.get("w1") == making.sow()
    assert store.sows.sections("w1") == sections
    assert store.sows.page(Slice(), search="W1").rows == (making.sow().card,)
    assert store.sows.sections_by_id(["w1-1", "unknown"]) == {"w1-1": (making.sow().card, sections[1])}


def two_versions(store: Store) -> tuple[Sow, Sow]:
    """A SOW and its next version, each with one section."""
    first = making.sow()
    second = making.sow("w2", text="Scope\nTwo portals.", series="w1", version=2, minutes=1)
    store.sows.add(first, [making.section()])
    store.sows.add(second, [making.section("w2-0", sow="w2")])
    return first, second


def test_only_the_newest_version_is_listed_and_searched(store: Store) -> None:
    first, second = two_versions(store)
    assert store.sows.page(Slice()).rows == (second.card,)
    assert list(store.sows.sections_by_id(["w1-0", "w2-0"])) == ["w2-0"]
    assert store.sows.searched() == {"w2-0": "w2"}
    assert store.sows.newest("w1") == store.sows.newest("w2") == second.card
    assert store.sows.versions("w1") == [second.card, first.card]
    assert store.sows.get("w1") == first


def test_an_older_versions_name_and_content_are_not_those_of_the_library(store: Store) -> None:
    first, second = two_versions(store)
    assert (store.sows.same(first.sha256), store.sows.same(second.sha256)) == ([], [second.card])
    assert (store.sows.named("w1.md"), store.sows.named("w2.md")) == ([], [second.card])


def test_what_is_said_of_a_sow_holds_for_all_its_versions(store: Store) -> None:
    two_versions(store)
    details = SowDetails(
        client="Tarn", deal_type=DealType.MIGRATION, year=2024, outcome=Outcome.OVERRAN, readers=("a",)
    )
    store.sows.describe("w1", details)
    for version in ("w1", "w2"):
        assert store.sows.get(version).details == details
    with pytest.raises(NotFound):
        store.sows.describe("nothing", details)


@pytest.mark.parametrize(
    ("wanted", "search", "found"),
    [
        (SowFilter(deal_type=DealType.MIGRATION), "", True),
        (SowFilter(deal_type=DealType.TRAINING), "", False),
        (SowFilter(year=2024, outcome=Outcome.OVERRAN), "tARN", True),
        (SowFilter(year=2023), "", False),
        (SowFilter(), "portal", False),
    ],
)
def test_sows_are_filtered_by_what_is_said_of_them(store: Store, wanted: SowFilter, search: str, found: bool) -> None:
    store.sows.add(making.sow(), [making.section()])
    said = SowDetails(client="Tarn", deal_type=DealType.MIGRATION, year=2024, outcome=Outcome.OVERRAN)
    store.sows.describe("w1", said)
    assert bool(store.sows.page(Slice(), search=search, wanted=wanted).rows) is found
    assert store.sows.years() == [2024]


@pytest.mark.parametrize(("groups", "readable"), [(None, True), ((), False), (("b",), False), (("b", "a"), True)])
def test_a_restricted_sow_exists_for_its_groups_only(
    store: Store, groups: tuple[str, ...] | None, readable: bool
) -> None:
    kept = making.sow(readers=("a",))
    store.sows.add(kept, [making.section()])
    lists = (
        store.sows.page(Slice(), groups=groups).rows,
        store.sows.versions("w1", groups=groups),
        store.sows.same(kept.sha256, groups=groups),
        store.sows.named(kept.name, groups=groups),
        store.sows.sections_by_id(["w1-0"], groups=groups),
    )
    assert [bool(rows) for rows in lists] == [readable] * len(lists)
    if readable:
        assert store.sows.get("w1", groups=groups) == kept
    else:
        with pytest.raises(NotFound):
            store.sows.get("w1", groups=groups)


def test_adding_a_version_queues_the_indexing_of_both(store: Store) -> None:
    before = store.sows.waiting()
    two_versions(store)
    store.sows.mend()
    assert store.sows.waiting() - before == 4


def test_a_person_is_put_into_groups(store: Store) -> None:
    store.people.add(making.person())
    assert store.people.regroup("ana", ["legal"]) == making.person().model_copy(update={"groups": ("legal",)})
    with pytest.raises(NotFound):
        store.people.regroup("nobody", ["legal"])


def test_events_are_read_after_the_last_one_seen(store: Store) -> None:
    for number in range(3):
        store.events.add("job:j1", "item", {"number": number})
    store.events.add("job:j2", "item", {"number": 9})
    first, *rest = store.events.after("job:j1", 0)
    assert store.events.after("job:j1", first.id) == rest
    assert [(event.topic, event.kind, event.body) for event in rest] == [
        ("job:j1", "item", {"number": 1}),
        ("job:j1", "item", {"number": 2}),
    ]


def test_a_repeated_request_gets_the_answer_that_was_kept(stores: Stores) -> None:
    answer = StoredResponse(status=201, headers={"location": "/v1/deals/d1"}, body=b'{"id": "d1"}')
    with stores.begin("north") as store:
        assert store.idempotency.claim("k", "ana POST /v1/deals", "f") is None
        store.idempotency.keep("k", "ana POST /v1/deals", response=answer)
    with stores.begin("north") as store:
        assert store.idempotency.claim("k", "ana POST /v1/deals", "f") == answer
        assert store.idempotency.claim("k", "ben POST /v1/deals", "f") is None
    with stores.begin("south") as store:
        assert store.idempotency.claim("k", "ana POST /v1/deals", "f") is None


def test_a_key_stands_for_one_request_only(stores: Stores) -> None:
    with stores.begin("north") as store:
        store.idempotency.claim("k", "scope", "f")
        store.idempotency.keep("k", "scope", response=EMPTY)
    with stores.begin("north") as store, pytest.raises(KeyReused):
        store.idempotency.claim("k", "scope", "another")


def test_a_key_whose_request_failed_can_be_used_again(stores: Stores) -> None:
    assert fails(stores, lambda store: store.idempotency.claim("k", "scope", "f"))
    with stores.begin("north") as store:
        assert store.idempotency.claim("k", "scope", "mended") is None


def test_workspaces_do_not_see_each_other(stores: Stores) -> None:
    with stores.begin("north") as store:
        store.deals.add(making.deal())
    with stores.begin("south") as store:
        assert store.deals.page(Slice()).rows == ()
        store.deals.add(making.deal())
        assert store.deals.get("d1") == making.deal()


def test_an_error_leaves_nothing_behind(stores: Stores) -> None:
    assert fails(stores, lambda store: store.deals.add(making.deal()))
    with stores.begin("north") as store:
        assert store.deals.page(Slice()).rows == ()


# --- two at once -----------------------------------------------------------------------------------------------------


def at_once(stores: Stores, *actions: str) -> list[str]:
    """What became of transactions that were begun together: the name of the error, or `done`."""
    ready = Barrier(len(actions))
    outcomes: list[str] = []

    def act(action: str) -> None:
        try:
            with stores.begin("north") as store:
                store.deals.get("d1")
                ready.wait()
                ACTIONS[action](store)
            outcomes.append("done")
        except SummarizerError as error:
            outcomes.append(type(error).__name__)

    threads = [Thread(target=act, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def _commit(store: Store) -> None:
    store.handoffs.add_version(store.handoffs.of_deal("d1"), making.version())


def _commit_another(store: Store) -> None:
    store.handoffs.add_version(store.handoffs.of_deal("d1"), making.version(suggestion="g2"))


def _commit_with_the_next_number(store: Store) -> None:
    store.handoffs.add_version(store.handoffs.of_deal("d1"), making.version(2))


def _decide(store: Store) -> None:
    store.suggestions.decide("g1", [making.accepted()], expected=0)


def _claim(store: Store) -> None:
    if store.idempotency.claim("k", "scope", "f") is not None:
        raise KeyReused("answered before")
    store.idempotency.keep("k", "scope", response=EMPTY)


def _make_handoff(store: Store) -> None:
    store.handoffs.of_deal("d2")


def _start(store: Store) -> None:
    running = making.job().model_copy(update={"status": JobStatus.RUNNING})
    if not store.jobs.move(running, was=(JobStatus.QUEUED,)):
        raise Conflict


def _take_over(store: Store) -> None:
    running = making.job("j2").model_copy(update={"status": JobStatus.RUNNING, "run": "r2"})
    if not store.jobs.move(running, was=(JobStatus.RUNNING,), run="r1"):
        raise Conflict


ACTIONS = {
    "commit": _commit,
    "commit another": _commit_another,
    "commit with the next number": _commit_with_the_next_number,
    "decide": _decide,
    "claim": _claim,
    "make handoff": _make_handoff,
    "start": _start,
    "take over": _take_over,
}


@pytest.fixture
def filed(stores: Stores) -> Stores:
    """Two suggestions, a queued job and one that runs on the deal “d1”, and a deal “d2” without a handoff."""
    with stores.begin("north") as store:
        store.deals.add(making.deal())
        store.deals.add(making.deal("d2"))
        making.store_suggestion(store)
        making.store_suggestion(store, "g2")
        store.jobs.add(making.job())
        store.jobs.add(making.job("j2").model_copy(update={"status": JobStatus.RUNNING, "run": "r1"}))
    return stores


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("commit", "commit", ["StaleSuggestion", "done"]),
        ("commit", "commit another", ["StaleSuggestion", "done"]),
        ("commit", "commit with the next number", ["AlreadyDecided", "done"]),
        ("decide", "decide", ["StaleReview", "done"]),
        ("claim", "claim", ["KeyReused", "done"]),
        ("make handoff", "make handoff", ["done", "done"]),
        ("start", "start", ["Conflict", "done"]),
        ("take over", "take over", ["Conflict", "done"]),
    ],
)
def test_of_two_at_once_one_is_told(filed: Stores, first: str, second: str, outcome: list[str]) -> None:
    assert at_once(filed, first, second) == outcome


def test_a_source_comes_back_with_what_it_was_attached_to_and_what_was_found(store: Store) -> None:
    found = Finding(kind=FindingKind.HIDDEN_TEXT, text="White letters")
    whole = making.source("s1")
    attached = making.source("s2", text="A plan.").model_copy(update={"parent": "s1", "findings": (found,)})
    store.sources.add(whole)
    store.sources.add(attached)
    assert store.sources.of_deal("d1") == [whole, attached]
