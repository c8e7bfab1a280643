"""From sources to a draft: number the passages, ask an engine, ground its answer, reconcile, see what was left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import perf_counter

from summarizer.coverage import left_out
from summarizer.decisions import Draft
from summarizer.errors import Cancelled
from summarizer.findings import hidden_text, instructions
from summarizer.grounding import check
from summarizer.items import (
    Basis,
    Evidence,
    Finding,
    FindingKind,
    Grounding,
    Item,
    MadeBy,
    Stakeholder,
)
from summarizer.numbering import Material, Place, brief, number
from summarizer.overlap import shared
from summarizer.ports import Answer, Candidate, CandidateStakeholder, Engine, Notice
from summarizer.reconcile import merge
from summarizer.sources import Form, Source

MOSTLY_FOREIGN = 0.6
MOSTLY_OWN = 0.4
"""Shares of an item's words: from the first on they count as a precedent's, below the second not as the evidence's."""
SPOKEN_OR_NOTED = frozenset({Form.SALES_NOTES, Form.CALL_TRANSCRIPT})


@dataclass
class Progress:
    """How the one who asked for a draft follows and stops it."""

    on_entry: Callable[[Item | Stakeholder], None] = lambda _: None
    """Called with each entry as soon as it is verified; provisional, the draft alone counts."""
    should_stop: Callable[[], bool] = lambda: False


@dataclass
class _Sheet:
    """What has been gathered of one draft so far."""

    items: list[Item] = field(default_factory=list)
    stakeholders: list[Stakeholder] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    uncited: int = 0
    borrowed: int = 0
    made_by: MadeBy | None = None


def draft(material: Material, engine: Engine, *, progress: Progress | None = None) -> Draft:
    """Ask the engine, and let nothing through that does not stand in the sources.

    Words that address a machine are findings; the engine does not see them.

    Raises EngineError when the engine fails, Cancelled when `progress.should_stop` says so.
    """
    progress = progress or Progress()
    began = perf_counter()
    addressed = instructions(material.sources)
    kept_back = [evidence for finding in addressed for evidence in finding.evidence]
    places = list(number(material.sources, kept_back=kept_back))
    sheet = _Sheet(findings=[*addressed, *hidden_text(material.sources)])
    for answer in _until_stopped(engine.draft(brief(material, places)), progress):
        entry = _enter(sheet, answer, places, material)
        if entry is not None:
            progress.on_entry(entry)
    return _finished(sheet, material, engine, seconds=perf_counter() - began)


def _until_stopped(answers: Iterator[Answer], progress: Progress) -> Iterator[Answer]:
    try:
        for answer in answers:
            if progress.should_stop():
                raise Cancelled
            yield answer
    finally:
        close = getattr(answers, "close", None)
        if close is not None:
            close()


def _enter(sheet: _Sheet, answer: Answer, places: Sequence[Place], material: Material) -> Item | Stakeholder | None:
    match answer:
        case Candidate():
            return _enter_item(sheet, answer, places, material)
        case CandidateStakeholder():
            return _enter_stakeholder(sheet, answer, places, material)
        case Notice():
            sheet.findings.append(Finding(kind=FindingKind.INCOMPLETE, text=answer.text))
        case MadeBy():
            sheet.made_by = answer
    return None


def _cited(cite: Sequence[int], places: Sequence[Place]) -> list[Place]:
    """The places that a citation names; numbers that do not exist are dropped, and so are repetitions."""
    return [places[n - 1] for n in dict.fromkeys(cite) if 1 <= n <= len(places)]


def _enter_item(sheet: _Sheet, candidate: Candidate, places: Sequence[Place], material: Material) -> Item | None:
    cited = _cited(candidate.cite, places)
    if not cited or not candidate.text.strip():
        sheet.uncited += 1
        return None
    if _is_borrowed(candidate.text, [place.evidence.quote for place in cited], material):
        sheet.borrowed += 1
        return None
    item = _grounded(f"i{len(sheet.items) + 1}", candidate, cited, material)
    sheet.items.append(item[0])
    sheet.findings += item[1]
    return item[0]


