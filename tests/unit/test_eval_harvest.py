"""Reviewers' decisions become cases: nobody's name stays, and every quote still stands in the text."""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.checking import faults
from eval.harvest import Decisions, harvested
from eval.scrubbing import Scrubber
from eval.telling import must
from summarizer.decisions import Decision, Draft, Suggestion, Verdict, Version
from summarizer.handoff import Handoff
from summarizer.items import Item, Kind, MadeBy, Side, Stakeholder
from summarizer.reading.threads import read
from summarizer.records import Deal, DealType
from summarizer.review import Review
from tests.making import MONDAY

THREAD = """From: Dana Whitfield <dana.whitfield@ferrowferries.com>
To: Owen Hart <o.hart@tidemark.io>
Date: Mon, 2 Mar 2026 09:14
Subject: Portal

Hi Owen,

DANA'S list: move the 14,000 customer records. Leave the intranet as it is.
Our IT hands over a read-only dump by 3 April 2026. Nine ports? No, seven. Ring me: +44 161 496 0123,
or see https://www.ferrowferries.com/portal/brief?id=7. Ferrow pays within 30 days.
We are at 12 Harbour Street, SW1A 1AA. will call Marek about it

Cheers,
Dana
"""
SECRETS = ("dana", "whitfield", "owen", "hart", "ferrow", "tidemark", "496 0123", "sw1a", "brief?id", "harbour street")


def evidence_of(text: str, *quotes: str) -> Sequence[tuple[int, int]]:
    return [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]


def drafted() -> list[Item]:
    source = read(THREAD, id="s1")

    def item(number: int, kind: Kind, text: str, quote: str, **more: str) -> Item:
        ((start, end),) = evidence_of(THREAD, quote)
        return Item(id=f"i{number}", kind=kind, text=text, evidence=(source.evidence(start, end),), **more)

    return [
        item(1, Kind.SCOPE, "Move 14,000 customer records", "move the 14,000 customer records"),
        item(2, Kind.EXCLUSION, "The intranet stays as it is", "Leave the intranet as it is."),
        item(
            3, Kind.DEPENDENCY, "Ferrow IT hands over a dump", "Our IT hands over a read-only dump", owner="Ferrow IT"
        ),
        item(4, Kind.SCOPE, "Nine ports for Dana", "Nine ports?"),
    ]


def decisions(*, rejected: Sequence[str] = ("i4",), reason: str = "Dana wants seven") -> Decisions:
    people = (Stakeholder(id="s1", name="Dana Whitfield", side=Side.CLIENT, email="dana.whitfield@ferrowferries.com"),)
    draft = Draft(items=tuple(drafted()), stakeholders=people, made_by=MadeBy(engine="e", model="m", prompt=""))
    suggestion = Suggestion(
        id="g1", handoff="h1", base_version=0, draft=draft, sources=("s1",), created_at=MONDAY, committed_as=None
    )
    entries: list[Item | Stakeholder] = [*draft.items, *people]
    log = [
        Decision(
            item=entry.id,
            verdict=Verdict.REJECTED if entry.id in rejected else Verdict.ACCEPTED,
            by="ben",
            at=MONDAY,
            reason=reason if entry.id in rejected else None,
        )
        for entry in entries
    ]
    review = Review(suggestion, None, tuple(log))
    version: Version = Handoff("h1", "d1").decide(
        review, by="ben", at=MONDAY + timedelta(hours=1), texts={"s1": THREAD}
    )
    deal = Deal(
        id="d1",
        crm_deal_id="d1",
        name="Ferrow booking portal",
        client="Ferrow Ferries",
        vendor="Tidemark Digital",
        deal_type=DealType.MIGRATION,
        created_by="ana",
        created_at=MONDAY,
    )
    return Decisions(deal, version, review, [read(THREAD, id="s1")])


def test_what_was_accepted_is_gold_and_what_was_rejected_a_trap() -> None:
    gold = harvested(decisions(), salt="s").case.gold
    assert [(item.kind, len(item.evidence)) for item in gold.items] == [
        (Kind.SCOPE, 1),
        (Kind.EXCLUSION, 1),
        (Kind.DEPENDENCY, 1),
    ]
    assert [(trap.not_kind, trap.stands) for trap in gold.traps] == [((Kind.SCOPE,), ("Nine ports?",))]
    assert gold.traps[0].why.endswith("wants seven")


def test_nothing_personal_stays_in_the_case() -> None:
    made = harvested(decisions(), salt="s").case.model_dump_json().lower()
    assert [secret for secret in SECRETS if secret in made] == []


def test_the_case_obeys_the_guide_but_for_the_reading() -> None:
    made = harvested(decisions(), salt="s").case
    assert [fault.place for fault in faults(made)] == ["case"]
    assert (made.harvested, made.needs_reading) == (True, True)


def test_the_same_salt_gives_the_same_case_and_another_salt_another() -> None:
    one, again, other = (harvested(decisions(), salt=salt).case for salt in ("s", "s", "t"))
    assert one == again
    assert one.id != other.id
    assert one.pasted != other.pasted


