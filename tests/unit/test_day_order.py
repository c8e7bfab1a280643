"""Texts that write 3/4 for 4 March, read as they are meant."""

from datetime import date

import pytest

from summarizer.adapters.embedded.clauses import read as clauses_of
from summarizer.adapters.embedded.wording import bullet
from summarizer.dates import find_dates
from summarizer.day_order import months_come_first
from summarizer.grounding import check
from summarizer.items import Grounding, Kind
from summarizer.numbering import Material, brief, number
from summarizer.possible_days import possible_days
from summarizer.quantities import Measure, find_quantities
from summarizer.reading.threads import read
from summarizer.reading.timestamps import stamp_in, stamps_read
from summarizer.sold_signed.clauses import signed
from summarizer.unsettled_days import unsettled_days

SENT = date(2026, 3, 2)
AMERICAN = """On 3/2/2026 9:14 AM, Ann Lee <ann@fenland.example> wrote:

The pilot starts on 4/5/2026, we sign off by 4/7, and Boston goes live Tue 4/14.
"""


@pytest.mark.parametrize(
    "text",
    [
        "Go-live 5/18/2027.",
        "Pilot on 4/5, sign-off by 5/18.",
        "Thu 5/21 we load in, 4/5 was too early",
        "3/4 Spoke to Ann\n3/18 - call with the team",
    ],
)
def test_months_come_first_where_a_date_can_be_read_in_no_other_way(text: str) -> None:
    assert months_come_first(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Pilot on 4/5/2027.",
        "Go-live 18/5/2027.",
        "Go-live 5/18/2027, or rather 18/5/2027.",
        "We are there 24/7, also on 24/7.",
        "3/20 of the sites are done, 5/18 by weight.",
        "Cut by 2/15 of the cost",
        "Slide 3/20 and page 4/31",
        "5.18.2027 and 5-18-2027",
    ],
)
def test_what_may_be_read_otherwise_or_is_no_such_date_shows_nothing(text: str) -> None:
    assert months_come_first(text) is not True


def test_a_day_of_the_week_settles_the_order() -> None:
    assert months_come_first("Send it by EOD Friday 4/10/2026.") is True
    assert months_come_first("Send it by Fri, 10/4/2026.") is False
    assert months_come_first("Send it by Monday 4/10/2026.") is None


def test_a_bullet_keeps_the_figures_of_a_date_that_may_be_two() -> None:
    for rest, text in (
        ("", "on 4/5/2027"),
        ("\n\nWe met on 14/3/2027.", "on 4 May 2027"),
        ("\n\nWe met on 3/14/2027.", "on 5 April 2027"),
    ):
        source = read(f"Go-live is on 4/5/2027.{rest}")
        clause, *_ = clauses_of(brief(Material([source]), list(number([source]))))
        assert bullet(clause, kind=Kind.MILESTONE) == f"Go-live is {text}"


def test_an_american_thread_is_read_with_the_month_first() -> None:
    source = read(AMERICAN)
    assert source.month_first
    assert source.messages[0].sent
    assert source.messages[0].sent.date() == SENT
    assert unsettled_days([source]) == []
    passages = brief(Material([source]), list(number([source])))
    found = {each.date for clause in clauses_of(passages) for each in clause.dates}
    assert found == {date(2026, 4, 5), date(2026, 4, 7), date(2026, 4, 14)}


def test_reading_one_text_leaves_the_next_as_it_is() -> None:
    read(AMERICAN)
    stamp = stamp_in("3/4/2027")
    assert stamp
    assert stamp.moment.date() == date(2027, 4, 3)


@pytest.mark.parametrize(("text", "day"), [("3/4/2027", (3, 4)), ("3-4-27", (3, 4)), ("3.4.2027", (4, 3))])
def test_a_stamp_with_dots_has_the_day_first_anywhere(text: str, day: tuple[int, int]) -> None:
    with stamps_read(month_first=True):
        stamp = stamp_in(text)
    assert stamp
    assert stamp.moment.date() == date(2027, *day)


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("Live on 3/4/2027.", [date(2027, 4, 3)], [date(2027, 3, 4)]),
        ("Live on 13/4/2027.", [date(2027, 4, 13)], [date(2027, 4, 13)]),
        ("Live on 3.4.2027.", [date(2027, 4, 3)], [date(2027, 4, 3)]),
        ("Sign-off by 4/7, please.", [], [date(2026, 4, 7)]),
        ("Sign-off by 4/17, please.", [date(2026, 4, 17)], [date(2026, 4, 17)]),
        ("Support 24/7, on 24/7, cut by 2/3 of it.", [], []),
    ],
)
def test_each_order_gives_its_own_days(text: str, day_first: list[date], month_first: list[date]) -> None:
    for order, days in ((False, day_first), (True, month_first)):
        assert [each.date for each in find_dates(text, sent=SENT, month_first=order)] == days
        found = find_quantities(text, sent=SENT, month_first=order)
        assert [{*each.values} for each in found if each.measure is Measure.DAY] == [{day} for day in days]
        assert possible_days([text], sent=[SENT], month_first=order) >= set(days)


def test_the_proof_reads_a_quote_as_its_source_writes() -> None:
    assert check("Live by 4 March 2027", ["Live 3/4/2027"], month_first=True)[0] is Grounding.EXACT
    assert check("Live by 3 April 2027", ["Live 3/4/2027"], month_first=True)[0] is Grounding.PARTIAL
    assert check("Live by 3 April 2027", ["Live 3/4/2027"])[0] is Grounding.EXACT


def test_a_sow_is_read_as_it_writes() -> None:
    clauses = signed("# Dates\n\nThe portal goes live on 3/4/2027.\n\nSupport ends on 5/18/2027.", sent=None)
    days = [each.values for clause in clauses for each in clause.quantities]
    assert days == [{date(2027, 3, 4)}, {date(2027, 5, 18)}]
