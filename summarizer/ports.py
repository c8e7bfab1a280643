"""What the product needs from the outside, as Protocols; adapters and the fakes of `summarizer.testing` fit them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from summarizer.decisions import Decision, Suggestion, Version
from summarizer.handoff import Handoff
from summarizer.items import Kind, MadeBy, Precedent, Side
from summarizer.reading.limits import Limits
from summarizer.reading.rendition import Rendition
from summarizer.records import (
    ANY_SOW,
    Deal,
    Event,
    Job,
    KeptAnswer,
    Page,
    Person,
    ShadowDraft,
    SideCorrection,
    Slice,
    Sow,
    SowCard,
    SowDetails,
    SowFilter,
    SowSection,
    StoredResponse,
    StoredSource,
)
from summarizer.signed import Comparison, RowNote, SignedCard, SignedSow

# --- engines ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NumberedPassage:
    """A passage as an engine sees it."""

    number: int
    """From 1, without gaps; what a citation names."""
    text: str
    message: int
    """Number of the message over all sources of the brief, from 1."""
    sender: str | None
    side: Side | None
    sent: datetime | None
    quoted: bool = False
    """Whether it stands in quoted history (given only where the original was not)."""
    item: bool = False
    """Whether it is an entry of a list."""
    answers: int | None = None
    """Number of the passage that is quoted right above it; `None` when nothing is, or not a numbered one."""


@dataclass(frozen=True)
class Brief:
    """All that an engine is told."""

    passages: Sequence[NumberedPassage]
    precedents: Sequence[Precedent] = ()
    client: str | None = None
    vendor: str | None = None
    deal_type: str | None = None
    headers: Mapping[int, str] = field(default_factory=dict)
    """Message number to its header lines and signature as written, for names, roles and addresses."""


@dataclass(frozen=True)
class Candidate:
    """What an engine proposes as an item; nothing in it is trusted before grounding."""

    kind: Kind
    text: str
    cite: tuple[int, ...]
    """Numbers of passages; those that do not exist are dropped by grounding."""
    owner: str | None = None
    due: date | None = None
    baseline: str | None = None
    target: str | None = None
    confidence: float | None = None
    """From 0 to 1; `None` when the engine does not say."""


@dataclass(frozen=True)
class CandidateStakeholder:
    """Whom an engine proposes as a stakeholder."""

    name: str
    role: str | None = None
    side: Side | None = None
    email: str | None = None
    cite: tuple[int, ...] = ()


@dataclass(frozen=True)
class Notice:
    """Something that the engine says of its own work, for the reviewer: cut off, skipped, unknown language."""

    text: str


@dataclass(frozen=True)
class Pulse:
    """Nothing new: the engine waits for somebody, and can be stopped here."""


Answer = Candidate | CandidateStakeholder | Notice | Pulse | MadeBy
"""What an engine yields, as it comes; the last one is a `MadeBy`, with tokens and without seconds."""


class Engine(Protocol):
    """Drafts candidates from numbered passages. Raises `EngineError`s; stops early when its iterator is closed."""

    @property
    def name(self) -> str:
        """Such as `embedded` or `llm`."""

    def draft(self, brief: Brief) -> Iterator[Answer]:
        """Candidates as they are found; the same brief may give another answer the next time."""


class Answers(Protocol):
    """What models answered, by the hash of what they were asked, so that nothing is paid twice; of one workspace."""

    def get(self, key: str) -> KeptAnswer | None:
        """`None` when it was never given, or is kept no longer."""

    def keep(self, key: str, answer: KeptAnswer) -> None:
        """Keep it for a while; where there is one under this key, that one stays."""


@runtime_checkable
class RememberingEngine(Engine, Protocol):
    """An engine that can be spared from asking again what was answered before."""

    def remembering(self, answers: Answers) -> Engine:
        """The same engine with these answers."""


class Slot(Protocol):
    """The right to one call."""

    def free(self) -> None:
        """Give it back; twice is harmless."""


class Slots(Protocol):
    """A limit on calls at once, over all workers. What a worker held comes free when it dies."""

    def take(self, line: str, *, most: int) -> Slot | None:
        """One of `most` slots of this line; `None` when all are taken now. Lines do not touch each other."""


# --- files -----------------------------------------------------------------------------------------------------------


class Documents(Protocol):
    """Reads files of every kind; whatever is in them, it ends, and raises children of InvalidInput only."""

    @property
    def limits(self) -> Limits: ...
    def render(self, name: str, content: bytes) -> list[Rendition]:
        """What the file says: one rendition, or one for each conversation of a mailbox. The name tells its kind."""


# --- past SOWs -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A section that was found, and why."""

    section: str
    """Its id."""
    score: float
    """At most 1."""
    terms: Mapping[str, float] = field(default_factory=dict)
    """What its words share with what was looked for, with weights, as `summarizer.retrieval.terms` writes it."""
    passage: tuple[int, int] | None = None
    """Start and end of the stretch of its text that is most like it; `None` where it was found by its words alone."""


