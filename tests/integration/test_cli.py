"""The whole job on the command line."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.integration.conftest import THREAD
from tests.integration.processes import ROOT, command, environment, server


class Terminal:
    """Runs commands on one data folder."""

    def __init__(self, data: Path, **settings: str) -> None:
        self._environment = environment(data, **settings)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*words), env=self._environment, capture_output=True, text=True, cwd=ROOT, check=False, timeout=100
        )

    def says(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def thread(tmp_path: Path) -> str:
    file = tmp_path / "thread.txt"
    file.write_text(THREAD, "utf-8")
    return str(file)


def test_a_file_becomes_a_version(tmp_path: Path, thread: str) -> None:
    terminal = Terminal(tmp_path / "data")
    deal = terminal.says("deal", "open", "Dashboards", "--client", "Velmere", "--vendor", "Brackwater")
    assert terminal.says("deal", "list") == f"{deal}  Velmere  Dashboards"
    assert terminal.says("give", deal, thread).endswith("  thread.txt")
    suggestion = terminal.says("suggest", deal)
    shown = terminal.says("review", suggestion)
    promise = (
        "      dependency · owner Moira Finn · due 20 Mar 2026\n      “I send you the list of shops by 20 March.”\n"
    )
    assert promise in shown
    assert "s1 Moira Finn\n      client · moira@velmere.example\n" in shown
    assert shown.endswith("2 items and 2 people, 4 to be decided")
    terminal.says("decide", suggestion, "accepted", "all", "--as", "reviewer")
    assert terminal.says("commit", suggestion, "--as", "reviewer").startswith("version 1, ")
    assert "Committed by Sasha (review)" in terminal.says("export", deal)
    assert json.loads(terminal.says("export", deal, "--format", "json"))["committed_by"] == "reviewer"


def test_the_commands_work_beside_a_running_server(tmp_path: Path, thread: str) -> None:
    data = tmp_path / "data"
    terminal = Terminal(data)
    with server(data) as running:
        deal = terminal.says("deal", "open", "Dashboards", "--client", "Velmere", "--vendor", "Brackwater")
        terminal.says("give", deal, thread)
        suggestion = terminal.says("suggest", deal)
        assert running.get(f"/v1/suggestions/{suggestion}")["deal"] == deal
        running.stop()


def test_a_commit_before_all_is_decided_says_once_how_many_wait_and_how_to_see_them(
    tmp_path: Path, thread: str
) -> None:
    terminal = Terminal(tmp_path / "data")
    deal = terminal.says("deal", "open", "Dashboards", "--client", "Velmere", "--vendor", "Brackwater")
    terminal.says("give", deal, thread)
    suggestion = terminal.says("suggest", deal)
    refused = terminal.run("commit", suggestion)
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "The review cannot be committed yet.",
        "Still to be decided: 4 of 4 entries.",
        f"To see them, marked ·: summarizer review {suggestion}",
        "To commit without them: --leave-out-undecided",
    ]


def test_past_sows_are_added_once_and_found(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "data")
    folder = tmp_path / "sows"
    folder.mkdir()
    (folder / "one.md").write_text("# SOW\n\n## Scope\n\nWe build dashboards on a warehouse.\n", "utf-8")
    (folder / "two.txt").write_text("1. SCOPE\n\nWe train forklift drivers.\n", "utf-8")
    terminal.says("sow", "add", str(folder))
    terminal.says("sow", "add", str(folder))
    assert len(terminal.says("sow", "list").splitlines()) == 2
    assert "one.md: Scope" in terminal.says("sow", "search", "reports for managers on a data warehouse", "--most", "1")
    assert terminal.says("reindex") == "2 SOWs are indexed."


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("draft", "missing.txt"), "The file cannot be opened: There is no file missing.txt."),
        (("draft", "[bold]missing.txt"), "There is no file [bold]missing.txt."),
        (("draft", "tests"), "The file cannot be opened: tests is a folder."),
        (("check", "A claim", "tests"), "Of a folder, name a file that is in it."),
        (("export", "x"), "x"),
    ],
)
def test_an_error_is_two_lines_and_no_traceback(tmp_path: Path, words: tuple[str, ...], error: str) -> None:
    done = Terminal(tmp_path / "data").run(*words)
    assert done.returncode == 1
    assert error in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_is_no_source_of_a_deal(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "data")
    for words in (("give", "d1", "tests"), ("deal", "attach-sow", "d1", "tests")):
        done = terminal.run(*words)
        assert done.returncode == 2
        assert "is a directory" in done.stderr
        assert "Traceback" not in done.stderr


def test_doctor_says_what_is_there_and_what_is_missing(tmp_path: Path) -> None:
    well = Terminal(tmp_path / "data").run("doctor")
    assert well.returncode == 0, well.stdout
    assert "embedded PostgreSQL" in well.stdout
    ill = Terminal(tmp_path / "data", llm_model="m", llm_base_url="http://127.0.0.1:9/v1", llm_timeout_s="2").run(
        "doctor"
    )
    assert ill.returncode == 1
    assert "SUMMARIZER_LLM_BASE_URL" in ill.stdout
