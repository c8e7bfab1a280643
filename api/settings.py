"""What can be set, and the only place where the environment is read."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from summarizer.adapters.llm.settings import Price


class Settings(BaseSettings):
    """Each setting is the environment variable `SUMMARIZER_<NAME>`; all have a default that suits one machine."""

    model_config = SettingsConfigDict(env_prefix="SUMMARIZER_", extra="ignore", use_attribute_docstrings=True)

    data: Path = Path("summarizer-data")
    """Folder of the embedded database and index."""
    database_url: str | None = None
    """A PostgreSQL server of yours, as the application's role; unset: the embedded one."""
    owner_database_url: str | None = None
    """The same server as the role that owns the schema, for migrations; unset: `database_url`."""
    chroma_url: str | None = None
    """A Chroma server; unset: an index in the data folder."""
    workspace: str = "local"
    """Whose deals these are; nothing is shared between workspaces."""
    host: str = "127.0.0.1"
    """Address to listen on. There is no sign-in yet: leave it on loopback."""
    port: int = 8000
    """Port to listen on."""
    engine: Literal["auto", "embedded", "llm"] = "auto"
    """`auto` is `llm` when a model is set, else `embedded`."""
    llm_model: str | None = None
    """Such as `gpt-4.1-mini`, or what your endpoint calls its model."""
    llm_base_url: str | None = None
    """Address of an OpenAI-compatible endpoint, ending in /v1; unset: the provider's own."""
    llm_api_key: SecretStr | None = None
    """Key of the endpoint; never logged or shown."""
    llm_provider: str = "openai"
    """LangChain's name of the provider; others than `openai` need its package."""
    llm_api_version: str | None = None
    """Azure's version of the interface, such as `2024-10-21`; for the provider `azure_openai` alone."""
    llm_timeout_s: float = Field(default=120, gt=0)
    """Seconds without any sign of life from the model."""
    llm_retries: int = Field(default=3, ge=0)
    """How often a call is repeated that was refused for the moment (429, 5xx, no connection)."""
    llm_temperature: float | Literal["unset"] = 0.0
    """`unset` leaves it to the endpoint, for models that take no other than their own."""
    llm_max_tokens: int = Field(default=4000, gt=0)
    """Most tokens of one answer; one that is cut off goes on in another."""
    llm_budget_tokens: int = Field(default=200_000, gt=0)
    """Most tokens, in and out, over all calls for one draft."""
    llm_context_tokens: int | None = Field(default=None, gt=0)
    """The model's context; unset: the endpoint says when a thread is too long. Ollama does not: set it there."""
    llm_form: Literal["schema", "grammar", "json", "text"] = "schema"
    """How an endpoint is told the answer's form: strict JSON schema, grammar (llama.cpp), JSON, or the prompt alone."""
    llm_task: Literal["auto", "draft", "second-look"] = "auto"
    """Whether a model drafts, or the embedded engine does and is looked over; `auto`: so by one of this process."""
    llm_prompts: Path | None = None
    """Folder of prompt files that take the place of the product's own; each draft records their hash."""
    llm_calls_at_once: int = Field(default=4, gt=0)
    """Calls of a model at once, over all workers of the database."""
    llm_prices: dict[str, Price] = {}
    """JSON, price of a million tokens by model: `{"gpt-4.1-mini": {"input": 0.4, "cached": 0.1, "output": 1.6}}`."""
    fallback: Literal["off", "embedded", "llm"] = "off"
    """What drafts when the model is down: nothing (the job fails and can be retried), or the engine named here."""
    fallback_llm_model: str | None = None
    """The second model, for `SUMMARIZER_FALLBACK=llm`."""
    fallback_llm_base_url: str | None = None
    """Its endpoint."""
    fallback_llm_api_key: SecretStr | None = None
    """Its key; never logged or shown."""
    fallback_llm_provider: str = "openai"
    """LangChain's name of its provider."""
    redact: bool = False
    """Whether endpoints get placeholders for people, mail and street addresses, numbers of phones, accounts, cards."""
    shadow: Literal["off", "embedded", "llm", "second"] = "off"
    """An engine that drafts anew in the background, to be compared; `second`: the model of `FALLBACK_LLM_*`."""
    shadow_share: float = Field(default=0.1, ge=0, le=1)
    """Which part of the drafts it makes anew."""
    shadow_tokens_a_day: int = Field(default=1_000_000, ge=0)
    """Tokens, in and out, after which it makes no more drafts for 24 hours."""
    llm_gguf: Path | None = None
    """A GGUF file to run in this process (needs the extra `local-llm`); takes the place of `llm_base_url`."""
    llm_threads: int = Field(default=1, ge=1)
    """Threads of a model that runs in this process; more than the idle cores makes it slower."""
    encoder_threads: int = Field(default=1, ge=1)
    """Threads of the sentence encoder."""
    workers: int = Field(default=2, ge=1)
    """Jobs at once in one process."""
    max_source_bytes: int = Field(default=2_000_000, gt=0)
    """Longest text of a source or SOW; reading takes some eighty times its size in memory."""
    max_file_bytes: int = Field(default=25_000_000, gt=0)
    """Largest file, with all that is attached or packed into it."""
    max_unpacked_bytes: int = Field(default=100_000_000, gt=0)
    """Most that a compressed file (.docx) may hold."""
    max_mail_parts: int = Field(default=200, gt=0)
    """MIME parts of one mail."""
    max_nesting: int = Field(default=10, gt=0)
    """How deep parts, and mails attached to mails, may stand in each other."""
    max_pdf_pages: int = Field(default=300, gt=0)
    """Most pages of a .pdf."""
    max_mailbox_messages: int = Field(default=20_000, gt=0)
    """Most messages of an .mbox."""
    max_sources_per_file: int = Field(default=100, gt=0)
    """What one file may become: conversations of a mailbox, attachments of a mail."""
    max_reading_s: float = Field(default=30, gt=0)
    """Seconds for reading one document."""
    mailbox_host: str | None = None
    """IMAP server of the mailbox that `summarizer mailbox` watches."""
    mailbox_port: int | None = Field(default=None, gt=0, lt=65536)
    """Unset: 993 with `ssl`, else 143."""
    mailbox_tls: Literal["ssl", "starttls", "none"] = "ssl"
    """How the connection to the mail server is protected."""
    mailbox_user: str = ""
    """Login of the mailbox."""
    mailbox_password: SecretStr = SecretStr("")
    """Its password; never logged or shown."""
    mailbox_folder: str = "INBOX"
    """Folder that is watched."""
    mailbox_address: str = ""
    """Such as deals@yourfirm.example; mail to deals+<id of a deal, here or in the CRM>@yourfirm.example is for it."""
    mailbox_senders: str = ""
    """Who may add sources beside the people of the workspace: addresses, domains as @yourfirm.example; with commas."""
    mailbox_draft: bool = False
    """Whether a thread that came by mail is drafted at once."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much the server says on the terminal."""

    @property
    def chosen_engine(self) -> Literal["embedded", "llm"]:
        """The engine that drafts."""
        if self.engine != "auto":
            return self.engine
        return "llm" if self.llm_model or self.llm_gguf else "embedded"

    @property
    def engine_label(self) -> str:
        """The engine as people read it."""
        if self.chosen_engine == "embedded":
            return "embedded"
        return self.llm_model or (self.llm_gguf.stem if self.llm_gguf else "model")
