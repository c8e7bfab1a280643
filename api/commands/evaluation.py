"""`eval`: how good drafts are, on labelled cases."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.commands.comparing import compare, shadow

if TYPE_CHECKING:
    from rich.console import Console

    from eval.cases import CaseFolder
    from eval.comparing import Comparison
    from eval.running import Session
    from eval.runs import Run

SAVE_EVERY_S = 10
"""So much work is lost at most when the process is killed; Ctrl-C loses none."""
INTERRUPTED = 130
"""Exit status of a command that was stopped by Ctrl-C."""
Cases = Annotated[str, typer.Option(help="train, development, test, nothing, brief, or a folder of labelled cases.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    commands = typer.Typer(help="Measure how good drafts are, on labelled cases.", no_args_is_help=True)
    for command in (run, compare, shadow, check, report, harvest):
        commands.command()(command)
    app.add_typer(commands, name="eval")


def check(
    folder: Annotated[
        str,
        typer.Argument(help="A folder of labelled cases; train, development, test, nothing and brief unless given."),
    ] = "",
) -> None:
    """Check that labelled cases obey the guide; a line for each fault, exit status 1 when there is one."""
    from rich.console import Console

    from eval.cases import FOLDERS, locate, read_cases
    from eval.checking import faults
    from eval.tables import contents

    console = Console(highlight=False)
    folders = [folder] if folder else [name for name in FOLDERS if any(locate(name).glob("*.json"))]
    bad = 0
    for name in folders:
        read = read_cases(name)
        lines = [f"{each.file}  {each.fault}" for each in read.unreadable]
        lines += [f"{case.id}.json  {each.place}: {each.fault}" for case in read.cases for each in faults(case)]
        for line in lines:
            console.print(line, markup=False, soft_wrap=True)
        bad += len(lines)
        console.print(contents(name, read.cases))
    console.print(f"[bold red]{bad} faults[/]" if bad else "[green]No fault.[/]")
    raise typer.Exit(1 if bad else 0)


def run(  # noqa: PLR0913, PLR0917 - each is an option of the command
    engine: Annotated[
        Literal["embedded", "llm"] | None, typer.Option(help="Which engine drafts; that of the settings unless given.")
    ] = None,
    cases: Cases = "test",
    out: Annotated[
        Path | None, typer.Option(help="File of the run; in the data folder, named by the time, unless given.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report (HTML) here, too.")] = None,
    against: Annotated[Path | None, typer.Option(help="An earlier run: print paired differences.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Ids of cases; may be repeated.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many cases.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in --out.")] = False,
    scores_only: Annotated[
        bool, typer.Option("--scores-only", help="Keep no drafts: a small file for a baseline.")
    ] = False,
    fail_on_drop: Annotated[
        bool, typer.Option(help="With --against: exit status 1 when something got significantly worse.")
    ] = True,
    answers: Annotated[
        Path | None, typer.Option(help="Folder of what a model answered; it is not asked again, nor needed for that.")
    ] = None,
    price_in: Annotated[float | None, typer.Option(min=0, help="Price of a million tokens that go in.")] = None,
    price_out: Annotated[float | None, typer.Option(min=0, help="Price of a million tokens that come out.")] = None,
) -> None:
    """Draft labelled cases, score the drafts and print the figures with their intervals.

    Ctrl-C keeps what is done; --resume goes on with it.
    """
    from rich.console import Console

    from api.contenders import open_contender
    from api.settings import Settings
    from eval.cases import read_cases
    from eval.comparing import refuse_changed
    from eval.running import Session, choose
    from eval.runs import Prices, read_run, write_run

    settings = Settings() if engine is None else Settings(engine=engine)
    before = read_run(against) if against else None
    folder = read_cases(cases)
    choice = choose(folder, only=only or (), limit=limit)
    if before:
        refuse_changed(before, {case.id: case.sha256 for case in choice.cases})
    console = Console(highlight=False)
    path = out or _default_path(settings.data, settings.chosen_engine)
    with open_contender(settings, answers=answers) as opened:
        session = Session(choice, opened, Prices(tokens_in=price_in, tokens_out=price_out))
        if resume:
            console.print(f"{session.resume(read_run(path))} cases are done already.")
        interrupted = _work(session, path)
    done = session.run()
    write_run(done.without_drafts() if scores_only and not interrupted else done, path)
    _print(done, path, console, interrupted=interrupted)
    if report:
        _write_report([done], report, folder=folder, against=before, console=console)
    if before:
        _compare(before, done, console, fail_on_drop=fail_on_drop)


def _default_path(data: Path, engine: str) -> Path:
    from datetime import UTC, datetime

    return data / "eval" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{engine}.json"


def _work(session: "Session", path: Path) -> bool:
    """Work the cases off, with a bar; what is done is written now and then. Whether Ctrl-C ended it."""
    from time import monotonic

    from rich.console import Console
    from rich.progress import Progress

    from eval.runs import write_run

    saved = -float(SAVE_EVERY_S)
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("Drafting", total=len(session.choice.cases), completed=len(session.run().results))
        try:
            for result in session.work():
                bars.update(bar, advance=1, description=result.id)
                if result.problem:
                    bars.console.print(f"{result.id} could not be scored: {result.problem}", markup=False)
                if monotonic() - saved > SAVE_EVERY_S:
                    write_run(session.run(), path)
                    saved = monotonic()
        except KeyboardInterrupt:
            return True
    return False


def _print(done: "Run", path: Path, console: "Console", *, interrupted: bool) -> None:
    """Print the figures. Raises EngineError when nothing was scored, and ends the command when it was interrupted."""
    from eval.summary import summarize
    from eval.tables import shown
    from summarizer.errors import EngineError

    console.print(shown(summarize(done)))
    console.print(f"Run: {path}", soft_wrap=True)
    if interrupted:
        console.print(f"[yellow]Stopped. Go on with the same command, --out {path} and --resume.[/]", soft_wrap=True)
        raise typer.Exit(INTERRUPTED)
    if not done.scored:
        raise EngineError("Not one case could be scored; the reasons stand above.")


def _compare(before: "Run", after: "Run", console: "Console", *, fail_on_drop: bool) -> None:
    from eval.comparing import compare_runs
    from eval.tables import compared

    comparison = compare_runs(before, after)
    console.print(compared(comparison))
    for drop in comparison.drops:
        console.print(f"[bold red]Worse: {drop.figure.title}.[/] {drop.figure.about}")
    if comparison.drops and fail_on_drop:
        raise typer.Exit(1)
    if not comparison.drops:
        console.print("[green]Nothing that is gated got significantly worse.[/]")


def report(
    runs: Annotated[list[Path], typer.Argument(help="Files of runs, oldest first; the last is shown in full.")],
    out: Annotated[Path, typer.Option(help="Where to write the page.")] = Path("eval-report.html"),
    cases: Annotated[
        str | None, typer.Option(help="Where the cases are; the split or folder that the run names unless given.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(help="The run to compare with; the one before the last, if it can be, unless given.")
    ] = None,
) -> None:
    """Write one HTML page: figures, plots, and each miss beside its thread. It needs no script and no network."""
    from rich.console import Console

    from eval.runs import read_run

    read = [read_run(path) for path in runs]
    before = read_run(against) if against else _earlier(read)
    _write_report(read, out, folder=_folder(cases or read[-1].cases), against=before, console=Console(highlight=False))


def _earlier(runs: "list[Run]") -> "Run | None":
    """The run before the last one, if both can be compared."""
    from eval.comparing import compare_runs
    from eval.errors import RunsDiffer

    try:
        return compare_runs(runs[-2], runs[-1]).before if len(runs) > 1 else None
    except RunsDiffer:
        return None


def _folder(name: str) -> "CaseFolder | None":
    """The cases of a run; `None` when they are not here, so that the report shows no texts."""
    from eval.cases import read_cases
    from eval.errors import CasesUnusable

    try:
        return read_cases(name)
    except CasesUnusable:
        return None


def _write_report(
    runs: "list[Run]", out: Path, *, folder: "CaseFolder | None", against: "Run | None", console: "Console"
) -> None:
    from eval.report import page

    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page(runs, cases=folder.cases if folder else (), comparison=_comparison(runs, against)), "utf-8")
    console.print(f"Report: {out}", soft_wrap=True)


def _comparison(runs: "list[Run]", against: "Run | None") -> "Comparison | None":
    from eval.comparing import compare_runs

    return compare_runs(against, runs[-1]) if against else None


def harvest(
    references: Annotated[
        list[str], typer.Argument(metavar="DEAL_OR_HANDOFF...", help="Ids of deals or of their handoffs.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for the new cases.")],
    salt: Annotated[
        str, typer.Option(help="Chooses the stand-ins for names; the same salt gives the same ones. Keep it secret.")
    ],
) -> None:
    """Make labelled cases of what reviewers decided, with stand-ins for personal data.

    A case counts only after a person has read it.
    """
    from rich.console import Console

    from api.commands.running import desk, services
    from eval.cases import write_case
    from eval.harvest import harvested, material

    console = Console(highlight=False)
    with services() as opened, desk(opened, None) as at:
        made = [harvested(material(at.store, reference), salt=salt) for reference in references]
    for each in made:
        path = write_case(each.case, out)
        console.print(f"{path}  {len(each.case.gold.items)} items, {len(each.case.gold.traps)} traps", soft_wrap=True)
        for note in each.notes:
            console.print(f"  [yellow]![/] {note}", soft_wrap=True)
    console.print("Read each case against docs/quality.md, mend it, and remove needs_reading; until then none counts.")
