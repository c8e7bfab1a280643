"""What models answered, kept for a while so that nothing is paid twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from summarizer.adapters.database.tables import answer as rows
from summarizer.records import KeptAnswer
from summarizer.stores import Store

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Answers:
    """The answers of a workspace, in PostgreSQL."""

    connection: Connection

    def get(self, key: str) -> KeptAnswer | None:
        """`None` when it was never given, or its time is over."""
        c = rows.c
        query = select(c.text, c.finish_reason, c.tokens_in, c.tokens_out)
        row = self.connection.execute(query.where(c.key == key, c.kept_until > func.now())).mappings().first()
        return KeptAnswer(**row) if row else None

    def keep(self, key: str, answer: KeptAnswer, *, length: timedelta = KEPT_FOR) -> None:
        """Keep it that long, and drop those whose time is over; where there is one already, that one stays."""
        self.connection.execute(delete(rows).where(rows.c.kept_until <= func.now()))
        until = datetime.now(UTC) + length
        # PostgreSQL's text cannot hold this character; no reader of an answer would give it out either.
        values = answer.model_dump() | {"text": answer.text.replace("\x00", "")}
        self.connection.execute(insert(rows).values(key=key, kept_until=until, **values).on_conflict_do_nothing())


@dataclass(frozen=True)
class StoredAnswers:
    """The same, each time in a transaction of its own: an engine at work has none."""

    begin: Callable[[], AbstractContextManager[Store]]

    def get(self, key: str) -> KeptAnswer | None:
        """`None` when it was never given, or its time is over."""
        with self.begin() as store:
            return store.answers.get(key)

    def keep(self, key: str, answer: KeptAnswer) -> None:
        """Keep it for a while."""
        with self.begin() as store:
            store.answers.keep(key, answer)
