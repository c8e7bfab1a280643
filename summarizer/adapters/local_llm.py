"""A GGUF model of our own behind an OpenAI-compatible endpoint, in this process: llama.cpp through xllamacpp."""

import gc
import importlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer.adapters.llm.settings import LlmSettings
from summarizer.errors import ConfigurationError

ENDPOINT = "in process"
_NOBODY = "http://127.0.0.1:9/v1"
_SILENCE_S = 900.0
"""A thread reads some tens of tokens a second, and nothing comes before the whole prompt is read."""


@contextmanager
def serve(gguf: Path, *, threads: int, context: int = 8192) -> Iterator[LlmSettings]:
    """Serve the model on a free port of the loopback interface, under a key of its own, until the block ends.

    `threads` below the number of idle cores: one that waits for a core stalls all. `context` is in tokens, question
    and answer together.

    Raises ConfigurationError when the model's file or the package xllamacpp is missing.
    """
    if not gguf.is_file():
        raise ConfigurationError(f"There is no model at {gguf}. `make local-llm` sets one up.")
    key = secrets.token_hex()
    server = _start(gguf, threads, context=context, key=key)
    try:
        yield replace(served(gguf), base_url=f"{server.listening_address}/v1", api_key=key)
    finally:
        del server  # the server stops with its last reference
        gc.collect()


def served(gguf: Path) -> LlmSettings:
    """How the model is asked once it is served; until then nobody answers, but what it has answered can be repeated."""
    return LlmSettings(
        model=gguf.stem, base_url=_NOBODY, api_key=None, timeout_s=_SILENCE_S, retries=0, endpoint=ENDPOINT
    )


def _start(gguf: Path, threads: int, *, context: int, key: str) -> Any:
    try:
        xllamacpp = importlib.import_module("xllamacpp")
    except ImportError as error:
        raise ConfigurationError(
            "The package xllamacpp is missing. Install it: pip install 'scope-summarizer[local-llm]'"
        ) from error
    params = xllamacpp.CommonParams()
    params.model.path = str(gguf)
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.api_keys = [key]
    params.verbosity = 1  # errors only
    return xllamacpp.Server(params)
