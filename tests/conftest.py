"""A PostgreSQL for each test process, and a fresh, migrated database for each test that asks for one."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from summarizer.adapters.database.connection import conninfo
from summarizer.adapters.database.migrate import migrate
from summarizer.adapters.database.store import Database
from summarizer.adapters.postgres import Cluster, embedded
from summarizer.stores import Store

WORKSPACE = "north"


@dataclass
class Server:
    """A running PostgreSQL that makes databases."""

    cluster: Cluster
    numbers: Iterator[int]

    def new(self, *, template: str = "template1") -> Cluster:
        """A database of its own, as the owner and as the application reach it."""
        name = f"test_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return Cluster(owner_url=_renamed(self.cluster.owner_url, name), app_url=_renamed(self.cluster.app_url, name))

    def drop(self, made: Cluster) -> None:
        """Remove it, whoever is connected still."""
        self.run(f"DROP DATABASE {make_url(made.owner_url).database} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Execute as the owner, outside of a transaction."""
        with closing(psycopg.connect(conninfo(self.cluster.owner_url), autocommit=True)) as connection:
            connection.execute(statement.encode())


@dataclass
class FreshWorkspaces:
    """The store, with workspaces that no other test uses under the names that a test gives them."""

    database: Database
    suffix: str

    @contextmanager
    def begin(self, workspace: str) -> Iterator[Store]:
        """A transaction in this test's workspace of that name."""
        self.database.add_workspace(f"{workspace}-{self.suffix}", workspace.title())
        with self.database.begin(f"{workspace}-{self.suffix}") as store:
            yield store


def _renamed(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def app_role(cluster: Cluster) -> str:
    """The role that the application connects as."""
    return make_url(cluster.app_url).username or ""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("database")
    with embedded(folder) as cluster:
        made = Server(cluster, count(1))
        made.run("ALTER SYSTEM SET fsync = off")
        made.run("SELECT pg_reload_conf()")
        yield made


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """Name of a migrated, empty database; copying it is quicker than migrating another."""
    made = server.new()
    migrate(made.owner_url, app_role=app_role(made))
    return make_url(made.owner_url).database or ""


@pytest.fixture
def cluster(server: Server, template: str) -> Iterator[Cluster]:
    """A migrated database with nothing in it."""
    made = server.new(template=template)
    yield made
    server.drop(made)


@pytest.fixture(scope="session")
def shared_database(server: Server, template: str) -> Iterator[Database]:
    made = Database(server.new(template=template).app_url)
    yield made
    made.dispose()


@pytest.fixture
def workspaces(shared_database: Database) -> FreshWorkspaces:
    """The store on a database that tests share, as quick as can be."""
    return FreshWorkspaces(shared_database, uuid4().hex)


@pytest.fixture
def empty_cluster(server: Server) -> Iterator[Cluster]:
    """A database without any table."""
    made = server.new()
    yield made
    server.drop(made)


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    """The store as the application's role, with the workspaces “north” and “south”."""
    made = Database(cluster.app_url)
    made.add_workspace(WORKSPACE, "North")
    made.add_workspace("south", "South")
    yield made
    made.dispose()
