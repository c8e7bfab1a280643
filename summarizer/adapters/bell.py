"""Wakes those who wait for events: LISTEN on one side, an `asyncio.Event` for each waiting stream on the other.

A ring carries no data and may be lost; whoever is woken reads the events after the last one that it has seen.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from summarizer.adapters.database.connection import conninfo

logger = logging.getLogger(__name__)

CHANNEL = "event"
"""Where the store notifies; the payload is a topic's key."""

RECONNECT_S = 0.5


def topic_key(workspace: str, topic: str) -> str:
    """Under what a topic of a workspace is announced."""
    return f"{workspace}/{topic}"


class Bell:
    """One connection a process that listens for all topics; everything here belongs to one event loop."""

    def __init__(self, app_url: str) -> None:
        """`app_url` is a SQLAlchemy URL that reaches PostgreSQL itself: LISTEN does not pass through a pooler."""
        self._conninfo = conninfo(app_url)
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._running: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Listen until `close`; after a lost connection try again every half second."""
        self._running = asyncio.current_task()
        while True:
            try:
                await self._listen()
            except psycopg.OperationalError as error:
                logger.warning("no notifications from PostgreSQL, trying again: %s", error)
            await asyncio.sleep(RECONNECT_S)

    async def close(self) -> None:
        """Stop listening and wake everybody."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running})
        self._wake_everybody()

    @contextmanager
    def subscribe(self, key: str) -> Iterator[asyncio.Event]:
        """An event that is set at first, and when something may have happened on the topic; its reader clears it."""
        event = asyncio.Event()
        event.set()
        self._waiting[key].add(event)
        try:
            yield event
        finally:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(
            self._conninfo, autocommit=True, keepalives_idle=30
        ) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            # What was announced while nobody listened is lost; so all look for themselves.
            self._wake_everybody()
            async for notification in connection.notifies():
                for event in self._waiting.get(notification.payload, ()):
                    event.set()

    def _wake_everybody(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()
