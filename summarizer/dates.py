"""Dates in a text: written out, in digits, or told from the day of the message ("by Friday", "end of next month")."""

import calendar
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH_NAMES = (
    "january jan jänner januar janvier enero",
    "february feb februar février fevrier febrero",
    "march mar märz mars marzo",
    "april apr avril abril",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet julio",
    "august aug août agosto",
    "september sept sep septembre septiembre",
    "october oct oktober octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember décembre diciembre",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
            "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
        ).split(),
        1,
    )
}
_COUNTS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

_MONTH_WORDS = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_MONTH_WORDS})\b(?:\.(?=\s+\d))?"
_WORDED = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_DAY = rf"(?P<day>[0-3]?\d(?=\D)(?:st|nd|rd|th|er)?|(?:{_WORDED}))"
_YEAR = r"(?:(?:,?\s+|-)(?P<year>(?:19|20)\d\d)\b)?"
_DAY_NAMES = "(?P<weekday>" + "|".join(_WEEKDAYS) + r")"


@dataclass(frozen=True)
class FoundDate:
    """A date in a text; both ends of "3 to 5 June" have the same stretch."""

    start: int
    end: int
    date: date


def find_dates(text: str, *, sent: date | None = None) -> list[FoundDate]:
    """The dates of a text, in order.

    A date without a year is the next such day on or after `sent`; without `sent` it is skipped, as are relative ones.

    >>> [found.date.isoformat() for found in find_dates("by 17 October", sent=date(2025, 9, 8))]
    ['2025-10-17']
    """
    taken = bytearray(len(text))
    named = sorted(_read(_NAMED, text, sent, taken), key=_order)
    told = _read(_TOLD, text, sent, taken)
    same_month = _days_of_a_named_month(text, named, sent, taken)
    return sorted([*named, *told, *same_month, *_read([_BY_DAY], text, sent, taken)], key=_order)


def _order(found: FoundDate) -> tuple[int, date]:
    return found.start, found.date


def _read(readers: Sequence["_Reader"], text: str, sent: date | None, taken: bytearray) -> list[FoundDate]:
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


def _days(resolve: "_Resolver", match: re.Match[str], sent: date | None) -> list[date]:
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


def _day(written: str) -> int:
    return _ORDINALS.get(written.lower()) or int(re.sub(r"\D", "", written))


def _named(match: re.Match[str], sent: date | None) -> Iterator[date]:
    month, year = _MONTHS[match["month"].lower()], int(match["year"]) if match["year"] else None
    for name in ("from", "day"):
        written = match.groupdict().get(name)
        if written and (resolved := _resolve(_day(written), month, year, sent)):
            yield resolved


