"""How the product keeps things, as Protocols: one transaction in one workspace, and what it holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from summarizer.decisions import Decision, Suggestion, Version
from summarizer.handoff import Handoff
from summarizer.items import Side
from summarizer.ports import Answers
from summarizer.records import (
    ANY_SOW,
    Deal,
    Event,
    Job,
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
