"""Drafts being made, and what happens meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from summarizer.adapters.bell import CHANNEL, topic_key
from summarizer.adapters.database.rows import as_json, columns, get, records
from summarizer.adapters.database.tables import event, job
from summarizer.adapters.database.tasks import DRAFT, defer
from summarizer.records import Event, Job

AT_MOST = 500
"""Events that are read at once."""


@dataclass(frozen=True)
class Jobs:
    """The jobs of the workspace, in PostgreSQL; queueing them is part of the same transaction."""

    connection: Connection
    workspace: str

    def add(self, new: Job) -> None:
        """Store the job and queue it, in this transaction."""
        self.connection.execute(insert(job).values(**_values(new)))
        self.requeue(new)

    def get(self, job_id: str) -> Job:
        """Raises NotFound."""
        return get(self.connection, Job, job, job_id)

    def of_deal(self, deal_id: str) -> list[Job]:
        """Newest first."""
        query = columns(job).where(job.c.deal == deal_id).order_by(job.c.created_at.desc(), job.c.id.desc())
        return records(Job, self.connection.execute(query))

    def move(self, moved: Job, *, was: Iterable[str], run: str | None = None) -> bool:
        """Store the job's new state if its status in the store is one of `was`, and `run` has it; whether it was so.

        Of two that try at once, the second waits for the first, and then sees what the first wrote.
        """
        change = update(job).where(job.c.id == moved.id, job.c.status.in_(list(was))).values(**_values(moved))
        if run is not None:
            change = change.where(job.c.run == run)
        return self.connection.execute(change).rowcount == 1

    def requeue(self, stored: Job) -> None:
        """Queue a stored job again, in this transaction."""
        defer(self.connection, DRAFT, workspace=self.workspace, id=stored.id)


def _values(stored: Job) -> dict[str, Any]:
    problem = as_json(stored.problem) if stored.problem else None
    return stored.model_dump() | {"sources": list(stored.sources), "problem": problem, "run": stored.run}


@dataclass(frozen=True)
class Events:
    """What happened, in PostgreSQL: rows by topic, and a notification that carries the topic alone."""

    connection: Connection
    workspace: str

    def add(self, topic: str, kind: str, body: Mapping[str, Any]) -> None:
        """Append to the topic and wake its readers when the transaction commits."""
        key = topic_key(self.workspace, topic)
        # Ids are given out before the commit. Without the lock a reader that has seen a higher id could miss a
        # lower one, of a transaction that commits later.
        self.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
        self.connection.execute(
            insert(event).values(topic=topic, kind=kind, body=dict(body), at=func.clock_timestamp())
        )
        self.connection.execute(select(func.pg_notify(CHANNEL, key)))

    def after(self, topic: str, event_id: int) -> list[Event]:
        """Oldest first; at most 500."""
        query = columns(event).where(event.c.topic == topic, event.c.id > event_id)
        return records(Event, self.connection.execute(query.order_by(event.c.id).limit(AT_MOST)))
