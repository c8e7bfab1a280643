"""A limit on calls at once over all workers of a database, by PostgreSQL's advisory locks.

A lock belongs to a session, so that the slots of a worker come free when its connection ends, however it died.
"""

import hashlib
import logging
from contextlib import suppress
from threading import Lock

import psycopg

from summarizer.adapters.database.connection import conninfo
from summarizer.errors import DatabaseUnavailable

logger = logging.getLogger(__name__)

_NOTICE_DEATH = "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
"""Within half a minute also where a worker's whole machine has vanished; a process that dies is noticed at once."""
_TAKE = """
    SELECT number FROM generate_series(1, %(most)s) AS number
    WHERE pg_try_advisory_lock(%(line)s, number::integer) LIMIT 1
"""
_FREE = "SELECT pg_advisory_unlock(%(line)s, %(number)s)"

Connection = psycopg.Connection[tuple[int]]


class SharedSlots:
    """`summarizer.ports.Slots` for all processes on a database; thread-safe."""

    def __init__(self, app_url: str) -> None:
        """`app_url` is a SQLAlchemy URL; nothing connects before the first slot is asked for.

        Sessions are needed: a pooler between must not give each statement to another one.
        """
        self._conninfo = conninfo(app_url)
        self._idle: list[Connection] = []
        self._lock = Lock()

    def take(self, line: str, *, most: int) -> "HeldSlot | None":
        """One of `most` slots of this line; `None` when all are taken now. Raises DatabaseUnavailable."""
        connection = self._connection()
        key = _number(line)
        try:
            row = connection.execute(_TAKE, {"line": key, "most": most}).fetchone()
        except psycopg.Error as error:
            connection.close()
            raise DatabaseUnavailable from error
        if row is None:
            self.give_back(connection)
            return None
        return HeldSlot(self, connection, (key, row[0]))

    def _connection(self) -> Connection:
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if not connection.broken:
                    return connection
        try:
            made: Connection = psycopg.connect(self._conninfo, autocommit=True)
            made.execute(_NOTICE_DEATH)
        except psycopg.Error as error:
            raise DatabaseUnavailable from error
        return made

    def give_back(self, connection: Connection) -> None:
        """Keep a connection without any lock for the next one."""
        with self._lock:
            self._idle.append(connection)

    def close(self) -> None:
        """Close the connections that nobody holds; a held one closes when its slot is freed."""
        with self._lock:
            for connection in self._idle:
                connection.close()
            self._idle.clear()


class HeldSlot:
    """A slot that this process has taken."""

    def __init__(self, slots: SharedSlots, connection: Connection, place: tuple[int, int]) -> None:
        self._slots = slots
        self._connection: Connection | None = connection
        self._place = place

    def free(self) -> None:
        """Give it back; twice is harmless."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        line, number = self._place
        try:
            connection.execute(_FREE, {"line": line, "number": number})
        except psycopg.Error:
            logger.warning("the connection that held a slot was lost, and the slot with it", exc_info=True)
            with suppress(psycopg.Error):
                connection.close()
        else:
            self._slots.give_back(connection)


def _number(line: str) -> int:
    """The line as the first half of a lock's key."""
    return int.from_bytes(hashlib.sha256(line.encode()).digest()[:4], signed=True)
