"""Engines as the command line names them, and answers that are kept for them."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from api.contenders import contender, open_contender, prices
from api.settings import Settings
from eval.answers import FolderAnswers
from eval.runs import Prices
from summarizer.adapters.llm.settings import Price
from summarizer.errors import ConfigurationError, EngineUnavailable
from summarizer.ports import Brief, NumberedPassage
from summarizer.records import KeptAnswer

BASE = Settings(
    llm_model="first",
    fallback_llm_model="other",
    fallback_llm_base_url="http://other.example/v1",
    fallback_llm_api_key=SecretStr("k2"),
    llm_prices={"other": Price(input=1, output=4)},
)
BRIEF = Brief([NumberedPassage(1, "We build the portal.", 1, None, None, None)])


def test_a_contender_is_an_engine_with_settings_of_its_own() -> None:
    made = contender("llm,model=qwen3,temperature=0.5,prompts=mine,task=second-look", BASE)
    expected = {"engine": "llm", "llm_model": "qwen3", "llm_temperature": 0.5, "llm_task": "second-look"}
    assert made == BASE.model_copy(update=expected | {"llm_prompts": Path("mine")})
    assert contender("embedded", BASE) == BASE.model_copy(update={"engine": "embedded"})


def test_the_second_model_of_the_settings_is_a_contender_with_its_own_key_and_price() -> None:
    made = contender("second", BASE)
    assert (made.llm_model, made.llm_base_url, made.llm_api_key) == (
        "other",
        "http://other.example/v1",
        SecretStr("k2"),
    )
    assert prices(made) == Prices(tokens_in=1, tokens_out=4)
    assert prices(contender("llm", BASE)) == prices(contender("embedded", BASE)) == Prices()


@pytest.mark.parametrize(
    "words", ["gpt", "llm,model", "llm,colour=red", "llm,api_key=k", "llm,temperature=warm", "", "llm,max_tokens=0"]
)
def test_a_contender_that_there_is_not_is_refused_in_words(words: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        contender(words, BASE)
    assert error.value.detail


def test_answers_are_files_and_the_first_one_stays(tmp_path: Path) -> None:
    answers = FolderAnswers(tmp_path / "answers")
    first, second = (KeptAnswer(text=text, finish_reason="stop", tokens_in=9, tokens_out=1) for text in "ab")
    assert answers.get("k") is None
    answers.keep("k", first)
    answers.keep("k", second)
    assert FolderAnswers(tmp_path / "answers").get("k") == first


def test_a_model_whose_file_is_missing_repeats_what_it_answered_and_nothing_else(tmp_path: Path) -> None:
    settings = Settings(llm_gguf=tmp_path / "none.gguf", llm_task="draft")
    with open_contender(settings, answers=tmp_path) as engine, pytest.raises(EngineUnavailable):
        list(engine.draft(BRIEF))
