"""What a later clause of the same fact makes of an earlier one's number or date: "58 panels", then "62, not 58"."""

import re

from summarizer.adapters.embedded.changes import Correction, counts
from summarizer.adapters.embedded.clauses import Clause, singular, telling_words
from summarizer.dates import FoundDate
from summarizer.figures import Figure

_LEAD = re.compile(
    r"\W*(?:(?:so|then|now|well|ok|okay|yes|yeah|no|fine|right|and|but|just|only|actually|sorry|finally|rather|agreed|"
    r"make (?:it|that)(?: every)?|make|call it|let(?:['’]s| us) (?:say|make it|do)|say|do|"
    r"(?:we|there|they)(?:['’]re| are)|(?:it|that)(?:['’]s| is| must be| should be| has to be| will be)|"
    r"(?:(?:he|she|they|we) )?(?:accepted|settled (?:on|at|for))|(?:reduced|cut|down|up|raised) to)\b\W*)*",
    re.IGNORECASE,
)
"""Wider than what `changes` takes for a bare number: that feeds features, with which the shipped reader has learnt."""
_TRAIL = re.compile(
    r"\W*(?:(?:it is|it stays|then|now|please|instead|only|(?:in )?total|all in|final|will do|"
    r"is (?:enough|fine))\b\W*)*",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"\b(?:not|instead|rather|no longer|from|was|were|before|said)\b|n['’]t\b|→|->|=>", re.IGNORECASE
)
_TIME_UNIT = re.compile(r"[ -](minute|hour|day|week|month|year)s?\b", re.IGNORECASE)
_FEW_WORDS = 10
"""Words up to which a clause says no more than a date, or how many of something there are."""


def new_date(clause: Clause, later: Clause) -> Correction | None:
    """The clause's date gives way to the one of a later clause; `None` when it does not.

    The later one has the old date beside the new one, or is short, and the clause has no other date.
    """
    held, said = {each.date for each in clause.dates}, {each.date for each in later.dates}
    fresh = [each for each in later.dates if each.date not in held]
    recalled = [each for each in clause.dates if each.date in said]
    short = len(later.text.split()) <= _FEW_WORDS
    old = recalled or (clause.dates if short and len(clause.dates) == 1 else [])
    follows = later.place > clause.place
    return _correction(old[0], fresh[0], later) if follows and old and len(fresh) == 1 else None


def new_number(clause: Clause, later: Clause, *, only_measured: bool = False) -> Correction | None:
    """A number of the clause gives way to the one of a later clause; `None` when none does.

    The later one has the old number beside the new one ("62 panels now, not 58"), a number of the same thing, or a bare
    number ("So 12."). With `only_measured` that stands for no number that is bare itself.
    """
    old, new = clause.figures, later.figures
    fresh = [each for each in new if not _is_among(each, old)]
    if later.place <= clause.place or len(fresh) != 1:
        return None
    recalled = [each for each in old if _is_among(each, new) and _CONTRAST.search(later.text)]
    changed = recalled[:1] or _of_the_same(fresh[0], clause, later)
    if only_measured:
        changed = [each for each in changed if _thing(each, clause) or _unit(each, clause)]
    return _correction(changed[0], fresh[0], later) if len(changed) == 1 else None


def recalls(later: Clause, clause: Clause, change: Correction) -> bool:
    """Whether the later clause names no number but the one that no longer holds."""
    replaced = [figure for figure in clause.figures if figure.start == change.start]
    return bool(later.figures) and all(_is_among(figure, replaced) for figure in later.figures)


def says_no_more(later: Clause, clause: Clause, change: Correction) -> bool:
    """Whether all that the later clause says is the new number, and of what."""
    return telling_words(later.text.lower().replace(change.by.lower(), " ")) <= clause.words


def _is_among(figure: Figure, others: list[Figure]) -> bool:
    return any(figure.values & other.values for other in others)


def _of_the_same(fresh: Figure, clause: Clause, later: Clause) -> list[Figure]:
    """The clause's numbers that the fresh one may stand for: of the same thing, the same unit, or just the only one."""
    thing, unit = _thing(fresh, later), _unit(fresh, later)
    counted = {figure: _thing(figure, clause) for figure in clause.figures}
    if thing:
        return [figure for figure, other in counted.items() if other == thing]
    if _is_bare(fresh, later):
        alike = [figure for figure in clause.figures if not unit or _unit(figure, clause) == unit]
        return alike if len(alike) == 1 else [figure for figure in alike if counted[figure]]
    pronoun = later.text[fresh.start : fresh.end].lower() == "one"
    if unit or pronoun or len(later.figures) > 1 or len(later.text.split()) > _FEW_WORDS:
        return []
    named = {singular(word) for word in later.text.lower().split()}
    return [figure for figure, other in counted.items() if other in named]


def _thing(figure: Figure, clause: Clause) -> str | None:
    return next((count.thing for count in counts(clause) if count.figure == figure), None)


def _unit(figure: Figure, clause: Clause) -> str | None:
    """A currency, "%", or the "day" of "five days"; `None` for what is no measure of these."""
    spell = _TIME_UNIT.match(clause.text, figure.end)
    return figure.unit or (spell[1].lower() if spell else None)


def _is_bare(figure: Figure, clause: Clause) -> bool:
    """Whether the clause says the number, its unit, and nothing else."""
    spell = _TIME_UNIT.match(clause.text, figure.end)
    behind = clause.text[spell.end() if spell else figure.end :]
    return bool(_LEAD.fullmatch(clause.text[: figure.start]) and _TRAIL.fullmatch(behind))


def _correction(old: FoundDate | Figure, new: FoundDate | Figure, later: Clause) -> Correction:
    """A number in words that opens its clause loses its capital."""
    words = later.text[new.start : new.end]
    by = words[0].lower() + words[1:] if isinstance(new, Figure) and new.in_words else words
    return Correction(old.start, old.end, by, later)
