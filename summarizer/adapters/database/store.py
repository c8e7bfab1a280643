"""One transaction in one workspace of PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from summarizer.adapters.database import tables
from summarizer.adapters.database.answers import Answers
from summarizer.adapters.database.connection import engine, transaction
from summarizer.adapters.database.deals import Deals, Directory, Sources
from summarizer.adapters.database.handoffs import Handoffs, Suggestions
from summarizer.adapters.database.idempotency import Idempotency
from summarizer.adapters.database.jobs import Events, Jobs
from summarizer.adapters.database.shadows import Shadows
from summarizer.adapters.database.signed import SignedSows
from summarizer.adapters.database.sows import Sows


class Store:
    """What `summarizer.ports.Store` asks for, on a connection that is in a transaction."""

    def __init__(self, connection: Connection, workspace: str) -> None:
        self.workspace = workspace
        self.people = Directory(connection)
        self.deals = Deals(connection)
        self.sources = Sources(connection)
        self.jobs = Jobs(connection, workspace)
        self.suggestions = Suggestions(connection)
        self.handoffs = Handoffs(connection)
        self.sows = Sows(connection, workspace)
        self.signed = SignedSows(connection, workspace)
        self.shadows = Shadows(connection, workspace)
        self.events = Events(connection, workspace)
        self.idempotency = Idempotency(connection)
        self.answers = Answers(connection)


class Database:
    """A pool of connections as the application's role, which row-level security binds."""

    def __init__(self, app_url: str, *, pool_size: int = 10) -> None:
        """`app_url` is a SQLAlchemy URL; nothing connects before the first transaction."""
        self._engine = engine(app_url, pool_size=pool_size)

    @contextmanager
    def begin(self, workspace: str) -> Iterator[Store]:
        """A transaction in this workspace: committed when the block ends, rolled back when it raises.

        After an error of the store the transaction is over; the block cannot go on with it.
        Raises DatabaseUnavailable.
        """
        with transaction(self._engine) as connection:
            _enter(connection, workspace)
            yield Store(connection, workspace)

    def add_workspace(self, workspace: str, name: str) -> None:
        """Make the workspace unless it is there."""
        with transaction(self._engine) as connection:
            _enter(connection, workspace)
            adding = insert(tables.workspace).values(workspace=workspace, name=name)
            connection.execute(adding.on_conflict_do_nothing())

    def dispose(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _enter(connection: Connection, workspace: str) -> None:
    """All that follows in this transaction sees this workspace only; a later one on the connection sees none."""
    connection.execute(select(func.set_config("app.workspace", workspace, True)))
