"""`deal`, `give`, `suggest`: what a sales rep does."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.running import As, desk, services
from summarizer.records import DealType

if TYPE_CHECKING:
    from api.wiring import Services
    from summarizer.records import Job
    from summarizer.signed import Comparison

WATCH_S = 0.3


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    deal = typer.Typer(help="Open and list deals.", no_args_is_help=True)
    deal.command("open")(open_deal)
    deal.command("list")(list_deals)
    deal.command("attach-sow")(attach_sow)
    app.add_typer(deal, name="deal")
    app.command()(give)
    app.command()(suggest)


def open_deal(
    name: Annotated[str, typer.Argument(help="What was sold.")],
    client: Annotated[str, typer.Option(help="Name of the buying firm.")],
    vendor: Annotated[str, typer.Option(help="Name of the delivering firm.")],
    deal_type: Annotated[DealType, typer.Option("--type")] = DealType.OTHER,
    person: As = None,
) -> None:
    """Open a deal by hand and print its id."""
    from summarizer import service

    with services() as opened, desk(opened, person) as at:
        deal = service.open_deal(at, name=name, client=client, vendor=vendor, deal_type=deal_type)
    typer.echo(deal.id)


def list_deals(search: Annotated[str, typer.Option(help="Part of the name or the client.")] = "") -> None:
    """List the newest deals: id, client and name."""
    from summarizer.records import Slice

    with services() as opened, desk(opened, None) as at:
        found = at.store.deals.page(Slice(), search=search).rows
    for deal in found:
        typer.echo(f"{deal.id}  {deal.client}  {deal.name}")
    if not found:
        typer.echo("No deals yet. Open one: summarizer deal open NAME --client FIRM --vendor FIRM", err=True)


def attach_sow(
    deal: Annotated[str, typer.Argument(help="Id of the deal.")],
    file: Annotated[
        Path, typer.Argument(help="The signed file: .pdf, .docx, .html, .md, .txt.", exists=True, dir_okay=False)
    ],
    person: As = None,
) -> None:
    """Attach the signed SOW of a deal, and print where it differs from what was said."""
    from summarizer import signing

    with services() as opened:
        with desk(opened, person) as at:
            content = file.read_bytes()
            attached = signing.attach_sow(at, deal, name=file.name, content=content, documents=opened.documents)
        if opened.alone:
            opened.queue.work_until_idle()
        typer.echo(f"{attached.sow.id}  {attached.sow.name}  SHA-256 {attached.sow.sha256}")
        _print_rows(_compared(opened, attached.comparison.id))


def _compared(opened: "Services", comparison_id: str) -> "Comparison":
    """The comparison when it is made."""
    import time

    from rich.console import Console

    with Console(stderr=True).status("Comparing…"):
        while True:
            with desk(opened, None) as at:
                comparison = at.store.signed.comparison(comparison_id)
            if comparison.rows is not None:
                return comparison
            time.sleep(WATCH_S)


def _print_rows(comparison: "Comparison") -> None:
    for row in comparison.rows or ():
        quotes = {"said": row.said and row.said.evidence.quote, "signed": row.signed and row.signed.quote}
        said = "; ".join(f"{side} “{' '.join(quote.split())}”" for side, quote in quotes.items() if quote)
        typer.echo(f"{row.id}  {row.column.replace('_', ' ')}: {said}")
    if not comparison.rows:
        typer.echo("Nothing differs.")


def give(
    deal: Annotated[str, typer.Argument(help="Id of the deal.")],
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Threads, notes, mailboxes, documents: .eml, .msg, .mbox, .docx, .pdf, .txt, …",
            exists=True,
            dir_okay=False,
        ),
    ],
    person: As = None,
) -> None:
    """Give files to a deal as its sources and print their ids."""
    from summarizer import service

    with services() as opened:
        for file in files:
            with desk(opened, person) as at:
                content = file.read_bytes()
                given = service.give_source(at, deal, name=file.name, content=content, documents=opened.documents)
            for source in given:
                typer.echo(f"{source.id}  {source.name}")
                for finding in source.findings:
                    typer.echo(f"{source.name}: {finding.text}", err=True)


def suggest(deal: Annotated[str, typer.Argument(help="Id of the deal.")], person: As = None) -> None:
    """Draft a deal's sources, wait for it, and print the suggestion's id."""
    from summarizer import service

    with services() as opened:
        with desk(opened, person) as at:
            job = service.ask_for_draft(at, deal)
        if opened.alone:
            opened.queue.work_until_idle()
        typer.echo(_finished(opened, job).suggestion)


def _finished(opened: "Services", job: "Job") -> "Job":
    """The job when it is over. Raises EngineError when it failed."""
    import time

    from rich.console import Console

    from summarizer.errors import EngineError

    with Console(stderr=True).status("Drafting…"):
        while not job.over:
            time.sleep(WATCH_S)
            with desk(opened, None) as at:
                job = at.store.jobs.get(job.id)
    if job.problem:
        raise EngineError(f"{job.problem.title}: {job.problem.detail} {job.problem.remedy}")
    if job.suggestion is None:
        raise EngineError("The draft was cancelled.")
    return job
