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
from summarizer.reading.threads import read


@dataclass(frozen=True)
class Example:
    """One thread, cut, with its labels."""

    case: Case
    clauses: Sequence[Clause]
    """In their places."""
    segments: Sequence[Segment]
    labels: Sequence[Label]
    """One a segment."""
    vectors: Matrix
    """A sentence vector a clause."""


def examples(taught: Sequence[Case | MarkedThread]) -> Iterator[Example]:
    """Cases and marked threads in their order."""
    encoder = Encoder()
    for each in taught:
        case = each.case if isinstance(each, MarkedThread) else each
        deal = case.deal
        source = read(case.pasted, client=deal.client, vendor=deal.vendor)
        places = list(number([source]))
        material = Material([source], client=deal.client, vendor=deal.vendor)
        read_clauses = clauses.read(brief(material, places))
        segments = cut(read_clauses)
        spans = {at: (place.passage.start, place.passage.end) for at, place in enumerate(places, start=1)}
        marks = each.stretches if isinstance(each, MarkedThread) else stretches(case, spans)
        known = labels(marks, case.pasted, segments, spans)
        if isinstance(each, MarkedThread):
            known = widened(known, segments)
        vectors = encoder.embed([clause.text for clause in read_clauses])
        yield Example(case, read_clauses, segments, known, vectors)


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
