"""Transcripts of calls: the turns of those who speak."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from summarizer.reading.headers import Envelope, header_field
from summarizer.reading.lines import Line, part
from summarizer.reading.people import Person, folded
from summarizer.reading.stretches import Stretch, Style
from summarizer.reading.timestamps import stamp_in

_CLOCK = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?"
_WORD = r"[^\W\d_a-zß-ÿ][\w.'’\-]{0,24}"
_WHO = rf"(?P<who>{_WORD}(?:[ \xa0](?:{_WORD}|\d{{1,2}}|(?:de|van|von|der|da|del|la|bin|al)(?=[ \xa0]))){{0,4}})"
_TURN = re.compile(
    rf"(?:(?P<before>{_CLOCK})\s{{0,3}}[-–—]?\s{{0,3}}(?:From\s{{1,2}})?)?(?:<v\s)?[*_]{{0,2}}{_WHO}[*_]{{0,2}}"
    r"(?:\s+to\s+(?:Everyone|Host|Hosts and panelists|Me)(?:\s?\([^()\n]{1,30}\))?)?"
    rf"(?:\s{{0,3}}\((?P<note>[^()\n]{{1,40}})\))?(?:\s{{0,3}}(?P<behind>{_CLOCK}))?\s?(?:[*_]{{0,2}}:[*_]{{0,2}}|>)(?:\s+|$)"
)
_TIMED_NAME = re.compile(
    rf"(?:(?P<before>{_CLOCK})\s{{1,3}}{_WHO}|{_WHO.replace('who', 'name')}\s{{1,3}}(?P<behind>{_CLOCK}))$"
)
_STAMPED = re.compile(rf"[\])]?\s{{0,2}}(?:[-–—]\s)?[~*_]{{0,2}}\s?{_WHO}[*_]{{0,2}}(?:\s?:(?:\s+|$)|$)")
"""What stands behind a day and time in chats: "[02/03/2026, 10:02] Ann Lee: …", "02/03/2026, 10:02 - Ann Lee: …"."""
_NAME = re.compile(rf"{_WHO}(?:,\s|\s{{1,3}}[|·—–-]?\s?)$")
"""What stands in front of one at the end of a line: "Ann Lee, 2 Mar 2026, 10:02"."""
_NAME_ALONE = re.compile(rf"{_WHO}$")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_WHEN_ALONE = re.compile(rf"(?:(?:today|yesterday|{_WEEKDAY}),?\s(?:at\s)?)?{_CLOCK}$", re.IGNORECASE)
_OF_A_TIME = re.compile(rf"[ap]\.?m\.?|{_WEEKDAY}", re.IGNORECASE)
_FRAME = "[(\u200e\u200f"
_LONGEST = 120
_TURNS_EACH = 1.2
"""Labels in a note occur once each; people who talk take turns."""
_LABELS = frozenset(
    "action actions agenda agreed assumptions attendees attention background budget client client's "
    "comments contact context cost costs date dates deadline decision decisions deliverables dependencies "
    "fyi goal goals http https important in issues key location milestones my next nb note notes option "
    "options out owner owners participants phase price pricing ps question questions re recap "
    "requirements risk risks scope stage status step steps subject summary timeline timing todo topic "
    "total update recording call meeting title time duration host organizer vendor when where who why "
    "deal name company stakeholders metrics success kpi kpis okr okrs sla slas eta nda msa po rfp roi poc aob".split()
)


@dataclass(frozen=True)
class _Turn:
    index: int
    """Of its line in the body."""
    who: str
    ends: int
    """Where the speaker's name and what goes with it end in the line."""
    timed: bool
    sent: datetime | None = None
    """When it was said, where its line says the day."""
    lines: int = 1
    """How many lines name the speaker and the time."""


def turns_of(stretch: Stretch) -> list[Stretch]:
    """The speaker turns of a stretch, each a stretch of its own; the stretch itself when it is no transcript."""
    turns = _turns(stretch.body)
    if not _is_transcript(turns, stretch.body):
        return [stretch]
    before = stretch.body[: turns[0].index]
    shared = _shared(stretch, before)
    spans = [*pairwise([*(turn.index for turn in turns), len(stretch.body)])]
    spoken = [_spoken(stretch.body[first:end], turn, shared) for turn, (first, end) in zip(turns, spans, strict=True)]
    if stretch.style is Style.NOTE and len(before) <= 4 and all(len(line.text) <= _LONGEST for line in before):
        spoken[0].head[:0] = [*stretch.head, *before]
        return spoken
    return [replace(stretch, body=before), *spoken]


