"""Sources, their messages and passages. All offsets are code points of the source's canonical text and never drift."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from itertools import pairwise

from summarizer.items import Evidence, Frozen, Side


class Role(StrEnum):
    """What a passage is to its message."""

    NEW = "new"
    """What the sender writes here for the first time."""
    QUOTED = "quoted"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    HEADER = "header"
    """Header lines, dividers, and the attribution above a quotation."""


class Form(StrEnum):
    """What somebody gave us."""

    EMAIL_THREAD = "email_thread"
    SALES_NOTES = "sales_notes"
    CALL_TRANSCRIPT = "call_transcript"
    MIXED = "mixed"


class Passage(Frozen):
    """A clause, sentence or list item of a message: the smallest thing that can be cited."""

    start: int
    end: int
    role: Role
    message: int
    """Number of the message that it belongs to, from 1."""
    repeats: int | None = None
    """Start of the original passage that a quoted one repeats; `None` when the original was not given."""
    item: bool = False
    """Whether it is an entry of a list."""


class Message(Frozen):
    """One email, note or speaker turn."""

    number: int
    """From 1, in the order of the text."""
    start: int
    end: int
    sender: str | None = None
    """The name as written, else the address; `None` when the text does not say who speaks."""
    email: str | None = None
    to: tuple[str, ...] = ()
    sent: datetime | None = None
    """Without time zone unless the source states one; `None` when there is no date."""
    subject: str | None = None
    side: Side | None = None
    duplicate_of: int | None = None
    """Number of the earlier message of which this is a copy; its words are then quoted. `None` when it is no copy."""


class Source(Frozen):
    """One immutable thing that a person gave us, read: its text, messages and passages.

    Passages are ordered and disjoint; only white space and dividers lie outside of them.
    """

    id: str = ""
    name: str
    text: str
    """The canonical text: what was pasted to the letter, or the one rendition of a file."""
    form: Form
    messages: tuple[Message, ...]
    passages: tuple[Passage, ...]
    month_first: bool | None = None
    """Whether "3/4/2027" is 4 March in it, and not 3 April; `None` where it does not show: it is then read as that."""

    def quote(self, passage: Passage) -> str:
        """The passage's words, to the letter."""
        return self.text[passage.start : passage.end]

    def evidence(self, start: int, end: int) -> Evidence:
        """The stretch as evidence, with the message in which it starts.

        Raises ValueError when the stretch is blank or outside of the text.
        """
        number = next((m.number for m in self.messages if m.start <= start < m.end), None)
        return Evidence(source=self.id, message=number, start=start, end=end, quote=self.text[start:end])

    def message(self, number: int) -> Message:
        """The message with that number, from 1."""
        return self.messages[number - 1]

    def days(self) -> list[date | None]:
        """Of each message the day on which it was sent, or on which the nearest one was that says so."""
        sent = {each.number: each.sent.date() for each in self.messages if each.sent}
        numbers = sorted(sent)
        return [sent.get(_nearest(numbers, each.number) or 0) for each in self.messages]

    def by_time(self) -> tuple[Message, ...]:
        """Each message once, oldest first; copies of a message are left out.

        A date without a time zone is read in the zone that its sender states elsewhere, else in the first that anybody
        states, else in UTC. A message without a date stands beside its neighbour in the text: behind the one above it,
        or, in a text whose newest message comes first, behind the one below it.
        """
        own = [each for each in self.messages if each.duplicate_of is None]
        moments = _moments(own)
        if _is_newest_first(moments):
            own, moments = own[::-1], moments[::-1]
        placed = zip(_filled(moments), range(len(own)), own, strict=True)
        return tuple(message for _, _, message in sorted(placed, key=lambda each: each[:2]))


def _nearest(numbers: Sequence[int], number: int) -> int | None:
    """Of ascending numbers the one that is nearest; of two the first."""
    at = bisect_left(numbers, number)
    return min(numbers[max(0, at - 1) : at + 1], key=lambda each: abs(each - number), default=None)


def _moments(messages: Sequence[Message]) -> list[datetime | None]:
    """When each was sent, all with a time zone."""
    zones: dict[str | None, tzinfo] = {}
    for each in messages:
        if each.sent and each.sent.tzinfo:
            zones.setdefault(each.email or each.sender, each.sent.tzinfo)
    usual = next(iter(zones.values()), UTC)
    return [_zoned(each.sent, zones.get(each.email or each.sender, usual)) for each in messages]


def _zoned(sent: datetime | None, zone: tzinfo) -> datetime | None:
    return sent.replace(tzinfo=zone) if sent and not sent.tzinfo else sent


def _is_newest_first(moments: Sequence[datetime | None]) -> bool:
    dated = [each for each in moments if each]
    falls = sum(later < earlier for earlier, later in pairwise(dated))
    return falls > sum(later > earlier for earlier, later in pairwise(dated))


def _filled(moments: Sequence[datetime | None]) -> Iterator[datetime]:
    """Each moment, or the one before it; those before the first take the first."""
    last = next((each for each in moments if each), datetime.min.replace(tzinfo=UTC))
    for each in moments:
        last = each or last
        yield last


def sha256(content: bytes) -> str:
    """Hex digest by which a source, a SOW or a version is known for audit."""
    return hashlib.sha256(content).hexdigest()
