"""`serve`, `worker`, `migrate`: for whoever runs the service."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(serve)
    app.command()(worker)
    app.command()(migrate)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; loopback unless set.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 8000 unless set.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Load the demonstration deals into an empty workspace.")] = False,
) -> None:
    """Run the service: pages, HTTP interface and worker in one process."""
    from api.server import run_server
    from api.settings import Settings

    given = {name: value for name, value in {"host": host, "port": port}.items() if value is not None}
    run_server(Settings().model_copy(update=given), demo=demo)


def worker() -> None:
    """Work off queued drafts beside other processes; needs SUMMARIZER_DATABASE_URL."""
    from api.server import run_worker
    from api.settings import Settings

    run_worker(Settings())


def migrate() -> None:
    """Bring the database to this release's schema; `serve` does it by itself."""
    from api.settings import Settings
    from api.wiring import open_services

    with open_services(Settings(), beside=True):
        typer.echo("The database has this release's schema.")
