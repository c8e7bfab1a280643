"""People, deals and their sources."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from summarizer.adapters.database.cursors import newest_first
from summarizer.adapters.database.rows import columns, get, record, records
from summarizer.adapters.database.tables import deal, person, side_correction, source
from summarizer.items import Side
from summarizer.records import Deal, Page, Person, SideCorrection, Slice, StoredSource


@dataclass(frozen=True)
class Directory:
    """The people of the workspace, in PostgreSQL."""

    connection: Connection

    def all(self) -> list[Person]:
        """By name."""
        return records(Person, self.connection.execute(columns(person).order_by(person.c.name, person.c.id)))

    def get(self, person_id: str) -> Person:
        """Raises NotFound."""
        return get(self.connection, Person, person, person_id)

    def add(self, new: Person) -> None:
        """Raises Conflict when the id is taken."""
        self.connection.execute(insert(person).values(**new.model_dump() | {"groups": list(new.groups)}))

    def regroup(self, person_id: str, groups: Collection[str]) -> Person:
        """Put the person into these groups and no others. Raises NotFound."""
        self.connection.execute(update(person).where(person.c.id == person_id).values(groups=list(groups)))
        return self.get(person_id)


@dataclass(frozen=True)
class Deals:
    """The deals of the workspace, in PostgreSQL."""

    connection: Connection

    def add(self, new: Deal) -> None:
        """Raises Conflict when the CRM's deal is here already."""
        self.connection.execute(insert(deal).values(**new.model_dump()))

    def get(self, deal_id: str) -> Deal:
        """Raises NotFound."""
        return get(self.connection, Deal, deal, deal_id)

    def named(self, reference: str) -> list[Deal]:
        """Those whose id, or whose id in their CRM, is this one, whatever the case."""
        same = or_(*(func.lower(column) == reference.lower() for column in (deal.c.id, deal.c.crm_deal_id)))
        return records(Deal, self.connection.execute(columns(deal).where(same).order_by(deal.c.created_at, deal.c.id)))

    def page(self, slice: Slice, *, search: str = "") -> Page[Deal]:
        """Newest first; `search` looks into name and client, whatever the case."""
        found = or_(*(column.icontains(search, autoescape=True) for column in (deal.c.name, deal.c.client)))
        query = columns(deal).where(found) if search else columns(deal)
        return newest_first(self.connection, deal, query, slice, record=lambda row: record(Deal, row))

    def sides(self, deal_id: str) -> dict[str, Side]:
        """What people have said of who stands where, by address or name."""
        query = select(side_correction.c.who, side_correction.c.side).where(side_correction.c.deal == deal_id)
        last = {row.who: row.side for row in self.connection.execute(query.order_by(side_correction.c.id))}
        return {who: Side(side) for who, side in last.items() if side}

    def correct_side(self, correction: SideCorrection) -> None:
        """Raises NotFound for an unknown deal."""
        self.connection.execute(insert(side_correction).values(**correction.model_dump()))


@dataclass(frozen=True)
class Sources:
    """What was given, in PostgreSQL."""

    connection: Connection

    def add(self, new: StoredSource) -> StoredSource:
        """Keep it; where the deal has one with the same original already, that one is returned instead."""
        adding = insert(source).values(**new.model_dump()).on_conflict_do_nothing(constraint="source_once_a_deal")
        if self.connection.execute(adding.returning(source.c.id)).first():
            return new
        same = columns(source).where(source.c.deal == new.deal, source.c.sha256 == new.sha256)
        return record(StoredSource, self.connection.execute(same).one())

    def get(self, source_id: str) -> StoredSource:
        """Raises NotFound."""
        return get(self.connection, StoredSource, source, source_id)

    def of_deal(self, deal_id: str) -> list[StoredSource]:
        """Oldest first."""
        query = columns(source).where(source.c.deal == deal_id).order_by(source.c.created_at, source.c.id)
        return records(StoredSource, self.connection.execute(query))
