"""A chat model asked for a second opinion, by the chance of the one word that it answers with."""

from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from math import log
from typing import TYPE_CHECKING

from prompts.loader import Prompt, load
from summarizer.adapters.llm import retelling
from summarizer.adapters.llm.ledger import Turn
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.errors import AnswerInvalid, EngineRefused
from summarizer.ports import Pulse, Slots

if TYPE_CHECKING:
    from summarizer.adapters.llm.chat import Chat

_MOST_TOKENS = 16
"""For endpoints that tell no chances and lead up to the word."""
_UNSAID = 1e-6
"""Chance of a word that is not among those that the endpoint tells."""
_SURE = 3.0
"""Log odds of an answer from an endpoint that tells no chances."""


class ModelAdviser:
    """Satisfies `summarizer.advice.Adviser`. Cheap: nothing is imported or reached before the first question."""

    def __init__(self, settings: LlmSettings, *, slots: Slots | None = None) -> None:
        self._settings = settings
        self._slots = slots

    @property
    def name(self) -> str:
        return self._settings.model

    def odds(self, claims: Sequence[str], text: str) -> list[float]:
        """Log odds of yes against no, for each claim; one short request each. Raises EngineError."""
        from summarizer.adapters.llm.chat import Chat  # noqa: PLC0415 - LangChain takes seconds to import

        prompt = load("opinion", self._settings.prompts)
        with closing(Chat(self._settings, slots=self._slots)) as chat:
            return [_asked(chat, turns(prompt, claim, text)) for claim in claims]

    def gains(self, claim: str, text: str) -> list[float] | None:
        """By how much the text raises the logarithm of the chance of each token of the claim; two requests.

        `None` from an endpoint that is not asked by grammars, as llama.cpp is, or that is too old for one of tokens.
        Raises EngineError.
        """
        if self._settings.form != "grammar":
            return None
        from summarizer.adapters.llm.chat import Chat  # noqa: PLC0415

        prompt = load("retelling", self._settings.prompts)
        with closing(Chat(self._settings, slots=self._slots)) as chat, suppress(EngineRefused):
            return retelling.gains(chat, prompt, claim, text)
        return None


def turns(prompt: Prompt, claim: str, text: str) -> list[Turn]:
    """The examples as questions that were answered before, and the question."""
    shown: list[Turn] = [("system", prompt.system())]
    for example in prompt.examples:
        for each in example["claims"]:
            shown.append(("human", prompt.say("request", claim=each["claim"], text=example["text"])))
            shown.append(("ai", each["answer"]))
    return [*shown, ("human", prompt.say("request", claim=claim, text=text))]


def _asked(chat: "Chat", asked: Sequence[Turn]) -> float:
    from summarizer.adapters.llm.chat import Question  # noqa: PLC0415

    said = ""
    with closing(chat.stream(Question(asked, None, _MOST_TOKENS, wants_chances=True))) as deltas:
        for delta in deltas:
            if isinstance(delta, Pulse):
                continue
            if delta.chances and _yes_or_no(delta.chances):
                return _odds(delta.chances)
            said += delta.text
    words = said.lower().strip(" \n*\"'").split()
    answer = words[0].strip(".,:;!*\"'") if words else ""
    if answer not in {"yes", "no"}:
        raise AnswerInvalid("the model was asked for yes or no and said neither")
    return _SURE if answer == "yes" else -_SURE


def _yes_or_no(chances: Mapping[str, float]) -> bool:
    return "yes" in chances or "no" in chances


def _odds(chances: Mapping[str, float]) -> float:
    """
    >>> round(_odds({"yes": 0.75, "no": 0.25}), 3)
    1.099
    """
    return log((chances.get("yes", 0.0) + _UNSAID) / (chances.get("no", 0.0) + _UNSAID))
