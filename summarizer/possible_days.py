"""Days that a text may mean, for whoever looks whether it says a certain one; `dates` has those that it does mean."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta

from summarizer.bare_days import of_the_month
from summarizer.date_words import WEEKDAYS, WORDED, day_of_month
from summarizer.dates import find_dates, month_named_last

_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_SPAN = re.compile(
    rf"(?<![\w.,:/-])(?P<first>{_DAY})\s?(?:-|–|to|until|and)\s?(?P<last>{_DAY})(?![\w:/%-]|[.,]\d)", re.IGNORECASE
)
_ORDINAL = re.compile(rf"\b(?:[0-3]?\d(?:st|nd|rd|th)|{WORDED})\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\d/.,])(?P<one>[0-3]?\d)/(?P<other>[0-3]?\d)(?![\d/]|[.,]\d)")


def possible_days(texts: Sequence[str], *, sent: Sequence[date]) -> set[date]:
    """What the texts may mean, written on any of these days.

    A day alone may be of any month that one of them names: "21 to 25", "the thirteenth". A day of the week is the next
    such day; "30/09" may be either way round.

    >>> sorted(possible_days(["14 to 18 May?", "Rather 21 to 22"], sent=[date(2026, 3, 2)]))[-2:]
    [datetime.date(2026, 5, 21), datetime.date(2026, 5, 22)]
    """
    anchors = [None, *sent]
    months = {month for anchor in anchors for text in texts if (month := month_named_last(text, sent=anchor))}
    found = {each.date for anchor in anchors for text in texts for each in find_dates(text, sent=anchor)}
    for text in texts:
        found.update(day for number in _alone(text) for month in months if (day := of_the_month(month, number)))
        for each in sent:
            with suppress(OverflowError, ValueError):
                found.update(_from(each, text))
    return found


def _alone(text: str) -> Iterator[int]:
    """Days of the month without the month."""
    yield from (day_of_month(match.group()) for match in _ORDINAL.finditer(text))
    yield from (day_of_month(match[end]) for match in _SPAN.finditer(text) for end in ("first", "last"))


def _from(sent: date, text: str) -> Iterator[date]:
    """Raises OverflowError or ValueError where the calendar ends, in 9999."""
    for match in _WEEKDAY.finditer(text):
        yield sent + timedelta(days=(WEEKDAYS[match.group().lower()] - sent.weekday() - 1) % 7 + 1)
    for match in _SLASHED.finditer(text):
        for day, month in ((match["one"], match["other"]), (match["other"], match["one"])):
            if 1 <= int(month) <= 12:
                year = sent.year + (int(month) < sent.month)
                yield from (each for each in [of_the_month(date(year, int(month), 1), int(day))] if each)
