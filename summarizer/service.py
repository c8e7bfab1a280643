"""The use cases, in the order in which they happen: open a deal, give sources, ask for a draft, review, commit.

Each function works in one transaction, the store that it is given, and names the person who acts. Making the draft
itself takes several transactions: `summarizer.draft_job`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from summarizer.errors import JobIsOver, NotFound, NothingToDraft
from summarizer.intake import take_in
from summarizer.items import Side
from summarizer.ports import Documents
from summarizer.reading.threads import read
from summarizer.records import Deal, DealType, Job, JobStatus, Person, SideCorrection, StoredSource, Work
from summarizer.sources import Source, sha256
from summarizer.stores import Store


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
    desk: Desk, deal_id: str, *, name: str, content: bytes, documents: Documents, file_name: str | None = None
) -> list[StoredSource]:
    """Keep a source as given, with its canonical text; the same content again is the same source.

    A mailbox becomes a source for each conversation, what is attached to a mail one of its own, behind it. `file_name`
    tells the kind of file where `name` is a title. Raises EmptySource, UnsupportedSource and what says which limit of
    the documents it breaks: SourceTooLarge, TooManyParts, …
    """
    deal = desk.store.deals.get(deal_id)
    stored: list[StoredSource] = []
    for reading in take_in(documents, file_name or name, content):
        source = StoredSource(
            id=new_id(),
            deal=deal.id,
            name=reading.name or name or "Pasted text",
            media_type=reading.rendition.media_type,
            original=reading.original,
            sha256=sha256(reading.original),
            text=reading.rendition.text,
            parent=stored[reading.parent].id if reading.parent is not None else None,
            findings=reading.rendition.findings,
            created_by=desk.person.id,
            created_at=now(),
        )
        stored.append(desk.store.sources.add(source))
    return stored


def correct_side(desk: Desk, deal_id: str, *, who: str, side: Side | None) -> dict[str, Side]:
    """Say on which side somebody stands, by address or name; `None` takes the word back. What holds then."""
    deal = desk.store.deals.get(deal_id)
    correction = SideCorrection(deal=deal.id, who=who.strip(), side=side, by=desk.person.id, at=now())
    desk.store.deals.correct_side(correction)
    return desk.store.deals.sides(deal.id)


def read_source(store: Store, stored: StoredSource, deal: Deal) -> Source:
    """The source's messages and passages, with the sides that people have corrected."""
    return read_with(stored, deal, known_sides(store, deal))


def read_sources(store: Store, deal: Deal) -> list[Source]:
    """All sources of the deal, read in the same way."""
    sides = known_sides(store, deal)
    return [read_with(stored, deal, sides) for stored in store.sources.of_deal(deal.id)]


def known_sides(store: Store, deal: Deal) -> dict[str, Side]:
    """Who stands where, by address or name: the people of the workspace with the vendor, unless somebody said else."""
    ours = {name: Side.VENDOR for person in store.people.all() for name in (person.name, person.email) if name}
    return ours | store.deals.sides(deal.id)


def read_with(stored: StoredSource, deal: Deal, sides: Mapping[str, Side]) -> Source:
    """The same, outside of a transaction."""
    return read(stored.text, name=stored.name, id=stored.id, client=deal.client, vendor=deal.vendor, sides=sides)


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
    cancelled = job.model_copy(update={"status": JobStatus.CANCELLED, "run": None, "finished_at": now()})
    if not desk.store.jobs.move(cancelled, was=(JobStatus.QUEUED, JobStatus.RUNNING)):
        raise JobIsOver(f"The job is {desk.store.jobs.get(job_id).status}; there is nothing to cancel.")
    desk.store.events.add(job.topic, "cancelled", cancelled.model_dump(mode="json"))
    return cancelled


def retry_job(desk: Desk, job_id: str) -> Job:
    """Queue a failed or cancelled job again, from the same sources, on the current version. Raises JobIsOver."""
    job = desk.store.jobs.get(job_id)
    anew = {
        "status": JobStatus.QUEUED,
        "base_version": desk.store.handoffs.of_deal(job.deal).number,
        "run": None,
        "attempts": 0,
        "problem": None,
        "finished_at": None,
    }
    again = job.model_copy(update=anew)
    if not desk.store.jobs.move(again, was=(JobStatus.FAILED, JobStatus.CANCELLED)):
        raise JobIsOver(f"The job is {desk.store.jobs.get(job_id).status}; there is nothing to retry.")
    desk.store.jobs.requeue(again)
    desk.store.events.add(job.topic, "restarted", {})
    desk.store.events.add(job.topic, "status", again.model_dump(mode="json"))
    return again