def _month_first(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """ "May 4" and "Jan. 4", but neither "you may 4 times" nor "in February. 4 more"."""
    a_verb = match["month"] in {"may", "march", "mar", "mars"}
    two_sentences = len(match["month"]) > 4 and match.group()[len(match["month"])] == "."
    if not a_verb and not two_sentences:
        yield from _named(match, sent)


def _iso(match: re.Match[str], _: date | None) -> Iterator[date]:
    if resolved := _resolve(int(match["day"]), int(match["month"]), int(match["year"]), None):
        yield resolved


def _numeric(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """Day first, as most of the world writes it, unless only month first makes sense."""
    day, month, year = int(match["day"]), int(match["month"]), match["year"]
    full = None if not year else int(year) if len(year) == 4 else 2000 + int(year)
    resolved = _resolve(day, month, full, sent) or _resolve(month, day, full, sent)
    if resolved:
        yield resolved


def _by_slash(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """ "By 6/30": the one order in which it is a day; none where both would do."""
    one, other = int(match["one"]), int(match["other"])
    sure = one == other or max(one, other) > 12
    if sure and (resolved := _resolve(other, one, None, sent) or _resolve(one, other, None, sent)):
        yield resolved


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of_month(match: re.Match[str], sent: date | None) -> Iterator[date]:
    if match["year"]:
        yield _last_of(int(match["year"]), _MONTHS[match["month"].lower()])
    elif sent and match["month"]:
        month = _MONTHS[match["month"].lower()]
        yield _last_of(sent.year + (month < sent.month), month)
    elif sent:
        following = (match["relative"] or "").lower() == "next"
        yield _last_of(sent.year + (following and sent.month == 12), sent.month % 12 + 1 if following else sent.month)


def _weekday(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """The next such day after `sent`; "next Friday" is the one of the week that follows."""
    if sent is None:
        return
    wanted = _WEEKDAYS[match["weekday"].lower()]
    if "next" in match["lead"].lower():
        yield sent + timedelta(days=7 - sent.weekday() + wanted)
    else:
        yield sent + timedelta(days=(wanted - sent.weekday() - 1) % 7 + 1)


def _ahead(match: re.Match[str], sent: date | None) -> Iterator[date]:
    if sent is None:
        return
    count = match["count"]
    if not count:
        yield sent + timedelta(days=1)
    else:
        days = 7 if match["span"].lower().startswith("week") else 1
        yield sent + timedelta(days=days * (_COUNTS.get(count.lower()) or int(count)))


def _day_alone(match: re.Match[str], sent: date | None) -> Iterator[date]:
    """ "By the 15th": the next such day."""
    if sent is None:
        return
    day = _day(match["day"])
    for ahead in range(62):
        if (sent + timedelta(days=ahead)).day == day:
            yield sent + timedelta(days=ahead)
            return


def _days_of_a_named_month(
    text: str, named: Sequence[FoundDate], sent: date | None, taken: bytearray
) -> list[FoundDate]:
    """ "End of July, the thirty-first": days that have their month from the date before them."""
    found: list[FoundDate] = []
    for match in _ORDINAL_ALONE.finditer(text) if named else ():
        start, end = match.span()
        before = bisect_left(named, start, key=lambda each: each.end)
        day = _of_the_month(named[before - 1].date, _day(match["day"])) if before else None
        is_a_term = _LEADS_TO_A_TERM.search(text[:start]) is not None
        if day and 1 not in taken[start:end] and (not is_a_term or _may_be_due(day, sent)):
            taken[start:end] = b"\1" * (end - start)
            found.append(FoundDate(start, end, day))
    return found


def _of_the_month(month: date, day: int) -> date | None:
    return month.replace(day=day) if 1 <= day <= calendar.monthrange(month.year, month.month)[1] else None


def _may_be_due(day: date, sent: date | None) -> bool:
    """Whether something may fall due then: not in the past, and not in a month that was meant to be past."""
    return sent is None or timedelta(0) <= day - sent <= _HALF_A_YEAR


_Resolver = Callable[[re.Match[str], date | None], Iterator[date]]
_Reader = tuple[re.Pattern[str], _Resolver]


def _reader(pattern: str, resolve: _Resolver) -> _Reader:
    return re.compile(pattern, re.IGNORECASE), resolve


_NAMED: tuple[_Reader, ...] = (
    _reader(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b", _iso),
    _reader(
        r"(?<![\d.,/])(?P<day>[0-3]?\d)(?P<sep>[./])(?P<month>[0-3]?\d)(?P=sep)(?P<year>(?:20)?\d\d)\b(?![./]\d)",
        _numeric,
    ),
    _reader(r"(?<![\d.,/])(?P<day>[0-3]?\d)\.(?P<month>[01]\d)\.(?P<year>)(?!\d)", _numeric),
    _reader(
        rf"\bend\s+of\s+(?:(?P<relative>next|this|the)\s+)?(?:month\b|{_MONTH}){_YEAR}",
        _end_of_month,
    ),
    _reader(
        rf"\b(?:(?P<from>[0-3]?\d(?:st|nd|rd|th)?|{_WORDED})\s*(?:-|–|to|and|until|till|&|bis)\s*(?:the\s+)?)?{_DAY}\.?[\s-]+(?:of\s+)?{_MONTH}"
        rf"{_YEAR}",
        _named,
    ),
    _reader(
        rf"\b{_MONTH}\s+(?:the\s+)?(?P<day>[0-3]?\d(?:st|nd|rd|th)?|(?:{_WORDED}))\b(?!\s?[%:]|[.,]\d|\s+(?:people|users|days|weeks))"
        rf"{_YEAR}",
        _month_first,
    ),
)
_TOLD: tuple[_Reader, ...] = (
    _reader(
        rf"\b(?P<lead>(?:by\s+)?(?:this|next)|by|on|until|till|before|coming)\s+{_DAY_NAMES}\b"
        r"(?!\s+(?:itself|\w+(?:ings|noons|times)\b))"
        rf"(?!,?\s+(?:the\s+)?(?:(?:\d{{1,2}}(?:st|nd|rd|th)?|{_WORDED})\.?\s+(?:of\s+)?)?(?:{_MONTH_WORDS}|\d{{1,2}}[./]\d)\b)",
        _weekday,
    ),
    _reader(r"\b(?:tomorrow|in\s+(?P<count>\d{1,2}|one|a|two|three|four|five|six)\s+(?P<span>weeks?|days?))\b", _ahead),
    _reader(r"\b(?:by|until|till|before)\s+(?P<one>[0-3]?\d)/(?P<other>[0-3]?\d)\b(?![/.,:]?\d)", _by_slash),
)
_ENDS_THE_PHRASE = r"(?=\W*$|\s*[.,;:!?)…–]|\s+(?:at|final|then)\b)"
_BY_DAY = _reader(
    rf"\b(?:by|until|till|before|on)\s+the\s+(?P<day>[0-3]?\d(?:st|nd|rd|th)|(?:{_WORDED}))\b"
    rf"(?:(?<!first)(?<!second)(?<!third)|{_ENDS_THE_PHRASE})"
    r"(?!\s+(?:of|floor|day|week|page|line|round)\b)",
    _day_alone,
)
_LEADS_TO_A_TERM = re.compile(r"\b(?:by|until|till|before|on)\s+$", re.IGNORECASE)
_HALF_A_YEAR = timedelta(days=183)
_FIGURE = r"[0-3]?\d(?:st|nd|rd|th)\b(?!\s+(?:\w+s|floor|day|week|page|line|round)\b)"
_ORDINAL_ALONE = re.compile(
    rf"(?<!\bfor )\bthe\s+(?P<day>{_FIGURE}|(?!(?:first|second)\b)(?:{_WORDED})\b{_ENDS_THE_PHRASE})", re.IGNORECASE
)
