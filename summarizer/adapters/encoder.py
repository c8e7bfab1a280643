"""The sentence encoder that ships with the product: MiniLM-L6 as ONNX, int8, on the processor."""

import hashlib
import math
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

SHIPPED = Path(__file__).parent.parent / "models" / "minilm-l6-v2"
DIMENSIONS = 384
TOKENS = 256
"""What stands behind this many word pieces (some 1,200 characters) does not count."""

LOWER = 3
"""So many of the six layers stand in `lower.onnx`, which the thread reader uses too."""

Vectors = npt.NDArray[np.float32]


FREQUENT, VOCABULARY = 1_000, 30_522
"""Numbers of the first whole word and behind the last one in the model's vocabulary."""


class Encoder:
    """Sentences to vectors whose scalar product says how alike they are.

    Each text is computed alone: dynamic int8 takes its scale from all that is in the batch, so that company would
    change the vector by up to 0.03 in cosine. The model is loaded on first use; threads may share an encoder.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """`folder` holds `lower.onnx`, `upper.onnx` and `tokenizer.json`; without it, the shipped model is used."""
        self._folder = folder or SHIPPED
        self._threads = threads
        self._loading = Lock()
        self._loaded: tuple[Tokenizer, InferenceSession, InferenceSession] | None = None

    @cached_property
    def name(self) -> str:
        """Changes with the model's files; vectors of encoders with different names cannot be compared."""
        content = b"".join(self._file(name).read_bytes() for name in ("lower.onnx", "upper.onnx"))
        return f"{self._folder.name}@{hashlib.sha256(content).hexdigest()[:12]}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, 384 numbers of unit length; always the same for the same text.

        Raises ConfigurationError when the model's files are missing.
        """
        tokenizer = self._parts()[0]
        rows = [self._said(tokenizer.encode(text).ids)[0] for text in texts]
        return np.stack(rows) if rows else np.empty((0, DIMENSIONS), dtype=np.float32)

    def alike(self, one: Sequence[str], other: Sequence[str]) -> list[list[float]]:
        """The cosines: a row for each of the first, a column for each of the second. Raises ConfigurationError."""
        cosines: list[list[float]] = (self.embed(one) @ self.embed(other).T).tolist()
        return cosines

    def words(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Vectors, Vectors, Vectors]:
        """The vector of the text, one for each of the spans in its context, and how rare the words of the spans are.

        Vectors are of unit length, zero for a span behind what the encoder reads. Rarity goes from 0 for the most
        frequent words of the language to 1. Raises ConfigurationError when the model's files are missing.
        """
        read = self._parts()[0].encode(text)
        vector, hidden = self._said(read.ids)
        rows = [_tokens_of(read.offsets, span) for span in spans]
        contexts = [_unit(hidden[row].mean(axis=0)) if row else np.zeros(DIMENSIONS, np.float32) for row in rows]
        rarity = np.array([_rarity([read.ids[at] for at in row]) for row in rows], dtype=np.float32)
        return vector, np.stack(contexts) if contexts else np.empty((0, DIMENSIONS), np.float32), rarity

    def lower(self, ids: Sequence[int]) -> Vectors:
        """What the lower layers make of word pieces, a row each; at most 512, and always the same for the same pieces.

        Raises ConfigurationError when the model's files are missing.
        """
        pieces = np.array([ids], dtype=np.int64)
        session = self._parts()[1]
        (rows,) = session.run(["lower"], {"input_ids": pieces})
        found: Vectors = rows[0]
        return found

    def _said(self, ids: Sequence[int]) -> tuple[Vectors, Vectors]:
        """The vector of these word pieces, and one for each of them in its context."""
        vectors, hidden = self._parts()[2].run(["vector", "hidden"], {"lower": self.lower(ids)[None]})
        return vectors[0], hidden[0]

    def _parts(self) -> "tuple[Tokenizer, InferenceSession, InferenceSession]":
        with self._loading:
            if self._loaded is None:
                tokenizer = _tokenizer(self._file("tokenizer.json"))
                lower, upper = (open_session(self._file(name), self._threads) for name in ("lower.onnx", "upper.onnx"))
                self._loaded = (tokenizer, lower, upper)
            return self._loaded

    def _file(self, name: str) -> Path:
        file = self._folder / name
        if not file.is_file():
            raise ConfigurationError(f"The sentence encoder's file {name} is missing in {self._folder}")
        return file


def _tokens_of(offsets: Sequence[tuple[int, int]], span: tuple[int, int]) -> list[int]:
    return [at for at, (start, end) in enumerate(offsets) if start < end and start < span[1] and span[0] < end]


def _unit(vector: Vectors) -> Vectors:
    length = np.linalg.norm(vector)
    unit: Vectors = vector / length if length else vector
    return unit


def _rarity(tokens: Sequence[int]) -> float:
    """The vocabulary is sorted by frequency; a word of several pieces is rarer than all of it."""
    number = tokens[0] if len(tokens) == 1 else VOCABULARY
    return math.log(max(number, FREQUENT) / FREQUENT) / math.log(VOCABULARY / FREQUENT)


def _tokenizer(file: Path) -> "Tokenizer":
    from tokenizers import Tokenizer  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()  # the file asks for 128 tokens, padded and cut
    tokenizer.enable_truncation(TOKENS)
    return tokenizer


def silence_onnxruntime() -> None:
    """Keep ONNX Runtime from reporting its use to its maker; has to come before its first import in the process."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def open_session(file: Path, threads: int) -> "InferenceSession":
    """A model on the processor, with so many threads that do not spin while they wait."""
    silence_onnxruntime()
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # cores are shared with the database
    return InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
