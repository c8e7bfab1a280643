"""From checkpoints to package data: `python -m eval.training.export WEIGHTS FOLDER CHECKPOINT...`

Writes `upper.onnx`, `thread.onnx` (both int8) and `reader.json` into the folder, whose levels and calibration are
chosen on the development split with the very files that are shipped. Of several checkpoints, taught with different
seeds, the chances are averaged; they share the layers that none of them changed.
"""

import argparse
import copy
import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from eval.encoder_export import OPSET, quantise
from eval.training.levels import choose
from eval.training.network import FROZEN, ThreadNet, encoder, run_layers
from summarizer.adapters.embedded.facts import Levels
from summarizer.adapters.embedded.relations import RELATIONS
from summarizer.adapters.encoder import DIMENSIONS, silence_onnxruntime

Pairs = dict[str, dict[str, float]]
"""Weights of the models over pairs, by the model's name."""


class _Hidden(nn.Module):
    """What the shared layers make of word pieces in, the taught layers of all models out, side by side."""

    def __init__(self, model: Any, uppers: Sequence[Sequence[Tensor]]) -> None:
        super().__init__()
        tops = [copy.deepcopy(model.encoder.layer[FROZEN:]) for _ in uppers]
        for top, taught in zip(tops, uppers, strict=True):
            _put(taught, top)
        self.tops = nn.ModuleList(tops)

    def forward(self, lower: Tensor) -> Tensor:
        mask = torch.ones_like(lower[:, :, 0])
        return torch.cat([run_layers(top, lower, mask) for top in self.tops], dim=-1)


class _Chances(nn.Module):
    """The thread networks, each on its own part of the vectors, with the mean of what they give chances to."""

    def __init__(self, threads: Sequence[ThreadNet]) -> None:
        super().__init__()
        self.threads = nn.ModuleList(threads)

    def forward(self, vectors: Tensor, features: Tensor, relations: Tensor) -> tuple[Tensor, Tensor]:
        parts = vectors.split(DIMENSIONS, dim=1)
        said = [thread(part, features, relations) for thread, part in zip(self.threads, parts, strict=True)]
        tags, joins = (torch.stack([each.softmax(1) for each in logits]).mean(0) for logits in zip(*said, strict=True))
        return tags, joins


@torch.no_grad()
def _put(taught: Sequence[Tensor], layers: nn.Module) -> None:
    for part, values in zip(layers.parameters(), taught, strict=True):
        part.copy_(values)


def export(weights: Path, checkpoints: Sequence[Path], folder: Path) -> Pairs:
    """Write the networks; the settings come with `write_settings`, once levels are chosen.

    Returns the weights of the models over pairs.
    """
    stored = [torch.load(each) for each in checkpoints]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        words, threads = Path(scratch) / "upper.onnx", Path(scratch) / "thread.onnx"
        _upper_to_onnx(weights, [each["upper"] for each in stored], words)
        quantise(words, folder / "upper.onnx")
        _thread_to_onnx([each["thread"] for each in stored], threads)
        quantise(threads, folder / "thread.onnx")
    pairs: Pairs = stored[0]["pairs"]
    write_settings(folder, pairs, Levels(), {})
    return pairs


def write_settings(folder: Path, pairs: Pairs, levels: Levels, trust: Mapping[str, float]) -> None:
    """Write `reader.json`."""
    content = {"levels": vars(levels), "trust": dict(trust), **pairs}
    (folder / "reader.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def _upper_to_onnx(weights: Path, uppers: Sequence[Sequence[Tensor]], target: Path) -> None:
    model = _Hidden(encoder(weights, attention="eager"), uppers)
    axes = {0: "windows", 1: "pieces"}
    torch.onnx.export(
        model.eval(),
        (torch.ones(1, 8, DIMENSIONS),),
        target,
        dynamo=False,
        opset_version=OPSET,
        input_names=["lower"],
        output_names=["hidden"],
        dynamic_axes={"lower": axes, "hidden": axes},
    )


def _thread_to_onnx(states: Sequence[dict[str, Tensor]], target: Path) -> None:
    threads = []
    for state in states:
        threads.append(ThreadNet(state["mean"], state["spread"]))
        threads[-1].load_state_dict(state)
    width, features = DIMENSIONS * len(threads), len(states[0]["mean"])
    torch.onnx.export(
        _Chances(threads).eval(),
        (torch.zeros(5, width), torch.zeros(5, features), torch.zeros(5, 5, RELATIONS)),
        target,
        dynamo=False,
        opset_version=OPSET,
        input_names=["vectors", "features", "relations"],
        output_names=["tags", "joins"],
        dynamic_axes={
            "relations": {0: "segments", 1: "segments"},
            "joins": {0: "segments", 1: "one_more"},
            **{name: {0: "segments"} for name in ("vectors", "features", "tags")},
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    asked = parser.parse_args()
    silence_onnxruntime()
    pairs = export(asked.weights, asked.checkpoints, asked.folder)
    levels, trust = choose(asked.folder)
    write_settings(asked.folder, pairs, levels, trust)
    for file in sorted(asked.folder.glob("*.[oj][ns]*")):
        print(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}  {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
