"""How well past SOWs are found: `python -m eval.retrieval [--keep FOLDER]`

The table has the rank of the right document (`grants`) or section (`gov`) by likeness alone, by words alone, and by
both; and by BM25 as textbooks have it, over whole documents or sections, as a rival. Constants were chosen on the
questions at even places; the other half was not looked at for that.

Everything is real: PostgreSQL, Chroma, the shipped encoder. `--keep` leaves the libraries in the folder, so that the
next run need not embed them again.
"""

import argparse
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from eval.retrieval_sets import FOLDER, SETS, Question, Questions
from summarizer.adapters.database.migrate import migrate
from summarizer.adapters.database.store import Database
from summarizer.adapters.encoder import Encoder
from summarizer.adapters.hybrid import HybridPrecedents
from summarizer.adapters.lexical import LexicalPrecedents
from summarizer.adapters.postgres import embedded
from summarizer.adapters.precedents import ChromaPrecedents
from summarizer.records import Slice, Sow, SowSection
from summarizer.retrieval import passages, share_of_sections

Search = Callable[[str], list[str]]
"""What is looked for, to ids of sections, best first."""


@dataclass(frozen=True)
class Arms:
    """The ways of looking, over one library."""

    dense: ChromaPrecedents
    lexical: LexicalPrecedents
    workspace: str
    sows: frozenset[str]
    deep: int

    def by_likeness(self, text: str) -> list[str]:
        """By the passages that are most alike."""
        found = self.dense.nearest(self.workspace, passages(text), among=self.sows)
        return sorted(found, key=lambda section: -found[section].cosine)[: self.deep]

    def by_words(self, text: str) -> list[str]:
        """By the words of the section and of its SOW."""
        matches = self.lexical.search(self.workspace, text, among=self.sows)
        share = share_of_sections(max(1, len(passages(text))))
        scores = share * matches.sections + (1 - share) * matches.wholes
        return [matches.index.sections[place] for place in (-scores).argsort(kind="stable")[: self.deep]]

    def by_both(self, text: str) -> list[str]:
        """As callers get it."""
        index = HybridPrecedents(self.dense, self.lexical)
        return [hit.section for hit in index.search(self.workspace, text, most=self.deep, among=self.sows)]


@dataclass(frozen=True)
class Figures:
    """Of some questions."""

    first: float
    """Share of answers at the first place."""
    fifth: float
    """Share of answers among the first five."""
    mean: float
    """Mean reciprocal rank."""

    @classmethod
    def of(cls, ranks: Sequence[int | None]) -> "Figures":
        """`None` stands for an answer that was not found."""
        return cls(
            sum(rank == 1 for rank in ranks) / len(ranks),
            sum(rank is not None and rank <= 5 for rank in ranks) / len(ranks),
            sum(1 / rank for rank in ranks if rank) / len(ranks),
        )

    def __str__(self) -> str:
        return f"{self.first:.3f} {self.fifth:.3f} {self.mean:.3f}"


@dataclass(frozen=True)
class Row:
    """One way of looking, on one set."""

    set: str
    arm: str
    ranks: list[int | None]
    milliseconds: float
    """The median of one search."""

    @property
    def all(self) -> Figures:
        return Figures.of(self.ranks)

    @property
    def tuned(self) -> Figures:
        """Of the questions at even places, counted from one."""
        return Figures.of(self.ranks[1::2])

    @property
    def held_out(self) -> Figures:
        return Figures.of(self.ranks[::2])


@contextmanager
def opened(folder: Path, asked: Sequence[Questions]) -> Iterator[dict[str, Arms]]:
    """The libraries of the sets, filled where they are not."""
    with ExitStack() as stack:
        cluster = stack.enter_context(embedded(folder))
        migrate(cluster.owner_url, app_role=make_url(cluster.app_url).username or "")
        database = Database(cluster.app_url)
        stack.callback(database.dispose)
        dense = ChromaPrecedents(Encoder(), folder=folder / "index")
        stack.callback(dense.close)
        yield {each.name: _arms(each, database, dense) for each in asked}


