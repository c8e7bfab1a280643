"""When a message was sent, read from the many ways in which mail programs and people write it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_LONGEST = 300

_MONTHS = tuple(
    tuple(names.split())
    for names in (
        "january januar jänner janvier enero januari gennaio janeiro января stycznia ianuarie tammikuuta ledna",
        "february februarie feber février fevrier febrero februari febbraio fevereiro февраля lutego helmikuuta února",
        "march märz maerz mrz mars marzo maart mrt março marts марта marca martie maaliskuuta března",
        "april avril abril aprile апреля kwietnia aprilie huhtikuuta dubna",
        "may mai mayo mei maggio maio maj мая май maja toukokuuta května",
        "june juni juin junio giugno junho июня czerwca iunie kesäkuuta června",
        "july juli juillet julio luglio julho июля lipca iulie heinäkuuta července",
        "august août aout agosto augustus augusti августа sierpnia elokuuta srpna",
        "september sept septembre septiembre setiembre settembre setembro сентября września septembrie syyskuuta září",
        "october oktober octobre octubre ottobre outubro okt октября października octombrie lokakuuta října",
        "november novembre noviembre novembro ноября listopada noiembrie listopadu marraskuuta",
        (
            "december dezember décembre decembre diciembre dicembre dezembro desember декабря grudnia decembrie "
            "joulukuuta prosince"
        ),
    )
)
_NAME = r"(?P<name>[^\W\d_]{3,12})"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"

_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{_DAY}(?!\d)",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|\.|º)?[\s-]{{1,3}}(?:of\s|de\s|d')?{_NAME}[.,]?[\s-]{{1,3}}(?:de[l]?\s)?{_YEAR}",
        rf"(?<![^\W\d_]){_NAME}[.,]?[\s-]{{1,3}}{_DAY}(?:st|nd|rd|th)?,?[\s-]{{1,3}}{_YEAR}(?!\d)",
        rf"(?<![^\W\d_]){_NAME}-{_DAY}-(?P<short>\d{{2}})(?!\d)",
        rf"(?<!\d){_DAY}-{_NAME}-(?P<short>\d{{2}})(?!\d)",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|\.)?\s{_NAME}\.?\s['’]?(?P<short>[23]\d)(?=\s*(?:$|\n|[-–—,;:)\]/|]))(?!\s*[:/]\d|[-–—]\d|,\s*\d(?!\d?[:.h]\d))",
        r"(?<!\d)(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-](?P<long>\d{4}|\d{2})(?!\d)",
        r"(?<!\d)(?P<first>\d{1,2})\.\s(?P<second>\d{1,2})\.\s(?P<long>\d{4})(?!\d)",
    )
)
_YEARLESS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?:st|nd|rd|th|\.)?\s{{1,2}}{_NAME}(?![^\W\d_])",
        rf"{_NAME}\.?\s{{1,2}}{_DAY}(?:st|nd|rd|th)?(?!\d)",
        r"(?P<first>\d{1,2})[./](?P<second>\d{1,2})[.]?(?![\d./%])",
        r"(?P<first>\d\d)-(?P<second>\d\d)(?![\d./%-])",
    )
)
_TIME = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})(?:[:h.]|\s?:\s?)(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?!\d)"
    r"\s{0,2}(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(?:UTC|GMT|Z\b)?\s?(?:(?P<sign>[+-])(?P<hours>0\d|1[0-4]):?(?P<minutes>[0-5]\d)(?!\d))?")


_month_first = ContextVar("month_first", default=False)
"""How the text is being read: of the whole text, while a stamp is looked for in a piece of a line in many places."""


@contextmanager
def stamps_read(*, month_first: bool) -> Iterator[None]:
    """While it lasts, "3/4/2027" and "3-4-2027" are read with the month first, or with the day."""
    token = _month_first.set(month_first)
    try:
        yield
    finally:
        _month_first.reset(token)


@dataclass(frozen=True)
class Stamp:
    """A moment as it stands in a text."""

    moment: datetime
    start: int
    """Where it starts in the text that was searched, in code points."""
    end: int
    timed: bool
    """Whether a time of day is stated."""


def stamp_in(text: str) -> Stamp | None:
    """The first full date of a short text, with its time and zone if they follow; `None` when there is none.

    Day comes before month where both readings are possible, except while stamps are read with the month first.

    >>> stamp_in("Thursday, October 9, 2025 11:02 AM").moment
    datetime.datetime(2025, 10, 9, 11, 2)
    >>> stamp_in("03/04/2025").moment
    datetime.datetime(2025, 4, 3, 0, 0)
    """
    text = text[:_LONGEST]
    found = [(match.start(), match, day) for match in _date_matches(text) if (day := _day(match))]
    if not found:
        return None
    _, match, day = min(found, key=lambda each: each[0])
    clock = _TIME.search(text, match.end(), match.end() + 25) or _TIME.search(text, 0, match.start())
    moment = _at(day, clock)
    if clock is None or moment is None:
        return Stamp(day, match.start(), match.end(), timed=False)
    zone = _ZONE.match(text, _behind_space(text, clock.end()))
    start, end = min(match.start(), clock.start()), max(match.end(), clock.end())
    if zone and zone.group() and clock.start() > match.start():
        return Stamp(moment.replace(tzinfo=_zone(zone)), start, max(end, zone.end()), timed=True)
    return Stamp(moment, start, end, timed=True)


def yearless(text: str) -> tuple[int, int, int] | None:
    """Day, month and end of a date without a year at the very start of the text; `None` when there is none."""
    for pattern in _YEARLESS:
        match = pattern.match(text, 0, _LONGEST)
        day = _day(match, year=2024) if match else None
        if match and day:
            return day.day, day.month, match.end()
    return None


def _date_matches(text: str) -> list[re.Match[str]]:
    return [match for pattern in _DATES for match in pattern.finditer(text)]


def _day(match: re.Match[str], *, year: int | None = None) -> datetime | None:
    """The day that a match names; `None` when there is no such day."""
    given = match.groupdict()
    year = year or _full_year(given.get("year") or given.get("short") or given.get("long") or "")
    if given.get("first"):
        day, month = int(given["first"]), int(given["second"])
        if _month_first.get() and "." not in match.group():
            day, month = month, day
        return _valid(year, month, day) or _valid(year, day, month)
    figure = given.get("month")
    return _valid(year, int(figure) if figure else _month(given.get("name") or ""), int(given["day"]))


@lru_cache(maxsize=512)
def _month(name: str) -> int:
    """1 to 12 for a month's name or its first letters in one of twelve languages, 0 for any other word."""
    folded = name.casefold()
    return next((number for number, names in enumerate(_MONTHS, start=1) if _begins(names, folded)), 0)


def _begins(names: tuple[str, ...], letters: str) -> bool:
    return any(name.startswith(letters) for name in names)


def _full_year(digits: str) -> int:
    year = int(digits or 0)
    return year + 2000 if year < 100 else year


def _valid(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - mail headers that people paste seldom name a zone
    except ValueError:
        return None


def _at(day: datetime, clock: re.Match[str] | None) -> datetime | None:
    if clock is None:
        return None
    hour, half = int(clock["hour"]), (clock["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return day.replace(hour=hour, minute=int(clock["minute"]), second=int(clock["second"] or 0))
    except ValueError:
        return None


def _behind_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _zone(match: re.Match[str]) -> timezone:
    if not match["sign"]:
        return UTC
    shift = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
    return timezone(shift if match["sign"] == "+" else -shift)
