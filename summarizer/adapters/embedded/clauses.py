"""Passages as the rules see them: cleaned of markers and greetings, with the question they answer, in order of time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

from summarizer import cues
from summarizer.dates import FoundDate, find_dates, month_named_last
from summarizer.figures import Figure, find_figures
from summarizer.items import Kind, Side
from summarizer.ports import Brief, NumberedPassage

_MARKER = re.compile(
    r"^\s*(?:>\s*)*(?:[-*+•–]\s+|\((?P<a>\w{1,4})\)\s*|(?P<b>\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"^(?:(?:and|but|so|please) )?(?:(?:it|they|them|those|these|that|this|he|she|both)\b(?! (?:week|month|year|"
    r"phase|friday))"
    r"|(?:do not|don['’]t|won['’]t) \w+ (?:it|them|that|those)\b|i (?:intend|promise|expect)\b|there (?:are|"
    r"is) to be\b"
    r"|we have not\b|(?:i|we) (?:can['’]t|cannot)\b|i am not able\b|not (?:yet|sure)\b|undecided\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?!no )\w+ needs? (?!to (?:know|ask))|\bfrom (?:you|your side|the client)\b|\bbefore (?:that|"
    r"we (?:can|start))"
    r"|\bhomework\b|\bask of you\b|\bprerequisites?\b|\byour (?:part|tasks?)\b|\bclient (?:to provide|tasks?)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\b(?:includes?|included|propose|offer|deliver(?:ables)?|in scope|scope|package|you(?:['’]ll| will)? get|"
    r"(?:i|we)['’]d like|we (?:want|would like)|in (?:outline|short)|on top of)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_COMMON = frozenset(
    "about above after again also another answer anything because been before being below both came come comes "
    "could days does doing done down each else every everything first five four from full getting gets give goes "
    "going good have having here hers himself into itself just keep kind know last later least like line list "
    "little long look made make makes many mine more most much must need needed needs never next nine none "
    "nothing number once only other others ours over part people please point question really right said same "
    "send sends seven shall should since some somebody something soon still such sure take takes than that their "
    "theirs them then there these they thing things think this those three time today tomorrow twelve until upon "
    "very want wanted wants well went were what when where whether which while whole whom whose will with within "
    "without work would write year years your yours month months week weeks hour hours before they're we're don't "
    "isn't it's that's there's we'll i'll you'll we'd you'd can't won't let's january february march april june "
    "july august september october november december monday tuesday wednesday thursday friday saturday sunday".split()
)


LONGEST = 2_000
"""Characters of a passage that are looked at."""
_INTERJECTION = 3
"""Words up to which a clause may be no more than "Yes, please"."""
_ANY_DAY = date(2000, 1, 1)
_STILL_MEANT = 4
"""Clauses behind one that names a month, in which a day alone is mostly of that month."""


@dataclass(frozen=True)
class Month:
    """A month that a passage names."""

    day: date
    """Some day of it."""
    number: int
    """Of the passage."""
    place: int
    """Of the passage in the order of time."""


@dataclass
class Clause:
    """One passage, ready to be sorted."""

    passage: NumberedPassage
    text: str
    """In one line, without its list marker."""
    marker: str | None
    """What numbers it in its list ("5", "c"); `None` when nothing does."""
    place: int
    """From 0, in the order of time: later messages are behind earlier ones."""
    question: "Clause | None" = None
    """What it answers: quoted right above it, or asked at the end of the message before."""
    before: "Clause | None" = None
    """The clause before it in the same message."""
    month: "Month | None" = None
    """The month that was named last before it, shortly before."""
    lead: str = ""
    """The clause that leads the list in which it stands; empty outside of lists."""
    kind: Kind | None = None
    words: frozenset[str] = field(default_factory=frozenset)
    """Its telling words, in singular."""

    @property
    def number(self) -> int:
        return self.passage.number

    @property
    def message(self) -> int:
        return self.passage.message

    @property
    def side(self) -> Side | None:
        return self.passage.side

    @property
    def sent(self) -> date | None:
        return self.passage.sent.date() if self.passage.sent else self.passage.day

    @cached_property
    def dates(self) -> list[FoundDate]:
        """The dates it gives, resolved by the day of its message, and days alone by the month that was named last."""
        return self.dates_of(self.text)

    def dates_of(self, text: str) -> list[FoundDate]:
        """The dates of a text that says what the clause says."""
        near = self.month.day if self.month else None
        return find_dates(text, sent=self.sent, near=near, month_first=bool(self.passage.month_first))

    @property
    def month_is_needed(self) -> bool:
        """Whether a day alone gets its month from another passage."""
        elsewhere = self.month is not None and self.month.number != self.number
        return elsewhere and self.dates != find_dates(
            self.text, sent=self.sent, month_first=bool(self.passage.month_first)
        )

    @cached_property
    def figures(self) -> list[Figure]:
        """The numbers it gives, those within dates left out."""
        loose = self.dates if self.sent else find_dates(self.text, sent=_ANY_DAY)
        return [
            figure
            for figure in find_figures(self.text)
            if not any(each.start < figure.end and figure.start < each.end for each in loose)
        ]

    @cached_property
    def points_back(self) -> bool:
        """Whether only the clause before says what it is about."""
        return len(self.text.split()) <= 14 and bool(_POINTS_BACK.match(self.text))


def sort(clause: Clause) -> Kind | None:
    """The kind of a clause; `None` for what is no fact of the scope. A trained head may replace this function."""
    if not clause.words and not clause.figures and not clause.points_back:
        return None
    listed = clause.passage.item and bool(clause.words) and len(clause.text.split()) > 2
    question = clause.question.text if clause.question else None
    kind = cues.looks_like(clause.text, side=clause.side, question=question, listed=listed)
    return _told_by_the_list(clause, kind) if listed and kind in {None, Kind.SCOPE} else kind


def _told_by_the_list(clause: Clause, kind: Kind | None) -> Kind | None:
    """What the words above a list make of its entries: "we need from you:", "the price includes:"."""
    if clause.text.endswith("?"):
        return kind
    if clause.side is not Side.CLIENT and _ASKS.search(clause.lead):
        return Kind.DEPENDENCY
    return Kind.SCOPE if _OFFERS.search(clause.lead) else kind


def read(brief: Brief) -> list[Clause]:
    """The passages as sorted clauses, oldest message first."""
    clauses = [_clause(passage) for passage in _by_time(brief.passages)]
    by_number = {clause.number: clause for clause in clauses}
    previous: Clause | None = None
    month: Month | None = None
    for place, clause in enumerate(clauses):
        clause.place = place
        clause.month = month if month and place - month.place <= _STILL_MEANT else None
        clause.before = previous if previous and previous.message == clause.message else None
        clause.question = _asked(by_number.get(clause.passage.answers or 0)) or _asked_just_before(clause, previous)
        clause.lead = _lead(clause)
        clause.kind = sort(clause)
        month = month_told(clause, clause.text) or month
        previous = clause
    return clauses


def month_told(clause: Clause, text: str) -> Month | None:
    """The month that the clause has named last at the end of the text, a part of its own."""
    near = clause.month.day if clause.month else None
    last = partial(month_named_last, text, sent=clause.sent, month_first=bool(clause.passage.month_first))
    day = last(near=None)
    if day is None and (day := last(near=near)) == near:
        return clause.month
    return Month(day, clause.number, clause.place) if day else None


def _lead(clause: Clause) -> str:
    before = clause.before
    if not clause.passage.item or before is None:
        return ""
    return before.lead if before.passage.item else before.text


def _asked(quoted: Clause | None) -> Clause | None:
    """What is asked, where the quotation ends with a remark: "How many? I assumed five." """
    if quoted and quoted.before and not quoted.text.endswith("?") and quoted.before.text.endswith("?"):
        return quoted.before
    return quoted


def _asked_just_before(clause: Clause, previous: Clause | None) -> Clause | None:
    """The question that ended the message before, for the first clause of an answer and those behind a bare "Yes."."""
    if previous is None or clause.passage.answers:
        return None
    if previous.message == clause.message:
        return previous.question if len(previous.text.split()) <= _INTERJECTION else None
    return previous if previous.text.endswith("?") else None


def telling_words(text: str) -> frozenset[str]:
    """The words that carry meaning, in lower case and singular."""
    words = (match.group().lower().replace("’s", "").replace("'s", "") for match in _WORD.finditer(text))
    return frozenset(singular(word) for word in words if len(word) > 3 and word not in _COMMON)


def singular(word: str) -> str:
    """A rough singular: "lorries" to "lorry", "dashboards" to "dashboard"."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _by_time(passages: Sequence[NumberedPassage]) -> list[NumberedPassage]:
    """Oldest message first; as given when some message has no date, stable where two have the same."""
    if any(passage.sent is None for passage in passages):
        return list(passages)
    return sorted(passages, key=_moment)


def _moment(passage: NumberedPassage) -> tuple[int, ...]:
    """Clock time as written: messages of one thread seldom say their zone, and cannot be compared by it."""
    return tuple(passage.sent.timetuple()[:6]) if passage.sent else ()


def _clause(passage: NumberedPassage) -> Clause:
    flat = " ".join(passage.text[:LONGEST].split())
    marker = _MARKER.match(flat)
    text = flat[marker.end() :] if marker else flat
    name = (marker["a"] or marker["b"]) if marker else None
    return Clause(passage, text, name.lower() if name else None, place=0, words=telling_words(text))
