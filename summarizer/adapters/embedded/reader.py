"""The trained reader: an encoder for the words and a small network for the whole thread, as ONNX on the processor."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from summarizer.adapters.embedded.facts import Levels, Reading
from summarizer.adapters.embedded.features import Matrix
from summarizer.adapters.embedded.segments import Segment
from summarizer.adapters.embedded.windows import Window, windows
from summarizer.adapters.encoder import SHIPPED as SENTENCES
from summarizer.adapters.encoder import Encoder, open_session
from summarizer.errors import ConfigurationError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

SHIPPED = Path(__file__).parent.parent.parent / "models" / "thread-reader"
TOKENIZER = SENTENCES / "tokenizer.json"
"""Both encoders come from the same model and cut words alike."""
MOST_AT_ONCE = 500
"""Segments that look at each other; a thread of more than that is read in stretches."""


@dataclass(frozen=True)
class Settings:
    """What the training chose beside the networks' weights."""

    levels: Levels
    undoing: Mapping[str, float]
    """Weights of `undoing.chances`."""
    trust: Mapping[str, float]
    """Weights of `trust.chance`."""


class Reader:
    """Says of each segment what it is; always the same for the same thread. Threads may share a reader."""

    def __init__(self, folder: Path | None = None, *, encoder: Encoder | None = None, threads: int = 1) -> None:
        """`folder` holds `upper.onnx`, `thread.onnx` and `reader.json`; without it, the shipped model is used.

        The lower layers are those of the shipped sentence `encoder`, which this may share with others.
        """
        self._folder = folder or SHIPPED
        self._encoder = encoder or Encoder(threads=threads)
        self._threads = threads
        self._loading = Lock()
        self._loaded: tuple[Tokenizer, InferenceSession, InferenceSession] | None = None

    @cached_property
    def name(self) -> str:
        """Changes with any of the files."""
        content = b"".join(self._file(name).read_bytes() for name in ("upper.onnx", "thread.onnx", "reader.json"))
        return f"{self._folder.name}@{hashlib.sha256(content).hexdigest()[:12]}"

    @property
    def settings(self) -> Settings:
        """What the training chose. Raises ConfigurationError when the model's files are missing."""
        return self._settings

    @cached_property
    def _settings(self) -> Settings:
        stored: dict[str, Any] = json.loads(self._file("reader.json").read_text("utf-8"))
        return Settings(Levels(**stored["levels"]), stored["undoing"], stored["trust"])

    def read(self, segments: Sequence[Segment], features: Matrix, relations: Matrix) -> Reading:
        """`features` has a row a segment; `relations` is what `relations.relations` says of their clauses.

        Raises ConfigurationError when the model's files are missing.
        """
        tokenizer, upper, thread = self._parts()
        vectors = np.zeros((len(segments), upper.get_outputs()[0].shape[-1]), dtype=np.float32)
        for window in windows(segments, tokenizer):
            self._fill(vectors, window, upper)
        places = np.array([segment.clause.place for segment in segments])
        tags, joins = [], np.zeros((len(segments), len(segments) + 1), dtype=np.float32)
        for start in range(0, len(segments), MOST_AT_ONCE):
            part = slice(start, start + MOST_AT_ONCE)
            pairs = relations[np.ix_(places[part], places[part])]
            seen = {"vectors": vectors[part], "features": features[part], "relations": pairs}
            said, joined = thread.run(["tags", "joins"], seen)
            tags.append(said)
            joins[part, 0] = joined[:, 0]
            joins[part, start + 1 : start + 1 + len(said)] = joined[:, 1:]
        return Reading(np.concatenate(tags), joins)

    def _fill(self, vectors: Matrix, window: Window, upper: "InferenceSession") -> None:
        """Put each segment's mean over its word pieces in its row; windows go alone, as int8 scales by all of a run."""
        (hidden,) = upper.run(["hidden"], {"lower": self._encoder.lower(window.ids[0])[None]})
        for at, start, end in window.spans:
            vectors[at] = hidden[0, start:end].mean(axis=0)

    def _parts(self) -> "tuple[Tokenizer, InferenceSession, InferenceSession]":
        with self._loading:
            if self._loaded is None:
                from tokenizers import Tokenizer  # noqa: PLC0415

                tokenizer = Tokenizer.from_file(str(TOKENIZER))
                tokenizer.no_padding()
                tokenizer.no_truncation()
                upper, thread = (
                    open_session(self._file(name), self._threads) for name in ("upper.onnx", "thread.onnx")
                )
                self._loaded = (tokenizer, upper, thread)
            return self._loaded

    def _file(self, name: str) -> Path:
        file = self._folder / name
        if not file.is_file():
            raise ConfigurationError(f"The thread reader's file {name} is missing in {self._folder}")
        return file
