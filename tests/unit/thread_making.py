"""Small threads for tests of the embedded engine, and a reader that says what the test wants."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from summarizer.adapters.embedded.facts import Levels, Reading
from summarizer.adapters.embedded.features import Matrix
from summarizer.adapters.embedded.reader import Reader, Settings
from summarizer.adapters.embedded.relations import RELATIONS
from summarizer.adapters.embedded.segments import Segment
from summarizer.adapters.embedded.trust import KINDS, SUPPORT, TRAP
from summarizer.items import Kind, Side
from summarizer.ports import Brief, NumberedPassage

CLIENT, VENDOR = ("Nora Lindqvist", Side.CLIENT), ("Emil Sand", Side.VENDOR)
Line = tuple[int, tuple[str, Side], str]


def brief(*lines: Line, listed: Sequence[int] = (), answers: dict[int, int] | None = None) -> Brief:
    """Each line is a passage of the message with that number; messages are a day apart from 2 March 2026 on."""
    passages = [
        NumberedPassage(
            number=number,
            text=text,
            message=message,
            sender=who[0],
            side=who[1],
            sent=datetime(2026, 3, message + 1, 9, 0),  # noqa: DTZ001  threads state no zone
            item=number in listed,
            answers=(answers or {}).get(number),
        )
        for number, (message, who, text) in enumerate(lines, start=1)
    ]
    return Brief(passages=passages, client="Larch & Pine", vendor="Sandbank Studio")


class ScriptedReader(Reader):
    """Finds in each segment what the test says of its first words; nothing in the others."""

    name = "scripted"

    def __init__(self, found: Mapping[str, Kind | str]) -> None:
        """`found`: the first words of a segment to its kind, to "trap", or to "support", which adds to the one before.

        Segments of one clause state one fact.
        """
        super().__init__()
        self._found = found

    @property
    def settings(self) -> Settings:
        return Settings(Levels(), super().settings.undoing, {"some kind": 1.0})

    def read(self, segments: Sequence[Segment], features: Matrix, relations: Matrix) -> Reading:
        assert len(features) == len(segments)
        assert relations.shape[2] == RELATIONS
        columns = [self._column(segment) for segment in segments]
        return scripted(columns, firsts=[segment.opens for segment in segments])

    def _column(self, segment: Segment) -> int:
        found = next((what for words, what in self._found.items() if segment.text.startswith(words)), "none")
        return column(found)


def column(tag: Kind | str) -> int:
    """Of a kind, "none", "trap" or "support"."""
    return KINDS.index(tag) + 1 if isinstance(tag, Kind) else {"none": 0, "trap": TRAP, "support": SUPPORT}[tag]


def scripted(columns: Sequence[int], *, firsts: Sequence[bool]) -> Reading:
    """A reading that is sure of its tags; what is no first of its item, and each support, goes with the one before."""
    tags = np.full((len(columns), SUPPORT + 1), 0.01, dtype=np.float32)
    tags[np.arange(len(columns)), columns] = 0.91
    joins = np.full((len(columns), len(columns) + 1), 0.001, dtype=np.float32)
    told = [at for at, tag in enumerate(columns) if tag not in {0, TRAP}]
    for at, tag in enumerate(columns):
        before = [each for each in told if each < at]
        alone = firsts[at] and tag != SUPPORT
        joins[at, 0 if alone or not before else before[-1] + 1] = 0.9
    return Reading(tags, joins)
