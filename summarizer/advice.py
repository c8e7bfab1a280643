"""A second opinion on a claim, by a language model: how sure it is, and at which words it balks.

A small model says yes to most claims, and to those about one text more than to those about another. So it is also
asked about the claim without each word that the text does not say: where it is surer without a word, it balks at it.
A model that can be made to say the claim tells besides which of its tokens the text makes less likely than they are
without it (pointwise mutual information: Church and Hanks 1990).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import log, log1p
from statistics import fmean
from typing import Protocol

from summarizer.machine_words import addressing
from summarizer.support import (
    Opinion,
    Part,
    Signs,
    Support,
    SupportCheck,
    Text,
    Weights,
    negates,
    sentences,
    shipped_weights,
    stem,
    verdict_of,
)

_MOST_WORDS = 4
"""How many words of a claim are left out in turn; each costs one more question."""
_BALKS = 0.25
"""Log odds by which a model is surer without a word, from which on it is told that it balks at it."""
_LEAST = 3
"""How many tokens of a claim speak against it."""
_LONGEST = 8_000
"""Characters of a text that are shown to the model; of a longer one the sentences that are nearest to the claim."""
_GAP = "..."


class Adviser(Protocol):
    """A language model that answers whether every part of a claim is true according to a text."""

    @property
    def name(self) -> str:
        """Of the model."""

    def odds(self, claims: Sequence[str], text: str) -> list[float]:
        """Log odds of yes against no, for each claim. Raises EngineError."""

    def gains(self, claim: str, text: str) -> list[float] | None:
        """By how much the text raises the logarithm of the chance of each token of the claim, where it is said.

        `None` for a model that cannot be made to say it. Raises EngineError.
        """


@dataclass(frozen=True)
class AdvisedCheck:
    """A `SupportCheck` whose answers a model's opinion goes into."""

    check_alone: SupportCheck
    adviser: Adviser
    weights: Weights = field(default_factory=lambda: shipped_weights("advised"))
    weights_with_gains: Weights = field(default_factory=lambda: shipped_weights("retold"))

    def check(self, claim: str, text: str) -> Support:
        """Whether the text supports the claim. Raises EngineError when the model cannot be asked."""
        found = self.check_alone.check(claim, text)
        if found.sentence is None:
            return found
        parts, held = tuple(map(Part, sentences(claim))), Text(text)
        words = suspects(parts, held, found.unsaid)
        shown = excerpt(parts, held)
        whole, *without = self.adviser.odds([claim, *(_without(claim, word) for word in words)], shown)
        surer = dict(zip(words, (odds - whole for odds in without), strict=True))
        gains = self.adviser.gains(claim, shown)
        weights = self.weights_with_gains if gains else self.weights
        score = weights.score(advised_signs(found.score, whole, text, gains))
        balked = tuple(word for word in sorted(surer, key=lambda word: -surer[word]) if surer[word] >= _BALKS)
        opinion = Opinion(self.adviser.name, round(whole, 3), balked)
        return replace(
            found, score=round(score, 3), verdict=verdict_of(parts, held, score), local=found.score, opinion=opinion
        )


def advised_signs(score: float, odds: float, text: str, gains: Sequence[float] | None = None) -> Signs:
    """What goes into the score beside a model: the score without it as log odds, the model's, and how long the text is.

    Of a long text a model says yes less readily. Where it is known what the text does to the chance of each token of
    the claim, the mean of the least gains goes in too: a word that does not fit the text becomes less likely by it,
    whatever else it says of the claim.
    """
    held = min(max(score, 0.001), 0.999)
    signs = {"score alone": log(held / (1 - held)), "odds": odds, "words of the text": log1p(len(text.split()))}
    return signs | ({"least gains": fmean(sorted(gains)[:_LEAST])} if gains else {})


def suspects(claim: Sequence[Part], text: Text, unsaid: Sequence[str]) -> list[str]:
    """The words to leave out in turn: a no that the nearest sentence does not know, then what the text does not say."""
    nos = [
        word
        for part in claim
        if part.negated and not text.parts[text.nearest(part)[0]].negated
        for word in part.words
        if negates(word)
    ]
    said = " ".join(part.stretch.text for part in claim).lower()
    return list(dict.fromkeys([*nos, *(word for word in unsaid if word.lower() in said)]))[:_MOST_WORDS]


def _without(claim: str, word: str) -> str:
    return re.sub(rf"\s*(?<!\w){re.escape(word)}(?!\w)\s*", f" {_GAP} ", claim, count=1, flags=re.IGNORECASE).strip()


def excerpt(claim: Sequence[Part], text: Text, *, most: int = _LONGEST) -> str:
    """The text as a model may see it: without what addresses a machine, and no longer than `most` characters."""
    seen = _for_readers(text.whole)
    if len(seen) <= most:
        return seen
    held = Text(seen)
    kept = _nearest(frozenset(stem(word) for part in claim for word in part.telling), held, most)
    return "\n".join(held.parts[place].stretch.text for place in sorted(kept))


def _nearest(wanted: frozenset[str], text: Text, most: int) -> set[int]:
    """Places of the sentences that share most with what is wanted, each with those beside it, as far as they fit."""
    ranked = sorted(range(len(text.parts)), key=lambda place: -len(wanted & text.parts[place].stems))
    kept: set[int] = set()
    length = 0
    for near in (ranked_place + step for ranked_place in ranked for step in (0, 1, -1)):
        if near in kept or not 0 <= near < len(text.parts):
            continue
        length += len(text.parts[near].stretch.text) + 1
        if length > most:
            break
        kept.add(near)
    return kept


def _for_readers(text: str) -> str:
    orders = list(addressing(text))
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        if not any(start < at + len(line) and at < end for start, end in orders):
            lines.append(line)
        at += len(line)
    return "".join(lines)
