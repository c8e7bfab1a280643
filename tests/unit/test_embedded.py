"""The embedded engine: what it makes of what its reader finds, and what it leaves alone."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from summarizer.adapters.embedded import EmbeddedEngine, people_in, rules_hash
from summarizer.adapters.embedded.clauses import read
from summarizer.adapters.embedded.facts import Fact
from summarizer.adapters.embedded.parts import parts_of
from summarizer.adapters.embedded.reader import SHIPPED, Reader
from summarizer.adapters.embedded.segments import clauses_of, cut
from summarizer.items import Kind, MadeBy, Side
from summarizer.ports import Answer, Brief, Candidate, CandidateStakeholder, Engine, Notice
from tests.unit.thread_making import CLIENT, VENDOR, ScriptedReader, brief

GERMAN = "Wir werden die Daten bis zum 4. Mai für Sie migrieren und das ist nicht alles, auch die Berichte."
DOUBTFUL = 0.5
"""Below this confidence the page asks for a closer look, and accepts nothing along with others."""


def candidates(given: Brief, found: Mapping[str, Kind | str] | None = None) -> list[Candidate]:
    """What is drafted, without its confidence; by the shipped reader when the test does not say what is found."""
    engine: Engine = EmbeddedEngine(ScriptedReader(found) if found is not None else None)
    return [replace(answer, confidence=None) for answer in engine.draft(given) if isinstance(answer, Candidate)]


def of_type(answers: Sequence[Answer], kind: type[Answer]) -> list[Answer]:
    return [answer for answer in answers if isinstance(answer, kind)]


@pytest.mark.parametrize("promise", ["I'll send you", "I send you", "I have to send you"])
def test_a_promise_of_the_client_is_owed_by_its_sender_with_the_date_resolved(promise: str) -> None:
    given = brief((1, CLIENT, f"{promise} the floor plans by Friday."))
    assert candidates(given, {promise: Kind.DEPENDENCY}) == [
        Candidate(
            Kind.DEPENDENCY,
            "Nora Lindqvist to send Sandbank Studio the floor plans by Friday (6 March 2026)",
            (1,),
            owner="Nora Lindqvist",
            due=date(2026, 3, 6),
        )
    ]


def test_whom_a_promise_names_is_not_said_to_promise_it() -> None:
    given = brief((1, CLIENT, "We book the hall through Brightwire by 20 March."))
    (found,) = candidates(given, {"We book": Kind.DEPENDENCY})
    assert isinstance(found, Candidate)
    assert (found.owner, found.text) == ("Brightwire", "We book the hall through Brightwire by 20 March 2026")


@pytest.mark.parametrize("away", ["I'm on leave until 9 March", "I am back on 9 March", "I'm away till 9 March"])
@pytest.mark.parametrize(("by", "due"), [("", None), (" by 20 March", date(2026, 3, 20))])
def test_nothing_is_due_when_somebody_is_away_or_comes_back(away: str, by: str, due: date | None) -> None:
    given = brief((1, CLIENT, f"I'll send you the floor plans{by} and {away}."))
    (found,) = candidates(given, {"I'll send": Kind.DEPENDENCY, "and I": Kind.DEPENDENCY})
    assert (found.due, "9 March" in found.text) == (due, True)


def test_a_date_that_will_not_do_is_no_due_date() -> None:
    given = brief((1, CLIENT, "I'll send you the floor plans by 20 March, 9 March won't do."))
    found = candidates(given, {"I'll send": Kind.DEPENDENCY, "9 March": "support"})
    assert [each.due for each in found if isinstance(each, Candidate)] == [date(2026, 3, 20)]


def test_a_request_is_owed_by_the_one_it_addresses() -> None:
    given = brief((1, CLIENT, "Good to meet you."), (2, VENDOR, "Nora, could you send us the floor plans by 20 March?"))
    assert candidates(given, {"Nora, could": Kind.DEPENDENCY, "could you": Kind.DEPENDENCY}) == [
        Candidate(
            Kind.DEPENDENCY,
            "Nora Lindqvist to send Sandbank Studio the floor plans by 20 March 2026",
            (2,),
            owner="Nora Lindqvist",
            due=date(2026, 3, 20),
        )
    ]


@pytest.mark.parametrize("kind", [Kind.OBLIGATION, Kind.EXCLUSION])
def test_a_stray_opening_makes_no_entry(kind: Kind) -> None:
    given = brief((1, CLIENT, "As agreed, the invoice comes after the audit."))
    assert candidates(given, {"As agreed": kind}) == []


def test_a_later_number_replaces_the_earlier_one_and_both_are_cited() -> None:
    given = brief((1, VENDOR, "We will build eight dashboards for the shops."), (2, CLIENT, "Six dashboards, please."))
    assert candidates(given, {"We will": Kind.SCOPE, "Six": "support"}) == [
        Candidate(Kind.SCOPE, "Build six dashboards for the shops", (1, 2))
    ]


def test_a_date_is_replaced_only_in_the_part_that_states_it() -> None:
    line = "I'd said the first of June but I'm okay with a day or two, and the first of June was Nora's wish."
    given = brief((1, VENDOR, line), (2, CLIENT, "Make it the fifth of June."))
    (candidate,) = candidates(given, {"I'd said": Kind.MILESTONE, "and the": "support", "Make": "support"})
    assert candidate.text == "I'd said the fifth of June 2026; The first of June 2026 was Nora's wish"


def test_a_number_of_another_unit_corrects_nothing() -> None:
    given = brief((1, VENDOR, "Stock is fresh every five minutes."), (2, CLIENT, "One day."))
    (candidate,) = candidates(given, {"Stock": Kind.SCOPE, "One": "support"})
    assert candidate.text.startswith("Stock is fresh every five minutes")


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("One bench with six test places", "Eight places.", "One bench with eight test places"),
        ("A stop list with 24 reasons", "Make twelve.", "A stop list with twelve reasons"),
        ("Monitoring of 1,400 endpoints", "Endpoint count is now 1,860.", "Monitoring of 1,860 endpoints"),
        ("Four films of three minutes", "Two minutes then.", "Four films of two minutes"),
        ("A fee of £38 for each machine", "It is 36 instead of 38.", "A fee of 36 for each machine"),
    ],
)
def test_a_later_number_takes_the_place_of_the_one_that_it_is_about(first: str, then: str, told: str) -> None:
    given = brief((1, VENDOR, first), (2, CLIENT, then))
    (candidate,) = candidates(given, {first[:6]: Kind.SCOPE, then[:6]: "support"})
    assert (candidate.text.endswith(told), candidate.cite) == (True, (1, 2))


@pytest.mark.parametrize(
    "then", ["87 servers, in five waves.", "The old one stops after 160.", "That is 45 contractors."]
)
def test_a_number_of_another_thing_takes_no_place(then: str) -> None:
    given = brief((1, VENDOR, "We migrate 87 servers for the tractors."), (2, CLIENT, then))
    (candidate,) = candidates(given, {"We migrate": Kind.SCOPE, then[:7]: "support"})
    assert candidate.text.startswith("Migrate 87 servers for the tractors")


def test_the_last_of_several_numbers_holds() -> None:
    given = brief((1, VENDOR, "We will build eight dashboards."), (2, CLIENT, "Seven dashboards."), (3, CLIENT, "Six."))
    (candidate,) = candidates(given, {"We will": Kind.SCOPE, "Seven": "support", "Six": "support"})
    assert (candidate.text, candidate.cite) == ("Build six dashboards", (1, 2, 3))


def test_where_a_later_clause_states_the_fact_an_earlier_number_of_the_same_thing_gives_way() -> None:
    given = brief((1, CLIENT, "Rope test on the five chairlifts."), (2, CLIENT, "Four chairlifts."))
    early, late = cut(read(given))
    fact = Fact(Kind.SCOPE, [late], 0.9, supports=[early])
    told = [(part.clause.text, part.is_told) for part in parts_of(fact, clauses_of([late]), clauses_of([early]))]
    assert told == [("Rope test on the five chairlifts.", True), ("Four chairlifts.", False)]


def test_where_a_metric_comes_from_stays_beside_its_goal() -> None:
    given = brief((1, CLIENT, "Now 14 of 100 boxes are wrong."), (2, CLIENT, "We want 3 of 100 boxes by October."))
    found: dict[str, Kind | str] = {"Now": Kind.SUCCESS_METRIC, "We want": "support"}
    assert "14 of 100 boxes" in candidates(given, found)[0].text


def test_where_a_metric_comes_from_gives_no_way_to_the_goal_that_states_it() -> None:
    given = brief((1, CLIENT, "Fourteen boxes a week are wrong."), (2, CLIENT, "We want three boxes."))
    early, late = cut(read(given))
    parts = parts_of(Fact(Kind.SUCCESS_METRIC, [late], 0.9, supports=[early]), clauses_of([late]), clauses_of([early]))
    assert [(part.is_told, part.correction) for part in parts] == [(True, None), (True, None)]


def test_what_adds_no_figure_and_no_date_is_cited_and_not_told() -> None:
    given = brief((1, VENDOR, "We will build the portal for the shops."), (2, CLIENT, "Don't tell Clement."))
    assert candidates(given, {"We will": Kind.SCOPE, "Don't": "support"}) == [
        Candidate(Kind.SCOPE, "Build the portal for the shops", (1, 2))
    ]


def test_a_number_in_words_is_not_torn() -> None:
    given = brief((1, CLIENT, "One hundred and nine thousand, and no more."))
    (candidate,) = candidates(given, {"One": Kind.OBLIGATION})
    assert candidate.text.startswith("One hundred and nine thousand")


def test_the_newest_message_may_come_first() -> None:
    given = brief((2, CLIENT, "Six dashboards, please."), (1, VENDOR, "We will build eight dashboards."))
    assert candidates(given, {"We will": Kind.SCOPE, "Six": "support"}) == [
        Candidate(Kind.SCOPE, "Build six dashboards", (2, 1))
    ]


def test_a_trap_is_not_drafted() -> None:
    given = brief((1, VENDOR, "We will build the kiosk module."), (2, CLIENT, "Forget the kiosk."))
    assert candidates(given, {"We will": "trap", "Forget": Kind.EXCLUSION}) == [
        Candidate(Kind.EXCLUSION, "Forget the kiosk", (2,))
    ]


def test_what_is_left_out_in_words_that_do_not_say_so_is_told_as_left_out() -> None:
    given = brief(
        (1, VENDOR, "a) monitoring for two weeks"),
        (1, VENDOR, "b) design of a noise wall"),
        (2, CLIENT, "Fine."),
        (2, CLIENT, "No, not this year."),
        listed=[1, 2],
        answers={3: 1, 4: 2},
    )
    found = {"monitoring": Kind.SCOPE, "design": Kind.EXCLUSION}
    assert candidates(given, found) == [
        Candidate(Kind.SCOPE, "Monitoring for two weeks", (1,)),
        Candidate(Kind.EXCLUSION, "Not included: design of a noise wall", (2,)),
    ]


def test_a_bare_answer_is_told_with_its_question() -> None:
    given = brief(
        (1, VENDOR, "How many years of order history should we load?"), (2, CLIENT, "Two will do."), answers={2: 1}
    )
    (candidate,) = candidates(given, {"Two": Kind.SCOPE})
    assert (candidate.kind, candidate.cite) == (Kind.SCOPE, (2, 1))
    assert "order history" in candidate.text
    assert "two" in candidate.text.lower()


@pytest.mark.parametrize(
    ("line", "price", "terms"),
    [
        ("The fee is €9,000, half on signature and half at the end.", "The fee", "half on"),
        ("It costs 40k, net 30.", "It costs", "net 30"),
        ("EUR 12,000 plus VAT, in three parts, at the start, in May and at the end.", "EUR", "in three"),
    ],
)
def test_a_price_and_the_terms_of_its_payment_are_two_entries(line: str, price: str, terms: str) -> None:
    pieces = [segment.text for segment in cut(read(brief((1, VENDOR, line))))]
    found = candidates(brief((1, VENDOR, line)), dict.fromkeys(pieces, Kind.OBLIGATION))
    assert len(found) == 2
    assert price in found[0].text
    assert terms not in found[0].text
    assert terms in found[1].text.lower()


@pytest.mark.parametrize("line", ["The fee is €9,000 for the portal, fixed.", "We pay net 30, as always, by transfer."])
def test_a_price_without_terms_and_terms_without_a_price_are_one_entry(line: str) -> None:
    pieces = [segment.text for segment in cut(read(brief((1, VENDOR, line))))]
    assert len(candidates(brief((1, VENDOR, line)), dict.fromkeys(pieces, Kind.OBLIGATION))) == 1


def test_a_day_alone_gets_its_month_from_the_passage_that_names_it_which_is_cited() -> None:
    given = brief((1, CLIENT, "The fair opens on 12 June."), (1, CLIENT, "Our people load out the stands on the 14th."))
    assert candidates(given, {"Our people": Kind.MILESTONE}) == [
        Candidate(
            Kind.MILESTONE, "Our people load out the stands on the 14th (14 June 2026)", (2, 1), due=date(2026, 6, 14)
        )
    ]


@pytest.mark.parametrize(
    ("visit", "due"),
    [
        ("The training is on 21–22 April.", date(2026, 4, 21)),
        ("The training is on 22–23 April.", date(2026, 3, 21)),
    ],
    ids=["names its month", "of other days"],
)
def test_a_due_day_alone_takes_the_month_that_the_same_fact_names_with_it(visit: str, due: date) -> None:
    between = [(2, CLIENT, f"Thanks, we have {number} desks.") for number in range(2, 12)]
    given = brief((1, VENDOR, visit), *between, (3, VENDOR, "The training starts at 9 on the 21st."))
    (found,) = candidates(given, {"The training is": Kind.MILESTONE, "The training starts": "support"})
    assert isinstance(found, Candidate)
    assert found.due == due


def test_a_due_day_is_rather_one_that_the_item_tells() -> None:
    told = (
        "She sends you the full list of all customers of the four northern towns of the old county of Fenland by post "
        "from the desk of our office by 20 March."
    )
    given = brief((1, CLIENT, told), (2, CLIENT, "We also send the papers on to the office by 16 March."))
    (found,) = candidates(given, {"She sends": Kind.DEPENDENCY, "We also": "support"})
    assert isinstance(found, Candidate)
    assert ("16 March" in found.text, found.due) == (False, date(2026, 3, 20))


def test_a_year_stands_where_the_date_has_it() -> None:
    given = brief((1, VENDOR, "We go live on June 12 in both halls."))
    (found,) = candidates(given, {"We go live": Kind.MILESTONE})
    assert isinstance(found, Candidate)
    assert found.text == "We go live on June 12, 2026 in both halls"


def test_an_event_that_moves_keeps_its_words_and_gets_the_new_date() -> None:
    given = brief((1, VENDOR, "The depot pilot starts on 4 May."), (2, CLIENT, "The depot pilot moves to 11 May."))
    assert candidates(given, {"The depot pilot starts": Kind.MILESTONE, "The depot pilot moves": "support"}) == [
        Candidate(Kind.MILESTONE, "The depot pilot starts on 11 May 2026", (1, 2), due=date(2026, 5, 11))
    ]


def test_a_metric_carries_where_it_stands_and_where_it_shall_stand() -> None:
    given = brief((1, CLIENT, "Picking errors stand at 6% and we expect to get them under 2% by 30 June."))
    found = {"Picking": Kind.SUCCESS_METRIC, "and we": Kind.SUCCESS_METRIC}
    assert candidates(given, found) == [
        Candidate(
            Kind.SUCCESS_METRIC,
            "Picking errors stand at 6% and we expect to get them under 2% by 30 June 2026",
            (1,),
            due=date(2026, 6, 30),
            baseline="6%",
            target="2%",
        )
    ]


def test_a_negation_at_the_start_is_never_cut_away() -> None:
    given = brief((1, CLIENT, "No record may be released until I have approved the assessment."))
    (candidate,) = candidates(given, {"No record": Kind.OBLIGATION})
    assert candidate.text.startswith("No record")


def test_confidence_is_a_chance_and_follows_the_reader() -> None:
    given = brief((1, VENDOR, "We will build eight dashboards."))
    engine = EmbeddedEngine(ScriptedReader({"We will": Kind.SCOPE}))
    (candidate,) = of_type(list(engine.draft(given)), Candidate)
    assert isinstance(candidate, Candidate)
    assert candidate.confidence == pytest.approx(0.97, abs=0.01)


@pytest.mark.parametrize(
    "aside", ["How was the regatta?", "Thanks, and see you soon!", "It rained all weekend in Bergen."]
)
def test_small_talk_is_kept_out(aside: str) -> None:
    assert with_aside(aside) == []


@pytest.mark.parametrize(
    "aside",
    [
        "Some day you must have a look at our other depot.",
        "The bakery we did last spring wanted twenty reports.",
        "One day we might want an app.",
    ],
)
def test_an_aside_of_another_job_or_of_some_day_is_kept_out_or_unsure(aside: str) -> None:
    assert [each for each in with_aside(aside) if (each.confidence or 0) >= DOUBTFUL] == []


def with_aside(aside: str) -> list[Candidate]:
    """What is drafted from an aside in the middle of a deal, and not from the deal."""
    given = brief(
        (1, VENDOR, "Hi Nora, good to talk this morning."),
        (1, VENDOR, "We will build the stock portal for your five shops and train the shop staff in May."),
        (1, VENDOR, "From you we need a read-only account for the till system by 20 March."),
        (2, CLIENT, "Hello Emil, that works."),
        (2, CLIENT, aside),
        (2, CLIENT, "Our IT sends you the account by 18 March. The web shop stays as it is."),
    )
    drafted = [answer for answer in EmbeddedEngine().draft(given) if isinstance(answer, Candidate)]
    assert drafted
    return [each for each in drafted if 5 in each.cite]


def test_people_come_from_headers_and_signatures() -> None:
    given = brief((1, CLIENT, "Here we go."))
    headers = {
        1: "From: Nora Lindqvist <nora@larch.example>\nTo: Emil Sand <emil@sandbank.example>\n"
        "Nora Lindqvist\nHead of Stores, Larch & Pine\n"
    }
    answers = list(EmbeddedEngine().draft(Brief(passages=given.passages, headers=headers)))
    assert of_type(answers, CandidateStakeholder) == [
        CandidateStakeholder("Nora Lindqvist", "Head of Stores", Side.CLIENT, "nora@larch.example"),
        CandidateStakeholder("Emil Sand", None, Side.VENDOR, "emil@sandbank.example"),
    ]


def test_a_thread_in_another_language_is_left_to_the_reviewer() -> None:
    answers = list(EmbeddedEngine().draft(brief((1, VENDOR, GERMAN))))
    assert of_type(answers, Candidate) == []
    assert of_type(answers, Notice) == [
        Notice(
            "The embedded engine reads English only; nothing was drafted from this text. Configure a language model."
        )
    ]


def test_one_message_in_another_language_leaves_the_rest_drafted() -> None:
    given = brief((1, VENDOR, GERMAN), (2, VENDOR, "The price for this is £900, fixed."))
    answers = list(EmbeddedEngine(ScriptedReader({"The price": Kind.OBLIGATION})).draft(given))
    assert of_type(answers, Notice) == [
        Notice("The embedded engine reads English only; it left out 1 of 2 messages (number 1).")
    ]
    assert [answer.cite for answer in answers if isinstance(answer, Candidate)] == [(2,)]


def test_a_thread_without_scope_and_one_without_words_give_no_items() -> None:
    assert candidates(brief((1, CLIENT, "Lunch was great."), (2, VENDOR, "It was, and the rain stopped."))) == []
    assert candidates(Brief(passages=[])) == []


def test_the_last_answer_says_how_the_draft_was_made() -> None:
    *_, last = EmbeddedEngine().draft(brief((1, CLIENT, "Hello.")))
    assert last == MadeBy(engine="embedded", model=Reader().name, prompt=rules_hash())
    assert Reader().name.startswith("thread-reader@")
    assert len(rules_hash()) == len("sha256:") + 64


@pytest.mark.parametrize("file", ["upper.onnx", "thread.onnx", "reader.json"])
def test_the_readers_card_tells_the_hashes_of_its_files(file: str) -> None:
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert hashlib.sha256((SHIPPED / file).read_bytes()).hexdigest() in card


def test_people_are_found_without_reading_as_a_draft_finds_them() -> None:
    given = brief((1, VENDOR, "Nora, is Theo Lamb your contact?"), (2, CLIENT, "Yes, Theo Lamb of our IT."))
    drafted = [each for each in EmbeddedEngine().draft(given) if isinstance(each, CandidateStakeholder)]
    assert {each.name for each in drafted} >= {"Nora Lindqvist", "Emil Sand", "Theo Lamb"}
    assert people_in(given) == drafted


def test_the_same_thread_gives_the_same_draft() -> None:
    given = brief((1, VENDOR, "We will build eight dashboards."), (2, CLIENT, "I'll send the logo by 20 March."))
    first, second = (list(EmbeddedEngine().draft(given)) for _ in range(2))
    assert first == second


def test_a_passage_without_any_break_is_cut_to_a_bullet() -> None:
    given = brief((1, VENDOR, "We will build five dashboards " + "x" * 1_000_000))
    (candidate,) = candidates(given, {"We will": Kind.SCOPE})
    assert candidate.text.startswith("Build five dashboards")
    assert len(candidate.text) < 420
