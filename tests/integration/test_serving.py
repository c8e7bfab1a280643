"""The running service: it ends without leaving anything behind, and goes on where it was killed."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import THREAD
from tests.integration.llm_server import KEY, Reply, endpoint, streamed, stuck_after
from tests.integration.processes import ROOT, Server, command, environment, eventually, postgres_on, server

FIRST = {"kind": "scope", "text": "Build five dashboards", "cite": [2]}
EMPTY = {"owner": None, "due": None, "baseline": None, "target": None}
ANSWER = json.dumps({"items": [FIRST | EMPTY], "stakeholders": []})
BEGUN = ANSWER[: ANSWER.index("]}") + 2] + ", "


def ask(started: Server) -> dict[str, Any]:
    """Open a deal, paste the thread, and ask for a draft."""
    deal = started.http.post("/v1/deals", json={"name": "D", "client": "Velmere", "vendor": "Brackwater"}).json()
    started.http.post(f"/v1/deals/{deal['id']}/sources", json={"text": THREAD}).raise_for_status()
    return dict(started.http.post(f"/v1/deals/{deal['id']}/suggestions").json())


def test_a_draft_that_was_killed_midway_is_finished_once_after_the_next_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    replies: list[Reply] = [stuck_after(BEGUN), streamed(ANSWER)]
    with endpoint(*replies) as model:
        llm = {"llm_model": "scripted", "llm_base_url": model.url, "llm_api_key": KEY}
        with server(data, **llm) as first:
            job = ask(first)
            eventually(lambda: len(model.requests) == 1, seconds=20)
            first.process.kill()
            first.process.wait()
        eventually(lambda: not postgres_on(data), seconds=10)
        restarted = time.monotonic()
        with server(data, **llm) as second:
            eventually(lambda: second.get(f"/v1/jobs/{job['id']}")["status"] == "done", seconds=15)
            assert time.monotonic() - restarted < 15
            suggestions = second.get(f"/v1/deals/{job['deal']}/suggestions")["rows"]
            assert [each["items"] for each in suggestions] == [1]
            assert second.get(f"/v1/jobs/{job['id']}")["suggestion"] == suggestions[0]["id"]
            second.stop()
    assert postgres_on(data) == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_server_leaves_nothing_running(tmp_path: Path, how: signal.Signals) -> None:
    data = tmp_path / "data"
    with server(data) as started, started.http.stream("GET", f"/v1/jobs/{ask(started)['id']}/events") as stream:
        assert postgres_on(data)
        assert next(stream.iter_lines())
        assert started.stop(how) == 0
    assert postgres_on(data) == []


def test_a_draft_that_a_stop_interrupts_goes_on_after_the_next_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with endpoint(stuck_after(BEGUN), streamed(ANSWER)) as model:
        llm = {"llm_model": "scripted", "llm_base_url": model.url, "llm_api_key": KEY, "llm_timeout_s": "3"}
        with server(data, **llm) as first:
            job = ask(first)
            eventually(lambda: len(model.requests) == 1, seconds=20)
            first.stop()
        with server(data, **llm) as second:
            eventually(lambda: second.get(f"/v1/jobs/{job['id']}")["status"] == "done", seconds=15)
            second.stop()


def test_a_port_in_use_is_told_with_the_remedy(tmp_path: Path) -> None:
    with server(tmp_path / "one") as started:
        port = str(started.http.base_url.port)
        second = subprocess.run(
            command("serve", "--port", port),
            env=environment(tmp_path / "two"),
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 1
    assert "Choose another port with --port or SUMMARIZER_PORT" in " ".join(second.stderr.split())
    assert "Traceback" not in second.stderr


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['summarizer', '--help']; from api.cli import main\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print('modules:', *sorted({name.split('.')[0] for name in sys.modules}))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    loaded = set(shown.split("modules:")[1].split()) - set(sys.stdlib_module_names)
    allowed = {
        "typer", "click", "rich", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection",
        "annotated_types", "annotated_doc", "shellingham", "markdown_it", "mdurl", "pygments",
        "attr", "attrs", "summarizer", "api", "templates", "prompts",
    }  # fmt: skip
    assert {name for name in loaded - allowed if not name.startswith(("_", "sitecustomize"))} == set()


def test_drafting_a_file_touches_neither_database_nor_index_nor_langchain(tmp_path: Path) -> None:
    file = tmp_path / "thread.txt"
    file.write_text(THREAD, "utf-8")
    code = f"import sys; sys.argv = ['summarizer', 'draft', {str(file)!r}, '--json']; from api.cli import main\n"
    code += "try: main()\nexcept SystemExit: pass\nprint('modules:', *sorted(sys.modules))"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, env=environment(tmp_path)
    )
    loaded = {name.split(".")[0] for name in shown.stdout.split("modules:")[1].split()}
    assert (
        loaded & {"sqlalchemy", "psycopg", "procrastinate", "chromadb", "langchain", "langchain_core", "openai"}
        == set()
    )
    draft = json.loads(shown.stdout.split("modules:")[0])
    assert set(draft) == {"items", "stakeholders", "left_out", "findings", "precedents", "made_by"}
    for item in draft["items"]:
        for evidence in item["evidence"]:
            assert THREAD[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert not (tmp_path / "summarizer-data").exists()
