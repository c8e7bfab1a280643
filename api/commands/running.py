"""What the commands that work on the stored deals have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.wiring import Services
    from summarizer.service import Desk

As = Annotated[str | None, typer.Option("--as", help="Id of the person who acts; the first sales rep unless given.")]


@contextmanager
def services() -> Iterator["Services"]:
    """The service's parts: those of a running server, or started for this command."""
    from api.settings import Settings
    from api.wiring import open_services

    with open_services(Settings(), beside=True) as opened:
        yield opened


@contextmanager
def desk(opened: "Services", person: str | None) -> Iterator["Desk"]:
    """A transaction in which this person acts. Raises NotFound for an unknown one."""
    from summarizer.service import Desk, who_acts

    with opened.database.begin(opened.settings.workspace) as store:
        yield Desk(store, store.people.get(person) if person else who_acts(store.people.all(), None))
