"""How a chat model is reached, asked and paid."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Form = Literal["schema", "grammar", "json", "text"]


@dataclass(frozen=True)
class Price:
    """What a million tokens cost, in the currency of the bill."""

    input: float
    output: float
    cached: float | None = None
    """For tokens of the prompt that the endpoint had in its cache; `None` where they cost as much as the others."""

    def of(self, tokens_in: int, tokens_out: int, *, cached: int = 0) -> float:
        """The cost of that many tokens; `cached` of those that went in were in the endpoint's cache.

        >>> Price(input=2, output=8, cached=0.5).of(1_000_000, 500_000, cached=400_000)
        5.4
        """
        rate = self.input if self.cached is None else self.cached
        paid = (tokens_in - cached) * self.input + cached * rate + tokens_out * self.output
        return round(paid / 1_000_000, 6)


@dataclass(frozen=True)
class LlmSettings:
    """Which model answers, and how patiently it is asked."""

    model: str
    base_url: str | None
    """Such as `http://127.0.0.1:8080/v1`; `None` for the provider's own."""
    api_key: str | None = field(repr=False)
    """`None` for an endpoint that asks for no key."""
    provider: str = "openai"
    """As `init_chat_model` names it; others than `openai` need their LangChain package."""
    timeout_s: float = 120
    """Longest silence, before the first token or between two."""
    max_tokens: int = 4000
    """Most tokens of one answer; one that is cut off goes on in another."""
    budget_tokens: int = 200_000
    """Most tokens in and out over all that is asked for one draft."""
    context_tokens: int | None = None
    """Question and answer together; `None` leaves it to the endpoint to say when a thread is too long."""
    retries: int = 3
    """How often a request is repeated that was refused for the moment (429, 5xx, no connection)."""
    temperature: float | None = 0.0
    """`None` leaves it to the endpoint, for models that refuse another than their own."""
    form: Form = "schema"
    """How the endpoint is told the form of the answer: a strict schema, a grammar, any JSON, or by the prompt alone."""
    calls_at_once: int = 4
    """Over all workers that share the slots."""
    price: Price | None = None
    """`None` when nobody has said what the model costs."""
    endpoint: str | None = None
    """What kept answers call the endpoint, where its address changes each time; `None`: its address."""
    prompts: Path | None = None
    """Folder of the prompt files; `None`: the product's own."""
    api_version: str | None = None
    """For `azure_openai`, such as `2024-10-21`."""

    @property
    def stated_only(self) -> bool:
        """Whether an answer leaves out what is not stated; a strict schema asks for each key."""
        return self.form != "schema"

    @property
    def parameters(self) -> dict[str, str | int | float | None]:
        """What shapes the answers beside the prompt, for the record."""
        return {"temperature": self.temperature, "max_tokens": self.max_tokens, "form": self.form}
