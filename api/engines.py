"""Chooses the engine that drafts. Apart from `wiring`, so that drafting a file loads no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from api.settings import Settings
from summarizer.adapters.embedded import EmbeddedEngine
from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.adapters.local_llm import serve
from summarizer.errors import ConfigurationError
from summarizer.ports import Engine


@contextmanager
def open_engine(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings choose; a model of this process is stopped at the end. Raises ConfigurationError."""
    if settings.chosen_engine == "embedded":
        yield EmbeddedEngine()
    elif settings.llm_gguf:
        with serve(settings.llm_gguf, threads=settings.llm_threads) as served:
            yield LlmEngine(replace(served, max_tokens=settings.llm_max_tokens))
    else:
        yield LlmEngine(llm_settings(settings))


def llm_settings(settings: Settings) -> LlmSettings:
    """How the configured endpoint is asked. Raises ConfigurationError when no model is named."""
    if not settings.llm_model:
        raise ConfigurationError("SUMMARIZER_ENGINE is llm, but SUMMARIZER_LLM_MODEL names no model.")
    key = settings.llm_api_key
    return LlmSettings(
        model=settings.llm_model,
        base_url=settings.llm_base_url,
        api_key=key.get_secret_value() if key else None,
        provider=settings.llm_provider,
        timeout_s=settings.llm_timeout_s,
        max_tokens=settings.llm_max_tokens,
    )
