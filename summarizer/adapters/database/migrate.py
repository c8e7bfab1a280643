"""Bring a database to the schema of this release, and give the application's role what it needs and no more."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from summarizer.adapters.database.connection import engine
from summarizer.adapters.database.tables import metadata
from summarizer.errors import ConfigurationError

READ_AND_ADD = "SELECT, INSERT"

GRANTS = dict.fromkeys(metadata.tables, READ_AND_ADD) | {
    "job": "SELECT, INSERT, UPDATE",
    "idempotency_key": "SELECT, INSERT, UPDATE (status, headers, body)",
    # PostgreSQL asks for UPDATE on some column before it lets a row be locked.
    "handoff": "SELECT, INSERT, UPDATE (id)",
    "person": "SELECT, INSERT, UPDATE (groups)",
    # What people say of a SOW; the file and its text stay as they are.
    "sow": "SELECT, INSERT, UPDATE (client, deal_type, year, outcome, readers)",
    # Its rows are filled in once, by the job that makes it.
    "comparison": "SELECT, INSERT, UPDATE (sources, rows)",
    # No record, only what spares paying twice.
    "answer": "SELECT, INSERT, DELETE",
    "alembic_version": "SELECT",
}
"""What the application may do; what is written as a record is never changed by it."""

ONE_AT_A_TIME = 7_210_113
"""Key of the advisory lock under which a database is migrated."""


def migrate(owner_url: str, *, app_role: str) -> None:
    """Bring the database to this release's schema, in one transaction; nothing happens when it is there already.

    `owner_url` is a SQLAlchemy URL of the role that owns the schema. Several processes may call it at once.
    Raises ConfigurationError when `app_role` does not exist or is not bound by row-level security,
    DatabaseUnavailable when nothing answers.
    """
    owner = engine(owner_url, pool_size=1)
    try:
        with owner.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            _refuse_unbound(connection, app_role)
            command.upgrade(configuration(connection), "head")
            _grant(connection, app_role)
    finally:
        owner.dispose()


def pending(url: str) -> bool:
    """Whether the database lacks migrations of this release; any role of ours may ask. Raises DatabaseUnavailable."""
    reader = engine(url, pool_size=1)
    try:
        with reader.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            return current != ScriptDirectory.from_config(configuration(connection)).get_current_head()
    finally:
        reader.dispose()


def configuration(connection: Connection) -> Config:
    """What Alembic needs to work on this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Whether Alembic shall compare it with our tables; the queue's tables belong to Procrastinate."""
    return kind != "table" or not (name or "").startswith("procrastinate_")


def _refuse_unbound(connection: Connection, role: str) -> None:
    found = connection.execute(
        text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = :role"), {"role": role}
    ).scalar_one_or_none()
    if found is None:
        raise ConfigurationError(
            f"The database has no role “{role}”. Make it: CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS."
        )
    if found:
        raise ConfigurationError(f"Row-level security does not bind the role “{role}”. Choose one that it binds.")


def _grant(connection: Connection, role: str) -> None:
    quoted = connection.dialect.identifier_preparer.quote(role)
    schema = connection.dialect.identifier_preparer.quote(
        connection.execute(text("SELECT current_schema()")).scalar_one()
    )
    statements = [f"GRANT USAGE ON SCHEMA {schema} TO {quoted}"]
    statements += [f"GRANT {rights} ON {table} TO {quoted}" for table, rights in GRANTS.items()]
    for kind, rights in {"r": "SELECT, INSERT, UPDATE, DELETE", "S": "USAGE"}.items():
        statements += [f"GRANT {rights} ON {name} TO {quoted}" for name in _queue_relations(connection, kind)]
    for statement in statements:
        connection.execute(text(statement))


def _queue_relations(connection: Connection, kind: str) -> list[str]:
    """Names of Procrastinate's tables (kind `r`) or sequences (kind `S`)."""
    found = connection.execute(
        text(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind = :kind AND relname LIKE 'procrastinate\\_%'"
        ),
        {"kind": kind},
    )
    return list(found.scalars())
