"""Numbers and dates of earlier claims that later messages change."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from summarizer.adapters.embedded.clauses import Clause, singular
from summarizer.figures import Figure
from summarizer.items import Kind

_TAIL = re.compile(r"\s+((?:[^\W\d_][\w'’-]*\s+){0,2}[^\W\d_][\w'’-]*)")
_STOPS = frozenset(
    "a an and are as at before by each every for from in is it of off on or our out per so than that the then "
    "they to until was we were which will with you during not now total around after who whom if".split()
)
_UNITS = frozenset(
    "second minute hour day week month year time people person percent per pm am o'clock working business more "
    "other thing point part phase metre meter kilometre mile euro pound dollar litre liter way grand thousand "
    "hundred million sec min question side line word page number half".split()
)
_SPANS = re.compile(r"\s*-?\s*(day|week|month|year|hour|minute)s?\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:other|remaining|first|last|extra|another|these|those|of the|which|started with)\s+$", re.IGNORECASE
)
_NOT = re.compile(
    r"\b(?:not|instead of|rather than|down from|up from|no longer|said|was|were)\s+(?:the\s+)?$", re.IGNORECASE
)
_MOVES = re.compile(
    r"\b(?:moves?|moved|moving|push(?:ed)?|postpone[ds]?|shift(?:ed|s)?|slip(?:s|ped)?|brought forward|new date|"
    r"instead|"
    r"now be|rather than|later than planned)\b",
    re.IGNORECASE,
)
_RESTATES = re.compile(
    r"^(?:(?:so|then|make (?:it|that)(?: every)?|we(?:['’]| a)re|it(?:['’]s| is| must be| should be| has to be|"
    r" will be)) )?"
    r"(?P<number>\w+(?:[.,]\d+)?)(?: (?:day|week|month|year|hour|minute)s?)?(?: it is| then| now)?[.!]?$",
    re.IGNORECASE,
)
_BACK = 3
"""How many clauses back the thing of a bare number is looked for."""


@dataclass(frozen=True)
class Count:
    """So many of something."""

    figure: Figure
    thing: str

    @property
    def value(self) -> Decimal:
        return max(self.figure.values)


@dataclass(frozen=True)
class Correction:
    """Words of an earlier clause that a later one replaces."""

    start: int
    end: int
    by: str
    """The words that stand in the later clause."""
    clause: Clause
    """The later one."""


Change = tuple[int, Correction]
"""Number of the passage whose words change, and how."""


def changed_numbers(clauses: Sequence[Clause]) -> Iterator[Change]:
    """For each thing of which there are so many: the last number replaces those of earlier messages."""
    stated: dict[str, list[tuple[Clause, Count]]] = defaultdict(list)
    for place, clause in enumerate(clauses):
        for count in (*counts(clause), *_restated(clauses, place)):
            stated[count.thing].append((clause, count))
    for mentions in stated.values():
        last, final = mentions[-1]
        for clause, count in mentions[:-1]:
            if clause.message != last.message and count.value != final.value:
                by = last.text[final.figure.start : final.figure.end].lower()
                yield clause.number, Correction(count.figure.start, count.figure.end, by, last)


def counts(clause: Clause) -> Iterator[Count]:
    """How many of what, as in "62 wall panels"; no measures of time or money, no dates."""
    for figure in clause.figures:
        tail = _TAIL.match(clause.text, figure.end)
        before = clause.text[max(0, figure.start - 30) : figure.start]
        if figure.unit or not tail or _ASIDE.search(before) or _NOT.search(before):
            continue
        thing = _thing(tail[1])
        if thing:
            yield Count(figure, thing)


def _thing(tail: str) -> str | None:
    words = []
    for word in tail.lower().split():
        if word in _STOPS:
            break
        words.append(singular(word))
    if not words or words[0] in _UNITS or words[-1] in _UNITS or len(words[-1]) < 4:
        return None
    return words[-1]


def _restated(clauses: Sequence[Clause], place: int) -> Iterator[Count]:
    """A number alone ("So 12.") counts what was counted last in the same message."""
    clause = clauses[place]
    bare = _RESTATES.match(clause.text)
    figures = clause.figures if bare else []
    if len(figures) != 1:
        return
    for earlier in reversed(clauses[max(0, place - _BACK) : place]):
        named = list(counts(earlier)) if earlier.message == clause.message else []
        if named:
            yield Count(figures[0], named[0].thing)
            return


def restated_spans(clauses: Sequence[Clause]) -> Iterator[Change]:
    """ "Ten years is more than we may keep. It must be six.": the number that an earlier claim shares gives way."""
    for clause in clauses:
        figures = clause.figures if clause.before and _RESTATES.match(clause.text) else []
        if len(figures) != 1:
            continue
        recent = [
            each for each in clauses[max(0, clause.place - _BACK) : clause.place] if each.message == clause.message
        ]
        spans = [span for each in recent for span in _spans(each)]
        words = frozenset(word for each in recent for word in each.words)
        for claim in clauses[: clause.place] if spans else ():
            shared = claim.words & words and claim.message != clause.message
            for figure, unit in _spans(claim) if shared else ():
                if any(figure.values & old.values and unit == old_unit for old, old_unit in spans):
                    by = clause.text[figures[0].start : figures[0].end].lower()
                    yield claim.number, Correction(figure.start, figure.end, by, clause)


def _spans(clause: Clause) -> Iterator[tuple[Figure, str]]:
    """The clause's measures of time, with their units."""
    for figure in clause.figures:
        unit = _SPANS.match(clause.text, figure.end)
        if unit:
            yield figure, unit[1].lower()


def same_span_differs(one: Clause, other: Clause) -> bool:
    """Whether both measure the time of the same thing ("12 months guarantee") differently."""
    if len(one.text.split()) > 14 or len(other.text.split()) > 14 or not one.words & other.words:
        return False
    mine, theirs = ({unit: figure.values for figure, unit in _spans(clause)} for clause in (one, other))
    return any(unit in theirs and not values & theirs[unit] for unit, values in mine.items())


def moved_dates(clauses: Sequence[Clause]) -> Iterator[Change]:
    """Dates of events that a later message moves, told by a word such as "moves"."""
    events = [clause for clause in clauses if clause.kind is Kind.MILESTONE and clause.sent]
    for mover in clauses:
        new = mover.dates if mover.sent and _MOVES.search(mover.text) else []
        for event in events if new else ():
            old = [each for each in event.dates if each.date != new[-1].date]
            if old and event.place < mover.place and _same_event(event, mover):
                by = mover.text[new[-1].start : new[-1].end]
                yield event.number, Correction(old[0].start, old[0].end, by, mover)


def _same_event(event: Clause, mover: Clause) -> bool:
    context, before = set(mover.words), mover.before
    for _ in range(2 if len(mover.words) < 2 else 0):
        context |= before.words if before else set()
        before = before.before if before else None
    phases = [_phases(event.text), _phases(mover.text)]
    return bool(event.words & context) and (not all(phases) or bool(phases[0] & phases[1]))


def _phases(text: str) -> set[str]:
    return set(re.findall(r"\b(?:phase|stage|part|wave) (\w+)", text.lower()))
