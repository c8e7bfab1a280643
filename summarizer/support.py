"""Is this supported by that? A claim held against a text, sentence by sentence, with the words that decide it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from math import exp, log1p
from typing import Protocol

from summarizer.grounding import check as unsaid_facts
from summarizer.opposites import NEGATIONS, OPPOSITES

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+|\s\.\s")
_EMPTY = frozenset(
    "a an the and or but if so as of at by for with about into to from in on off over under again then than that this "
    "these those it its he she they them his her their i you we me my your our us is are was were be been being am do "
    "does did doing have has had having will would shall should can could may might must there here what which who "
    "whom when where why how all any both each few more most other some such only own same too very just also while "
    "during because until against between through before after above below up down out per via".split()
)
_PARTICLES = frozenset("in on off out up down".split())
_ENDINGS = ("edly", "ation", "ment", "ing", "ies", "ion", "ed", "es", "er", "ly", "s")
NEAREST = 4
"""How many sentences of the text a part of the claim is held against most closely."""


class Verdict(StrEnum):
    """What the text says of the claim."""

    SUPPORTED = "supported"
    NOT_CLEARLY = "not_clearly_supported"
    CONTRADICTED = "contradicted"
    """A figure, a date, a negation or an opposite in the nearest sentence speaks against it."""


@dataclass(frozen=True)
class Stretch:
    """Words with their place in a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Opinion:
    """What a language model thinks of a claim."""

    model: str
    odds: float
    """Log odds of yes against no; small models say yes to nearly all."""
    balks_at: tuple[str, ...]
    """Words of the claim without which it is surer, the worst first."""


@dataclass(frozen=True)
class Support:
    """How a text stands to a claim. Advisory: it never changes an item."""

    verdict: Verdict
    score: float
    """From 0 to 1; from `ENOUGH` on the claim counts as supported. No calibrated chance."""
    sentence: Stretch | None
    """The sentence of the text that bears most on the weakest part of the claim; `None` for a text without words."""
    unsaid: tuple[str, ...]
    """Words, figures and names of the claim that stand nowhere in the text."""
    opinion: Opinion | None = None
    """What a model that was asked besides thinks; it is part of the score then."""
    local: float | None = None
    """The score without that model; `None` where none was asked."""


ENOUGH = 0.5


class SupportCheck(Protocol):
    """Whatever answers whether a text supports a claim."""

    def check(self, claim: str, text: str) -> Support:
        """The same answer for the same claim and text; an empty text supports nothing."""


def sentences(text: str) -> list[Stretch]:
    """The sentences and lines of a text that hold a word."""
    cuts = [0, *(place for match in _END.finditer(text) for place in match.span()), len(text)]
    pieces = (Stretch(start, end, text[start:end]) for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    return [piece for piece in pieces if WORD.search(piece.text)]


@cache
def stem(word: str) -> str:
    """What forms of a word share.

    >>> stem("migrating") == stem("migrates") == stem("migrated")
    True
    """
    word = word.removesuffix("'s").removesuffix("'")
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= 3), "")
    word = word.removesuffix(ending)
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return (word[:-1] if len(word) > 3 and word[-1] in "eiy" else word)[:7]


@dataclass(frozen=True)
class Part:
    """A sentence of a claim or a text with its words."""

    stretch: Stretch

    @cached_property
    def words(self) -> tuple[str, ...]:
        """In lower case, in order."""
        return tuple(match.group().lower().replace("’", "'") for match in WORD.finditer(self.stretch.text))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Those that carry meaning, each once."""
        return tuple(
            word for word in dict.fromkeys(self.words) if word not in _EMPTY and not negates(word) and len(word) > 1
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.words))

    @cached_property
    def negated(self) -> bool:
        return any(map(negates, self.words))

    @cached_property
    def opposites(self) -> frozenset[str]:
        """Stems of what its words exclude."""
        return frozenset(stem(other) for word in self.words for other in _opposites(word))


def negates(word: str) -> bool:
    """Whether the word, in lower case, turns a sentence into its contrary."""
    return word in NEGATIONS or word.endswith("n't")


@cache
def _opposites(word: str) -> frozenset[str]:
    return OPPOSITES.get(word, frozenset()) | _by_stem().get(stem(word), frozenset())


@cache
def _by_stem() -> Mapping[str, frozenset[str]]:
    return {stem(word): others for word, others in OPPOSITES.items() if len(word) > 3}


@dataclass(frozen=True)
class Text:
    """What claims are held against."""

    whole: str

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(map(Part, sentences(self.whole)))

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset().union(*(part.stems for part in self.parts))

    def nearest(self, part: Part) -> list[int]:
        """Places of the sentences that share most of the part's telling words, the best first."""
        wanted = frozenset(map(stem, part.telling))
        ranked = sorted(range(len(self.parts)), key=lambda place: -len(wanted & self.parts[place].stems))
        return ranked[:NEAREST]


