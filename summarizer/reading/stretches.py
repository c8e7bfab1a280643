"""A source cut into stretches, each of which becomes one message."""

from dataclasses import dataclass, field
from enum import StrEnum

from summarizer.reading.headers import Envelope
from summarizer.reading.lines import Line


class Style(StrEnum):
    """How a stretch is written."""

    MAIL = "mail"
    TURN = "turn"
    NOTE = "note"


@dataclass
class Stretch:
    """The lines of one message, its head apart from its body."""

    style: Style
    head: list[Line] = field(default_factory=list)
    """Dividers, header lines, an attribution, a speaker's name."""
    body: list[Line] = field(default_factory=list)
    envelope: Envelope = field(default_factory=Envelope)
    inner: list[tuple[int, int]] = field(default_factory=list)
    """Ranges of body lines, by index, that are attributions of a quotation, or cue numbers and times of captions."""

    @property
    def lines(self) -> list[Line]:
        """All lines in order."""
        return self.head + self.body
