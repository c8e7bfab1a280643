"""Reading a model's answer: entry by entry while it comes, trusting nothing in it."""

import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.llm.answer import Delta, Reading
from summarizer.adapters.llm.schema import Entry, Misfit, answer_schema, as_answer, read_entry
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.adapters.llm.stream import AnswerReader
from summarizer.errors import AnswerCutOff, AnswerInvalid, EngineError, EngineRefused
from summarizer.items import Kind, MadeBy, Side
from summarizer.ports import Brief, Candidate, CandidateStakeholder, Notice

ANSWER = {
    "items": [
        {"text": 'A "quoted" } brace, a \\ and an é'},
        {"text": "nested", "more": {"a": [1, {"b": "]"}]}},
        17,
        None,
    ],
    "remark": {"not": ["a list"]},
    "stakeholders": [{"name": "Ines Calder"}],
}
ENTRIES = [("items", value) for value in ANSWER["items"]] + [("stakeholders", {"name": "Ines Calder"})]

ITEM = {"kind": "scope", "text": "Eight dashboards", "cite": [2]}


THREE = range(1, 4)


def entry_of(value: object) -> Candidate | CandidateStakeholder:
    return read_entry("items", value, passages=THREE).proposal


def read(text: str, size: int) -> tuple[list[tuple[str, object]], bool]:
    reader = AnswerReader()
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return [entry for piece in pieces for entry in reader.feed(piece)], reader.complete


# --- the stream -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 10_000])
@pytest.mark.parametrize("indent", [None, 2])
def test_the_same_entries_come_out_however_the_answer_is_cut_into_deltas(size: int, indent: int | None) -> None:
    assert read(json.dumps(ANSWER, indent=indent), size) == (ENTRIES, True)


def test_an_entry_comes_out_as_soon_as_its_brace_closes() -> None:
    reader = AnswerReader()
    assert list(reader.feed('{"items":[{"text":"a"')) == []
    assert list(reader.feed("}")) == [("items", {"text": "a"})]


@pytest.mark.parametrize("before", ["", "```json\n", "Here is the handoff:\n\n", "\ufeff"])
def test_words_around_the_json_are_skipped(before: str) -> None:
    assert read(before + '{"items":[{"text":"a"}]}\n```\nDone {', 4) == ([("items", {"text": "a"})], True)


@pytest.mark.parametrize(
    "text",
    ["", "I am sorry.", '{"items":[{"text":"a"}', '{"items":[{"text":"a"}]', '{"items":[{"text":"a"}}', '{"items'],
)
def test_an_answer_whose_brace_never_closes_is_not_complete(text: str) -> None:
    assert not read(text, 3)[1]


def test_deeply_nested_nonsense_is_not_complete_and_no_crash() -> None:
    assert read('{"items":[' + "[" * 100_000, 100_000) == ([], False)


# --- the entries ------------------------------------------------------------------------------------------------------


def test_an_entry_in_the_agreed_form_becomes_a_candidate() -> None:
    entry = {
        **ITEM,
        "kind": "success_metric",
        "due": "2026-03-25",
        "owner": None,
        "baseline": "18%",
        "target": "under 10%",
    }
    assert entry_of(entry) == Candidate(
        Kind.SUCCESS_METRIC, "Eight dashboards", (2,), due=date(2026, 3, 25), baseline="18%", target="under 10%"
    )


def test_a_person_in_the_agreed_form_becomes_a_candidate() -> None:
    entry = {"name": "Ines Calder", "role": "COO", "side": "client", "email": "ines@northline.example", "cite": []}
    expected = CandidateStakeholder("Ines Calder", "COO", Side.CLIENT, "ines@northline.example", ())
    assert read_entry("stakeholders", entry, passages=THREE) == Entry(expected)


