"""Migrations, from nothing to the schema of this release."""

from threading import Thread

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from summarizer.adapters.database.migrate import configuration, migrate, pending
from summarizer.adapters.postgres import Cluster
from summarizer.errors import ConfigurationError
from tests.conftest import app_role


def test_an_empty_database_is_pending_until_it_is_migrated(empty_cluster: Cluster) -> None:
    assert pending(empty_cluster.owner_url)
    migrate(empty_cluster.owner_url, app_role=app_role(empty_cluster))
    assert not pending(empty_cluster.owner_url)
    assert not pending(empty_cluster.app_url)


def test_two_processes_may_migrate_at_once_and_again_later(empty_cluster: Cluster) -> None:
    errors: list[Exception] = []

    def act() -> None:
        try:
            migrate(empty_cluster.owner_url, app_role=app_role(empty_cluster))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            errors.append(error)

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    act()
    assert errors == []
    assert not pending(empty_cluster.owner_url)


def test_the_tables_in_the_code_are_those_of_the_migrations(cluster: Cluster) -> None:
    engine = create_engine(cluster.owner_url)
    with engine.connect() as connection:
        command.check(configuration(connection))
    engine.dispose()


def test_sows_of_an_older_release_become_first_versions(empty_cluster: Cluster) -> None:
    engine = create_engine(empty_cluster.owner_url)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0003")
        connection.execute(text("INSERT INTO workspace VALUES ('north', 'North')"))
        columns = "workspace, id, name, sha256, original, media_type, text, created_by, created_at"
        values = "'north', 'w1', 'old.md', 'abc', 'Größe', 'text/plain', 'Größe', 'ana', now()"
        connection.execute(text(f"INSERT INTO sow ({columns}) VALUES ({values})"))
        command.upgrade(configuration(connection), "head")
        row = connection.execute(text("SELECT series, version, size, readers FROM sow")).one()
    engine.dispose()
    assert tuple(row) == ("w1", 1, 7, [])


@pytest.mark.parametrize(("role", "words"), [("nobody_we_know", "CREATE ROLE"), ("postgres", "does not bind")])
def test_a_role_that_row_level_security_cannot_bind_is_refused(empty_cluster: Cluster, role: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        migrate(empty_cluster.owner_url, app_role=role)
    assert pending(empty_cluster.owner_url)


def test_no_table_of_ours_is_without_row_level_security(cluster: Cluster) -> None:
    engine = create_engine(cluster.owner_url)
    open_tables = text(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND NOT (relrowsecurity AND relforcerowsecurity) AND relname NOT LIKE 'procrastinate\\_%'"
    )
    with engine.connect() as connection:
        assert connection.execute(open_tables).scalars().all() == ["alembic_version"]
    engine.dispose()
