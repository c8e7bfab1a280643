"""A chat model's opinion on a claim: against scripted endpoints, a real server, over HTTP and on the command line."""

import json
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from api.cli import app
from api.engines import adviser_of
from api.settings import Settings
from prompts.loader import load
from summarizer.adapters.llm.opinion import ModelAdviser, turns
from summarizer.adapters.local_llm import serve
from summarizer.advice import AdvisedCheck, Adviser
from summarizer.errors import AnswerInvalid, EngineRefused
from summarizer.support import RuleCheck
from summarizer.testing import MemorySlots
from tests.integration.conftest import Client
from tests.integration.llm_server import (
    KEY,
    Endpoint,
    Handler,
    Reply,
    chunk,
    endpoint,
    events,
    refused,
    small_model,
    streamed,
)

TEXT = "Dana Whitfield: Moira sends the list of shops by 20 March. Her mail is moira@velmere.example."


def telling(**chances: float) -> Reply:
    """A stream that begins with one word, beside the chances of all."""
    top = [{"token": word, "logprob": log(chance), "bytes": None} for word, chance in chances.items()]
    first = chunk(next(iter(chances)))
    first["choices"][0]["logprobs"] = {"content": [{**top[0], "top_logprobs": top}], "refusal": None}
    return events(first, chunk(None, "stop"), "[DONE]")


def odds(reply: Reply, claim: str = "Moira sends a list.") -> float:
    with endpoint(reply) as scripted:
        (found,) = ModelAdviser(scripted.settings()).odds([claim], TEXT)
    return round(found, 3)


def test_the_log_odds_are_those_of_the_first_word_whatever_its_capitals() -> None:
    assert odds(telling(Yes=0.6, No=0.2, yes=0.1, Maybe=0.05)) == round(log(0.7 / 0.2), 3)


def test_an_endpoint_that_tells_no_chances_is_taken_at_its_word() -> None:
    assert odds(streamed("**Yes**, all of it.")) == 3.0
    assert odds(streamed("No.", size=1)) == -3.0


def test_an_answer_that_is_neither_yes_nor_no_is_an_error() -> None:
    with pytest.raises(AnswerInvalid, match="neither"):
        odds(streamed("It depends on whom you ask."))


def test_a_refusal_of_the_endpoint_is_an_error_that_names_it() -> None:
    with pytest.raises(EngineRefused):
        odds(refused(401, "wrong key"))


def test_chances_and_few_tokens_are_asked_for_and_each_claim_is_a_request() -> None:
    slots = MemorySlots()
    with endpoint(telling(Yes=0.9, No=0.1)) as scripted:
        assert len(ModelAdviser(scripted.settings(), slots=slots).odds(["One.", "Two."], TEXT)) == 2
    asked = scripted.requests
    assert [(each["logprobs"], each["top_logprobs"], each["max_tokens"]) for each in asked] == [(True, 20, 16)] * 2
    assert [each["messages"][-1]["content"].split("\n\n")[1] for each in asked] == ["Claim: One.", "Claim: Two."]


def test_the_examples_are_questions_that_were_answered_as_often_with_yes_as_with_no() -> None:
    asked = turns(load("opinion"), "Moira sends it.", TEXT)
    assert [who for who, _ in asked] == ["system", *["human", "ai"] * 4, "human"]
    assert sorted(said for who, said in asked if who == "ai") == ["No", "No", "Yes", "Yes"]
    assert asked[-1][1] == (
        f"Text:\n{TEXT}\n\nClaim: Moira sends it.\n\nIs every part of the claim true according to the text? "
        "Answer Yes or No."
    )


