"""What every index of past SOWs keeps to: the fake, and words beside likeness in a folder or on Chroma's server."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest

from summarizer.adapters.encoder import Encoder
from summarizer.adapters.hybrid import HybridPrecedents
from summarizer.adapters.lexical import LexicalPrecedents
from summarizer.adapters.precedents import ChromaPrecedents
from summarizer.ports import Hit, PrecedentIndex
from summarizer.records import SowSection
from summarizer.retrieval import MOST_OF_A_SOW, reasons
from summarizer.testing import MemoryPrecedents
from tests.conftest import FreshWorkspaces
from tests.making import sow

TRAINING = "Training of the warehouse staff in two sessions"
MIGRATION = "Migration of customer records from the old database"
HOSTING = "Hosting and monitoring of the web shop"


def section(sow: str, text: str, *, position: int = 0, heading: str = "") -> SowSection:
    return SowSection(
        id=f"{sow}:{position}", sow=sow, position=position, heading=heading, start=0, end=len(text), text=text
    )


LIBRARY = [section("t", TRAINING), section("m", MIGRATION), section("h", HOSTING)]


@dataclass
class Library:
    """An index, and the database that holds what it indexes; `None` for the fake, which needs none."""

    index: PrecedentIndex
    workspaces: FreshWorkspaces | None

    def fill(self, sections: Sequence[SowSection], *, workspace: str = "here") -> None:
        """Keep SOWs with these sections and index them."""
        if self.workspaces:
            with self.workspaces.begin(workspace) as store:
                for name, held in groupby(sections, key=lambda each: each.sow):
                    store.sows.add(sow(name), list(held))
        self.index.put(workspace, sections)

    def search(
        self, text: str, *, workspace: str = "here", most: int = 3, among: Sequence[str] = ("t", "m", "h")
    ) -> list[Hit]:
        return self.index.search(workspace, text, most=most, among=among)

    def found(
        self, text: str, *, workspace: str = "here", most: int = 3, among: Sequence[str] = ("t", "m", "h")
    ) -> list[str]:
        return [hit.section for hit in self.search(text, workspace=workspace, most=most, among=among)]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("chroma")
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder) as running:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def _wait_for(port: int) -> None:
    for _ in range(150):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the Chroma server did not start")


@pytest.fixture(params=["memory", "folder", "server"])
def library(request: pytest.FixtureRequest, encoder: Encoder, tmp_path: Path) -> Iterator[Library]:
    if request.param == "memory":
        yield Library(MemoryPrecedents(), None)
        return
    url = request.getfixturevalue("chroma_server") if request.param == "server" else None
    workspaces: FreshWorkspaces = request.getfixturevalue("workspaces")
    dense = ChromaPrecedents(encoder, folder=tmp_path, url=url)
    for workspace in ("here", "there"):
        dense.reset(workspace)
    yield Library(HybridPrecedents(dense, LexicalPrecedents(workspaces.begin)), workspaces)
    dense.close()


def test_an_index_fits_the_port(library: Library) -> None:
    library.fill(LIBRARY)
    assert (library.index.count("here"), library.index.ids("here")) == (3, {"t:0", "m:0", "h:0"})


def test_the_section_that_fits_best_comes_first(library: Library) -> None:
    library.fill(LIBRARY)
    scores = [hit.score for hit in library.search(MIGRATION)]
    assert library.found(MIGRATION)[0] == "m:0"
    assert 0.999 < scores[0] <= 1.0 + 1e-9
    assert scores == sorted(scores, reverse=True)


def test_why_a_section_was_found_is_told(library: Library) -> None:
    library.fill(LIBRARY)
    best = library.search("old customer records", most=1)[0]
    assert sorted(reasons(best.terms, MIGRATION)) == ["customer", "old", "records"]
    assert best.passage in {None, (0, len(MIGRATION))}


def test_no_more_than_asked_for_are_found(library: Library) -> None:
    library.fill(LIBRARY)
    assert [len(library.found("records of warehouse and shop", most=most)) for most in (0, 1, 2, 10)] == [0, 1, 2, 3]


def test_words_without_any_meaning_find_nothing(library: Library) -> None:
    library.fill(LIBRARY)
    assert library.found("qwxz of the plorf") == []


def test_only_the_sows_that_are_named_are_found(library: Library) -> None:
    library.fill(LIBRARY)
    assert library.found(MIGRATION, among=["t", "h"], most=1) != ["m:0"]
    assert set(library.found(MIGRATION, among=["t", "h"])) <= {"t:0", "h:0"}
    assert library.found(MIGRATION, among=[]) == []


def test_one_sow_does_not_fill_the_list_as_long_as_there_are_others(library: Library) -> None:
    alike = [section("m", f"{MIGRATION}, part {place}", position=place) for place in range(6)]
    library.fill([*alike, LIBRARY[0], LIBRARY[2]])
    sows = [name.partition(":")[0] for name in library.found(f"{MIGRATION} of the shop and the staff", most=5)]
    assert sorted(sows) == ["h", *["m"] * MOST_OF_A_SOW, "t"]


def test_without_a_library_nothing_is_found(library: Library) -> None:
    assert (library.found(TRAINING), library.index.count("here"), library.index.ids("here")) == ([], 0, set())


def test_blank_words_find_nothing(library: Library) -> None:
    library.fill(LIBRARY)
    assert library.found(" \n") == []


def test_a_section_is_found_by_its_heading(library: Library) -> None:
    library.fill([*LIBRARY, section("x", "Two days on site.", heading="Travel and expenses")])
    assert library.found("Travel and expenses", most=1, among=["t", "m", "h", "x"]) == ["x:0"]


def test_dropped_sections_are_forgotten_and_unknown_ones_no_error(library: Library) -> None:
    library.index.drop("here", ["t:0"])
    library.fill(LIBRARY)
    library.index.drop("here", ["m:0", "x:99", "m:0"])
    library.index.drop("here", [])
    assert library.index.ids("here") == {"t:0", "h:0"}


def test_nothing_to_put_is_no_error(library: Library) -> None:
    library.index.put("here", [])
    assert library.index.count("here") == 0


def test_putting_a_section_again_does_not_double_it(library: Library) -> None:
    library.fill(LIBRARY)
    library.index.put("here", LIBRARY[:1])
    assert (library.found(TRAINING, most=1), library.index.count("here")) == (["t:0"], 3)


def test_workspaces_know_nothing_of_each_other(library: Library) -> None:
    library.fill(LIBRARY[:1])
    library.fill(LIBRARY[1:], workspace="there")
    library.index.drop("there", ["t:0"])
    assert library.found(f"{MIGRATION}, {TRAINING}, {HOSTING}") == ["t:0"]
    assert sorted(library.found(f"{MIGRATION}, {TRAINING}, {HOSTING}", workspace="there")) == ["h:0", "m:0"]
