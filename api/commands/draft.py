"""`draft FILE`: a draft on the terminal, without server, database or library."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.records import DealType

if TYPE_CHECKING:
    from summarizer.decisions import Draft
    from summarizer.sources import Source

TO_THE_LETTER = frozenset({"text/plain", "text/markdown"})
"""Files whose canonical text is their content, so that the reader of `--json` has it already."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(draft)


def draft(
    file: Annotated[Path, typer.Argument(help="A thread or notes: .txt, .md or .eml; - reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object; offsets in code points.")] = False,
    client: Annotated[str | None, typer.Option(help="Name of the buying firm.")] = None,
    vendor: Annotated[str | None, typer.Option(help="Name of the delivering firm.")] = None,
    deal_type: Annotated[DealType | None, typer.Option(help="What kind of engagement it is.")] = None,
) -> None:
    """Draft the scope of one file and print it; nothing is stored."""
    from api.engines import open_engine
    from api.settings import Settings
    from summarizer.drafting import draft as make
    from summarizer.numbering import Material
    from summarizer.reading.files import render
    from summarizer.reading.threads import read

    content = typer.get_binary_stream("stdin").read() if str(file) == "-" else _content(file)
    rendition = render(file.name, content)
    source = read(rendition.text, name=file.name, client=client, vendor=vendor)
    with open_engine(Settings()) as engine:
        made = make(Material([source], client=client, vendor=vendor, deal_type=deal_type), engine)
    if as_json:
        shown = _as_json(made)
        if rendition.media_type not in TO_THE_LETTER:
            shown["text"] = rendition.text
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _print(made, source)


def _content(file: Path) -> bytes:
    from summarizer.errors import NotFound

    try:
        return file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}.") from error


def _as_json(made: "Draft") -> dict[str, Any]:
    """The draft without what only a stored one has: ids of sources, texts of precedents."""
    stored_only = {"evidence": {"__all__": {"source"}}}
    rows = {"__all__": stored_only}
    return made.model_dump(
        mode="json",
        exclude={
            "items": {"__all__": {**stored_only, "assertion": True}},
            "stakeholders": rows,
            "findings": rows,
            "left_out": {"__all__": {"source"}},
        },
    )


def _print(made: "Draft", source: "Source") -> None:
    from rich.console import Console
    from rich.markup import escape

    from api.exports import HEADINGS

    console = Console()
    for kind, heading in HEADINGS.items():
        items = [item for item in made.items if item.kind is kind]
        if items:
            console.print(f"\n[bold]{heading}[/]")
        for item in items:
            facts = [f"owner {item.owner}" if item.owner else "", f"due {item.due}" if item.due else ""]
            console.print(
                f"  • {escape(item.text)}  [dim]{escape(' · '.join(filter(None, facts)))}[/]", highlight=False
            )
            for evidence in item.evidence:
                quote = " ".join(evidence.quote.split())
                console.print(f"    [dim]“{escape(quote)}” (message {evidence.message})[/]", highlight=False)
    if not made.items:
        console.print("Nothing in this text reads like scope.")
    for finding in made.findings:
        console.print(f"\n[yellow]![/] {escape(finding.text)}", highlight=False)
    console.print(
        f"\n[dim]{len(made.items)} items, {len(made.stakeholders)} people, {len(made.left_out)} stretches left out; "
        f"{len(source.messages)} messages; by {made.made_by.engine} in {made.made_by.seconds:.2f} s[/]"
    )
