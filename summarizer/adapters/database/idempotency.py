"""Answers that are given again when a request is repeated."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from summarizer.adapters.database.tables import idempotency_key
from summarizer.errors import KeyReused
from summarizer.records import StoredResponse


@dataclass(frozen=True)
class Idempotency:
    """The answers to requests with an idempotency key, in PostgreSQL."""

    connection: Connection

    def claim(self, key: str, scope: str, fingerprint: str) -> StoredResponse | None:
        """The answer that was kept for this request; `None` when it is the first one and has to be carried out.

        Where two claim a key at once, the second waits until the first commits (and gets its answer) or rolls back.
        Raises KeyReused when the key stands for another request.
        """
        c = idempotency_key.c
        claiming = insert(idempotency_key).values(scope=scope, key=key, fingerprint=fingerprint)
        if self.connection.execute(claiming.on_conflict_do_nothing().returning(c.key)).first():
            return None
        query = select(c.fingerprint, c.status, c.headers, c.body).where(c.scope == scope, c.key == key)
        row = self.connection.execute(query).one()
        if row.fingerprint != fingerprint:
            raise KeyReused
        if row.status is None:
            return None
        return StoredResponse(status=row.status, headers=row.headers, body=row.body)

    def keep(self, key: str, scope: str, *, response: StoredResponse) -> None:
        """Keep the answer to the request that this transaction has claimed."""
        c = idempotency_key.c
        keeping = update(idempotency_key).where(c.scope == scope, c.key == key)
        self.connection.execute(keeping.values(response.model_dump()))
