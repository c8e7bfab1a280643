"""`check CLAIM FILE`: whether a text supports a claim, without server or database; a model only if asked for."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.settings import Settings
    from summarizer.support import Support, SupportCheck

TONES = {"supported": "green", "not_clearly_supported": "yellow", "contradicted": "red"}


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(check)


def check(
    claim: Annotated[str, typer.Argument(help="What somebody says; one sentence or several.")],
    file: Annotated[Path, typer.Argument(help="A thread, notes or document; - reads text from standard input.")],
    opinion: Annotated[
        bool, typer.Option("--opinion", help="Ask the language model of the settings too; up to seven short calls.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, as POST /v1/support answers.")] = False,
) -> None:
    """Say whether the file supports the claim, with the sentence that decides; advisory, and English only.

    It asks whether the text says so anywhere, not whether it still holds: a later message that takes it back is not
    weighed against an earlier one.
    """
    from api.commands.draft import content_of
    from api.documents import open_documents
    from api.routes.support import SupportView
    from api.settings import Settings
    from summarizer.intake import take_in

    settings = Settings()
    taken = take_in(open_documents(settings), file.name, content_of(file))
    text = "\n\n".join(each.rendition.text for each in taken)
    with _open_check(settings, opinion=opinion) as checking:
        found = checking.check(claim, text)
    if as_json:
        typer.echo(SupportView.of(found).model_dump_json(indent=2))
    else:
        _print(found)


@contextmanager
def _open_check(settings: "Settings", *, opinion: bool) -> "Iterator[SupportCheck]":
    from api.engines import adviser_of, encoder_of, open_model
    from api.routes.support import NO_MODEL
    from summarizer.adapters.support import EncoderCheck
    from summarizer.advice import AdvisedCheck
    from summarizer.errors import ConfigurationError

    alone = EncoderCheck(encoder_of(settings.encoder_threads))
    if not opinion:
        yield alone
        return
    with open_model(settings) as model:
        if model is None:
            raise ConfigurationError(NO_MODEL)
        yield AdvisedCheck(alone, adviser_of(model, settings))


def _print(found: "Support") -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console()
    tone = TONES[found.verdict]
    console.print(f"[{tone}]{found.verdict.replace('_', ' ')}[/] [dim]({found.score:.2f})[/]", highlight=False)
    if found.sentence:
        console.print(f"  “{escape(' '.join(found.sentence.text.split()))}”", highlight=False)
    if found.opinion:
        balks = f", balks at {', '.join(found.opinion.balks_at)}" if found.opinion.balks_at else ""
        console.print(
            f"  [dim]{escape(found.opinion.model + balks)} (without it {found.local:.2f})[/]", highlight=False
        )
    if found.unsaid:
        console.print(f"  [dim]not said: {escape(', '.join(found.unsaid))}[/]", highlight=False)
