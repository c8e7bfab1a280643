"""Dates as people write them, and the day of the message that resolves them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.dates import FoundDate, find_dates, long_date, month_named_last

TUESDAY = date(2025, 10, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("due 2026-03-25.", [date(2026, 3, 25)]),
        ("25/03/2026 or 03/25/2026", [date(2026, 3, 25), date(2026, 3, 25)]),
        ("on 26.02. in the hall", [date(2026, 2, 26)]),
        ("25 March", [date(2026, 3, 25)]),
        ("March 25th, 2027", [date(2027, 3, 25)]),
        ("Jan. 13, 2026", [date(2026, 1, 13)]),
        ("the tenth of September", [date(2026, 9, 10)]),
        ("17-Oct-2025", [date(2025, 10, 17)]),
        ("12. Jänner 2026", [date(2026, 1, 12)]),
        ("3 to 5 June", [date(2026, 6, 3), date(2026, 6, 5)]),
        ("from the ninth to the eleventh of May", [date(2026, 5, 9), date(2026, 5, 11)]),
        ("before the first panel, by the third", [date(2025, 11, 3)]),
        ("by Friday", [date(2025, 10, 10)]),
        ("by next Friday", [date(2025, 10, 17)]),
        ("on Monday 3 November", [date(2025, 11, 3)]),
        ("end of this month", [date(2025, 10, 31)]),
        ("end of next month", [date(2025, 11, 30)]),
        ("by the end of June", [date(2026, 6, 30)]),
        ("end of July, the twenty-third", [date(2026, 7, 31), date(2026, 7, 23)]),
        ("by the 15th", [date(2025, 10, 15)]),
        ("18 February means load-in on the 17th", [date(2026, 2, 18), date(2026, 2, 17)]),
        ("Start February 16; the old firm is out by the fifteenth.", [date(2026, 2, 16), date(2026, 2, 15)]),
        ("as said on 3 October 2025, by the 1st", [date(2025, 10, 3), date(2025, 11, 1)]),
        ("as said on 3 October 2025, by the 6th", [date(2025, 10, 3), date(2025, 11, 6)]),
        ("the fair ended on 12 June 2025. Plans by the 20th", [date(2025, 6, 12), date(2025, 10, 20)]),
        ("we met on 2 October; send it by the 10th", [date(2026, 10, 2), date(2025, 10, 10)]),
        ("27 March 2026, the 0th", [date(2026, 3, 27)]),
        ("by 27 March: the first is the lab, the second the store", [date(2026, 3, 27)]),
        ("papers by Friday, keys by the 1st", [date(2025, 10, 10), date(2025, 11, 1)]),
        ("1 June for the first", [date(2026, 6, 1)]),
        ("by 27 March, and the second fan; on the third floor", [date(2026, 3, 27)]),
        ("in two weeks", [date(2025, 10, 21)]),
        ("tomorrow", [date(2025, 10, 8)]),
        ("by the end of the year", [date(2025, 12, 31)]),
        ("end of next year", [date(2026, 12, 31)]),
        ("Monday the 27th", [date(2025, 10, 27)]),
        ("Friday, the thirty-first.", [date(2025, 10, 31)]),
        ("twelve January", [date(2026, 1, 12)]),
        ("end of Q2 2028", [date(2028, 6, 30)]),
        ("by the end of Q3", [date(2026, 9, 30)]),
        ("end of Q4 next year", [date(2026, 12, 31)]),
        ("In November, the 21st", [date(2025, 11, 21)]),
        ("Not in December. In January, on the 5th", [date(2026, 1, 5)]),
        ("May she come? In November, on the 5th", [date(2025, 11, 5)]),
        ("meet at 10:30 May 5", [date(2026, 5, 5)]),
        ("at 8.30 June 5, for £5 March 3", [date(2026, 6, 5), date(2026, 3, 3)]),
        ("June 3-5, 2026", [date(2026, 6, 3), date(2026, 6, 5)]),
        ("June 3 and 5 dashboards", [date(2026, 6, 3)]),
        ("the day after tomorrow", [date(2025, 10, 9)]),
        ("on Friday next week", [date(2025, 10, 17)]),
        ("on Friday week, or a week on Monday", [date(2025, 10, 17), date(2025, 10, 20)]),
        ("by EOD Friday, due Monday", [date(2025, 10, 10), date(2025, 10, 13)]),
        ("no later than Thu", [date(2025, 10, 9)]),
        ("the twenty first of May", [date(2026, 5, 21)]),
        ("since 1 March, as agreed on 4 October", [date(2025, 3, 1), date(2025, 10, 4)]),
        ("In November, the 21st works, the 22nd is best", [date(2025, 11, 21), date(2025, 11, 22)]),
        ("by 11/21, Tue 11/4", [date(2025, 11, 21)]),
        ("ſept 5", [date(2026, 9, 5)]),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, expected: list[date]) -> None:
    assert [found.date for found in find_dates(text, sent=TUESDAY)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "30 February",
        "version 1.2.3",
        "you may 2 or 3 times",
        "in February. 5 desks",
        "the Monday report",
        "20 days",
        "on Saturday mornings",
        "you may march for two days, the 21st floor",
        "in November, the 31st",
        "two OCT machines",
        "in November, the 21st floor",
        "in November, the 2nd instalment and the 3rd party of the 4th quarter",
        "by the 10th working day",
        "version 2.5 May",
        "on Friday last week",
        "on 24/7, by 2/3 of it",
        "by Sun Microsystems",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text, sent=TUESDAY) == []


def test_a_day_alone_is_of_the_month_that_was_named_near_it() -> None:
    text = "the 20th, and in December the 2nd"
    days = [found.date for found in find_dates(text, sent=TUESDAY, near=date(2025, 11, 3))]
    assert days == [date(2025, 11, 20), date(2025, 12, 2)]


def test_a_term_is_not_of_a_month_that_is_past_though_it_was_named_near_it() -> None:
    assert [found.date for found in find_dates("by the 20th", sent=TUESDAY, near=date(2025, 6, 12))] == [
        date(2025, 10, 20)
    ]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("the fair is on 12 June, we meet by Friday", (2026, 6)),
        ("not in June, in November", (2025, 11)),
        ("we may march", (2025, 12)),
        ("no month at all", (2025, 12)),
        ("April Jones and June Carter", (2025, 12)),
        ("for may be, from March Foods", (2025, 12)),
        ("in June Ann comes", (2026, 6)),
    ],
)
def test_the_month_named_last_is_that_of_the_text_or_else_of_what_went_before(
    text: str, month: tuple[int, int]
) -> None:
    day = month_named_last(text, sent=TUESDAY, near=date(2025, 12, 24))
    assert day is not None
    assert (day.year, day.month) == month


def test_without_the_day_of_the_message_a_year_less_date_is_skipped() -> None:
    assert find_dates("by Friday, 25 March, or the end of June") == []


@pytest.mark.parametrize(
    "words",
    [
        "by Friday",
        "by next Friday",
        "in two weeks",
        "tomorrow",
        "by the 15th",
        "end of next month",
        "end of June",
        "1 January",
        "01.01.",
    ],
)
def test_words_that_lead_beyond_the_calendar_name_no_date(words: str) -> None:
    assert find_dates(words, sent=date.max) == []


def test_a_found_date_says_where_it_stands() -> None:
    assert find_dates("Go live: 25 March 2026, at noon.") == [FoundDate(9, 22, date(2026, 3, 25))]


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)))
def test_a_long_date_is_found_again(day: date) -> None:
    assert [found.date for found in find_dates(f"It is due on {long_date(day)}, no later.")] == [day]
