"""From rows to records and back."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, select

from summarizer.errors import NotFound
from summarizer.items import Frozen

R = TypeVar("R", bound=Frozen)


def columns(table: Table) -> Select[Any]:
    """A query for all of the table but its workspace, which the reader knows."""
    return select(*(column for column in table.columns if column.name != "workspace"))


def record(kind: type[R], row: Row[Any]) -> R:
    """The row as a record of this kind; columns and fields have the same names."""
    return kind.model_validate(row._asdict())


def records(kind: type[R], rows: Iterable[Row[Any]]) -> list[R]:
    """The rows as records."""
    return [record(kind, row) for row in rows]


def get(connection: Connection, kind: type[R], table: Table, id: str) -> R:
    """The record with this id. Raises NotFound."""
    row = connection.execute(columns(table).where(table.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no {table.name} {id} here.")
    return record(kind, row)


def as_json(value: Frozen) -> dict[str, Any]:
    """The value as it is stored in a `jsonb` column."""
    return value.model_dump(mode="json")
