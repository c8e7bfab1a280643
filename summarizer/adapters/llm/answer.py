"""A model's answer, read while it comes: entries checked one by one, and at the end whether it was whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.adapters.llm.schema import read_entry
from summarizer.adapters.llm.stream import AnswerReader
from summarizer.errors import AnswerCutOff, AnswerInvalid, EngineError, EngineRefused
from summarizer.ports import Candidate, CandidateStakeholder, Notice


@dataclass(frozen=True)
class Delta:
    """What an endpoint sends at a time."""

    text: str
    tokens_in: int = 0
    """Tokens of the prompt, where this delta counts them."""
    tokens_out: int = 0
    finish_reason: str | None = None
    """Why the answer ends here; `None` while it goes on."""


class Reading:
    """One answer to a brief with `passages` passages."""

    def __init__(self, passages: int) -> None:
        self.passages = passages
        self.found = 0
        """How many entries were right."""
        self.tokens_in = 0
        self.tokens_out = 0
        """As the endpoint counts; 0 where it does not."""
        self._finish_reason: str | None = None
        self._reader = AnswerReader()
        self._known: set[tuple[str, str]] = set()
        self._dropped = 0

    def feed(self, delta: Delta) -> Iterator[Candidate | CandidateStakeholder]:
        """The entries that are complete with this delta, without those that are not in the agreed form."""
        self.tokens_in += delta.tokens_in
        self.tokens_out += delta.tokens_out
        self._finish_reason = delta.finish_reason or self._finish_reason
        for name, value in self._reader.feed(delta.text):
            entry = read_entry(name, value, passages=self.passages)
            if entry is None:
                self._dropped += 1
            elif self._is_new(entry):
                self.found += 1
                yield entry

    def check(self) -> None:
        """Whether the answer was whole. Raises AnswerCutOff, AnswerInvalid, or EngineRefused for a content filter."""
        if not self._reader.complete:
            raise self._broken()
        if not self._reader.lists:
            raise AnswerInvalid("the answer held no list of items")
        if self._dropped and not self.found:
            raise AnswerInvalid(f"none of the answer's {self._dropped} entries was in the agreed form")

    def _broken(self) -> EngineError:
        if self._finish_reason == "stop":
            return AnswerInvalid("the answer was not the JSON that was asked for")
        if self._finish_reason == "content_filter":
            return EngineRefused("the endpoint's content filter stopped the answer")
        if self._finish_reason == "length":
            return AnswerCutOff("the answer reached the limit of tokens")
        return AnswerCutOff("the answer ended before its JSON was complete")

    def notices(self) -> Iterator[Notice]:
        """What the reviewer must know of entries that were left out."""
        if self._dropped:
            entries = "1 entry" if self._dropped == 1 else f"{self._dropped} entries"
            yield Notice(f"{entries} of the model's answer left out: not in the agreed form, or citing no passage.")

    def _is_new(self, entry: Candidate | CandidateStakeholder) -> bool:
        key = (entry.kind, entry.text) if isinstance(entry, Candidate) else ("stakeholder", entry.name)
        folded = (key[0], key[1].casefold())
        if folded in self._known:
            return False
        self._known.add(folded)
        return True
