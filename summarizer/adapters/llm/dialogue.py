"""Asks about one stretch of the thread until the answer is whole: it goes on where it was cut off, is mended once."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from prompts.loader import Prompt, Rendered
from summarizer.adapters.llm.answer import Reading
from summarizer.adapters.llm.asking import Asking
from summarizer.adapters.llm.ledger import Turn
from summarizer.adapters.llm.prompt import quiet
from summarizer.adapters.llm.schema import Proposal, as_answer
from summarizer.adapters.llm.shape import draft_shape
from summarizer.errors import AnswerCutOff, AnswerInvalid
from summarizer.ports import Answer, Pulse

_MOST_ROUNDS = 4
_SHOWN = 4000
"""Characters of an invalid answer that the model gets to see again."""


@dataclass
class Dialogue:
    """One window's question, and what came of it."""

    asking: Asking
    prompt: Prompt
    rendered: Rendered
    passages: range
    marker: str
    known: set[tuple[str, str]]
    """What the draft has already."""
    proposals: list[Proposal] = field(default_factory=list, init=False)
    """What the model said of this window, also what the draft had already."""
    _mended: AnswerInvalid | None = field(default=None, init=False)

    def answers(self) -> Generator[Answer, None, None]:
        """What is new, as it comes, and what the reviewer must know of it.

        Raises EngineError when the answer did not become whole; what was complete has been given out by then.
        """
        more: list[Turn] = []
        for _ in range(_MOST_ROUNDS):
            reading = Reading(self.passages, self.known)
            try:
                yield from self._round(more, reading)
                return
            except AnswerCutOff as error:
                more = self._going_on(reading, error)
            except AnswerInvalid as error:
                more = self._mending(reading, error)
        raise AnswerCutOff(f"the answer was cut off {_MOST_ROUNDS} times")

    def _round(self, more: Sequence[Turn], reading: Reading) -> Iterator[Answer]:
        turns = [("system", self.rendered.system), ("human", self.rendered.request), *more]
        call = self.asking.call(turns, draft_shape(self.passages))
        worth_keeping = False
        try:
            with closing(call.deltas()) as deltas:
                for delta in deltas:
                    if isinstance(delta, Pulse):
                        yield delta
                    else:
                        yield from reading.feed(delta)
                    if reading.runs_away:
                        break
            reading.check()
            worth_keeping = True
        except AnswerInvalid:
            raise  # paid, but asking again is all that helps
        except BaseException:
            worth_keeping = reading.found > 0  # also where the reader stops or the worker ends
            raise
        finally:
            self.proposals += reading.entries
            if worth_keeping:
                call.keep()
        yield from reading.notices()

    def _going_on(self, reading: Reading, error: AnswerCutOff) -> list[Turn]:
        """How to ask for what is missing. Raises the error where the model gets nowhere."""
        if not reading.found:
            raise error
        so_far = quiet(as_answer(self.proposals, stated_only=self.asking.settings.stated_only), self.marker)
        return [("ai", so_far), ("human", self.prompt.say("continue"))]

    def _mending(self, reading: Reading, error: AnswerInvalid) -> list[Turn]:
        """How to ask for the answer once more. Raises AnswerInvalid the second time, or where no model has spoken."""
        if not reading.text and reading.finish_reason is None:
            raise error
        if self._mended is not None:
            raise AnswerInvalid(f"{self._mended.detail}; asked again, {error.detail}") from error
        self._mended = error
        said = quiet(reading.text[:_SHOWN], self.marker)
        return [("ai", said or "{}"), ("human", self.prompt.say("repair", error=quiet(error.detail, self.marker)))]