def _shared(stretch: Stretch, before: list[Line]) -> Envelope:
    """When the call took place, which is said once above it."""
    stamps = (stamp_in(line.text) for line in [*stretch.head, *before][:6])
    stamp = next((each for each in stamps if each), None)
    return Envelope(sent=stamp.moment if stamp else stretch.envelope.sent)


def speaker(line: Line) -> tuple[str, int] | None:
    """Whom a line names before a colon, and where that ends in it; `None` when it names nobody."""
    turn = _turn(line._replace(depth=0), 0)
    return (" ".join(turn.who.split()), turn.ends) if turn else None


def _turns(body: list[Line]) -> list[_Turn]:
    found = (_stamped(line, index) or _turn(line, index) or _titled(body, index) for index, line in enumerate(body))
    return [turn for turn in found if turn]


def _stamped(line: Line, index: int) -> _Turn | None:
    """A line with day, time and name, as chats print it above or in front of what is said."""
    text = line.text[:_LONGEST]
    stamp = stamp_in(text) if not line.depth and ":" in text else None
    if stamp is None or not stamp.timed:
        return None
    behind = _STAMPED.match(text, stamp.end) if not text[: stamp.start].strip(_FRAME) else None
    before = _NAME.match(text[: stamp.start].rstrip(_FRAME)) if stamp.end == len(line.text) else None
    match = behind or before
    if match is None or not _is_somebody(match["who"]):
        return None
    return _Turn(index, match["who"], match.end() if behind else stamp.end, timed=True, sent=stamp.moment)


def _titled(body: list[Line], index: int) -> _Turn | None:
    """A name in a line of its own, with the time in the next one."""
    name, when = body[index], body[index + 1] if index + 1 < len(body) else None
    if when is None or when.gap or name.depth or not _WHEN_ALONE.match(when.text):
        return None
    match = _NAME_ALONE.match(name.text)
    if match is None or not _is_somebody(match["who"]):
        return None
    return _Turn(index, match["who"], len(name.text), timed=True, lines=2)


def _turn(line: Line, index: int) -> _Turn | None:
    if line.depth or not (":" in line.text[:_LONGEST] or line.text.startswith("<v ")):
        return None
    alone = _TIMED_NAME.match(line.text) if len(line.text) <= _LONGEST else None
    match = alone or _TURN.match(line.text, 0, _LONGEST)
    if match is None or (header_field(line) and not alone):
        return None
    given = match.groupdict()
    who = given["who"] or given.get("name") or ""
    if not _is_somebody(who):
        return None
    return _Turn(index, who, match.end(), timed=bool(given["before"] or given["behind"]))


def _is_somebody(who: str) -> bool:
    return folded(who).split(" ")[0] not in _LABELS and not _OF_A_TIME.fullmatch(who)


def _is_transcript(turns: list[_Turn], body: list[Line]) -> bool:
    if len(turns) < 2:
        return False
    paragraphs = sum(1 for line in body[turns[0].index :] if line.gap) or 1
    speakers = Counter(folded(turn.who).split(" ")[0] for turn in turns)
    if len(turns) * 2 < paragraphs:
        return False
    if sum(turn.timed for turn in turns) >= 2:
        return True
    if len(turns) < len(speakers) * _TURNS_EACH:
        return False
    recurring = sum(1 for count in speakers.values() if count >= 2)
    return recurring >= 2 or (recurring == 1 and len(turns) >= 3 and len(speakers) == 2)


def _spoken(lines: list[Line], turn: _Turn, shared: Envelope) -> Stretch:
    first = lines[0]
    name, words = part(first, 0, turn.ends), part(first, turn.ends)
    head = ([name] if name else []) + lines[1 : turn.lines]
    body = ([words] if words else []) + lines[turn.lines :]
    envelope = replace(shared, sender=Person(" ".join(turn.who.split())), sent=turn.sent or shared.sent)
    return Stretch(Style.TURN, head, body, envelope)
