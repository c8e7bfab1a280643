"""The words of one library and where they stand: BM25 for sections and for whole SOWs, in arrays in memory.

Formula: S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the inverse
document frequency ln(1 + (N - n + 0.5) / (n + 0.5)).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from summarizer.records import SowSection
from summarizer.retrieval import terms

Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

NOTHING: Numbers = np.empty(0, np.int64)
SECTION = (1.2, 0.75)
WHOLE = (2.0, 0.9)
"""BM25's k1 and b. Long SOWs say most things at some place, so that length is held against them more."""


@dataclass(frozen=True)
class Postings:
    """Which rows hold a term how often, term after term."""

    starts: Numbers
    """Where each term's entries begin, and at the end how many there are."""
    rows: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    lengths: Weights
    """Of the rows, in terms; the mean is 1."""

    @property
    def terms(self) -> Numbers:
        """Of each entry, the number of its term."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def scores(self, asked: "Asked", k1: float, b: float) -> "Scores":
        """BM25 of each row."""
        found = [np.arange(self.starts[term], self.starts[term + 1]) for term in asked.numbers]
        sizes = np.array([len(each) for each in found], dtype=np.int64)
        places = np.concatenate([NOTHING, *found])
        rows, counts = self.rows[places], self.counts[places]
        total = len(self.lengths)
        rarity = np.log(1 + (total - sizes + 0.5) / (sizes + 0.5))
        weights = np.repeat(asked.weights * rarity, sizes)
        parts = weights * counts * (k1 + 1) / (counts + k1 * (1 - b + b * self.lengths[rows]))
        totals = np.bincount(rows, parts, total).astype(np.float64)
        return Scores(totals, rows, parts, np.repeat(np.arange(len(sizes)), sizes))


class Asked(NamedTuple):
    """What is looked for, as far as the library has it."""

    terms: list[str]
    numbers: list[int]
    weights: Weights


class Scores(NamedTuple):
    """Of all rows, and the parts that they are made of."""

    totals: Weights
    rows: npt.NDArray[np.int32]
    parts: Weights
    places: Numbers
    """Of each part, which of the asked terms it comes from."""


class Entries(NamedTuple):
    """Term, row and count of each entry, in any order."""

    terms: Numbers
    rows: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]


@dataclass(frozen=True)
class WordIndex:
    """Never changed: more sections make another index, so that threads may search one while the next is made."""

    sows: tuple[str, ...]
    sections: tuple[str, ...]
    sow_of: Numbers
    """Of each section, the number of its SOW; those of a SOW stand together."""
    vocabulary: Mapping[str, int]
    postings: Postings
    wholes: Postings
    """The same for the SOWs, each as one text."""

    @classmethod
    def empty(cls) -> "WordIndex":
        """What an index begins with."""
        nothing = Postings(np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))
        return cls((), (), NOTHING, {}, nothing, nothing)

    def changed(self, keep: Collection[str], added: Sequence[SowSection]) -> "WordIndex":
        """The index of the SOWs that are kept and of what is added, whose sections come SOW by SOW."""
        stays = np.array([self.sows[number] in keep for number in self.sow_of], dtype=bool)
        left = [number for number, kept in enumerate(stays) if kept]
        vocabulary = dict(self.vocabulary)
        new = _entries([terms(f"{each.heading}\n{each.text}") for each in added], vocabulary, first=len(left))
        owners = [self.sows[self.sow_of[number]] for number in left] + [section.sow for section in added]
        numbers = {sow: number for number, sow in enumerate(dict.fromkeys(owners))}
        sow_of = np.array([numbers[sow] for sow in owners], dtype=np.int64)
        sections = (*(self.sections[number] for number in left), *(section.id for section in added))
        postings = _sorted(_joined(self._entries(stays), new), terms=len(vocabulary), rows=len(sections))
        wholes = _merged(postings, sow_of, len(numbers))
        return WordIndex(tuple(numbers), sections, sow_of, vocabulary, postings, wholes)

    def asked(self, weights: Mapping[str, float]) -> Asked:
        """Those of the terms that stand somewhere in the library."""
        known = [term for term in weights if term in self.vocabulary]
        return Asked(known, [self.vocabulary[t] for t in known], np.array([weights[t] for t in known], dtype=float))

    def _entries(self, stays: npt.NDArray[np.bool_]) -> Entries:
        """What is known of the sections that stay, under their new numbers."""
        held = self.postings
        mask = stays[held.rows]
        renumbered = (np.cumsum(stays) - 1).astype(np.int32)
        return Entries(held.terms[mask], renumbered[held.rows[mask]], held.counts[mask])


def _entries(words: Sequence[Mapping[str, int]], vocabulary: dict[str, int], *, first: int) -> Entries:
    """Of new sections, which are numbered from `first`; what the vocabulary lacks is added to it."""
    numbers = [vocabulary.setdefault(term, len(vocabulary)) for each in words for term in each]
    rows = np.repeat(np.arange(first, first + len(words), dtype=np.int32), [len(each) for each in words])
    counts = np.fromiter(chain.from_iterable(each.values() for each in words), np.int32, len(numbers))
    return Entries(np.array(numbers, dtype=np.int64), rows, counts)


def _joined(one: Entries, other: Entries) -> Entries:
    return Entries(
        np.concatenate([one.terms, other.terms]),
        np.concatenate([one.rows, other.rows]),
        np.concatenate([one.counts, other.counts]),
    )


def _sorted(entries: Entries, *, terms: int, rows: int) -> Postings:
    order = np.argsort(entries.terms * max(1, rows) + entries.rows, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(entries.terms, minlength=terms))])
    lengths = np.bincount(entries.rows, entries.counts, rows).astype(float)
    lengths /= lengths.mean() if lengths.any() else 1.0
    return Postings(starts, entries.rows[order], entries.counts[order], lengths)


def _merged(postings: Postings, sow_of: Numbers, sows: int) -> Postings:
    """For whole SOWs: the entries of a term in the sections of one SOW stand together, and become one."""
    keys = postings.terms * max(1, sows) + sow_of[postings.rows]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.add.reduceat(postings.counts, firsts) if len(firsts) else postings.counts
    terms, rows = np.divmod(keys[firsts], max(1, sows))
    return _sorted(Entries(terms, rows.astype(np.int32), counts), terms=len(postings.starts) - 1, rows=sows)
