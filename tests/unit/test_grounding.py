"""Whether what a bullet says stands in its quotes."""

from collections.abc import Sequence
from datetime import date

import pytest

from summarizer.grounding import check
from summarizer.items import Grounding

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Cut rework by 40%", ["rework has to fall by forty per cent"]),
        ("Build 5 reports", ["five reports it is"]),
        ("Ceiling of GBP 145,000", ["the ceiling is £145k"]),
        ("Ceiling of £145,000", ["145 thousand pounds, no more"]),
        ("9,000 jars an hour", ["9.000 jars in one hour"]),
        ("Waste below 0.3%, from 1.1%", ["today we lose 1,1 percent, she wants below 0,3"]),
        ("On desks by 8am", ["by eight o'clock sharp"]),
        ("Due 6 March 2026", ["by Friday, please"]),
        ("Due 25 March 2026", ["March 25th at the latest"]),
        ("Mail ops@larch.example", ["write to OPS@larch.example"]),
        ("Portal at https://larch.example/in", ["it runs at https://LARCH.example/in."]),
        ("Okta SSO for Northwind's staff", ["SSO via Okta for the Northwind staff"]),
        ("One report a week", ["a report each week"]),
    ],
)
def test_the_same_fact_in_other_words_is_exact(text: str, quotes: Sequence[str]) -> None:
    assert check(text, quotes, sent=[MONDAY]) == (Grounding.EXACT, ())


@pytest.mark.parametrize(
    ("text", "quotes", "missing"),
    [
        ("Build 8 reports", ["five reports"], ("8",)),
        ("Pay $145k", ["£145,000"], ("$145k",)),
        ("Below 5%", ["within 5 days"], ("5%",)),
        ("Due 26 March 2026", ["by 25 March"], ("26 March 2026",)),
        ("Mail ops@larch.example", ["mail us"], ("ops@larch.example",)),
        ("Log in at www.larch.example/x.", ["log in at www.larch.example"], ("www.larch.example/x",)),
        ("Dashboards in Power BI", ["dashboards"], ("Power", "BI")),
        ("Bramble sends the list", ["we send the list"], ("Bramble",)),
    ],
)
def test_what_no_quote_says_is_named(text: str, quotes: Sequence[str], missing: tuple[str, ...]) -> None:
    assert check(text, quotes, sent=[MONDAY]) == (Grounding.PARTIAL, missing)


def test_the_year_of_one_date_is_not_that_of_another() -> None:
    quotes = ["It opens on 14 June 2026.", "The budget is for 2027."]
    assert check("It opens on 14 June 2027", quotes, sent=[MONDAY])[1] == ("14 June 2027",)


def test_a_year_that_nobody_gives_is_not_supported() -> None:
    assert check("Due 25 March 2026", ["by 25 March"]) == (Grounding.PARTIAL, ("25 March 2026",))


def test_a_date_without_a_year_needs_day_and_month_only() -> None:
    assert check("Due 25 March", ["by March 25th"]) == (Grounding.EXACT, ())


def test_without_quotes_there_is_no_grounding() -> None:
    assert check("Build 8 reports", ["  "]) == (Grounding.NONE, ("8",))


def test_a_date_in_the_very_words_of_a_quote_is_said_whichever_month_it_means() -> None:
    sent = [date(2026, 5, 4), date(2026, 6, 22)]
    assert check("Ready by the 21st", ["we need it by the 21st"], sent=sent)[1] == ()
    assert check("Ready by the 22nd", ["we need it by the 21st"], sent=sent)[1] == ("by the 22nd",)


def test_a_day_alone_may_get_its_month_from_another_quote() -> None:
    quotes = ["The fair opens on 12 June.", "We load out on the 14th."]
    assert check("Load out on 14 June 2026", quotes, sent=[MONDAY]) == (Grounding.EXACT, ())
    assert check("Load out on 14 June 2026", quotes[1:], sent=[MONDAY])[1] == ("14 June 2026",)
    assert check("Load out on 14 May 2026", quotes, sent=[MONDAY])[1] == ("14 May 2026",)


