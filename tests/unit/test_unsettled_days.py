"""Dates that are one day in Britain and another in America."""

import pytest

from summarizer.items import FindingKind, Grounding, Item, Kind
from summarizer.reading.threads import read
from summarizer.unsettled_days import unsettled_days, unsettled_in
from tests.unit.test_findings import source


def test_a_date_that_may_be_read_in_two_ways_is_shown_with_both() -> None:
    (finding,) = unsettled_days([source("Go-live on 2/9/2027, as said: 2/9/2027. Freeze from 3/5/27 on.")])
    assert finding.kind is FindingKind.DATE_ORDER
    assert [each.quote for each in finding.evidence] == ["2/9/2027", "3/5/27"]
    assert "“2/9/2027” as 2 September 2027, not 9 February 2027; “3/5/27” as 3 May" in finding.text


@pytest.mark.parametrize(
    "text",
    [
        "Go-live on 2/9/2027, freeze from 25/8/2027 on.",
        "Go-live on 9/9/2027.",
        "Go-live on Friday 4/10/2026, freeze from 2/10/2026 on.",
        "2027-02-09 and 2.9.2027, part 2/9/2027/4, 3/4 of it, 0/9/2027",
        "",
    ],
)
def test_what_is_settled_or_no_such_date_is_left_alone(text: str) -> None:
    assert unsettled_days([read(text)]) == []


def test_a_source_that_writes_days_both_ways_says_so() -> None:
    (finding,) = unsettled_days([source("Go-live on 2/9/2027, freeze from 1/25/2027 to 26/1/2027.")])
    assert "“1/25/2027” has the month first" in finding.text


def test_an_item_that_rests_on_such_a_date_says_so() -> None:
    given = source("Go-live on 2/9/2027. Freeze on 9/9/2027.")
    live, freeze = (
        Item(id=name, kind=Kind.MILESTONE, text=name, evidence=(given.evidence(*span),), grounding=Grounding.EXACT)
        for name, span in (("live", (0, 20)), ("freeze", (21, 40)))
    )
    (finding,) = unsettled_in([live, freeze], [given])
    assert (finding.item, finding.kind) == ("live", FindingKind.DATE_ORDER)
    assert finding.text == "“2/9/2027” is read as 2 September 2027, but may be 9 February 2027."


def test_a_source_that_writes_the_month_first_is_read_so() -> None:
    assert unsettled_days([read("Go-live on 2/9/2027, freeze from 1/25/2027.")]) == []
