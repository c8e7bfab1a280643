"""The use cases, in the order in which they happen: open a deal, give sources, ask for a draft, review, commit.

Each function works in one transaction, the store that it is given, and names the person who acts. Making the draft
itself takes several transactions: `summarizer.draft_job`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from summarizer.decisions import CARRIES_AN_ENTRY, Decision, Entry, Suggestion, Verdict, Version
from summarizer.errors import InvalidInput, JobIsOver, NotFound, NothingToDraft, SourceTooLarge
from summarizer.handoff import Handoff
from summarizer.ports import Store
from summarizer.reading.files import render
from summarizer.records import Deal, DealType, Job, JobStatus, Person, Sow, StoredSource, Work
from summarizer.review import Review
from summarizer.sources import sha256
from summarizer.sows import sections


def new_id() -> str:
    """An id that nobody guesses."""
    return str(uuid4())


def now() -> datetime:
    """The time that records carry, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """A person at work: the transaction of a request, and who acts in it."""

    store: Store
    person: Person


def who_acts(people: Sequence[Person], wanted: str | None) -> Person:
    """The person with this id; where it is no one's, the first sales rep, who is whom a new user plays."""
    known = next((person for person in people if person.id == wanted), None)
    return known or next((person for person in people if person.work is Work.REP), people[0])


# --- deals and sources -----------------------------------------------------------------------------------------------


def open_deal(desk: Desk, *, name: str, client: str, vendor: str, deal_type: DealType = DealType.OTHER) -> Deal:
    """A deal made by hand; CRM and the id in it are ours."""
    deal_id = new_id()
    deal = Deal(
        id=deal_id,
        crm_deal_id=deal_id,
        name=name.strip(),
        client=client.strip(),
        vendor=vendor.strip(),
        deal_type=deal_type,
        created_by=desk.person.id,
        created_at=now(),
    )
    desk.store.deals.add(deal)
    return deal


def give_source(
    desk: Desk, deal_id: str, *, name: str, content: bytes, limit: int, file_name: str | None = None
) -> StoredSource:
    """Keep a source as given, with its canonical text; the same content again is the same source.

    `limit` is in bytes; `file_name` tells the kind of file where `name` is a title.
    Raises SourceTooLarge, EmptySource, UnsupportedSource.
    """
    if len(content) > limit:
        raise SourceTooLarge(f"{name or 'The text'} has {len(content):,} bytes; the limit is {limit:,}.")
    deal = desk.store.deals.get(deal_id)
    rendition = render(file_name or name, content)
    source = StoredSource(
        id=new_id(),
        deal=deal.id,
        name=name or "Pasted text",
        media_type=rendition.media_type,
        original=content,
        sha256=sha256(content),
        text=rendition.text,
        created_by=desk.person.id,
        created_at=now(),
    )
    return desk.store.sources.add(source)


# --- asking for a draft ----------------------------------------------------------------------------------------------


def ask_for_draft(desk: Desk, deal_id: str, *, sources: Sequence[str] = ()) -> Job:
    """Queue a draft from these sources of the deal, or from all of them. Raises NothingToDraft, NotFound."""
    store = desk.store
    given = [source.id for source in store.sources.of_deal(store.deals.get(deal_id).id)]
    if not given:
        raise NothingToDraft
    foreign = [source for source in sources if source not in given]
    if foreign:
        raise NotFound(f"The deal has no source {foreign[0]}.")
    job = Job(
        id=new_id(),
        deal=deal_id,
        sources=tuple(sources or given),
        base_version=store.handoffs.of_deal(deal_id).number,
        created_by=desk.person.id,
        created_at=now(),
    )
    store.jobs.add(job)
    store.events.add(job.topic, "status", job.model_dump(mode="json"))
    return job


def cancel_job(desk: Desk, job_id: str) -> Job:
    """Stop a job; what is running stops at its next item. Raises JobIsOver."""
    job = desk.store.jobs.get(job_id)
    cancelled = job.model_copy(update={"status": JobStatus.CANCELLED, "finished_at": now()})
    if not desk.store.jobs.move(cancelled, was=(JobStatus.QUEUED, JobStatus.RUNNING)):
        raise JobIsOver(f"The job is {desk.store.jobs.get(job_id).status}; there is nothing to cancel.")
    desk.store.events.add(job.topic, "cancelled", cancelled.model_dump(mode="json"))
    return cancelled


