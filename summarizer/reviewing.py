"""The use cases of a reviewer: open a review, give verdicts, commit a version, bring a stale draft up to date.

Like those of `summarizer.service`, each works in one transaction and names the person who acts.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from summarizer.decisions import CARRIES_AN_ENTRY, Decision, Entry, Suggestion, Verdict, Version
from summarizer.errors import InvalidInput, NotFound
from summarizer.handoff import Handoff
from summarizer.reconcile import said_already
from summarizer.records import Person
from summarizer.review import Review
from summarizer.service import Desk, new_id, now
from summarizer.stores import Store


@dataclass(frozen=True)
class Reviewing:
    """A review with what is needed to show and commit it."""

    review: Review
    handoff: Handoff

    @property
    def suggestion(self) -> Suggestion:
        return self.review.suggestion

    @property
    def stale(self) -> bool:
        """Whether the handoff has moved on since the draft."""
        return self.suggestion.committed_as is None and self.suggestion.base_version != self.handoff.number


@dataclass(frozen=True)
class Ruling:
    """A verdict as a person gives it; `item` is `None` for an entry to be added.

    With the id of one that a reviewer added, `added` words it anew, or brings it back.
    """

    item: str | None
    verdict: Verdict
    reason: str | None = None
    assertion: str | None = None
    edit: Callable[[str, Entry | None], Entry] | None = None
    """Makes the entry that the person wants from its id and the entry as it was."""


def open_review(store: Store, suggestion_id: str) -> Reviewing:
    """The suggestion with all decisions on it."""
    suggestion = store.suggestions.get(suggestion_id)
    handoff = store.handoffs.get(suggestion.handoff)
    base = handoff.version(suggestion.base_version)
    return Reviewing(Review(suggestion, base, store.suggestions.log(suggestion_id)), handoff)


def decide(desk: Desk, suggestion_id: str, rulings: Sequence[Ruling], *, expected: int) -> Reviewing:
    """Append the person's verdicts to the log, all or none.

    `expected` is the length of the log that the person saw. Raises StaleReview, AlreadyDecided, NotFound,
    InvalidInput.
    """
    reviewing = open_review(desk.store, suggestion_id)
    reviewing.handoff.refuse_committed(reviewing.suggestion)
    entries = _entries(reviewing.review)
    added = _added(reviewing.review)
    decisions = []
    for ruling in rulings:
        _refuse_misnamed(ruling, entries, added)
        decision = _decision(desk.person, ruling, entries)
        entries[decision.item] = decision.edited or entries.get(decision.item)
        decisions.append(decision)
    desk.store.suggestions.decide(suggestion_id, decisions, expected=expected)
    return open_review(desk.store, suggestion_id)


def _entries(review: Review) -> dict[str, Entry | None]:
    """All entries by their id, as they are now; also those that a reviewer added and took back."""
    entries: dict[str, Entry | None] = {**_added(review)}
    entries |= {row.item.id: row.item for row in review.items()}
    return entries | {row.item.id: row.item for row in review.stakeholders()}


def _added(review: Review) -> dict[str, Entry | None]:
    """What reviewers added, by its id, in its last wording."""
    return {decision.item: decision.edited for decision in review.log if decision.verdict is Verdict.ADDED}


def _refuse_misnamed(ruling: Ruling, entries: Container[str], added: Container[str]) -> None:
    if ruling.item is not None and ruling.item not in entries:
        raise NotFound(f"The suggestion has no entry {ruling.item}.")
    if ruling.verdict is Verdict.ADDED and ruling.item is not None and ruling.item not in added:
        raise InvalidInput(
            f"{ruling.item} was drafted; leave out `item` to add an entry, or give the verdict “edited”."
        )
    if ruling.verdict is not Verdict.ADDED and ruling.item is None:
        raise InvalidInput("Leave out `item` to add an entry, and name it for any other verdict.")


def _decision(person: Person, ruling: Ruling, entries: Mapping[str, Entry | None]) -> Decision:
    if (ruling.edit is not None) != (ruling.verdict in CARRIES_AN_ENTRY):
        raise InvalidInput(f"The verdict “{ruling.verdict}” {'takes no' if ruling.edit else 'needs an'} edit.")
    edited = _edited(ruling, entries) if ruling.edit else None
    return Decision(
        item=edited.id if edited else ruling.item or "",
        verdict=ruling.verdict,
        by=person.id,
        at=now(),
        reason=ruling.reason or None,
        edited=edited,
        assertion=ruling.assertion or None,
    )


def _edited(ruling: Ruling, entries: Mapping[str, Entry | None]) -> Entry:
    assert ruling.edit is not None
    if ruling.item is not None:
        return ruling.edit(ruling.item, entries[ruling.item])
    number = 1 + sum(1 for entry_id in entries if entry_id.startswith("a"))
    return ruling.edit(f"a{number}", None)


def commit(
    desk: Desk, suggestion_id: str, *, expected: int, leave_out_undecided: bool = False, note: str | None = None
) -> Version:
    """Make the next version of what the review accepted; all evidence is verified against the stored sources.

    Raises StaleReview, StaleSuggestion, AlreadyDecided, CommitRefused; then nothing has changed.
    """
    store = desk.store
    handoff = store.handoffs.lock(store.suggestions.get(suggestion_id).handoff)
    reviewing = open_review(store, suggestion_id)
    store.suggestions.expect(suggestion_id, expected)
    version = handoff.decide(
        reviewing.review,
        by=desk.person.id,
        at=now(),
        texts={source.id: source.text for source in store.sources.of_deal(handoff.deal)},
        leave_out_undecided=leave_out_undecided,
        note=note or None,
    )
    store.handoffs.add_version(handoff, version)
    return version


def bring_up_to_date(desk: Desk, suggestion_id: str) -> Reviewing:
    """A new suggestion with the same draft on the current version; the decisions go with it.

    A decision on an entry that stood in the old base goes only where the current version still says the same; what
    the current version says already, and nobody has reworded, is not proposed once more.
    """
    reviewing = open_review(desk.store, suggestion_id)
    handoff, review = reviewing.handoff, reviewing.review
    again = handoff.rebase(reviewing.suggestion, id=new_id(), at=now(), without=_said_already(review, handoff.current))
    desk.store.suggestions.add(again)
    unseen = _changed_since(review.base, handoff.current)
    known = set(_entries(Review(again, handoff.current, review.log))) - unseen
    kept = [decision for decision in review.log if decision.item in known]
    desk.store.suggestions.decide(again.id, kept, expected=0)
    return open_review(desk.store, again.id)


def _said_already(review: Review, current: Version | None) -> set[str]:
    """Ids of drafted entries that the version says, but for those that a reviewer has worded anew."""
    items = [each.item for each in current.items] if current else []
    names = {each.item.name for each in current.stakeholders} if current else set()
    kept = {decision.item for decision in review.log if decision.edited}
    said = said_already(review.suggestion.draft.items, items)
    said |= {person.id for person in review.suggestion.draft.stakeholders if person.name in names}
    return said - kept


def _changed_since(base: Version | None, current: Version | None) -> set[str]:
    """Ids of entries that the current version does not hold as the base did."""
    old, new = _standing(base), _standing(current)
    return {entry_id for entry_id, entry in old.items() if new.get(entry_id) != entry}


def _standing(version: Version | None) -> dict[str, Entry]:
    if version is None:
        return {}
    items: dict[str, Entry] = {each.item.id: each.item for each in version.items}
    return items | {each.item.id: each.item for each in version.stakeholders}
