"""Which of a thread's segments are of one item, by what the reader says of each one's companions."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


def groups(chosen: Sequence[int], alike: Array, *, together: float) -> list[list[int]]:
    """The chosen segments, in their places, in groups of one item each; `alike` as `of_one_item` has it.

    Average linkage: the two groups whose segments are likeliest of one item become one, while that chance, on average
    over their pairs, is at least `together`.
    """
    alike = alike.copy()
    np.fill_diagonal(alike, -1.0)
    found = [[at] for at in chosen]
    while len(found) > 1:
        one, other = sorted(divmod(int(alike.argmax()), len(found)))
        if alike[one, other] < together:
            break
        sizes = [len(found[one]), len(found[other])]
        joined = np.average(alike[[one, other]], axis=0, weights=sizes)
        alike[one], alike[:, one] = joined, joined
        alike[one, one] = -1.0
        alike = np.delete(np.delete(alike, other, axis=0), other, axis=1)
        found[one] = sorted(found[one] + found.pop(other))
    return found


def of_one_item(chosen: Sequence[int], joins: Array) -> Array:
    """Shape (chosen, chosen): the chance that two go together, directly or by way of others between them.

    `joins` is as in `facts.Reading`.

    What goes with k is of the item of j if k is; so each row follows from those before it.
    """
    chances = np.eye(len(chosen), dtype=np.float32)
    for row, at in enumerate(chosen):
        earlier = joins[at, [each + 1 for each in chosen[:row]]]
        goes_with = earlier / (joins[at, 0] + earlier.sum() + 1e-9)
        chances[row, :row] = goes_with @ chances[:row, :row]
        chances[:row, row] = chances[row, :row]
    return chances
