"""`sow` and `reindex`: the library of past SOWs."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.running import As, desk, services
from summarizer.records import DealType

SUFFIXES = frozenset({".docx", ".html", ".md", ".pdf", ".txt"})


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    sow = typer.Typer(help="Keep and search past statements of work.", no_args_is_help=True)
    sow.command("add")(add)
    sow.command("list")(list_sows)
    sow.command("search")(search)
    app.add_typer(sow, name="sow")
    app.command()(reindex)


def add(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files (.docx, .pdf, .html, .md, .txt), or folders that hold some.", exists=True),
    ],
    client: Annotated[str | None, typer.Option(help="Whom they were for.")] = None,
    deal_type: Annotated[DealType | None, typer.Option("--type", help="What kind of engagement they were.")] = None,
    person: As = None,
) -> None:
    """Add past SOWs; one that is there already is not added twice."""
    from rich.progress import track

    from summarizer import service

    files = [file for path in paths for file in _files(path)]
    with services() as opened:
        for file in track(files, description="Adding", transient=True):
            with desk(opened, person) as at:
                service.add_sow(
                    at,
                    name=file.name,
                    content=file.read_bytes(),
                    documents=opened.documents,
                    client=client,
                    deal_type=deal_type,
                )
        if opened.alone:
            opened.queue.work_until_idle()
    typer.echo(f"{len(files)} SOWs are in the library.")


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())


def list_sows(search: Annotated[str, typer.Option(help="Part of the name or the client.")] = "") -> None:
    """List the newest SOWs."""
    from summarizer.records import Slice

    with services() as opened, desk(opened, None) as at:
        found = at.store.sows.page(Slice(), search=search).rows
    for sow in found:
        typer.echo(f"{sow.id}  {sow.name}")
    if not found:
        typer.echo("No past SOWs yet. Add some: summarizer sow add PATH", err=True)


def search(
    words: Annotated[str, typer.Argument(help="What to look for, in your own words.")],
    most: Annotated[int, typer.Option(help="How many sections.")] = 5,
) -> None:
    """Find the sections of past SOWs that are nearest in meaning."""
    from summarizer.draft_job import find_precedents

    with services() as opened:
        found = find_precedents(opened.workshop(opened.settings.workspace), words, most=most)
    for precedent in found:
        typer.echo(f"{precedent.score:.2f}  {precedent.sow}: {precedent.section}")
    if not found:
        typer.echo("The library is empty. Add past SOWs: summarizer sow add PATH", err=True)


def reindex() -> None:
    """Build the index anew from the stored SOWs; searches go on meanwhile."""
    from summarizer.draft_job import index_sow
    from summarizer.records import Slice, Sow

    with services() as opened:
        workshop = opened.workshop(opened.settings.workspace)
        after, done = None, 0
        while True:
            with workshop.begin() as store:
                page = store.sows.page(Slice(size=200, after=after))
            sows: tuple[Sow, ...] = page.rows
            for sow in sows:
                index_sow(workshop, sow.id)
            after, done = page.next, done + len(sows)
            if after is None:
                break
    typer.echo(f"{done} SOWs are indexed.")
