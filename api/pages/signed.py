"""Sold versus signed: what was said beside what was signed, in three columns, and the signed file's text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.context import Context
from api.pages.shell import Here, page
from api.pages.sows import Words
from summarizer.decisions import Verdict
from summarizer.errors import NotFound
from summarizer.items import Evidence, Kind
from summarizer.records import Deal
from summarizer.reviewing import open_review
from summarizer.signed import Became, Column, Comparison, Row, RowNote, SignedCard, SignedSow, Span

SHOWN = 30
"""Rows of a column that are shown at once; the others unfold."""
MOST_QUOTED = 400
ITEM_KINDS = tuple(Kind)


@dataclass(frozen=True)
class Place:
    """An item that rests on the same words."""

    label: str
    href: str


@dataclass(frozen=True)
class NoteLine:
    """What somebody made of a row."""

    became: Became
    by: str
    at: datetime
    href: str | None
    """Where the item is; `None` for a finding."""


@dataclass(frozen=True)
class RowCard:
    """A row as it is shown."""

    row: Row
    said: list[Words]
    signed: list[Words]
    place: Place | None
    """The item that says it already."""
    notes: list[NoteLine]
    kind: Kind
    """What an item of it would be."""
    item: str
    """What the item would say."""
    finding: str
    """What the finding would say."""

    def has(self, became: str) -> bool:
        """Whether somebody made this of it."""
        return any(note.became == became for note in self.notes)


@dataclass(frozen=True)
class ColumnCards:
    """A column with its rows."""

    column: Column
    title: str
    empty: str
    """What is said where it has no row."""
    first: list[RowCard]
    rest: list[RowCard]

    @property
    def count(self) -> int:
        return len(self.first) + len(self.rest)


@dataclass(frozen=True)
class ComparisonLine:
    """A comparison in the list of all of them."""

    id: str
    name: str
    sha256: str
    at: datetime


@dataclass(frozen=True)
class SignedPage:
    """Sold versus signed, for one deal."""

    deal: Deal
    sow: SignedCard | None
    """`None` before the first file."""
    comparison: Comparison | None
    newest: bool
    """Whether there is no later comparison."""
    by: str
    columns: list[ColumnCards]
    all: list[ComparisonLine]
    """Newest first."""
    sources: int
    """How many the deal has."""
    added: int
    """How many of them came after the comparison."""
    most_bytes: int
    kinds: tuple[Kind, ...] = ITEM_KINDS


@dataclass(frozen=True)
class Stretch:
    """A stretch of the signed text, and the row that it is about."""

    text: str
    row: str | None


@dataclass(frozen=True)
class SignedTextPage:
    """The signed file as it was read."""

    sow: SignedSow
    deal: Deal
    by: str
    comparison: str | None
    stretches: list[Stretch]


TITLES = {
    Column.DIFFERENT: ("Different numbers or dates", "No number or date that was said was signed otherwise."),
    Column.SAID_ONLY: (
        "Said and not signed",
        "All that was promised stands in the signed file, as far as can be told.",
    ),
    Column.SIGNED_ONLY: (
        "Signed and never said",
        "Everything in the signed file was spoken of, as far as can be told.",
    ),
}


def add_to(router: APIRouter) -> None:
    """Add the pages of this module."""
    router.get("/deals/{deal_id}/signed")(sold_versus_signed)
    router.get("/signed-sows/{sow_id}")(signed_text)


def sold_versus_signed(deal_id: str, ctx: Here, comparison: str = "") -> HTMLResponse:
    """The newest comparison of the deal, or the one that is named. Raises NotFound."""
    deal = ctx.store.deals.get(deal_id)
    made = ctx.store.signed.comparisons(deal.id)
    shown = _chosen(made, comparison)
    cards = {card.id: card for card in ctx.store.signed.of_deal(deal.id)}
    sources = [source.id for source in ctx.store.sources.of_deal(deal.id)]
    sow = cards[shown.signed_sow] if shown else None
    content = SignedPage(
        deal=deal,
        sow=sow,
        comparison=shown,
        newest=bool(shown and shown.id == made[0].id),
        by=ctx.name_of(sow.created_by) if sow else "",
        columns=_columns(ctx, shown, sow) if shown and sow and shown.rows is not None else [],
        all=[ComparisonLine(each.id, cards[each.signed_sow].name, each.sha256, each.created_at) for each in made],
        sources=len(sources),
        added=len(set(sources) - set(shown.sources)) if shown and shown.rows is not None else 0,
        most_bytes=ctx.services.settings.max_file_bytes,
    )
    return page(ctx, "signed", content)


def _chosen(made: Sequence[Comparison], wanted: str) -> Comparison | None:
    if wanted and wanted not in {each.id for each in made}:
        raise NotFound(f"The deal has no comparison {wanted}.")
    return next((each for each in made if not wanted or each.id == wanted), None)


def _columns(ctx: Context, comparison: Comparison, sow: SignedCard) -> list[ColumnCards]:
    places = _places(ctx, comparison.deal)
    notes = [note for note in ctx.store.signed.notes(comparison.deal) if note.comparison == comparison.id]
    columns = []
    for column, (title, empty) in TITLES.items():
        cards = [_card(ctx, row, sow, places, notes) for row in comparison.column(column)]
        columns.append(ColumnCards(column, title, empty, cards[:SHOWN], cards[SHOWN:]))
    return columns


def _places(ctx: Context, deal_id: str) -> list[tuple[Evidence, Place]]:
    """What items of the deal rest on, those of the newest version first."""
    handoff = ctx.store.handoffs.of_deal(deal_id)
    committed = Place(f"In version {handoff.number}", f"/handoffs/{handoff.id}")
    current = handoff.current.items if handoff.current else ()
    found = [(evidence, committed) for each in current for evidence in each.item.evidence]
    for suggestion in ctx.store.suggestions.of_handoff(handoff.id)[:1]:
        if suggestion.committed_as is None:
            review = open_review(ctx.store, suggestion.id).review
            pending = Place("In the review", f"/suggestions/{suggestion.id}")
            rows = (row for row in review.items() if row.verdict is not Verdict.REJECTED)
            found += [(evidence, pending) for row in rows for evidence in row.item.evidence]
    return found


def _card(
    ctx: Context, row: Row, sow: SignedCard, places: Sequence[tuple[Evidence, Place]], notes: Sequence[RowNote]
) -> RowCard:
    evidence = row.said.evidence if row.said else None
    return RowCard(
        row=row,
        said=_marked(evidence.quote, evidence.start, row.said.value) if evidence and row.said else [],
        signed=_marked(row.signed.quote, row.signed.start, row.signed.value) if row.signed else [],
        place=next((place for other, place in places if evidence and evidence.overlaps(other)), None),
        notes=[_line(ctx, note) for note in notes if note.row == row.id],
        kind=_kind(row),
        item=_item(row),
        finding=_finding(row, sow),
    )


def _marked(quote: str, start: int, value: Span | None) -> list[Words]:
    """The quote with its number apart, without what bold words and tables are drawn with."""
    first, last = (value[0] - start, value[1] - start) if value else (len(quote), len(quote))
    before, number, behind = (_plain(part) for part in (quote[:first], quote[first:last], quote[last:]))
    parts = [Words(before.lstrip(" ·"), False), Words(number, True), Words(behind.rstrip(" ·"), False)]
    return [part for part in parts if part.text]


def _plain(text: str) -> str:
    return text.replace("**", "").replace("|", "·")


def _line(ctx: Context, note: RowNote) -> NoteLine:
    href = f"/suggestions/{note.suggestion}" if note.suggestion else None
    return NoteLine(note.became, ctx.name_of(note.by), note.at, href)


def _kind(row: Row) -> Kind:
    if row.column is Column.SAID_ONLY and row.said:
        return row.said.looks_like or Kind.SCOPE
    return Kind.OPEN_QUESTION


def _item(row: Row) -> str:
    said, signed = _quotes(row)
    if row.column is Column.SAID_ONLY:
        return said
    if row.column is Column.SIGNED_ONLY:
        return f"Is everybody aware of what was signed and never spoken of: “{signed}”?"
    return f"Which holds: “{said}”, as was said, or “{signed}”, as was signed?"


def _finding(row: Row, sow: SignedCard) -> str:
    said, signed = _quotes(row)
    if row.column is Column.SAID_ONLY:
        return f"Said and not signed: “{said}” ({sow.name})"
    if row.column is Column.SIGNED_ONLY:
        return f"Signed and never said: “{signed}” ({sow.name})"
    return f"Said: “{said}”. Signed: “{signed}” ({sow.name})"


def _quotes(row: Row) -> tuple[str, str]:
    """Both quotes in one line, not longer than a bullet may be."""
    quotes = (row.said.evidence.quote if row.said else "", row.signed.quote if row.signed else "")
    said, signed = (" ".join(_plain(quote).split()).strip("· .") for quote in quotes)
    return said[:MOST_QUOTED], signed[:MOST_QUOTED]


def signed_text(sow_id: str, ctx: Here, comparison: str = "") -> HTMLResponse:
    """The signed file as it was read, with the places that a comparison of it is about. Raises NotFound."""
    sow = ctx.store.signed.get(sow_id)
    made = [each for each in ctx.store.signed.comparisons(sow.deal) if each.signed_sow == sow.id]
    shown = _chosen(made, comparison)
    content = SignedTextPage(
        sow=sow,
        deal=ctx.store.deals.get(sow.deal),
        by=ctx.name_of(sow.created_by),
        comparison=shown.id if shown else None,
        stretches=list(_stretches(sow.text, shown.rows or () if shown else ())),
    )
    return page(ctx, "signed_text", content)


def _stretches(text: str, rows: Sequence[Row]) -> Iterator[Stretch]:
    """The text cut where the numbers or clauses of rows begin and end."""
    end = 0
    cuts = [(row.signed.value or (row.signed.start, row.signed.end), row.id) for row in rows if row.signed]
    for (first, last), row in sorted(cuts):
        if first < end:
            continue
        yield Stretch(text[end:first], None)
        yield Stretch(text[first:last], row)
        end = last
    yield Stretch(text[end:], None)