Signs = dict[str, float]


def rule_signs(claim: Sequence[Part], text: Text) -> Signs:
    """What words alone say for and against the claim, by name; all are 0 for a claim that the text repeats."""
    rows = [_of_part(part, text) for part in claim]
    telling = sum(row["telling"] for row in rows)
    unsaid = sum(row["unsaid"] for row in rows)
    _, facts = unsaid_facts(" ".join(part.stretch.text for part in claim), [text.whole])
    return {
        "words": log1p(telling),
        "sentences of the text": log1p(len(text.parts)),
        "unsaid words": unsaid,
        "share of unsaid words": unsaid / max(telling, 1),
        "letters of unsaid words": sum(row["letters"] for row in rows) / 10,
        "words unsaid nearby": sum(row["far"] for row in rows),
        "least shared with one sentence": min((row["shared"] for row in rows), default=1.0),
        "unsaid facts": float(len(facts)),
        "negation added": max((row["negation added"] for row in rows), default=0.0),
        "negation dropped": max((row["negation dropped"] for row in rows), default=0.0),
        "opposites": sum(row["opposites"] for row in rows),
    }


def _of_part(part: Part, text: Text) -> Signs:
    near = [text.parts[place] for place in text.nearest(part)]
    said = frozenset().union(*(each.stems for each in near))
    unsaid = [word for word in part.telling if stem(word) not in text.stems]
    best = near[0] if near else Part(Stretch(0, 0, ""))
    wanted = frozenset(map(stem, part.telling))
    return {
        "telling": float(len(part.telling)),
        "unsaid": float(len(unsaid)),
        "letters": float(sum(map(len, unsaid))),
        "far": float(sum(stem(word) not in said for word in part.telling)),
        "shared": len(wanted & best.stems) / max(len(wanted), 1),
        "negation added": float(part.negated and not best.negated),
        "negation dropped": float(best.negated and not part.negated),
        "opposites": float(len(turned(part, best))),
    }


def turned(part: Part, sentence: Part) -> list[str]:
    """Words of the part of which the sentence says the opposite and not the word itself."""
    return [word for word in part.words if stem(word) in sentence.opposites - sentence.stems and word not in _PARTICLES]


@dataclass(frozen=True)
class Weights:
    """A logistic model over named signs, as learnt by `eval.support`."""

    bias: float
    of: Mapping[str, float]

    def score(self, signs: Signs) -> float:
        """From 0 to 1: how well what the signs say fits a supported claim."""
        total = self.bias + sum(self.of.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def shipped_weights(name: str) -> Weights:
    """Those for `rules`, `encoder`, `both`, `advised` or `retold`."""
    found = json.loads(files("summarizer").joinpath("models", "support", "weights.json").read_text(encoding="utf-8"))
    return Weights(found[name]["bias"], found[name]["weights"])


class RuleCheck:
    """A `SupportCheck` by words alone: no model, and English only."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights or shipped_weights("rules")

    def check(self, claim: str, text: str) -> Support:
        """Whether the text supports the claim."""
        parts, held = tuple(map(Part, sentences(claim))), Text(text)
        if not parts or not held.parts:
            return Support(Verdict.NOT_CLEARLY, 0.0, None, ())
        return judged(parts, held, self._weights.score(rule_signs(parts, held)))


def judged(claim: Sequence[Part], text: Text, score: float) -> Support:
    """The verdict for a score, with the sentence that bears most on the weakest part and the words it does not say."""
    weakest = min(claim, key=lambda part: _of_part(part, text)["shared"])
    sentence = text.parts[text.nearest(weakest)[0]]
    unsaid = dict.fromkeys(
        [
            *unsaid_facts(" ".join(part.stretch.text for part in claim), [text.whole])[1],
            *(word for part in claim for word in part.telling if stem(word) not in text.stems),
        ]
    )
    return Support(verdict_of(claim, text, score), round(score, 3), sentence.stretch, tuple(unsaid))


def verdict_of(claim: Sequence[Part], text: Text, score: float) -> Verdict:
    """What a score means for this claim."""
    if score >= ENOUGH:
        return Verdict.SUPPORTED
    return Verdict.CONTRADICTED if any(_against(part, text) for part in claim) else Verdict.NOT_CLEARLY


def _against(part: Part, text: Text) -> bool:
    """Whether the sentence that speaks of the same thing says otherwise."""
    row = _of_part(part, text)
    near = text.parts[text.nearest(part)[0]]
    if row["shared"] < 0.5:
        return False
    return bool(row["negation added"] or row["negation dropped"] or turned(part, near) or _other_figure(part, near))


def _other_figure(part: Part, sentence: Part) -> bool:
    mine, theirs = ({word for word in each.words if word[0].isdigit()} for each in (part, sentence))
    return bool(mine - theirs) and bool(theirs - mine)
