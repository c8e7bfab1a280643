"""What each pair of a thread's clauses has to do with each other, for the reader's look from one to the other."""

from collections.abc import Collection, Hashable, Sequence

import numpy as np
import numpy.typing as npt

from summarizer.adapters.embedded.clauses import Clause

RELATIONS = 9
"""Numbers a pair."""
_MANY = 3
"""Shared words from which on more of them make no difference."""

Array = npt.NDArray[np.float32]


def relations(clauses: Sequence[Clause], *, vectors: Array, undone: Array) -> Array:
    """Shape (clauses, clauses, RELATIONS): of the clause of the row to that of the column.

    In order: taken back by it, takes it back, answers it, is answered by it, how alike their words are, shared words,
    shared figures, in the same message, the same clause. `vectors` holds a sentence vector of each clause, by its
    place, each of length 1; `undone` is `undoing.chances`.
    """
    asked = _answers(clauses)
    messages = np.array([clause.message for clause in clauses])
    same_message = messages[:, None] == messages[None, :]
    words = _shared([clause.words for clause in clauses]).clip(max=_MANY) / _MANY
    figures = _shared([{value for figure in clause.figures for value in figure.values} for clause in clauses]) > 0
    alike = vectors @ vectors.T
    layers = (undone, undone.T, asked, asked.T, alike, words, figures, same_message, np.eye(len(clauses)))
    return np.stack([np.asarray(layer, dtype=np.float32) for layer in layers], axis=-1)


def _shared(sets: Sequence[Collection[Hashable]]) -> Array:
    """How many members each two of the sets have in common."""
    columns = {member: at for at, member in enumerate({member for each in sets for member in each})}
    table = np.zeros((len(sets), len(columns) or 1), dtype=np.float32)
    for at, each in enumerate(sets):
        table[at, [columns[member] for member in each]] = 1.0
    return table @ table.T


def _answers(clauses: Sequence[Clause]) -> Array:
    """1 where the clause of the row answers the question of the column."""
    places: dict[int, list[int]] = {}
    for clause in clauses:
        places.setdefault(clause.number, []).append(clause.place)
    table = np.zeros((len(clauses), len(clauses)), dtype=np.float32)
    for clause in clauses:
        if clause.question is not None:
            table[clause.place, places.get(clause.question.number, [])] = 1.0
    return table
