"""`sow add`: files into the library, with their progress, whatever is in them, and as far as Ctrl-C lets it come."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.running import As, desk, services
from summarizer.records import DealType, Outcome, SowDetails

if TYPE_CHECKING:
    from api.wiring import Services
    from summarizer.library import Arrival

SUFFIXES = frozenset({".docx", ".htm", ".html", ".md", ".pdf", ".txt"})
STOPPED = 130
"""Exit status after Ctrl-C, as shells have it."""
LOOK_S = 0.2
"""How often the progress of the indexing is looked at."""

Client = Annotated[str | None, typer.Option(help="Whom they were for.")]
Type = Annotated[DealType | None, typer.Option("--type", help="What kind of engagement they were.")]
Year = Annotated[int | None, typer.Option(help="When they were signed.", min=1970, max=2100)]
Ended = Annotated[Outcome | None, typer.Option("--outcome", help="What became of the work.")]
Readers = Annotated[
    list[str] | None,
    typer.Option("--readers", help="Group that may read them, repeatable; the whole workspace unless given."),
]


@dataclass
class _Tally:
    """What has become of the files so far."""

    counts: dict["Arrival", int] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """Names with the reason."""
    names: dict[str, Path] = field(default_factory=dict)

    def take(self, name: str, how: "Arrival") -> None:
        from summarizer.library import Arrival

        self.counts[how] = self.counts.get(how, 0) + 1
        if how is Arrival.NEW_VERSION:
            self.versions.append(name)

    @property
    def looked_at(self) -> int:
        return sum(self.counts.values()) + len(self.failed)


def add(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files (.docx, .pdf, .html, .md, .txt), or folders that hold some.", exists=True),
    ],
    client: Client = None,
    deal_type: Type = None,
    year: Year = None,
    outcome: Ended = None,
    readers: Readers = None,
    person: As = None,
) -> None:
    """Add past SOWs. What is there already stays; a file that has changed becomes the next version of its SOW.

    A file in a folder is named by its path in that folder. Files that cannot be read are named at the end, with the
    reason. After Ctrl-C what was added is kept, and the same command goes on from there.
    """
    details = SowDetails(
        client=client, deal_type=deal_type, year=year, outcome=outcome, readers=tuple(dict.fromkeys(readers or ()))
    )
    files = [named for path in paths for named in _named(path)]
    tally = _Tally()
    with services() as opened:
        try:
            _add_all(opened, files, tally, details, person)
            bring_into_step(opened)
            status = 1 if tally.failed else 0
        except KeyboardInterrupt:
            status = STOPPED
    _report(tally, of=len(files))
    raise typer.Exit(status)


def _named(path: Path) -> list[tuple[str, Path]]:
    """The files to add with the names of their SOWs."""
    if path.is_file():
        return [(path.name, path)]
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    return [(file.relative_to(path).as_posix(), file) for file in found]


def _add_all(
    opened: "Services", files: list[tuple[str, Path]], tally: _Tally, details: SowDetails, person: str | None
) -> None:
    """Each file in a transaction of its own."""
    with _bar("Adding", len(files)) as show:
        for number, (name, path) in enumerate(files):
            show(number)
            _add_one(opened, name, path, tally, details, person)


def _add_one(opened: "Services", name: str, path: Path, tally: _Tally, details: SowDetails, person: str | None) -> None:
    from summarizer.errors import InvalidInput
    from summarizer.library import SowFile, add_sow

    if tally.names.setdefault(name, path) != path:
        # As a version of the first one, it would take that out of the search.
        tally.failed[str(path)] = f"Another file here is called {name}, too. Add the folder that holds both."
        return
    try:
        with desk(opened, person) as at:
            arrived = add_sow(at, SowFile(name, path.read_bytes()), documents=opened.documents, details=details)
    except InvalidInput as error:
        tally.failed[name] = f"{error.detail.rstrip('.')}. {error.remedy()}"
    except OSError as error:
        tally.failed[name] = f"The file cannot be opened: {error.strerror}."
    else:
        tally.take(name, arrived.how)


@contextmanager
def _bar(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal that is gone at the end; what it gives is told how much is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.update(task, completed=done)


def bring_into_step(opened: "Services") -> bool:
    """Work off what is queued for the index, with its progress; whether this process does it.

    Beside a running server that does, and nothing happens here. What Ctrl-C leaves is done by the next process.
    """
    if not opened.alone:
        return False
    total = _waiting(opened)
    with opened.queue.worker(alone=True, concurrency=1), _bar("Indexing", total) as show:
        while left := _waiting(opened):
            show(total - left)
            time.sleep(LOOK_S)
    return True


def _waiting(opened: "Services") -> int:
    with opened.database.begin(opened.settings.workspace) as store:
        return store.sows.waiting()


def _report(tally: _Tally, *, of: int) -> None:
    from summarizer.library import Arrival

    typer.echo(
        f"{tally.counts.get(Arrival.ADDED, 0)} added, {tally.counts.get(Arrival.UNCHANGED, 0)} unchanged, "
        f"{len(tally.versions)} new versions, {len(tally.failed)} failed."
    )
    for name in tally.versions:
        typer.echo(f"  new version  {name}")
    for name, reason in tally.failed.items():
        typer.echo(f"  failed  {name}: {reason}", err=True)
    if tally.looked_at < of:
        typer.echo(f"Stopped; {of - tally.looked_at} files are left. The same command goes on with them.", err=True)