class PrecedentIndex(Protocol):
    """The derived index of the sections of past SOWs, workspace by workspace."""

    def put(self, workspace: str, sections: Sequence[SowSection]) -> None:
        """Add or replace the sections, by their id."""

    def drop(self, workspace: str, section_ids: Sequence[str]) -> None:
        """Forget these sections; unknown ids are no error."""

    def search(self, workspace: str, text: str, *, most: int, among: Collection[str]) -> list[Hit]:
        """The sections of these SOWs that fit the text best, few of them of one SOW; empty without words."""

    def count(self, workspace: str) -> int:
        """How many sections the index holds."""

    def ids(self, workspace: str) -> set[str]:
        """Of all sections that the index holds."""


class Meaning(Protocol):
    """How alike two lists of texts are in what they mean."""

    def __call__(self, one: Sequence[str], other: Sequence[str], /) -> Sequence[Sequence[float]]:
        """A row for each of the first and a column for each of the second, from -1 to 1."""


# --- storage ---------------------------------------------------------------------------------------------------------


class Directory(Protocol):
    """The people of the workspace."""

    def all(self) -> list[Person]: ...
    def get(self, person_id: str) -> Person: ...
    def add(self, person: Person) -> None: ...
    def regroup(self, person_id: str, groups: Collection[str]) -> Person:
        """Put the person into these groups and no others."""


class Deals(Protocol):
    def add(self, deal: Deal) -> None: ...
    def get(self, deal_id: str) -> Deal: ...
    def named(self, reference: str) -> list[Deal]:
        """Those whose id, or whose id in their CRM, is this one, whatever the case."""

    def page(self, slice: Slice, *, search: str = "") -> Page[Deal]:
        """Newest first; `search` looks into name and client, whatever the case."""

    def sides(self, deal_id: str) -> dict[str, Side]:
        """What people have said of who stands where, by address or name."""

    def correct_side(self, correction: SideCorrection) -> None: ...


class Sources(Protocol):
    def add(self, source: StoredSource) -> StoredSource:
        """Keep it; where the deal has one with the same original already, that one is returned instead."""

    def get(self, source_id: str) -> StoredSource: ...
    def of_deal(self, deal_id: str) -> list[StoredSource]:
        """Oldest first."""


class Jobs(Protocol):
    def add(self, job: Job) -> None:
        """Store the job and queue it, in this transaction."""

    def get(self, job_id: str) -> Job: ...
    def of_deal(self, deal_id: str) -> list[Job]:
        """Newest first."""

    def move(self, job: Job, *, was: Iterable[str], run: str | None = None) -> bool:
        """Store the job's new state if its status in the store is one of `was`; whether it was.

        With `run`, only if this run has the job, too. The compare-and-set that closes the race of a job that runs
        twice; whoever has moved a job keeps others from moving it until the transaction ends.
        """

    def requeue(self, job: Job) -> None:
        """Queue a stored job again, in this transaction."""


class Suggestions(Protocol):
    def add(self, suggestion: Suggestion) -> None: ...
    def get(self, suggestion_id: str) -> Suggestion: ...
    def of_handoff(self, handoff_id: str) -> list[Suggestion]:
        """Newest first."""

    def log(self, suggestion_id: str) -> tuple[Decision, ...]:
        """Oldest first."""

    def decide(self, suggestion_id: str, decisions: Sequence[Decision], *, expected: int) -> None:
        """Append to the log. Raises StaleReview unless the log held `expected` decisions before.

        Raises AlreadyDecided when the suggestion has become a version.
        """

    def expect(self, suggestion_id: str, expected: int) -> None:
        """Raises StaleReview unless the log holds `expected` decisions; it stays so until the transaction ends."""


class Handoffs(Protocol):
    def of_deal(self, deal_id: str) -> Handoff:
        """The deal's handoff, made on first use."""

    def get(self, handoff_id: str) -> Handoff: ...
    def lock(self, handoff_id: str) -> Handoff:
        """Like `get`; nobody else locks it until the transaction ends."""

    def add_version(self, handoff: Handoff, version: Version) -> None:
        """Raises StaleSuggestion when the number is taken, AlreadyDecided when the suggestion is a version already."""