def test_a_person_is_the_same_one_in_text_address_and_labels() -> None:
    made = harvested(decisions(), salt="s").case
    first, last = made.gold.stakeholders[0].name.split()
    assert made.gold.stakeholders[0].email == f"{first}.{last}@{made.deal.client.split()[0]}.example".lower()
    assert f"From: {first} {last} <" in made.pasted
    assert f"{first.upper()}'S list" in made.pasted


def test_what_reads_like_a_name_still_is_shown_to_the_reader() -> None:
    assert harvested(decisions(), salt="s").notes == ["Perhaps still names of people or firms: Marek, Portal"]


def test_a_rejected_duplicate_of_a_gold_item_is_no_trap() -> None:
    both = decisions()
    twin = both.review.suggestion.draft.items[0].model_copy(update={"id": "i4"})
    draft = both.review.suggestion.draft
    draft = draft.model_copy(update={"items": (*draft.items[:3], twin)})
    suggestion = both.review.suggestion.model_copy(update={"draft": draft})
    made = harvested(
        Decisions(both.deal, both.version, Review(suggestion, None, both.review.log), both.sources), salt="s"
    )
    assert made.case.gold.traps == ()
    assert made.notes[1:] == ["Rejected, but too close to g1 for a trap: Move 14,000 customer records"]


def scrubber() -> Scrubber:
    return Scrubber(people=["Will Marsh", "Dana Whitfield"], firms=["Ferrow Ferries Ltd"], salt="s")


@pytest.mark.parametrize(
    "text",
    [
        "We deliver 14,000 records for GBP 145,000 by 2026-03-20.",
        "It will take 12 weeks; 6.1 % today, under 5 by June, 9:30 to 17:00.",
        "Invoice 4711 of 03.04.2026 10:15, version 2.10.3, 1 000 000 rows.",
        "From 01/04/2026 to 30/06/2026 on site.",
    ],
)
def test_figures_and_dates_stay(text: str) -> None:
    assert scrubber()(text) == text


@pytest.mark.parametrize(
    "secret",
    [
        "+44 (0)20 7946 0018",
        "0161 496 0123",
        "555-867-5309",
        "GB29 NWBK 6016 1331 9268 19",
        "dana@mail.ferrow.co.uk",
        "http://intra.ferrow.com/x",
        "ferrow.com",
        "SW1A 1AA",
        "4 Old Mill Lane",
        "whitfield",
        "WHITFIELD",
        "Will",
    ],
)
def test_personal_data_goes(secret: str) -> None:
    assert secret.lower() not in scrubber()(f"Ask at {secret}, please.").lower()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rıfat Çelik", "ask RIFAT or rifat.celik@x.example"),
        ("Zoë Müller", "zoe muller and Müllers desk"),
        ("Ann-Marie O'Neil", "ANN-MARIE and O'Neil's"),
    ],
)
def test_a_name_goes_however_it_is_written(name: str, text: str) -> None:
    made = Scrubber(people=[name], firms=[], salt="s")(text).lower()
    assert [word for word in ("rifat", "celik", "muller", "müller", "zoe", "marie", "neil") if word in made] == []


def test_the_later_words_of_a_firm_stay_where_they_are_words() -> None:
    made = Scrubber(people=[], firms=["Anansi Towers"], salt="s")("Anansi climbs 85 towers for anansi towers")
    assert made.endswith(" towers")
    assert " 85 towers for " in made
    assert "anansi" not in made.lower()


def test_a_name_that_is_a_word_stays_in_lower_case() -> None:
    assert scrubber()("we will meet Will").startswith("we will meet ")


@given(st.text(alphabet="ab .,\n'@0123456789", max_size=40), st.integers(0, 60), st.integers(1, 30))
def test_a_quote_still_stands_where_it_moved(noise: str, start: int, length: int) -> None:
    text = f"Dana {noise} Will Marsh at Ferrow, dana@ferrow.com{noise}"
    start = min(start, len(text) - 1)
    end = min(start + length, len(text))
    made = scrubber().scrub(text)
    first, last = made.span(start, end)
    assert 0 <= first <= last <= len(made.text)
    assert text[start:end] == made.text[first:last] or any(
        each.start < end and start < each.end for each in made.replacements
    )


def test_needed_words_are_figures_and_telling_words_of_the_evidence() -> None:
    assert must("Migrate 14,000 customer records", ["move the 14k customer records"]) == (
        ("14,000", "14k", "14000"),
        ("custo",),
        ("recor",),
    )


def test_needed_words_are_never_empty() -> None:
    assert must("Okta", ["yes, that"]) == (("okta",),)


def test_needed_words_hold_for_their_own_text() -> None:
    for item in drafted():
        rows = must(item.text, [each.quote for each in item.evidence])
        assert all(any(word in item.text.lower() for word in row) for row in rows)
        assert all(re.search(r"\w", word) for row in rows for word in row)
