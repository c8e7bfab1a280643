"""A claim put into a model's mouth: how much likelier a text makes each piece of what it is made to say.

Only llama.cpp can be made to: its grammar takes tokens by their numbers, and it tells the chances that they had before
the grammar left no other choice.
"""

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from prompts.loader import Prompt
from summarizer.adapters.llm.ledger import Turn
from summarizer.adapters.llm.shape import Shape
from summarizer.errors import AnswerInvalid

if TYPE_CHECKING:
    from summarizer.adapters.llm.chat import Chat

_END_OF_TURN = 2
"""Tokens that a server may add behind those that it was made to say."""


def gains(chat: "Chat", prompt: Prompt, claim: str, text: str) -> list[float]:
    """By how much the text raises the logarithm of each token's chance, in the order of the claim.

    Raises EngineError.
    """
    tokens = chat.tokens(claim)
    with_it, without = (_retold(chat, turns(prompt, shown), tokens) for shown in (text, None))
    return [told - known for told, known in zip(with_it, without, strict=True)]


def turns(prompt: Prompt, text: str | None) -> list[Turn]:
    """What the claim is the answer to; `None` asks for one about no text in particular."""
    return [("system", prompt.system()), ("human", prompt.say("request", text=text))]


def literally(tokens: Sequence[int]) -> str:
    """The grammar of an answer of just these tokens.

    >>> literally([791, 1403])
    'root ::= <[791]> <[1403]>'
    """
    return "root ::= " + " ".join(f"<[{token}]>" for token in tokens)


def _retold(chat: "Chat", asked: Sequence[Turn], tokens: Sequence[int]) -> list[float]:
    from summarizer.adapters.llm.chat import Question  # noqa: PLC0415 - LangChain takes seconds to import

    question = Question(asked, Shape({}, literally(tokens)), len(tokens) + _END_OF_TURN, wants_chances=True)
    with closing(chat.stream(question)) as deltas:
        logs = [log for delta in deltas for log in getattr(delta, "logs", ())]
    if len(logs) < len(tokens):
        raise AnswerInvalid("the model was to say a claim word by word and did not, or told no chances")
    return logs[: len(tokens)]
