"""Past SOWs and their sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, or_
from sqlalchemy.dialects.postgresql import insert

from summarizer.adapters.database.cursors import newest_first
from summarizer.adapters.database.rows import columns, get, record, records
from summarizer.adapters.database.tables import sow, sow_section
from summarizer.adapters.database.tasks import INDEX_SOW, defer
from summarizer.records import Page, Slice, Sow, SowSection


@dataclass(frozen=True)
class Sows:
    """The library of the workspace, in PostgreSQL."""

    connection: Connection
    workspace: str

    def add(self, new: Sow, sections: Sequence[SowSection]) -> Sow:
        """Keep it and queue its indexing; where one with the same content is there already, that one is returned."""
        adding = insert(sow).values(**new.model_dump()).on_conflict_do_nothing(constraint="sow_once")
        if not self.connection.execute(adding.returning(sow.c.id)).first():
            return record(Sow, self.connection.execute(columns(sow).where(sow.c.sha256 == new.sha256)).one())
        if sections:
            self.connection.execute(insert(sow_section), [section.model_dump() for section in sections])
        defer(self.connection, INDEX_SOW, workspace=self.workspace, id=new.id)
        return new

    def get(self, sow_id: str) -> Sow:
        """Raises NotFound."""
        return get(self.connection, Sow, sow, sow_id)

    def page(self, slice: Slice, *, search: str = "") -> Page[Sow]:
        """Newest first; `search` looks into name and client, whatever the case."""
        found = or_(*(column.icontains(search, autoescape=True) for column in (sow.c.name, sow.c.client)))
        query = columns(sow).where(found) if search else columns(sow)
        return newest_first(self.connection, sow, query, slice, record=lambda row: record(Sow, row))

    def sections(self, sow_id: str) -> list[SowSection]:
        """In the order of the text."""
        query = columns(sow_section).where(sow_section.c.sow == sow_id).order_by(sow_section.c.position)
        return records(SowSection, self.connection.execute(query))

    def sections_by_id(self, section_ids: Sequence[str]) -> dict[str, tuple[Sow, SowSection]]:
        """Unknown ids are left out."""
        query = columns(sow_section).where(sow_section.c.id.in_(section_ids))
        sections = records(SowSection, self.connection.execute(query))
        whole = columns(sow).where(sow.c.id.in_({section.sow for section in sections}))
        sows = {each.id: each for each in records(Sow, self.connection.execute(whole))}
        return {section.id: (sows[section.sow], section) for section in sections}
