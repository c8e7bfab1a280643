"""The handoff: a version by kind, the history, and the difference between two versions."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.context import Context
from api.exports import HEADINGS
from api.pages.shell import Here, page
from summarizer.decisions import Decided, Version
from summarizer.difference import Change, EntryDifference, difference
from summarizer.errors import NotFound
from summarizer.handoff import Handoff
from summarizer.items import Evidence, Item, Kind, Stakeholder
from summarizer.records import Deal

PEOPLE = "People"


@dataclass(frozen=True)
class QuoteRow:
    """Words that an entry rests on, and where they stand."""

    quote: str
    where: str


@dataclass(frozen=True)
class EntryRow:
    """An entry of a version, and who decided on it."""

    text: str
    verdict: str
    by: str
    at: datetime
    basis: str = ""
    """Empty for people."""
    facts: list[tuple[str, str]] = field(default_factory=list)
    """Name and value, as shown."""
    assertion: str = ""
    """The note of a person who vouches for it; empty where there is evidence."""
    assertion_by: str = ""
    evidence: list[QuoteRow] = field(default_factory=list)


@dataclass(frozen=True)
class VersionRow:
    """A version in the history."""

    number: int
    items: int
    by: str
    at: datetime
    note: str | None


@dataclass(frozen=True)
class HandoffPage:
    """One version of a handoff, or the difference between two."""

    id: str
    deal: Deal
    shown: VersionRow | None
    """`None` before the first commit."""
    newest: int
    kinds: list[tuple[str, list[EntryRow]]]
    """Heading and entries, without empty kinds."""
    history: list[VersionRow]
    """Newest first."""
    against: int
    compare_from: int
    """What the comparison offers as its older side."""
    difference: list[tuple[str, list[EntryDifference]]] | None
    """What changed, by kind; `None` when no comparison was asked for."""
    difference_line: str
    """How many entries were added, changed, removed."""


def add_to(router: APIRouter) -> None:
    """Add the pages of this module."""
    router.get("/handoffs/{handoff_id}")(handoff)


def handoff(handoff_id: str, ctx: Here, version: int | None = None, against: int | None = None) -> HTMLResponse:
    """The current version, or `version`; with `against`, what changed since that one. Raises NotFound."""
    found = ctx.store.handoffs.get(handoff_id)
    shown = found.current if version is None else _version(found, version)
    older = _version(found, against) if against else None
    changes = difference(older, shown) if shown and against is not None else None
    content = HandoffPage(
        id=found.id,
        deal=ctx.store.deals.get(found.deal),
        shown=_row(ctx, shown) if shown else None,
        newest=found.number,
        kinds=_kinds(ctx, shown, _names(ctx, found)) if shown else [],
        history=[_row(ctx, each) for each in reversed(found.versions)],
        against=against or 0,
        compare_from=against or max(1, (shown.number if shown else 1) - 1),
        difference=_by_kind(changes) if changes is not None else None,
        difference_line=_line(changes or []),
    )
    return page(ctx, "handoff", content)


def _version(handoff: Handoff, number: int) -> Version:
    version = handoff.version(number)
    if version is None:
        raise NotFound(f"The handoff has no version {number}.")
    return version


def _row(ctx: Context, version: Version) -> VersionRow:
    by = ctx.name_of(version.committed_by)
    return VersionRow(version.number, len(version.items), by, version.committed_at, version.note)


def _names(ctx: Context, handoff: Handoff) -> dict[str, str]:
    """The names of the deal's sources, by their id."""
    return {source.id: source.name for source in ctx.store.sources.of_deal(handoff.deal)}


def _kinds(ctx: Context, version: Version, names: dict[str, str]) -> list[tuple[str, list[EntryRow]]]:
    sections = [
        (heading, [_item(ctx, each, names) for each in version.items if each.item.kind is kind])
        for kind, heading in HEADINGS.items()
    ]
    people = (PEOPLE, [_person(ctx, each, names) for each in version.stakeholders])
    return [section for section in [*sections, people] if section[1]]


def _item(ctx: Context, decided: Decided[Item], names: dict[str, str]) -> EntryRow:
    item = decided.item
    facts = [
        ("Owner", item.owner),
        ("Baseline", item.baseline),
        ("Target", item.target),
        ("Due", f"{item.due:%-d %b %Y}" if item.due else None),
    ]
    return EntryRow(
        text=item.text,
        verdict=decided.verdict,
        by=ctx.name_of(decided.decided_by),
        at=decided.decided_at,
        basis=item.basis,
        facts=[(name, value) for name, value in facts if value],
        assertion=item.assertion.note if item.assertion else "",
        assertion_by=ctx.name_of(item.assertion.by) if item.assertion else "",
        evidence=_quotes(item.evidence, names),
    )


def _person(ctx: Context, decided: Decided[Stakeholder], names: dict[str, str]) -> EntryRow:
    person = decided.item
    side = person.side.replace("_", " ").capitalize() if person.side else None
    facts = [("Role", person.role), ("Side", side), ("Email", person.email)]
    return EntryRow(
        text=person.name,
        verdict=decided.verdict,
        by=ctx.name_of(decided.decided_by),
        at=decided.decided_at,
        facts=[(name, value) for name, value in facts if value],
        evidence=_quotes(person.evidence, names),
    )


def _quotes(evidence: tuple[Evidence, ...], names: dict[str, str]) -> list[QuoteRow]:
    rows = []
    for each in evidence:
        place = f", message {each.message}" if each.message else ""
        rows.append(QuoteRow(each.quote, f"{names.get(each.source, 'Source')}{place}"))
    return rows


def _by_kind(changes: list[EntryDifference]) -> list[tuple[str, list[EntryDifference]]]:
    order = [*HEADINGS.values(), PEOPLE]

    def heading(change: EntryDifference) -> str:
        return HEADINGS[Kind(change.kind)] if change.kind != "stakeholder" else PEOPLE

    changed = [each for each in changes if each.change is not Change.SAME]
    ordered = sorted(changed, key=lambda each: order.index(heading(each)))
    return [(kind, list(rows)) for kind, rows in groupby(ordered, heading)]


def _line(changes: list[EntryDifference]) -> str:
    counts = Counter(each.change for each in changes)
    parts = [f"{counts[each]} {each}" for each in (Change.ADDED, Change.CHANGED, Change.REMOVED) if counts[each]]
    return ", ".join(parts)
