"""The handoff that sales and delivery share, and the one rule it owns: a model may only propose, a person decides.

`Handoff.propose` files a draft as a pending suggestion. `Handoff.decide` is the only way to a version: it takes a
review, which holds a person's verdicts, and verifies the evidence of each entry again. What the model said is never
edited; a decision is a second record.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import Field, model_validator

from summarizer.errors import AlreadyDecided, CommitRefused, Fault, StaleSuggestion
from summarizer.items import Assertion, Finding, Frozen, Item, LeftOut, MadeBy, Precedent, Stakeholder

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
    assertion: str | None = None
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


@dataclass(frozen=True)
class Reviewed(Generic[E]):
    """One row of a review: an entry and what was decided of it last."""

    item: E
    """As it would be committed: edited, if somebody edited it."""
    drafted: E | None
    """As the engine wrote it; `None` for what the reviewer added, and for what stands already."""
    standing: Decided[E] | None
    """The entry of the base version; `None` for what is new."""
    decision: Decision | None
    """`None` while nobody has decided."""

    @property
    def verdict(self) -> Verdict:
        return self.decision.verdict if self.decision else Verdict.UNDECIDED

    @property
    def open(self) -> bool:
        """Whether a reviewer still has to look at it; what stands already stays unless somebody decides otherwise."""
        return self.verdict is Verdict.UNDECIDED and self.standing is None

    @property
    def goes_in(self) -> bool:
        """Whether the next version holds it."""
        return self.verdict in IN_THE_VERSION or (self.verdict is not Verdict.REJECTED and self.standing is not None)


@dataclass(frozen=True)
class Review:
    """A suggestion with the log of decisions on it, on top of the version that it was drafted from."""

    suggestion: Suggestion
    base: Version | None
    log: tuple[Decision, ...] = ()

    def items(self) -> list[Reviewed[Item]]:
        """What stands already, then what was drafted, then what the reviewer added, in this order."""
        return self._rows(Item, self.base.items if self.base else (), self.suggestion.draft.items)

    def stakeholders(self) -> list[Reviewed[Stakeholder]]:
        """The people, in the same order."""
        standing = self.base.stakeholders if self.base else ()
        return self._rows(Stakeholder, standing, self.suggestion.draft.stakeholders)

    def _rows(self, kind: type[E], standing: Sequence[Decided[E]], drafted: Sequence[E]) -> list[Reviewed[E]]:
        latest = {decision.item: decision for decision in self.log}

        def row(entry: E, draft: E | None, held: Decided[E] | None) -> Reviewed[E]:
            decision = latest.pop(entry.id, None)
            edited = decision.edited if decision else None
            return Reviewed(edited if isinstance(edited, kind) else entry, draft, held, decision)

        rows = [row(held.item, None, held) for held in standing]
        rows += [row(entry, entry, None) for entry in drafted]
        added = [each for each in latest.values() if each.verdict is Verdict.ADDED and isinstance(each.edited, kind)]
        return rows + [row(each.edited, None, None) for each in added if isinstance(each.edited, kind)]

    def faults(self, texts: Mapping[str, str], *, leave_out_undecided: bool) -> list[Fault]:
        """Why this review cannot be committed; empty when it can.

        `texts` maps the id of each source to its canonical text, against which all evidence is verified.
        """
        faults: list[Fault] = []
        for index, row in enumerate(self.items()):
            faults += _faults(row, f"#/items/{index}", texts, leave_out_undecided)
            faults += _missing_evidence(row, f"#/items/{index}/evidence")
        for index, person in enumerate(self.stakeholders()):
            faults += _faults(person, f"#/stakeholders/{index}", texts, leave_out_undecided)
        return faults


def _faults(row: Reviewed[E], pointer: str, texts: Mapping[str, str], leave_out_undecided: bool) -> Iterator[Fault]:
    if row.open and not leave_out_undecided:
        yield Fault(f"{pointer}/verdict", f"Nobody has decided on “{_label(row.item)}”.")
    for position, evidence in enumerate(row.item.evidence if row.goes_in else ()):
        if not evidence.stands_in(texts.get(evidence.source, "")):
            detail = f"“{evidence.quote}” does not stand at its place in the source."
            yield Fault(f"{pointer}/evidence/{position}", detail)


def _missing_evidence(row: Reviewed[Item], pointer: str) -> Iterator[Fault]:
    asserted = row.item.assertion or (row.decision and row.decision.assertion)
    if row.goes_in and not row.item.evidence and not asserted:
        yield Fault(pointer, f"“{row.item.text}” has no evidence. Point it at the words, or assert it with a note.")


def _label(entry: Entry) -> str:
    return entry.text if isinstance(entry, Item) else entry.name


@dataclass
class Handoff:
    """The object that sales and delivery share: a list of versions, each made by a person's decision."""

    id: str
    deal: str
    versions: list[Version] = field(default_factory=list)

    @property
    def current(self) -> Version | None:
        """The newest version; `None` before the first commit."""
        return self.versions[-1] if self.versions else None

    @property
    def number(self) -> int:
        """Number of the newest version; 0 before the first commit."""
        return self.current.number if self.current else 0

    def version(self, number: int) -> Version | None:
        """The version with this number; `None` for 0 and for one that does not exist."""
        return next((version for version in self.versions if version.number == number), None)

    def propose(
        self, draft: Draft, *, id: str, sources: tuple[str, ...], base_version: int, at: datetime
    ) -> Suggestion:
        """File a draft as a pending suggestion; this changes nothing in the handoff itself."""
        return Suggestion(
            id=id, handoff=self.id, base_version=base_version, draft=draft, sources=sources, created_at=at
        )

    def rebase(self, stale: Suggestion, *, id: str, at: datetime) -> Suggestion:
        """The same draft as a new suggestion on the current version; the stale one stays as it is."""
        self.refuse_committed(stale)
        return stale.model_copy(update={"id": id, "base_version": self.number, "created_at": at})

    def decide(
        self,
        review: Review,
        *,
        by: str,
        at: datetime,
        texts: Mapping[str, str],
        leave_out_undecided: bool = False,
        note: str | None = None,
    ) -> Version:
        """Make version n+1 of what the review accepted, on top of what stands already.

        Raises AlreadyDecided, StaleSuggestion, or CommitRefused with a pointer for each entry that is not ready;
        then the handoff is unchanged.
        """
        self.refuse_committed(review.suggestion)
        if review.suggestion.base_version != self.number or review.base != self.current:
            raise StaleSuggestion(
                f"It builds on version {review.suggestion.base_version}; the handoff stands at {self.number}."
            )
        faults = review.faults(texts, leave_out_undecided=leave_out_undecided)
        if faults:
            raise CommitRefused(faults)
        number = self.number + 1
        version = Version(
            number=number,
            items=tuple(_decided(Decided[Item], review.items(), review.suggestion.id, f"{number}.")),
            stakeholders=tuple(
                _decided(Decided[Stakeholder], review.stakeholders(), review.suggestion.id, f"{number}.p")
            ),
            suggestion=review.suggestion.id,
            committed_by=by,
            committed_at=at,
            note=note,
        )
        self.versions.append(version)
        return version

    @staticmethod
    def refuse_committed(suggestion: Suggestion) -> None:
        """Raises AlreadyDecided when the suggestion has become a version."""
        if suggestion.committed_as is not None:
            raise AlreadyDecided(f"It became version {suggestion.committed_as}.")


def _decided(make: type[Decided[E]], rows: Sequence[Reviewed[E]], suggestion: str, prefix: str) -> Iterator[Decided[E]]:
    """The entries of the next version: what stands keeps its id, what is new is called `<version>.<place>`."""
    new = 0
    for row in rows:
        if not row.goes_in:
            continue
        if row.decision is None or row.verdict not in IN_THE_VERSION:
            if row.standing is not None:
                yield row.standing
            continue
        new += row.standing is None
        item_id = row.standing.item.id if row.standing else f"{prefix}{new}"
        yield make(
            item=_vouched(row.item, row.decision).model_copy(update={"id": item_id}),
            suggestion=suggestion,
            verdict=row.verdict,
            decided_by=row.decision.by,
            decided_at=row.decision.at,
        )


def _vouched(entry: E, decision: Decision) -> E:
    if not decision.assertion or not isinstance(entry, Item):
        return entry
    return entry.model_copy(update={"assertion": Assertion(by=decision.by, note=decision.assertion)})
