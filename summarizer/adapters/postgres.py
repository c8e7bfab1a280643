"""The embedded PostgreSQL: started from the wheel's binaries on the data folder, and stopped again.

One server process owns a data folder: it holds an exclusive lock on `lock` as long as its PostgreSQL runs as its child.
The reasons for this launcher, and its figures, are in `docs/decisions/0001-embedded-postgres.md`.
"""

import fcntl
import hashlib
import os
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import IO

import psycopg

from summarizer.adapters.postgres_account import ENVIRONMENT, Account, account_for, binaries, hand_over, prefix
from summarizer.adapters.postgres_orphan import stop_predecessor
from summarizer.errors import DatabaseUnavailable, DataFolderBusy

_DATABASE = "summarizer"
_OWNER = "postgres"
_APP = "summarizer_app"
_PORT = 5432  # the name of the socket only; said everywhere, because libpq and postgres would ask PGPORT

_LOCK_S = 0.5
_RESTARTS_S = 30.0
_START_S = 300.0  # the repair after a crash is part of it
_STOP_S = 10.0


@dataclass(frozen=True)
class Cluster:
    """Where the running PostgreSQL is reached, as SQLAlchemy URLs over its unix socket."""

    owner_url: str
    """For migrations: a superuser, whom row-level security does not bind."""
    app_url: str
    """For everything else: `summarizer_app`, neither superuser nor able to bypass row-level security."""


@contextmanager
def embedded(folder: Path, *, max_connections: int = 60) -> Iterator[Cluster]:
    """Run PostgreSQL on `folder/postgres` (made at the first use) with the database and the role that we need.

    Enter it from the main thread: on Linux PostgreSQL is told to stop when the *thread* that started it ends, which
    is how it goes away with a parent that was killed. Where util-linux has no `setpriv`, and on other systems, what a
    killed parent leaves behind is stopped by the next start.

    Raises `DataFolderBusy` when another process holds the folder, `DatabaseUnavailable` when PostgreSQL does not come
    up within five minutes; its detail holds the end of `folder/postgres.log`.
    """
    place = _Place(folder.resolve())
    with _held(place):
        account = account_for(place.data)
        before = prefix(account)
        stop_predecessor(place.data)
        _prepare_sockets(place, account)
        _prepare_data(place, account, before=before)
        give_up = time.monotonic() + _RESTARTS_S
        try:
            while True:
                with _child(place, [*before, *_command(place, max_connections)]) as server:
                    if _comes_up(server, place):
                        _create_missing(place)
                        yield place.cluster()
                        return
                # A query of a killed PostgreSQL may outlive it for a while, and we may not write beside that.
                if "is still in use" not in _end_of_log(place, lines=3) or time.monotonic() > give_up:
                    raise _did_not_start(place)
                time.sleep(0.2)
        finally:
            rmtree(place.sockets, ignore_errors=True)


def running(folder: Path) -> Cluster | None:
    """Where the PostgreSQL of a live server on `folder` answers; `None` when there is none. Starts nothing."""
    place = _Place(folder.resolve())
    if not _has_owner(place):
        return None
    with suppress(psycopg.OperationalError), closing(_connect(place, _DATABASE)) as connection:
        if connection.execute("SHOW data_directory").fetchone() == (str(place.data),):
            return place.cluster()
    return None


@dataclass(frozen=True)
class _Place:
    """The files of one data folder, whose path is resolved."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def sockets(self) -> Path:
        """In `/tmp` itself, because a socket's path ends at 103 bytes and may not hold commas."""
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path("/tmp") / f"summarizer-{digest}"  # noqa: S108 - the folder is ours at 0700, checked at the start

    def cluster(self) -> Cluster:
        return Cluster(owner_url=self._url(_OWNER), app_url=self._url(_APP))

    def _url(self, user: str) -> str:
        return f"postgresql+psycopg://{user}@/{_DATABASE}?host={self.sockets}&port={_PORT}"


