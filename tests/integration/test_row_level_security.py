"""What the application's role can do in the database, when our own code is wrong."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from summarizer.adapters.database.store import Database
from summarizer.adapters.database.tables import metadata
from summarizer.records import KeptAnswer, ShadowDraft
from tests import making
from tests.conftest import Server

RECORDS = ("source", "suggestion", "decision", "version", "event", "signed_sow", "row_note")
EVERYTHING = dict.fromkeys(metadata.tables, 1)


@pytest.fixture(scope="module")
def raw(server: Server, template: str) -> Iterator[Engine]:
    """One connection as the application's role; both workspaces hold one row of everything."""
    made = server.new(template=template)
    database = Database(made.app_url)
    for workspace in ("north", "south"):
        database.add_workspace(workspace, workspace)
        fill(database, workspace)
    database.dispose()
    engine = create_engine(made.app_url, pool_size=1, max_overflow=0)
    yield engine
    engine.dispose()


def fill(database: Database, workspace: str) -> None:
    deal = f"d-{workspace}"
    with database.begin(workspace) as store:
        store.people.add(making.person())
        store.deals.add(making.deal(deal))
        store.sources.add(making.source(deal=deal))
        handoff = store.handoffs.of_deal(deal)
        store.suggestions.add(making.suggestion(handoff=handoff.id))
        store.suggestions.decide("g1", [making.accepted()], expected=0)
        store.shadows.add(ShadowDraft(suggestion="g1", draft=None, created_at=making.MONDAY))
        store.handoffs.add_version(handoff, making.version())
        store.jobs.add(making.job(deal=deal))
        store.sows.add(making.sow(), [making.section()])
        store.signed.add(making.signed_sow(deal=deal))
        store.signed.ask(making.comparison(deal=deal))
        store.signed.note(making.row_note())
        store.events.add("job:j1", "done", {})
        store.idempotency.claim("k", "scope", "f")
        store.deals.correct_side(making.correction(deal=deal))
        store.answers.keep("k", KeptAnswer(text="{}", finish_reason="stop", tokens_in=1, tokens_out=1))


def enter(connection: Connection, workspace: str) -> None:
    connection.execute(text("SELECT set_config('app.workspace', :name, true)"), {"name": workspace})


def rows(connection: Connection) -> dict[str, int]:
    """How many rows of each table are seen."""
    counts = {name: text(f"SELECT count(*) FROM {name}") for name in metadata.tables}
    return {name: connection.execute(count).scalar_one() for name, count in counts.items()}


def refusal(raw: Engine, workspace: str, statement: str) -> str:
    """Why the database refuses the statement in this workspace; empty when it does not."""
    with raw.connect() as connection:
        enter(connection, workspace)
        try:
            connection.execute(text(statement))
        except DBAPIError as error:
            return str(error.orig)
    return ""


def test_without_a_workspace_there_is_nothing(raw: Engine) -> None:
    with raw.connect() as connection:
        assert rows(connection) == dict.fromkeys(EVERYTHING, 0)


@pytest.mark.parametrize("workspace", ["north", "south"])
def test_with_a_workspace_there_is_only_its_own(raw: Engine, workspace: str) -> None:
    with raw.connect() as connection:
        enter(connection, workspace)
        assert rows(connection) == EVERYTHING
        assert connection.execute(text("SELECT id FROM deal")).scalars().all() == [f"d-{workspace}"]


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_the_next_user_of_a_pooled_connection_is_in_no_workspace(raw: Engine, end: str) -> None:
    process = text("SELECT pg_backend_pid()")
    with raw.connect() as connection:
        enter(connection, "north")
        before = connection.execute(process).scalar_one()
        getattr(connection, end)()
    with raw.connect() as connection:
        assert connection.execute(process).scalar_one() == before
        assert rows(connection) == dict.fromkeys(EVERYTHING, 0)


@pytest.mark.parametrize(("inside", "written"), [("north", "'south'"), ("north", "''"), ("", "''"), ("", "DEFAULT")])
def test_a_row_of_another_workspace_or_of_none_is_refused(raw: Engine, inside: str, written: str) -> None:
    statement = f"INSERT INTO event (workspace, topic, kind, body, at) VALUES ({written}, 't', 'k', '{{}}', now())"
    assert "row-level security" in refusal(raw, inside, statement)


def test_a_row_cannot_point_into_another_workspace(raw: Engine) -> None:
    statement = "INSERT INTO handoff (id, deal) VALUES ('h', 'd-south')"
    assert "handoff_deal_exists" in refusal(raw, "north", statement)


def test_a_row_cannot_be_moved_to_another_workspace(raw: Engine) -> None:
    assert "row-level security" in refusal(raw, "north", "UPDATE job SET workspace = 'south'")


@pytest.mark.parametrize("table", RECORDS)
def test_what_was_recorded_cannot_be_changed(raw: Engine, table: str) -> None:
    assert "permission denied" in refusal(raw, "north", f"UPDATE {table} SET workspace = workspace")


@pytest.mark.parametrize("column", ["text", "original", "version", "series", "name"])
def test_of_a_sow_only_what_people_say_of_it_can_be_changed(raw: Engine, column: str) -> None:
    assert "permission denied" in refusal(raw, "north", f"UPDATE sow SET {column} = {column}")
    assert not refusal(raw, "north", "UPDATE sow SET client = 'Tarn', readers = '{legal}'")


@pytest.mark.parametrize("verb", ["DELETE FROM", "TRUNCATE"])
@pytest.mark.parametrize("table", sorted(metadata.tables.keys() - {"answer"}))
def test_nothing_can_be_deleted(raw: Engine, table: str, verb: str) -> None:
    assert "permission denied" in refusal(raw, "north", f"{verb} {table}")


def test_only_a_kept_answer_can_be_deleted_and_only_ones_own(raw: Engine) -> None:
    assert "permission denied" in refusal(raw, "north", "TRUNCATE answer")
    with raw.connect() as connection:
        enter(connection, "north")
        connection.execute(text("DELETE FROM answer"))
        enter(connection, "south")
        assert rows(connection)["answer"] == 1


def test_row_level_security_cannot_be_switched_off(raw: Engine) -> None:
    assert "must be owner" in refusal(raw, "north", "ALTER TABLE deal DISABLE ROW LEVEL SECURITY")
