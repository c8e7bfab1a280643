"""The open questions that a draft raises of its own accord, whatever its engine."""

from collections.abc import Sequence

from summarizer.decisions import Draft
from summarizer.drafting import draft
from summarizer.items import Basis, Grounding, Item, Kind
from summarizer.numbering import Material
from summarizer.ports import Answer, Candidate
from summarizer.reading.threads import read
from summarizer.sows import sections
from summarizer.testing import ScriptedEngine
from summarizer.unsaid import SimilarSow

THREAD = """From: Moira Finn <moira@velmere.example>
To: Owen Hart <owen@brackwater.example>
Date: Mon, 2 Mar 2026 09:14
Subject: Dashboards

Hi Owen,

We want five dashboards on top of the warehouse.

Moira
"""
BRIEF = """# Booking system for the swimming baths

## Closing date for applications

4 May 2026

## Summary of the work

We look for suppliers who build a booking system for three baths. Proposals name a price.

## Evaluation

An earlier agency made a prototype of the booking system, and it is in use.
"""
SOW = """# Statement of work

## What we need from you

The client supplies test data for two shops by the end of week two.
"""
TEST_DATA = "Who supplies the test data, and by when?"


NOTES = """Velmere / booking system          log: Owen Hart

Thu 19 Feb 2026   CALL  Moira Finn
- contract with their supplier ends in May, no procurement for now; if they tender later that's theirs

Tue 24 Feb 2026   CALL  Moira Finn
- all fine with the board
"""


def similar(count: int = 5) -> list[SimilarSow]:
    return [SimilarSow(f"sow-{n}", f"SOW {n}", 0.8, sections(f"sow-{n}", SOW)) for n in range(count)]


def made(text: str, *answers: Answer, sows: Sequence[SimilarSow] = (), standing: Sequence[Item] = ()) -> Draft:
    source = read(text, id="s", client="Velmere")
    return draft(Material([source], similar=sows, standing=standing), ScriptedEngine(answers))


def asked(text: str, *answers: Answer, sows: Sequence[SimilarSow] = ()) -> list[str]:
    return [item.text for item in made(text, *answers, sows=sows).items if item.kind is Kind.OPEN_QUESTION]


def test_a_question_of_past_sows_names_them_and_cites_nothing() -> None:
    scope = Candidate(Kind.SCOPE, "Build five dashboards on top of the warehouse", (2,))
    first, question = made(THREAD, scope, sows=similar()).items
    assert (first.id, first.settled) == ("i1", None)
    assert (question.id, question.kind, question.text) == ("i2", Kind.OPEN_QUESTION, TEST_DATA)
    assert (question.basis, question.grounding, question.evidence) == (Basis.PRECEDENT, Grounding.NONE, ())
    assert question.settled is not None
    assert (question.settled.of, [each.section_id for each in question.settled.sections]) == (
        5,
        [f"sow-{n}:0" for n in range(5)],
    )


def test_without_similar_sows_a_thread_raises_no_question() -> None:
    assert asked(THREAD) == []
    assert asked(THREAD, sows=similar(2)) == []


def test_a_question_that_stands_already_is_not_raised_again() -> None:
    question = Item(id="1.1", kind=Kind.OPEN_QUESTION, text=TEST_DATA, basis=Basis.PRECEDENT)
    assert made(THREAD, sows=similar(), standing=[question]).items == ()


def test_past_sows_ask_a_thread_five_questions_at_most() -> None:
    many = """The client supplies test data. Invoices are due within thirty days. Travel is invoiced at cost. A warranty
of sixty days begins at go-live. We train two administrators. Licences are bought by the client. Pages meet WCAG 2.2."""
    sows = [SimilarSow(f"sow-{n}", "SOW", 0.8, sections(f"sow-{n}", many)) for n in range(5)]
    scope = Candidate(Kind.SCOPE, "Build five dashboards on top of the warehouse", (2,))
    assert len(asked(THREAD, scope, sows=sows)) == 5


def test_of_talk_without_any_work_past_sows_ask_nothing() -> None:
    assert asked(THREAD, sows=similar()) == []


def test_a_brief_raises_at_most_ten_with_those_of_the_engine() -> None:
    assert len(asked(BRIEF)) == 10
    own = Candidate(Kind.OPEN_QUESTION, "Which three baths?", (4,))
    with_own = asked(BRIEF, own)
    assert (with_own[0], len(with_own)) == ("Which three baths?", 10)


def test_a_question_about_a_line_cites_it() -> None:
    line = "An earlier agency made a prototype of the booking system, and it is in use."
    (item,) = (each for each in made(BRIEF).items if each.text == f"Can you please clarify “{line.rstrip('.')}”?")
    assert [each.quote for each in item.evidence] == [line]
    assert (item.basis, item.grounding) == (Basis.SALES_NOTE, Grounding.EXACT)


def test_what_past_sows_raise_stands_among_the_questions_to_a_brief() -> None:
    items = made(BRIEF, sows=similar()).items
    assert [each.basis for each in items if each.text == TEST_DATA] == [Basis.PRECEDENT]
    assert len(items) == 10


def test_what_both_ask_is_asked_once() -> None:
    priced = [SimilarSow(f"sow-{n}", "SOW", 0.8, sections(f"sow-{n}", "Fixed price of £20,000.")) for n in range(5)]
    text = BRIEF.replace(" Proposals name a price.", " Send proposals.")
    items = [each for each in made(text, sows=priced).items if each.text == "What is the budget for this project?"]
    assert [(each.basis, each.settled is not None) for each in items] == [(Basis.PRECEDENT, True)]


def test_a_brief_beside_a_thread_is_no_longer_one() -> None:
    sources = [read(BRIEF, id="a"), read(THREAD, id="b")]
    assert draft(Material(sources), ScriptedEngine([])).items == ()


def test_a_log_of_calls_is_no_call_for_offers_though_it_speaks_of_one() -> None:
    assert asked(NOTES) == []
