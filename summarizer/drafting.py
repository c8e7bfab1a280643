"""From sources to a draft: number the passages, ask an engine, ground its answer, reconcile, see what was left out."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter

from pydantic import ValidationError

from summarizer.asking import OpenQuestion, open_questions
from summarizer.coverage import left_out
from summarizer.decisions import Draft
from summarizer.doubts import doubts
from summarizer.errors import Cancelled
from summarizer.findings import addressed, of_the_text
from summarizer.items import (
    Basis,
    Evidence,
    Finding,
    FindingKind,
    Grounding,
    Item,
    Kind,
    MadeBy,
    Stakeholder,
)
from summarizer.numbering import Material, Place, brief, number
from summarizer.overlap import borrowed, shared
from summarizer.ports import Answer, Candidate, CandidateStakeholder, Engine, Notice, Pulse
from summarizer.proof import Claim, prove
from summarizer.reconcile import Merged, merge, said_already
from summarizer.sources import Source
from summarizer.unsettled_days import unsettled_in

MOSTLY_FOREIGN = 0.6
MOSTLY_OWN = 0.4
"""Shares of an item's words: from the first on they count as a precedent's, below the second not as the evidence's."""
_NEAR = 600
"""Code points on either side of a name in which the words of its role have to stand."""
_PLACES = 20
"""How many places of a name are looked at."""
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ers?|ed|es|e|s)$")
_LINKS = frozenset("a an and at for in of our the to your".split())


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
    obeyed: int = 0
    misshapen: int = 0
    made_by: MadeBy | None = None


def draft(material: Material, engine: Engine, *, progress: Progress | None = None) -> Draft:
    """Ask the engine, and let nothing through that does not stand in the sources.

    Words that address a machine are findings; the engine does not see them.

    Raises EngineError when the engine fails, Cancelled when `progress.should_stop` says so.
    """
    progress = progress or Progress()
    began = perf_counter()
    places = list(number(material.sources))
    sheet = _Sheet(findings=[*material.findings, *of_the_text(material.sources)])
    for answer in _until_stopped(engine.draft(brief(material, places)), progress):
        entry = _enter(sheet, answer, places, material)
        if entry is not None:
            progress.on_entry(entry)
    made_by = sheet.made_by or MadeBy(engine=engine.name, model="unknown", prompt="")
    return _finished(sheet, material, places, made_by.model_copy(update={"seconds": round(perf_counter() - began, 3)}))


def _until_stopped(answers: Iterator[Answer], progress: Progress) -> Iterator[Answer]:
    try:
        for answer in answers:
            if progress.should_stop():
                raise Cancelled
            if not isinstance(answer, Pulse):
                yield answer
    finally:
        close = getattr(answers, "close", None)
        if close is not None:
            close()


def _enter(sheet: _Sheet, answer: Answer, places: Sequence[Place], material: Material) -> Item | Stakeholder | None:
    match answer:
        case Candidate() | CandidateStakeholder():
            return _enter_proposal(sheet, answer, places, material)
        case Notice():
            sheet.findings.append(Finding(kind=FindingKind.INCOMPLETE, text=answer.text))
        case MadeBy():
            sheet.made_by = answer
    return None


def _enter_proposal(
    sheet: _Sheet, proposal: Candidate | CandidateStakeholder, places: Sequence[Place], material: Material
) -> Item | Stakeholder | None:
    try:
        if isinstance(proposal, Candidate):
            return _enter_item(sheet, proposal, places, material)
        return _enter_stakeholder(sheet, proposal, places, material)
    except ValidationError:
        sheet.misshapen += 1
        return None


def _cited(cite: Sequence[int], places: Sequence[Place]) -> list[Place]:
    """The places that a citation names; numbers that do not exist are dropped, and so are repetitions."""
    return [places[n - 1] for n in dict.fromkeys(cite) if 1 <= n <= len(places)]


def _enter_item(sheet: _Sheet, candidate: Candidate, places: Sequence[Place], material: Material) -> Item | None:
    cited = _cited(candidate.cite, places)
    if not cited or not candidate.text.strip():
        sheet.uncited += 1
        return None
    quotes = [place.evidence.quote for place in cited]
    if _is_borrowed(candidate.text, quotes, material):
        sheet.borrowed += 1
        return None
    if _obeys(candidate.text, quotes, material):
        sheet.obeyed += 1
        return None
    item = _grounded(f"i{len(sheet.items) + 1}", candidate, cited, material)
    sheet.items.append(item[0])
    sheet.findings += item[1]
    return item[0]


def _grounded(
    item_id: str, candidate: Candidate, cited: Sequence[Place], material: Material
) -> tuple[Item, list[Finding]]:
    """The candidate with its evidence, and a finding for each reason to doubt it.

    So it is for phrases that a past SOW has and the deal's sources have not. A date that nobody stated is taken away.
    """
    text = candidate.text.strip()
    claim = Claim(text, candidate.owner, candidate.baseline, candidate.target, candidate.due)
    proof = prove(claim, [place.cited for place in cited], firms=material.firms)
    foreign = borrowed(claim.words, [each.text for each in material.precedents], own=[s.text for s in material.sources])
    unsaid = (*proof.unsaid, *foreign)
    item = Item(
        id=item_id,
        kind=candidate.kind,
        text=text,
        evidence=tuple(place.evidence for place in cited),
        basis=proof.basis,
        grounding=Grounding.PARTIAL if foreign else proof.grounding,
        owner=candidate.owner,
        due=candidate.due if proof.due_is_said else None,
        baseline=candidate.baseline,
        target=candidate.target,
        confidence=candidate.confidence,
    )
    return item, list(doubts(item, unsaid, material.check))


