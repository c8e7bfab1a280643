"""Which engine may draft in the background, and which engines see personal data."""

from typing import Any

import pytest

from api.engines import open_engine, open_shadow
from api.settings import Settings
from summarizer.adapters.embedded import EmbeddedEngine
from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.redaction import Redacting
from summarizer.errors import ConfigurationError

BASE = Settings(llm_model="first", llm_base_url="http://first.example/v1", fallback_llm_model="other")


def settings(**others: Any) -> Settings:
    return BASE.model_copy(update=others)


@pytest.mark.parametrize(
    "others",
    [
        {"shadow": "llm"},
        {"shadow": "embedded", "engine": "embedded"},
        {"shadow": "second", "fallback": "llm"},
    ],
)
def test_an_engine_that_drafts_for_people_cannot_be_a_shadow_too(others: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="SUMMARIZER_SHADOW"), open_shadow(settings(**others)):
        pass


@pytest.mark.parametrize(
    ("others", "sort"),
    [
        ({"shadow": "off"}, type(None)),
        ({"shadow": "embedded", "fallback": "embedded"}, EmbeddedEngine),
        ({"shadow": "second"}, LlmEngine),
        ({"shadow": "second", "redact": True}, Redacting),
        ({"shadow": "llm", "engine": "embedded"}, LlmEngine),
    ],
)
def test_any_other_engine_can(others: dict[str, Any], sort: type) -> None:
    with open_shadow(settings(**others)) as engine:
        assert type(engine) is sort


def test_only_engines_of_others_are_shown_placeholders() -> None:
    with open_engine(settings(redact=True)) as engine:
        assert type(engine) is Redacting
    with open_engine(settings(redact=True, engine="embedded")) as engine:
        assert type(engine) is EmbeddedEngine


def test_whoever_drafts_with_the_embedded_engine_shares_its_models() -> None:
    drafting, shadowing = settings(engine="embedded"), settings(shadow="embedded", fallback="off")
    with open_engine(drafting) as one, open_shadow(shadowing) as other:
        assert one is other
