"""A second look: a simpler reader drafts, and the model is asked which of its unsure notes are wrong.

Among these stand a few of which the reader is sure, and the model is not told which. One that calls them wrong cannot
tell right from wrong, and is not believed: so the draft of the reader is what remains of a model that is too small.
"""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from prompts.loader import Prompt
from summarizer.adapters.llm.asking import Asking
from summarizer.adapters.llm.prompt import excerpt
from summarizer.adapters.llm.schema import WRONG
from summarizer.adapters.llm.shape import wrong_shape
from summarizer.adapters.llm.stream import AnswerReader
from summarizer.adapters.llm.windows import POINTLESS_TO_GO_ON
from summarizer.errors import AnswerInvalid, EngineError
from summarizer.items import MadeBy
from summarizer.ports import Answer, Brief, Candidate, Engine, Notice, Pulse

_UNSURE_BELOW = 0.5
_SURE_FROM = 0.8
"""Confidences; of the notes from here on about nine in ten are right."""
_MOST_UNSURE = 12
"""In one question; more of them are asked about in several."""
_CONTROLS = 4
"""Sure notes in each question."""
_MOST_MISJUDGED = 1
"""How many of these a model may call wrong; one in ten is."""
_LONGEST = 20_000
"""Characters of an answer, with what a model may think aloud before it."""


@dataclass(frozen=True)
class SecondLook:
    """One draft by the reader, and the model's look at it."""

    asking: Asking
    prompt: Prompt
    brief: Brief
    marker: str
    reader: Engine

    def answers(self) -> Generator[Answer, None, None]:
        """What the reader is not unsure of, at once; the rest when the model has seen it.

        Raises EngineError when the reader fails; when the model does, all stands, and the draft says so.
        """
        notes: list[Candidate] = []
        for answer in self.reader.draft(self.brief):
            if isinstance(answer, Candidate):
                notes.append(answer)
            if not (isinstance(answer, MadeBy) or _is_unsure(answer)):
                yield answer
        controls = _controls(notes)
        unsure = [note for note in notes if _is_unsure(note)]
        asks = len(controls) == _CONTROLS
        for first in range(0, len(unsure), _MOST_UNSURE):
            group = unsure[first : first + _MOST_UNSURE]
            if asks:
                asks = yield from self._looked_at(group, controls)
            else:
                yield from group

    def _looked_at(self, unsure: Sequence[Candidate], controls: Sequence[Candidate]) -> Generator[Answer, None, bool]:
        """Those that stand, and what the reviewer must know of the others; returns whether to ask the model again."""
        wrong: Sequence[Candidate] = ()
        goes_on = True
        try:
            wrong = yield from self._wrong(sorted([*unsure, *controls], key=lambda note: note.cite))
        except EngineError as error:
            goes_on = not isinstance(error, POINTLESS_TO_GO_ON)
            yield Notice(f"{error.title()}: {error.detail}. All that it was to look at again is kept.")
        misjudged = sum(note in wrong for note in controls)
        if misjudged > _MOST_MISJUDGED:
            yield Notice(_not_believed(misjudged))
            wrong = ()
        left_out = [note for note in unsure if note in wrong]
        yield from (note for note in unsure if note not in left_out)
        if left_out:
            said = "; ".join(f"“{note.text}”" for note in left_out)
            yield Notice(f"Left out, because the reader was unsure of it and the model calls it wrong: {said}")
        return goes_on

    def _wrong(self, notes: Sequence[Candidate]) -> Generator[Pulse, None, Sequence[Candidate]]:
        """Those of the notes that the model calls wrong. Raises EngineError."""
        rendered = self.prompt.render(**excerpt(self.brief, self.marker, notes))
        turns = [("system", rendered.system), ("human", rendered.request)]
        call = self.asking.call(turns, wrong_shape(len(notes)))
        text = ""
        with closing(call.deltas()) as deltas:
            for delta in deltas:
                if isinstance(delta, Pulse):
                    yield delta
                else:
                    text += delta.text
                if len(text) > _LONGEST:
                    raise AnswerInvalid("the answer did not come to an end")
        numbers = read_wrong(text, notes=len(notes))
        call.keep()
        return [notes[number - 1] for number in sorted(numbers)]


def read_wrong(answer: str, *, notes: int) -> frozenset[int]:
    """The numbers of the notes that an answer calls wrong. Raises AnswerInvalid.

    >>> sorted(read_wrong('{"wrong":[1,3]}', notes=3))
    [1, 3]
    """
    reader = AnswerReader()
    numbers = [value for name, value in reader.feed(answer) if name == WRONG]
    if not reader.complete or WRONG not in reader.lists:
        raise AnswerInvalid("the answer was not the JSON that was asked for")
    known = [value for value in numbers if type(value) is int and 1 <= value <= notes]
    if len(known) < len(numbers):
        raise AnswerInvalid(f"the answer names other notes than 1 to {notes}")
    return frozenset(known)


def _is_unsure(answer: Answer) -> bool:
    return isinstance(answer, Candidate) and answer.confidence is not None and answer.confidence < _UNSURE_BELOW


def _controls(notes: Sequence[Candidate]) -> list[Candidate]:
    """The surest notes."""
    sure = [(note.confidence, note) for note in notes if note.confidence is not None and note.confidence >= _SURE_FROM]
    return [note for _, note in sorted(sure, key=lambda pair: -pair[0])[:_CONTROLS]]


def _not_believed(misjudged: int) -> str:
    return (
        f"The model called {misjudged} of {_CONTROLS} entries wrong that are almost surely right; what it says of the"
        " unsure ones is not believed, and all are kept."
    )
