"""The answer's form for llama.cpp: what can be written in it is what we read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.loader import load, stated
from summarizer.adapters.llm.grammar import answer_grammar, numbers
from summarizer.adapters.llm.prompt import variables
from summarizer.adapters.llm.schema import answer_schema, as_answer
from summarizer.items import Kind, Side
from summarizer.ports import Candidate, CandidateStakeholder
from tests.unit.test_prompts import BRIEF, MARKER


def expression(rule: str) -> re.Pattern[str]:
    """A rule of digits as Python writes it."""
    return re.compile(rule.replace('"', "").replace(" ", ""))


@given(st.integers(1, 1500), st.integers(0, 1500))
def test_the_grammar_knows_the_numbers_of_the_passages_and_no_others(first: int, more: int) -> None:
    rule = expression(numbers(range(first, first + more + 1)))
    known = [number for number in range(4000) if rule.fullmatch(str(number))]
    assert known == list(range(first, first + more + 1))


def test_the_grammar_has_the_keys_of_the_schema_in_their_order() -> None:
    schema = answer_schema(range(1, 9))["properties"]
    rules = dict(line.split(" ::= ", 1) for line in answer_grammar(range(1, 9)).splitlines())
    for rule, entries in (("item", "items"), ("person", "stakeholders")):
        assert re.findall(r'\\"(\w+)\\":', rules[rule]) == list(schema[entries]["items"]["properties"])
    assert re.findall(r'\\"(\w+)\\"', rules["kind"]) == [kind.value for kind in Kind]


def test_each_rule_of_the_grammar_is_there() -> None:
    rules = dict(line.split(" ::= ", 1) for line in answer_grammar(range(3, 120)).splitlines())
    words = re.findall(r"[a-z]+", re.sub(r'"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]', " ", " ".join(rules.values())))
    assert set(words) == rules.keys() - {"root"}


@pytest.mark.parametrize("said", ["Else null", "is null"])
def test_where_only_what_is_stated_is_written_the_prompt_asks_for_no_null(said: str) -> None:
    named = variables(BRIEF, MARKER)
    assert said in load("draft").render(**named).system
    short = load("draft").render(stated_only=True, **named).system
    assert (said in short, ":null" in short, "leave the key out" in short) == (False, False, True)


def test_an_answer_of_what_is_stated_holds_no_empty_keys() -> None:
    proposals: list[Candidate | CandidateStakeholder] = [
        Candidate(Kind.SCOPE, "Booking portal", (4,)),
        CandidateStakeholder("Odile Marchetti", side=Side.CLIENT),
    ]
    short, whole = as_answer(proposals, stated_only=True), as_answer(proposals)
    assert short == (
        '{"items":[{"kind":"scope","text":"Booking portal","cite":[4]}],'
        '"stakeholders":[{"name":"Odile Marchetti","side":"client"}]}'
    )
    assert len(whole) - len(short) == len(
        ',"owner":null,"due":null,"baseline":null,"target":null,"role":null,"email":null,"cite":[]'
    )
    assert stated({"items": []}) == {"items": []}
