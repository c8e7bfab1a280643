"""Days that are told from the day of the message: "by Friday", "in two weeks", "by the 15th"."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice

from summarizer import bare_days
from summarizer.date_words import COUNTS, DAY_NAMES, MONTH_WORDS, WORDED, day_of_month, weekday_of

Resolver = Callable[[re.Match[str], date | None], Iterator[date]]
"""From a match and the day of the message to the days that the words name."""
Reader = tuple[re.Pattern[str], Resolver]


def reader(pattern: str, resolve: Resolver) -> Reader:
    """What finds days by a pattern, whatever the case."""
    return re.compile(pattern, re.IGNORECASE), resolve


def _end_of_year(match: re.Match[str], sent: date | None) -> Iterator[date]:
    if sent:
        yield date(sent.year + (match["relative"].lower() == "next"), 12, 31)


def _weekday(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """The next such day after `sent`; "next Friday" is that of the week that follows, "Friday week" a week later."""
    lead, week = match["lead"].casefold(), (match["week"] or "").casefold()
    if sent is None or "last" in week:
        return
    wanted = weekday_of(match["weekday"] or match["short"])
    if "next" in lead or "next" in week:
        yield sent + timedelta(days=7 - sent.weekday() + wanted)
    else:
        coming = sent + timedelta(days=(wanted - sent.weekday() - 1) % 7 + 1)
        yield coming + timedelta(days=7 if week or "week" in lead else 0)


def _weekday_and_day(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """ "Monday the 28th": the next such day of the month that is such a day of the week, within a year."""
    if sent is None:
        return
    day, wanted = day_of_month(match["day"]), weekday_of(match["weekday"])
    ahead = (sent + timedelta(days=days) for days in range(366))
    yield from islice((each for each in ahead if each.day == day and each.weekday() == wanted), 1)


def _ahead(match: re.Match[str], sent: date | None) -> Iterator[date]:
    if sent is None:
        return
    count = match["count"]
    if not count:
        yield sent + timedelta(days=2 if match["after"] else 1)
    else:
        days = 7 if match["span"].lower().startswith("week") else 1
        yield sent + timedelta(days=days * (COUNTS.get(count.lower()) or int(count)))


def _day_alone(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """ "By the 15th": the next such day."""
    if sent:
        yield from bare_days.next_ones(sent, day_of_month(match["day"]))


_END_OF_DAY = r"(?:by\s+)?(?:eod|cob|close\s+of\s+(?:business|play)|end\s+of\s+(?:the\s+)?day)(?:\s+on)?,?"
TOLD: tuple[Reader, ...] = (
    reader(rf"\b{DAY_NAMES},?\s+(?:the\s+)?{bare_days.DAY_ALONE}", _weekday_and_day),
    reader(
        rf"\b(?P<lead>(?:by\s+)?(?:this|next)|a\s+week\s+on|by|on|until|till|before|coming|due|than|{_END_OF_DAY})\s+"
        rf"(?:{DAY_NAMES}|(?P<short>(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b(?!\s(?-i:[A-Z]))))\b"
        r"(?!\s+(?:itself|\w+(?:ings|noons|times)\b))"
        rf"(?!,?\s+(?:the\s+)?(?:(?:\d{{1,2}}(?:st|nd|rd|th)?|{WORDED})\.?\s+(?:of\s+)?)?(?:{MONTH_WORDS}|\d{{1,2}}[./]\d)\b)"
        r"(?P<week>,?\s+(?:(?:of\s+)?(?:next|last)\s+)?week\b)?",
        _weekday,
    ),
    reader(r"\bend\s+of\s+(?P<relative>the|this|next)\s+(?:calendar\s+)?year\b", _end_of_year),
    reader(
        r"\b(?:(?P<after>day\s+after\s+)?tomorrow|in\s+(?P<count>\d{1,2}|one|a|two|three|four|five|six)\s+(?P<span>weeks?|days?))\b",
        _ahead,
    ),
)
BY_DAY = reader(
    rf"\b(?:by|until|till|before|on)\s+the\s+(?P<day>(?:[0-3]?\d(?:st|nd|rd|th)|{WORDED})\b){bare_days.ENDS_THE_PHRASE}",
    _day_alone,
)
