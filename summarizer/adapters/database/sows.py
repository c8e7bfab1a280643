"""Past SOWs and their sections."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    Text,
    cast,
    column,
    exists,
    func,
    insert,
    or_,
    select,
    table,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from summarizer.adapters.database.cursors import newest_first
from summarizer.adapters.database.rows import columns, get, record, records
from summarizer.adapters.database.tables import sow, sow_section
from summarizer.adapters.database.tasks import INDEX_SOW, MEND_INDEX, defer
from summarizer.errors import NotFound
from summarizer.records import ANY_SOW, Page, Slice, Sow, SowCard, SowDetails, SowFilter, SowSection

_later = sow.alias()
NEWEST = ~exists().where(_later.c.series == sow.c.series, _later.c.version > sow.c.version)
CARD = select(*(sow.c[name] for name in SowCard.model_fields))
"""Without the file and the text, which may be large."""

_jobs = table("procrastinate_jobs", column("task_name"), column("status"), column("args", JSONB))


@dataclass(frozen=True)
class Sows:
    """The library of the workspace, in PostgreSQL."""

    connection: Connection
    workspace: str

    def lock(self) -> None:
        """Nobody else adds to the library until the transaction ends."""
        key = func.hashtextextended(f"{self.workspace}/sows", 0)
        self.connection.execute(select(func.pg_advisory_xact_lock(key)))

    def add(self, new: Sow, sections: Sequence[SowSection]) -> None:
        """Keep it and queue its indexing; the version before it is queued too, which leaves the index."""
        self.connection.execute(insert(sow).values(**_values(new)))
        if sections:
            self.connection.execute(insert(sow_section), [section.model_dump() for section in sections])
        for each in self.versions(new.id)[:2]:
            self.reindex(each.id)

    def describe(self, sow_id: str, details: SowDetails) -> None:
        """Replace what people say of it, for all its versions. Raises NotFound."""
        said = details.model_dump() | {"readers": list(details.readers)}
        if not self.connection.execute(update(sow).where(sow.c.series == _series(sow_id)).values(**said)).rowcount:
            raise _unknown(sow_id)

    def get(self, sow_id: str, *, groups: Collection[str] | None = None) -> Sow:
        """Raises NotFound."""
        found = get(self.connection, Sow, sow, sow_id)
        if not (groups is None or not found.readers or set(found.readers) & set(groups)):
            raise _unknown(sow_id)
        return found

    def newest(self, sow_id: str) -> SowCard:
        """The version of this SOW that is searched. Raises NotFound."""
        found = self.versions(sow_id)
        if not found:
            raise _unknown(sow_id)
        return found[0]

    def versions(self, sow_id: str, *, groups: Collection[str] | None = None) -> list[SowCard]:
        """All of the SOW that this is a version of, newest first."""
        query = CARD.where(sow.c.series == _series(sow_id), _readable(groups))
        return self._cards(query.order_by(sow.c.version.desc()))

    def same(self, sha256: str, *, groups: Collection[str] | None = None) -> list[SowCard]:
        """Those whose newest version is this file."""
        return self._cards(CARD.where(sow.c.sha256 == sha256, NEWEST, _readable(groups)))

    def named(self, name: str, *, groups: Collection[str] | None = None) -> list[SowCard]:
        """The newest versions of those that bear this name."""
        return self._cards(CARD.where(sow.c.name == name, NEWEST, _readable(groups)))

    def page(
        self, slice: Slice, *, search: str = "", wanted: SowFilter | None = None, groups: Collection[str] | None = None
    ) -> Page[SowCard]:
        """Newest versions only, last added first; `search` looks into name and client, whatever the case."""
        query = CARD.where(NEWEST, _readable(groups), *_fitting(wanted or SowFilter(), search))
        return newest_first(self.connection, sow, query, slice, record=lambda row: record(SowCard, row))

    def years(self, *, groups: Collection[str] | None = None) -> list[int]:
        """Those that SOWs are of, last first."""
        query = select(sow.c.year).where(sow.c.year.is_not(None), NEWEST, _readable(groups)).distinct()
        return list(self.connection.scalars(query.order_by(sow.c.year.desc())))

    def sections(self, sow_id: str) -> list[SowSection]:
        """In the order of the text."""
        query = columns(sow_section).where(sow_section.c.sow == sow_id).order_by(sow_section.c.position)
        return records(SowSection, self.connection.execute(query))

    def sections_by_id(
        self, section_ids: Sequence[str], *, groups: Collection[str] | None = None
    ) -> dict[str, tuple[SowCard, SowSection]]:
        """Those of newest versions, with their SOW; unknown ids are left out."""
        query = columns(sow_section).where(sow_section.c.id.in_(section_ids))
        sections = records(SowSection, self.connection.execute(query))
        whole = CARD.where(sow.c.id.in_({section.sow for section in sections}), NEWEST, _readable(groups))
        sows = {each.id: each for each in self._cards(whole)}
        return {section.id: (sows[section.sow], section) for section in sections if section.sow in sows}

    def searchable(self, *, wanted: SowFilter = ANY_SOW, groups: Collection[str] | None = None) -> list[str]:
        """Ids of the newest versions of what is wanted."""
        fitting = _fitting(wanted, "")
        return list(self.connection.scalars(select(sow.c.id).where(NEWEST, _readable(groups), *fitting)))

    def searched(self) -> dict[str, str]:
        """Ids of all sections of newest versions, each with the id of its SOW: what the index has to hold."""
        inside = sow_section.join(sow, sow.c.id == sow_section.c.sow)
        query = select(sow_section.c.id, sow_section.c.sow).select_from(inside).where(NEWEST)
        return {row.id: row.sow for row in self.connection.execute(query)}

    def reindex(self, sow_id: str) -> None:
        """Queue its indexing again, in this transaction."""
        defer(self.connection, INDEX_SOW, workspace=self.workspace, id=sow_id)

    def mend(self) -> None:
        """Queue a comparison of the index with the library, which mends what differs, in this transaction."""
        defer(self.connection, MEND_INDEX, workspace=self.workspace, id="library")

    def waiting(self) -> int:
        """How many tasks of the index are queued or going on."""
        ours = _jobs.c.args["workspace"].astext == self.workspace
        open_ones = cast(_jobs.c.status, Text).in_(["todo", "doing"])
        query = (
            select(func.count())
            .select_from(_jobs)
            .where(_jobs.c.task_name.in_([INDEX_SOW, MEND_INDEX]), open_ones, ours)
        )
        return self.connection.execute(query).scalar_one()

    def _cards(self, query: Select[Any]) -> list[SowCard]:
        return records(SowCard, self.connection.execute(query))


def _values(new: Sow) -> dict[str, Any]:
    return new.model_dump() | {"readers": list(new.readers)}


def _series(sow_id: str) -> ScalarSelect[str]:
    return select(_later.c.series).where(_later.c.id == sow_id).scalar_subquery()


def _unknown(sow_id: str) -> NotFound:
    return NotFound(f"There is no sow {sow_id} here.")


def _readable(groups: Collection[str] | None) -> ColumnElement[bool]:
    """Whether somebody of these groups may read it; `None` reads everything."""
    if groups is None:
        return true()
    return or_(sow.c.readers == [], sow.c.readers.overlap(list(groups)))


def _fitting(wanted: SowFilter, search: str) -> list[ColumnElement[bool]]:
    asked = {sow.c.deal_type: wanted.deal_type, sow.c.year: wanted.year, sow.c.outcome: wanted.outcome}
    found = [column == value for column, value in asked.items() if value is not None]
    if search:
        found.append(or_(*(each.icontains(search, autoescape=True) for each in (sow.c.name, sow.c.client))))
    return found
