"""Reads a thread in one go where it fits the model's context, and otherwise in overlapping parts."""

from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from prompts.loader import Prompt, Rendered
from summarizer.adapters.llm.answer import words_of
from summarizer.adapters.llm.asking import Asking
from summarizer.adapters.llm.dialogue import Dialogue
from summarizer.adapters.llm.ledger import estimated_turns
from summarizer.adapters.llm.prompt import variables
from summarizer.adapters.llm.schema import Proposal
from summarizer.adapters.llm.tongue import language
from summarizer.errors import (
    BudgetSpent,
    ContextExceeded,
    EngineError,
    EngineRefused,
    EngineTimedOut,
    EngineUnavailable,
)
from summarizer.ports import Answer, Brief, Notice

_OVERLAP = 3
"""Passages that two neighbouring parts share, so that a question and its answer stand together in one of them."""
POINTLESS_TO_GO_ON = (BudgetSpent, EngineRefused, EngineTimedOut, EngineUnavailable)
"""Errors that the next question of the same draft would end in as well."""


@dataclass
class Windows:
    """One draft's thread, and the parts of it that are still to be read."""

    asking: Asking
    prompt: Prompt
    brief: Brief
    marker: str
    _known: set[tuple[str, str]] = field(default_factory=set, init=False)
    _said: list[Proposal] = field(default_factory=list, init=False)
    _read: list[range] = field(default_factory=list, init=False)
    _unread: list[range] = field(default_factory=list, init=False)
    _failure: EngineError | None = field(default=None, init=False)

    def answers(self) -> Generator[Answer, None, None]:
        """What the parts hold, in order, and what the reviewer must know of how it was read.

        Raises EngineError when nothing usable came of any part.
        """
        todo = deque([range(1, len(self.brief.passages) + 1)])
        while todo:
            window = todo.popleft()
            try:
                yield from self._window(window)
                self._read.append(window)
            except ContextExceeded as error:
                if len(window) > 1:
                    todo.extendleft(reversed(halves(window)))
                else:
                    self._fail(error, window)
            except EngineError as error:
                self._fail(error, window)
                if isinstance(error, POINTLESS_TO_GO_ON):
                    self._unread += todo
                    break
        if self._failure is not None and not self._said and not self._read:
            raise self._failure
        yield from self._notices()

    def _window(self, window: range) -> Iterator[Answer]:
        named = variables(self.brief, self.marker, window)
        rendered = self.prompt.render(stated_only=self.asking.settings.stated_only, **named)
        if self._is_too_long(rendered):
            raise ContextExceeded(f"{len(window)} passages are more than the context of the model holds")
        dialogue = Dialogue(self.asking, self.prompt, rendered, window, self.marker, self._known)
        try:
            yield from dialogue.answers()
        finally:
            self._said += dialogue.proposals

    def _is_too_long(self, rendered: Rendered) -> bool:
        context = self.asking.settings.context_tokens
        if context is None:
            return False
        answer = min(self.asking.settings.max_tokens, context // 2)
        return estimated_turns([("system", rendered.system), ("human", rendered.request)]) + answer > context

    def _fail(self, error: EngineError, window: range) -> None:
        self._failure = self._failure or error
        self._unread.append(window)

    def _notices(self) -> Iterator[Notice]:
        parts = len(self._read) + len(self._unread)
        if parts > 1:
            yield Notice(
                f"The thread is longer than the model's context and was read in {parts} parts; what is said in one and"
                " answered in another may be missed."
            )
        if self._failure is not None:
            said = f"{self._failure.title()}: {self._failure.detail}. What was complete before is kept"
            yield Notice(
                f"{said}; of passages {_listed(self._unread)} of {len(self.brief.passages)} more may be missing."
            )
        yield from self._of_the_language()

    def _of_the_language(self) -> Iterator[Notice]:
        asked = language("\n".join(passage.text for passage in self.brief.passages))
        answered = language(words_of(self._said))
        if asked and answered and asked != answered:
            yield Notice(f"The model answered in {answered}, but the thread is in {asked}.")


def halves(window: range) -> tuple[range, range]:
    """Two parts of a window of two passages or more; they overlap where that leaves both shorter.

    >>> halves(range(1, 41))
    (range(1, 24), range(18, 41))
    >>> halves(range(4, 6))
    (range(4, 5), range(5, 6))
    """
    middle = window.start + len(window) // 2
    overlap = min(_OVERLAP, len(window) // 8)
    return range(window.start, middle + overlap), range(middle - overlap, window.stop)


def _listed(windows: list[range]) -> str:
    """Which passages these are.

    >>> _listed([range(1, 2), range(5, 9)])
    '1, 5–8'
    """
    return ", ".join(f"{w.start}–{w.stop - 1}" if len(w) > 1 else str(w.start) for w in windows)
