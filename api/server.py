"""The running service: embedded parts, worker and HTTP server in one process, and an orderly end."""

import socket
import threading
from contextlib import suppress

import uvicorn
from rich.console import Console

from api.app import create_app
from api.demo import demo_people, load_demo
from api.lifecycle import end_on_sigterm, log_to_terminal
from api.settings import Settings
from api.wiring import LOCAL_PEOPLE, Services, open_services
from summarizer.errors import ConfigurationError

STREAMS_END_S = 2
"""How long open event streams may hold up the shutdown; browsers reconnect to the next server by themselves."""


def run_server(settings: Settings, *, demo: bool) -> None:
    """Serve until SIGINT or SIGTERM; whatever was started is stopped before this returns. Raises ConfigurationError."""
    log_to_terminal(settings)
    end_on_sigterm()
    console = Console()
    people = demo_people() if demo else LOCAL_PEOPLE
    with _listening(settings) as listener, open_services(settings, people=people) as services:
        if demo:
            load_demo(services)
        mend_index(services)
        host, port = listener.getsockname()[:2]
        console.print(f"\n  Scope Summarizer is at [bold]http://{_shown(host)}:{port}[/]")
        console.print(f"  Drafts by: {settings.engine_label} · data in {settings.data.resolve()} · Ctrl-C stops it\n")
        config = uvicorn.Config(
            create_app(services), log_config=None, access_log=False, timeout_graceful_shutdown=STREAMS_END_S
        )
        with services.queue.worker(alone=services.alone, concurrency=settings.workers), suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def mend_index(services: Services) -> None:
    """Let the worker look whether the index is in step: it may come from a backup, or not be there at all."""
    with services.database.begin(services.settings.workspace) as store:
        store.sows.mend()


def run_worker(settings: Settings) -> None:
    """Work off the queue until SIGINT or SIGTERM. Raises ConfigurationError."""
    log_to_terminal(settings)
    end_on_sigterm()
    if not settings.database_url:
        raise ConfigurationError(
            "A worker of its own needs a database that it can share: set SUMMARIZER_DATABASE_URL. "
            "With the embedded database `summarizer serve` works off the queue itself."
        )
    with open_services(settings) as services, services.queue.worker(alone=False, concurrency=settings.workers):
        Console().print("Working off the queue. Ctrl-C stops it.")
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


def _listening(settings: Settings) -> socket.socket:
    """Taken before anything is started, so that a port in use is told at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        detail = f"Nothing can listen on {settings.host}, port {settings.port}: {error.strerror}."
        raise ConfigurationError(f"{detail} Choose another port with --port or SUMMARIZER_PORT.") from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
