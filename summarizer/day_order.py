"""Whether "3/4/2027" has the day or the month first: what a text shows of itself."""

import re
from datetime import date

from summarizer.date_words import WEEKDAYS, weekday_of

FULL = re.compile(r"(?<![\d.,/])(?P<one>[0-3]?\d)/(?P<other>[0-3]?\d)/(?P<year>(?:20)?\d\d)\b(?![./]\d)")
"""A date in figures that is one day in Britain and another in America."""
_WEEKDAYS = [*WEEKDAYS, *(day[:3] for day in WEEKDAYS), "tues", "thur", "thurs"]
_LEADS = [
    *"by due from on since through thru until till before".split(),
    *(day + end for day in _WEEKDAYS for end in ("", ",", ".")),
]
_BEHIND_ONE = "|".join(r"(?<=\b" + re.escape(lead) + r"\s)" for lead in _LEADS)
SHORT = re.compile(
    rf"(?=\d\d?/\d)(?:{_BEHIND_ONE})(?!24/7\b)(?P<one>[0-3]?\d)/(?P<other>[0-3]?\d)\b(?![.,:/]?\d|\s+of\b)",
    re.IGNORECASE,
)
"""A day without a year, which may as well be a share; behind what makes it a day: "on 3/4", "Tue 3/4"."""
_ENTRY = re.compile(r"^[^\w\n]{0,4}(?P<one>[0-3]?\d)/(?P<other>[0-3]?\d)(?=\s?[-–—:|(,]|\s+[^\W\d_a-z])", re.MULTILINE)
"""The day of an entry in a log."""
_ON_A_WEEKDAY = re.compile(
    rf"\b(?P<weekday>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})[.,]?\s+{FULL.pattern}", re.IGNORECASE
)
_MONTHS = 12
_LAST_DAY = 31


def months_come_first(text: str) -> bool | None:
    """Whether some dates in figures can only have the month first, and none the day; `None` where nothing shows it.

    >>> months_come_first("Kick-off on 3/4, go-live 5/18/2027."), months_come_first("Kick-off on 3/4.")
    (True, None)
    """
    shown = {_shows(match) for pattern in (FULL, SHORT, _ENTRY) for match in pattern.finditer(text)}
    shown |= {_shows_by_its_weekday(match) for match in _ON_A_WEEKDAY.finditer(text)}
    shown.discard(None)
    return shown.pop() if len(shown) == 1 else None


def readings(match: re.Match[str]) -> tuple[date, date] | None:
    """The day of a `FULL` with the day first, and the one with the month first, where both exist and differ."""
    first, second, year = int(match["one"]), int(match["other"]), int(match["year"]) % 100 + 2000
    if first == second or not (1 <= first <= _MONTHS and 1 <= second <= _MONTHS):
        return None
    return date(year, second, first), date(year, first, second)


def _shows(match: re.Match[str]) -> bool | None:
    """Whether the month is first in a day that makes sense in one order alone."""
    one, other = int(match["one"]), int(match["other"])
    if 1 <= min(one, other) <= _MONTHS < max(one, other) <= _LAST_DAY:
        return one < other
    return None


def _shows_by_its_weekday(match: re.Match[str]) -> bool | None:
    """The same, of a date that is such a day of the week in one order alone: "Friday 4/10/2026"."""
    day_first, month_first = (day.weekday() for day in readings(match) or (date.min, date.min))
    wanted = weekday_of(match["weekday"])
    return month_first == wanted if wanted in {day_first, month_first} and day_first != month_first else None
