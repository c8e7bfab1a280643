"""The chat engine against a real llama.cpp server. The model is tiny: its words are nonsense, the form is right."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.adapters.llm import LlmEngine, probe
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.adapters.local_llm import serve
from summarizer.errors import AnswerCutOff, ConfigurationError, ContextExceeded, EngineRefused
from summarizer.items import MadeBy, Side
from summarizer.ports import Answer, Brief, Candidate, CandidateStakeholder, Notice, NumberedPassage, Pulse
from summarizer.testing import MemoryAnswers
from tests.integration.llm_server import small_model

CONTEXT = 3072
BRIEF = Brief(
    [
        NumberedPassage(1, "We will build 8 dashboards.", 1, "Bram Osei", Side.VENDOR, None),
        NumberedPassage(2, "Your IT sends us credentials by 25 March 2026.", 1, "Bram Osei", Side.VENDOR, None),
    ]
)


@pytest.fixture(scope="module")
def served() -> Iterator[LlmSettings]:
    with serve(small_model(), threads=1, context=CONTEXT) as settings:
        yield settings


@pytest.fixture(scope="module")
def answers(served: LlmSettings) -> list[Answer]:
    """One real draft, cut off after a few entries to save time."""
    drafted = LlmEngine(replace(served, max_tokens=85)).draft(BRIEF)
    return [answer for answer in drafted if not isinstance(answer, Pulse)]


def test_a_real_draft_holds_only_candidates_that_cite_passages_there_are(answers: list[Answer]) -> None:
    found = [answer for answer in answers if isinstance(answer, Candidate | CandidateStakeholder)]
    assert found
    assert {number for candidate in found for number in candidate.cite} <= {1, 2}
    assert all(candidate.cite for candidate in found if isinstance(candidate, Candidate))


def test_a_real_draft_that_is_cut_off_says_so(answers: list[Answer]) -> None:
    notices = [answer.text for answer in answers if isinstance(answer, Notice)]
    assert len(notices) == 1
    assert "was cut off 4 times" in notices[0]


def test_the_tokens_of_a_real_draft_are_counted(answers: list[Answer]) -> None:
    made_by = answers[-1]
    assert isinstance(made_by, MadeBy)
    assert (made_by.calls, made_by.tokens_out) == (4, 4 * 85)
    assert 4 * 1000 < made_by.tokens_in < 4 * CONTEXT


def test_a_real_server_finds_the_first_call_in_its_cache_when_it_goes_on(answers: list[Answer]) -> None:
    made_by = answers[-1]
    assert isinstance(made_by, MadeBy)
    assert made_by.tokens_cached > 0.6 * made_by.tokens_in


def test_a_real_draft_by_grammar_holds_neither_white_space_nor_nulls(served: LlmSettings) -> None:
    kept = MemoryAnswers()
    engine = LlmEngine(replace(served, max_tokens=120, form="grammar"), answers=kept)
    found = [answer for answer in engine.draft(BRIEF) if isinstance(answer, Candidate | CandidateStakeholder)]
    first = next(iter(kept.kept.values())).text
    assert found
    assert {number for candidate in found for number in candidate.cite} <= {1, 2}
    assert re.fullmatch(r'\{"items":\[(\{"kind":"\w+","text":".*?","cite":\[[12](,[12])*\].*?\},?)+.*', first)
    assert "null" not in first


def test_a_real_draft_without_a_complete_entry_is_cut_off(served: LlmSettings, answers: list[Answer]) -> None:
    with pytest.raises(AnswerCutOff):
        list(LlmEngine(replace(served, max_tokens=8)).draft(BRIEF))


def test_a_wrong_key_is_refused(served: LlmSettings) -> None:
    wrong = replace(served, api_key=secrets.token_hex())
    with pytest.raises(EngineRefused):
        list(LlmEngine(wrong).draft(BRIEF))
    with pytest.raises(EngineRefused):
        probe(wrong)


def test_a_thread_that_does_not_fit_is_told_apart(served: LlmSettings) -> None:
    long = NumberedPassage(1, "We will build 8 dashboards for 5 sites. " * 400, 1, None, None, None)
    with pytest.raises(ContextExceeded):
        list(LlmEngine(served).draft(Brief([long])))


def test_a_draft_that_is_closed_is_cancelled_on_the_server(served: LlmSettings, answers: list[Answer]) -> None:
    abandoned = LlmEngine(replace(served, max_tokens=1500)).draft(BRIEF)
    next(answer for answer in abandoned if not isinstance(answer, Pulse))
    abandoned.close()
    probe(replace(served, timeout_s=15))


def test_a_model_that_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="make local-llm"), serve(tmp_path / "no.gguf", threads=1):
        pass
