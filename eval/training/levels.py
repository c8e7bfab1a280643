"""From which chance on a segment counts, and how sure a fact is: both chosen on the development split."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from eval.cases import Case, read_cases
from eval.outcome import Outcome, compare
from summarizer.adapters.embedded import EmbeddedEngine
from summarizer.adapters.embedded.facts import Levels, Reading, logit
from summarizer.adapters.embedded.features import Matrix
from summarizer.adapters.embedded.reader import Reader, Settings
from summarizer.adapters.embedded.segments import Segment
from summarizer.adapters.encoder import Encoder, Vectors
from summarizer.drafting import draft
from summarizer.items import Item
from summarizer.numbering import Material
from summarizer.reading.threads import read

TRIED = {"keep": (0.3, 0.35, 0.4, 0.45, 0.5, 0.55), "start": (0.3, 0.5, 0.7), "support": (0.1, 0.2, 0.3, 0.45)}
"""One level after the other, each with the best found so far of the others."""


class _Trial(Reader):
    """The shipped reader with other levels; reads each thread once."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.levels = Levels()
        self._known: dict[bytes, Reading] = {}

    @property
    def settings(self) -> Settings:
        return replace(super().settings, levels=self.levels, calibration=(1.0, 0.0))

    def read(self, segments: Sequence[Segment], features: Matrix) -> Reading:
        key = features.tobytes()
        if key not in self._known:
            self._known[key] = super().read(segments, features)
        return self._known[key]


class _Remembering(Encoder):
    """The sentence encoder, each list of texts once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[str, ...], Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = super().embed(texts)
        return self._known[key]


def choose(folder: Path) -> tuple[Levels, tuple[float, float]]:
    """The levels of best item F1 on the development split, and the calibration that goes with them."""
    cases = read_cases("development").cases
    reader = _Trial(folder)
    engine = EmbeddedEngine(reader, _Remembering())
    best = Levels()
    for name, values in TRIED.items():
        scores = {}
        for value in values:
            reader.levels = replace(best, **{name: value})
            scores[value] = _f1(_drafts(cases, engine))
        best = replace(best, **{name: max(scores, key=lambda value: scores[value])})
    reader.levels = best
    return best, _calibration(_drafts(cases, engine))


Drafts = Sequence[tuple[Case, Sequence[Item], Outcome]]


def _drafts(cases: Sequence[Case], engine: EmbeddedEngine) -> Drafts:
    """Each case with what is drafted of it, held against its labels."""
    drafts = []
    for case in cases:
        deal = case.deal
        source = read(case.pasted, client=deal.client, vendor=deal.vendor)
        items = draft(Material([source], client=deal.client, vendor=deal.vendor), engine).items
        drafts.append((case, items, compare(case, items)))
    return drafts


def _f1(drafts: Drafts) -> float:
    right = sum(len(outcome.matched) for _, _, outcome in drafts)
    said = sum(len(items) for _, items, _ in drafts)
    return 2 * right / (said + sum(len(case.gold.items) for case, _, _ in drafts))


def _calibration(drafts: Drafts) -> tuple[float, float]:
    """Slope and offset of Platt scaling: from the reader's chance of a fact to that of its being right."""
    chances, right = [], []
    for _, items, outcome in drafts:
        kept = set(outcome.matched.values())
        chances += [item.confidence or 0.5 for item in items]
        right += [at in kept for at in range(len(items))]
    model = LogisticRegression().fit(logit(np.array(chances))[:, None], right)
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)
