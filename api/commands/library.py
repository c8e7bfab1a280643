"""`sow` and `reindex`: the library of past SOWs."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.importing import Client, Ended, Readers, Type, Year, add, bring_into_step
from api.commands.running import As, desk, services
from summarizer.records import SowDetails

if TYPE_CHECKING:
    from summarizer.indexing import Drift


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    sow = typer.Typer(help="Keep and search past statements of work.", no_args_is_help=True)
    sow.command("add")(add)
    sow.command("list")(list_sows)
    sow.command("search")(search)
    sow.command("describe")(describe)
    sow.command("group")(group)
    sow.command("check")(check)
    app.add_typer(sow, name="sow")
    app.command()(reindex)


def list_sows(
    search: Annotated[str, typer.Option(help="Part of the name or the client.")] = "",
    deal_type: Type = None,
    year: Year = None,
    outcome: Ended = None,
    person: As = None,
) -> None:
    """List the newest SOWs."""
    from summarizer.records import Slice, SowFilter

    wanted = SowFilter(deal_type=deal_type, year=year, outcome=outcome)
    with services() as opened, desk(opened, person) as at:
        found = at.store.sows.page(Slice(size=200), search=search, wanted=wanted, groups=at.person.groups).rows
    for sow in found:
        version = f", version {sow.version}" if sow.version > 1 else ""
        typer.echo(f"{sow.id}  {sow.name}{version}")
    if not found:
        typer.echo("No such past SOWs. Add some: summarizer sow add PATH", err=True)


def search(
    words: Annotated[str, typer.Argument(help="What to look for, in your own words.")],
    most: Annotated[int, typer.Option(help="How many sections.")] = 5,
    deal_type: Type = None,
    year: Year = None,
    person: As = None,
) -> None:
    """Find the sections of past SOWs that are nearest in meaning."""
    from summarizer.draft_job import find_precedents
    from summarizer.records import SowFilter

    wanted = SowFilter(deal_type=deal_type, year=year)
    with services() as opened:
        with desk(opened, person) as at:
            groups = at.person.groups
        workshop = opened.workshop(opened.settings.workspace)
        found = find_precedents(workshop, words, most=most, wanted=wanted, groups=groups)
    for precedent in found:
        typer.echo(f"{precedent.score:.2f}  {precedent.sow}: {precedent.section}")
    if not found:
        typer.echo("Nothing is found. Try other words, or add past SOWs: summarizer sow add PATH", err=True)


def describe(
    sow: Annotated[str, typer.Argument(help="Id of the SOW.")],
    client: Client = None,
    deal_type: Type = None,
    year: Year = None,
    outcome: Ended = None,
    readers: Readers = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="The whole workspace may read it.")] = False,
    person: As = None,
) -> None:
    """Say more of a SOW; what is not given stays."""
    from summarizer.library import describe_sow

    said = {"client": client, "deal_type": deal_type, "year": year, "outcome": outcome, "readers": readers}
    changes = {name: value for name, value in said.items() if value} | ({"readers": ()} if everybody else {})
    with services() as opened, desk(opened, person) as at:
        known = at.store.sows.get(sow, groups=at.person.groups).details
        described = describe_sow(at, sow, SowDetails.model_validate(known.model_dump() | changes))
    typer.echo(f"{described.id}  {described.name}")


def group(
    name: Annotated[str, typer.Argument(help="Name of the group.")],
    people: Annotated[list[str] | None, typer.Argument(help="Ids of people.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take them out instead.")] = False,
) -> None:
    """Put people into a group that may read restricted SOWs; without people, list who is in it."""
    with services() as opened, desk(opened, None) as at:
        for person in map(at.store.people.get, people or ()):
            others = {each for each in person.groups if each != name}
            at.store.people.regroup(person.id, sorted(others if remove else others | {name}))
        members = [person for person in at.store.people.all() if name in person.groups]
    for person in members:
        typer.echo(f"{person.id}  {person.name}")
    if not members:
        typer.echo(f"Nobody is in the group {name}.", err=True)


def check() -> None:
    """Compare the index with the library and mend what differs."""
    from summarizer.indexing import find_drift

    with services() as opened:
        workshop = opened.workshop(opened.settings.workspace)
        drift = find_drift(workshop)
        if not drift:
            typer.echo("The index is in step with the library.")
            return
        typer.echo(_words(drift))
        with workshop.begin() as store:
            store.sows.mend()
        typer.echo(_after(find_drift(workshop) if bring_into_step(opened) else None))


def _words(drift: "Drift") -> str:
    lacks = f"lacks {len(drift.missing)} sections of {len(drift.sows)} SOWs"
    return f"The index {lacks} and holds {len(drift.extra)} that are not searched."


def _after(drift: "Drift | None") -> str:
    if drift is None:
        return "The running server mends it now; check again in a while."
    return f"Not all of it could be mended. {_words(drift)}" if drift else "It is mended."


def reindex() -> None:
    """Index every SOW anew; searches go on meanwhile."""
    with services() as opened:
        workshop = opened.workshop(opened.settings.workspace)
        with workshop.begin() as store:
            sows = sorted(set(store.sows.searched().values()))
            for sow in sows:
                store.sows.reindex(sow)
            store.sows.mend()
        done = bring_into_step(opened)
    typer.echo(f"{len(sows)} SOWs {'are indexed' if done else 'are queued; the running server indexes them'}.")