@contextmanager
def _held(place: _Place) -> Iterator[None]:
    try:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.log.touch(mode=0o600)
        lock = place.lock.open("a")  # like every file of Python's, not inherited: an orphan must not hold it
    except OSError as error:
        raise DatabaseUnavailable(f"the data folder {place.folder} cannot be written: {error.strerror}") from error
    with lock:
        give_up = time.monotonic() + _LOCK_S  # `running` of another process holds it for an instant
        while not _locked(lock, fcntl.LOCK_EX):
            if time.monotonic() > give_up:
                raise DataFolderBusy(f"another server works on {place.folder}")
            time.sleep(0.05)
        yield


def _locked(lock: IO[str], how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _has_owner(place: _Place) -> bool:
    try:
        with place.lock.open() as lock:
            return not _locked(lock, fcntl.LOCK_SH)
    except OSError:
        return False


def _prepare_sockets(place: _Place, account: Account | None) -> None:
    with suppress(FileExistsError):
        place.sockets.mkdir(mode=0o700)
    found = place.sockets.lstat()
    ours = {os.geteuid(), account.uid if account else os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
        raise DatabaseUnavailable(
            f"{place.sockets} belongs to somebody else: have it removed, or choose another folder"
        )
    for leftover in place.sockets.iterdir():
        leftover.unlink()
    place.sockets.chmod(0o700)
    hand_over(place.sockets, account)


def _prepare_data(place: _Place, account: Account | None, *, before: list[str]) -> None:
    if place.data.exists():
        hand_over(place.data, account)
        return
    fresh = place.folder / "postgres.new"  # renamed when complete, so that a kill leaves no half of a cluster
    rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    hand_over(fresh, account)
    options = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8", "--auth=trust"]
    command = [
        *before,
        str(binaries() / "initdb"),
        "-D",
        str(fresh),
        f"--username={_OWNER}",
        "--no-instructions",
        *options,
    ]
    with _child(place, command) as initdb:
        if initdb.wait() != 0:
            raise _did_not_start(place)
    fresh.rename(place.data)


def _command(place: _Place, max_connections: int) -> list[str]:
    settings = {
        "listen_addresses": "",
        "port": _PORT,
        "unix_socket_directories": place.sockets,
        "unix_socket_permissions": "0700",
        "max_connections": max_connections,
        "timezone": "UTC",
        # What customers wrote stays out of the log: no statements, no values of rows.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_checkpoints": "off",
    }
    arguments = [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
    return [str(binaries() / "postgres"), "-D", str(place.data), *arguments]


@contextmanager
def _child(place: _Place, command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A session of its own keeps Ctrl-C in the terminal from it; it is stopped here, when the block is left."""
    with place.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603
            command,
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """By a fast shutdown: open transactions are rolled back."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _comes_up(server: subprocess.Popen[bytes], place: _Place) -> bool:
    """Wait until it answers a query; false when it ended by itself."""
    give_up = time.monotonic() + _START_S
    while server.poll() is None:
        if _answers(place):
            return True
        if time.monotonic() > give_up:
            raise _did_not_start(place)
        time.sleep(0.02)
    return False


def _answers(place: _Place) -> bool:
    try:
        with closing(_connect(place, "postgres")) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def _create_missing(place: _Place) -> None:
    with closing(_connect(place, "postgres")) as connection:
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [_APP]).rowcount:
            connection.execute(f"CREATE ROLE {_APP} LOGIN NOSUPERUSER NOBYPASSRLS")
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [_DATABASE]).rowcount:
            connection.execute(f"CREATE DATABASE {_DATABASE}")


def _connect(place: _Place, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.sockets), port=_PORT, user=_OWNER, dbname=database, connect_timeout=5, autocommit=True
    )


def _did_not_start(place: _Place) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        f"the embedded PostgreSQL did not start. The end of {place.log} says:\n{_end_of_log(place, lines=8)}\n"
        "Mend what it names, or set SUMMARIZER_DATABASE_URL to use a PostgreSQL of your own"
    )


def _end_of_log(place: _Place, *, lines: int) -> str:
    return "\n".join(place.log.read_text(errors="replace").splitlines()[-lines:])
