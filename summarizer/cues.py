"""Which words make a clause read like scope: how the embedded engine sorts, and how coverage looks again.

Each cue of the table adds its weight to a kind; a clause is of the heaviest kind, if that is heavy enough. Rules, not a
trained model: they know English only, and prefer to say nothing.
"""

import re
from collections import defaultdict

from summarizer.cue_table import CUES
from summarizer.cue_words import DATED, MACHINE, NOISE, TALK, Cue
from summarizer.dates import find_dates
from summarizer.figures import find_figures
from summarizer.items import Kind, Side

ENOUGH = 1.5
"""Weight from which a clause counts as a kind."""
UNKNOWN_SIDE = 0.75
"""How much a cue of one side counts when nobody knows who speaks."""
LONGEST = 2_000
"""Characters of a clause that are looked at."""


def looks_like(
    text: str, *, side: Side | None = None, question: str | None = None, listed: bool = False
) -> Kind | None:
    """What kind of item the clause reads like; `None` for small talk, wishes, asides and all that says too little.

    `side` is whose words they are, `question` what they answer, `listed` whether they are an entry of a list.

    >>> looks_like("Access windows: out of scope")
    <Kind.EXCLUSION: 'exclusion'>
    """
    return heaviest(weigh(text, side=side, question=question, listed=listed), enough=ENOUGH)


def heaviest(weights: dict[Kind, float], *, enough: float) -> Kind | None:
    """The kind that weighs most, the first in `Kind` on a tie; `None` when it weighs less than enough."""
    kind = max(Kind, key=lambda each: weights.get(each, 0.0))
    return kind if weights.get(kind, 0.0) >= enough else None


def weigh(
    text: str, *, side: Side | None = None, question: str | None = None, listed: bool = False
) -> dict[Kind, float]:
    """How much speaks for each kind; empty for small talk, wishes and asides."""
    clause = text.strip()[:LONGEST]
    if not clause or TALK.match(clause) or NOISE.search(clause) or MACHINE.search(clause):
        return {}
    features = _features(clause)
    weights = _sum(CUES, clause, side=side, features=features)
    if listed and not any(weight >= ENOUGH for kind, weight in weights.items() if kind is not Kind.SCOPE):
        weights = _sum(CUES, clause, side=side, features=features | {"listed"})
    if question is not None:
        for kind, weight in weigh(question).items():
            weights[kind] += weight / 2
    return _asked(clause, _without_money(weights, features))


def _sum(cues: tuple[Cue, ...], clause: str, *, side: Side | None, features: frozenset[str]) -> dict[Kind, float]:
    weights: dict[Kind, float] = defaultdict(float)
    for cue in cues:
        share = _share(cue, side)
        if share and cue.needs <= features and cue.pattern.search(clause):
            weights[cue.kind] += cue.weight * share
    return weights


def _share(cue: Cue, side: Side | None) -> float:
    if cue.side is None or cue.side is side:
        return 1.0
    return UNKNOWN_SIDE if side is None else 0.0


def _features(clause: str) -> frozenset[str]:
    figures = find_figures(clause)
    found = {
        "number": bool(figures),
        "money": any(len(figure.unit) == 3 for figure in figures),
        "date": bool(DATED.search(clause)) or bool(find_dates(clause)),
    }
    return frozenset(name for name, holds in found.items() if holds)


def _without_money(weights: dict[Kind, float], features: frozenset[str]) -> dict[Kind, float]:
    """An amount of money makes a price or a penalty, seldom a result that work is measured by."""
    if "money" in features:
        weights[Kind.SUCCESS_METRIC] -= 1.0
        weights[Kind.OBLIGATION] += 0.8
    return weights


def _asked(clause: str, weights: dict[Kind, float]) -> dict[Kind, float]:
    """A question settles nothing: it can ask for something, or be left open, and no more."""
    if not clause.rstrip(")\"' ").endswith("?"):
        return weights
    kept: dict[Kind, float] = {kind: weights.get(kind, 0.0) for kind in (Kind.DEPENDENCY, Kind.OPEN_QUESTION)}
    if re.search(r"\b(?:or|whether)\b", clause):
        kept[Kind.OPEN_QUESTION] += 0.8
    return kept
