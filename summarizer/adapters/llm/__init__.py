"""Engine 1: any chat model that LangChain knows, first of all endpoints that speak OpenAI's protocol."""

import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import replace

from prompts.loader import Rendered, load
from summarizer.adapters.llm.answer import Reading
from summarizer.adapters.llm.prompt import variables
from summarizer.adapters.llm.schema import answer_schema
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.errors import EngineError
from summarizer.items import MadeBy
from summarizer.ports import Answer, Brief, Notice

_PROBE_TIMEOUT_S = 30.0


class LlmEngine:
    """Drafts with a chat model, streaming; see `summarizer.ports.Engine`."""

    name = "llm"

    def __init__(
        self,
        settings: LlmSettings,
        *,
        marker: Callable[[], str] = secrets.token_hex,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Cheap: nothing is imported or reached before the first draft."""
        self._settings = settings
        self._marker = marker
        self._sleep = sleep

    def draft(self, brief: Brief) -> Generator[Answer, None, None]:
        """Candidates as their JSON objects close. Closing the iterator cancels the request on the endpoint.

        An answer that ends early stays usable: what was complete is yielded, then a Notice that says what happened.

        Raises EngineError when nothing usable came.
        """
        prompt = load("draft")
        reading = Reading(len(brief.passages))
        if brief.passages:
            yield from self._answers(prompt.render(**variables(brief, self._marker())), reading)
        yield MadeBy(
            engine=self.name,
            model=self._settings.model,
            prompt=f"sha256:{prompt.sha256}",
            tokens_in=reading.tokens_in,
            tokens_out=reading.tokens_out,
        )

    def _answers(self, prompt: Rendered, reading: Reading) -> Iterator[Answer]:
        from summarizer.adapters.llm.chat import Chat  # noqa: PLC0415 - LangChain takes seconds to import

        chat = Chat(self._settings, sleep=self._sleep)
        with closing(chat.stream(prompt, schema=answer_schema(reading.passages))) as deltas:
            try:
                for delta in deltas:
                    yield from reading.feed(delta)
                reading.check()
            except EngineError as error:
                if not reading.found:
                    raise
                yield Notice(f"{error.title()}: {error.detail}. What was complete before is kept.")
        yield from reading.notices()


def probe(settings: LlmSettings) -> None:
    """Ask the model for a word, and stop it at the first token: proves address, key and model at next to no cost.

    Raises EngineUnavailable, EngineRefused or EngineTimedOut; ConfigurationError without the provider's package.
    """
    from summarizer.adapters.llm.chat import Chat  # noqa: PLC0415 - LangChain takes seconds to import

    brief = replace(settings, retries=0, max_tokens=16, timeout_s=min(settings.timeout_s, _PROBE_TIMEOUT_S))
    prompt = Rendered(system="You test a connection.", request="Answer with the word yes.")
    with closing(Chat(brief).stream(prompt)) as deltas:
        next(deltas, None)
