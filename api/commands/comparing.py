"""`eval compare` and `eval shadow`: two engines side by side, on labelled cases and on real requests."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from eval.running import Session

CONTENDER = "embedded, llm or second (the model of FALLBACK_LLM_*), with settings behind it: llm,model=…,prompts=…"


def compare(
    a: Annotated[str, typer.Argument(help=f"One contender: {CONTENDER}.")],
    b: Annotated[str, typer.Argument(help="The other.")],
    cases: Annotated[
        str, typer.Option(help="train, development, test, nothing, brief, or a folder of labelled cases.")
    ] = "development",
    only: Annotated[list[str] | None, typer.Option(help="Ids of cases; may be repeated.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many cases.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Folder of what models answered; it is not asked again, nor needed for that.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for both runs and the page.")] = Path("eval-compare"),
) -> None:
    """Draft the same cases with two engines, models or prompts, in turn, and show where they differ.

    Quality with paired intervals, seconds, tokens and money, and each item that one has and the other has not.
    """
    from contextlib import ExitStack

    from rich.console import Console

    from api.contenders import contender, open_contender, prices
    from api.settings import Settings
    from eval.cases import read_cases
    from eval.running import Session, choose

    base = Settings()
    settings = [contender(words, base) for words in (a, b)]
    choice = choose(read_cases(cases), only=only or (), limit=limit)
    console = Console(highlight=False)
    with ExitStack() as stack:
        engines = [stack.enter_context(open_contender(each, answers=answers)) for each in settings]
        one, other = (Session(choice, engine, prices(each)) for engine, each in zip(engines, settings, strict=True))
        try:
            for result, _ in zip(one.work(), other.work(), strict=True):
                console.print(f"[dim]{result.id}[/]")
        except KeyboardInterrupt:
            console.print("[yellow]Stopped; what is done so far is compared.[/]")
    _show((a, b), (one, other), out, console)


def _show(names: tuple[str, str], sessions: "tuple[Session, Session]", out: Path, console: "Console") -> None:
    """Print the differences, and write both runs and the page."""
    from eval.beside import page
    from eval.comparing import compare_runs
    from eval.runs import write_run
    from eval.spending import spending
    from eval.tables import compared, spent_beside

    before, after = (session.run() for session in sessions)
    for run, file in ((before, "a.json"), (after, "b.json")):
        write_run(run, out / file)
    console.print(compared(compare_runs(before, after)))
    console.print(spent_beside(spending(before, after)))
    path = out / "compare.html"
    path.write_text(page(names, before, after, cases=sessions[0].choice.cases), "utf-8")
    console.print(f"Page: {path}", soft_wrap=True)


def shadow() -> None:
    """Compare the drafts that people saw with those of the second engine, by what reviewers decided."""
    from rich.console import Console

    from api.commands.running import services
    from eval.shadow import judged, shown

    console = Console(highlight=False)
    with services() as opened, opened.database.begin(opened.settings.workspace) as store:
        console.print(shown(judged(store), opened.settings.shadow_tokens_a_day))
        if opened.settings.shadow == "off":
            console.print("SUMMARIZER_SHADOW is off: no engine drafts in the background.", style="dim")
