"""Sorted clauses to candidates: which claims stand, what they rest on, who owes them and by when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.adapters.embedded import overrides, wording
from summarizer.adapters.embedded.changes import Correction
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.people import Directory
from summarizer.dates import FoundDate, find_dates
from summarizer.items import Kind
from summarizer.ports import Candidate

_HOW_MANY = re.compile(
    r"^how (?:many|much) (?P<what>.+?) (?:should|shall|do|will|would|must) (?:we|you|they|I) (?P<act>[a-z]+)",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|until|till|before|no later than|ready|here)\s+(?:the\s+|about\s+)?$", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)
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
_OPEN_WITHIN = 3
"""How many clauses back the subject of an open question is looked for."""


@dataclass(frozen=True)
class Thread:
    """All that a proposal is made from."""

    clauses: Sequence[Clause]
    changes: overrides.Overrides
    directory: Directory
    vendor: str | None


def candidates(thread: Thread) -> Iterator[Candidate]:
    """What still stands at the end of the thread, in the order of time."""
    proposed = _proposed(thread)
    followers = {clause.before.number: clause for clause in thread.clauses if clause.before}
    for clause in thread.clauses:
        if overrides.refuses(clause):
            yield _refused(clause)
        elif number := _how_many(clause):
            yield number
        elif clause.number in proposed and not _repeats_what_it_points_to(clause, proposed):
            yield _candidate(clause, thread, followers.get(clause.number))


def _proposed(thread: Thread) -> set[int]:
    """Numbers of the clauses that stand, without those that only correct one that does."""
    changes = thread.changes
    standing = {clause.number for clause in thread.clauses if clause.kind and clause.number not in changes.dropped}
    absorbing = {
        change.clause.number for number, each in changes.corrected.items() for change in each if number in standing
    }
    return standing - (changes.absorbed & absorbing)


def _repeats_what_it_points_to(clause: Clause, proposed: set[int]) -> bool:
    """Whether the clause only goes on about the one before, which is proposed itself."""
    return clause.points_back and clause.before is not None and clause.before.number in proposed


def _refused(clause: Clause) -> Candidate:
    """A "no" below a quoted proposal: the proposal is out."""
    question = clause.question or clause
    text = wording.bullet(question, kind=Kind.EXCLUSION)
    return Candidate(Kind.EXCLUSION, f"Not included: {text[:1].lower()}{text[1:]}", (question.number, clause.number))


def _how_many(clause: Clause) -> Candidate | None:
    """A number below a quoted "how many": both together say how much is done."""
    asked = _HOW_MANY.match(clause.question.text) if clause.question else None
    figures = clause.figures
    if not asked or not clause.question or len(figures) != 1 or len(clause.text.split()) > 8:
        return None
    number = clause.text[figures[0].start : figures[0].end].lower()
    text = f"{asked['act'].capitalize()} {number} {asked['what']}"
    return Candidate(Kind.SCOPE, text, (clause.question.number, clause.number))


def _candidate(clause: Clause, thread: Thread, follower: Clause | None) -> Candidate:
    kind = clause.kind or Kind.SCOPE
    changes = thread.changes.corrected.get(clause.number, ())
    subject = _subject(clause, kind, thread)
    remark = follower if follower and follower.points_back and _adds_a_date(clause, follower) else None
    told = [each for each in (subject, clause, remark) if each]
    owner = thread.directory.owner(clause) if kind is Kind.DEPENDENCY else None
    lines = [
        wording.bullet(
            each, kind=kind, owner=owner, vendor=thread.vendor, corrections=changes if each is clause else ()
        )
        for each in told
    ]
    baseline, target = _from_to(clause) if kind is Kind.SUCCESS_METRIC else (None, None)
    cite = [each.number for each in told] + [change.clause.number for change in changes]
    return Candidate(
        kind,
        wording.shortened(". ".join(lines).replace("?.", "?")),
        tuple(dict.fromkeys(cite)),
        owner=owner,
        due=_due(clause, kind, changes) or (_due(remark, kind, ()) if remark else None),
        baseline=baseline,
        target=target,
    )


def _adds_a_date(clause: Clause, follower: Clause) -> bool:
    dates = follower.dates
    return bool(dates) and not clause.dates


def _subject(clause: Clause, kind: Kind, thread: Thread) -> Clause | None:
    """The clause that says what this one is about, where it only points back; greetings are about nothing."""
    if kind is Kind.EXCLUSION and (entry := overrides.listed_as(clause, thread.clauses)):
        return entry
    if kind is Kind.OPEN_QUESTION and not clause.text.endswith("?") and "??" not in clause.text:
        return _left_open(clause, thread)
    thin = kind is Kind.EXCLUSION and len(clause.words) < 2 and clause.before and clause.before.kind is None
    before = clause.before if clause.points_back or thin else None
    return before if before and len(before.text.split()) > 3 else None


def _left_open(clause: Clause, thread: Thread) -> Clause | None:
    """The question that stays open: the one it answers, one just before, or the last that is about the same."""
    if clause.question and clause.question.text.endswith("?"):
        return clause.question
    context = clause.words | (clause.before.words if clause.before else frozenset())
    asked = [other for other in thread.clauses[: clause.place] if other.text.rstrip().endswith("?")]
    near = [other for other in asked if other.message == clause.message and clause.place - other.place <= _OPEN_WITHIN]
    akin = [other for other in asked[-30:] if len(other.words & context) >= 2]
    last = _message_before(clause, thread)
    choice = [other for other in asked if other.message == last and _CHOICE.search(other.text)]
    if near or akin or choice:
        return (near or akin or choice)[-1]
    return clause.before if clause.points_back or len(clause.words) < 3 else None


def _message_before(clause: Clause, thread: Thread) -> int | None:
    """Number of the message right before the clause's own."""
    earlier = (thread.clauses[place].message for place in range(clause.place - 1, -1, -1))
    return next((message for message in earlier if message != clause.message), None)


def _due(clause: Clause, kind: Kind, changes: Sequence[Correction]) -> date | None:
    """By when, or when; the date after "by" if there is one."""
    if kind not in {Kind.DEPENDENCY, Kind.MILESTONE, Kind.SUCCESS_METRIC}:
        return None
    for change in changes:
        moved = find_dates(change.by, sent=change.clause.sent)
        if moved:
            return moved[0].date
    found = [each for each in clause.dates if kind is not Kind.SUCCESS_METRIC or _firm(each, clause.text)]
    by = [each for each in found if _BY.search(clause.text[max(0, each.start - 25) : each.start])]
    if kind is Kind.MILESTONE and _CONDITION.match(clause.text):
        found.reverse()
    return (by or found)[0].date if found else None


def _firm(found: FoundDate, text: str) -> bool:
    """Whether it is more than the name of a weekday, which in a metric mostly means each such day."""
    return not text[found.start : found.end].lower().endswith("day")


def _from_to(clause: Clause) -> tuple[str | None, str | None]:
    """Where a metric stands and where it shall stand, in the words of the clause."""
    baseline = target = None
    for figure in clause.figures:
        words = clause.text[figure.start : figure.end]
        if _GOAL.search(clause.text[max(0, figure.start - 30) : figure.start]):
            target = target or words
        elif _TODAY.search(clause.text[max(0, figure.start - 40) : figure.end + 20]):
            baseline = baseline or words
    return baseline, target
