"""Labelled cases as the embedded engine sees them, with what they teach."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from eval.cases import Case
from eval.training.labels import Label, labels
from summarizer.adapters.embedded import clauses, overrides
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.features import Matrix, features
from summarizer.adapters.embedded.segments import Segment, cut
from summarizer.adapters.embedded.windows import Window, windows
from summarizer.adapters.encoder import SHIPPED, Encoder
from summarizer.numbering import Material, brief, number
from summarizer.reading.threads import read


@dataclass(frozen=True)
class Example:
    """One case, cut, with its labels."""

    case: Case
    clauses: Sequence[Clause]
    """In their places."""
    segments: Sequence[Segment]
    labels: Sequence[Label]
    """One a segment."""
    vectors: Matrix
    """A sentence vector a clause."""


def examples(cases: Sequence[Case]) -> Iterator[Example]:
    """The cases in their order."""
    encoder = Encoder()
    for case in cases:
        deal = case.deal
        source = read(case.pasted, client=deal.client, vendor=deal.vendor)
        places = list(number([source]))
        material = Material([source], client=deal.client, vendor=deal.vendor)
        read_clauses = clauses.read(brief(material, places))
        segments = cut(read_clauses)
        spans = {at: (place.passage.start, place.passage.end) for at, place in enumerate(places, start=1)}
        vectors = encoder.embed([clause.text for clause in read_clauses])
        yield Example(case, read_clauses, segments, labels(case, segments, spans), vectors)


def tokenizer() -> Tokenizer:
    """The shipped encoder's tokenizer, which neither pads nor cuts."""
    found = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def windows_of(example: Example, words: Tokenizer) -> list[Window]:
    """The thread as the encoder reads it."""
    return list(windows(example.segments, words))


def features_of(example: Example, undoing: Mapping[str, float]) -> Matrix:
    """A row a segment; `undoing` as `pairs.undoing` has learnt it."""
    if not example.segments:
        return np.zeros((0, 0), dtype=np.float32)
    changes = overrides.find(example.clauses)
    return features(example.segments, changes, vectors=example.vectors, undoing=undoing)
