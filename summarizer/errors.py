"""Every error that the product raises on purpose, as one tree.

SummarizerError
├── InvalidInput
│   ├── FileUnreadable
│   ├── EmptySource
│   ├── SourceTooLarge
│   │   └── UnpacksTooLarge
│   ├── TooManyParts
│   ├── TooDeeplyNested
│   ├── TooManyPages
│   ├── TooManyMessages
│   ├── TooManySources
│   ├── ReadingTookTooLong
│   ├── DamagedSource
│   ├── ProtectedSource
│   ├── NoTextInPages
│   └── UnsupportedSource
├── NotFound
├── Conflict
│   ├── StaleSuggestion
│   ├── StaleReview
│   ├── AlreadyDecided
│   ├── NothingToDraft
│   ├── JobIsOver
│   └── KeyReused
├── CommitRefused
├── EngineError
│   ├── EngineUnavailable
│   ├── EngineTimedOut
│   ├── EngineRefused
│   ├── AnswerInvalid
│   ├── AnswerCutOff
│   ├── ContextExceeded
│   ├── BudgetSpent
│   └── DaySpent
├── Cancelled
└── ConfigurationError
    ├── DatabaseUnavailable
    ├── DataFolderBusy
    └── MailboxUnavailable

The first line of a docstring is the title that people read, the rest is the remedy.
"""

import inspect
import re
from dataclasses import dataclass


class SummarizerError(Exception):
    """Something went wrong.

    Try again; if it happens again, look into the server's log.
    """

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title())
        self.detail = detail or self.title()

    @classmethod
    def title(cls) -> str:
        """The same for each error of the class."""
        return _paragraphs(cls)[0].rstrip(".")

    @classmethod
    def slug(cls) -> str:
        """The class as an address names it.

        >>> StaleSuggestion.slug()
        'stale-suggestion'
        """
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def remedy(cls) -> str:
        """What the reader can do about it."""
        return " ".join(_paragraphs(cls)[1:])


def _paragraphs(cls: type) -> list[str]:
    return [" ".join(part.split()) for part in (inspect.getdoc(cls) or "").split("\n\n")]


class InvalidInput(SummarizerError):
    """The input cannot be used.

    Mend what the detail names and send it again.
    """


class FileUnreadable(InvalidInput):
    """The file cannot be opened.

    Check how its path is written. Of a folder, name a file that is in it.
    """


class EmptySource(InvalidInput):
    """There is no text in what was given.

    Paste the thread or the notes, or choose a file that holds some text.
    """


class SourceTooLarge(InvalidInput):
    """The source is larger than this service takes.

    Cut the thread down to the messages that matter, or raise SUMMARIZER_MAX_SOURCE_BYTES (for text) or
    SUMMARIZER_MAX_FILE_BYTES (for files).
    """


class UnpacksTooLarge(SourceTooLarge):
    """The file is small, but what is packed into it is larger than this service takes.

    Save it without pictures and embedded files, or raise SUMMARIZER_MAX_UNPACKED_BYTES.
    """


class TooManyParts(InvalidInput):
    """The mail has more parts than this service reads.

    Save the attachments that matter as files of their own, or raise SUMMARIZER_MAX_MAIL_PARTS.
    """


class TooDeeplyNested(InvalidInput):
    """The parts of the mail stand too deep in each other.

    Save the inner mail as a file of its own, or raise SUMMARIZER_MAX_NESTING.
    """


class TooManyPages(InvalidInput):
    """The document has more pages than this service reads.

    Save the pages that matter as a document of their own, or raise SUMMARIZER_MAX_PDF_PAGES.
    """


class TooManyMessages(InvalidInput):
    """The mailbox holds more messages than this service reads.

    Export the folder or label of this deal alone, or raise SUMMARIZER_MAX_MAILBOX_MESSAGES.
    """


class TooManySources(InvalidInput):
    """The file would become more sources than one upload may.

    Export the folder or label of this deal alone, or raise SUMMARIZER_MAX_SOURCES_PER_FILE.
    """


class ReadingTookTooLong(InvalidInput):
    """Reading the file took more time or memory than it may.

    Save it as .txt or .md, or raise SUMMARIZER_MAX_READING_S.
    """


class DamagedSource(InvalidInput):
    """The file is damaged.

    Open it in the program that it comes from, save it again, or paste its text.
    """


class ProtectedSource(InvalidInput):
    """The file is protected by a password.

    Save a copy without protection, or paste its text.
    """


class NoTextInPages(InvalidInput):
    """The pages hold pictures and no text.

    Run text recognition (OCR) on the document first, or paste its text.
    """


