"""Numbers and dates of a clause, comparable: "forty per cent" is 40 %, "14k" is 14,000, "3 April" is 03/04/2026."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import groupby

from summarizer.dates import find_dates
from summarizer.figures import PERCENT, Figure, find_figures


class Measure(StrEnum):
    """What a quantity measures; only those of one sort, or of sorts that people mix up, are compared."""

    DAY = "day"
    CLOCK = "clock"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    COUNT = "count"


Value = Decimal | date
"""Hours of a clock, days of a duration, an amount, a count; a calendar day."""


@dataclass(frozen=True)
class Quantity:
    """A number or a date in a text."""

    start: int
    """Offset in the text that it was found in, in code points."""
    end: int
    measure: Measure
    values: frozenset[Value]
    """What it may mean: “9.000” is nine thousand here and nine there. For days: all that it names."""
    currency: str = ""
    number: frozenset[Decimal] = frozenset()
    """What is written, without its unit; empty for days."""
    vague: bool = False
    """Whether its unit may have been left unsaid: “145k”, “75 for phase 1”."""

    def comparable(self, other: "Quantity") -> bool:
        """Whether both measure the same, or one of them leaves unsaid what."""
        if self.measure is other.measure:
            return True
        count, measured = (self, other) if self.measure is Measure.COUNT else (other, self)
        if count.measure is not Measure.COUNT or measured.measure not in {Measure.MONEY, Measure.DURATION}:
            return False
        return count.vague

    def same_as(self, other: "Quantity") -> bool:
        """Whether both can mean the same.

        >>> one, two = (find_quantities(text)[0] for text in ("forty per cent", "40%"))
        >>> one.same_as(two)
        True
        """
        if self.measure is Measure.DAY:
            return self.values <= other.values or other.values <= self.values
        if self.currency and other.currency and self.currency != other.currency:
            return False
        if self.measure is not other.measure:
            return bool(self.number & other.number)
        return bool(self.values & other.values)


def find_quantities(text: str, *, sent: date | None = None, month_first: bool = False) -> list[Quantity]:
    """The numbers and dates of a text, in order; without what only numbers a heading, a phase or a telephone.

    A date without a year is the next such day on or after `sent`; what is told from the day of writing, such as
    “in two weeks”, is a duration. “One” in words is none, as it mostly stands for a thing. `month_first` as in
    `find_dates`.
    """
    masked = [match.span() for match in _NO_QUANTITY.finditer(text)]
    days = [
        each
        for each in _days(text, sent, month_first=month_first)
        if _is_written_out(text, each) or not _within(each, masked)
    ]
    taken = [*masked, *((each.start, each.end) for each in days)]
    figures = (_of_figure(text, figure) for figure in find_figures(text))
    found = [*days, *_halves(text), *(each for each in figures if each and not _within(each, taken))]
    return sorted(found, key=lambda each: each.start)


_LABEL = (
    r"phases?|priority|prio|sections?|clauses?|articles?|steps?|stages?|waves?|sprints?|week|version|"
    r"release|level|tier|no\.?|number|nr\.?|schedule|annex|appendix|exhibit|table|figure|milestone|lot|option"
    r"|question|point|paragraph|chapter|room|class|iso(?:/iec)?|rfc|sow|q"
)
_NO_QUANTITY = re.compile(
    rf"""
    ^[ \t#*_>•|–-]{{0,20}}\(?\d{{1,2}}(?:\.\d{{1,2}})*(?:[.)](?!\d)|(?=\s+(?-i:[A-Z])))  # of a heading, of an entry
    |\b(?:{_LABEL})\ ?\#?\d+(?:\.\d+)*\b(?!\s*(?:%|per))                     # phase 2, section 3.1
    |\b(?:\w+|\d)\ (?:changes|remarks|points|things|questions|corrections|notes)[.:,]   # two remarks:
    |\+\d[\d ()/-]{{6,}}\d|\b0\d{{2,4}}[ /-]\d[\d -]{{4,}}                   # a telephone
    |\b\d{{3}}\.\d{{3}}\.\d{{4}}\b|\b\d{{2,}}-\d{{3,}}(?:-\d{{2,}})+\b              # another one, a file's number
    |(?<!\S)\S+@\S+|(?:https?://|www\.)\S+
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_FROM_TODAY = re.compile(r"^(?:in|on|coming|tomorrow)\b[^\d]*$|^in\b", re.IGNORECASE)
"""“In two weeks” is a duration here, and “on Monday” in most cases a day of each week."""
_HALF = re.compile(
    r"\bhalf(?P<of_one> an? per ?cent)?\b(?! an?\b|[- ](?:hour|day|week|month|year|past|time|way)|-)", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPANS = {
    "second": (1, 86_400), "sec": (1, 86_400), "minute": (1, 1_440), "min": (1, 1_440), "hour": (1, 24), "hr": (1, 24),
    "day": (1, 1), "week": (7, 1), "fortnight": (14, 1), "month": (30, 1), "quarter": (90, 1), "year": (360, 1),
}  # fmt: skip
"""How many days each is, as a fraction; a month counts for thirty, so that twelve are a year and three ninety days."""
_WORKING_WEEK = 5
_SPAN = re.compile(
    r"[\s-]{0,3}(?:(?!(?:an?|per|each|every|of|and|or|the|in|this)\b)[a-z]+\s+){0,2}?"
    r"(?P<span>second|sec|minute|min|hour|hr|day|week|fortnight|month|quarter|year)s?\b(?!-\w)",
    re.IGNORECASE,
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_NAMES = "|".join(calendar.month_name[1:])
_MONTH = re.compile(
    rf"(?<!\d )(?<!\d\. )(?<!\d(?:st|nd|rd|th) )\b(?P<month>{_NAMES}) (?P<year>20\d\d)\b"
    rf"|\b(?:in|by|until|during|before|from) (?:early |mid |late )?(?P<bare>{_NAMES})\b(?! \d)"
)
_LETTERS_OR_YEAR = re.compile(r"[^\W\d_]{3}|\d{4}")
_ON_THE_CLOCK = re.compile(r"[:.]\d\d\b|[ap]m$", re.IGNORECASE)
_NOTHING_COUNTED = re.compile(r"\s*(?:$|[,;:.!)|]|(?:an?|for|in|at|on|by|to|per|each|all|and|or|of it|altogether)\b)")
_SHORT = re.compile(r"\d\s?(?:k|grand|m|mn)$", re.IGNORECASE)


def _within(quantity: Quantity, taken: Sequence[tuple[int, int]]) -> bool:
    return any(quantity.start < end and start < quantity.end for start, end in taken)


def _is_written_out(text: str, day: Quantity) -> bool:
    """Whether it is a day for sure: “3 May” and “3.5.2026” are, “3.5.” may number a heading."""
    return _LETTERS_OR_YEAR.search(text, day.start, day.end) is not None


def _days(text: str, sent: date | None, *, month_first: bool) -> Iterator[Quantity]:
    """Each stretch that names days, with all that it names."""
    dates = find_dates(text, sent=sent, month_first=month_first)
    found = [each for each in dates if not _FROM_TODAY.match(text[each.start : each.end])]
    for (start, end), days in groupby(found, key=lambda each: (each.start, each.end)):
        yield Quantity(start, end, Measure.DAY, frozenset(each.date for each in days))
    yield from _months(text, sent)


def _months(text: str, sent: date | None) -> Iterator[Quantity]:
    """A month stands for all of its days, so that a day in it says the same."""
    for match in _MONTH.finditer(text):
        name = "month" if match["month"] else "bare"
        month = _MONTHS[match[name].lower()]
        year = int(match["year"]) if match["year"] else sent.year + (month < sent.month) if sent else None
        if year and year <= date.max.year:
            days = calendar.monthrange(year, month)[1]
            every = frozenset(date(year, month, day) for day in range(1, days + 1))
            yield Quantity(match.start(name), match.end("year" if match["year"] else name), Measure.DAY, every)


def _halves(text: str) -> Iterator[Quantity]:
    for match in _HALF.finditer(text):
        share = Decimal("0.5") if match["of_one"] else Decimal(50)
        yield Quantity(*match.span(), Measure.PERCENT, frozenset({share}))


def _of_figure(text: str, figure: Figure) -> Quantity | None:
    """`None` for what is no quantity: a year, and “one” as a word."""
    written = text[figure.start : figure.end]
    if (figure.in_words and 1 in figure.values) or _YEAR.fullmatch(written):
        return None
    number = figure.values
    make = partial(Quantity, figure.start, number=number)
    if figure.unit == PERCENT:
        return make(figure.end, Measure.PERCENT, frozenset(number))
    if figure.unit:
        return make(figure.end, Measure.MONEY, frozenset(number), currency=figure.unit)
    if _ON_THE_CLOCK.search(written) and max(number) < 24:
        return make(figure.end, Measure.CLOCK, _hours(written, figure))
    if span := _SPAN.match(text, figure.end):
        return make(span.end(), Measure.DURATION, _lengths(figure, span))
    vague = bool(_SHORT.search(written) or _NOTHING_COUNTED.match(text, figure.end))
    return make(figure.end, Measure.COUNT, frozenset(number), vague=vague)


def _hours(written: str, figure: Figure) -> frozenset[Value]:
    later = written.lower().endswith("pm")
    return frozenset(value for value in figure.values if value >= 12 or not later)


def _lengths(figure: Figure, span: re.Match[str]) -> frozenset[Value]:
    """In days; a week is also five days, as working days are mostly meant where days are counted."""
    times, parts = _SPANS[span["span"].lower()]
    lengths = {value * times / parts for value in figure.values}
    if times == 7:
        lengths |= {value * _WORKING_WEEK for value in figure.values}
    return frozenset(lengths)


def apart(one: Quantity, other: Quantity) -> float:
    """How far the nearest readings are from each other: the larger by the smaller one, or 1 and a share of a year.

    >>> apart(*find_quantities("six or eight"))
    1.3333333333333333
    """
    return min(_ratio(mine, theirs) for mine in one.values for theirs in other.values)


def _ratio(one: Value, other: Value) -> float:
    if isinstance(one, date) and isinstance(other, date):
        return 1 + abs((one - other).days) / 365
    if isinstance(one, date) or isinstance(other, date):
        return float("inf")
    smaller, larger = sorted((one, other))
    return float(larger / smaller) if smaller else float("inf")
