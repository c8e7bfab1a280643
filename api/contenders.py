"""Engines as they are measured: chosen on the command line, with what a model has answered kept in a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from api.engines import open_engine, repeating
from api.settings import Settings
from eval.answers import FolderAnswers
from eval.runs import Prices
from summarizer.adapters.llm.fallback import remembering
from summarizer.errors import ConfigurationError
from summarizer.ports import Engine

SECOND = "second"
"""The contender that is the model of the settings `FALLBACK_LLM_*`."""
_SECOND_AS_FIRST = ("model", "base_url", "api_key", "provider")


def contender(words: str, base: Settings) -> Settings:
    """The settings of a contender such as `embedded`, `llm`, `llm,model=qwen3,temperature=0.5` or `second`.

    What stands behind the commas are settings without their prefix `LLM_`. Raises ConfigurationError.
    """
    engine, *changes = words.split(",")
    wanted: dict[str, Any] = {"engine": engine}
    if engine == SECOND:
        wanted = {"engine": "llm", "llm_gguf": None, "fallback": "off"}
        wanted |= {f"llm_{name}": getattr(base, f"fallback_llm_{name}") for name in _SECOND_AS_FIRST}
    elif engine not in get_args(Settings.model_fields["engine"].annotation):
        raise ConfigurationError(f"There is no engine {engine}: write embedded, llm or {SECOND}, then ,name=value.")
    for change in changes:
        name, given, value = change.partition("=")
        if not given or f"llm_{name}" not in Settings.model_fields or name == "api_key":
            raise ConfigurationError(f"{change}: there is no setting that can be given so; write model=…, prompts=….")
        wanted[f"llm_{name}"] = value
    try:
        return Settings.model_validate(base.model_dump() | wanted)
    except ValidationError as error:
        raise ConfigurationError(f"{words}: {error.errors(include_url=False)[0]['msg']}.") from error


@contextmanager
def open_contender(settings: Settings, *, answers: Path | None = None) -> Iterator[Engine]:
    """The engine that the settings choose; with `answers` it asks nothing that a file of that folder answers.

    A model whose file is missing can then be repeated all the same. Raises ConfigurationError.
    """
    kept = FolderAnswers(answers) if answers else None
    gguf = settings.llm_gguf if settings.chosen_engine == "llm" else None
    if kept and gguf and not gguf.is_file():
        yield remembering(repeating(settings), kept)
        return
    with open_engine(settings) as engine:
        yield remembering(engine, kept) if kept else engine


def prices(settings: Settings) -> Prices:
    """What the model's tokens cost, as far as the settings say."""
    price = settings.llm_prices.get(settings.llm_model or "") if settings.chosen_engine == "llm" else None
    return Prices(tokens_in=price.input, tokens_out=price.output) if price else Prices()