def test_days_from_one_to_another_may_get_their_month_from_another_quote() -> None:
    quotes = ["Dates: 14 to 18 September?", "Come the week after, 21 to 25."]
    assert check("Visit from 21 to 25 September 2026", quotes, sent=[MONDAY]) == (Grounding.EXACT, ())
    assert check("Visit from 21 to 26 September 2026", quotes, sent=[MONDAY])[1] == ("21 to 26 September 2026",)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Done by 30/09", "he will be finish 30/09"),
        ("Payment in 45 days", "Payment 45 days, it is always 45."),
        ("Sent on Monday", "I send the signed paper monday"),
        ("Price of three thirty", "...Three thirty in five parts."),
        ("Two interpreters for each", "four interpreters, two and two"),
        ("Done by 30 September 2026", "he will be finish 30/09"),
        ("Signed on 9 March 2026", "I send the signed paper monday"),
        ("Everybody is on mail at 8:30", "At eight thirty everybody's on mail"),
        ("The days move to 16 and 17 November 2026", "Ninth November? We move to the sixteenth and seventeenth."),
        ("Connection to Haesong", "and we connect it to Haesong"),
        ("Client pays on the twentieth", "We pay the twentieth."),
        ("No signs on three", "So on three there's nothing."),
        ("Opening on 28 June 2026", "Friday 25 June we close the old, Monday 28 you open on the new."),
        ("Transfer by 25 March 2026", "I will do it by 25th."),
        ("Scanned on 2 March 2026", "Insurances I'll scan tonight."),
        ("Congress on 22 April 2027", "BID HANDOVER - CONGRESS 2027: it's Thursday April 22"),
        ("Arrears fall by 31 December 2026", "by the end of the year"),
    ],
)
def test_what_stands_in_a_quote_is_said_whatever_leads_to_it(text: str, quote: str) -> None:
    assert check(text, [quote], sent=[MONDAY]) == (Grounding.EXACT, ())


def test_of_a_full_name_that_stands_in_the_source_a_quote_needs_one_word() -> None:
    around = ["Present: Macarena Pinto, agronomist. Macarena flags the valves; we provide it to Soto IT."]
    flags = ["Macarena flags the valves"]
    assert check("Macarena Pinto flags the valves", flags, around=around) == (Grounding.EXACT, ())
    assert check("The list of Macarena Pinto's valves", flags, around=around) == (Grounding.EXACT, ())
    assert check("Macarena Soto flags the valves", flags, around=around)[1] == ("Soto",)
    assert check("The valves of Pinto", flags, around=around)[1] == ("Pinto",)
    assert check("We provide it to Soto IT", ["we provide it"], around=around)[1] == ("Soto",)


def test_a_text_of_the_last_day_of_the_calendar_is_checked() -> None:
    assert check("Done on Monday, 30/09", ["on monday, by 01/02"], sent=[date.max])[0] is Grounding.PARTIAL


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Install at Site B", "Install at Site A."),
        ("Roll out in New Delhi", "Roll out in New York."),
        ("Train Acme Germany", "Train Acme France."),
        ("Ann Smith signs", "Ann Lee signs"),
        ("Go-live 10 June 2026", "Between 10 and 20 users; go-live in June."),
        ("Go-live 5 June 2026", "3 to 5 people; go-live in June."),
        ("Install by 1 June 2026", "In June we begin the first phase."),
        ("Audit on 3 June 2026", "A 3rd party audits us in June."),
        ("Support from 24 July 2026", "Support is 24/7."),
        ("Report by 9 October 2026", "9/10 customers are happy with the report."),
        ("Backups run on 9 March 2026", "Backups run every Monday."),
        ("Go-live 14 June 2030", "Go-live 14 June. We grow to 2030 users."),
        ("Go-live on 2 March 2026", "Go-live follows. Our 35th year."),
        ("Twenty users get licences", "We license twenty-five users."),
        ("Three rooms are cabled", "three hundred rooms"),
        ("Four hours reply time", "four point five hours"),
        ("Bob will send the data", "The client will send the data."),
        ("Bob hosts the site", "The client hosts the site."),
    ],
)
def test_what_only_resembles_what_a_quote_says_is_not_said(text: str, quote: str) -> None:
    around = f"{quote} Somewhere else: {text}."
    assert check(text, [quote], sent=[MONDAY], around=[around])[0] is Grounding.PARTIAL


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("Kick-off on 1 June 2026", "Kick-off is in June.", "First National Bank"),
        ("Kick-off on 9 March 2026", "Kick-off comes.", "Monday Software Ltd"),
        ("Kick-off with 24 users", "Kick-off comes.", "Studio 24"),
    ],
)
def test_a_firm_or_sender_says_its_own_name_alone(text: str, quote: str, name: str) -> None:
    assert check(text, [quote], names=[name], sent=[MONDAY])[0] is Grounding.PARTIAL
    assert check(f"{quote} {name} pays", [quote], names=[name], sent=[MONDAY])[0] is Grounding.EXACT


def test_a_long_text_of_one_word_takes_no_time_to_speak_of() -> None:
    assert check("Pay", ["a" * 50_000])[0] is Grounding.EXACT
