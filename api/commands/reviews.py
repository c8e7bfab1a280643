"""`review`, `decide`, `commit`, `export`: what a reviewer does, and what delivery takes away."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from api.commands.running import As, desk, services
from summarizer.decisions import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from summarizer.decisions import Entry
    from summarizer.errors import Fault
    from summarizer.items import Evidence, Item, Stakeholder
    from summarizer.review import Review, Reviewed
    from summarizer.service import Desk

Suggestion = Annotated[str, typer.Argument(help="Id of the suggestion.")]
MARKS = {
    Verdict.UNDECIDED: "·",
    Verdict.ACCEPTED: "✓",
    Verdict.EDITED: "✎",
    Verdict.ADDED: "+",
    Verdict.REJECTED: "✗",
    Verdict.NEEDS_INFO: "?",
}
STANDS = "="
"""The mark of what the version before holds and nobody has touched: it stays without a verdict."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (review, decide, commit, export):
        app.command()(command)


def review(suggestion: Suggestion) -> None:
    """Print a suggestion with its evidence and the verdicts so far: · is to be decided, = stands already."""
    from rich.console import Console

    from api.exports import facts
    from summarizer.reviewing import open_review

    console = Console(highlight=False)
    with services() as opened, desk(opened, None) as at:
        shown = open_review(at.store, suggestion).review
    items, people = shown.items(), shown.stakeholders()
    for row in items:
        about = [row.item.kind.replace("_", " "), *facts(row.item)]
        _print(console, f"{_mark(row)} {row.item.id} {row.item.text}", [" · ".join(about), *_quotes(row.item.evidence)])
    for person in people:
        side = person.item.side and person.item.side.replace("_", " ")
        about = [each for each in (person.item.role, side, person.item.email) if each]
        _print(console, f"{_mark(person)} {person.item.id} {person.item.name}", [" · ".join(about)])
    for finding in shown.suggestion.draft.findings:
        of = f"{finding.item}: " if finding.item else ""
        _print(console, f"! {of}{finding.text}", _quotes(finding.evidence))
    waiting = sum(row.open for row in items) + sum(person.open for person in people)
    _print(console, f"{len(items)} items and {len(people)} people, {waiting} to be decided")


def _mark(row: "Reviewed[Item] | Reviewed[Stakeholder]") -> str:
    return STANDS if row.standing and row.verdict is Verdict.UNDECIDED else MARKS[row.verdict]


def _quotes(evidence: "Sequence[Evidence]") -> list[str]:
    from summarizer.reading.lines import unmarked

    return [f"“{' '.join(unmarked(each.quote).split())}”" for each in evidence]


def _print(console: "Console", text: str, below: "Sequence[str]" = ()) -> None:
    """The text as it stands, and indented what belongs to it; in a pipe each stays one line."""
    whole = not console.is_terminal
    console.print(text, markup=False, emoji=False, soft_wrap=whole)
    for line in filter(None, below):
        console.print(f"      {line}", style="dim", markup=False, emoji=False, soft_wrap=whole)


