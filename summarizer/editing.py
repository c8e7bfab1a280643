"""Entries as a reviewer writes them: the quotes are read from the sources, the grounding is worked out anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.decisions import Entry
from summarizer.errors import InvalidInput, NotFound
from summarizer.items import Item, Kind, Side, Stakeholder
from summarizer.proof import Cited, Claim, prove
from summarizer.records import Deal
from summarizer.service import read_source
from summarizer.stores import Store


@dataclass(frozen=True)
class Span:
    """A stretch of a source, in code points."""

    source: str
    start: int
    end: int


@dataclass(frozen=True)
class WrittenItem:
    """What a reviewer wrote of an item."""

    kind: Kind
    text: str
    spans: Sequence[Span]
    owner: str | None = None
    due: date | None = None
    baseline: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class WrittenStakeholder:
    """What a reviewer wrote of a person."""

    name: str
    role: str | None = None
    side: Side | None = None
    email: str | None = None


def entry_from(
    store: Store, deal: Deal, written: WrittenItem | WrittenStakeholder
) -> Callable[[str, Entry | None], Entry]:
    """How the written entry is made, once its id and what it replaces are known. Raises InvalidInput, NotFound."""

    def make(entry_id: str, before: Entry | None) -> Entry:
        if isinstance(written, WrittenItem):
            if isinstance(before, Stakeholder):
                raise InvalidInput(f"{entry_id} is a person, and was edited as an item.")
            return _still_raised(_item(store, deal, entry_id, written), before)
        if isinstance(before, Item):
            raise InvalidInput(f"{entry_id} is an item, and was edited as a person.")
        evidence = before.evidence if before else ()
        return Stakeholder(id=entry_id, evidence=evidence, **vars(written))

    return make


def _still_raised(item: Item, before: Entry | None) -> Item:
    """A question that past SOWs raise stays one in other words; words of the sources that it cites count for more."""
    if not isinstance(before, Item) or before.settled is None or item.kind is not before.kind or item.evidence:
        return item
    return item.model_copy(update={"basis": before.basis, "settled": before.settled})


def _item(store: Store, deal: Deal, item_id: str, written: WrittenItem) -> Item:
    cited = [_cite(store, deal, span) for span in written.spans]
    claim = Claim(written.text, written.owner, written.baseline, written.target, written.due)
    proof = prove(claim, cited, firms=[deal.client, deal.vendor])
    return Item(
        id=item_id,
        kind=written.kind,
        text=written.text,
        evidence=tuple(each.evidence for each in cited),
        basis=proof.basis,
        grounding=proof.grounding,
        owner=written.owner,
        due=written.due,
        baseline=written.baseline,
        target=written.target,
    )


def _cite(store: Store, deal: Deal, span: Span) -> Cited:
    """The words at the span. Raises InvalidInput when there are none, NotFound when the source is not the deal's."""
    stored = store.sources.get(span.source)
    if stored.deal != deal.id:
        raise NotFound(f"The deal has no source {span.source}.")
    source = read_source(store, stored, deal)
    try:
        evidence = source.evidence(span.start, span.end)
    except ValueError as error:
        raise InvalidInput(f"{span.start} to {span.end} marks no words in “{stored.name}”.") from error
    return Cited(evidence, source, source.message(evidence.message) if evidence.message else None)
