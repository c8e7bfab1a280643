"""What is proposed, what a person says of it, and what comes of that: suggestions, decisions, versions."""

from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import Field, model_validator

from summarizer.items import Finding, Frozen, Item, LeftOut, MadeBy, Note, Precedent, Stakeholder

Entry = Item | Stakeholder
"""What is decided on one by one."""
E = TypeVar("E", Item, Stakeholder)


class Verdict(StrEnum):
    """What a person says of one entry."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    NEEDS_INFO = "needs_info"
    ADDED = "added"
    """The reviewer wrote the entry."""
    UNDECIDED = "undecided"
    """The reviewer took a verdict back."""


IN_THE_VERSION = frozenset({Verdict.ACCEPTED, Verdict.EDITED, Verdict.ADDED})
CARRIES_AN_ENTRY = frozenset({Verdict.EDITED, Verdict.ADDED})


class Decision(Frozen):
    """A person's verdict on one entry: appended to a log, never changed."""

    item: str
    """Id of an entry of the suggestion, of the version it builds on, or of one that the reviewer adds."""
    verdict: Verdict
    by: str = Field(min_length=1)
    """The person's id."""
    at: datetime
    reason: str | None = None
    edited: Item | Stakeholder | None = None
    """The entry as the reviewer wants it; set for `edited` and `added`, `None` otherwise."""
    assertion: Note | None = None
    """A note by which the reviewer vouches for an item without evidence."""

    @model_validator(mode="after")
    def _carries_an_entry_when_it_needs_one(self) -> "Decision":
        if (self.edited is not None) != (self.verdict in CARRIES_AN_ENTRY):
            raise ValueError(f"a decision '{self.verdict}' {'needs' if self.edited is None else 'takes no'} entry")
        if self.edited is not None and self.edited.id != self.item:
            raise ValueError("an edited entry keeps its id")
        return self


class Draft(Frozen):
    """What an engine made of the sources, verified and reconciled, but not yet filed anywhere."""

    items: tuple[Item, ...]
    stakeholders: tuple[Stakeholder, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()
    precedents: tuple[Precedent, ...] = ()
    made_by: MadeBy


class Suggestion(Frozen):
    """A draft, filed: immutable, and tied to the version of the handoff that it was drafted from."""

    id: str
    handoff: str
    base_version: int = Field(ge=0)
    """Number of the version that was current when it was drafted; 0 when there was none."""
    draft: Draft
    sources: tuple[str, ...]
    """Ids of the sources it was drafted from."""
    created_at: datetime
    committed_as: int | None = None
    """Number of the version that it became; `None` while it is pending."""


class Decided(Frozen, Generic[E]):
    """An entry of a version together with the person's decision that put it there."""

    item: E
    suggestion: str
    """Id of the suggestion in whose review the decision was taken."""
    verdict: Verdict
    decided_by: str = Field(min_length=1)
    decided_at: datetime

    @model_validator(mode="after")
    def _rests_on_a_decision(self) -> "Decided[E]":
        if self.verdict not in IN_THE_VERSION:
            raise ValueError(f"nothing gets into a version by the verdict '{self.verdict}'")
        return self


class Version(Frozen):
    """One immutable state of a handoff."""

    number: int = Field(ge=1)
    items: tuple[Decided[Item], ...]
    stakeholders: tuple[Decided[Stakeholder], ...] = ()
    suggestion: str
    committed_by: str = Field(min_length=1)
    committed_at: datetime
    note: str | None = None
