"""What is true of a thread's segments, as tensors: what a reader is taught by, and measured with."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from eval.training.examples import Example
from eval.training.labels import TRAP

SMOOTHING = 0.1
"""Of the labels: reasonable people differ on some."""
JOIN_WEIGHT = 0.5
_LIKELY = 0.45
"""Chance of some kind from which on a segment counts as stating an item, where epochs are compared."""


@dataclass(frozen=True)
class Truth:
    """The labels of n segments."""

    tags: Tensor
    states: Tensor
    """Whether the segment states an item."""
    belongs: Tensor
    """Whether it states one or adds to one."""
    goes_with: Tensor
    """(n, n + 1): whether it is the first of its item (column 0), and goes with segment j (column j + 1)."""

    @classmethod
    def of(cls, example: Example) -> "Truth":
        """What the example's labels say."""
        of = torch.tensor([max(0, label.of) for label in example.labels])
        together = ((of[:, None] == of[None, :]) & (of[:, None] > 0)).tril(-1)
        return cls(
            torch.tensor([label.tag for label in example.labels]),
            torch.tensor([label.states for label in example.labels]),
            of > 0,
            torch.cat([~together.any(1, keepdim=True), together], dim=1),
        )


def loss(logits: tuple[Tensor, Tensor], of: Truth) -> Tensor:
    """Cross entropy of the tags, and of what goes with what, whichever of the right ones is chosen."""
    tags, joins = logits
    total = functional.cross_entropy(tags, of.tags, label_smoothing=SMOOTHING)
    if of.belongs.any():
        chances = joins[of.belongs].log_softmax(1)
        right = chances.masked_fill(~of.goes_with[of.belongs], float("-inf")).logsumexp(1)
        total = total - JOIN_WEIGHT * right.mean()
    return total


@dataclass
class Tally:
    """How well segments are told apart."""

    right: int = 0
    said: int = 0
    true: int = 0
    trapped: int = 0
    traps: int = 0
    joined: int = 0
    joins: int = 0

    def add(self, tags: Tensor, goes_with: Tensor, of: Truth) -> None:
        """One thread: chances of the tags, (n, 10), and of what each goes with, (n, n + 1)."""
        kinds = tags[:, 1:TRAP]
        found = torch.where(kinds.sum(1) >= _LIKELY, kinds.argmax(1) + 1, 0)
        stated = torch.where(of.states, of.tags, 0)
        self.right += int(((found == stated) & (stated > 0)).sum())
        self.said += int((found > 0).sum())
        self.true += int((stated > 0).sum())
        self.trapped += int(((of.tags == TRAP) & (found > 0)).sum())
        self.traps += int((of.tags == TRAP).sum())
        among = torch.cat([torch.tensor([True]), of.belongs])
        best = goes_with.masked_fill(~among, -1.0).argmax(1, keepdim=True)
        self.joined += int(of.goes_with.gather(1, best)[of.belongs].sum())
        self.joins += int(of.belongs.sum())

    def __str__(self) -> str:
        f1 = 2 * self.right / max(1, self.said + self.true)
        joined = self.joined / max(1, self.joins)
        return f"F1 of segments {f1:.3f}, traps taken {self.trapped} of {self.traps}, joined rightly {joined:.3f}"
