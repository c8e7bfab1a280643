"""The launcher of the embedded PostgreSQL, on real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import rmtree, which

import psycopg
import pytest

from summarizer.adapters.postgres import Cluster, embedded, running
from summarizer.adapters.postgres_account import account_for, binaries, prefix
from summarizer.errors import DatabaseUnavailable, DataFolderBusy

ROOT = Path(__file__).parents[2]
OWNER = """
import sys, time
from pathlib import Path
from summarizer.adapters.postgres import embedded

with embedded(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(60)
"""
needs_setpriv = pytest.mark.skipif(which("setpriv") is None, reason="nothing ties PostgreSQL to its parent here")
needs_root = pytest.mark.skipif(os.geteuid() != 0 or which("setpriv") is None, reason="only root changes its account")


def test_what_was_written_is_there_after_the_next_start(tmp_path: Path) -> None:
    with embedded(tmp_path) as cluster:
        ask(cluster.owner_url, "CREATE TABLE deal (name text)")
        ask(cluster.owner_url, "INSERT INTO deal VALUES ('Northline')")
    with embedded(tmp_path) as cluster:
        assert ask(cluster.owner_url, "SELECT name FROM deal") == [("Northline",)]


def test_text_is_utf_8_and_commits_are_flushed_to_disk(tmp_path: Path) -> None:
    names = "server_encoding", "fsync", "timezone", "listen_addresses", "max_connections"
    with embedded(tmp_path, max_connections=21) as cluster:
        shown = {name: ask(cluster.owner_url, f"SHOW {name}")[0][0] for name in names}
    assert shown == {
        "server_encoding": "UTF8",
        "fsync": "on",
        "timezone": "UTC",
        "listen_addresses": "",
        "max_connections": "21",
    }


def test_the_folder_may_hold_spaces_and_letters_of_any_language_and_be_long(tmp_path: Path) -> None:
    folder = tmp_path / "Übergabe, 'neu' & größer" / ("x" * 120)
    with embedded(folder) as cluster:
        assert ask(cluster.app_url, "SELECT 1") == [(1,)]


def test_the_application_is_bound_by_row_level_security(tmp_path: Path) -> None:
    with embedded(tmp_path) as cluster:
        role = "SELECT current_user::text, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert ask(cluster.app_url, role) == [("summarizer_app", False, False)]
        assert ask(cluster.owner_url, role) == [("postgres", True, True)]


def test_a_second_server_on_the_folder_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with embedded(tmp_path) as cluster:
        with pytest.raises(DataFolderBusy), embedded(tmp_path):
            pass
        assert ask(cluster.app_url, "SELECT 1") == [(1,)]


def test_a_running_server_is_found_and_a_stopped_one_is_not(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    with embedded(tmp_path) as cluster:
        assert running(tmp_path) == cluster
    assert running(tmp_path) is None
    assert processes(tmp_path) == []


def test_no_other_folder_changes_its_mode_or_owner(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    before = modes(private)
    with embedded(private / "data") as cluster:
        assert modes(private) == before
        assert oct(sockets(cluster).stat().st_mode) == "0o40700"
    assert modes(private) == before
    assert not sockets(cluster).exists()


@needs_setpriv
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_server_is_ended_by(how: signal.Signals, tmp_path: Path) -> None:
    with owner(tmp_path) as (process, _):
        assert processes(tmp_path) != []
        process.send_signal(how)
        process.wait()
        eventually_nothing_runs_on(tmp_path, seconds=5)


def test_after_a_kill_the_next_start_works_at_once_and_has_the_data(tmp_path: Path) -> None:
    with owner(tmp_path) as (process, cluster):
        ask(cluster.owner_url, "CREATE TABLE deal AS SELECT 'Northline' AS name")
        process.kill()
    with embedded(tmp_path) as cluster:
        assert ask(cluster.owner_url, "SELECT name FROM deal") == [("Northline",)]


def test_after_a_kill_of_postgresql_too_the_next_start_has_the_data(tmp_path: Path) -> None:
    with owner(tmp_path) as (process, cluster):
        ask(cluster.owner_url, "CREATE TABLE deal AS SELECT 'Northline' AS name")
        os.kill(recorded_pid(tmp_path), signal.SIGKILL)
        process.kill()
    with embedded(tmp_path) as cluster:
        assert ask(cluster.owner_url, "SELECT name FROM deal") == [("Northline",)]


def test_a_query_that_outlives_a_killed_postgresql_is_waited_for(tmp_path: Path) -> None:
    with owner(tmp_path) as (process, cluster), ThreadPoolExecutor() as threads:
        threads.submit(ask, cluster.owner_url, "SELECT count(*) FROM (SELECT generate_series(1, 20000000)) AS many")
        while not ask(
            cluster.owner_url, "SELECT pid FROM pg_stat_activity WHERE query ~ '^SELECT count' AND state = 'active'"
        ):
            time.sleep(0.02)
        os.kill(recorded_pid(tmp_path), signal.SIGKILL)
        process.kill()
        process.wait()
        with embedded(tmp_path) as restarted:
            assert ask(restarted.app_url, "SELECT 1") == [(1,)]
    assert "is still in use" in (tmp_path / "postgres.log").read_text()


def test_an_orphan_is_stopped_and_its_data_taken_over(tmp_path: Path) -> None:
    with embedded(tmp_path) as cluster:
        ask(cluster.owner_url, "CREATE TABLE deal AS SELECT 'Northline' AS name")
    with orphan(tmp_path, sockets=sockets(cluster)) as pid:
        assert running(tmp_path) is None
        with embedded(tmp_path) as cluster:
            assert recorded_pid(tmp_path) != pid
            assert ask(cluster.owner_url, "SELECT name FROM deal") == [("Northline",)]
        eventually_nothing_runs_on(tmp_path, seconds=1)


@pytest.mark.parametrize("content", ["{pid}\n{data}\n1\n5432\n/tmp\n\n", "", "nonsense"])
def test_a_stale_pid_file_neither_hinders_the_start_nor_harms_whom_it_names(content: str, tmp_path: Path) -> None:
    with embedded(tmp_path):
        pass
    data = tmp_path / "postgres"
    # With PostgreSQL's own account: of others, it would not mind the process anyway.
    with subprocess.Popen([*prefix(account_for(data)), "sleep", "60"]) as foreign:
        (data / "postmaster.pid").write_text(content.format(pid=foreign.pid, data=data))
        with embedded(tmp_path) as cluster:
            assert ask(cluster.app_url, "SELECT 1") == [(1,)]
        assert foreign.poll() is None
        foreign.kill()


def test_a_first_start_that_was_interrupted_begins_anew(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with embedded(tmp_path) as cluster:
        assert ask(cluster.app_url, "SELECT 1") == [(1,)]


def test_data_that_postgresql_refuses_are_reported_in_its_own_words(tmp_path: Path) -> None:
    with embedded(tmp_path):
        pass
    (tmp_path / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(DatabaseUnavailable, match=r"(?s)incompatible.*SUMMARIZER_DATABASE_URL"), embedded(tmp_path):
        pass


def test_a_data_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable, match="cannot be written"), embedded(tmp_path / "file" / "data"):
        pass


@needs_root
def test_data_restored_by_root_are_handed_to_postgresql(tmp_path: Path) -> None:
    with embedded(tmp_path):
        pass
    for path in (tmp_path / "postgres", *(tmp_path / "postgres").rglob("*")):
        os.chown(path, 0, 0)
    with embedded(tmp_path) as cluster:
        assert ask(cluster.app_url, "SELECT 1") == [(1,)]


@needs_root
def test_root_with_the_rights_of_a_container_can_start_it(tmp_path: Path) -> None:
    with owner(tmp_path, before=["setpriv", "--bounding-set=-dac_read_search,-sys_ptrace"]) as (_, cluster):
        assert ask(cluster.app_url, "SELECT 1") == [(1,)]


@needs_root
def test_root_without_the_right_to_pass_through_folders_is_told_what_to_do(tmp_path: Path) -> None:
    before = ["setpriv", "--bounding-set=-dac_read_search,-dac_override"]
    process = subprocess.run([*before, *script(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "run the service as an ordinary user, or set SUMMARIZER_DATABASE_URL" in process.stderr


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as connection:
        cursor = connection.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


def sockets(cluster: Cluster) -> Path:
    return Path(cluster.app_url.partition("host=")[2].partition("&")[0])


def modes(folder: Path) -> list[tuple[int, int]]:
    return [(found.st_mode, found.st_uid) for found in (path.stat() for path in (folder, *folder.parents))]


def recorded_pid(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().split()[0])


def script(folder: Path) -> list[str]:
    return [sys.executable, "-c", OWNER, str(folder)]


@contextmanager
def owner(folder: Path, *, before: list[str] | None = None) -> Iterator[tuple[subprocess.Popen[str], Cluster]]:
    """A process of its own that runs PostgreSQL on the folder; killed in the end."""
    with subprocess.Popen([*(before or []), *script(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            cluster = running(folder)
            assert cluster is not None
            yield process, cluster
            rmtree(sockets(cluster), ignore_errors=True)
        finally:
            process.kill()


@contextmanager
def orphan(folder: Path, *, sockets: Path) -> Iterator[int]:
    """A PostgreSQL on the folder that nobody owns, as a killed server leaves it where nothing ties the two."""
    data = folder / "postgres"
    before = [argument.replace("INT", "clear") for argument in prefix(account_for(data))]
    sockets.mkdir(mode=0o700)
    os.chown(sockets, data.stat().st_uid, data.stat().st_gid)
    command = [*before, str(binaries() / "postgres"), "-D", str(data), "-c", "listen_addresses=", "-k", str(sockets)]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as process:
        eventually_accepts(f"host={sockets} port=5432 user=postgres dbname=summarizer")
        yield process.pid
        process.kill()


def eventually_accepts(where: str) -> None:
    for _ in range(100):
        try:
            psycopg.connect(where).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"no PostgreSQL at {where}")


def processes(folder: Path) -> list[Path]:
    """What PostgreSQL runs on the folder: its own processes work in it, its programs are called with its path."""
    return [process for process in Path("/proc").glob("[0-9]*") if works_on(folder / "postgres", process)]


def works_on(data: Path, process: Path) -> bool:
    try:
        return f"-D\0{data}" in (process / "cmdline").read_text() or (process / "cwd").readlink() == data
    except OSError:
        return False


def eventually_nothing_runs_on(folder: Path, *, seconds: float) -> None:
    give_up = time.monotonic() + seconds
    while processes(folder) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert processes(folder) == []
