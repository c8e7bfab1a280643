"""The command line. Everything heavy is imported inside the commands, so that `--help` answers at once."""

import sys

import typer

from api.commands import check, deals, doctor, draft, evaluation, library, mailbox, reviews, serving
from summarizer.errors import SummarizerError

app = typer.Typer(
    name="summarizer",
    help="Turns sales threads into a reviewed, versioned handoff for delivery.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for part in (serving, draft, check, deals, reviews, library, mailbox, evaluation, doctor):
    part.register(app)


def main() -> None:
    """Run a command; an error of ours is two lines and exit status 1, not a traceback."""
    try:
        app()
    except SummarizerError as error:
        from rich.console import Console
        from rich.markup import escape

        console = Console(stderr=True)
        detail = "" if error.detail == error.title() else f": {escape(error.detail)}"
        console.print(f"[bold red]{error.title()}[/]{detail}", highlight=False)
        console.print(error.remedy(), style="dim")
        sys.exit(1)
