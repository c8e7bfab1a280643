"""What every index of past SOWs keeps to: the fake, Chroma in a folder, and Chroma's server."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from summarizer.adapters.encoder import Encoder, Vectors
from summarizer.adapters.precedents import ChromaPrecedents
from summarizer.errors import ConfigurationError
from summarizer.ports import PrecedentIndex
from summarizer.records import SowSection
from summarizer.testing import MemoryPrecedents

TRAINING = "Training of the warehouse staff in two sessions"
MIGRATION = "Migration of customer records from the old database"
HOSTING = "Hosting and monitoring of the web shop"


def section(position: int, text: str, *, heading: str = "") -> SowSection:
    return SowSection(
        id=f"sow:{position}", sow="sow", position=position, heading=heading, start=0, end=len(text), text=text
    )


LIBRARY = [section(0, TRAINING), section(1, MIGRATION), section(2, HOSTING)]


class Numbers:
    """An embedder of numbers, for libraries too large to embed in a test."""

    name = "numbers"

    def embed(self, texts: Sequence[str]) -> Vectors:
        angles = np.array([int(text) for text in texts], dtype=np.float32) / 10_000
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
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
def index(request: pytest.FixtureRequest, encoder: Encoder, tmp_path: Path) -> Iterator[PrecedentIndex]:
    if request.param == "memory":
        yield MemoryPrecedents()
        return
    url = request.getfixturevalue("server") if request.param == "server" else None
    chroma = ChromaPrecedents(encoder, folder=tmp_path, url=url)
    for workspace in ("here", "there"):
        chroma.reset(workspace)
    yield chroma
    chroma.close()


def found(index: PrecedentIndex, text: str, *, workspace: str = "here", most: int = 3) -> list[str]:
    return [section_id for section_id, _ in index.nearest(workspace, text, most=most)]


def test_an_index_fits_the_port(index: PrecedentIndex) -> None:
    index.put("here", LIBRARY)
    assert index.count("here") == 3


def test_the_nearest_section_comes_first_with_its_cosine(index: PrecedentIndex) -> None:
    index.put("here", LIBRARY)
    rows = index.nearest("here", MIGRATION, most=3)
    scores = [score for _, score in rows]
    assert rows[0][0] == "sow:1"
    assert 0.999 < scores[0] <= 1
    assert scores == sorted(scores, reverse=True)


def test_no_more_than_asked_for_are_found(index: PrecedentIndex) -> None:
    index.put("here", LIBRARY)
    assert [len(found(index, "customer records", most=most)) for most in (0, 1, 2, 10)] == [0, 1, 2, 3]


def test_without_a_library_nothing_is_found(index: PrecedentIndex) -> None:
    assert (index.nearest("here", TRAINING, most=5), index.count("here")) == ([], 0)


def test_blank_words_find_nothing(index: PrecedentIndex) -> None:
    index.put("here", LIBRARY)
    assert found(index, " \n") == []


def test_putting_a_section_again_replaces_it(index: PrecedentIndex) -> None:
    index.put("here", LIBRARY)
    index.put("here", [section(0, "Some draft"), section(0, "Design of a logo")])
    assert (found(index, "Design of a logo", most=1), index.count("here")) == (["sow:0"], 3)


def test_a_section_is_found_by_its_heading(index: PrecedentIndex) -> None:
    index.put("here", [*LIBRARY, section(3, "Two days on site.", heading="Travel and expenses")])
    assert found(index, "Travel and expenses", most=1) == ["sow:3"]


def test_dropped_sections_are_forgotten_and_unknown_ones_no_error(index: PrecedentIndex) -> None:
    index.drop("here", ["sow:0"])
    index.put("here", LIBRARY)
    index.drop("here", ["sow:1", "sow:99", "sow:1"])
    index.drop("here", [])
    assert sorted(found(index, MIGRATION)) == ["sow:0", "sow:2"]


def test_nothing_to_put_is_no_error(index: PrecedentIndex) -> None:
    index.put("here", [])
    assert index.count("here") == 0


def test_workspaces_know_nothing_of_each_other(index: PrecedentIndex) -> None:
    index.put("here", LIBRARY[:1])
    index.put("there", LIBRARY[1:])
    index.drop("there", ["sow:0"])
    assert (found(index, MIGRATION), found(index, MIGRATION, workspace="there")) == (["sow:0"], ["sow:1", "sow:2"])


def test_a_long_thread_finds_what_its_last_words_say(encoder: Encoder, tmp_path: Path) -> None:
    index = ChromaPrecedents(encoder, folder=tmp_path)
    index.put("here", LIBRARY)
    thread = "Thank you for lunch on Friday, it was a pleasure to meet the team in person.\n\n" * 60
    wish = "We must move the customer records off the old database. " * 20
    assert found(index, thread + wish, most=1) == ["sow:1"]
    index.close()


def test_a_library_outlives_its_process(encoder: Encoder, tmp_path: Path) -> None:
    before = ChromaPrecedents(encoder, folder=tmp_path / "a folder")
    before.put("here", LIBRARY)
    before.close()
    after = ChromaPrecedents(encoder, folder=tmp_path / "a folder")
    assert found(after, HOSTING, most=1) == ["sow:2"]
    after.close()


def test_a_reset_library_is_empty_and_can_be_built_again(encoder: Encoder, tmp_path: Path) -> None:
    index = ChromaPrecedents(encoder, folder=tmp_path)
    index.put("here", LIBRARY)
    index.reset("here")
    index.put("here", LIBRARY[:1])
    assert index.count("here") == 1
    index.close()


def test_threads_may_open_and_fill_an_index_together(encoder: Encoder, tmp_path: Path) -> None:
    index = ChromaPrecedents(encoder, folder=tmp_path)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: index.put("here", [section(number, f"{TRAINING} {number}")]), range(12)))
    assert index.count("here") == 12
    index.close()


def test_a_library_larger_than_a_batch_is_kept_whole(tmp_path: Path) -> None:
    index = ChromaPrecedents(Numbers(), folder=tmp_path)
    index.put("here", [section(number, f"{number}") for number in range(6000)])
    index.drop("here", [f"sow:{number}" for number in range(5900)])
    assert index.count("here") == 100
    index.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", None])
def test_a_chroma_that_cannot_be_opened_is_a_named_error(url: str | None, encoder: Encoder, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("in the way")
    with pytest.raises(ConfigurationError, match=r"does not work|cannot be reached"):
        ChromaPrecedents(encoder, folder=file, url=url).count("here")


def test_an_index_without_a_place_is_refused(encoder: Encoder) -> None:
    with pytest.raises(ConfigurationError):
        ChromaPrecedents(encoder)


def test_making_an_index_imports_no_chroma() -> None:
    asked = (
        "import sys; from pathlib import Path; from summarizer.adapters.encoder import Encoder;"
        "from summarizer.adapters.precedents import ChromaPrecedents;"
        "ChromaPrecedents(Encoder(), folder=Path('x')); print('chromadb' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
