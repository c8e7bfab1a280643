"""What each process that goes on running does at its start: where it logs, and how it ends."""

import logging
import signal
from types import FrameType
from typing import NoReturn

from rich.logging import RichHandler

from api.settings import Settings


def log_to_terminal(settings: Settings) -> None:
    """The log level is a setting; libraries say only what is wrong."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(name)s: %(message)s", handlers=[RichHandler(show_path=False)]
    )
    for name in ("procrastinate", "httpx", "httpx2", "uvicorn.error", "chromadb", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def end_on_sigterm() -> None:
    """SIGTERM ends the process by an exception, as Ctrl-C does, so that every `finally` runs.

    uvicorn raises the signal again after its own shutdown, which by default would end the process on the spot.
    """

    def end(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
