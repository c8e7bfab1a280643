"""Notes from a CRM: dated entries, each a message of its own."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from summarizer.reading.headers import Envelope
from summarizer.reading.lines import Line, part
from summarizer.reading.people import Person
from summarizer.reading.stretches import Stretch, Style
from summarizer.reading.timestamps import stamp_in, yearless

_LEAD = re.compile(r"[\[(#*_\s]{0,4}(?:[^\W\d_]{2,10}[.,]?\s)?[\[(*_]{0,2}")
_ACTS = (
    r"call|called|e-?mail|emailed|mail|meeting|met|phone|phoned|rang|spoke|talked|visit|visited|demo|chat|voicemail|note|workshop|lunch|"
    r"kick-?off|sms|text|texted|whatsapp|wrote|sent|saw|looked"
)
_CLOCK = r"[\])*_.]{0,3}(?:,?\s\d{1,2}[:.h]\d{2}(?:\s?[ap]m)?[\])*_]{0,3})?"
_FOLLOWS = re.compile(
    rf"{_CLOCK}(?:$|\s{{2,}}|\t|\s?[-–—:|/]\s?|\s?\(|"
    rf",?\s(?=[^\W\d_a-zß-ÿ]{{2}}|(?:(?:first|second|short|long|my)\s)?(?i:{_ACTS})\b))"
)
_NAME_FOLLOWS = re.compile(rf"{_CLOCK},?\s(?=[^\W\d_a-zß-ÿ])")
_NO_WORDS = re.compile(r"[\W_]*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\W*)?", re.IGNORECASE)
_LOGGED = re.compile(
    r"\b(?:call|called|e-?mail|emailed|meeting|met|spoke|visit|demo|chat|voicemail|note|intro|sent|workshop|lunch|site|kick-?off|sms|"
    r"telefonat|termin|besuch|anruf|appel|réunion|reunión|llamada|overleg|gebeld)\b",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"\b(?i:rep|author|owner|logged by|written by|notes by|AE)\s?:\s?"
    r"(?P<who>[^\W\d_a-z][\w.'’-]{0,30}(?:[ \xa0][^\W\d_a-z][\w.'’-]{0,30}){0,2})"
)
_PLANNED = re.compile(
    r"\b(?:agenda|calendar|dates|deadlines?|milestones?|phases|plan|programme|roadmap|schedule|timeline|timetable)\b",
    re.IGNORECASE,
)
_LONGEST_STEP = 9
"""Words of a step in a plan, with its date."""
_LONGEST_TITLE = 160
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True)
class _Entry:
    index: int
    ends: int
    """Where its date ends in the line."""
    sent: datetime | None
    day: tuple[int, int]
    """Day and month."""


def entries_of(stretch: Stretch) -> list[Stretch]:
    """The dated entries of a stretch of notes; the stretch itself when it has none."""
    if stretch.style is not Style.NOTE:
        return [stretch]
    entries = [entry for index, line in enumerate(stretch.body) if (entry := _entry(line, index))]
    if not _is_log(entries, stretch.body) or _is_plan(entries, [*stretch.head, *stretch.body], len(stretch.head)):
        return [_signed(stretch)]
    before = stretch.body[: entries[0].index]
    author = _author([*stretch.head, *before])
    year = _year(entries, [*stretch.head, *before])
    spans = pairwise([*(entry.index for entry in entries), len(stretch.body)])
    logged = [
        _logged(stretch.body[first:end], entry, Envelope(sender=author, sent=_sent(entry, year)))
        for entry, (first, end) in zip(entries, spans, strict=True)
    ]
    if len(before) <= 2 and all(_is_title(line) for line in before):
        logged[0].head[:0] = [*stretch.head, *before]
        return logged
    return [replace(stretch, body=before, envelope=Envelope(sender=author, sent=stretch.envelope.sent)), *logged]


def _entry(line: Line, index: int) -> _Entry | None:
    if line.depth or line.indent or not any(each.isdigit() for each in line.text[:24]):
        return None
    lead = _LEAD.match(line.text)
    for at in {lead.end() if lead else 0, 0}:
        found = _date_at(line.text, at)
        follows = _FOLLOWS.match(line.text, found[0]) if found else None
        if found and not follows and _NO_WORDS.fullmatch(line.text, 0, at):
            follows = _NAME_FOLLOWS.match(line.text, found[0])
        if found and follows:
            return _Entry(index, follows.end(), found[1], found[2])
    return None


def _date_at(text: str, at: int) -> tuple[int, datetime | None, tuple[int, int]] | None:
    """Where the date that starts at this very place ends, its moment if it has a year, its day and month."""
    stamp = stamp_in(text[at : at + 60])
    if stamp and stamp.start == 0:
        moment = stamp.moment
        return at + stamp.end, moment, (moment.day, moment.month)
    short = yearless(text[at : at + 40])
    return (at + short[2], None, (short[0], short[1])) if short else None


def _is_log(entries: list[_Entry], body: list[Line]) -> bool:
    """Whether these dates head entries, and are not just a list of dates that somebody noted."""
    if len(entries) < 2 or entries[0].index > 4:
        return False
    spaced = sum(1 for entry in entries if body[entry.index].gap or not entry.index)
    logged = sum(1 for entry in entries if _LOGGED.search(body[entry.index].text[:200]))
    return spaced * 2 > len(entries) or logged * 2 >= len(entries)


def _is_plan(entries: list[_Entry], lines: list[Line], skipped: int) -> bool:
    """Whether the dates are those of a plan: one short line each, below words that announce it."""
    places = [skipped + entry.index for entry in entries]
    above = next((line.text.rstrip() for line in reversed(lines[: places[0]]) if line.text.strip()), "")
    announced = _PLANNED.search(above) or (above.endswith(":") and not _LOGGED.search(above))
    listed = sum(1 for one, other in pairwise(places) if other == one + 1) == len(places) - 1
    return bool(announced) and listed and all(len(lines[at].text.split()) <= _LONGEST_STEP for at in places)


def _logged(lines: list[Line], entry: _Entry, envelope: Envelope) -> Stretch:
    date, words = part(lines[0], 0, entry.ends), part(lines[0], entry.ends)
    return Stretch(Style.NOTE, [date] if date else [], ([words] if words else []) + lines[1:], envelope)


def _sent(entry: _Entry, year: int | None) -> datetime | None:
    if entry.sent or year is None:
        return entry.sent
    day, month = entry.day
    stamp = stamp_in(f"{year}-{month:02}-{day:02}")
    return stamp.moment if stamp else None


def _year(entries: list[_Entry], titles: list[Line]) -> int | None:
    """The one year that the titles and the dates of the entries state; `None` when they state none or several."""
    stated = {int(year) for line in titles for year in _YEAR.findall(line.text[:_LONGEST_TITLE])}
    stated |= {entry.sent.year for entry in entries if entry.sent}
    return stated.pop() if len(stated) == 1 else None


def _author(titles: list[Line]) -> Person | None:
    for line in titles[:6]:
        match = _AUTHOR.search(line.text[: _LONGEST_TITLE * 2])
        if match:
            return Person(match["who"].rstrip("."))
    return None


def _is_title(line: Line) -> bool:
    return len(line.text) <= _LONGEST_TITLE and not line.text.endswith((".", "!", "?"))


def _signed(stretch: Stretch) -> Stretch:
    titles = [line for line in [*stretch.head, *stretch.body[:3]] if len(line.text) <= _LONGEST_TITLE]
    envelope = stretch.envelope
    return replace(stretch, envelope=replace(envelope, sender=envelope.sender or _author(titles)))
