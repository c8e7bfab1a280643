"""Whether "3/4/2027" has the day or the month first: what a text shows of itself."""

import re

from summarizer.date_words import WEEKDAYS

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
_MONTHS = 12
_LAST_DAY = 31


def months_come_first(text: str) -> bool:
    """Whether some dates in figures can only have the month first, and none the day.

    >>> months_come_first("Kick-off on 3/4, go-live 5/18/2027.")
    True
    """
    found = [match for pattern in (FULL, SHORT, _ENTRY) for match in pattern.finditer(text)]
    days = [(int(match["one"]), int(match["other"])) for match in found]
    return any(map(_has_month_first, days)) and not any(_has_month_first((other, one)) for one, other in days)


def _has_month_first(pair: tuple[int, int]) -> bool:
    one, other = pair
    return 1 <= one <= _MONTHS < other <= _LAST_DAY
