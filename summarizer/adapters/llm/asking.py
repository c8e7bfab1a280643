"""One draft's calls: each is looked up first, counted, and kept, so that nothing is paid twice."""

import hashlib
import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from summarizer.adapters.llm.answer import Delta
from summarizer.adapters.llm.chat import Chat, Question
from summarizer.adapters.llm.ledger import Ledger, Turn
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.adapters.llm.shape import Shape
from summarizer.ports import Answers, Pulse
from summarizer.records import KeptAnswer


@dataclass
class Asking:
    """Asks one model for one draft."""

    settings: LlmSettings
    chat: Chat
    ledger: Ledger
    answers: Answers | None
    """`None` where nothing is kept."""

    def call(self, turns: Sequence[Turn], shape: Shape) -> "Call":
        """A request for an answer of that form, which has not been made yet."""
        return Call(self, turns, shape, key=self._key(turns, shape.schema))

    def _key(self, turns: Sequence[Turn], form: Mapping[str, Any]) -> str:
        """The same for the same question to the same model, however long the answer may be."""
        settings = self.settings
        where = settings.endpoint or settings.base_url
        asked = [settings.provider, where, settings.model, settings.temperature, settings.form]
        return hashlib.sha256(json.dumps([asked, turns, form], ensure_ascii=False).encode()).hexdigest()


@dataclass
class Call:
    """One request and its answer."""

    asking: Asking
    turns: Sequence[Turn]
    shape: Shape
    key: str
    _new: KeptAnswer | None = field(default=None, init=False)

    def deltas(self) -> Generator[Delta | Pulse, None, None]:
        """The answer as it comes, or all of it at once where it was given before. Raises EngineError."""
        kept = self.asking.answers.get(self.key) if self.asking.answers else None
        if kept is None:
            yield from self._asked()
        else:
            self.asking.ledger.reuse(kept)
            yield Delta(kept.text, finish_reason=kept.finish_reason)

    def _asked(self) -> Generator[Delta | Pulse, None, None]:
        most = self.asking.ledger.allowed(self.turns, most=self.asking.settings.max_tokens)
        came: list[Delta] = []
        try:
            with closing(self.asking.chat.stream(Question(self.turns, self.shape, most))) as deltas:
                for delta in deltas:
                    if isinstance(delta, Delta):
                        came.append(delta)
                    yield delta
        finally:
            if came:
                self._new = self.asking.ledger.enter(self.turns, came)

    def keep(self) -> None:
        """Keep the answer as far as it came, unless it was kept before."""
        if self._new is not None and self.asking.answers is not None:
            self.asking.answers.keep(self.key, self._new)
