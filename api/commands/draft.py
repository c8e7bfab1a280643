"""`draft FILE`: a draft on the terminal, without server, database or library."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.records import DealType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.decisions import Draft
    from summarizer.intake import Reading
    from summarizer.sources import Source

TO_THE_LETTER = frozenset({"text/plain", "text/markdown"})
"""Files whose canonical text is their content, so that the reader of `--json` has it already."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(draft)


def draft(
    file: Annotated[
        Path, typer.Argument(help="A thread, notes, mailbox or document; - reads text from standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object; offsets in code points.")] = False,
    client: Annotated[str | None, typer.Option(help="Name of the buying firm.")] = None,
    vendor: Annotated[str | None, typer.Option(help="Name of the delivering firm.")] = None,
    deal_type: Annotated[DealType | None, typer.Option(help="What kind of engagement it is.")] = None,
) -> None:
    """Draft the scope of one file and print it; nothing is stored."""
    from api.documents import open_documents
    from api.engines import encoder_of, open_engine
    from api.settings import Settings
    from summarizer.adapters.support import EncoderCheck
    from summarizer.draft_job import named
    from summarizer.drafting import draft as make
    from summarizer.intake import take_in
    from summarizer.numbering import Material
    from summarizer.reading.threads import read

    content = content_of(file)
    settings = Settings()
    taken = take_in(open_documents(settings), file.name, content)
    ids = [str(number) for number in range(1, len(taken) + 1)] if len(taken) > 1 else [""]
    sources = [
        read(each.rendition.text, name=each.name or file.name, id=number, client=client, vendor=vendor)
        for number, each in zip(ids, taken, strict=True)
    ]
    findings = [named(finding, each.name or file.name) for each in taken for finding in each.rendition.findings]
    check = EncoderCheck(encoder_of(settings.encoder_threads))
    material = Material(sources, client=client, vendor=vendor, deal_type=deal_type, findings=findings, check=check)
    with open_engine(settings) as engine:
        made = make(material, engine)
    if as_json:
        typer.echo(
            json.dumps(_as_json(made, several=len(sources) > 1) | _texts(sources, taken), ensure_ascii=False, indent=2)
        )
    else:
        _print(made, sources)


def content_of(file: Path) -> bytes:
    """What stands in the file, or in standard input for `-`. Raises FileUnreadable."""
    from summarizer.errors import FileUnreadable

    if str(file) == "-":
        return typer.get_binary_stream("stdin").read()
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise FileUnreadable(f"There is no file {file}.") from error
    except IsADirectoryError as error:
        raise FileUnreadable(f"{file} is a folder.") from error
    except OSError as error:
        raise FileUnreadable(f"{file}: {error.strerror}.") from error


def _texts(sources: "Sequence[Source]", taken: "Sequence[Reading]") -> dict[str, Any]:
    """The texts on which offsets count, where the reader of the file has them not: one, or one for each source."""
    if len(sources) > 1:
        return {"sources": [{"id": each.id, "name": each.name, "text": each.text} for each in sources]}
    return {} if taken[0].rendition.media_type in TO_THE_LETTER else {"text": sources[0].text}


def _as_json(made: "Draft", *, several: bool) -> dict[str, Any]:
    """The draft without what only a stored one has; which of `several` sources is meant is said."""
    if several:
        return made.model_dump(mode="json", exclude={"items": {"__all__": {"assertion": True}}})
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


def _print(made: "Draft", sources: "Sequence[Source]") -> None:
    from rich.console import Console
    from rich.markup import escape

    from api.exports import HEADINGS, facts
    from summarizer.reading.lines import unmarked

    console = Console()
    for kind, heading in HEADINGS.items():
        items = [item for item in made.items if item.kind is kind]
        if items:
            console.print(f"\n[bold]{heading}[/]")
        for item in items:
            console.print(f"  • {escape(item.text)}  [dim]{escape(' · '.join(facts(item)))}[/]", highlight=False)
            for evidence in item.evidence:
                quote = " ".join(unmarked(evidence.quote).split())
                console.print(f"    [dim]“{escape(quote)}” (message {evidence.message})[/]", highlight=False)
    if not made.items:
        console.print("Nothing in this text reads like scope.")
    for finding in made.findings:
        console.print(f"\n[yellow]![/] {escape(finding.text)}", highlight=False)
    messages = sum(len(each.messages) for each in sources)
    console.print(
        f"\n[dim]{_counted(len(made.items), 'item')}, {_counted(len(made.stakeholders), 'person', 'people')}, "
        f"{_counted(len(made.left_out), 'stretch', 'stretches')} left out; {_counted(messages, 'message')}; "
        f"by {made.made_by.engine} in {made.made_by.seconds:.2f} s[/]"
    )


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
