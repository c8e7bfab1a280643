"""How likely a fact is right: a logistic model over what the reader said of it and what it looks like."""

from collections.abc import Mapping, Sequence
from math import exp, log, log1p

import numpy as np
import numpy.typing as npt

from summarizer.adapters.embedded.segments import Segment
from summarizer.items import Kind, Side

KINDS = tuple(Kind)
TRAP, SUPPORT = len(KINDS) + 1, len(KINDS) + 2
"""Columns of a reading's tags; the first is "nothing", those between are the kinds in their order."""
_CERTAIN = 0.001
"""Chances nearer than this to 0 and 1 are taken for it."""
_FEW_WORDS = 3


def signs(
    own: Sequence[Segment], added: Sequence[Segment], *, tags: npt.NDArray[np.float32], first: float
) -> dict[str, float]:
    """What speaks for the fact and against it, by name.

    `tags`: the mean of the reader's tags over the fact's own segments, by their lengths; `first`: the chance that the
    first of them begins an item.
    """
    text = " ".join(segment.text for segment in own)
    clauses = {segment.clause.place: segment.clause for segment in own}.values()
    kinds = np.sort(tags[1:TRAP])
    words = len(text.split())
    return {
        "bias": 1.0,
        "some kind": logit(float(kinds.sum())),
        "this kind": logit(float(kinds[-1])),
        "ahead of the next kind": float(kinds[-1] - kinds[-2]),
        "trap": float(tags[TRAP]),
        "support": float(tags[SUPPORT]),
        "first": first,
        "words": log1p(words),
        "few words": float(words <= _FEW_WORDS),
        "telling words": log1p(len({word for clause in clauses for word in clause.words})),
        "segments": log1p(len(own)),
        "clauses": log1p(len(clauses)),
        "added": log1p(len(added)),
        "figures": float(any(clause.figures for clause in clauses)),
        "dates": float(any(clause.dates for clause in clauses)),
        "asks": float("?" in text),
        "opens its clause": float(own[0].opens),
        "quoted": float(own[0].clause.passage.quoted),
        "entry of a list": float(own[0].clause.passage.item),
        "by the client": float(own[0].clause.side is Side.CLIENT),
        f"is {KINDS[int(tags[1:TRAP].argmax())]}": 1.0,
    }


def chance(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """From 0 to 1."""
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in found.items())))


def logit(chance: float) -> float:
    """The log of the odds."""
    bounded = min(1 - _CERTAIN, max(_CERTAIN, chance))
    return log(bounded / (1 - bounded))
