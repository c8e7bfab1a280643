"""The service as a process of its own, as a user starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]


def environment(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a user who has set these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUMMARIZER_")}
    return kept | {"SUMMARIZER_DATA": str(data)} | {f"SUMMARIZER_{k.upper()}": v for k, v in settings.items()}


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from api.cli import main; main()", *words]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def eventually(holds: Callable[[], bool], *, seconds: float) -> float:
    """Wait until it holds and give the seconds it took; fails when it does not hold in time."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - began


def postgres_on(data: Path) -> list[int]:
    """Ids of the PostgreSQL processes that work on the data folder."""
    wanted = os.fsencode(data / "postgres")
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and wanted in _command_of(entry)
    ]


def _command_of(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    http: httpx.Client

    def answers(self) -> bool:
        assert self.process.poll() is None, "the server ended"
        try:
            return self.http.get("/v1/health").status_code == 200
        except httpx.TransportError:
            return False

    def get(self, path: str) -> Any:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def stop(self, signal_number: int = signal.SIGTERM) -> int:
        self.process.send_signal(signal_number)
        return self.process.wait(timeout=20)


@contextmanager
def server(data: Path, *words: str, **settings: str) -> Iterator[Server]:
    """`summarizer serve` on a free port, up and answering; it is killed at the end if a test has not stopped it."""
    port = free_port()
    process = subprocess.Popen(
        command("serve", "--port", str(port), *words), env=environment(data, **settings), cwd=ROOT
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
        started = Server(process, http)
        try:
            eventually(started.answers, seconds=60)
            yield started
        finally:
            process.kill()
            process.wait()