@pytest.mark.parametrize(
    ("said", "email"),
    [("ines@northline.example", "ines@northline.example"), ("MAIL_1", "MAIL_1"), ("PERSON_1", None), ("by mail", None)],
)
def test_an_address_stays_also_where_it_is_hidden_and_what_is_none_goes(said: str, email: str | None) -> None:
    entry = read_entry("stakeholders", {"name": "Ines Calder", "email": said}, passages=THREE)
    assert entry == Entry(CandidateStakeholder("Ines Calder", email=email))


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "wish"},
        {"text": "  "},
        {"text": None},
        {"text": "x" * 2001},
        {"cite": []},
        {"cite": [0, 4]},
        {"cite": "p2"},
        {"cite": None},
        {"owner": ["Ines"]},
    ],
)
def test_an_entry_out_of_form_or_without_a_passage_is_a_misfit_that_names_the_key(changed: dict[str, Any]) -> None:
    with pytest.raises(Misfit, match=f"^{next(iter(changed))}"):
        entry_of({**ITEM, **changed})


@pytest.mark.parametrize(("name", "value"), [("items", 17), ("items", None), ("others", ITEM), ("stakeholders", {})])
def test_what_is_no_entry_is_a_misfit(name: str, value: object) -> None:
    with pytest.raises(Misfit):
        read_entry(name, value, passages=THREE)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"cite": [2, 2, 9, 1]}, Candidate(Kind.SCOPE, "Eight dashboards", (2, 1))),
        ({"due": "2026-02-30"}, Candidate(Kind.SCOPE, "Eight dashboards", (2,))),
        ({"due": "end of March"}, Candidate(Kind.SCOPE, "Eight dashboards", (2,))),
        ({"owner": "null"}, Candidate(Kind.SCOPE, "Eight dashboards", (2,))),
        ({"owner": " Not stated "}, Candidate(Kind.SCOPE, "Eight dashboards", (2,))),
        ({"target": "all of them"}, Candidate(Kind.SCOPE, "Eight dashboards", (2,))),
        ({"text": "Eight\n\tdash\x00boards\u202e\ud83d "}, Candidate(Kind.SCOPE, "Eight dashboards", (2,))),
        ({"status": "accepted"}, Candidate(Kind.SCOPE, "Eight dashboards", (2,))),
    ],
)
def test_what_does_not_fit_is_taken_out_of_an_entry_that_is_right_otherwise(
    changed: dict[str, Any], expected: Candidate
) -> None:
    assert entry_of({**ITEM, **changed}) == expected


def test_keys_that_nobody_asked_for_are_named_and_not_read() -> None:
    entry = read_entry("items", {**ITEM, "status": "accepted", "approved_by": "Sasha"}, passages=THREE)
    assert entry == Entry(Candidate(Kind.SCOPE, "Eight dashboards", (2,)), frozenset({"status", "approved_by"}))


def test_what_is_shown_again_to_a_model_is_in_the_form_of_its_own_answer() -> None:
    proposals = [entry_of(ITEM), CandidateStakeholder("Ines Calder", side=Side.CLIENT)]
    written = json.loads(as_answer(proposals))
    read = [read_entry(name, entry, passages=THREE).proposal for name in written for entry in written[name]]
    assert read == proposals


# --- the answer -------------------------------------------------------------------------------------------------------


def reading(answer: object, *, finish: str | None = "stop", cut: int | None = None) -> tuple[Reading, list[object]]:
    text = answer if isinstance(answer, str) else json.dumps(answer)
    whole = Reading(THREE)
    return whole, [*whole.feed(Delta(text[:cut])), *whole.feed(Delta("", 100, 20, finish))]


def test_an_entry_that_is_there_already_is_not_given_out_again() -> None:
    people = [{"name": "Ines Calder"}, {"name": "INES CALDER"}]
    whole, answers = reading(
        {"items": [ITEM, {**ITEM, "cite": [1], "text": "eight dashboards"}], "stakeholders": people}
    )
    assert answers == [Candidate(Kind.SCOPE, "Eight dashboards", (2,)), CandidateStakeholder("Ines Calder")]
    assert list(whole.notices()) == [Notice("The model said 2 entries more than once: kept once.")]


def test_what_the_draft_has_already_is_not_given_out_but_counts_as_found() -> None:
    known = {("scope", "eight dashboards")}
    whole = Reading(THREE, known)
    assert list(whole.feed(Delta(json.dumps({"items": [ITEM]})))) == []
    assert (whole.found, list(whole.notices())) == (1, [])