class UnsupportedSource(InvalidInput):
    """This kind of file cannot be read.

    Save it as .eml, .msg, .mbox, .html, .docx, .pdf, .vtt, .srt, .txt or .md, or paste its text.
    """


class NotFound(SummarizerError):
    """There is no such thing here.

    It may belong to another workspace, or the address may be mistyped. Go back to the list of deals.
    """


class Conflict(SummarizerError):
    """Somebody else was faster.

    Load the page again and repeat the change; nothing that was saved is lost.
    """


class StaleSuggestion(Conflict):
    """The suggestion was drafted from an older version of the handoff.

    Move it onto the current version ("Bring up to date"); your decisions go with it.
    """


class StaleReview(Conflict):
    """The review has changed since you loaded it.

    Load it again to see the newer decisions, then repeat yours.
    """


class AlreadyDecided(Conflict):
    """The suggestion has been committed already.

    Open the handoff to see the version that it became, or ask for a new draft.
    """


class NothingToDraft(Conflict):
    """The deal has no source to draft from.

    Paste a thread or upload a file first.
    """


class JobIsOver(Conflict):
    """The job is not in a state that allows this.

    Only a running job can be cancelled, and only a failed or cancelled one retried.
    """


class KeyReused(SummarizerError):
    """The idempotency key was used before for another request.

    Use a fresh key for each new request, the same key only for repeating one.
    """


@dataclass(frozen=True)
class Fault:
    """One reason for which a commit is refused."""

    pointer: str
    """JSON pointer into the suggestion as `GET /v1/suggestions/{id}` shows it, for example `#/items/3/evidence`."""
    detail: str


class CommitRefused(SummarizerError):
    """The review cannot be committed yet.

    Decide, mend or assert each item that is listed, then commit again.
    """

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} item{'s' if len(faults) != 1 else ''} cannot be committed")
        self.faults = faults


class EngineError(SummarizerError):
    """The drafting engine failed.

    Retry the draft; what was pasted is kept.
    """

    tokens = 0
    """In and out, that were paid before it failed."""


class EngineUnavailable(EngineError):
    """The model's endpoint cannot be reached.

    Check that it is running and that SUMMARIZER_LLM_BASE_URL is right, then retry. `summarizer doctor` tests it.
    """


class EngineTimedOut(EngineError):
    """The model did not answer in time.

    Retry, or raise SUMMARIZER_LLM_TIMEOUT_S if the model is known to be slow.
    """


class EngineRefused(EngineError):
    """The model's endpoint refused the request.

    Check SUMMARIZER_LLM_API_KEY and SUMMARIZER_LLM_MODEL, and the account's limits, then retry.
    """


class AnswerInvalid(EngineError):
    """The model's answer was not in the agreed form.

    Retry; if it happens often, choose a larger model or one with strict JSON schemas.
    """


class AnswerCutOff(EngineError):
    """The model's answer ended too early.

    Retry, raise SUMMARIZER_LLM_MAX_TOKENS, or draft from fewer sources.
    """


class ContextExceeded(EngineError):
    """The thread does not fit into the model's context.

    Draft from fewer sources, or choose a model with a larger context.
    """


class BudgetSpent(EngineError):
    """The draft would cost more tokens than it may.

    Draft from fewer sources, or raise SUMMARIZER_LLM_BUDGET_TOKENS; answers that came are kept and not paid again.
    """


class DaySpent(EngineError):
    """The drafts in the background have cost what they may in a day.

    Nothing has to be done. Raise SUMMARIZER_SHADOW_TOKENS_A_DAY, or lower SUMMARIZER_SHADOW_SHARE.
    """


class Cancelled(SummarizerError):
    """The draft was cancelled.

    Retry it when you want it after all; what was pasted is kept.
    """


class ConfigurationError(SummarizerError):
    """The service is not set up rightly.

    Run `summarizer doctor`, which names what is missing and how to mend it.
    """


class DatabaseUnavailable(ConfigurationError):
    """PostgreSQL cannot be reached or started.

    Run `summarizer doctor`; with SUMMARIZER_DATABASE_URL set, check that this server is up.
    """


class DataFolderBusy(ConfigurationError):
    """Another server works on this data folder.

    Stop it first, or choose another folder with SUMMARIZER_DATA.
    """


class MailboxUnavailable(ConfigurationError):
    """The mailbox cannot be opened.

    Check SUMMARIZER_MAILBOX_HOST, _PORT, _TLS, _USER, _PASSWORD and _FOLDER, then run `summarizer doctor`, which
    tests it.
    """
