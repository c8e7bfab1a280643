"""What each error means and what can be done: the pages that the type of a problem points to."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages.shell import Here, page
from summarizer.errors import NotFound, SummarizerError


@dataclass(frozen=True)
class ProblemRow:
    """An error, by name."""

    slug: str
    title: str
    remedy: str


@dataclass(frozen=True)
class ProblemsPage:
    """All errors."""

    problems: list[ProblemRow]


@dataclass(frozen=True)
class ProblemPage:
    """One error, and the wider one that it is a case of."""

    slug: str
    title: str
    remedy: str
    parent: ProblemRow | None
    """`None` for the root of the tree."""


def add_to(router: APIRouter) -> None:
    """Add the pages of this module."""
    router.get("/problems")(problems)
    router.get("/problems/{name}")(problem)


def problems(ctx: Here) -> HTMLResponse:
    """Every error that the product raises on purpose."""
    return page(ctx, "problems", ProblemsPage([_row(kind) for kind in _tree(SummarizerError)]), here="")


def problem(name: str, ctx: Here) -> HTMLResponse:
    """The error with this slug. Raises NotFound."""
    kind = next((each for each in _tree(SummarizerError) if each.slug() == name), None)
    if kind is None:
        raise NotFound(f"No problem is called “{name}”.")
    parent = kind.__base__
    wider = _row(parent) if parent is not None and issubclass(parent, SummarizerError) else None
    return page(ctx, "problem", ProblemPage(kind.slug(), kind.title(), kind.remedy(), wider), here="")


def _tree(kind: type[SummarizerError]) -> Iterator[type[SummarizerError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)


def _row(kind: type[SummarizerError]) -> ProblemRow:
    return ProblemRow(kind.slug(), kind.title(), kind.remedy())
