"""Entries as a reviewer writes them: the quotes are read from the sources, the grounding is worked out anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.decisions import Entry
from summarizer.errors import InvalidInput
from summarizer.grounding import check
from summarizer.items import Basis, Evidence, Item, Kind, Side, Stakeholder
from summarizer.ports import Store
from summarizer.reading.threads import read
from summarizer.sources import Form


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


def entry_from(store: Store, written: WrittenItem | WrittenStakeholder) -> Callable[[str, Entry | None], Entry]:
    """How the written entry is made, once its id and what it replaces are known. Raises InvalidInput, NotFound."""

    def make(entry_id: str, before: Entry | None) -> Entry:
        if isinstance(written, WrittenItem):
            if isinstance(before, Stakeholder):
                raise InvalidInput(f"{entry_id} is a person, and was edited as an item.")
            return _item(store, entry_id, written)
        if isinstance(before, Item):
            raise InvalidInput(f"{entry_id} is an item, and was edited as a person.")
        evidence = before.evidence if before else ()
        return Stakeholder(id=entry_id, evidence=evidence, **vars(written))

    return make


def _item(store: Store, item_id: str, written: WrittenItem) -> Item:
    cited = [_cite(store, span) for span in written.spans]
    claim = "\n".join(part for part in (written.text, written.baseline, written.target) if part)
    sent = [day for _, _, day in cited if day]
    grounding, _ = check(claim, [evidence.quote for evidence, _, _ in cited], sent=sent)
    return Item(
        id=item_id,
        kind=written.kind,
        text=written.text,
        evidence=tuple(evidence for evidence, _, _ in cited),
        basis=_basis([form for _, form, _ in cited]),
        grounding=grounding,
        owner=written.owner,
        due=written.due,
        baseline=written.baseline,
        target=written.target,
    )


def _cite(store: Store, span: Span) -> tuple[Evidence, Form, date | None]:
    """The words at the span, what kind of source says them, and when."""
    stored = store.sources.get(span.source)
    source = read(stored.text, name=stored.name, id=stored.id)
    try:
        evidence = source.evidence(span.start, span.end)
    except ValueError as error:
        raise InvalidInput(f"{span.start} to {span.end} marks no words in “{stored.name}”.") from error
    sent = source.message(evidence.message).sent if evidence.message else None
    return evidence, source.form, sent.date() if sent else None


def _basis(forms: Sequence[Form]) -> Basis:
    if not forms:
        return Basis.INFERRED
    return Basis.WRITTEN_PROMISE if Form.EMAIL_THREAD in forms or Form.MIXED in forms else Basis.SALES_NOTE
