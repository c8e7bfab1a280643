"""How fast past SOWs are found in large libraries: `python -m eval.bench_retrieval [--sections N] [--keep FOLDER]`

Twenty workspaces share the sections, which are generated; each is searched for lines and for whole threads, among all
of its SOWs and among those of one deal type. The sections' vectors are those of some hundred real pieces, each moved
a little, because embedding them all would take half an hour; what is looked for is embedded for real, in the time that
is measured. PostgreSQL, Chroma and all that callers wait for are real.
"""

import argparse
import os
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import make_url

from summarizer.adapters.database.migrate import migrate
from summarizer.adapters.database.store import Database
from summarizer.adapters.embedded import EmbeddedEngine
from summarizer.adapters.encoder import Encoder, Vectors
from summarizer.adapters.hybrid import HybridPrecedents
from summarizer.adapters.lexical import LexicalPrecedents, Matches
from summarizer.adapters.postgres import embedded
from summarizer.adapters.precedents import ChromaPrecedents, Likeness
from summarizer.draft_job import Workshop, find_precedents
from summarizer.records import DealType, Slice, Sow, SowFilter
from summarizer.sows import sections

WORKSPACES = 20
SECTIONS_OF_A_SOW = 12
SEARCHES = 300
DISTINCT = 400
"""Real pieces whose vectors all others are variants of."""
SPREAD = 0.03
"""How far a variant is moved, in each of 384 numbers: the cosine to its origin is about 0.86."""

ACTS = "delivers builds configures tests reviews documents hosts migrates trains supports measures plans".split()
THINGS = (
    "the interface to the warehouse system|a dashboard for the regional sales figures|the import of customer records"
    "|single sign-on for all employees|an accessible form for applications|the nightly batch of invoices"
    "|training for the service desk|a test environment with masked data|the catalogue of spare parts"
    "|monitoring and alerts for the shop|the archive of signed contracts|a report on data quality"
).split("|")
ENDS = (
    "within ten working days|before the first acceptance test|as soon as the client has named a contact"
    "|at the price of the attached sheet|for two locations|once credentials are there|until the end of the phase"
    "|according to the client's security rules|without changes to the present network|in two rounds of review"
).split("|")


def dice(seed: int) -> random.Random:
    """The same chance in each run."""
    return random.Random(seed)  # noqa: S311 - nothing is kept secret with it


class Timed:
    """How long each part of each search took, in seconds."""

    def __init__(self) -> None:
        self.parts: defaultdict[str, list[float]] = defaultdict(list)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what the block takes for this part."""
        began = time.perf_counter()
        yield
        self.parts[name].append(time.perf_counter() - began)


class Variants:
    """An embedder that moves the vectors of a few real pieces while a library is filled."""

    name = "variants"

    def __init__(self, timed: Timed, *, threads: int) -> None:
        self._timed = timed
        self._encoder = Encoder(threads=threads)
        self._random = np.random.default_rng(5)
        chance = dice(5)
        self._origins = self._encoder.embed([sentence(chance, extra=2) for _ in range(DISTINCT)])
        self.filling = True

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Real vectors once the library is filled."""
        if not self.filling:
            with self._timed.part("encoding"):
                return self._encoder.embed(texts)
        origins = self._origins[self._random.integers(DISTINCT, size=len(texts))]
        moved = origins + self._random.normal(0, SPREAD, origins.shape).astype(np.float32)
        normal: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
        return normal


class TimedDense(ChromaPrecedents):
    """Chroma, whose time is measured; encoding stands inside and is taken off later."""

    timed: Timed

    def nearest(
        self, workspace: str, passages: Sequence[str], *, among: Collection[str] | None = None, few: bool = False
    ) -> dict[str, Likeness]:
        with self.timed.part("encoding and likeness"):
            return super().nearest(workspace, passages, among=among, few=few)


class TimedWords(LexicalPrecedents):
    """The words, whose time is measured."""

    timed: Timed

    def search(self, workspace: str, text: str, *, among: Collection[str]) -> Matches:
        with self.timed.part("words"):
            return super().search(workspace, text, among=among)


@dataclass
class Bench:
    """All that is measured with."""

    database: Database
    dense: TimedDense
    words: TimedWords
    embedder: Variants
    timed: Timed
    chance: random.Random = field(default_factory=lambda: dice(7))

    def workshop(self, workspace: str) -> Workshop:
        index = HybridPrecedents(self.dense, self.words)
        return Workshop(partial(self.database.begin, workspace), EmbeddedEngine(), index, workspace)


def sentence(chance: random.Random, *, extra: int = 0) -> str:
    """Something that a SOW could say; names and numbers make the vocabulary as wide as real ones have it."""
    said = f"The supplier {chance.choice(ACTS)} {chance.choice(THINGS)} {chance.choice(ENDS)}"
    # Squared, so that few names are common and most are rare.
    name = "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(2))
    number = int(20_000 * chance.random() ** 2)
    more = "".join(f" {sentence(chance)}" for _ in range(extra))
    return f"{said}, {name}{number % 60} {number}.{more}"


