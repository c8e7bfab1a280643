"""How a chat model is reached and asked."""

from dataclasses import dataclass, field


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
    retries: int = 2
    """How often a request is repeated that was refused for the moment (429, 5xx, no connection)."""
    temperature: float | None = 0.0
    """`None` leaves it to the endpoint, for models that refuse another than their own."""
