"""What `summarizer doctor` looks at, one check a line."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from api.engines import encoder_of, fallback_settings, llm_settings, waited_for
from api.mail import mailbox_account
from api.settings import Settings
from api.wiring import awaits_migration, open_services
from summarizer.adapters.llm import probe
from summarizer.adapters.llm.settings import LlmSettings
from summarizer.adapters.mailbox import opened
from summarizer.errors import SummarizerError


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    well: bool
    found: str
    remedy: str = ""
    """Empty when there is nothing to mend."""


def examine(settings: Settings) -> Iterator[Check]:
    """Each check as it is done; none of them raises, and none makes the data folder."""
    yield Check("Python", True, sys.version.split()[0])
    yield _data_folder(settings.data.resolve())
    yield _tried("Encoder", lambda: _encoder(settings))
    yield _tried("Database and index", lambda: _storage(settings))
    yield _tried("Engine", lambda: _engine(settings))
    yield Check("Personal data", True, _personal_data(settings))
    if settings.chosen_engine == "embedded":
        yield Check("Model", True, _NO_MODEL)
    if "second" in (*waited_for(settings), settings.shadow):
        yield _tried("Second engine", lambda: _answering(fallback_settings(settings)))
    if settings.mailbox_host:
        yield _tried("Mailbox", lambda: _mailbox(settings))


_NO_MODEL = (
    "none is connected; the embedded engine drafts, in English only. To connect one set "
    "SUMMARIZER_LLM_MODEL, SUMMARIZER_LLM_BASE_URL and SUMMARIZER_LLM_API_KEY."
)


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except SummarizerError as error:
        return Check(name, False, f"{error.title()}: {error.detail}", error.remedy())


def _data_folder(folder: Path) -> Check:
    if folder.exists():
        return Check("Data folder", True, str(folder))
    above = next(each for each in folder.parents if each.exists())
    if above.is_dir() and os.access(above, os.W_OK):
        return Check("Data folder", True, f"{folder} (not made yet; the first start makes it)")
    remedy = "Make it yourself, or choose another folder with SUMMARIZER_DATA."
    return Check("Data folder", False, f"{folder} cannot be made in {above}", remedy)


def _encoder(settings: Settings) -> str:
    vectors = encoder_of(settings.encoder_threads).embed(["a statement of work"])
    return f"all-MiniLM-L6-v2, {vectors.shape[1]} dimensions"


def _storage(settings: Settings) -> str:
    if awaits_migration(settings):
        return "your PostgreSQL; the next start, or `summarizer migrate`, brings it to this release's schema"
    with _as_it_is(settings) as opened, open_services(opened, beside=True) as services:
        where = "your PostgreSQL" if settings.database_url else "embedded PostgreSQL"
        running = "" if services.alone or settings.database_url else ", a server is running"
        sections = services.index.count(settings.workspace)
        return f"{where}{running}; {sections} sections of past SOWs are indexed"


@contextmanager
def _as_it_is(settings: Settings) -> Iterator[Settings]:
    """The settings, with a folder that is gone afterwards where the data folder is not made yet."""
    if settings.data.exists():
        yield settings
        return
    with TemporaryDirectory() as folder:
        yield settings.model_copy(update={"data": Path(folder)})


def _engine(settings: Settings) -> str:
    if settings.chosen_engine == "embedded":
        return "embedded"
    if settings.llm_gguf:
        return f"{settings.llm_gguf} in this process"
    return _answering(llm_settings(settings))


def _personal_data(settings: Settings) -> str:
    """What an endpoint sees of it; one that only stands in, or drafts in the shadow, is an endpoint too."""
    used = {*waited_for(settings), settings.shadow}
    if "second" not in used and ("llm" not in used or settings.llm_gguf):
        return "need not be hidden: no endpoint is asked"
    if settings.redact:
        return "is hidden: endpoints get placeholders for people, addresses, numbers and accounts"
    return "is not hidden: endpoints get the texts as they are; SUMMARIZER_REDACT=true gives them placeholders"


def _answering(asked: LlmSettings) -> str:
    probe(asked)
    return f"{asked.model} at {asked.base_url or asked.provider} answers"


def _mailbox(settings: Settings) -> str:
    account = mailbox_account(settings)
    with opened(account) as mailbox:
        told = "tells of new mail" if mailbox.idles else f"is asked for new mail every {account.poll_s:.0f} s"
        marked = "folders" if mailbox.moves else "keywords"
        return f"{account.host} {told}, trays are {marked}; {len(mailbox.waiting())} mails wait in {account.folder}"
