"""`doctor`: what is configured, what is missing, and the remedy."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(doctor)


def doctor() -> None:
    """Check the settings, the database, the index, the encoder and the model; exit status 1 when something is wrong."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from api.diagnosis import examine
    from api.settings import Settings

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    healthy = True
    with Console().status("Looking…"):
        for check in examine(Settings()):
            healthy = healthy and check.well
            mark = "[green]✓[/]" if check.well else "[red]✗[/]"
            table.add_row(mark, f"[bold]{check.name}[/]", escape(check.found))
            if check.remedy:
                table.add_row("", "", f"[yellow]→ {escape(check.remedy)}[/]")
    Console(highlight=False).print(table)
    raise typer.Exit(0 if healthy else 1)
