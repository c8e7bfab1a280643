"""What a draft has cost so far, and what it may still cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.adapters.llm.answer import Delta
from summarizer.errors import BudgetSpent
from summarizer.records import KeptAnswer

Turn = tuple[str, str]
"""Who speaks (`system`, `human` or `ai`) and what is said."""

_LEAST_ANSWER = 64
"""An answer of fewer tokens holds nothing of use."""
_A_TURN = 8
"""Tokens that a chat template puts round a turn, about."""


def estimated(text: str) -> int:
    """About how many tokens a text has. Four characters each, or one for signs of scripts that have no spaces."""
    dense = sum(ord(sign) > 0x2E7F for sign in text)
    return dense + (len(text) - dense + 3) // 4


def estimated_turns(turns: Sequence[Turn]) -> int:
    """About how many tokens a prompt has."""
    return sum(estimated(text) + _A_TURN for _, text in turns)


@dataclass
class Ledger:
    """The tokens of one draft, over all calls."""

    budget: int
    calls: int = 0
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    reused: int = 0

    @property
    def spent(self) -> int:
        return self.tokens_in + self.tokens_out

    def allowed(self, turns: Sequence[Turn], *, most: int) -> int:
        """How many tokens the answer may have, at most `most`. Raises BudgetSpent."""
        left = self.budget - self.spent - estimated_turns(turns)
        if left < min(most, _LEAST_ANSWER):
            raise BudgetSpent(f"{self.spent} of {self.budget} tokens are spent, and the next call needs more")
        return min(left, most)

    def enter(self, turns: Sequence[Turn], deltas: Sequence[Delta]) -> KeptAnswer:
        """Count a call by what came of its answer, and give that out as it can be kept.

        An endpoint that does not count, or could not any more, is paid all the same. Where several deltas count, each
        counts all before it too.
        """
        text = "".join(delta.text for delta in deltas)
        counted_in, counted_out = max(d.tokens_in for d in deltas), max(d.tokens_out for d in deltas)
        reasons = [delta.finish_reason for delta in deltas if delta.finish_reason]
        answer = KeptAnswer(
            text=text,
            finish_reason=reasons[-1] if reasons else None,
            tokens_in=counted_in or estimated_turns(turns),
            tokens_out=counted_out or estimated(text),
        )
        self.calls += 1
        self.tokens_in += answer.tokens_in
        self.tokens_out += answer.tokens_out
        self.tokens_cached += max(delta.tokens_cached for delta in deltas)
        return answer

    def reuse(self, answer: KeptAnswer) -> None:
        """Note an answer that was paid before."""
        self.reused += answer.tokens_in + answer.tokens_out