def test_an_answer_without_end_is_stopped() -> None:
    answer = {"items": [{**ITEM, "text": f"Dashboard {number}"} for number in range(10_000)], "stakeholders": []}
    whole, answers = reading(answer)
    assert (len(answers), whole.runs_away) == (62, True)
    assert list(whole.notices()) == [Notice("The model did not come to an end and was stopped after 62 entries.")]


def test_an_answer_that_goes_round_in_circles_is_stopped() -> None:
    whole, answers = reading({"items": [ITEM] * 10_000, "stakeholders": []})
    assert (len(answers), whole.runs_away) == (1, True)


def test_an_answer_of_nothing_but_white_space_is_cut_off() -> None:
    with pytest.raises(AnswerCutOff, match="white space"):
        reading('{"items":[' + " " * 600)


def test_keys_that_a_model_makes_up_are_shown_without_what_could_be_markup() -> None:
    whole, _ = reading({"items": [{**ITEM, "<img src=x>": 1, "[p1](http://evil.example)": 2}], "status": "approved"})
    assert list(whole.notices()) == [
        Notice("The model's answer held what nobody asked for (imgsrcx, p1httpevilexample, status): not read.")
    ]


def test_the_reviewer_is_told_how_many_entries_were_left_out() -> None:
    others = [{**ITEM, "text": "A sandbox"}, {**ITEM, "text": "A training"}]
    whole, _ = reading({"items": [ITEM, *others, {**ITEM, "kind": "wish"}, 17], "stakeholders": []})
    whole.check()
    assert list(whole.notices()) == [
        Notice("2 entries of the model's answer left out: not in the agreed form, or citing no passage.")
    ]


def test_an_answer_with_empty_lists_is_an_honest_empty_draft() -> None:
    whole, answers = reading({"items": [], "stakeholders": []})
    whole.check()
    assert (answers, list(whole.notices())) == ([], [])


@pytest.mark.parametrize(
    ("answer", "finish", "error"),
    [
        ("", "stop", AnswerInvalid),
        ("Sure, I will help.", "stop", AnswerInvalid),
        ({}, "stop", AnswerInvalid),
        ({"error": "no"}, "stop", AnswerInvalid),
        ({"items": [17, {}]}, "stop", AnswerInvalid),
        ({"items": [17, {}, ITEM]}, "stop", AnswerInvalid),
        ('{"items":[', "length", AnswerCutOff),
        ('{"items":[', None, AnswerCutOff),
        ("", "content_filter", EngineRefused),
    ],
)
def test_an_answer_that_is_not_whole_is_an_error(answer: object, finish: str | None, error: type[EngineError]) -> None:
    with pytest.raises(error):
        reading(answer, finish=finish)[0].check()


# --- the schema -------------------------------------------------------------------------------------------------------


def test_the_schema_is_strict_all_the_way_down() -> None:
    schema = answer_schema(range(3, 8))
    records = [schema, *(entry["items"] for entry in schema["properties"].values())]
    for record in records:
        assert record["required"] == list(record["properties"])
        assert record["additionalProperties"] is False


def test_the_schema_allows_only_passages_that_exist() -> None:
    entries = answer_schema(range(3, 8))["properties"].values()
    numbers = [entry["items"]["properties"]["cite"]["items"] for entry in entries]
    assert numbers == [{"type": "integer", "minimum": 3, "maximum": 7}] * 2


def test_a_brief_without_passages_is_an_empty_draft_and_asks_nobody() -> None:
    engine = LlmEngine(LlmSettings("m", "http://127.0.0.1:1/v1", "k"))
    (made_by,) = engine.draft(Brief([]))
    assert isinstance(made_by, MadeBy)
    assert (made_by.engine, made_by.model, made_by.tokens_in) == ("llm", "m", 0)


def test_settings_do_not_show_their_key() -> None:
    assert "sk-secret" not in repr(LlmSettings("m", None, "sk-secret"))


def test_the_engine_imports_no_vendor_before_the_first_draft() -> None:
    code = "import sys, summarizer.adapters.llm; print(sorted({'langchain', 'openai', 'httpx2'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded == "[]\n"