def retry_job(desk: Desk, job_id: str) -> Job:
    """Queue a failed or cancelled job again, from the same sources. Raises JobIsOver."""
    job = desk.store.jobs.get(job_id)
    again = job.model_copy(update={"status": JobStatus.QUEUED, "attempts": 0, "problem": None, "finished_at": None})
    if not desk.store.jobs.move(again, was=(JobStatus.FAILED, JobStatus.CANCELLED)):
        raise JobIsOver(f"The job is {desk.store.jobs.get(job_id).status}; there is nothing to retry.")
    desk.store.jobs.requeue(again)
    desk.store.events.add(job.topic, "restarted", {})
    desk.store.events.add(job.topic, "status", again.model_dump(mode="json"))
    return again


# --- review ----------------------------------------------------------------------------------------------------------


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
    """A verdict as a person gives it; `item` is `None` for an entry to be added."""

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
    decisions = []
    for ruling in rulings:
        decision = _decision(desk.person, ruling, entries)
        entries[decision.item] = decision.edited or entries.get(decision.item)
        decisions.append(decision)
    desk.store.suggestions.decide(suggestion_id, decisions, expected=expected)
    return open_review(desk.store, suggestion_id)


def _entries(review: Review) -> dict[str, Entry | None]:
    """All entries by their id, as they are now; also those that a reviewer added and took back."""
    entries: dict[str, Entry | None] = {d.item: d.edited for d in review.log if d.verdict is Verdict.ADDED}
    entries |= {row.item.id: row.item for row in review.items()}
    return entries | {row.item.id: row.item for row in review.stakeholders()}


def _decision(person: Person, ruling: Ruling, entries: Mapping[str, Entry | None]) -> Decision:
    if ruling.item is not None and ruling.item not in entries:
        raise NotFound(f"The suggestion has no entry {ruling.item}.")
    if (ruling.edit is not None) != (ruling.verdict in CARRIES_AN_ENTRY):
        raise InvalidInput(f"The verdict “{ruling.verdict}” {'takes no' if ruling.edit else 'needs an'} edit.")
    if (ruling.item is None) != (ruling.verdict is Verdict.ADDED):
        raise InvalidInput("Leave out `item` to add an entry, and name it for any other verdict.")
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
    """A new suggestion with the same draft on the current version; decisions on what was drafted go with it.

    Decisions on entries that stood in the old base go too, where the current version still holds these entries.
    """
    reviewing = open_review(desk.store, suggestion_id)
    handoff = reviewing.handoff
    rebased = handoff.rebase(reviewing.suggestion, id=new_id(), at=now())
    desk.store.suggestions.add(rebased)
    known = _entries(Review(rebased, handoff.current)) | _entries(
        Review(rebased, handoff.current, reviewing.review.log)
    )
    kept = [decision for decision in reviewing.review.log if decision.item in known]
    desk.store.suggestions.decide(rebased.id, kept, expected=0)
    return open_review(desk.store, rebased.id)


# --- past SOWs -------------------------------------------------------------------------------------------------------


def add_sow(
    desk: Desk,
    *,
    name: str,
    content: bytes,
    limit: int,
    client: str | None = None,
    deal_type: DealType | None = None,
) -> Sow:
    """Keep a past SOW with its sections and queue their indexing; the same content again is the same SOW."""
    if len(content) > limit:
        raise SourceTooLarge(f"{name} has {len(content):,} bytes; the limit is {limit:,}.")
    rendition = render(name, content)
    sow = Sow(
        id=new_id(),
        name=name,
        client=client or None,
        deal_type=deal_type,
        sha256=sha256(content),
        original=content,
        media_type=rendition.media_type,
        text=rendition.text,
        created_by=desk.person.id,
        created_at=now(),
    )
    return desk.store.sows.add(sow, sections(sow.id, sow.text))
