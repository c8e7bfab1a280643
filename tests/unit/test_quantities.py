"""Numbers and dates made comparable: what is the same in other words, and what is no quantity at all."""

from datetime import date

import pytest

from summarizer.quantities import Quantity, find_quantities

SENT = date(2026, 2, 3)


def one(text: str) -> Quantity:
    (found,) = find_quantities(text, sent=SENT)
    return found


def found(text: str) -> list[str]:
    return [text[each.start : each.end] for each in find_quantities(text, sent=SENT)]


@pytest.mark.parametrize(
    ("said", "signed"),
    [
        ("forty per cent", "40 %"),
        ("half a percent", "0.5%"),
        ("half of it", "50%"),
        ("14k", "GBP 14,000"),
        ("57 thousand dollars", "USD 57,000"),
        ("5.376 million euros", "EUR 5,376,000"),
        ("61,500 euros", "€61.500"),
        ("48,000 meters", "48 000 meters"),
        ("a hundred and forty dealers", "140 dealers"),
        ("3 April", "03/04/2026"),
        ("the end of the year", "31 December 2026"),
        ("in May", "15 May 2026"),
        ("6 am", "06:00"),
        ("10 pm", "22:00"),
        ("two weeks", "14 days"),
        ("two weeks", "ten working days"),
        ("36 months", "three years"),
        ("two training days", "2 days"),
        ("75 for phase 1", "75 days"),
        ("40 interviews", "forty interviews"),
    ],
)
def test_the_same_in_other_words_is_the_same(said: str, signed: str) -> None:
    assert one(said).comparable(one(signed))
    assert one(said).same_as(one(signed))


@pytest.mark.parametrize(
    ("said", "signed"),
    [
        ("forty per cent", "14 %"),
        ("145k", "GBP 154,000"),
        ("3 April", "04/03/2026"),
        ("in May", "1 June 2026"),
        ("8 pm", "08:00"),
        ("three weeks", "30 days"),
        ("EUR 100", "USD 100"),
        ("eight dashboards", "six dashboards"),
    ],
)
def test_what_differs_is_compared_and_not_the_same(said: str, signed: str) -> None:
    assert one(said).comparable(one(signed))
    assert not one(said).same_as(one(signed))


@pytest.mark.parametrize(
    ("said", "signed"), [("40 interviews", "40 %"), ("12 pages", "EUR 12"), ("8 pm", "8 days"), ("3 May", "3 days")]
)
def test_different_measures_are_not_compared(said: str, signed: str) -> None:
    assert not one(said).comparable(one(signed))


@pytest.mark.parametrize(
    "text",
    [
        "3.2 Scope of services",
        "2. Deliverables",
        "as in section 4.1",
        "Phase 2 follows",
        "Call me on +44 20 7946 0112.",
        "rob12@tarn.example",
        "We started in 2019 as one team.",
        "on Monday to Friday",
        "Two remarks: first the price.",
    ],
)
def test_what_only_numbers_or_names_something_is_no_quantity(text: str) -> None:
    assert found(text) == []


def test_a_clause_that_begins_with_a_number_says_it() -> None:
    assert found("40 percent when you order, 60 on delivery, within 10 working days of 3 May") == [
        "40 percent",
        "60",
        "10 working days",
        "3 May",
    ]
