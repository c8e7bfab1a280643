"""How the database is reached, and what its refusals mean to the product."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import TimeoutError as PoolTimeout

from summarizer.errors import (
    AlreadyDecided,
    Conflict,
    DatabaseUnavailable,
    InvalidInput,
    NotFound,
    StaleReview,
    StaleSuggestion,
    SummarizerError,
)

MEANINGS: Mapping[str, SummarizerError] = {
    "version_key": StaleSuggestion("Somebody else has committed a version in the meantime."),
    "version_once_a_suggestion": AlreadyDecided(),
    "decision_key": StaleReview(),
    "deal_in_the_crm": Conflict("This deal of the CRM is here already."),
    "person_key": Conflict("There is a person with this id already."),
}
"""What it means when a unique constraint refuses a row; a constraint that is not listed would be a mistake of ours."""


def engine(url: str, *, pool_size: int, patience_s: float = 30) -> Engine:
    """A pool of at most `pool_size` connections, whose errors are the product's where they mean something to it.

    Who finds all of them in use waits for `patience_s` seconds.
    """
    made = create_engine(url, pool_size=pool_size, max_overflow=0, pool_timeout=patience_s, pool_pre_ping=True)
    event.listen(made, "handle_error", _translate)
    return made


@contextmanager
def transaction(pool: Engine) -> Iterator[Connection]:
    """A transaction on a connection of the pool: committed when the block ends, rolled back when it raises.

    Raises DatabaseUnavailable, also where no connection becomes free in time.
    """
    try:
        connection = pool.connect()
    except PoolTimeout as error:
        raise DatabaseUnavailable("All connections to PostgreSQL are in use.") from error
    with connection, connection.begin():
        yield connection


def conninfo(url: str) -> str:
    """The SQLAlchemy URL as libpq writes it, for those who use psycopg without SQLAlchemy.

    >>> conninfo("postgresql+psycopg://app:p%40ss@db.example:5433/sales?sslmode=require")
    'host=db.example port=5433 user=app password=p@ss dbname=sales sslmode=require'
    >>> conninfo("postgresql+psycopg://app@/sales?host=/run/some where")
    "host='/run/some where' user=app dbname=sales"
    """
    parsed = make_url(url)
    values = {
        "host": parsed.host,
        "port": parsed.port,
        "user": parsed.username,
        "password": parsed.password,
        "dbname": parsed.database,
        **{name: value if isinstance(value, str) else ",".join(value) for name, value in parsed.query.items()},
    }
    return make_conninfo("", **{name: str(value) for name, value in values.items() if value is not None})


def _translate(context: ExceptionContext) -> None:
    """Raise what the error means, if it means something."""
    error = context.original_exception
    if context.is_pre_ping:
        return  # the pool replaces the connection
    if isinstance(error, psycopg.errors.UniqueViolation):
        meaning = MEANINGS.get(error.diag.constraint_name or "")
        if meaning is not None:
            raise type(meaning)(meaning.detail) from error
    if isinstance(error, psycopg.errors.ForeignKeyViolation):
        raise NotFound from error
    if isinstance(error, psycopg.DataError | UnicodeEncodeError):
        raise InvalidInput("It holds something that cannot be stored, such as the character NUL.") from error
    if isinstance(error, psycopg.OperationalError) and (context.connection is None or context.is_disconnect):
        raise DatabaseUnavailable from error
