"""Days whose month is said before them: "the 21st" behind "in June", or behind a date of an earlier sentence."""

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from summarizer.date_words import MONTH_WORDS, MONTHS, WORDED, day_of_month

Told = tuple[int, date]
"""Where a month was named, and some day of it."""
Found = tuple[int, int, date]

_HALF_A_YEAR = timedelta(days=183)
_LEADS_TO_A_TERM = re.compile(r"\b(?:by|until|till|before|on)\s+$", re.IGNORECASE)
_FIGURE = r"[0-3]?\d(?:st|nd|rd|th)\b(?!\s+(?:\w+s|floor|day|week|page|line|round)\b)"
ENDS_THE_PHRASE = r"(?=\W*$|\s*[.,;:!?)…–]|\s+(?:at|final|then)\b)"
DAY_ALONE = rf"(?P<day>{_FIGURE}|(?!(?:first|second)\b)(?:{WORDED})\b{ENDS_THE_PHRASE})"
_ALONE = re.compile(rf"(?<!\bfor )\bthe\s+{DAY_ALONE}", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"\b(?:(?:in|of|for|from|this|next)\s+)?(?P<month>{MONTH_WORDS})\b(?!\s+(?:the\s+)?\d)", re.IGNORECASE
)
_ALSO_WORDS = frozenset({"may", "march", "mar", "mars", "jan", "mai"})


def find(text: str, named: Sequence[Told], *, sent: date | None, near: date | None) -> Iterator[Found]:
    """Each such day; `named` are the text's full dates in order, `near` some day of the month named last before it."""
    told = sorted([*named, *months(text, sent=sent)])
    for match in _ALONE.finditer(text) if told or near else ():
        before = bisect_right(told, match.start(), key=lambda each: each[0])
        month = told[before - 1][1] if before else near
        day = of_the_month(month, day_of_month(match["day"])) if month else None
        is_a_term = _LEADS_TO_A_TERM.search(text[: match.start()]) is not None
        if day and (not is_a_term or _may_be_due(day, sent)):
            yield match.start(), match.end(), day


def months(text: str, *, sent: date | None) -> Iterator[Told]:
    """The months that are named without a day, each the next one from the day of the message on."""
    if sent is None:
        return
    for match in _MONTH_ALONE.finditer(text):
        name, led_to = match["month"], match.start("month") > match.start()
        number = MONTHS[name.lower()]
        year = sent.year + (number < sent.month)
        is_named = led_to or (name[0].isupper() and name.lower() not in _ALSO_WORDS)
        if is_named and year <= date.max.year:
            yield match.end(), date(year, number, 1)


def of_the_month(month: date, day: int) -> date | None:
    """That day of the month; `None` when it has none such."""
    return month.replace(day=day) if 1 <= day <= calendar.monthrange(month.year, month.month)[1] else None


def _may_be_due(day: date, sent: date | None) -> bool:
    """Whether something may fall due then: not in the past, and not in a month that was meant to be past."""
    return sent is None or timedelta(0) <= day - sent <= _HALF_A_YEAR
