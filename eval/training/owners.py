"""Fit `owing_words.WEIGHTS`, by which the one to act is chosen: `python -m eval.training.owners`

It learns from the labelled owners of the dependencies of the train split, whose words are known, and prints the weights
with what they get right: on the split itself, cross-validated over its cases, and on the development split.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from sklearn.model_selection import GroupKFold
from torch import Tensor

from eval.attribution import same_name
from eval.cases import Case, read_cases
from eval.training.examples import labelled
from summarizer.adapters.embedded import people
from summarizer.adapters.embedded.owing import claimed
from summarizer.adapters.embedded.owing_words import WEIGHTS
from summarizer.adapters.embedded.segments import clauses_of
from summarizer.items import Kind

_FOLDS = 5
_HOLD = 0.001
"""Weight decay."""
_STEPS = 60
_NEVER = -1e9


@dataclass(frozen=True)
class Question:
    """Who owes one dependency: what speaks for each candidate, and whether that is the labelled one."""

    case: str
    signs: npt.NDArray[np.float32]
    """A row a candidate, a column a way of `WEIGHTS`."""
    right: npt.NDArray[np.bool_]


def main() -> None:
    train, development = ([*questions(read_cases(split).cases)] for split in ("train", "development"))
    weights = fit(train)
    print(f"train: {_right(train, weights)} of {len(train)}, cross-validated {_cross_validated(train)}")
    print(f"development: {_right(development, weights)} of {len(development)}")
    for way, weight in sorted(zip(WEIGHTS, weights.tolist(), strict=True), key=lambda each: -each[1]):
        print(f'    "{way}": {weight:.1f},')


def questions(cases: Sequence[Case]) -> Iterator[Question]:
    """The dependencies with an owner; of some nothing speaks for the labelled one."""
    ways = list(WEIGHTS)
    for case in cases:
        known = labelled(case)
        directory = people.find(known.brief, known.clauses)
        of = list(zip(known.segments, (label.of for label in known.labels), strict=True))
        for item, gold in enumerate(case.gold.items, start=1):
            told = clauses_of([segment for segment, stated in of if stated == item])
            if gold.kind is not Kind.DEPENDENCY or gold.owner is None or not told:
                continue
            claims = dict.fromkeys((claim.name, claim.way) for claim in claimed(told, directory))
            names = list(dict.fromkeys(name for name, _ in claims))
            signs = np.array([[(name, way) in claims for way in ways] for name in names], dtype=np.float32)
            yield Question(case.id, signs, np.array([same_name(gold.owner, name) for name in names]))


def fit(asked: Sequence[Question]) -> npt.NDArray[np.float32]:
    """The weights under which the labelled owners are likeliest: softmax over the candidates of each question."""
    asked = [each for each in asked if each.right.any()]
    weights = torch.zeros(len(WEIGHTS), requires_grad=True)
    signs, right, absent = _padded(asked)
    optimizer = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        chances = (signs @ weights).masked_fill(absent, _NEVER).log_softmax(1)
        error = -chances.masked_fill(~right, _NEVER).logsumexp(1).mean() + _HOLD * weights.square().sum()
        error.backward()
        return error

    optimizer.step(loss)
    found: npt.NDArray[np.float32] = weights.detach().numpy().round(1)
    return found


def _padded(asked: Sequence[Question]) -> tuple[Tensor, Tensor, Tensor]:
    """Signs, what is right and what is absent, of as many candidates as the longest question has."""
    most = max(len(each.right) for each in asked)
    signs = np.stack([np.pad(each.signs, ((0, most - len(each.right)), (0, 0))) for each in asked])
    right = np.stack([np.pad(each.right, (0, most - len(each.right))) for each in asked])
    absent = np.arange(most)[None] >= np.array([[len(each.right)] for each in asked])
    return torch.from_numpy(signs), torch.from_numpy(right), torch.from_numpy(absent)


def _right(asked: Sequence[Question], weights: npt.NDArray[np.float32]) -> int:
    return sum(bool(each.right[(each.signs @ weights).argmax()]) for each in asked)


def _cross_validated(asked: Sequence[Question]) -> int:
    folds = GroupKFold(_FOLDS).split(asked, groups=[each.case for each in asked])
    return sum(_right([asked[at] for at in held], fit([asked[at] for at in kept])) for kept, held in folds)


if __name__ == "__main__":
    main()
