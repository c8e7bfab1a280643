"""Facts to candidates: what is said, what it rests on, who owes it and by when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.adapters.embedded import owing, wording
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.facts import Fact
from summarizer.adapters.embedded.parts import parts_of
from summarizer.adapters.embedded.people import Directory
from summarizer.adapters.embedded.segments import clauses_of
from summarizer.date_words import MONTH_WORDS
from summarizer.dates import FoundDate, find_dates
from summarizer.items import Kind
from summarizer.ports import Candidate

_BY = re.compile(r"\b(?:by|until|till?|before|no later than|ready|here)\s+(?:the\s+|about\s+)?$", re.IGNORECASE)
_MONTH = re.compile(rf"(?<![^\W\d_])(?:{MONTH_WORDS})(?![^\W\d_])|\d[./-]\d", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:on (?:\w+ )?(?:leave|holidays?|vacation)|away|out of (?:the )?office|in \w+ duty|"
    r"(?:am|is|are|be|i['’]m|s?he['’]s) (?:off|back))\b[^.;:,]{0,20}$",
    re.IGNORECASE,
)
"""Before a date on which somebody is absent or comes back: nothing is due then."""
_WILL_NOT_DO = re.compile(
    r"\s*(?:(?:doesn['’]t|does not|won['’]t|will not|can['’]t|cannot|wouldn['’]t) (?:be|do|go|suit|work)|(?:is|was) "
    r"(?:impossible|no good|no use|not possible|out|too (?:early|late|soon)))\b",
    re.IGNORECASE,
)
"""Behind a date that somebody refuses."""
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


@dataclass(frozen=True)
class Thread:
    """What a proposal is made from beside its fact."""

    directory: Directory
    vendor: str | None


def candidates(facts: Sequence[Fact], thread: Thread) -> Iterator[Candidate]:
    """One candidate a fact, in the order of time; none for a stray "as agreed", of which no bullet is left."""
    made = (_candidate(fact, thread) for fact in facts)
    yield from (each for each in made if each.text)


def _candidate(fact: Fact, thread: Thread) -> Candidate:
    own, added = clauses_of(fact.segments), clauses_of(fact.supports)
    parts = parts_of(fact, own, added)
    told = [part.clause for part in parts if part.is_told]
    absorbed = [part.clause for part in parts if not part.is_told]
    owed = owing.owner(told, thread.directory) if fact.kind is Kind.DEPENDENCY else None
    owner = owed.name if owed else None
    lines = [
        wording.bullet(part.clause, kind=fact.kind, owner=owner, vendor=thread.vendor, correction=part.correction)
        for part in parts
        if part.is_told
    ]
    text = "; ".join(line for line in lines if line).replace("?;", "?")
    baseline, target = _from_to(told) if fact.kind is Kind.SUCCESS_METRIC else (None, None)
    cite = [own[0].number, *(clause.number for clause in (*told, *absorbed))]
    cite += [clause.month.number for clause in (*own, *added) if clause.month and clause.month_is_needed]
    cite += [owed.passage] if owed and owed.passage else []
    text = wording.shortened(_as_left_out(text) if text and fact.kind is Kind.EXCLUSION else text)
    return Candidate(
        fact.kind,
        text,
        tuple(dict.fromkeys(cite)),
        owner=owner,
        due=_due([*own, *added], fact.kind, text),
        baseline=baseline,
        target=target,
        confidence=round(fact.confidence, 3),
    )


def _as_left_out(text: str) -> str:
    """An exclusion whose words do not say so gets told as one."""
    return text if _LEAVES_OUT.search(text) else f"Not included: {text[:1].lower()}{text[1:]}"


def _due(clauses: Sequence[Clause], kind: Kind, told: str) -> date | None:
    """By when, or when: the last that is said of it, rather one that is told than one of what only goes with it.

    Of one clause it is the date after "by" if there is one.
    """
    if kind not in {Kind.DEPENDENCY, Kind.MILESTONE, Kind.SUCCESS_METRIC}:
        return None
    found = [each for clause in reversed(clauses) if (each := _due_of(clause, kind))]
    days = {each.date for each in find_dates(told)}
    due, alone = next((each for each in found if each[0] in days), found[0] if found else (None, False))
    if due and alone:
        full = (each for clause in clauses for each in clause.dates if not _is_alone(each, clause.text))
        return next((each.date for each in full if each.date.day == due.day), due)
    return due


def _is_alone(found: FoundDate, text: str) -> bool:
    """Whether it is a day without its month, which another clause of the same fact may tell."""
    return not _MONTH.search(text, found.start, found.end)


def _due_of(clause: Clause, kind: Kind) -> tuple[date, bool] | None:
    """The day, and whether its month is not said."""
    found = [
        each
        for each in clause.dates
        if not _AWAY.search(clause.text[max(0, each.start - 40) : each.start])
        and not _WILL_NOT_DO.match(clause.text[each.end :])
    ]
    if kind is Kind.SUCCESS_METRIC:
        found = [each for each in found if _firm(each, clause.text)]
    by = [each for each in found if _BY.search(clause.text[max(0, each.start - 25) : each.start])]
    if kind is Kind.MILESTONE and _CONDITION.match(clause.text):
        found.reverse()
    if not found:
        return None
    due = by[-1] if by else found[0]
    return due.date, _is_alone(due, clause.text)


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
