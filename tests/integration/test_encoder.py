"""The shipped sentence encoder, for real."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from summarizer.adapters.encoder import DIMENSIONS, SHIPPED, Encoder
from summarizer.errors import ConfigurationError

LINES = [
    "We need the sandbox credentials by 20 March.",
    "Training of the warehouse staff is not part of this project.",
    "Please send us access to the test system before the end of the month.",
    "Die Schulung der Mitarbeiter ist nicht Teil des Projekts.",
    "",
    "word " * 700,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_vectors_are_rows_of_unit_length(encoder: Encoder) -> None:
    vectors = encoder.embed(LINES)
    assert (vectors.shape, vectors.dtype) == ((len(LINES), DIMENSIONS), np.dtype("float32"))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.embed([]).shape == (0, DIMENSIONS)


def test_like_sentences_are_nearer_than_others(encoder: Encoder) -> None:
    credentials, training, access = encoder.embed(LINES[:3])
    assert credentials @ access > 0.1 + credentials @ training


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    together = encoder.embed(LINES)
    alone = np.concatenate([encoder.embed([line]) for line in LINES])
    assert np.array_equal(together, alone)
    assert np.array_equal(encoder.embed(LINES[::-1])[::-1], together)


def test_the_number_of_threads_changes_no_vector(encoder: Encoder) -> None:
    assert np.array_equal(Encoder(threads=2).embed(LINES), encoder.embed(LINES))


def test_threads_share_an_encoder(encoder: Encoder) -> None:
    shared = Encoder()
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: shared.embed(LINES), range(4)))
    assert all(np.array_equal(vectors, encoder.embed(LINES)) for vectors in found)


def test_a_long_text_counts_up_to_its_256th_word_piece(encoder: Encoder) -> None:
    long, longer = encoder.embed(["word " * 254 + "beginning", "word " * 254 + "end of another text"])
    assert np.array_equal(long, longer)


def test_the_name_changes_with_the_model() -> None:
    content = b"".join((SHIPPED / name).read_bytes() for name in ("lower.onnx", "upper.onnx"))
    digest = hashlib.sha256(content).hexdigest()
    assert Encoder().name == f"minilm-l6-v2@{digest[:12]}"


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"tokenizer\.json is missing"):
        Encoder(tmp_path).embed(["a"])


@pytest.mark.parametrize("file", ["lower.onnx", "upper.onnx", "tokenizer.json"])
def test_the_model_card_tells_the_hashes_of_the_files(file: str) -> None:
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert hashlib.sha256((SHIPPED / file).read_bytes()).hexdigest() in card


def test_importing_the_encoder_loads_no_model_runtime() -> None:
    asked = "import sys, summarizer.adapters.encoder; print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_embedding_leaves_no_trace_of_telemetry(tmp_path: Path) -> None:
    asked = "from summarizer.adapters.encoder import Encoder; Encoder().embed(['a'])"
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", asked], env=home, check=True)
    assert list(tmp_path.iterdir()) == []