def decide(
    suggestion: Suggestion,
    verdict: Annotated[
        Literal["accepted", "rejected", "needs_info", "undecided", "edited"], typer.Argument(help="The verdict.")
    ],
    items: Annotated[list[str], typer.Argument(help="Ids of the entries, such as i3 s1; `all` for every open one.")],
    text: Annotated[str | None, typer.Option(help="The item's new words, for `edited`.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    assertion: Annotated[str | None, typer.Option(help="Vouches for an item without evidence.")] = None,
    person: As = None,
) -> None:
    """Give a verdict on entries of a suggestion, all or none."""
    from summarizer import reviewing

    with services() as opened, desk(opened, person) as at:
        rows = _rows(at, suggestion)
        chosen = [entry_id for entry_id, row in rows.items() if row.open] if items == ["all"] else items
        rulings = [
            reviewing.Ruling(entry_id, Verdict(verdict), reason, assertion, edit=_reworded(text)) for entry_id in chosen
        ]
        expected = len(reviewing.open_review(at.store, suggestion).review.log)
        reviewing.decide(at, suggestion, rulings, expected=expected)
    typer.echo(f"{len(rulings)} {verdict}")


def _rows(at: "Desk", suggestion: str) -> "dict[str, Reviewed[Item] | Reviewed[Stakeholder]]":
    from summarizer.reviewing import open_review

    shown = open_review(at.store, suggestion).review
    rows: dict[str, Reviewed[Item] | Reviewed[Stakeholder]] = {row.item.id: row for row in shown.items()}
    return rows | {row.item.id: row for row in shown.stakeholders()}


def _reworded(text: str | None) -> Any:
    """How an entry gets new words; `None` when it keeps its own."""
    if text is None:
        return None

    def edit(_entry_id: str, before: "Entry | None") -> "Entry":
        from summarizer.errors import InvalidInput
        from summarizer.items import Item

        if not isinstance(before, Item):
            raise InvalidInput("Only an item can be reworded here.")
        return before.model_copy(update={"text": text})

    return edit


def commit(
    suggestion: Suggestion,
    note: Annotated[str | None, typer.Option(help="What delivery should know of this version.")] = None,
    leave_out_undecided: Annotated[bool, typer.Option(help="Commit without what nobody has decided on.")] = False,
    person: As = None,
) -> None:
    """Make the next version of the handoff of what was accepted."""
    from summarizer import reviewing
    from summarizer.errors import CommitRefused

    with services() as opened, desk(opened, person) as at:
        expected = len(reviewing.open_review(at.store, suggestion).review.log)
        try:
            version = reviewing.commit(
                at, suggestion, expected=expected, leave_out_undecided=leave_out_undecided, note=note
            )
        except CommitRefused as error:
            shown = reviewing.open_review(at.store, suggestion).review
            for line in refusal(shown, error.faults):
                typer.echo(line, err=True)
            raise typer.Exit(1) from error
    typer.echo(f"version {version.number}, {len(version.items)} items")


def refusal(review: "Review", faults: "Sequence[Fault]") -> "Iterator[str]":
    """Why a review cannot be committed: how many entries wait for a verdict, and each other fault by its entry."""
    waiting = [fault for fault in faults if fault.pointer.endswith("/verdict")]
    yield "The review cannot be committed yet."
    if waiting:
        yield f"Still to be decided: {len(waiting)} of {len(review.items()) + len(review.stakeholders())} entries."
        yield f"To see them, marked {MARKS[Verdict.UNDECIDED]}: summarizer review {review.suggestion.id}"
        yield "To commit without them: --leave-out-undecided"
    for fault in faults:
        if fault not in waiting:
            yield f"{_entry_at(review, fault.pointer)}: {fault.detail}"


def _entry_at(review: "Review", pointer: str) -> str:
    """Id of the entry that a pointer such as `#/items/3/evidence` leads into."""
    _, rows, index, *_ = pointer.split("/")
    ids = [row.item.id for row in review.items()] if rows == "items" else [row.item.id for row in review.stakeholders()]
    return ids[int(index)]


def export(
    deal: Annotated[str, typer.Argument(help="Id of the deal.")],
    version: Annotated[int | None, typer.Option(help="The newest unless given.")] = None,
    form: Annotated[Literal["md", "json"], typer.Option("--format")] = "md",
) -> None:
    """Print a version of a deal's handoff as Markdown or JSON."""
    from api.exports import markdown
    from summarizer.errors import NotFound
    from summarizer.service import read_sources

    with services() as opened, desk(opened, None) as at:
        handoff = at.store.handoffs.of_deal(at.store.deals.get(deal).id)
        chosen = handoff.version(version) if version else handoff.current
        if chosen is None:
            raise NotFound(f"The handoff has {handoff.number} versions.")
        names = {person.id: person.name for person in at.store.people.all()}
        if form == "json":
            typer.echo(chosen.model_dump_json(indent=2))
        else:
            of = at.store.deals.get(deal)
            sources = read_sources(at.store, of)
            typer.echo(markdown(of, chosen, sources=sources, name_of=lambda each: names.get(each, each)))
