"""Precedents as callers get them, from PostgreSQL and Chroma: what may be found, by whom, in step with what is kept."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from summarizer.adapters.database.store import Database
from summarizer.adapters.encoder import Encoder
from summarizer.adapters.hybrid import HybridPrecedents
from summarizer.adapters.lexical import LexicalPrecedents
from summarizer.adapters.precedents import ChromaPrecedents
from summarizer.draft_job import Workshop, find_precedents
from summarizer.indexing import index_sow
from summarizer.items import Precedent
from summarizer.records import DealType, SowDetails, SowFilter
from summarizer.sows import sections
from summarizer.testing import ScriptedEngine
from tests.conftest import WORKSPACE
from tests.making import sow

PORTAL = "# Scope\nA customer portal with single sign-on for resellers.\n\n# Price\nA fixed fee of 40,000 EUR."
MOVE = "# Scope\nThe customer records are migrated from the old database in two waves."
SHOP = "# Scope\nHosting and monitoring of the web shop, day and night."
MOVING = "migration of old customer records"


@pytest.fixture
def workshop(database: Database, tmp_path: Path) -> Iterator[Workshop]:
    dense = ChromaPrecedents(Encoder(), folder=tmp_path)
    index = HybridPrecedents(dense, LexicalPrecedents(database.begin))
    yield Workshop(partial(database.begin, WORKSPACE), ScriptedEngine([]), index, WORKSPACE)
    dense.close()


def keep(workshop: Workshop, id: str, text: str, *, indexed: bool = True, **said: object) -> None:
    """Put a SOW into the library, and what is said of it; indexing it is a job of its own."""
    version = int(str(said.pop("version", 1)))
    kept = sow(id, text=text, series=str(said.pop("series", id)), version=version)
    with workshop.begin() as store:
        store.sows.add(kept, sections(id, text))
        if said:
            store.sows.describe(id, SowDetails.model_validate(said))
    if indexed:
        index_sow(workshop, id)


def names(found: Sequence[Precedent]) -> list[str]:
    return [each.sow_id for each in found]


def test_a_section_is_found_with_what_makes_it_fit(workshop: Workshop) -> None:
    keep(workshop, "portal", PORTAL)
    keep(workshop, "move", MOVE)
    best = find_precedents(workshop, MOVING, most=3)[0]
    assert (best.sow_id, best.section_id, best.section) == ("move", "move:0", "Scope")
    assert sorted(best.words) == ["customer", "migrated", "old", "records"]
    assert best.passage is not None
    assert "migrated" in best.text[slice(*best.passage)]


def test_what_is_kept_is_found_before_it_is_indexed(workshop: Workshop) -> None:
    keep(workshop, "portal", PORTAL)
    keep(workshop, "move", MOVE, indexed=False)
    assert names(find_precedents(workshop, MOVING, most=1)) == ["move"]


def test_what_is_added_after_a_search_is_found_by_the_next_one(workshop: Workshop) -> None:
    keep(workshop, "portal", PORTAL)
    assert names(find_precedents(workshop, MOVING, most=1)) == ["portal"]
    keep(workshop, "move", MOVE, indexed=False)
    assert names(find_precedents(workshop, MOVING, most=1)) == ["move"]


def test_an_older_version_is_never_found_even_where_the_index_still_has_it(workshop: Workshop) -> None:
    keep(workshop, "portal", PORTAL)
    keep(workshop, "move", MOVE)
    assert names(find_precedents(workshop, MOVING, most=1)) == ["move"]
    keep(workshop, "move2", SHOP, series="move", version=2, indexed=False)
    assert "move:0" in workshop.index.ids(WORKSPACE)
    assert names(find_precedents(workshop, MOVING, most=9)) == ["portal"]
    assert names(find_precedents(workshop, "hosting of the web shop", most=1)) == ["move2"]


def test_restricted_sows_are_found_by_their_readers_only(workshop: Workshop) -> None:
    keep(workshop, "portal", PORTAL)
    keep(workshop, "move", MOVE, readers=["bids"])
    assert names(find_precedents(workshop, MOVING, most=1, groups=["bids", "other"])) == ["move"]
    assert set(names(find_precedents(workshop, MOVING, most=9, groups=[]))) == {"portal"}
    assert names(find_precedents(workshop, MOVING, most=1, groups=None)) == ["move"]


def test_sows_of_another_type_are_not_found_when_one_is_asked_for(workshop: Workshop) -> None:
    keep(workshop, "portal", PORTAL, deal_type=DealType.IMPLEMENTATION)
    keep(workshop, "move", MOVE, deal_type=DealType.MIGRATION)
    found = find_precedents(workshop, "customer", most=9, wanted=SowFilter(deal_type=DealType.IMPLEMENTATION))
    assert set(names(found)) == {"portal"}


def test_a_sow_without_sections_is_no_obstacle(workshop: Workshop) -> None:
    with workshop.begin() as store:
        store.sows.add(sow("blank", text=" "), [])
    keep(workshop, "move", MOVE)
    assert names(find_precedents(workshop, MOVING, most=3)) == ["move"]


def test_another_workspace_finds_nothing_of_it(workshop: Workshop, database: Database) -> None:
    keep(workshop, "move", MOVE)
    south = Workshop(partial(database.begin, "south"), workshop.engine, workshop.index, "south")
    assert find_precedents(south, MOVING, most=3) == []


def test_an_index_that_was_lost_leaves_the_words_to_search_by(workshop: Workshop, database: Database) -> None:
    keep(workshop, "portal", PORTAL)
    keep(workshop, "move", MOVE)
    workshop.index.drop(WORKSPACE, sorted(workshop.index.ids(WORKSPACE)))
    best = find_precedents(workshop, MOVING, most=1)[0]
    assert (best.sow_id, best.passage) == ("move", None)


def test_libraries_that_were_searched_long_ago_leave_the_memory_and_come_back(database: Database) -> None:
    for workspace, text in ((WORKSPACE, MOVE), ("south", SHOP)):
        with database.begin(workspace) as store:
            store.sows.add(sow(workspace, text=text), sections(workspace, text))
    words = LexicalPrecedents(database.begin, most_held=1)
    found = [
        words.search(workspace, "scope", among=[workspace]).index.sections
        for workspace in (WORKSPACE, "south", WORKSPACE)
    ]
    assert found == [(f"{WORKSPACE}:0",), ("south:0",), (f"{WORKSPACE}:0",)]
