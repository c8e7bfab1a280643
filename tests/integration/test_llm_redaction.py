"""Drafts of labelled threads by an endpoint that sees placeholders: names come back, quotes stay exact."""

import json
import re

import pytest

from eval.bench_redaction import brief_of
from eval.cases import Case, read_cases
from summarizer.adapters.embedded import people_in
from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.redaction import Redacting, Redactor
from summarizer.drafting import draft
from summarizer.numbering import Material
from summarizer.ports import Brief
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
