"""Drafts of labelled threads by an endpoint that sees placeholders: names come back, quotes stay exact."""

import json
import re

import pytest

from api.engines import open_engine
from api.settings import Settings
from eval.bench_redaction import brief_of
from eval.cases import Case, read_cases
from summarizer.adapters.embedded import people_in
from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.redaction import Redacting, Redactor
from summarizer.drafting import draft
from summarizer.numbering import Material
from summarizer.ports import Answer, Brief, Candidate, CandidateStakeholder, Notice, NumberedPassage
from summarizer.reading.threads import read
from tests.integration.llm_server import Handler, Reply, endpoint, streamed

CASES = read_cases("development").cases[:6]
PLACEHOLDER = re.compile(r"\b(?:PERSON|MAIL|PHONE|IBAN|CARD|PLACE)_\d")
LINE = re.compile(r"^\[p(\d+)\] (?:\((?:from|below) [^)]*\) )*(?:- )?(.+)$", re.MULTILINE)
MOST = 40
"""Passages that the endpoint says again."""


def saying_again() -> Reply:
    """Answers with the words of the first passages, as it was shown them."""

    def reply(handler: Handler) -> None:
        shown = handler.endpoint.requests[-1]["messages"][-1]["content"]
        items = [
            {"kind": "scope", "text": text, "cite": [int(number)], "owner": None}
            for number, text in LINE.findall(shown)[:MOST]
        ]
        streamed(json.dumps({"items": items, "stakeholders": []}), size=400)(handler)

    return reply


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_draft_through_placeholders_has_every_name_and_exact_quotes(case: Case) -> None:
    deal = case.deal
    source = read(case.pasted, name=case.id, id=case.id, client=deal.client, vendor=deal.vendor)
    material = Material([source], client=deal.client, vendor=deal.vendor, deal_type=deal.deal_type)
    with endpoint(saying_again()) as model:
        engine = Redacting(LlmEngine(model.settings(max_tokens=8000)), people=people_in)
        made = draft(material, engine)
        sent = json.dumps(model.requests[-1]["messages"][-1]["content"], ensure_ascii=False)
    redactor = Redactor.of(brief_of(case), people_in)
    assert [name for name in redactor.names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sent)] == []
    assert made.items
    assert [item.text for item in made.items if PLACEHOLDER.search(item.model_dump_json())] == []
    passages = {passage.text for passage in brief_of(case).passages}
    assert [item.text for item in made.items if item.text not in passages] == []
    assert [e.quote for item in made.items for e in item.evidence if not e.stands_in(source.text)] == []


def test_a_model_that_looks_again_sees_placeholders_and_the_draft_is_the_one_without_them() -> None:
    made: dict[bool, list[list[Answer]]] = {}
    with endpoint(streamed('{"wrong":[]}')) as model:
        for redact in (False, True):
            model.requests.clear()
            base = {"engine": "llm", "llm_model": "scripted", "llm_base_url": model.url, "fallback": "off"}
            settings = Settings.model_validate({**base, "llm_task": "second-look", "redact": redact})
            with open_engine(settings) as engine:
                made[redact] = [[each for each in engine.draft(brief_of(case)) if is_said(each)] for case in CASES]
        sent = json.dumps([request["messages"][-1]["content"] for request in model.requests], ensure_ascii=False)
    assert made[True] == made[False]
    assert "PERSON_" in sent
    assert [name for case in CASES for name in names(brief_of(case)) if re.search(rf"(?<!\w){name}(?!\w)", sent)] == []


def is_said(answer: Answer) -> bool:
    """Whether it says something of the deal."""
    return isinstance(answer, Candidate | CandidateStakeholder | Notice)


def names(brief: Brief) -> list[str]:
    """The full names that are hidden, to be looked for."""
    return [re.escape(name) for name in Redactor.of(brief, people_in).names if " " in name]


def test_the_address_of_a_person_whom_a_model_names_comes_back() -> None:
    reply = streamed(
        '{"items":[],"stakeholders":[{"name":"PERSON_1","email":"MAIL_1"},{"name":"Zoe","email":"MAIL_9"}]}'
    )
    passage = NumberedPassage(1, "Ada Stone reads ada@stone.example.", 1, "Ada Stone", None, None)
    with endpoint(reply) as model:
        answers = list(Redacting(LlmEngine(model.settings()), people=people_in).draft(Brief([passage])))
    people = [each for each in answers if isinstance(each, CandidateStakeholder)]
    assert people == [CandidateStakeholder("Ada Stone", email="ada@stone.example"), CandidateStakeholder("Zoe")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_is_hidden_comes_back_to_the_letter(case: Case) -> None:
    brief = brief_of(case)
    redactor = Redactor.of(brief, people_in)
    hidden = redactor.brief(brief)
    assert texts(hidden) != texts(brief)
    assert [redactor.shown(text) for text in texts(hidden)] == texts(brief)


def texts(brief: Brief) -> list[str]:
    """All words of a brief that hold people."""
    return [*(each.text for each in brief.passages), *(each.sender or "" for each in brief.passages)]