def _is_borrowed(text: str, quotes: Sequence[str], material: Material) -> bool:
    """Whether the words are those of a past SOW and not of the evidence: a precedent can never become an item."""
    own = shared(text, quotes)
    return own < MOSTLY_OWN and any(shared(text, [each.text]) >= MOSTLY_FOREIGN for each in material.precedents)


def _obeys(text: str, quotes: Sequence[str], material: Material) -> bool:
    """Whether the words are those of a line that addresses a machine, and not of the evidence."""
    if shared(text, quotes) >= MOSTLY_OWN:
        return False
    lines = (line.quote for source in material.sources for line in addressed(source))
    return any(shared(text, [line]) >= MOSTLY_FOREIGN for line in lines)


def _enter_stakeholder(
    sheet: _Sheet, candidate: CandidateStakeholder, places: Sequence[Place], material: Material
) -> Stakeholder | None:
    """A person whose name stands in the sources, once; `None` for all others."""
    name = candidate.name.strip()
    mention = _mention(name, material.sources)
    known = {person.name for person in (*sheet.stakeholders, *material.standing_people)}
    if mention is None or name in known:
        return None
    role, email = candidate.role, candidate.email
    person = Stakeholder(
        id=f"s{len(sheet.stakeholders) + 1}",
        name=name,
        role=role if role and _is_role_of(name, role, material.sources) else None,
        side=candidate.side,
        email=email if email and _mention(email, material.sources) else None,
        evidence=tuple(place.evidence for place in _cited(candidate.cite, places)) or (mention,),
    )
    sheet.stakeholders.append(person)
    return person


def _is_role_of(name: str, role: str, sources: Sequence[Source]) -> bool:
    """Whether each word of the role stands, in some form, near one place of one of the person's names."""
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in name.split()))
    near = (
        source.text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        for source in sources
        for found in islice(pattern.finditer(source.text), _PLACES)
    )
    wanted = _forms(role)
    return bool(wanted) and any(wanted <= _forms(text) for text in near)


def _forms(text: str) -> set[str]:
    """The words without their endings: "manag" of "manager" and of "manages"."""
    return {_ENDING.sub("", word.casefold()) for word in _WORD.findall(text)} - _LINKS


def _mention(words: str, sources: Sequence[Source]) -> Evidence | None:
    """Where the words stand first, as words of their own and whatever the white space; `None` when nowhere."""
    if not words.split():
        return None
    spaced = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
    for source in sources:
        found = pattern.search(source.text)
        if found:
            return source.evidence(*found.span())
    return None


def _finished(sheet: _Sheet, material: Material, places: Sequence[Place], made_by: MadeBy) -> Draft:
    merged = merge(sheet.items)
    said = said_already(merged.items, material.standing)
    fresh = [item for item in merged.items if item.id not in said]
    findings = [*_about(fresh, sheet.findings, merged), *unsettled_in(fresh, material.sources)]
    findings += [Finding(kind=FindingKind.INCOMPLETE, text=text) for text in _dropped(sheet)]
    asked = enumerate(open_questions(material, places, fresh), start=len(sheet.items) + 1)
    return Draft(
        items=(*fresh, *(_asked(f"i{number}", question, material) for number, question in asked)),
        stakeholders=tuple(sheet.stakeholders),
        left_out=tuple(left_out(material.sources, [*merged.items, *material.standing])),
        findings=tuple(findings),
        precedents=tuple(material.precedents),
        made_by=made_by,
    )


def _about(fresh: Sequence[Item], findings: Sequence[Finding], merged: Merged) -> Iterator[Finding]:
    """The findings under the ids that their items have now; what is said of a text that is gone goes with it."""
    kept = {item.id for item in fresh}
    for finding in findings:
        item = merged.told_as.get(finding.item) if finding.item else None
        if finding.item is None or item in kept:
            yield finding.model_copy(update={"item": item})
    of_items = [finding for finding in merged.contradictions if finding.item in kept]
    yield from of_items
    told = {finding.text for finding in of_items}
    others = {finding.text: finding for finding in merged.contradictions if finding.text not in told}
    yield from (finding.model_copy(update={"item": None}) for finding in others.values())


def _asked(item_id: str, question: OpenQuestion, material: Material) -> Item:
    """The question as an item; what past SOWs raise rests on nothing that was said here."""
    cited = [question.place] if question.place else []
    item, _ = _grounded(item_id, Candidate(Kind.OPEN_QUESTION, question.text, ()), cited, material)
    if question.settled is None:
        return item
    return item.model_copy(update={"basis": Basis.PRECEDENT, "settled": question.settled})


def _dropped(sheet: _Sheet) -> Iterator[str]:
    """What was taken away from the engine's answer, for the reviewer."""
    reasons = {
        "named no passage of the sources": sheet.uncited,
        "took their words from a past SOW and not from this deal": sheet.borrowed,
        "took their words from lines that address a machine": sheet.obeyed,
        "were no proper entries (a text has at most 2,000 characters, a name 200)": sheet.misshapen,
    }
    for reason, count in reasons.items():
        if count:
            yield f"{count} of the engine's proposals {reason}: dropped."
