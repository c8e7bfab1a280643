"""Labelled cases and marked threads as the embedded engine sees them, with what they teach."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from eval.cases import Case
from eval.training.labels import Label, labels, stretches, widened
from eval.training.marked import MarkedThread
from summarizer.adapters.embedded import clauses, overrides, undoing
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.features import Matrix, features
from summarizer.adapters.embedded.relations import relations
from summarizer.adapters.embedded.segments import Segment, cut
from summarizer.adapters.embedded.windows import Window, windows
from summarizer.adapters.encoder import SHIPPED, Encoder
from summarizer.numbering import Material, brief, number
from summarizer.ports import Brief
from summarizer.reading.threads import read


@dataclass(frozen=True)
class Labelled:
    """One thread, cut, with its labels."""

    brief: Brief
    clauses: Sequence[Clause]
    """In their places."""
    segments: Sequence[Segment]
    labels: Sequence[Label]
    """One a segment."""


@dataclass(frozen=True)
class Example:
    """One labelled thread with a sentence vector of each clause."""

    case: Case
    clauses: Sequence[Clause]
    segments: Sequence[Segment]
    labels: Sequence[Label]
    vectors: Matrix
    """A sentence vector a clause."""


def examples(taught: Sequence[Case | MarkedThread]) -> Iterator[Example]:
    """Cases and marked threads in their order."""
    encoder = Encoder()
    for each in taught:
        known = labelled(each)
        vectors = encoder.embed([clause.text for clause in known.clauses])
        case = each.case if isinstance(each, MarkedThread) else each
        yield Example(case, known.clauses, known.segments, known.labels, vectors)


def labelled(taught: Case | MarkedThread) -> Labelled:
    """The thread as the embedded engine cuts it."""
    case = taught.case if isinstance(taught, MarkedThread) else taught
    deal = case.deal
    source = read(case.pasted, client=deal.client, vendor=deal.vendor)
    places = list(number([source]))
    given = brief(Material([source], client=deal.client, vendor=deal.vendor), places)
    read_clauses = clauses.read(given)
    segments = cut(read_clauses)
    spans = {at: (place.passage.start, place.passage.end) for at, place in enumerate(places, start=1)}
    marks = taught.stretches if isinstance(taught, MarkedThread) else stretches(case, spans)
    known = labels(marks, case.pasted, segments, spans)
    return Labelled(given, read_clauses, segments, widened(known, segments) if case is not taught else known)


def tokenizer() -> Tokenizer:
    """The shipped encoder's tokenizer, which neither pads nor cuts."""
    found = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def windows_of(example: Example, words: Tokenizer) -> list[Window]:
    """The thread as the encoder reads it."""
    return list(windows(example.segments, words))


def seen(example: Example, undoing_weights: Mapping[str, float]) -> tuple[Matrix, Matrix]:
    """Features, a row a segment, and relations, of each segment to each; the weights are what `pairs` has learnt."""
    undone = undoing.chances(example.clauses, example.vectors, undoing_weights)
    rows = features(example.segments, overrides.find(example.clauses), vectors=example.vectors, undone=undone)
    places = [segment.clause.place for segment in example.segments]
    pairs = relations(example.clauses, vectors=example.vectors, undone=undone)
    return rows, pairs[np.ix_(places, places)]
