"""Days whose month is said before them: "the 21st" behind "in June", or behind a date of an earlier sentence."""

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from summarizer.date_words import MONTH_WORDS, MONTHS, WORDED, day_of_month

Told = tuple[int, date]
"""Where a month was named, and some day of it."""
Found = tuple[int, int, date]

_TWO_MONTHS = 62
_HALF_A_YEAR = timedelta(days=183)
_LEADS_TO_A_TERM = re.compile(r"\b(?:by|until|till|before|on)\s{1,5}$", re.IGNORECASE)
_LONGEST_LEAD = 12
_GO_ON = (
    "after afternoon already also and are as at because before but by can cannot could did do does evening final for "
    "from gets goes had has have he i if in instead into is it just latest means must may might morning needs no noon "
    "not now on only onwards or our please rather seems she should since so sounds still suits than that then they "
    "though through till to too unless until was we were when where which while will with within without works would "
    "you"
).split()
ENDS_THE_PHRASE = rf"(?=\W*$|\s*(?:[.,;:!?()…–—/]|-(?!\w))|['’]|\s+(?:{'|'.join(_GO_ON)})\b)"
"""What stands behind a day, while a thing of which it is the fifth would stand there: not "the 5th instalment"."""
_FIGURE = r"[0-3]?\d(?:st|nd|rd|th)\b"
DAY_ALONE = rf"(?P<day>(?:{_FIGURE}|(?!(?:first|second)\b)(?:{WORDED})\b){ENDS_THE_PHRASE})"
_ALONE = re.compile(rf"(?<!\bfor )\bthe\s+{DAY_ALONE}", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"\b(?:(?P<lead>in|of|for|from|this|next)\s+)?(?P<month>{MONTH_WORDS})\b(?!\s+(?:the\s+)?\d)", re.IGNORECASE
)
_NAME_GOES_ON = re.compile(r"\s[^\W\d_a-z]\w")
_SURE_LEADS = frozenset({"in", "this", "next"})
_ALSO_WORDS = frozenset({"may", "march", "mar", "mars", "jan", "mai"})


def find(text: str, named: Sequence[Told], *, sent: date | None, near: date | None) -> Iterator[Found]:
    """Each such day; `named` are the text's full dates in order, `near` some day of the month named last before it."""
    told = sorted([*named, *months(text, sent=sent)])
    for match in _ALONE.finditer(text) if told or near else ():
        before = bisect_right(told, match.start(), key=lambda each: each[0])
        month = told[before - 1][1] if before else near
        day = of_the_month(month, day_of_month(match["day"])) if month else None
        is_a_term = _LEADS_TO_A_TERM.search(text, max(0, match.start() - _LONGEST_LEAD), match.start()) is not None
        if day and (not is_a_term or _may_be_due(day, sent)):
            yield match.start(), match.end(), day


def months(text: str, *, sent: date | None) -> Iterator[Told]:
    """The months that are named without a day, each the next one from the day of the message on."""
    if sent is None:
        return
    for match in _MONTH_ALONE.finditer(text):
        number = MONTHS[match["month"].casefold()]
        year = sent.year + (number < sent.month)
        if _is_named(match) and year <= date.max.year:
            yield match.end(), date(year, number, 1)


def _is_named(match: re.Match[str]) -> bool:
    """Whether a month is meant, and neither a person ("June Carter") nor another word ("for may be")."""
    name, lead = match["month"], (match["lead"] or "").lower()
    if lead in _SURE_LEADS:
        return True
    is_a_name = name[0].isupper() and not _NAME_GOES_ON.match(match.string, match.end())
    return is_a_name and (bool(lead) or name.lower() not in _ALSO_WORDS)


def of_the_month(month: date, day: int) -> date | None:
    """That day of the month; `None` when it has none such."""
    return month.replace(day=day) if 1 <= day <= calendar.monthrange(month.year, month.month)[1] else None


def next_ones(sent: date, day: int) -> Iterator[date]:
    """The next such day on or after `sent`; none of the 40th. Raises OverflowError where the calendar ends, in 9999."""
    ahead = (sent + timedelta(days=days) for days in range(_TWO_MONTHS))
    yield from islice((each for each in ahead if each.day == day), 1)


def _may_be_due(day: date, sent: date | None) -> bool:
    """Whether something may fall due then: not in the past, and not in a month that was meant to be past."""
    return sent is None or timedelta(0) <= day - sent <= _HALF_A_YEAR
