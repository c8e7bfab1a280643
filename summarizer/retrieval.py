"""How a deal's words are looked for in past SOWs: what is compared, how two ways of looking are joined, what is shown.

One way counts words, the other compares meanings (`likeness`). docs/decisions/0007-hybrid-retrieval.md has the figures
behind the constants.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summarizer.matching import PASSED_OVER
from summarizer.sows import pieces

PASSAGE = 300
"""Characters that are compared at once, of the deal and of a section."""
MOST_PASSAGES = 6
ROOT = 6
"""Words that begin with the same so many letters count as related."""
LIKENESS = 0.4
"""What the best likeness weighs to a line, where the best match of words weighs 1."""
LEAST_LIKENESS = 0.4
"""Cosine of the shipped encoder below which a section without any word of what is looked for is not shown."""
MOST_OF_A_SOW = 3
"""Sections of one SOW in a list, as long as there are others."""
MOST_REASONS = 8

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Candidate:
    """A section, as both ways of looking see it; each figure is a share of the best one, from 0 to 1."""

    section: str
    sow: str
    words: float = 0.0
    """How well the section's words match."""
    whole: float = 0.0
    """How well those of its whole SOW do."""
    likeness: float = 0.0


def terms(text: str) -> Counter[str]:
    """What is counted: the words, and the roots of the longer ones, each behind a tilde.

    >>> sorted(terms("Migrate 2 databases"))
    ['2', 'databases', 'migrate', '~databa', '~migrat']
    """
    words = Counter(_WORD.findall(text.lower()))
    roots: Counter[str] = Counter()
    for word, count in words.items():
        if len(word) > ROOT:
            roots["~" + word[:ROOT]] += count
    return words + roots


def asked(text: str) -> dict[str, float]:
    """The terms of what is looked for with their weights: what is said often counts more, though not in proportion."""
    return {term: 1 + math.log(count) for term, count in terms(text).items()}


def passages(text: str) -> list[str]:
    """The text in passages; of too many, some spread evenly from its first to its last."""
    found = [text[start:end] for start, end in pieces(text, 0, len(text), longest=PASSAGE)]
    if len(found) <= MOST_PASSAGES:
        return found
    return [found[place * (len(found) - 1) // (MOST_PASSAGES - 1)] for place in range(MOST_PASSAGES)]


def share_of_sections(passages: int) -> float:
    """How much sections count, the rest being for whole SOWs, where so many passages are looked for.

    A line is looked for in sections. A long thread touches many topics, of which a section has one; so the more there
    is of it, the more it is whole SOWs that are compared.
    """
    return 1 / math.sqrt(passages)


def ranked(candidates: Iterable[Candidate], *, share: float) -> list[tuple[Candidate, float]]:
    """Best first, with a score of at most 1; sections count for this share, and their SOWs for the rest.

    Likeness counts by the cube of the share, so next to nothing in a long thread: a few passages of many say little.
    """
    weight = LIKENESS * share**3
    best = share * (1 + weight) + (1 - share)

    def score(each: Candidate) -> float:
        return (share * (each.words + weight * each.likeness) + (1 - share) * each.whole) / best

    return sorted(((each, score(each)) for each in candidates), key=lambda row: (-row[1], row[0].section))


def fits(shared: Iterable[str], cosine: float) -> bool:
    """Whether a section belongs into a list at all: it shares a word that tells something, or its meaning is near.

    >>> fits(["of"], 0.3), fits(["of"], 0.5), fits(["of", "~migrat"], 0.3)
    (False, True, True)
    """
    return cosine >= LEAST_LIKENESS or any(term not in PASSED_OVER for term in shared)


def diverse(rows: Sequence[tuple[Candidate, float]], *, most: int) -> list[tuple[Candidate, float]]:
    """The first `most`, few of them of one SOW; more of it only where the others do not fill the list."""
    seen: Counter[str] = Counter()
    first: list[tuple[Candidate, float]] = []
    rest: list[tuple[Candidate, float]] = []
    for row in rows:
        seen[row[0].sow] += 1
        (first if seen[row[0].sow] <= MOST_OF_A_SOW else rest).append(row)
    kept = [*first[:most], *rest[: max(0, most - len(first))]]
    return sorted(kept, key=lambda row: -row[1])


def reasons(matched: Mapping[str, float], text: str) -> tuple[str, ...]:
    """The words of the text that match these terms, as they are written in it, those that weigh most first.

    >>> reasons({"~migrat": 2.0, "data": 0.5}, "Data are migrated; data migration")
    ('migrated', 'migration', 'Data')
    """
    weights: dict[str, tuple[float, str]] = {}
    for word in _WORD.findall(text):
        lower = word.lower()
        weight = max(matched.get(lower, 0.0), matched.get("~" + lower[:ROOT], 0.0) if len(lower) > ROOT else 0.0)
        if weight > 0:
            weights.setdefault(lower, (weight, word))
    ordered = sorted(weights.values(), key=lambda row: -row[0])
    return tuple(word for _, word in ordered[:MOST_REASONS])
