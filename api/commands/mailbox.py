"""`mailbox`: threads that are forwarded to the service."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(mailbox)


def mailbox(
    once: Annotated[bool, typer.Option("--once", help="Take in what is there and end, instead of watching.")] = False,
) -> None:
    """Watch an IMAP mailbox; a mail to its address with +<deal's id> becomes a source of that deal."""
    from api.mail import run_mailbox
    from api.settings import Settings

    run_mailbox(Settings(), once=once)
