"""Sources, their messages and passages. All offsets are code points of the source's canonical text and never drift."""

import hashlib
from datetime import datetime
from enum import StrEnum

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


def sha256(content: bytes) -> str:
    """Hex digest by which a source, a SOW or a version is known for audit."""
    return hashlib.sha256(content).hexdigest()
