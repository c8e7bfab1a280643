"""A draft's job against a model: cancelled, tried again, worked off by the second engine; each with its bill."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread

import pytest

from api.engines import llm_settings, open_engine
from api.settings import Settings
from summarizer.adapters.database.answers import StoredAnswers
from summarizer.adapters.database.store import Database
from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.llm.fallback import WithFallback, remembering
from summarizer.draft_job import Interrupted, Workshop, run
from summarizer.errors import ConfigurationError
from summarizer.items import Finding, FindingKind
from summarizer.ports import Engine
from summarizer.records import JobStatus
from summarizer.testing import MemoryPrecedents, ScriptedEngine
from tests.conftest import WORKSPACE
from tests.integration import test_draft_job
from tests.integration.conftest import SCRIPT
from tests.integration.llm_server import Endpoint, endpoint, refused, silent, streamed, stuck_after, thinking
from tests.integration.test_draft_job import cancel, happened, job, retry, state, suggested

asked = test_draft_job.asked

ITEM = (
    '{"kind":"scope","text":"Build five dashboards","cite":[2],"owner":null,"due":null,"baseline":null,"target":null}'
)
OTHER = ITEM.replace("Build five dashboards", "Dashboards on top of the warehouse")
HALF = f'{{"items":[{ITEM},{{"ki'
REST = f'{{"items":[{OTHER}],"stakeholders":[]}}'
WITHIN_S = 10


def workshop(database: Database, engine: Engine) -> Workshop:
    begin = partial(database.begin, WORKSPACE)
    return Workshop(begin, remembering(engine, StoredAnswers(begin)), MemoryPrecedents(), WORKSPACE)


def draft(database: Database, model: Endpoint, interrupted: Callable[[], bool] = lambda: False) -> None:
    run(workshop(database, LlmEngine(model.settings(timeout_s=30))), "j1", interrupted=interrupted)


@contextmanager
def drafting(database: Database, model: Endpoint) -> Iterator[Thread]:
    """A run in a thread, that has come to its first call."""
    thread = Thread(target=draft, args=(database, model))
    thread.start()
    end = time.monotonic() + WITHIN_S
    while not model.requests and time.monotonic() < end:
        time.sleep(0.02)
    yield thread
    thread.join(WITHIN_S)


def findings(database: Database) -> list[Finding]:
    with database.begin(WORKSPACE) as store:
        (suggestion, *_) = store.suggestions.of_handoff(store.handoffs.of_deal("d1").id)
        return [each for each in suggestion.draft.findings if each.kind is FindingKind.INCOMPLETE]


def test_a_cancel_ends_a_call_that_has_not_been_answered(asked: Database) -> None:
    with endpoint(thinking) as model, drafting(asked, model) as running:
        began = time.monotonic()
        cancel(asked)
        assert model.hung_up.wait(WITHIN_S)
        running.join(WITHIN_S)
        assert time.monotonic() - began < 2
    assert state(asked) == (JobStatus.CANCELLED, 1, None)


def test_a_worker_that_stops_hangs_up_and_gives_the_job_back(asked: Database) -> None:
    with endpoint(thinking) as model, pytest.raises(Interrupted):
        draft(asked, model, interrupted=lambda: bool(model.requests))
    assert model.hung_up.is_set()
    assert state(asked) == (JobStatus.QUEUED, 0, None)


def test_a_cancelled_draft_that_is_retried_goes_on_where_it_was(asked: Database) -> None:
    with endpoint(stuck_after(HALF), streamed(REST)) as model:
        with drafting(asked, model):
            end = time.monotonic() + WITHIN_S
            while not any(kind == "item" for kind, _ in happened(asked)) and time.monotonic() < end:
                time.sleep(0.02)
            cancel(asked)
        retry(asked)
        draft(asked, model)
        assert len(model.requests) == 2
        assert [message["role"] for message in model.requests[1]["messages"]] == ["system", "user", "assistant", "user"]
    assert state(asked) == (JobStatus.DONE, 1, None)
    assert suggested(asked) == [["Build five dashboards", "Dashboards on top of the warehouse"]]


def test_an_answer_that_came_is_not_paid_again_by_the_next_draft(asked: Database) -> None:
    with endpoint(streamed(REST)) as model:
        draft(asked, model)
        with asked.begin(WORKSPACE) as store:
            store.jobs.add(job(asked).model_copy(update={"id": "j2", "status": JobStatus.QUEUED, "suggestion": None}))
        run(workshop(asked, LlmEngine(model.settings())), "j2")
        assert len(model.requests) == 1
    with asked.begin(WORKSPACE) as store:
        made = [each.draft.made_by for each in store.suggestions.of_handoff(store.handoffs.of_deal("d1").id)]
    assert [(each.calls, each.tokens_in, each.tokens_reused) for each in made] == [(0, 0, 150), (1, 120, 0)]


@pytest.mark.parametrize("reply", [refused(503, "loading"), refused(401, "wrong key")])
def test_the_second_engine_drafts_while_the_first_is_down_and_the_reviewer_is_told(
    asked: Database, reply: Callable[..., None]
) -> None:
    with endpoint(reply) as model:
        engine = WithFallback(LlmEngine(model.settings()), ScriptedEngine(SCRIPT))
        run(workshop(asked, engine), "j1")
        assert len(model.requests) == 1
    assert state(asked) == (JobStatus.DONE, 1, None)
    (finding,) = findings(asked)
    assert finding.text.startswith("This draft was made by the second engine, scripted, because the first failed.")


def test_without_a_second_engine_the_job_fails_by_name_and_can_be_retried(asked: Database) -> None:
    with endpoint(silent, streamed(REST)) as model:
        run(workshop(asked, LlmEngine(model.settings(timeout_s=0.3))), "j1")
        status, _, problem = state(asked)
        assert problem is not None
        assert (status, problem.type) == (JobStatus.FAILED, "engine-timed-out")
        retry(asked)
        draft(asked, model)
    assert state(asked) == (JobStatus.DONE, 1, None)


# --- settings ---------------------------------------------------------------------------------------------------------


def test_the_settings_choose_the_second_engine() -> None:
    model = {"llm_model": "m", "llm_base_url": "http://127.0.0.1:1/v1", "llm_retries": 0}
    with open_engine(Settings.model_validate({**model, "fallback": "embedded"})) as engine:
        assert isinstance(engine, WithFallback)
        assert (engine.name, engine.second.name) == ("llm", "embedded")
    with open_engine(Settings.model_validate(model)) as engine:
        assert isinstance(engine, LlmEngine)


def test_a_second_model_needs_a_name() -> None:
    settings = Settings.model_validate({"llm_model": "m", "fallback": "llm"})
    with pytest.raises(ConfigurationError, match="FALLBACK_LLM_MODEL names no model"), open_engine(settings):
        pass


def test_prices_and_a_temperature_of_the_models_own_are_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUMMARIZER_LLM_PRICES", '{"m": {"input": 0.4, "cached": 0.1, "output": 1.6}}')
    monkeypatch.setenv("SUMMARIZER_LLM_TEMPERATURE", "unset")
    settings = Settings()
    assert settings.llm_prices["m"].of(1_000_000, 1_000_000, cached=500_000) == 1.85
    assert llm_settings(settings.model_copy(update={"llm_model": "m"})).temperature is None