def test_an_endpoint_gets_placeholders_instead_of_people_where_the_settings_say_so() -> None:
    with endpoint(telling(Yes=0.9, No=0.1)) as scripted:
        settings = Settings.model_validate({"redact": True, "llm_model": "scripted", "llm_base_url": scripted.url})
        adviser: Adviser = adviser_of(scripted.settings(), settings)
        assert adviser.name == "scripted"
        adviser.odds(["Dana Whitfield writes to moira@velmere.example."], TEXT)
    shown = scripted.requests[0]["messages"][-1]["content"]
    assert "velmere" not in shown
    assert "Whitfield" not in shown
    assert shown.count("MAIL_1") == 2


def test_a_claim_is_said_with_placeholders_too() -> None:
    with endpoint(numbered(7), saying(0.5)) as scripted:
        settings = Settings.model_validate({"redact": True, "llm_model": "scripted", "llm_base_url": scripted.url})
        adviser = adviser_of(scripted.settings(form="grammar"), settings)
        assert adviser.gains("Dana Whitfield writes to moira@velmere.example.", TEXT) == [0.0]
    assert "velmere" not in json.dumps(scripted.requests)
    assert "Whitfield" not in json.dumps(scripted.requests)


def test_a_real_server_tells_its_chances() -> None:
    with serve(small_model(), threads=1, context=3072) as served:
        check = AdvisedCheck(RuleCheck(), ModelAdviser(served))
        found = check.check("Moira gladly sends the list of shops.", TEXT)
    assert found.opinion is not None
    assert found.opinion.model == served.model
    assert -14 < found.opinion.odds < 14
    assert found.opinion.odds not in {3.0, -3.0}
    assert set(found.opinion.balks_at) <= {"gladly"}


def saying(*chances: float) -> Reply:
    """A stream of tokens with the chance of each."""
    told = [chunk(f"t{number}") for number in range(len(chances))]
    for each, chance in zip(told, chances, strict=True):
        token = {"token": "t", "logprob": log(chance), "bytes": None, "top_logprobs": []}
        each["choices"][0]["logprobs"] = {"content": [token], "refusal": None}
    return events(*told, chunk(None, "stop"), "[DONE]")


def numbered(*tokens: int) -> Reply:
    """What llama.cpp answers when it is asked for a text's tokens."""

    def reply(handler: Handler) -> None:
        handler.begin(200, "application/json")
        handler.wfile.write(json.dumps({"tokens": tokens}).encode())

    return reply


def gains(*replies: Reply) -> tuple[list[float] | None, Endpoint]:
    with endpoint(*replies) as scripted:
        found = ModelAdviser(scripted.settings(form="grammar")).gains("Moira sends it.", TEXT)
    return found, scripted


def test_a_claim_is_said_token_by_token_with_the_text_and_without() -> None:
    found, scripted = gains(numbered(7, 8), saying(0.8, 0.1, 0.9), saying(0.4, 0.2))
    assert found == pytest.approx([log(2), log(0.5)])
    tokens, with_it, without = scripted.requests
    assert [path.rpartition("/")[2] for path in scripted.paths] == ["tokenize", "completions", "completions"]
    assert scripted.paths[0] == "/tokenize"
    assert tokens == {"content": "Moira sends it."}
    assert {each["grammar"] for each in (with_it, without)} == {"root ::= <[7]> <[8]>"}
    shown = [each["messages"][-1]["content"] for each in (with_it, without)]
    assert [TEXT in each for each in shown] == [True, False]


def test_an_endpoint_that_is_not_asked_by_grammars_cannot_be_made_to_say_a_claim() -> None:
    with endpoint(saying(0.5)) as scripted:
        assert ModelAdviser(scripted.settings()).gains("Moira sends it.", TEXT) is None
    assert scripted.requests == []


def test_an_endpoint_that_says_something_else_or_tells_no_chances_is_an_error() -> None:
    with pytest.raises(AnswerInvalid, match="word by word"):
        gains(numbered(7, 8), saying(0.8))
    with pytest.raises(AnswerInvalid, match="word by word"):
        gains(numbered(7, 8), streamed("Moira sends it."))


