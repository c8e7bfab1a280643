"""A model's answer, read while it comes: entries checked one by one, and at the end whether it was whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.adapters.llm.schema import Entry, Misfit, Proposal, read_entry
from summarizer.adapters.llm.stream import AnswerReader
from summarizer.errors import AnswerCutOff, AnswerInvalid, EngineError, EngineRefused
from summarizer.ports import Candidate, Notice

MOST_ENTRIES = 1000
"""Of one draft; no deal has as many, and comparing each with each takes seconds from here on."""
_A_PASSAGE = 4
_AT_LEAST = 50
_MOST_WHITE_SPACE = 500
_SHOWN_KEYS = 5


@dataclass(frozen=True)
class Delta:
    """What an endpoint sends at a time."""

    text: str
    tokens_in: int = 0
    """Tokens of the prompt, where this delta counts them."""
    tokens_out: int = 0
    finish_reason: str | None = None
    """Why the answer ends here; `None` while it goes on."""
    tokens_cached: int = 0
    """Of the prompt, those that the endpoint had in its cache."""
    chances: Mapping[str, float] | None = None
    """Of the likeliest first words, where they were asked for and the endpoint tells them."""
    logs: Sequence[float] = ()
    """Logarithms of the chances of its tokens, where they were asked for and the endpoint tells them."""


class Reading:
    """One answer about these `passages`; what stands in `known` already is not given out again."""

    def __init__(self, passages: range, known: set[tuple[str, str]] | None = None) -> None:
        self.entries: list[Proposal] = []
        """Those that were right, in the order in which they came."""
        self.text = ""
        """All that was written so far."""
        self.finish_reason: str | None = None
        self.runs_away = False
        """Whether it goes on where nothing can be left to say; more of it is not worth its price."""
        self._passages = passages
        self._known = set() if known is None else known
        self._reader = AnswerReader()
        self._own: set[tuple[str, str]] = set()
        self._misfits: list[str] = []
        self._foreign: set[str] = set()
        self._repeated = 0

    @property
    def found(self) -> int:
        """How many entries were right."""
        return len(self.entries)

    @property
    def mostly_wrong(self) -> bool:
        """Whether more of its entries were out of form than in it."""
        return len(self._misfits) > self.found

    def feed(self, delta: Delta) -> Iterator[Proposal]:
        """The entries that are complete with this delta, without those that are not in the agreed form.

        Raises AnswerCutOff when the model writes nothing but white space any more.
        """
        if self.runs_away:
            return
        self.text += delta.text
        self.finish_reason = delta.finish_reason or self.finish_reason
        for name, value in self._reader.feed(delta.text):
            yield from self._read(name, value)
            if self._is_too_long():
                self.runs_away = True
                return
        if self._goes_blank():
            raise AnswerCutOff("the model wrote nothing but white space any more")

    def _read(self, name: str, value: object) -> Iterator[Proposal]:
        try:
            yield from self._taken(read_entry(name, value, passages=self._passages))
        except Misfit as misfit:
            self._misfits.append(str(misfit))

    def _taken(self, entry: Entry) -> Iterator[Proposal]:
        self._foreign |= entry.foreign
        key = _key(entry.proposal)
        if key in self._own:
            self._repeated += 1
            return
        self._own.add(key)
        self.entries.append(entry.proposal)
        if key not in self._known:
            self._known.add(key)
            yield entry.proposal

    def _is_too_long(self) -> bool:
        most = _AT_LEAST + _A_PASSAGE * len(self._passages)
        return self.found + len(self._misfits) + self._repeated >= most or len(self._known) >= MOST_ENTRIES

    def _goes_blank(self) -> bool:
        return len(self.text) > _MOST_WHITE_SPACE and not self.text[-_MOST_WHITE_SPACE:].strip()

    def check(self) -> None:
        """Whether the answer was whole. Raises AnswerCutOff, AnswerInvalid, or EngineRefused for a content filter."""
        if self.runs_away:
            return
        if not self._reader.complete:
            raise self._broken()
        if not self._reader.lists:
            raise AnswerInvalid("the answer held no list of items")
        if self.mostly_wrong:
            count = len(self._misfits)
            raise AnswerInvalid(f"{_entries(count)} of the answer not in the agreed form ({self._misfits[0]})")

    def _broken(self) -> EngineError:
        if self.finish_reason == "stop":
            return AnswerInvalid("the answer was not the JSON that was asked for")
        if self.finish_reason == "content_filter":
            return EngineRefused("the endpoint's content filter stopped the answer")
        if self.finish_reason == "length":
            return AnswerCutOff("the answer reached the limit of tokens")
        return AnswerCutOff("the answer ended before its JSON was complete")

    def notices(self) -> Iterator[Notice]:
        """What the reviewer must know of what was left out."""
        if self._misfits:
            said = f"{_entries(len(self._misfits))} of the model's answer left out: not in the agreed form, or citing"
            yield Notice(f"{said} no passage.")
        if self._repeated:
            yield Notice(f"The model said {_entries(self._repeated)} more than once: kept once.")
        foreign = self._foreign | self._reader.others
        if foreign:
            yield Notice(f"The model's answer held what nobody asked for ({_shown(foreign)}): not read.")
        if self.runs_away:
            yield Notice(f"The model did not come to an end and was stopped after {_entries(len(self._own))}.")


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _shown(keys: set[str]) -> str:
    """Some names that a model made up, with nothing in them but letters, figures and dashes."""
    names = sorted({re.sub(r"[^\w-]", "", key, flags=re.ASCII)[:30] or "?" for key in keys})
    return ", ".join(names[:_SHOWN_KEYS]) + (", …" if len(names) > _SHOWN_KEYS else "")


def _key(proposal: Proposal) -> tuple[str, str]:
    if isinstance(proposal, Candidate):
        return proposal.kind, proposal.text.casefold()
    return "stakeholder", proposal.name.casefold()


def words_of(proposals: Sequence[Proposal]) -> str:
    """What a model says in its own words."""
    return "\n".join(each.text for each in proposals if isinstance(each, Candidate))
