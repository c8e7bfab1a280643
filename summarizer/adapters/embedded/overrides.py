"""What still stands at the end of a thread: later messages change claims, replace them, or take them back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from summarizer.adapters.embedded.changes import (
    Correction,
    changed_numbers,
    moved_dates,
    restated_spans,
    same_span_differs,
)
from summarizer.adapters.embedded.clauses import Clause
from summarizer.items import Kind

_PER_UNIT = re.compile(
    r"\b(?:per|each|a (?:day|week|month|year|van|user|seat|word|head)|an hour|late|penalt|deduct|over|anything)\b",
    re.IGNORECASE,
)
_OF_A_LIST = re.compile(r"\b(?:item|point|number|letter) \(?(\w{1,3})\)?(?=\W|$)", re.IGNORECASE)
_REFUSAL = re.compile(r"^(?:no|nope|leave (?:it|that) out|drop (?:it|that)|not needed|skip)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:do|does|will|would|shall|can) ?not\b|n['’]t\b|\bno (?:more )?\w+", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:fee|price|fixed|ceiling|capp?(?:ed)?|total|everything|for (?:the lot|all)|agreed|all in|budget|vat|land at|"
    r"sum|sign|proposal|quote|offer)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\d|\b(?:days?|weeks?|months?|years?)\b", re.IGNORECASE)
RARE = 8
"""A word that this many clauses use tells a claim from others."""


@dataclass(frozen=True)
class Overrides:
    """What the thread's last word is."""

    dropped: frozenset[int]
    """Numbers of the passages whose claim no longer stands."""
    corrected: dict[int, tuple[Correction, ...]]
    """By number of the passage: what has changed in a claim that otherwise stands."""
    absorbed: frozenset[int]
    """Numbers of passages that say no more than such a change."""


def find(clauses: Sequence[Clause]) -> Overrides:
    """Compare each claim with what is said later."""
    changes: dict[int, dict[tuple[int, int], Correction]] = defaultdict(dict)
    for number, change in (*changed_numbers(clauses), *restated_spans(clauses), *moved_dates(clauses)):
        changes[number][change.start, change.end] = change
    by_number = {clause.number: clause for clause in clauses}
    dropped = {*_taken_back(clauses), *_old_terms(clauses), *_same_message(changes, by_number)}
    kept = {number: tuple(each.values()) for number, each in changes.items() if number not in dropped}
    absorbed = {change.clause.number for each in kept.values() for change in each if _says_no_more(change)}
    return Overrides(frozenset(dropped), kept, frozenset(absorbed))


def refuses(clause: Clause) -> bool:
    """Whether an answer says no to a proposal that is quoted above it."""
    question = clause.question
    if question is None or not _REFUSAL.match(clause.text):
        return False
    return question.passage.item or question.kind is Kind.SCOPE


def listed_as(clause: Clause, clauses: Sequence[Clause]) -> Clause | None:
    """The entry of an earlier list that the clause names by its number, as in "item 5"; `None` when it names none."""
    named = {match[1].lower() for match in _OF_A_LIST.finditer(clause.text)}
    earlier = [other for other in clauses[: clause.place] if other.marker in named]
    return earlier[-1] if earlier and named else None


def _says_no_more(change: Correction) -> bool:
    """Whether the later clause says little beside the change."""
    return change.clause.kind in {Kind.SCOPE, Kind.MILESTONE, None} and len(change.clause.text.split()) <= 14


def _same_message(changes: dict[int, dict[tuple[int, int], Correction]], by_number: dict[int, Clause]) -> Iterator[int]:
    """Claims that are changed in the message that makes them only recall what was said before."""
    for number, each in changes.items():
        if any(change.clause.message == by_number[number].message for change in each.values()):
            yield number


def _old_terms(clauses: Sequence[Clause]) -> Iterator[int]:
    """Prices and periods that a later message replaces by another."""
    terms = [clause for clause in clauses if clause.kind in {Kind.OBLIGATION, Kind.SCOPE}]
    for of in (_total, _rate):
        priced = [(clause, price) for clause in terms if (price := of(clause))]
        for clause, price in priced[:-1]:
            last, final = priced[-1]
            if clause.message != last.message and price[0] == final[0] and _replaces(price[1], final[1]):
                yield clause.number
    timed = [clause for clause in terms if clause.kind is Kind.OBLIGATION and _PERIOD.search(clause.text)]
    for place, clause in enumerate(timed):
        if any(each.message != clause.message and same_span_differs(clause, each) for each in timed[place + 1 :]):
            yield clause.number


def _replaces(old: Decimal, new: Decimal) -> bool:
    """Whether both can be the price of the same thing: neither the same nor far apart."""
    return old != new and old <= new * 4 and new <= old * 4


def _total(clause: Clause) -> tuple[str, Decimal] | None:
    """The largest amount of a clause that speaks of a price as a whole; `None` when it does not."""
    amounts = _amounts(clause)
    if not amounts or _PER_UNIT.search(clause.text) or not _WHOLE.search(clause.text):
        return None
    return "", max(amounts)


def _rate(clause: Clause) -> tuple[str, Decimal] | None:
    """The first price per something, told by the last word of "per French word"."""
    unit = re.search(r"\bper (?:\w+ )??(\w+)(?=[,.;)]|$| instead| and)", clause.text, re.IGNORECASE)
    amounts = _amounts(clause)
    return (unit[1].lower(), amounts[0]) if unit and amounts else None


def _amounts(clause: Clause) -> list[Decimal]:
    return [max(figure.values) for figure in clause.figures if len(figure.unit) == 3]


def _taken_back(clauses: Sequence[Clause]) -> Iterator[int]:
    """Claims that are taken back: by a refusing answer, by the list's number, or by their telling words."""
    users: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        for word in clause.words:
            users[word].append(clause)
    for refusal in clauses:
        if refusal.question and refuses(refusal):
            yield refusal.question.number
        if refusal.kind is Kind.EXCLUSION or refuses(refusal):
            entry = listed_as(refusal, clauses)
            yield from [entry.number] if entry else []
            yield from _about(refusal, [users[word] for word in refusal.words if len(users[word]) <= RARE], most=16)
        elif refusal.kind is not None and _NEGATION.search(refusal.text):
            rare = [users[word] for word in refusal.words if len(users[word]) <= 2]
            others = [[each for each in use if each.passage.sender != refusal.passage.sender] for use in rare]
            yield from _about(refusal, others, most=8)


def _about(refusal: Clause, users: Sequence[Sequence[Clause]], *, most: int) -> Iterator[int]:
    """Earlier claims of at most so many words of which every third telling word is among those."""
    shared = Counter(clause.number for each in users for clause in each)
    claims = {clause.number: clause for each in users for clause in each}
    for number, claim in claims.items():
        earlier = claim.place < refusal.place and claim.message != refusal.message
        short = claim.kind is not Kind.EXCLUSION and len(claim.text.split()) <= most
        if earlier and short and shared[number] * 3 >= len(claim.words):
            yield number
