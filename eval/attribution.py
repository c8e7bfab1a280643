"""Who was named, on which side and in which role; and whose matched items got the right owner and date."""

import re
from collections import Counter

from eval.cases import Case, GoldStakeholder
from eval.matching import pairs
from eval.outcome import Drafted, Outcome
from summarizer.items import Kind, Stakeholder

_WORD = re.compile(r"[^\W_]+")
_LITTLE = frozenset({"the", "of", "and", "s", "a", "an", "in", "for", "at"})
OWNED = (Kind.DEPENDENCY, Kind.MILESTONE)
"""The kinds of which owner and date are looked at."""


def same_name(one: str, other: str) -> bool:
    """Whether all words of one stand in the other: a first name is enough.

    >>> same_name("Theo Lamb", "theo"), same_name("Ferrow's IT", "Ferrow IT"), same_name("Ann Lee", "Ann Roe")
    (True, True, False)
    """
    mine, theirs = _words(one), _words(other)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.lower())) - _LITTLE


def _named(gold: GoldStakeholder, person: Stakeholder) -> bool:
    return same_name(gold.name, person.name)


def people(case: Case, drafted: Drafted) -> Counter[str]:
    """Counts of stakeholders: found by name, and of those found, right in side and role."""
    gold, named = case.gold.stakeholders, drafted.stakeholders
    found = pairs(gold, named, _named)
    counts: Counter[str] = Counter({"people:gold": len(gold), "people:predicted": len(named), "people:hit": len(found)})
    for index, other in found.items():
        wanted, person = gold[index], named[other]
        counts["sides"] += wanted.side is not None
        counts["sides:right"] += wanted.side is not None and wanted.side == person.side
        counts["roles"] += wanted.role is not None
        counts["roles:right"] += bool(wanted.role and person.role and same_name(wanted.role, person.role))
    return counts


def owners_and_dates(case: Case, drafted: Drafted, outcome: Outcome) -> Counter[str]:
    """Counts of owners and dates of the matched dependencies and milestones: stated, given, right."""
    counts: Counter[str] = Counter()
    for index, other in outcome.matched.items():
        gold, item = case.gold.items[index], drafted.items[other]
        if gold.kind not in OWNED:
            continue
        counts["owners"] += gold.owner is not None
        counts["owners:given"] += item.owner is not None
        counts["owners:right"] += bool(gold.owner and item.owner and same_name(gold.owner, item.owner))
        counts["dues"] += gold.due is not None
        counts["dues:given"] += item.due is not None
        counts["dues:right"] += gold.due is not None and gold.due == item.due
    return counts
