"""How long a user waits: for a draft, and for the first page. `python -m eval.bench`

`python -m eval.bench drafting` measures drafts by a language model beside LangExtract's: see `eval.bench_drafting`.

Figures of one run on one machine; compare within a run, not between machines.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import httpx2
from rich.console import Console
from rich.table import Table

from eval import bench_drafting
from summarizer.adapters.embedded import EmbeddedEngine
from summarizer.drafting import draft
from summarizer.numbering import Material
from summarizer.reading.threads import read

THREAD = Path(str(files("api"))) / "demo" / "deals" / "kittiwake-orders-thread.txt"
COMMAND = (sys.executable, "-c", "from api.cli import main; main()")
RUNS = 7


def seconds(task: Callable[[], object], runs: int) -> list[float]:
    """Wall-clock seconds of each run, after one that does not count."""
    task()
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        task()
        taken.append(time.perf_counter() - began)
    return taken


def draft_in_process() -> object:
    """Read and draft the demonstration's ten-mail thread."""
    source = read(THREAD.read_text("utf-8"), client="Kittiwake Cycles", vendor="Copperbeck")
    return draft(Material([source], client="Kittiwake Cycles", vendor="Copperbeck"), EmbeddedEngine())


def draft_on_the_command_line() -> object:
    """The same as a process of its own, from nothing to JSON."""
    return subprocess.run([*COMMAND, "draft", str(THREAD), "--json"], check=True, capture_output=True)


def first_page(data: Path) -> float:
    """Seconds from the start of the service until the list of deals is answered."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = os.environ | {"SUMMARIZER_DATA": str(data), "SUMMARIZER_PORT": str(port)}
    began = time.perf_counter()
    process = subprocess.Popen([*COMMAND, "serve", "--demo"], env=environment, stdout=subprocess.DEVNULL)
    try:
        while not _answers(f"http://127.0.0.1:{port}/"):
            if process.poll() is not None:
                raise SystemExit("the service ended before it answered")
            time.sleep(0.02)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx2.get(url).status_code == httpx2.codes.OK
    except httpx2.TransportError:
        return False


def main() -> None:
    """Print the table, or hand over to the benchmark that is named."""
    if sys.argv[1:2] == ["drafting"]:
        bench_drafting.main(sys.argv[2:])
    else:
        waits()


def waits() -> None:
    """Print how long a user waits."""
    table = Table("what", "median s", "min s", "max s", title=f"{os.cpu_count()} cores, {RUNS} runs each")
    rows = {
        "draft, in process": seconds(draft_in_process, RUNS),
        "draft, whole command": seconds(draft_on_the_command_line, RUNS),
    }
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        rows["first page, empty data folder"] = [first_page(data)]
        rows["first page, existing data folder"] = [first_page(data) for _ in range(3)]
    for name, taken in rows.items():
        table.add_row(name, *(f"{figure:.2f}" for figure in (statistics.median(taken), min(taken), max(taken))))
    Console().print(table)


if __name__ == "__main__":
    main()