def document(chance: random.Random) -> str:
    """A SOW of so many sections, each of some 700 characters."""
    parts = (
        f"# Part {place}: {chance.choice(THINGS)}\n\n{sentence(chance, extra=chance.randint(4, 6))}"
        for place in range(SECTIONS_OF_A_SOW)
    )
    return "\n\n".join(parts)


def fill(bench: Bench, *, sections_in_all: int) -> int:
    """Make the libraries unless they are there; how many sections they hold."""
    sows = max(1, sections_in_all // WORKSPACES // SECTIONS_OF_A_SOW)
    for number in track(range(WORKSPACES), "Filling the libraries"):
        workspace = f"workspace-{number}"
        bench.database.add_workspace(workspace, workspace)
        with bench.database.begin(workspace) as store:
            if store.sows.page(Slice(size=1)).rows:
                continue
            made = [_sow(f"{number}-{place}", document(bench.chance), place) for place in range(sows)]
            cut = {sow.id: sections(sow.id, sow.text) for sow in made}
            for sow in made:
                store.sows.add(sow, cut[sow.id])
        bench.dense.put(workspace, [section for held in cut.values() for section in held])
    return sows * WORKSPACES * SECTIONS_OF_A_SOW


def _sow(name: str, text: str, place: int) -> Sow:
    types = list(DealType)
    return Sow(
        id=name,
        name=name,
        series=name,
        deal_type=types[place % len(types)],
        sha256=name,
        size=len(text),
        media_type="text/markdown",
        created_by="bench",
        created_at=datetime.now(UTC),
        original=b"",
        text=text,
    )


def measure(bench: Bench, make: Callable[[random.Random], str], deal_type: DealType | None) -> dict[str, list[float]]:
    """Search all workspaces in turn; seconds of each part."""
    bench.timed.parts.clear()
    for number in range(SEARCHES):
        workshop = bench.workshop(f"workspace-{number % WORKSPACES}")
        with bench.timed.part("all"):
            found = find_precedents(workshop, make(bench.chance), most=10, wanted=SowFilter(deal_type=deal_type))
        assert len(found) == 10
    parts = dict(bench.timed.parts)
    both = zip(parts.pop("encoding and likeness"), parts["encoding"], strict=True)
    parts["likeness (Chroma)"] = [together - encoding for together, encoding in both]
    known = zip(*(parts[name] for name in ("encoding", "likeness (Chroma)", "words")), strict=True)
    rest = [total - sum(each) for total, each in zip(parts["all"], known, strict=True)]
    return {name: parts[name] for name in ("encoding", "likeness (Chroma)", "words")} | {
        "PostgreSQL and joining": rest,
        "all": parts["all"],
    }


@contextmanager
def opened(folder: Path, *, threads: int) -> Iterator[Bench]:
    """PostgreSQL and Chroma in the folder."""
    with ExitStack() as stack:
        cluster = stack.enter_context(embedded(folder))
        migrate(cluster.owner_url, app_role=make_url(cluster.app_url).username or "")
        database, library = Database(cluster.app_url), Database(cluster.app_url, pool_size=2)
        stack.callback(database.dispose)
        stack.callback(library.dispose)
        timed = Timed()
        embedder = Variants(timed, threads=threads)
        dense, words = TimedDense(embedder, folder=folder / "index"), TimedWords(library.begin)
        dense.timed = words.timed = timed
        stack.callback(dense.close)
        yield Bench(database, dense, words, embedder, timed)


def first_searches(bench: Bench) -> list[float]:
    """How long the first search of each workspace takes, in which its words are counted."""
    bench.embedder.filling = False
    bench.embedder.embed(["The model is loaded."])
    seconds = []
    for number in track(range(WORKSPACES), "First searches"):
        began = time.perf_counter()
        find_precedents(bench.workshop(f"workspace-{number}"), "acceptance", most=10)
        seconds.append(time.perf_counter() - began)
    return seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_retrieval", description=__doc__)
    parser.add_argument("--sections", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=2, help="Of the encoder.")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    kinds: dict[str, Callable[[random.Random], str]] = {
        "a line": sentence,
        "a thread of 5,000 characters": lambda chance: sentence(chance, extra=45),
    }
    table = Table("looked for", "among", "part", "median ms", "95 % ms")
    with TemporaryDirectory() as made, opened(given.keep or Path(made), threads=given.threads) as bench:
        held = fill(bench, sections_in_all=given.sections)
        first = first_searches(bench)
        for kind, make in kinds.items():
            for deal_type in (None, DealType.MIGRATION):
                for part, seconds in measure(bench, make, deal_type).items():
                    middle, slow = np.percentile(np.array(seconds) * 1000, [50, 95])
                    table.add_row(kind, deal_type or "all", part, f"{middle:.1f}", f"{slow:.1f}")
                table.add_section()
    Console().print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{held} sections in {WORKSPACES} workspaces; first search of one {max(first):.1f} s at most;")
    print(f"peak memory {peak:.0f} MB; load averages {load} on {os.cpu_count()} cores.")


if __name__ == "__main__":
    main()
