"""The use cases round the signed SOW of a deal: attach it, compare it with what was said, act on a row.

Like those of `summarizer.service`, each works in one transaction and names the person who acts. The comparison itself
is made by a job: `summarizer.comparing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.decisions import Draft, Suggestion, Verdict
from summarizer.editing import Span, WrittenItem, entry_from
from summarizer.errors import NotFound
from summarizer.items import Assertion, Finding, FindingKind, Item, Kind, MadeBy
from summarizer.ports import Documents
from summarizer.reviewing import Ruling, decide
from summarizer.service import Desk, new_id, now
from summarizer.signed import Became, Comparison, Row, RowNote, SignedCard, SignedSow
from summarizer.sources import sha256
from summarizer.stores import Store

MADE_BY = "comparison"
"""Stands where drafts name their engine."""
RULES = "sold-signed-1"
MOST_QUOTED = 300


@dataclass(frozen=True)
class Attached:
    """A file that was attached, and the comparison that was asked for."""

    sow: SignedCard
    comparison: Comparison
    new: bool
    """Whether the deal did not have the file before."""


def attach_sow(desk: Desk, deal_id: str, *, name: str, content: bytes, documents: Documents) -> Attached:
    """Keep the signed SOW of a deal and queue its comparison with what was said; each call makes a comparison.

    The same content again is the same SOW. Raises NotFound, InvalidInput and its children.
    """
    deal = desk.store.deals.get(deal_id)
    rendition = documents.render(name, content)[0]
    signed = SignedSow(
        id=new_id(),
        deal=deal.id,
        name=name,
        media_type=rendition.media_type,
        sha256=sha256(content),
        size=len(content),
        original=content,
        text=rendition.text,
        created_by=desk.person.id,
        created_at=now(),
    )
    kept = desk.store.signed.add(signed)
    return Attached(kept.card, compare_with(desk, kept.card), new=kept.id == signed.id)


def compare_with(desk: Desk, signed: SignedCard) -> Comparison:
    """Queue a comparison of this SOW with all that has been said until then."""
    asked = Comparison(
        id=new_id(),
        deal=signed.deal,
        signed_sow=signed.id,
        sha256=signed.sha256,
        created_by=desk.person.id,
        created_at=now(),
    )
    desk.store.signed.ask(asked)
    return asked


def note_finding(desk: Desk, comparison_id: str, row_id: str, *, text: str) -> RowNote:
    """Note a row as something that reviewers of the deal must see. Raises NotFound."""
    _, row = _row(desk.store, comparison_id, row_id)
    return _note(desk, comparison_id, row, became=Became.FINDING, text=text)


def make_item(desk: Desk, comparison_id: str, row_id: str, *, kind: Kind, text: str) -> RowNote:
    """Make an item of a row, resting on what was said of it, where something was said.

    It is added to the review that is open, else it is a pending suggestion of its own. Where nothing was said, the
    person vouches for it, and the note names the place in the signed file. Raises NotFound, StaleReview, InvalidInput.
    """
    comparison, row = _row(desk.store, comparison_id, row_id)
    spans = [Span(e.source, e.start, e.end) for e in ([row.said.evidence] if row.said else [])]
    written = WrittenItem(kind=kind, text=text, spans=spans)
    vouched = None if row.said else _where_it_stands(desk.store, comparison, row)
    suggestion = _open_suggestion(desk.store, comparison.deal)
    if suggestion:
        edit = entry_from(desk.store, desk.store.deals.get(comparison.deal), written)
        ruling = Ruling(item=None, verdict=Verdict.ADDED, assertion=vouched, edit=edit)
        decide(desk, suggestion.id, [ruling], expected=len(desk.store.suggestions.log(suggestion.id)))
    else:
        suggestion = _propose(desk, comparison, written, vouched)
    return _note(desk, comparison.id, row, became=Became.ITEM, text=text, suggestion=suggestion.id)


def findings_of(store: Store, deal_id: str, *, sources: Sequence[str]) -> list[Finding]:
    """What reviewers have noted, as findings of a draft from these sources."""
    return [
        Finding(
            kind=FindingKind.SIGNED_OTHERWISE,
            text=note.text,
            evidence=tuple(each for each in note.evidence if each.source in sources),
        )
        for note in store.signed.notes(deal_id)
        if note.became is Became.FINDING
    ]


def _row(store: Store, comparison_id: str, row_id: str) -> tuple[Comparison, Row]:
    comparison = store.signed.comparison(comparison_id)
    row = comparison.row(row_id)
    if row is None:
        raise NotFound(f"The comparison has no row {row_id}.")
    return comparison, row


def _note(
    desk: Desk, comparison_id: str, row: Row, *, became: Became, text: str, suggestion: str | None = None
) -> RowNote:
    note = RowNote(
        comparison=comparison_id,
        row=row.id,
        became=became,
        text=text,
        evidence=(row.said.evidence,) if row.said else (),
        suggestion=suggestion,
        by=desk.person.id,
        at=now(),
    )
    desk.store.signed.note(note)
    return note


def _open_suggestion(store: Store, deal_id: str) -> Suggestion | None:
    """The newest draft, if nobody has committed it."""
    newest = store.suggestions.of_handoff(store.handoffs.of_deal(deal_id).id)[:1]
    return next((each for each in newest if each.committed_as is None), None)


def _where_it_stands(store: Store, comparison: Comparison, row: Row) -> str:
    assert row.signed is not None
    name = store.signed.get(comparison.signed_sow).name
    quote = row.signed.quote if len(row.signed.quote) <= MOST_QUOTED else row.signed.quote[:MOST_QUOTED] + "…"
    return f"Stands in the signed SOW {name} (SHA-256 {comparison.sha256[:12]}…), {row.signed.heading}: “{quote}”"


def _propose(desk: Desk, comparison: Comparison, written: WrittenItem, vouched: str | None) -> Suggestion:
    store = desk.store
    item = entry_from(store, store.deals.get(comparison.deal), written)("i1", None)
    assert isinstance(item, Item)
    if vouched:
        item = item.model_copy(update={"assertion": Assertion(by=desk.person.id, note=vouched)})
    handoff = store.handoffs.of_deal(comparison.deal)
    made_by = MadeBy(engine=MADE_BY, model=RULES, prompt=f"sha256:{comparison.sha256}")
    suggestion = handoff.propose(
        Draft(items=(item,), made_by=made_by),
        id=new_id(),
        sources=comparison.sources,
        base_version=handoff.number,
        at=now(),
    )
    store.suggestions.add(suggestion)
    return suggestion
