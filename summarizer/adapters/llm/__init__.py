"""Engine 1: any chat model that LangChain knows, first of all endpoints that speak OpenAI's protocol."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace

from prompts.loader import Prompt, Rendered, load
from summarizer.adapters.llm.ledger import Ledger
from summarizer.adapters.llm.prompt import marker_of
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.adapters.llm.waiting import Waiting
from summarizer.errors import EngineError
from summarizer.items import MadeBy
from summarizer.ports import Answer, Answers, Brief, Engine, Pulse, Slots

_PROBE_TIMEOUT_S = 30.0


class LlmEngine:
    """Drafts with a chat model, streaming; see `summarizer.ports.Engine`."""

    name = "llm"

    def __init__(
        self,
        settings: LlmSettings,
        *,
        answers: Answers | None = None,
        slots: Slots | None = None,
        waiting: Waiting | None = None,
        reader: Engine | None = None,
    ) -> None:
        """Cheap: nothing is imported or reached before the first draft.

        Without `answers` nothing is remembered, without `slots` it asks whenever it is told to. With a `reader` that
        one drafts, and the model is asked about what it is unsure of.
        """
        self._settings = settings
        self._answers = answers
        self._slots = slots
        self._waiting = waiting or Waiting()
        self._reader = reader

    def remembering(self, answers: Answers) -> "LlmEngine":
        """The same engine with these answers."""
        return LlmEngine(self._settings, answers=answers, slots=self._slots, waiting=self._waiting, reader=self._reader)

    def draft(self, brief: Brief) -> Generator[Answer, None, None]:
        """Candidates as their JSON objects close. Closing the iterator ends the request on the endpoint.

        An answer that ends early stays usable: what was complete is yielded, then a Notice that says what happened.

        Raises EngineError when nothing usable came.
        """
        prompt = load("second_look" if self._reader else "draft", self._settings.prompts)
        ledger = Ledger(self._settings.budget_tokens)
        if brief.passages:
            try:
                yield from self._answered(brief, prompt, ledger)
            except EngineError as error:
                raise _with_its_price(error, ledger) from error
        yield self._made_by(prompt, ledger)

    def _answered(self, brief: Brief, prompt: Prompt, ledger: Ledger) -> Generator[Answer, None, None]:
        from summarizer.adapters.llm.asking import Asking  # noqa: PLC0415 - LangChain takes seconds to import
        from summarizer.adapters.llm.chat import Chat  # noqa: PLC0415
        from summarizer.adapters.llm.second_look import SecondLook  # noqa: PLC0415
        from summarizer.adapters.llm.windows import Windows  # noqa: PLC0415

        with closing(Chat(self._settings, slots=self._slots, waiting=self._waiting)) as chat:
            asking = Asking(self._settings, chat, ledger, self._answers)
            if self._reader:
                yield from SecondLook(asking, prompt, brief, marker_of(brief), self._reader).answers()
            else:
                yield from Windows(asking, prompt, brief, marker_of(brief)).answers()

    def _made_by(self, prompt: Prompt, ledger: Ledger) -> MadeBy:
        price = self._settings.price
        paid = (ledger.tokens_in, ledger.tokens_out)
        return MadeBy(
            engine=self.name,
            model=self._settings.model,
            prompt=f"sha256:{prompt.sha256}",
            parameters=self._settings.parameters | ({"reader": self._reader.name} if self._reader else {}),
            calls=ledger.calls,
            tokens_in=ledger.tokens_in,
            tokens_cached=ledger.tokens_cached,
            tokens_out=ledger.tokens_out,
            tokens_reused=ledger.reused,
            cost=price.of(*paid, cached=ledger.tokens_cached) if price else None,
        )


def _with_its_price(error: EngineError, ledger: Ledger) -> EngineError:
    """The error, and what was paid for it."""
    if not ledger.spent:
        return error
    told = type(error)(f"{error.detail} ({ledger.spent} tokens were paid)")
    told.tokens = ledger.spent
    return told


def probe(settings: LlmSettings) -> None:
    """Ask the model for a word, and stop it at the first token: proves address, key and model at next to no cost.

    Raises EngineUnavailable, EngineRefused or EngineTimedOut; ConfigurationError without the provider's package.
    """
    from summarizer.adapters.llm.chat import Chat, Question  # noqa: PLC0415 - LangChain takes seconds to import

    brief = replace(settings, retries=0, timeout_s=min(settings.timeout_s, _PROBE_TIMEOUT_S))
    prompt = Rendered(system="You test a connection.", request="Answer with the word yes.")
    question = Question([("system", prompt.system), ("human", prompt.request)], None, 16)
    with closing(Chat(brief)) as chat, closing(chat.stream(question)) as deltas:
        next((delta for delta in deltas if not isinstance(delta, Pulse)), None)
