"""Which later clause takes an earlier one back: a logistic model over pairs, taught by labelled cases."""

import re
from collections.abc import Mapping, Sequence
from math import exp, log1p

import numpy as np
import numpy.typing as npt

from summarizer.adapters.embedded.clauses import Clause
from summarizer.items import Kind

_NOT = re.compile(r"\b(?:not|no|none|never|nothing|without|nor)\b|n['’]t\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:instead|rather|drop\w*|skip\w*|cut|forget|leave|out|only|just|now|chang\w+|actually|sorry|too|less|more|"
    r"make it|push\w*|mov\w+|later|down|up|off|dead|keep|kill\w*|scrap\w*|take|park|pull\w*)\b",
    re.IGNORECASE,
)
NEAREST = 12
"""So many later clauses are looked at for each clause: those most like it, its answers, and the next ones."""
_BARE = 6

Vectors = npt.NDArray[np.float32]


def chances(clauses: Sequence[Clause], vectors: Vectors, weights: Mapping[str, float]) -> Vectors:
    """Shape (clauses, clauses): the chance that the clause of the column, a later one, takes back that of the row.

    `vectors` has a sentence vector of length 1 per clause.
    """
    found = np.zeros((len(clauses), len(clauses)), dtype=np.float32)
    for at, clause in enumerate(clauses):
        for other in later(clauses, at, vectors):
            alike = float(vectors[at] @ vectors[other])
            found[at, other] = _chance(signs(clause, clauses[other], alike=alike), weights)
    return found


def later(clauses: Sequence[Clause], at: int, vectors: Vectors) -> list[int]:
    """Places of the later clauses that may take the clause back."""
    alike = vectors[at + 1 :] @ vectors[at]
    clause = clauses[at]

    def nearness(other: int) -> float:
        near = float(alike[other - at - 1]) + 0.12 * len(clause.words & clauses[other].words)
        return near + 0.5 * _answers(clauses[other], clause) + 0.15 * (other - at <= 2)

    return sorted(range(at + 1, len(clauses)), key=nearness, reverse=True)[:NEAREST]


def signs(clause: Clause, other: Clause, *, alike: float) -> dict[str, float]:
    """What speaks for and against the later clause taking the earlier one back, by name."""
    shared = float(len(clause.words & other.words))
    no, change = (float(bool(pattern.search(other.text))) for pattern in (_NOT, _CHANGE))
    left_out = float(other.kind is Kind.EXCLUSION)
    return {
        "bias": 1.0,
        "alike": alike,
        "much alike": max(0.0, alike - 0.4),
        "shared words": shared,
        "share of its words": shared / (1 + len(clause.words)),
        "no": no,
        "no, of shared words": no * shared,
        "no, alike": no * alike,
        "change": change,
        "change, of shared words": change * shared,
        "left out": left_out,
        "left out, of shared words": left_out * float(shared > 0),
        **_figures(clause, other, shared),
        **_places(clause, other),
        f"is {clause.kind}": 1.0,
        f"by {other.kind}": 1.0,
        "words": float(min(30, len(clause.text.split()))),
        "words of the later": float(min(30, len(other.text.split()))),
    }


def _figures(clause: Clause, other: Clause, shared: float) -> dict[str, float]:
    old, new = ({value for figure in each.figures for value in figure.values} for each in (clause, other))
    before, after = ({found.date for found in each.dates} for each in (clause, other))
    counts = float(bool(old) and bool(new) and not old & new)
    dated = float(bool(before) and bool(after) and not before & after)
    return {
        "another number": counts,
        "another number, of shared words": counts * shared,
        "the old number and a new one": float(bool(old & new) and bool(new - old)),
        "a bare number": float(bool(old) and bool(new) and len(other.text.split()) <= _BARE),
        "another date": dated,
        "another date, of shared words": dated * (shared + 1),
        "the old date and a new one": float(bool(before & after) and bool(after - before)),
    }


def _places(clause: Clause, other: Clause) -> dict[str, float]:
    return {
        "same side": float(clause.side is other.side),
        "same sender": float(clause.passage.sender == other.passage.sender),
        "same message": float(clause.message == other.message),
        "answers it": _answers(other, clause),
        "clauses between": log1p(abs(other.place - clause.place)),
        "messages between": float(min(6, abs(other.message - clause.message))),
        "points back": float(other.points_back),
        "points back to it": float(other.points_back and other.place == clause.place + 1),
    }


def _answers(answer: Clause, question: Clause) -> float:
    return float(answer.question is not None and answer.question.number == question.number)


def _chance(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in found.items())))
