"""From checkpoint to package data: `python -m eval.training.export WEIGHTS CHECKPOINT FOLDER`

Writes `encoder.onnx` (int8), `thread.onnx` and `reader.json` into the folder, whose levels and
calibration are chosen on the development split with the very files that are shipped.
"""

import argparse
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from eval.encoder_export import OPSET, quantise
from eval.training.levels import choose
from eval.training.network import FROZEN, ThreadNet, encoder
from summarizer.adapters.embedded.facts import Levels
from summarizer.adapters.encoder import DIMENSIONS, silence_onnxruntime


class _Hidden(nn.Module):
    """Word pieces and mask in, the last layer out."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden: Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return hidden


class _Chances(nn.Module):
    """The thread network with its logits turned into chances."""

    def __init__(self, thread: ThreadNet) -> None:
        super().__init__()
        self.thread = thread

    def forward(self, vectors: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        tags, starts = self.thread(vectors, features)
        return tags.softmax(1), starts.sigmoid()


def export(weights: Path, checkpoint: Path, folder: Path) -> None:
    """Write the model's files but for `reader.json`'s levels, which are those that nothing has chosen yet."""
    stored = torch.load(checkpoint)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "fp32.onnx"
        _encoder_to_onnx(weights, stored["upper"], whole)
        quantise(whole, folder / "encoder.onnx")
    _thread_to_onnx(stored["thread"], folder / "thread.onnx")
    write_settings(folder, stored["pairs"], Levels(), (1.0, 0.0))


def write_settings(
    folder: Path, pairs: dict[str, dict[str, float]], levels: Levels, calibration: tuple[float, float]
) -> None:
    """Write `reader.json`."""
    content = {"levels": vars(levels), "calibration": calibration, **pairs}
    (folder / "reader.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def _encoder_to_onnx(weights: Path, upper: list[Tensor], target: Path) -> None:
    model = encoder(weights, attention="eager")
    with torch.no_grad():
        for part, taught in zip(model.encoder.layer[FROZEN:].parameters(), upper, strict=True):
            part.copy_(taught)
    one = torch.ones(1, 8, dtype=torch.int64)
    axes = {0: "windows", 1: "pieces"}
    torch.onnx.export(
        _Hidden(model).eval(),
        (one, one),
        target,
        dynamo=False,
        opset_version=OPSET,
        input_names=["input_ids", "attention_mask"],
        output_names=["hidden"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "hidden": axes},
    )


def _thread_to_onnx(state: dict[str, Tensor], target: Path) -> None:
    thread = ThreadNet(state["mean"], state["spread"])
    thread.load_state_dict(state)
    torch.onnx.export(
        _Chances(thread.eval()),
        (torch.zeros(5, DIMENSIONS), torch.zeros(5, state["mean"].shape[0])),
        target,
        dynamo=False,
        opset_version=OPSET,
        input_names=["vectors", "features"],
        output_names=["tags", "starts"],
        dynamic_axes={name: {0: "segments"} for name in ("vectors", "features", "tags", "starts")},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("weights", "checkpoint", "folder"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args()
    silence_onnxruntime()
    export(asked.weights, asked.checkpoint, asked.folder)
    levels, calibration = choose(asked.folder)
    write_settings(asked.folder, torch.load(asked.checkpoint)["pairs"], levels, calibration)
    for file in sorted(asked.folder.iterdir()):
        print(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}  {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
