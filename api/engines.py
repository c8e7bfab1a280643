"""Chooses the engine that drafts. Apart from `wiring`, so that drafting a file loads no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from api.settings import Settings
from summarizer.adapters.embedded import EmbeddedEngine, people_in
from summarizer.adapters.encoder import Encoder
from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.llm.fallback import WithFallback
from summarizer.adapters.llm.opinion import ModelAdviser
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.adapters.local_llm import serve, served
from summarizer.adapters.redaction import OwnReader, Redacting, RedactingAdviser
from summarizer.advice import Adviser
from summarizer.errors import ConfigurationError
from summarizer.ports import Engine, Slots


@cache
def encoder_of(threads: int) -> Encoder:
    """The sentence encoder of this process: whoever searches, checks or drafts with it, its model is loaded once."""
    return Encoder(threads=threads)


@cache
def embedded_engine(threads: int) -> EmbeddedEngine:
    """The embedded engine of this process, whether it drafts itself, stands in, or drafts for a model to look over."""
    return EmbeddedEngine(encoder=encoder_of(threads))


@contextmanager
def open_model(settings: Settings) -> Iterator[LlmSettings | None]:
    """The model that the settings choose; `None` for the embedded engine. One of this process is stopped at the end.

    Raises ConfigurationError.
    """
    if settings.chosen_engine == "embedded":
        yield None
    elif settings.llm_gguf:
        with serve(settings.llm_gguf, threads=settings.llm_threads) as model:
            yield in_this_process(model, settings)
    else:
        yield llm_settings(settings)


@contextmanager
def open_engine(settings: Settings, *, slots: Slots | None = None) -> Iterator[Engine]:
    """The engine that the settings choose; a model of this process is stopped at the end. Raises ConfigurationError.

    `slots` are what the workers of a database share; without them nobody else asks the model.
    """
    with open_model(settings) as model:
        yield engine_of(model, settings, slots=slots)


def engine_of(model: LlmSettings | None, settings: Settings, *, slots: Slots | None = None) -> Engine:
    """The engine that drafts with the model. Raises ConfigurationError."""
    if model is None:
        return embedded_engine(settings.encoder_threads)
    if settings.llm_gguf:
        return LlmEngine(model, reader=_reader(settings))
    return _with_fallback(_asked(model, settings, slots, reader=_reader(settings)), settings, slots)


def adviser_of(model: LlmSettings, settings: Settings, *, slots: Slots | None = None) -> Adviser:
    """The model as one that is asked for its opinion; an endpoint sees no personal data where the settings say so."""
    adviser = ModelAdviser(model, slots=slots)
    if settings.redact and not settings.llm_gguf:
        return RedactingAdviser(adviser, people_in)
    return adviser


@contextmanager
def open_shadow(settings: Settings, *, slots: Slots | None = None) -> Iterator[Engine | None]:
    """The engine that drafts in the background; `None` where there is none.

    Raises ConfigurationError, also when it is one that people wait for: with the same model, and the same limit of
    calls, its drafts would hold up theirs.
    """
    if settings.shadow in waited_for(settings):
        raise ConfigurationError(
            f"SUMMARIZER_SHADOW is {settings.shadow}, which drafts for people already. Name another engine, or with "
            "`second` another SUMMARIZER_FALLBACK than llm."
        )
    if settings.shadow == "off":
        yield None
    elif settings.shadow == "second":
        yield _asked(fallback_settings(settings), settings, slots)
    else:
        alone = settings.model_copy(update={"engine": settings.shadow, "fallback": "off"})
        with open_engine(alone, slots=slots) as engine:
            yield engine


def waited_for(settings: Settings) -> set[str]:
    """The engines that draft for people, in the words of the setting `shadow`."""
    second = settings.chosen_engine == "llm" and not settings.llm_gguf and settings.fallback == "llm"
    return {settings.chosen_engine, *(["second"] if second else [])}


def _reader(settings: Settings) -> Engine | None:
    """The engine that drafts where the model only looks over what was drafted: small models write badly."""
    looks = settings.llm_task == "second-look" or (settings.llm_task == "auto" and settings.llm_gguf is not None)
    return embedded_engine(settings.encoder_threads) if looks else None


def repeating(settings: Settings) -> Engine:
    """The engine of a GGUF model whose file is not here: it can repeat answers that are kept, and give no others.

    Raises ConfigurationError where the settings name no file.
    """
    if settings.llm_gguf is None:
        raise ConfigurationError("Kept answers alone can stand in for a model that SUMMARIZER_LLM_GGUF names.")
    return LlmEngine(in_this_process(served(settings.llm_gguf), settings), reader=_reader(settings))


def in_this_process(model: LlmSettings, settings: Settings) -> LlmSettings:
    """How llama.cpp is asked here: by the grammar, which needs the fewest tokens."""
    most, budget, prompts = settings.llm_max_tokens, settings.llm_budget_tokens, settings.llm_prompts
    return replace(model, form="grammar", max_tokens=most, budget_tokens=budget, prompts=prompts)


def _asked(asked: LlmSettings, settings: Settings, slots: Slots | None, *, reader: Engine | None = None) -> Engine:
    """The engine of an endpoint, which sees no personal data where the settings say so; its reader, ours, does."""
    if not settings.redact:
        return LlmEngine(asked, slots=slots, reader=reader)
    return Redacting(LlmEngine(asked, slots=slots, reader=reader and OwnReader(reader)), people=people_in)


def _with_fallback(first: Engine, settings: Settings, slots: Slots | None) -> Engine:
    if settings.fallback == "off":
        return first
    if settings.fallback == "embedded":
        return WithFallback(first, embedded_engine(settings.encoder_threads))
    return WithFallback(first, _asked(fallback_settings(settings), settings, slots))


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
        budget_tokens=settings.llm_budget_tokens,
        context_tokens=settings.llm_context_tokens,
        retries=settings.llm_retries,
        temperature=None if settings.llm_temperature == "unset" else settings.llm_temperature,
        form=settings.llm_form,
        calls_at_once=settings.llm_calls_at_once,
        prompts=settings.llm_prompts,
        price=settings.llm_prices.get(settings.llm_model),
        api_version=settings.llm_api_version,
    )


def fallback_settings(settings: Settings) -> LlmSettings:
    """How the second endpoint is asked: as the first in all but its name and key.

    Raises ConfigurationError when no model is named.
    """
    if not settings.fallback_llm_model:
        raise ConfigurationError("SUMMARIZER_FALLBACK is llm, but SUMMARIZER_FALLBACK_LLM_MODEL names no model.")
    key = settings.fallback_llm_api_key
    return replace(
        llm_settings(settings),
        model=settings.fallback_llm_model,
        base_url=settings.fallback_llm_base_url,
        api_key=key.get_secret_value() if key else None,
        provider=settings.fallback_llm_provider,
        price=settings.llm_prices.get(settings.fallback_llm_model),
    )
