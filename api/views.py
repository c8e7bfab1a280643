"""What the HTTP service takes and shows, as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

from api.context import Context, strong_etag
from summarizer.decisions import Decided, Decision, Verdict, Version
from summarizer.difference import EntryDifference
from summarizer.findings import of_the_text
from summarizer.handoff import Handoff
from summarizer.items import (
    Finding,
    Frozen,
    Item,
    LeftOut,
    MadeBy,
    Precedent,
    Side,
    Stakeholder,
)
from summarizer.library import Arrival
from summarizer.records import SowCard, SowSection, StoredSource
from summarizer.review import Reviewed
from summarizer.reviewing import Reviewing
from summarizer.signing import findings_of
from summarizer.sources import Form, Message, Passage, Source, sha256

E = TypeVar("E", Item, Stakeholder)


class SourceSummary(Frozen):
    """A source without its text."""

    id: str
    deal: str
    name: str
    media_type: str
    sha256: str
    size: int
    """Of the original, in bytes."""
    parent: str | None
    """Id of the source that it was attached to; `null` when it was given by itself."""
    findings: tuple[Finding, ...]
    """What hides in the file, and what of it was not read."""
    created_by: str
    created_at: datetime

    @classmethod
    def of(cls, source: StoredSource) -> "SourceSummary":
        known = source.model_dump(exclude={"original", "text"})
        return cls(**known, size=len(source.original))


class GivenView(SourceSummary):
    """What a file became: its source, and those that came with it."""

    also: tuple[SourceSummary, ...]
    """Its attachments, and further conversations of a mailbox."""

    @classmethod
    def of_all(cls, sources: Sequence[StoredSource]) -> "GivenView":
        first, *others = map(SourceSummary.of, sources)
        return cls(**first.model_dump(), also=tuple(others))


class SourceView(SourceSummary):
    """A source with its canonical text, messages and passages; offsets count code points of `text`."""

    text: str
    form: Form
    messages: tuple[Message, ...]
    """In the order of the text."""
    by_time: tuple[int, ...]
    """Numbers of the messages, oldest first; copies of a message are left out."""
    passages: tuple[Passage, ...]

    @classmethod
    def read_from(cls, stored: StoredSource, source: Source) -> "SourceView":
        known = SourceSummary.of(stored).model_dump()
        known["findings"] = (*stored.findings, *of_the_text([source]))
        return cls(
            **known,
            text=source.text,
            form=source.form,
            messages=source.messages,
            by_time=tuple(message.number for message in source.by_time()),
            passages=source.passages,
        )


class Sides(Frozen):
    """Who stands where by a person's word, by address or name."""

    sides: dict[str, Side]


class DecisionView(Frozen):
    """The verdict in force, with who gave it."""

    by: str
    by_name: str
    at: datetime
    reason: str | None
    assertion: str | None

    @classmethod
    def of(cls, decision: Decision | None, ctx: Context) -> "DecisionView | None":
        if decision is None:
            return None
        known = decision.model_dump(include={"by", "at", "reason", "assertion"})
        return cls(**known, by_name=ctx.name_of(decision.by))


class ReviewedView(Frozen, Generic[E]):
    """An entry under review."""

    item: E
    drafted: E | None
    standing: bool
    verdict: Verdict
    open: bool
    decision: DecisionView | None

    @classmethod
    def row(cls, row: Reviewed[E], ctx: Context) -> "ReviewedView[E]":
        return cls(
            item=row.item,
            drafted=row.drafted,
            standing=row.standing is not None,
            verdict=row.verdict,
            open=row.open,
            decision=DecisionView.of(row.decision, ctx),
        )


class SuggestionView(Frozen):
    """A suggestion with the review on it."""

    id: str
    deal: str
    handoff: str
    base_version: int
    current_version: int
    stale: bool
    """Whether the handoff has moved on since the draft."""
    committed_as: int | None
    sources: tuple[str, ...]
    created_at: datetime
    made_by: MadeBy
    items: tuple[ReviewedView[Item], ...]
    stakeholders: tuple[ReviewedView[Stakeholder], ...]
    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...]
    precedents: tuple[Precedent, ...]
    log_length: int

    @classmethod
    def of(cls, reviewing: Reviewing, ctx: Context) -> "SuggestionView":
        suggestion, review, handoff = reviewing.suggestion, reviewing.review, reviewing.handoff
        noted = findings_of(ctx.store, handoff.deal, sources=suggestion.sources)
        return cls(
            id=suggestion.id,
            deal=handoff.deal,
            handoff=handoff.id,
            base_version=suggestion.base_version,
            current_version=handoff.number,
            stale=reviewing.stale,
            committed_as=suggestion.committed_as,
            sources=suggestion.sources,
            created_at=suggestion.created_at,
            made_by=suggestion.draft.made_by,
            items=tuple(ReviewedView[Item].row(row, ctx) for row in review.items()),
            stakeholders=tuple(ReviewedView[Stakeholder].row(row, ctx) for row in review.stakeholders()),
            findings=(*suggestion.draft.findings, *noted),
            left_out=suggestion.draft.left_out,
            precedents=suggestion.draft.precedents,
            log_length=len(review.log),
        )

    @property
    def etag(self) -> str:
        return strong_etag(self.id, self.log_length, self.current_version, self.committed_as)


class SuggestionSummary(Frozen):
    """A suggestion in a list."""

    id: str
    handoff: str
    base_version: int
    committed_as: int | None
    created_at: datetime
    made_by: MadeBy
    items: int


class VersionSummary(Frozen):
    """A version in the history."""

    number: int
    committed_by: str
    committed_by_name: str
    committed_at: datetime
    note: str | None
    items: int

    @classmethod
    def of(cls, version: Version, ctx: Context) -> "VersionSummary":
        return cls(
            number=version.number,
            committed_by=version.committed_by,
            committed_by_name=ctx.name_of(version.committed_by),
            committed_at=version.committed_at,
            note=version.note,
            items=len(version.items),
        )


class HandoffView(Frozen):
    """A handoff with its history, oldest version first."""

    id: str
    deal: str
    current: int
    """Number of the newest version; 0 before the first commit."""
    versions: tuple[VersionSummary, ...]

    @classmethod
    def of(cls, handoff: Handoff, ctx: Context) -> "HandoffView":
        summaries = tuple(VersionSummary.of(version, ctx) for version in handoff.versions)
        return cls(id=handoff.id, deal=handoff.deal, current=handoff.number, versions=summaries)


class VersionView(Frozen):
    """A version, whole."""

    handoff: str
    number: int
    items: tuple[Decided[Item], ...]
    stakeholders: tuple[Decided[Stakeholder], ...]
    suggestion: str
    committed_by: str
    committed_at: datetime
    note: str | None
    sha256: str
    """Of the version's canonical JSON, for audit."""

    @classmethod
    def of(cls, version: Version, handoff: Handoff) -> "VersionView":
        known = {name: getattr(version, name) for name in type(version).model_fields}
        return cls(**known, handoff=handoff.id, sha256=sha256(version.model_dump_json().encode()))


class DifferenceView(Frozen):
    """What changed from one version to another; version 0 is the empty one."""

    before: int
    after: int
    changes: tuple[EntryDifference, ...]


class SowAdded(SowCard):
    """A file that was added to the library, and what it was to it."""

    arrival: Arrival


class SowView(SowCard):
    """A past SOW with its sections; offsets count code points of `text`."""

    newest: str
    """Id of the version that is searched; its own where it is that one."""
    text: str
    sections: tuple[SowSection, ...]


class Health(Frozen):
    """That the service runs, and on what."""

    status: str = "ok"
    engine: str
