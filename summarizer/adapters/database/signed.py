"""Signed SOWs, their comparisons with what was said, and what reviewers made of the rows."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from summarizer.adapters.database.rows import as_json, columns, get, record, records
from summarizer.adapters.database.tables import comparison, row_note, signed_sow
from summarizer.adapters.database.tasks import COMPARE, defer
from summarizer.signed import Comparison, RowNote, SignedCard, SignedSow

CARD = select(*(signed_sow.c[name] for name in SignedCard.model_fields))
"""Without the file and the text, which may be large."""


@dataclass(frozen=True)
class SignedSows:
    """What is signed, in PostgreSQL."""

    connection: Connection
    workspace: str

    def add(self, new: SignedSow) -> SignedSow:
        """Keep it; where the deal has this file already, that one is returned instead."""
        adding = insert_or(signed_sow).values(**new.model_dump())
        once = adding.on_conflict_do_nothing(constraint="signed_sow_once_a_deal")
        if self.connection.execute(once.returning(signed_sow.c.id)).first():
            return new
        same = columns(signed_sow).where(signed_sow.c.deal == new.deal, signed_sow.c.sha256 == new.sha256)
        return record(SignedSow, self.connection.execute(same).one())

    def get(self, sow_id: str) -> SignedSow:
        """Raises NotFound."""
        return get(self.connection, SignedSow, signed_sow, sow_id)

    def of_deal(self, deal_id: str) -> list[SignedCard]:
        """Newest first."""
        newest = CARD.where(signed_sow.c.deal == deal_id).order_by(signed_sow.c.created_at.desc(), signed_sow.c.id)
        return records(SignedCard, self.connection.execute(newest))

    def ask(self, new: Comparison) -> None:
        """Keep a comparison without rows and queue it, in this transaction."""
        self.connection.execute(insert(comparison).values(**new.model_dump() | {"sources": list(new.sources)}))
        defer(self.connection, COMPARE, workspace=self.workspace, id=new.id)

    def finish(self, made: Comparison) -> bool:
        """Keep its rows and sources if it has none yet; whether that was so."""
        values = {"rows": as_json(made)["rows"], "sources": list(made.sources)}
        unmade = update(comparison).where(comparison.c.id == made.id, comparison.c.rows.is_(None))
        return bool(self.connection.execute(unmade.values(**values)).rowcount)

    def comparison(self, comparison_id: str) -> Comparison:
        """Raises NotFound."""
        return get(self.connection, Comparison, comparison, comparison_id)

    def comparisons(self, deal_id: str) -> list[Comparison]:
        """Newest first."""
        query = columns(comparison).where(comparison.c.deal == deal_id)
        newest = query.order_by(comparison.c.created_at.desc(), comparison.c.id)
        return records(Comparison, self.connection.execute(newest))

    def note(self, new: RowNote) -> None:
        """Append."""
        values = new.model_dump() | {"evidence": as_json(new)["evidence"]}
        self.connection.execute(insert(row_note).values(**values))

    def notes(self, deal_id: str) -> list[RowNote]:
        """Of all comparisons of the deal, oldest first."""
        of_deal = row_note.join(comparison, comparison.c.id == row_note.c.comparison)
        query = select(*(row_note.c[name] for name in RowNote.model_fields)).select_from(of_deal)
        oldest = query.where(comparison.c.deal == deal_id).order_by(row_note.c.id)
        return records(RowNote, self.connection.execute(oldest))
