"""The PostgreSQL that a killed server left behind on its data, found and stopped."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

_STOP_S = 10.0


def stop_predecessor(data: Path) -> None:
    """Stop what still runs on these data. Only for who holds the data folder's lock: then it is nobody's.

    A process that is not PostgreSQL on these data is left alone, whatever the pid file says.
    """
    record = data / "postmaster.pid"
    pid = _recorded_pid(record)
    if pid is not None:
        _end(data, pid, how=signal.SIGINT)
        _end(data, pid, how=signal.SIGKILL)
    # Its number may be a foreign process's by now, which would stop our start. Were we wrong about that, PostgreSQL
    # itself would still refuse: the shared memory of the other one is in use.
    record.unlink(missing_ok=True)


def _recorded_pid(record: Path) -> int | None:
    try:
        return int(record.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _end(data: Path, pid: int, *, how: signal.Signals) -> None:
    """Send the signal, and wait until it has ended or ten seconds have passed."""
    with suppress(ProcessLookupError):
        if _works_on(data, pid):
            os.kill(pid, how)
    give_up = time.monotonic() + _STOP_S
    while _works_on(data, pid) and time.monotonic() < give_up:
        time.sleep(0.02)


def _works_on(data: Path, pid: int) -> bool:
    """Whether this process is a PostgreSQL on these data; not when it has ended and waits to be reaped."""
    return f"postgres -D {data} " in _command_line(pid) + " "


def _command_line(pid: int) -> str:
    """The arguments of a process, between spaces; empty when there is none or they are hidden from us."""
    if Path("/proc/self/cmdline").exists():
        with suppress(OSError):
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes()).replace("\0", " ")
        return ""
    command = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
