"""The handoff that sales and delivery share, and the one rule it owns: a model may only propose, a person decides.

`Handoff.propose` files a draft as a pending suggestion. `Handoff.decide` is the only way to a version: it takes a
review, which holds a person's verdicts, and verifies the evidence of each entry again. What the model said is never
edited; a decision is a second record.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from summarizer.decisions import IN_THE_VERSION, Decided, Decision, Draft, E, Suggestion, Version
from summarizer.errors import AlreadyDecided, CommitRefused, InvalidInput, StaleSuggestion
from summarizer.items import Assertion, Item, Stakeholder
from summarizer.review import Review, Reviewed


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

    def rebase(self, stale: Suggestion, *, id: str, at: datetime, without: Collection[str] = ()) -> Suggestion:
        """The draft as a new suggestion on the current version, `without` the entries with these ids.

        The stale one stays as it is. Raises AlreadyDecided.
        """
        self.refuse_committed(stale)
        draft = stale.draft
        left = {
            "items": tuple(item for item in draft.items if item.id not in without),
            "stakeholders": tuple(person for person in draft.stakeholders if person.id not in without),
            "findings": tuple(finding for finding in draft.findings if finding.item not in set(without)),
        }
        rebased = {"id": id, "base_version": self.number, "created_at": at, "draft": draft.model_copy(update=left)}
        return stale.model_copy(update=rebased)

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

        Raises AlreadyDecided, StaleSuggestion, InvalidInput for a foreign suggestion, or CommitRefused with a pointer
        for each entry that is not ready; then the handoff is unchanged.
        """
        self.refuse_committed(review.suggestion)
        if review.suggestion.handoff != self.id:
            raise InvalidInput("The suggestion was drafted for another handoff.")
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