def test_a_server_that_tells_no_tokens_or_knows_no_grammar_of_them_cannot_be_made_to_say_a_claim() -> None:
    assert gains(refused(404, "no such path"))[0] is None
    assert gains(numbered(7), refused(400, "failed to parse grammar"))[0] is None


def test_a_real_server_finds_a_word_of_the_text_likelier_than_one_that_is_not() -> None:
    text = "Dana wants a walrus painted on the ferry. The walrus smiles."
    with serve(small_model(), threads=1, context=1024) as served:
        adviser = ModelAdviser(replace(served, form="grammar"))
        said, unsaid = (adviser.gains(f"Dana wants a {beast}.", text) for beast in ("walrus", "pelican"))
    assert said is not None
    assert unsaid is not None
    assert min(said) > min(unsaid)


def environment(url: str) -> dict[str, str]:
    return {"SUMMARIZER_LLM_MODEL": "scripted", "SUMMARIZER_LLM_BASE_URL": url, "SUMMARIZER_LLM_API_KEY": KEY}


def told(tmp_path: Path, *options: str, env: dict[str, str] | None = None) -> Any:
    file = tmp_path / "thread.txt"
    file.write_text(TEXT, encoding="utf-8")
    return CliRunner().invoke(app, ["check", "Moira sends the list of museums.", str(file), *options], env=env)


def without_museums(handler: Handler) -> None:
    """A model that is surer without the museums."""
    claim = handler.endpoint.requests[-1]["messages"][-1]["content"].split("Claim: ")[1]
    telling(**({"No": 0.9, "Yes": 0.1} if "museums" in claim else {"Yes": 0.9, "No": 0.1}))(handler)


def test_the_command_prints_what_the_model_thinks(tmp_path: Path) -> None:
    with endpoint(without_museums) as scripted:
        found = told(tmp_path, "--opinion", "--json", env=environment(scripted.url))
        assert json.loads(found.stdout)["opinion"] == {"model": "scripted", "odds": -2.197, "balks_at": ["museums"]}
        assert "scripted, balks at museums" in told(tmp_path, "--opinion", env=environment(scripted.url)).stdout


def test_without_a_model_the_command_says_how_to_set_one(tmp_path: Path) -> None:
    found = told(tmp_path, "--opinion")
    assert found.exit_code != 0
    assert "SUMMARIZER_LLM_MODEL" in found.output + str(found.exception)


def advise(client: Client, scripted: Endpoint) -> None:
    """Give the service a model for its opinion."""
    advised = AdvisedCheck(RuleCheck(), ModelAdviser(scripted.settings()))
    app = client.http.app
    assert isinstance(app, FastAPI)
    app.state.services = replace(client.services, advised=advised)


QUESTION = {"claim": "Moira sends the list of museums.", "text": TEXT, "opinion": True}


def test_the_service_answers_with_the_opinion_of_its_model(client: Client) -> None:
    with endpoint(without_museums) as scripted:
        advise(client, scripted)
        found = client.http.post("/v1/support", json=QUESTION).json()
        assert found["opinion"] == {"model": "scripted", "odds": -2.197, "balks_at": ["museums"]}
        assert client.http.post("/v1/support", json={**QUESTION, "opinion": False}).json()["opinion"] is None


def test_a_model_that_is_down_is_named_and_can_be_left_out(client: Client) -> None:
    with endpoint(refused(401, "wrong key")) as scripted:
        advise(client, scripted)
        answer = client.http.post("/v1/support", json=QUESTION)
        assert (answer.status_code, answer.json()["title"]) == (
            502,
            "The model's endpoint refused the request",
        )


def test_a_service_without_a_model_says_how_to_set_one(client: Client) -> None:
    answer = client.http.post("/v1/support", json=QUESTION)
    assert answer.status_code == 503
    assert "SUMMARIZER_LLM_MODEL" in answer.json()["detail"]
