"""What can be set, and the only place where the environment is read."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    llm_timeout_s: float = Field(default=120, gt=0)
    """Seconds without any sign of life from the model."""
    llm_max_tokens: int = Field(default=4000, gt=0)
    """Most tokens of one answer."""
    llm_gguf: Path | None = None
    """A GGUF file to run in this process (needs the extra `local-llm`); takes the place of `llm_base_url`."""
    llm_threads: int = Field(default=1, ge=1)
    """Threads of a model that runs in this process; more than the idle cores makes it slower."""
    encoder_threads: int = Field(default=1, ge=1)
    """Threads of the sentence encoder."""
    workers: int = Field(default=2, ge=1)
    """Jobs at once in one process."""
    max_source_bytes: int = Field(default=2_000_000, gt=0)
    """Largest source or SOW; reading takes some eighty times its size in memory."""
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
