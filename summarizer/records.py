"""Records that the service keeps beside the handoff: people, deals, sources as given, jobs, events, past SOWs."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import Field

from summarizer.decisions import Draft
from summarizer.items import Finding, Frozen, Side

T = TypeVar("T")


class Work(StrEnum):
    """What a person does in the workspace."""

    REP = "rep"
    REVIEWER = "reviewer"
    DELIVERY = "delivery"


class Person(Frozen):
    """Somebody who works here; until sign-in is configured, a named local user."""

    id: str
    name: str
    work: Work
    email: str | None = None
    groups: tuple[str, ...] = ()
    """Whose restricted SOWs the person may read, beside those that the whole workspace reads."""


class DealType(StrEnum):
    """What kind of engagement was sold; chooses templates and precedents."""

    IMPLEMENTATION = "implementation"
    INTEGRATION = "integration"
    MIGRATION = "migration"
    MANAGED_SERVICE = "managed_service"
    CREATIVE = "creative"
    ADVISORY = "advisory"
    TRAINING = "training"
    OTHER = "other"


class Deal(Frozen):
    """What was sold; unique by CRM and the CRM's id."""

    id: str
    crm: str = "manual"
    crm_deal_id: str
    name: str = Field(min_length=1, max_length=200)
    client: str = Field(min_length=1, max_length=200)
    vendor: str = Field(min_length=1, max_length=200)
    deal_type: DealType = DealType.OTHER
    created_by: str
    created_at: datetime


class SideCorrection(Frozen):
    """A person's word on which side somebody stands; the last one counts."""

    deal: str
    who: str = Field(min_length=1, max_length=320)
    """The address, or the name where there is none."""
    side: Side | None
    """`None` takes the word back."""
    by: str
    at: datetime


class StoredSource(Frozen):
    """A source as given, beside its canonical text."""

    id: str
    deal: str
    name: str
    media_type: str
    original: bytes
    sha256: str
    """Of the original."""
    text: str
    """Canonical text, made once."""
    parent: str | None = None
    """Id of the source that it was attached to; `None` when it was given by itself."""
    findings: tuple[Finding, ...] = ()
    """What hides in the file, and what of it was not read."""
    created_by: str
    created_at: datetime


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Problem(Frozen):
    """Why a job failed, in words that a person can act on."""

    type: str
    title: str
    detail: str
    remedy: str = ""


class Job(Frozen):
    """A draft being made."""

    id: str
    deal: str
    sources: tuple[str, ...]
    base_version: int
    status: JobStatus = JobStatus.QUEUED
    attempts: int = 0
    problem: Problem | None = None
    suggestion: str | None = None
    """Id of what came out; `None` until it is done."""
    run: str | None = Field(default=None, exclude=True)
    """Token of the run that has the job; `None` while none has. Not part of the JSON: it is nobody's but the run's."""
    created_by: str
    created_at: datetime
    finished_at: datetime | None = None

    @property
    def topic(self) -> str:
        """Where its events are found."""
        return f"job:{self.id}"

    @property
    def over(self) -> bool:
        return self.status in {JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED}


class Event(Frozen):
    """Something that happened, for those who watch a topic."""

    id: int
    topic: str
    kind: str
    body: Mapping[str, Any]
    at: datetime


class Outcome(StrEnum):
    """What became of the work that a past SOW describes."""

    DELIVERED = "delivered"
    OVERRAN = "overran"
    STOPPED = "stopped"
    NOT_SIGNED = "not_signed"


class SowDetails(Frozen):
    """What people say of a SOW, the same for all its versions; the file says nothing of it."""

    client: str | None = Field(default=None, max_length=200)
    deal_type: DealType | None = None
    year: int | None = Field(default=None, ge=1970, le=2100)
    outcome: Outcome | None = None
    readers: tuple[str, ...] = ()
    """Groups whose people may read it; empty means the whole workspace."""


class SowCard(SowDetails):
    """A past statement of work without its text and its file."""

    id: str
    name: str
    series: str
    """Id of the first version; all versions of a SOW have the same."""
    version: int = 1
    """From 1; only the highest of a series is searched."""
    sha256: str
    """Of the file."""
    size: int
    """Of the file, in bytes."""
    media_type: str
    created_by: str
    created_at: datetime

    @property
    def details(self) -> SowDetails:
        """What people say of it."""
        return SowDetails(**self.model_dump(include=set(SowDetails.model_fields)))


class Sow(SowCard):
    """A past statement of work, whole."""

    original: bytes
    text: str
    """Canonical text, made once."""

    @property
    def card(self) -> SowCard:
        """It without its text and its file."""
        return SowCard(**self.model_dump(include=set(SowCard.model_fields)))


class SowFilter(Frozen):
    """Which SOWs of the library are wanted; `None` wants all."""

    deal_type: DealType | None = None
    year: int | None = None
    outcome: Outcome | None = None


ANY_SOW = SowFilter()


class SectionKind(StrEnum):
    """What a section of a SOW settles."""

    SCOPE = "scope"
    EXCLUSIONS = "exclusions"
    ASSUMPTIONS = "assumptions"
    CLIENT_RESPONSIBILITIES = "client_responsibilities"
    DELIVERABLES = "deliverables"
    MILESTONES = "milestones"
    ACCEPTANCE = "acceptance"
    PRICE = "price"


class SowSection(Frozen):
    """A section of a past SOW, as it is searched."""

    id: str
    sow: str
    position: int
    """From 0, in the order of the text."""
    heading: str
    kind: SectionKind | None = None
    """`None` where it settles none of these."""
    start: int
    """Offset of its first character in the SOW's text, in code points."""
    end: int
    text: str


class StoredResponse(Frozen):
    """What a request was answered, kept so that its repetition gets the same."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class KeptAnswer(Frozen):
    """What a model answered, as it wrote it."""

    text: str
    finish_reason: str | None
    """Why it ended; `None` for one that broke off, whose complete entries are kept."""
    tokens_in: int
    tokens_out: int


class ShadowDraft(Frozen):
    """What a second engine made of the sources of a suggestion; nobody is ever shown it as a draft."""

    suggestion: str
    """Id of the suggestion that people saw."""
    draft: Draft | None
    """`None` when the engine failed."""
    problem: Problem | None = None
    """Why it failed."""
    tokens: int = 0
    """In and out, that were paid, also where it failed."""
    created_at: datetime


class Slice(Frozen):
    """Which part of a list is wanted."""

    size: int = Field(default=50, ge=1, le=200)
    after: str | None = None
    """Opaque cursor from the page before; `None` for the first."""


class Page(Frozen, Generic[T]):
    """A part of a list."""

    rows: tuple[T, ...]
    next: str | None = None
    """Cursor of the next page; `None` means that this was the last."""
