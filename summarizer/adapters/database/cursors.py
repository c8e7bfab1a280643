"""Cursors of lists that are sorted by time, newest first."""

import binascii
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zlib import crc32

from sqlalchemy import Connection, Row, Select, Table, tuple_

from summarizer.errors import InvalidInput
from summarizer.records import Page, Slice

T = TypeVar("T")

HEAD = struct.Struct(">Iq")
"""Checksum of what follows it, then microseconds since 1970; the row's id comes after."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)


def encode(at: datetime, id: str) -> str:
    """The place behind the row with this time and id, as URL-safe text that means nothing to its reader."""
    microseconds = (at - EPOCH) // A_MICROSECOND
    body = HEAD.pack(0, microseconds)[4:] + id.encode()
    return urlsafe_b64encode(crc32(body).to_bytes(4, "big") + body).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, str]:
    """Time and id of the row behind which the next page begins. Raises InvalidInput."""
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        checksum, microseconds = HEAD.unpack_from(raw)
        if checksum != crc32(raw[4:]):
            raise ValueError("the checksum does not fit")
        return EPOCH + microseconds * A_MICROSECOND, raw[HEAD.size :].decode()
    except (ValueError, struct.error, binascii.Error, OverflowError):
        raise InvalidInput("The page token is not one of ours. Begin again at the first page.") from None


def newest_first(
    connection: Connection, table: Table, query: Select[Any], slice: Slice, *, record: Callable[[Row[Any]], T]
) -> Page[T]:
    """The wanted part of the query, which selects rows of `table`."""
    key = tuple_(table.c.created_at, table.c.id)
    if slice.after is not None:
        query = query.where(key < tuple_(*decode(slice.after)))
    query = query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(slice.size + 1)
    rows = connection.execute(query).all()
    shown = rows[: slice.size]
    more = len(rows) > slice.size
    return Page(
        rows=tuple(record(row) for row in shown),
        next=encode(shown[-1].created_at, shown[-1].id) if more else None,
    )
