"""Facts to candidates: what is said, what it rests on, who owes it and by when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summarizer.adapters.embedded import changes, owing, wording
from summarizer.adapters.embedded.changes import Correction
from summarizer.adapters.embedded.clauses import Clause, telling_words
from summarizer.adapters.embedded.facts import Fact
from summarizer.adapters.embedded.people import Directory
from summarizer.adapters.embedded.segments import Segment
from summarizer.dates import FoundDate
from summarizer.items import Kind
from summarizer.ports import Candidate

_BY = re.compile(r"\b(?:by|until|till?|before|no later than|ready|here)\s+(?:the\s+|about\s+)?$", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:on (?:\w+ )?(?:leave|holidays?|vacation)|away|out of (?:the )?office|"
    r"(?:am|is|are|be|i['’]m|s?he['’]s) (?:off|back))\b[^.;:,]{0,20}$",
    re.IGNORECASE,
)
"""Before a date on which somebody is absent or comes back: nothing is due then."""
_CONDITION = re.compile(r"^(?:if|once|when|provided|assuming)\b", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:currently|today|now|at the moment|stands? at|running at|runs at|last (?:year|month)|used to be)\b",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"\b(?:under|below|less than|fewer than|at least|no more than|above|over|down to|up to|within|to|reach|"
    r"wants?|expects?|"
    r"report|make)\s+(?:about |ca\.? )?$",
    re.IGNORECASE,
)
_LEAVES_OUT = re.compile(
    r"\b(?:no|not|none|never|without|nothing|exclud\w*|out|drop\w*|skip\w*|leave|leaves|stays?|themselves|ourselves|"
    r"himself|herself|in-house|own|separate\w*|cannot|later|instead|except|forget|keeps?)\b|n['’]t\b",
    re.IGNORECASE,
)
_FEW = 2
"""Telling words up to which a clause is told with the question that it answers."""


@dataclass(frozen=True)
class Thread:
    """What a proposal is made from beside its fact."""

    directory: Directory
    vendor: str | None


def candidates(facts: Sequence[Fact], thread: Thread) -> Iterator[Candidate]:
    """One candidate a fact, in the order of time."""
    for fact in facts:
        yield _candidate(fact, thread)


def _candidate(fact: Fact, thread: Thread) -> Candidate:
    own, added = _parts(fact.segments), _parts(fact.supports)
    subject = _subject([*own, *added])
    main = [*([subject] if subject else []), *own]
    corrections, absorbed = _restate(main, added)
    chat = [each for each in added if each.number in fact.chat and not _brings_something(each)]
    absorbed += [each for each in chat if each not in absorbed]
    parts = [(clause, corrections.get(at)) for at, clause in enumerate(main)]
    parts += [(clause, None) for clause in added if clause not in absorbed]
    parts.sort(key=lambda part: part[0].place)
    told = [clause for clause, _ in parts]
    owed = owing.owner(told, thread.directory) if fact.kind is Kind.DEPENDENCY else None
    owner = owed.name if owed else None
    lines = [
        wording.bullet(clause, kind=fact.kind, owner=owner, vendor=thread.vendor, correction=correction)
        for clause, correction in parts
    ]
    text = "; ".join(line for line in lines if line).replace("?;", "?")
    baseline, target = _from_to(told) if fact.kind is Kind.SUCCESS_METRIC else (None, None)
    cite = [own[0].number, *(clause.number for clause in (*told, *absorbed))]
    cite += [owed.passage] if owed and owed.passage else []
    return Candidate(
        fact.kind,
        wording.shortened(_as_left_out(text) if fact.kind is Kind.EXCLUSION else text),
        tuple(dict.fromkeys(cite)),
        owner=owner,
        due=_due([*own, *added], fact.kind),
        baseline=baseline,
        target=target,
        confidence=round(fact.confidence, 3),
    )


def _parts(segments: Sequence[Segment]) -> list[Clause]:
    """The clauses of the segments, each with no more of its text than these hold."""
    by_clause: dict[int, list[Segment]] = {}
    for segment in segments:
        by_clause.setdefault(segment.clause.number, []).append(segment)
    return [_part(each) for each in by_clause.values()]


def _part(segments: Sequence[Segment]) -> Clause:
    clause, start, end = segments[0].clause, segments[0].start, segments[-1].end
    text = clause.text[start:end].rstrip()
    return replace(clause, text=text, words=telling_words(text))


def _restate(main: Sequence[Clause], added: Sequence[Clause]) -> tuple[dict[int, Correction], list[Clause]]:
    """By place in `main` the words that what adds to the fact replaces, and what says no more than that."""
    corrections: dict[int, Correction] = {}
    absorbed = []
    for at, clause in enumerate(main):
        for later in added:
            change = None if at in corrections else changes.restated_by(clause, later)
            if change:
                corrections[at] = change
                absorbed.append(later)
        if at in corrections:
            absorbed += [later for later in added if changes.recalls(later, clause, corrections[at])]
    return corrections, absorbed


def _brings_something(clause: Clause) -> bool:
    """Whether it adds a figure or a date; chat without them is worth a citation, not worth reading."""
    return bool(clause.figures or clause.dates)


def _subject(told: Sequence[Clause]) -> Clause | None:
    """The clause that says what the fact is about, where its own words only point back to it."""
    first = min(told, key=lambda clause: clause.place)
    if not first.points_back and len(first.words) > _FEW:
        return None
    before = first.question or (first.before if first.points_back else None)
    return before if before and before not in told and len(before.text.split()) > 2 else None


def _as_left_out(text: str) -> str:
    """An exclusion whose words do not say so gets told as one."""
    return text if _LEAVES_OUT.search(text) else f"Not included: {text[:1].lower()}{text[1:]}"


def _due(clauses: Sequence[Clause], kind: Kind) -> date | None:
    """By when, or when: the last that is said of it, and in one clause the date after "by" if there is one."""
    if kind not in {Kind.DEPENDENCY, Kind.MILESTONE, Kind.SUCCESS_METRIC}:
        return None
    return next((due for clause in reversed(clauses) if (due := _due_of(clause, kind))), None)


def _due_of(clause: Clause, kind: Kind) -> date | None:
    found = [each for each in clause.dates if not _AWAY.search(clause.text[max(0, each.start - 40) : each.start])]
    if kind is Kind.SUCCESS_METRIC:
        found = [each for each in found if _firm(each, clause.text)]
    by = [each for each in found if _BY.search(clause.text[max(0, each.start - 25) : each.start])]
    if kind is Kind.MILESTONE and _CONDITION.match(clause.text):
        found.reverse()
    return (by[-1] if by else found[0]).date if found else None


def _firm(found: FoundDate, text: str) -> bool:
    """Whether it is more than the name of a weekday, which in a metric mostly means each such day."""
    return not text[found.start : found.end].lower().endswith("day")


def _from_to(clauses: Sequence[Clause]) -> tuple[str | None, str | None]:
    """Where a metric stands and where it shall stand, in the words of the thread."""
    baseline = target = None
    for clause in clauses:
        for figure in clause.figures:
            words = clause.text[figure.start : figure.end]
            if _GOAL.search(clause.text[max(0, figure.start - 30) : figure.start]):
                target = target or words
            elif _TODAY.search(clause.text[max(0, figure.start - 40) : figure.end + 20]):
                baseline = baseline or words
    return baseline, target
