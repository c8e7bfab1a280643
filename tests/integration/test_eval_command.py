"""`summarizer eval`: from a folder of cases to a run, a report, a comparison; and from a review to a new case."""

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from eval.cases import read_cases, write_case
from eval.checking import faults
from eval.errors import NotDecided
from eval.harvest import harvested, material
from eval.runs import read_run, write_run
from tests.conftest import WORKSPACE
from tests.integration.conftest import THREAD, Client
from tests.integration.processes import ROOT, command, environment, eventually
from tests.integration.test_cli import Terminal
from tests.unit.eval_making import case


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    for number in range(4):
        write_case(case(f"c{number}"), folder)
    (folder / "broken.json").write_text("{", "utf-8")
    return folder


def evaluate(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`summarizer eval`, in a folder of its own data."""
    return subprocess.run(
        command("eval", *words),
        env=environment(folder / "data") | {"COLUMNS": "160"},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=100,
    )


def test_a_run_is_printed_kept_and_shown(tmp_path: Path, cases: Path) -> None:
    out, report = tmp_path / "run.json", tmp_path / "report.html"
    done = evaluate(
        tmp_path, "run", "--engine", "embedded", "--cases", str(cases), "--out", str(out), "--report", str(report)
    )
    assert done.returncode == 0, done.stderr
    assert "4 of 4 cases scored" in done.stdout
    assert "broken.json" in done.stdout
    made = read_run(out)
    assert [each.id for each in made.results] == ["c0", "c1", "c2", "c3"]
    assert "Quality of drafts" in report.read_text("utf-8")


def test_a_run_is_compared_with_an_earlier_one_and_fails_on_a_drop(tmp_path: Path, cases: Path) -> None:
    out, better = tmp_path / "run.json", tmp_path / "better.json"
    words = ("run", "--engine", "embedded", "--cases", str(cases), "--out", str(out))
    assert evaluate(tmp_path, *words).returncode == 0
    same = evaluate(tmp_path, *words, "--against", str(out))
    assert same.returncode == 0, same.stderr
    assert "Nothing that is gated got significantly worse." in same.stdout
    made = read_run(out)
    beyond = {"hit": 9, "found": 9}
    perfect = [each.model_copy(update={"counts": each.counts | beyond}) for each in made.results]
    write_run(made.model_copy(update={"results": tuple(perfect)}), better)
    worse = evaluate(tmp_path, *words, "--against", str(better))
    assert worse.returncode == 1
    assert "Worse: Item F1." in worse.stdout
    assert evaluate(tmp_path, *words, "--against", str(better), "--no-fail-on-drop").returncode == 0


def test_runs_on_changed_cases_are_refused_by_name(tmp_path: Path, cases: Path) -> None:
    out = tmp_path / "run.json"
    words = ("run", "--engine", "embedded", "--cases", str(cases))
    assert evaluate(tmp_path, *words, "--out", str(out)).returncode == 0
    write_case(case("c2", messy=["typos"]), cases)
    refused = evaluate(tmp_path, *words, "--against", str(out))
    assert refused.returncode == 1
    assert "cannot be compared" in refused.stderr
    assert "c2" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_run_is_stopped_and_goes_on(tmp_path: Path, cases: Path) -> None:
    for number in range(4, 150):
        write_case(case(f"c{number}"), cases)
    out = tmp_path / "run.json"
    words = command("eval", "run", "--engine", "embedded", "--cases", str(cases), "--out", str(out))
    process = subprocess.Popen(
        words, env=environment(tmp_path / "data"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    eventually(out.exists, seconds=60)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    stopped = read_run(out)
    assert (process.returncode, stopped.asked) == (130, 150) or stopped.complete, printed
    resumed = evaluate(tmp_path, *words[-7:], "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert read_run(out).complete


def test_faults_of_cases_are_named_with_file_and_item(tmp_path: Path, cases: Path) -> None:
    checked = evaluate(tmp_path, "check", str(cases))
    assert checked.returncode == 1
    assert "broken.json" in checked.stdout
    assert "c0.json  items: 2 items; 5 to 20 are asked for" in checked.stdout


def test_all_cases_of_the_product_obey_the_guide(tmp_path: Path) -> None:
    checked = evaluate(tmp_path, "check")
    assert checked.returncode == 0, checked.stdout
    folders = [line.partition(":")[0] for line in checked.stdout.splitlines() if " cases (" in line]
    assert folders == ["train", "development", "test", "nothing", "brief"]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("run", "--cases", "nowhere"), "nowhere"),
        (("report", "missing.json"), "missing.json"),
        (("run", "--cases", "CASES", "--only", "zz"), "zz"),
        (("run", "--cases", "CASES", "--resume", "--out", "none.json"), "none.json"),
    ],
)
def test_an_error_names_the_thing_and_the_remedy(
    tmp_path: Path, cases: Path, words: tuple[str, ...], error: str
) -> None:
    failed = evaluate(tmp_path, *(str(cases) if word == "CASES" else word for word in words))
    assert failed.returncode == 1
    assert error in failed.stderr
    assert "Traceback" not in failed.stderr


def reviewed(client: Client, *, verdicts: dict[str, str]) -> str:
    """A deal whose draft was decided on and committed."""
    deal = client.open_deal()
    shown, etag = client.suggestion(deal)
    rows: list[dict[str, Any]] = [*shown["items"], *shown["stakeholders"]]
    decided = [{"item": row["item"]["id"], "verdict": verdicts.get(row["item"]["id"], "accepted")} for row in rows]
    answer = client.decide(shown["id"], etag, *decided)
    assert client.commit(shown["id"], answer.headers["etag"]).status_code == 201, answer.text
    return deal


def test_a_review_becomes_a_case(client: Client, tmp_path: Path) -> None:
    deal = reviewed(client, verdicts={"i1": "rejected"})
    with client.services.database.begin(WORKSPACE) as store:
        by_deal = harvested(material(store, deal), salt="s").case
        by_handoff = harvested(material(store, store.handoffs.of_deal(deal).id), salt="s").case
    assert by_deal == by_handoff
    assert [(item.kind, item.text.split(" ", 2)[2]) for item in by_deal.gold.items] == [
        ("dependency", "sends the list of shops")
    ]
    assert [trap.claim for trap in by_deal.gold.traps] == ["Build five dashboards on top of the warehouse"]
    assert "moira" not in json.dumps(by_deal.model_dump(mode="json")).lower()
    assert len(by_deal.pasted.splitlines()) == len(THREAD.splitlines())
    assert [fault.place for fault in faults(by_deal)] == ["case"]
    write_case(by_deal, tmp_path)
    assert list(read_cases(str(tmp_path)).cases) == [by_deal]


def test_what_is_not_decided_is_no_case(client: Client) -> None:
    deal = client.open_deal()
    client.suggestion(deal)
    with client.services.database.begin(WORKSPACE) as store, pytest.raises(NotDecided):
        material(store, deal)


def test_a_review_is_harvested_on_the_command_line(tmp_path: Path) -> None:
    terminal, out, thread = Terminal(tmp_path / "data"), tmp_path / "harvested", tmp_path / "thread.txt"
    thread.write_text(THREAD, "utf-8")
    deal = terminal.says("deal", "open", "Dashboards", "--client", "Velmere", "--vendor", "Brackwater")
    terminal.says("give", deal, str(thread))
    suggestion = terminal.says("suggest", deal)
    words = ("eval", "harvest", deal, "--out", str(out), "--salt", "s")
    early = terminal.run(*words)
    assert (early.returncode, "has been committed" in early.stderr) == (1, True)
    terminal.says("decide", suggestion, "accepted", "all", "--as", "reviewer")
    terminal.says("commit", suggestion, "--as", "reviewer")
    assert "needs_reading" in terminal.says(*words)
    (made,) = read_cases(str(out)).cases
    assert made.needs_reading
    assert made.gold.items
    assert terminal.run("eval", "run", "--cases", str(out)).returncode == 1


def test_two_engines_are_compared_on_the_same_cases(tmp_path: Path, cases: Path) -> None:
    out = tmp_path / "compared"
    done = evaluate(
        tmp_path, "compare", "embedded", "embedded", "--cases", str(cases), "--limit", "2", "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    assert "Both drafts met each case alike" in (out / "compare.html").read_text("utf-8")
    assert [each.id for each in read_run(out / "b.json").results] == ["c0", "c1"]
    refused = evaluate(tmp_path, "compare", "embedded", "gpt", "--cases", str(cases))
    assert (refused.returncode, "There is no engine gpt" in refused.stderr) == (1, True)
