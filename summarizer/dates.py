"""Dates in a text: written out, in digits, or told from the day of the message ("by Friday", "end of next month")."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer import bare_days, day_order, relative_days
from summarizer.date_words import (
    COUNTED,
    DAY,
    FULL_MONTH,
    MONTH,
    MONTHS,
    WORDED,
    YEAR,
    day_of_month,
)
from summarizer.relative_days import Reader, Resolver, reader


@dataclass(frozen=True)
class FoundDate:
    """A date in a text; both ends of "3 to 5 June" have the same stretch."""

    start: int
    end: int
    date: date


def find_dates(
    text: str, *, sent: date | None = None, near: date | None = None, month_first: bool = False
) -> list[FoundDate]:
    """The dates of a text, in order.

    A date without a year is the next such day on or after `sent`; without `sent` it is skipped, as are relative ones.
    A day alone ("the 21st") is of the month named last, and where the text names none before it, of that of `near`.
    With `month_first` "3/4/2027" and "by 3/4" are 4 March; else "3/4/2027" is 3 April and "by 3/4" any share.

    >>> [found.date.isoformat() for found in find_dates("by 17 October", sent=date(2025, 9, 8))]
    ['2025-10-17']
    """
    named, told = _find(text, sent, near, month_first=month_first)
    return sorted([*named, *told], key=_order)


def month_named_last(
    text: str, *, sent: date | None, near: date | None = None, month_first: bool = False
) -> date | None:
    """Some day of the month that the text names last; `near` if it names none.

    >>> month_named_last("Not on 14 June, and by Friday we know", sent=date(2025, 3, 3))
    datetime.date(2025, 6, 14)
    """
    named, _ = _find(text, sent, near, month_first=month_first)
    told = [*((each.end, each.date) for each in named), *bare_days.months(text, sent=sent)]
    return max(told, default=(0, near), key=lambda each: each[0])[1]


def _find(
    text: str, sent: date | None, near: date | None, *, month_first: bool
) -> tuple[list[FoundDate], list[FoundDate]]:
    """The dates that have a month in the text or from `near`, and those told from the day of the message."""
    taken = bytearray(len(text))
    named = sorted(_read([*_IN_FIGURES[month_first], *_NAMED], text, sent, taken), key=_order)
    told = _read([*relative_days.TOLD, _SHORT[month_first]], text, sent, taken)
    months = [(each.end, each.date) for each in named]
    for start, end, day in bare_days.find(text, months, sent=sent, near=near):
        if 1 not in taken[start:end]:
            taken[start:end] = b"\1" * (end - start)
            named.append(FoundDate(start, end, day))
    return named, [*told, *_read([relative_days.BY_DAY], text, sent, taken)]


def _order(found: FoundDate) -> tuple[int, date]:
    return found.start, found.date


def _read(readers: Sequence[Reader], text: str, sent: date | None, taken: bytearray) -> list[FoundDate]:
    """What the readers find in what is not taken yet, which is then taken."""
    found: list[FoundDate] = []
    for pattern, resolve in readers:
        for match in pattern.finditer(text):
            start, end = match.span()
            days = [] if 1 in taken[start:end] else [FoundDate(start, end, day) for day in _days(resolve, match, sent)]
            if days:
                taken[start:end] = b"\1" * (end - start)
                found += days
    return found


def _days(resolve: Resolver, match: re.Match[str], sent: date | None) -> list[date]:
    """The days that the words name; none where they would lie behind the last day of the calendar, in 9999."""
    try:
        return list(resolve(match, sent))
    except (OverflowError, ValueError):
        return []


def long_date(day: date) -> str:
    """The day as people write it.

    >>> long_date(date(2026, 3, 25))
    '25 March 2026'
    """
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _resolve(day: int, month: int, year: int | None, sent: date | None) -> date | None:
    """The day, in the given year or else the next one on or after `sent`; `None` when there is no such day."""
    if year is None and sent is None:
        return None
    years = [year] if year is not None else [sent.year, sent.year + 1] if sent else []
    for each in years:
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(each, month)[1]:
            resolved = date(each, month, day)
            if year is not None or (sent is not None and resolved >= sent):
                return resolved
    return None


def _last(day: int, month: int, sent: date | None) -> date | None:
    """The last such day before or on `sent`, for what lies behind: "since 1 March"."""
    if sent is None:
        return None
    return _resolve(day, month, sent.year if (month, day) <= (sent.month, sent.day) else sent.year - 1, None)


def _named(match: re.Match[str], sent: date | None) -> Iterator[date]:
    month, year = MONTHS[match["month"].casefold()], int(match["year"]) if match["year"] else None
    is_past = year is None and _PAST.search(match.string, max(0, match.start() - _LONGEST_LEAD), match.start())
    for name in ("from", "day"):
        written = match.groupdict().get(name)
        day = day_of_month(written) if written else 0
        resolved = _last(day, month, sent) if is_past else _resolve(day, month, year, sent)
        if resolved:
            yield resolved


def _month_first(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """ "May 4" and "Jan. 4", but neither "you may 4 times" nor "in February. 4 more"."""
    a_verb = match["month"] in {"may", "march", "mar", "mars"}
    two_sentences = len(match["month"]) > 4 and match.group()[len(match["month"]) :][:1] == "."
    if not a_verb and not two_sentences:
        yield from _named(match, sent)


def _iso(match: re.Match[str], _: date | None) -> Iterator[date]:
    if resolved := _resolve(int(match["day"]), int(match["month"]), int(match["year"]), None):
        yield resolved


def _dotted(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """ "3.4.2027", and "3.4." without a year."""
    yield from _in_order(int(match["day"]), int(match["month"]), match["year"], sent)


def _day_first(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """As most of the world writes it."""
    yield from _in_order(int(match["one"]), int(match["other"]), match["year"], sent)


def _figured_month_first(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """As the United States write it."""
    yield from _in_order(int(match["other"]), int(match["one"]), match["year"], sent)


def _in_order(day: int, month: int, year: str | None, sent: date | None) -> Iterator[date]:
    """The day, or the one that it is the other way round where only that makes sense."""
    full = None if not year else int(year) if len(year) == 4 else 2000 + int(year)
    if resolved := _resolve(day, month, full, sent) or _resolve(month, day, full, sent):
        yield resolved


def _short_in_one_order(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """ "By 6/30": the one order in which it is a day; none where both would do."""
    one, other = int(match["one"]), int(match["other"])
    if one == other or max(one, other) > 12:
        yield from _in_order(one, other, None, sent)


def _short_month_first(match: re.Match[str], sent: date | None) -> Iterator[date]:
    yield from _in_order(int(match["other"]), int(match["one"]), None, sent)


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of_month(match: re.Match[str], sent: date | None) -> Iterator[date]:
    if match["year"]:
        yield _last_of(int(match["year"]), MONTHS[match["month"].casefold()])
    elif sent and match["month"]:
        month = MONTHS[match["month"].casefold()]
        yield _last_of(sent.year + (month < sent.month), month)
    elif sent:
        following = (match["relative"] or "").lower() == "next"
        yield _last_of(sent.year + (following and sent.month == 12), sent.month % 12 + 1 if following else sent.month)


def _end_of_quarter(match: re.Match[str], sent: date | None) -> Iterator[date]:
    month = 3 * int(match["quarter"])
    if match["year"]:
        yield _last_of(int(match["year"]), month)
    elif sent:
        yield _last_of(sent.year + (month < sent.month or match["next"] is not None), month)


_LONGEST_LEAD = 20
_PAST = re.compile(r"\b(?:since|dated|yesterday,?|agreed\s+on)\s+$", re.IGNORECASE)
_IN_FIGURES = {False: [(day_order.FULL, _day_first)], True: [(day_order.FULL, _figured_month_first)]}
_SHORT = {False: (day_order.SHORT, _short_in_one_order), True: (day_order.SHORT, _short_month_first)}
_NAMED: tuple[Reader, ...] = (
    reader(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b", _iso),
    reader(
        r"(?<![\d.,/])(?P<day>[0-3]?\d)\.(?P<month>[0-3]?\d)\.(?P<year>(?:20)?\d\d)\b(?![./]\d)",
        _dotted,
    ),
    reader(r"(?<![\d.,/])(?P<day>[0-3]?\d)\.(?P<month>[01]\d)\.(?P<year>)(?!\d)", _dotted),
    reader(
        rf"\bend\s+of\s+(?:(?P<relative>next|this|the)\s+)?(?:month\b|{MONTH}){YEAR}",
        _end_of_month,
    ),
    reader(
        rf"(?<!\d[.:,])(?<![£€$])\b(?:(?P<from>[0-3]?\d(?:st|nd|rd|th)?|{WORDED})\s*(?:-|–|to|and|until|till|&|bis)\s*(?:the\s+)?)?{DAY}\.?[\s-]+(?:of\s+)?{MONTH}"
        rf"{YEAR}",
        _named,
    ),
    reader(
        rf"\b{MONTH}\s+(?P<from>[0-3]?\d(?:st|nd|rd|th)?)\s?(?:-|–|to|through|and|&)\s?(?P<day>[0-3]?\d(?:st|nd|rd|th)?)\b"
        rf"(?!\s?[%:]|[.,]\d){bare_days.ENDS_THE_PHRASE}{YEAR}",
        _month_first,
    ),
    reader(
        rf"\b{MONTH}\s+(?:the\s+)?(?P<day>[0-3]?\d(?:st|nd|rd|th)?|(?:{WORDED}))\b(?!\s?[%:]|[.,]\d|\s+(?:people|users|days|weeks))"
        rf"{YEAR}",
        _month_first,
    ),
    reader(rf"\b(?P<day>{COUNTED})\s+(?:of\s+)?{FULL_MONTH}{YEAR}", _month_first),
    reader(
        r"\bend\s+of\s+Q(?P<quarter>[1-4])\b(?:\s+(?:of\s+)?\(?(?P<year>20\d\d)\b|(?P<next>\s+next\s+year))?",
        _end_of_quarter,
    ),
)
