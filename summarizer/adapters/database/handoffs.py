"""Suggestions with the decisions on them, and handoffs with their versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.postgresql import insert

from summarizer.adapters.database.rows import as_json, columns, records
from summarizer.adapters.database.tables import decision, handoff, suggestion, version
from summarizer.decisions import Decision, Suggestion, Version
from summarizer.errors import AlreadyDecided, NotFound, StaleReview
from summarizer.handoff import Handoff


@dataclass(frozen=True)
class Suggestions:
    """Drafts on file, in PostgreSQL; neither they nor decisions are ever changed."""

    connection: Connection

    def add(self, new: Suggestion) -> None:
        """File it; `committed_as` is not stored but read from the versions."""
        values = new.model_dump(exclude={"committed_as"}) | {"draft": as_json(new.draft), "sources": list(new.sources)}
        self.connection.execute(insert(suggestion).values(**values))

    def get(self, suggestion_id: str) -> Suggestion:
        """Raises NotFound."""
        row = self.connection.execute(_suggestions().where(suggestion.c.id == suggestion_id)).one_or_none()
        if row is None:
            raise NotFound(f"There is no suggestion {suggestion_id} here.")
        return Suggestion.model_validate(row._asdict())

    def of_handoff(self, handoff_id: str) -> list[Suggestion]:
        """Newest first."""
        query = _suggestions().where(suggestion.c.handoff == handoff_id)
        newest = query.order_by(suggestion.c.created_at.desc(), suggestion.c.id.desc())
        return records(Suggestion, self.connection.execute(newest))

    def log(self, suggestion_id: str) -> tuple[Decision, ...]:
        """Oldest first."""
        query = columns(decision).where(decision.c.suggestion == suggestion_id).order_by(decision.c.place)
        return tuple(_decision(row) for row in self.connection.execute(query))

    def decide(self, suggestion_id: str, decisions: Sequence[Decision], *, expected: int) -> None:
        """Append to the log. Raises StaleReview unless the log held `expected` decisions before.

        Raises AlreadyDecided when the suggestion has become a version.
        """
        self.expect(suggestion_id, expected)
        committed = select(version.c.number).where(version.c.suggestion == suggestion_id)
        if (number := self.connection.execute(committed).scalar_one_or_none()) is not None:
            raise AlreadyDecided(f"It became version {number}.")
        rows = [
            {**new.model_dump(exclude={"edited"}), "edited": as_json(new.edited) if new.edited else None}
            | {"suggestion": suggestion_id, "place": expected + offset}
            for offset, new in enumerate(decisions)
        ]
        if rows:
            self.connection.execute(insert(decision), rows)

    def expect(self, suggestion_id: str, expected: int) -> None:
        """Raises StaleReview unless the log holds `expected` decisions; it stays so until the transaction ends.

        The handoff's row is locked, the same that a commit locks: neither can a decision slip into a log that is
        being committed, nor can two be appended at one place. The log's primary key would refuse the second anyway.
        """
        _lock(self.connection, self.get(suggestion_id).handoff)
        held = select(func.count()).where(decision.c.suggestion == suggestion_id)
        if self.connection.execute(held).scalar_one() != expected:
            raise StaleReview


def _suggestions() -> Any:
    became = select(version.c.number).where(version.c.suggestion == suggestion.c.id).scalar_subquery()
    return columns(suggestion).add_columns(became.label("committed_as"))


def _decision(row: Row[Any]) -> Decision:
    return Decision.model_validate({name: row._mapping[name] for name in Decision.model_fields})


@dataclass(frozen=True)
class Handoffs:
    """Handoffs with their versions, in PostgreSQL."""

    connection: Connection

    def of_deal(self, deal_id: str) -> Handoff:
        """The deal's handoff, made on first use. Raises NotFound for an unknown deal."""
        stored = select(handoff.c.id).where(handoff.c.deal == deal_id)
        handoff_id = self.connection.execute(stored).scalar_one_or_none()
        if handoff_id is None:
            making = insert(handoff).values(id=str(uuid4()), deal=deal_id)
            # Where two make it at once, the second waits for the first and finds its row.
            self.connection.execute(making.on_conflict_do_nothing(constraint="handoff_once_a_deal"))
            handoff_id = self.connection.execute(stored).scalar_one()
        return self.get(handoff_id)

    def get(self, handoff_id: str) -> Handoff:
        """Raises NotFound."""
        row = self.connection.execute(columns(handoff).where(handoff.c.id == handoff_id)).one_or_none()
        if row is None:
            raise NotFound(f"There is no handoff {handoff_id} here.")
        query = columns(version).where(version.c.handoff == handoff_id).order_by(version.c.number)
        return Handoff(id=row.id, deal=row.deal, versions=[_version(each) for each in self.connection.execute(query)])

    def lock(self, handoff_id: str) -> Handoff:
        """Like `get`; nobody else locks it until the transaction ends."""
        _lock(self.connection, handoff_id)
        return self.get(handoff_id)

    def add_version(self, changed: Handoff, new: Version) -> None:
        """Raises StaleSuggestion when the number is taken, AlreadyDecided when the suggestion is a version already."""
        values = as_json(new) | {"committed_at": new.committed_at, "handoff": changed.id}
        self.connection.execute(insert(version).values(**values))


def _lock(connection: Connection, handoff_id: str) -> None:
    connection.execute(select(handoff.c.id).where(handoff.c.id == handoff_id).with_for_update())


def _version(row: Row[Any]) -> Version:
    return Version.model_validate({name: row._mapping[name] for name in Version.model_fields})
