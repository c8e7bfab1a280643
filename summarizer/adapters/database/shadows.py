"""Drafts of a second engine, beside the suggestions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from summarizer.adapters.database.rows import as_json, columns, records
from summarizer.adapters.database.tables import shadow_draft
from summarizer.adapters.database.tasks import SHADOW, defer
from summarizer.records import ShadowDraft


@dataclass(frozen=True)
class Shadows:
    """See `summarizer.ports.Shadows`."""

    connection: Connection
    workspace: str

    def ask(self, suggestion_id: str) -> None:
        """Queue one for this suggestion, in this transaction, in a lane of its own."""
        defer(self.connection, SHADOW, workspace=self.workspace, id=suggestion_id)

    def add(self, shadow: ShadowDraft) -> None:
        """Keep it; where the suggestion has one already, that one stays."""
        written = as_json(shadow)
        values = {**written, "created_at": shadow.created_at}
        self.connection.execute(insert(shadow_draft).values(**values).on_conflict_do_nothing())

    def get(self, suggestion_id: str) -> ShadowDraft | None:
        """`None` while there is none."""
        query = columns(shadow_draft).where(shadow_draft.c.suggestion == suggestion_id)
        return next(iter(records(ShadowDraft, self.connection.execute(query))), None)

    def tokens_since(self, moment: datetime) -> int:
        """What those that were made since then have cost."""
        added = func.coalesce(func.sum(shadow_draft.c.tokens), 0)
        return int(self.connection.execute(select(added).where(shadow_draft.c.created_at >= moment)).scalar_one())

    def all(self) -> list[ShadowDraft]:
        """Oldest first."""
        oldest = columns(shadow_draft).order_by(shadow_draft.c.created_at, shadow_draft.c.suggestion)
        return records(ShadowDraft, self.connection.execute(oldest))
