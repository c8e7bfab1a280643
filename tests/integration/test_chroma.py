"""Likeness alone: what Chroma keeps of past SOWs, piece by piece."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from summarizer.adapters.encoder import Encoder, Vectors
from summarizer.adapters.precedents import ChromaPrecedents
from summarizer.errors import ConfigurationError
from summarizer.records import SowSection
from summarizer.retrieval import PASSAGE, passages

TRAINING = "Training of the warehouse staff in two sessions"
MIGRATION = "Migration of customer records from the old database"
HOSTING = "Hosting and monitoring of the web shop"


def section(position: int, text: str, *, sow: str = "sow") -> SowSection:
    return SowSection(id=f"{sow}:{position}", sow=sow, position=position, heading="", start=0, end=len(text), text=text)


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


@pytest.fixture
def index(encoder: Encoder, tmp_path: Path) -> Iterator[ChromaPrecedents]:
    made = ChromaPrecedents(encoder, folder=tmp_path)
    yield made
    made.close()


def best(index: ChromaPrecedents, text: str, *, among: Sequence[str] | None = None) -> str:
    found = index.nearest("here", passages(text), among=among)
    return max(found, key=lambda each: found[each].cosine)


def test_a_section_is_as_like_as_its_cosine_and_tells_its_sow(index: ChromaPrecedents) -> None:
    index.put("here", LIBRARY)
    found = index.nearest("here", [MIGRATION])["sow:1"]
    assert (found.sow, found.start, found.end) == ("sow", 0, len(MIGRATION))
    assert 0.999 < found.cosine <= 1


def test_the_stretch_of_a_long_section_that_is_most_alike_is_told(index: ChromaPrecedents) -> None:
    text = "\n".join([*[f"{TRAINING} on day {day}." for day in range(12)], f"{MIGRATION}.", *[f"{HOSTING}."] * 12])
    index.put("here", [section(0, text)])
    found = index.nearest("here", [MIGRATION])["sow:0"]
    assert MIGRATION in text[found.start : found.end]
    assert found.end - found.start <= PASSAGE


def test_a_long_thread_finds_what_its_last_words_say(index: ChromaPrecedents) -> None:
    index.put("here", LIBRARY)
    thread = "Thank you for lunch on Friday, it was a pleasure to meet the team in person.\n\n" * 60
    wish = "We must move the customer records off the old database. " * 60
    assert best(index, thread + wish) == "sow:1"


def test_a_rare_sow_is_found_among_many_that_may_not_be(index: ChromaPrecedents) -> None:
    many = [section(place, f"{MIGRATION}, step {place}", sow="secret") for place in range(80)]
    index.put("here", [*many, section(0, "Records are moved by the client.", sow="open")])
    assert set(index.nearest("here", [MIGRATION], among=["open"])) == {"open:0"}


def test_a_section_that_became_shorter_leaves_no_piece_behind(index: ChromaPrecedents) -> None:
    index.put("here", [section(0, "\n".join([f"{TRAINING}, {day}" for day in range(20)]) + f"\n{MIGRATION}")])
    index.put("here", [section(0, HOSTING)])
    assert index.ids("here") == {"sow:0"}
    assert index.nearest("here", [MIGRATION])["sow:0"].cosine < 0.7


def test_a_dropped_section_leaves_no_piece_behind(index: ChromaPrecedents) -> None:
    index.put("here", [section(0, "\n".join([f"{TRAINING}, {day}" for day in range(40)])), LIBRARY[1]])
    index.drop("here", ["sow:0"])
    assert (index.ids("here"), set(index.nearest("here", [TRAINING]))) == ({"sow:1"}, {"sow:1"})


def test_a_library_outlives_its_process(encoder: Encoder, tmp_path: Path) -> None:
    before = ChromaPrecedents(encoder, folder=tmp_path / "a folder")
    before.put("here", LIBRARY)
    before.close()
    after = ChromaPrecedents(encoder, folder=tmp_path / "a folder")
    assert best(after, HOSTING) == "sow:2"
    after.close()


def test_a_reset_library_is_empty_and_can_be_built_again(index: ChromaPrecedents) -> None:
    index.put("here", LIBRARY)
    index.reset("here")
    index.put("here", LIBRARY[:1])
    assert index.count("here") == 1


def test_threads_may_open_and_fill_an_index_together(index: ChromaPrecedents) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: index.put("here", [section(number, f"{TRAINING} {number}")]), range(12)))
    assert index.count("here") == 12


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
