"""Days that a text may mean, for whoever looks whether it says a certain one; `dates` has those that it does mean."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta

from summarizer.bare_days import ENDS_THE_PHRASE, next_ones, of_the_month
from summarizer.date_words import MONTH_WORDS, WEEKDAYS, WORDED, day_of_month, weekday_of
from summarizer.dates import find_dates, month_named_last

_NO_COUNT = rf"(?:(?=\s*(?:{MONTH_WORDS})\b)|{ENDS_THE_PHRASE})"
"""Behind it stands nothing of which there are so many, or of which it is the second."""
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_SPAN = re.compile(
    rf"(?<![\w.,:/-])(?P<first>{_DAY})\s?(?:-|–|to|until|and)\s?(?P<last>{_DAY})(?![\w:/%-]|[.,]\d){_NO_COUNT}",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:[0-3]?\d(?:st|nd|rd|th)|{WORDED})\b{_NO_COUNT}", re.IGNORECASE)
_BESIDE_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\s+(?P<day>[0-3]?\d)(?![\w:/%.,]*\d)", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:each|every)\s$", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|tonight)\b", re.IGNORECASE)
_YEAR = re.compile(rf"(?<!\d)20\d\d(?!\d){_NO_COUNT}", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_SLASHED = re.compile(
    rf"(?<![\d/.,])(?!24/7\b)(?P<one>[0-3]?\d)/(?P<other>[0-3]?\d)(?![\d/]|[.,]\d){_NO_COUNT}", re.IGNORECASE
)


def possible_days(texts: Sequence[str], *, sent: Sequence[date], month_first: bool = False) -> set[date]:
    """What the texts may mean, written on any of these days.

    A day alone may be of any month that one of them names: "21 to 25", "the thirteenth"; where they name none, it is
    the next such day. A day of the week is the next such day; "30/09" may be either way round. A year that is named
    may be that of each day without one. `month_first` as in `find_dates`.

    >>> sorted(possible_days(["14 to 18 May?", "Rather 21 to 22"], sent=[date(2026, 3, 2)]))[-2:]
    [datetime.date(2026, 5, 21), datetime.date(2026, 5, 22)]
    """
    anchors = [None, *sent]

    def days(anchor: date | None, text: str) -> set[date]:
        return {each.date for each in find_dates(text, sent=anchor, month_first=month_first)}

    named = (month_named_last(text, sent=anchor, month_first=month_first) for anchor in anchors for text in texts)
    months = {month for month in named if month}
    found = {day for anchor in anchors for text in texts for day in days(anchor, text)}
    for text in texts:
        alone = set(_alone(text))
        found.update(day for number in alone for month in months if (day := of_the_month(month, number)))
        for each in sent:
            with suppress(OverflowError, ValueError):
                found.update(_from(each, text))
                found.update(day for number in alone if not months for day in next_ones(each, number))
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    without = found - {day for text in texts for day in days(None, text)}
    of_a_year = (of_the_month(date(year, each.month, 1), each.day) for each in without for year in years)
    return found | {day for day in of_a_year if day}


def _alone(text: str) -> Iterator[int]:
    """Days of the month without the month."""
    yield from (day_of_month(match.group()) for match in _ORDINAL.finditer(text))
    yield from (int(match["day"]) for match in _BESIDE_WEEKDAY.finditer(text))
    yield from (day_of_month(match[end]) for match in _SPAN.finditer(text) for end in ("first", "last"))


def _from(sent: date, text: str) -> Iterator[date]:
    """Raises OverflowError or ValueError where the calendar ends, in 9999."""
    for match in _WEEKDAY.finditer(text):
        if not _EVERY.search(text, max(0, match.start() - 6), match.start()):
            yield sent + timedelta(days=(weekday_of(match.group()) - sent.weekday() - 1) % 7 + 1)
    if _TODAY.search(text):
        yield sent
    for match in _SLASHED.finditer(text):
        for day, month in ((match["one"], match["other"]), (match["other"], match["one"])):
            if 1 <= int(month) <= 12:
                year = sent.year + (int(month) < sent.month)
                yield from (each for each in [of_the_month(date(year, int(month), 1), int(day))] if each)
