"""What the rules and the retrieval encoder say of each segment, as a row of numbers for the trained reader."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from summarizer import cues
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.overrides import Overrides
from summarizer.adapters.embedded.segments import Segment
from summarizer.items import Kind, Side

Matrix = npt.NDArray[np.float32]
_NEGATION = re.compile(
    r"\b(?:not|no|none|never|nothing|instead|rather|drop\w*|skip\w*|cut|forget|leave|out|only|just|now|changed?|"
    r"actually|sorry|too)\b|n['’]t\b",
    re.IGNORECASE,
)


def features(segments: Sequence[Segment], changes: Overrides, *, vectors: Matrix, undone: Matrix) -> Matrix:
    """One row a segment: who speaks, where it stands, what the rules make of its clause, what it echoes and undoes.

    `vectors` holds a sentence vector of each clause, by its place, each of length 1; `undone` is `undoing.chances`.
    """
    last = {segment.clause.message: segment.clause.place for segment in segments}
    messages = {message: at for at, message in enumerate(dict.fromkeys(s.clause.message for s in segments))}
    rows: dict[int, list[float]] = {}
    clauses = list({segment.clause.place: segment.clause for segment in segments}.values())
    echoes = _echoes(clauses, vectors)
    taken_back, takes_back = undone.max(axis=1).tolist(), undone.max(axis=0).tolist()
    table = []
    for segment in segments:
        clause = segment.clause
        if clause.place not in rows:
            rows[clause.place] = _clause_row(clause, changes, is_last=last[clause.message] == clause.place)
        order = [messages[clause.message] / 10, messages[clause.message] / len(messages), len(messages) / 10]
        table.append(
            [
                *(*rows[clause.place], *order, *echoes[clause.place]),
                *(taken_back[clause.place], takes_back[clause.place], *_segment_row(segment)),
            ]
        )
    return np.array(table, dtype=np.float32)


def _clause_row(clause: Clause, changes: Overrides, *, is_last: bool) -> list[float]:
    question = clause.question.text if clause.question else None
    weights = cues.weigh(clause.text, side=clause.side, question=question)
    flags = (
        clause.side is Side.CLIENT,
        clause.side is Side.VENDOR,
        clause.passage.item,
        clause.passage.quoted,
        clause.before is None,
        is_last,
        clause.question is not None,
        "?" in clause.text,
        clause.points_back,
        bool(clause.lead),
        bool(clause.dates),
        bool(clause.figures),
        any(len(figure.unit) == 3 for figure in clause.figures),
        clause.number in changes.dropped,
        clause.number in changes.corrected,
        clause.number in changes.absorbed,
    )
    ruled = [float(clause.kind is kind) for kind in Kind]
    return [*map(float, flags), *ruled, *(weights.get(kind, 0.0) / 3 for kind in Kind)]


def _segment_row(segment: Segment) -> list[float]:
    weights = cues.weigh(segment.text, side=segment.clause.side)
    size = len(segment.text.split()) / 20
    flags = (
        segment.opens,
        segment.end == len(segment.clause.text),
        "?" in segment.text,
        any(map(str.isdigit, segment.text)),
    )
    return [*map(float, flags), size, *(weights.get(kind, 0.0) / 3 for kind in Kind)]


def _echoes(clauses: Sequence[Clause], vectors: Matrix) -> dict[int, list[float]]:
    """Of each clause the nearest later and the nearest earlier clause of another message, and what those are like."""
    alike = vectors @ vectors.T
    messages = np.array([clause.message for clause in clauses])
    telling = np.array([len(clause.words) > 1 for clause in clauses])
    found = {}
    for at, clause in enumerate(clauses):
        elsewhere = (messages != clause.message) & telling
        later, earlier = elsewhere.copy(), elsewhere.copy()
        later[: at + 1] = False
        earlier[at:] = False
        found[clause.place] = [*_echo(clauses, at, alike[at], later), *_echo(clauses, at, alike[at], earlier)]
    return found


def _echo(clauses: Sequence[Clause], at: int, alike: Matrix, among: npt.NDArray[np.bool_]) -> list[float]:
    if not among.any():
        return [0.0] * 10
    best = int(np.where(among, alike, -1.0).argmax())
    clause, other = clauses[at], clauses[best]
    differing = {figure.values for figure in clause.figures} ^ {figure.values for figure in other.figures}
    return [
        float(alike[best]),
        float(alike[best] > 0.5),
        float(clause.side is other.side),
        float(bool(_NEGATION.search(other.text))),
        float(bool(clause.figures) and bool(other.figures) and bool(differing)),
        float(bool(clause.words & other.words)),
        len(clause.words & other.words) / (1 + len(clause.words)),
        float(other.kind is Kind.EXCLUSION),
        float(other.kind is not None),
        min(abs(best - at), 50) / 50,
    ]