def _arms(asked: Questions, database: Database, dense: ChromaPrecedents) -> Arms:
    database.add_workspace(asked.name, asked.name)
    with database.begin(asked.name) as store:
        if not store.sows.page(Slice(size=1)).rows:
            for document in asked.documents:
                store.sows.add(_sow(document.id, document.text), document.sections)
        sows = frozenset(store.sows.searchable())
    held = dense.ids(asked.name)
    for document in asked.documents:
        dense.put(asked.name, [section for section in document.sections if section.id not in held])
    return Arms(dense, LexicalPrecedents(database.begin), asked.name, sows, asked.deep)


def _sow(name: str, text: str) -> Sow:
    return Sow(
        id=name,
        name=name,
        series=name,
        sha256=name,
        size=0,
        media_type="text/markdown",
        created_by="eval",
        created_at=datetime.now(UTC),
        original=b"",
        text=text,
    )


def rows(asked: Questions, arms: Arms) -> list[Row]:
    """All ways of looking, on one set."""
    ways: dict[str, Search] = {
        "textbook BM25": textbook(asked),
        "likeness": arms.by_likeness,
        "words": arms.by_words,
        "both": arms.by_both,
    }
    known = {section.id: section for document in asked.documents for section in document.sections}
    arms.by_both("warm")
    return [_row(asked, arm, search, known) for arm, search in ways.items()]


def _row(asked: Questions, arm: str, search: Search, known: dict[str, SowSection]) -> Row:
    ranks, seconds = [], []
    for question in asked.questions:
        began = time.perf_counter()
        found = search(question.text)
        seconds.append(time.perf_counter() - began)
        ranks.append(_rank(question, [known[section] for section in found], whole=asked.whole))
    return Row(asked.name, arm, ranks, 1000 * sorted(seconds)[len(seconds) // 2])


def _rank(question: Question, found: Sequence[SowSection], *, whole: bool) -> int | None:
    """The place of the answer from 1; `None` where it is not in the list."""
    seen: dict[str, None] = {}
    for section in found:
        seen[section.sow if whole else section.id] = None
        if question.answered_by(section):
            return len(seen)
    return None


def textbook(asked: Questions) -> Search:
    """BM25 with k1 1.2 and b 0.75 over words in small letters, each as often as it is asked for."""
    texts = [
        (part[0].id, " ".join(section.text for section in part))
        for document in asked.documents
        for part in ([document.sections] if asked.whole else [[each] for each in document.sections])
        if part
    ]
    counts = [Counter(re.findall(r"\w+", text.lower())) for _, text in texts]
    mean = sum(each.total() for each in counts) / len(counts)
    held = Counter(word for each in counts for word in each)

    def score(each: Counter[str], words: Counter[str]) -> float:
        norm = 1.2 * (0.25 + 0.75 * each.total() / mean)
        shared = words.keys() & each.keys()
        rarity = {word: math.log(1 + (len(counts) - held[word] + 0.5) / (held[word] + 0.5)) for word in shared}
        return sum(words[word] * rarity[word] * each[word] * 2.2 / (each[word] + norm) for word in shared)

    def search(text: str) -> list[str]:
        words = Counter(re.findall(r"\w+", text.lower()))
        scores = [score(each, words) for each in counts]
        best = sorted(range(len(texts)), key=lambda place: -scores[place])
        return [texts[place][0] for place in best[: asked.deep]]

    return search


def report(folder: Path, *, keep: Path | None = None) -> list[Row]:
    """All rows of both sets."""
    asked = [make(folder) for make in SETS.values()]
    with TemporaryDirectory() as made, opened(keep or Path(made), asked) as libraries:
        return [row for each in asked for row in rows(each, libraries[each.name])]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    table = Table("set", "by", "all: R@1 R@5 MRR", "even places (tuned)", "odd places", "ms")
    for row in report(given.folder, keep=given.keep):
        table.add_row(row.set, row.arm, str(row.all), str(row.tuned), str(row.held_out), f"{row.milliseconds:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
