"""A second engine for the time in which the first cannot be reached."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import cast

from summarizer.errors import EngineError, EngineRefused, EngineTimedOut, EngineUnavailable
from summarizer.ports import Answer, Answers, Brief, Engine, Notice, Pulse, RememberingEngine

_DOWN = (EngineRefused, EngineTimedOut, EngineUnavailable)


@dataclass(frozen=True)
class WithFallback:
    """Drafts with the first engine, and with the second where the first is down; the draft says so."""

    first: Engine
    second: Engine

    @property
    def name(self) -> str:
        """That of the first."""
        return self.first.name

    def remembering(self, answers: Answers) -> "WithFallback":
        """The same engines with these answers, as far as they remember any."""
        return WithFallback(remembering(self.first, answers), remembering(self.second, answers))

    def draft(self, brief: Brief) -> Generator[Answer, None, None]:
        """The first engine's answers; once it has given one, its errors are raised as they are.

        Raises EngineError when both fail.
        """
        begun = False
        try:
            with closing(cast(Generator[Answer, None, None], self.first.draft(brief))) as answers:
                for answer in answers:
                    begun = begun or not isinstance(answer, Pulse)
                    yield answer
            return
        except _DOWN as error:
            if begun:
                raise
            yield self._said(error)
        yield from self.second.draft(brief)

    def _said(self, error: EngineError) -> Notice:
        why = f"{error.title()}: {error.detail}"
        return Notice(f"This draft was made by the second engine, {self.second.name}, because the first failed. {why}.")


def remembering(engine: Engine, answers: Answers) -> Engine:
    """The engine with these answers, if it can make use of them."""
    return engine.remembering(answers) if isinstance(engine, RememberingEngine) else engine