def _grounded(
    item_id: str, candidate: Candidate, cited: Sequence[Place], material: Material
) -> tuple[Item, list[Finding]]:
    """The candidate with its evidence; a finding for each figure, date or name that the evidence does not say."""
    evidence = tuple(place.evidence for place in cited)
    quotes = [each.quote for each in evidence]
    sent = [place.message.sent.date() for place in cited if place.message.sent]
    known = [name for place in cited for name in (place.message.sender, *place.message.to) if name]
    known += [name for name in (material.client, material.vendor) if name]
    grounding, unsupported = check(_claim(candidate), [*quotes, *known], sent=sent)
    due, late = _supported_due(candidate.due, quotes, sent)
    item = Item(
        id=item_id,
        kind=candidate.kind,
        text=candidate.text.strip(),
        evidence=evidence,
        basis=_basis(cited),
        grounding=Grounding.PARTIAL if late else grounding,
        owner=candidate.owner,
        due=due,
        baseline=candidate.baseline,
        target=candidate.target,
    )
    said = [*unsupported, *late]
    if not said:
        return item, []
    text = f"Its evidence does not say: {', '.join(said)}"
    return item, [Finding(kind=FindingKind.NO_SOURCE, text=text, evidence=evidence, item=item_id)]


def _is_borrowed(text: str, quotes: Sequence[str], material: Material) -> bool:
    """Whether the words are those of a past SOW and not of the evidence: a precedent can never become an item."""
    own = shared(text, quotes)
    return own < MOSTLY_OWN and any(shared(text, [each.text]) >= MOSTLY_FOREIGN for each in material.precedents)


def _claim(candidate: Candidate) -> str:
    parts = (candidate.text, candidate.owner, candidate.baseline, candidate.target)
    return "\n".join(part for part in parts if part)


def _supported_due(due: date | None, quotes: Sequence[str], sent: Sequence[date]) -> tuple[date | None, list[str]]:
    """The date if the evidence gives it; else `None` and what was said without support."""
    if due is None:
        return None, []
    grounding, _ = check(due.isoformat(), quotes, sent=sent)
    return (due, []) if grounding is Grounding.EXACT else (None, [due.isoformat()])


def _basis(cited: Sequence[Place]) -> Basis:
    forms = {place.source.form for place in cited}
    return Basis.SALES_NOTE if forms <= SPOKEN_OR_NOTED else Basis.WRITTEN_PROMISE


def _enter_stakeholder(
    sheet: _Sheet, candidate: CandidateStakeholder, places: Sequence[Place], material: Material
) -> Stakeholder | None:
    """A person whose name stands in the sources, once; `None` for all others."""
    name = candidate.name.strip()
    mention = _mention(name, material.sources)
    known = {person.name for person in (*sheet.stakeholders, *material.standing_people)}
    if mention is None or name in known:
        return None
    email = candidate.email if candidate.email and _mention(candidate.email, material.sources) else None
    person = Stakeholder(
        id=f"s{len(sheet.stakeholders) + 1}",
        name=name,
        role=candidate.role,
        side=candidate.side,
        email=email,
        evidence=tuple(place.evidence for place in _cited(candidate.cite, places)) or (mention,),
    )
    sheet.stakeholders.append(person)
    return person


def _mention(words: str, sources: Sequence[Source]) -> Evidence | None:
    """Where the words stand first; `None` when no source says them."""
    for source in sources:
        start = source.text.find(words) if words else -1
        if start >= 0:
            return source.evidence(start, start + len(words))
    return None


def _finished(sheet: _Sheet, material: Material, engine: Engine, *, seconds: float) -> Draft:
    items, contradictions = merge(sheet.items)
    fresh = [item for item in items if not _repeats(item, material.standing)]
    kept = {item.id for item in fresh}
    findings = [finding for finding in sheet.findings if finding.item is None or finding.item in kept]
    findings += contradictions
    findings += [Finding(kind=FindingKind.INCOMPLETE, text=text) for text in _dropped(sheet)]
    made_by = sheet.made_by or MadeBy(engine=engine.name, model="unknown", prompt="")
    return Draft(
        items=tuple(fresh),
        stakeholders=tuple(sheet.stakeholders),
        left_out=tuple(left_out(material.sources, [*items, *material.standing])),
        findings=tuple(findings),
        precedents=tuple(material.precedents),
        made_by=made_by.model_copy(update={"seconds": round(seconds, 3)}),
    )


def _dropped(sheet: _Sheet) -> Iterator[str]:
    """What was taken away from the engine's answer, for the reviewer."""
    reasons = {
        "named no passage of the sources": sheet.uncited,
        "took their words from a past SOW and not from this deal": sheet.borrowed,
    }
    for reason, count in reasons.items():
        if count:
            yield f"{count} of the engine's proposals {reason}: dropped."


def _repeats(item: Item, standing: Sequence[Item]) -> bool:
    """Whether an item of the current version says this already: the same kind, resting on the same words."""
    for other in standing:
        if other.kind is item.kind and {_span(e) for e in item.evidence} <= {_span(e) for e in other.evidence}:
            return True
    return False


def _span(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.source, evidence.start, evidence.end