class Sows(Protocol):
    """The library. Where `groups` are given, they are the reader's, and what is restricted to others does not exist."""

    def lock(self) -> None:
        """Nobody else adds to the library until the transaction ends."""

    def add(self, sow: Sow, sections: Sequence[SowSection]) -> None:
        """Keep it and queue its indexing; the version before it is queued too, which leaves the index."""

    def describe(self, sow_id: str, details: SowDetails) -> None:
        """Replace what people say of it, for all its versions."""

    def get(self, sow_id: str, *, groups: Collection[str] | None = None) -> Sow: ...
    def newest(self, sow_id: str) -> SowCard:
        """The version of this SOW that is searched."""

    def versions(self, sow_id: str, *, groups: Collection[str] | None = None) -> list[SowCard]:
        """All of the SOW that this is a version of, newest first."""

    def same(self, sha256: str, *, groups: Collection[str] | None = None) -> list[SowCard]:
        """Those whose newest version is this file."""

    def named(self, name: str, *, groups: Collection[str] | None = None) -> list[SowCard]:
        """The newest versions of those that bear this name."""

    def page(
        self, slice: Slice, *, search: str = "", wanted: SowFilter | None = None, groups: Collection[str] | None = None
    ) -> Page[SowCard]:
        """Newest versions only, last added first; `search` looks into name and client, whatever the case."""

    def years(self, *, groups: Collection[str] | None = None) -> list[int]:
        """Those that SOWs are of, last first."""

    def sections(self, sow_id: str) -> list[SowSection]:
        """In the order of the text."""

    def sections_by_id(
        self, section_ids: Sequence[str], *, groups: Collection[str] | None = None
    ) -> dict[str, tuple[SowCard, SowSection]]:
        """Those of newest versions, with their SOW; unknown ids are left out."""

    def searchable(self, *, wanted: SowFilter = ANY_SOW, groups: Collection[str] | None = None) -> list[str]:
        """Ids of the newest versions of what is wanted."""

    def searched(self) -> dict[str, str]:
        """Ids of all sections of newest versions, each with the id of its SOW: what the index has to hold."""

    def reindex(self, sow_id: str) -> None:
        """Queue its indexing again, in this transaction."""

    def mend(self) -> None:
        """Queue a comparison of the index with the library, which mends what differs, in this transaction."""

    def waiting(self) -> int:
        """How many tasks of the index are queued or going on."""


class SignedSows(Protocol):
    """The signed SOWs of deals, what came of comparing them, and what reviewers made of that."""

    def add(self, sow: SignedSow) -> SignedSow:
        """Keep it; where the deal has this file already, that one is returned instead."""

    def get(self, sow_id: str) -> SignedSow: ...
    def of_deal(self, deal_id: str) -> list[SignedCard]:
        """Newest first."""

    def ask(self, comparison: Comparison) -> None:
        """Keep a comparison without rows and queue it, in this transaction."""

    def finish(self, comparison: Comparison) -> bool:
        """Keep its rows and sources if it has none yet; whether that was so."""

    def comparison(self, comparison_id: str) -> Comparison: ...
    def comparisons(self, deal_id: str) -> list[Comparison]:
        """Newest first."""

    def note(self, note: RowNote) -> None:
        """Append."""

    def notes(self, deal_id: str) -> list[RowNote]:
        """Of all comparisons of the deal, oldest first."""


class Shadows(Protocol):
    """Drafts of a second engine, for comparison alone."""

    def ask(self, suggestion_id: str) -> None:
        """Queue one for this suggestion, in this transaction, behind all other work."""

    def add(self, shadow: ShadowDraft) -> None:
        """Keep it; where the suggestion has one already, that one stays."""

    def get(self, suggestion_id: str) -> ShadowDraft | None:
        """`None` while there is none."""

    def tokens_since(self, moment: datetime) -> int:
        """What those that were made since then have cost."""

    def all(self) -> list[ShadowDraft]:
        """Oldest first."""


class Events(Protocol):
    def add(self, topic: str, kind: str, body: Mapping[str, Any]) -> None:
        """Append to the topic and wake its readers when the transaction commits."""

    def after(self, topic: str, event_id: int) -> list[Event]:
        """Oldest first; at most 500."""


class Idempotency(Protocol):
    """Answers to requests that carry a key, so that a repeated request changes nothing and is answered alike."""

    def claim(self, key: str, scope: str, fingerprint: str) -> StoredResponse | None:
        """The answer that was kept for this request; `None` when it is the first one and has to be carried out.

        Waits while another transaction works on the same key. `scope` tells uses of one key apart (person, method,
        path); `fingerprint` is the same for the same request. Raises KeyReused when it is another one.
        """

    def keep(self, key: str, scope: str, *, response: StoredResponse) -> None:
        """Keep the answer to the request that this transaction has claimed."""


class Store(Protocol):
    """One transaction in one workspace; rows of other workspaces do not exist for it. `get` raises NotFound."""

    @property
    def workspace(self) -> str: ...
    @property
    def people(self) -> Directory: ...
    @property
    def deals(self) -> Deals: ...
    @property
    def sources(self) -> Sources: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def suggestions(self) -> Suggestions: ...
    @property
    def handoffs(self) -> Handoffs: ...
    @property
    def sows(self) -> Sows: ...
    @property
    def signed(self) -> SignedSows: ...
    @property
    def shadows(self) -> Shadows: ...
    @property
    def events(self) -> Events: ...
    @property
    def idempotency(self) -> Idempotency: ...
    @property
    def answers(self) -> Answers: ...
