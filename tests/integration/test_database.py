"""The pool of connections, when PostgreSQL is not there."""

from pathlib import Path

import pytest

from summarizer.adapters.database.migrate import migrate, pending
from summarizer.adapters.database.store import Database
from summarizer.errors import DatabaseUnavailable


@pytest.fixture
def nowhere(tmp_path: Path) -> str:
    """An address at which nothing listens."""
    return f"postgresql+psycopg://app@/summarizer?host={tmp_path}"


def test_a_database_that_does_not_answer_is_unavailable(nowhere: str) -> None:
    database = Database(nowhere)
    with pytest.raises(DatabaseUnavailable), database.begin("north"):
        pass
    with pytest.raises(DatabaseUnavailable):
        pending(nowhere)
    with pytest.raises(DatabaseUnavailable):
        migrate(nowhere, app_role="app")
