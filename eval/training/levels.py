"""From which chance on something counts, and how sure a fact is: both chosen on the development split."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from eval.cases import Case, read_cases
from eval.outcome import compare
from summarizer.adapters.embedded import EmbeddedEngine, Studied
from summarizer.adapters.embedded.facts import Fact, Levels, gather
from summarizer.adapters.embedded.proposals import candidates
from summarizer.adapters.embedded.reader import Reader
from summarizer.drafting import draft
from summarizer.items import Item
from summarizer.numbering import Material, brief, number
from summarizer.ports import Answer, Brief
from summarizer.reading.threads import read

TRIED = {
    "keep": (0.3, 0.35, 0.4, 0.45, 0.5),
    "belong": (0.25, 0.35),
    "together": (0.3, 0.35, 0.4, 0.45),
}
SURE = (0.0, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
_INDIFFERENT = 0.005
"""Item F1 that is given up for more facts found and fewer traps stated; other cases would differ by more."""
_FOLDS = 4
_STRENGTH = 0.3

Weights = Mapping[str, float]


@dataclass(frozen=True)
class _Thread:
    case: Case
    material: Material
    studied: Studied


@dataclass(frozen=True)
class _Drafted:
    """A case's facts with the items that they became, in the same order; `None` for what the proof turned away."""

    case: Case
    facts: Sequence[Fact]
    items: Sequence[Item | None]

    def right(self) -> list[bool]:
        """Per fact, whether it states an item of the gold."""
        known = [item for item in self.items if item is not None]
        matched = set(compare(self.case, known).matched.values())
        return [item is not None and known.index(item) in matched for item in self.items]


@dataclass(frozen=True)
class _Score:
    item_f1: float
    found: float
    """Share of the facts, of whatever kind."""
    stated: float
    """Share of the traps."""

    @property
    def gain(self) -> float:
        return self.found - self.stated

    def __str__(self) -> str:
        return f"item F1 {self.item_f1:.3f}, facts found {self.found:.1%}, traps stated {self.stated:.1%}"


def choose(folder: Path) -> tuple[Levels, Weights]:
    """The levels for the development split, cross-validated, and the weights of `trust.chance`.

    Of those whose item F1 is as good as the best, these find the most facts less traps.
    """
    engine = EmbeddedEngine(Reader(folder))
    threads = [_studied(case, engine) for case in read_cases("development").cases]
    scores: dict[Levels, _Score] = {}
    for values in product(*TRIED.values()):
        levels = Levels(**dict(zip(TRIED, values, strict=True)))
        drafted = [_drafted(thread, levels) for thread in threads]
        chances = _cross_validated(drafted)
        scores |= {replace(levels, sure=sure): _score(drafted, chances >= sure) for sure in SURE}
    least = max(score.item_f1 for score in scores.values()) - _INDIFFERENT
    best = max((levels for levels in scores if scores[levels].item_f1 >= least), key=lambda each: scores[each].gain)
    print(f"{scores[best]} on the development split, cross-validated, with {best}", flush=True)
    return best, _weights([_drafted(thread, replace(best, sure=0.0)) for thread in threads])


def _studied(case: Case, engine: EmbeddedEngine) -> _Thread:
    deal = case.deal
    source = read(case.pasted, client=deal.client, vendor=deal.vendor)
    material = Material([source], client=deal.client, vendor=deal.vendor)
    return _Thread(case, material, engine.study(brief(material, list(number([source])))))


class _Told:
    """An engine that proposes facts, each with its place as its confidence, so that its item is known by that."""

    name = "embedded"

    def __init__(self, facts: Sequence[Fact], studied: Studied) -> None:
        self._facts = [replace(fact, confidence=at / 1000) for at, fact in enumerate(facts)]
        self._studied = studied

    def draft(self, brief: Brief) -> Iterator[Answer]:  # noqa: ARG002  the port's
        yield from candidates(self._facts, self._studied.thread)


def _drafted(thread: _Thread, levels: Levels) -> _Drafted:
    studied = thread.studied
    facts = gather(studied.segments, studied.reading, levels, weights={}) if studied.reading else []
    items = draft(thread.material, _Told(facts, studied)).items
    known = {round((item.confidence or 0.0) * 1000): item for item in items}
    return _Drafted(thread.case, facts, [known.get(at) for at in range(len(facts))])


def _table(drafted: Sequence[_Drafted], names: DictVectorizer) -> npt.NDArray[np.float64]:
    table: npt.NDArray[np.float64] = names.fit_transform([fact.signs for each in drafted for fact in each.facts])
    return table


def _right(drafted: Sequence[_Drafted]) -> npt.NDArray[np.bool_]:
    return np.array([right for each in drafted for right in each.right()])


def _cross_validated(drafted: Sequence[_Drafted]) -> npt.NDArray[np.float64]:
    """Of each fact, how likely it is right by what the other cases teach."""
    table, right = _table(drafted, DictVectorizer(sparse=False)), _right(drafted)
    cases = [at for at, each in enumerate(drafted) for _ in each.facts]
    chances = np.zeros(len(right))
    for taught, asked in GroupKFold(_FOLDS).split(table, right, cases):
        chances[asked] = _model().fit(table[taught], right[taught]).predict_proba(table[asked])[:, 1]
    return chances


def _model() -> "make_pipeline":
    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=2000))


def _score(drafted: Sequence[_Drafted], kept: npt.NDArray[np.bool_]) -> _Score:
    right = said = found = stated = start = 0
    for each in drafted:
        chosen = kept[start : start + len(each.facts)]
        start += len(each.facts)
        items = [item for item, keep in zip(each.items, chosen, strict=True) if item is not None and keep]
        outcome = compare(each.case, items)
        right += len(outcome.matched)
        said += len(items)
        found += outcome.found
        stated += len(outcome.stated)
    gold = sum(len(each.case.gold.items) for each in drafted)
    traps = sum(len(each.case.gold.traps) for each in drafted)
    return _Score(2 * right / (said + gold), found / gold, stated / traps)


def _weights(drafted: Sequence[_Drafted]) -> Weights:
    """Learnt from all cases, for signs as they come."""
    names = DictVectorizer(sparse=False)
    table = _table(drafted, names)
    scaler, model = (step for _, step in _model().fit(table, _right(drafted)).steps)
    slopes = model.coef_[0] / scaler.scale_
    weights = {name: round(float(slopes[at]), 4) for name, at in sorted(names.vocabulary_.items())}
    return weights | {"bias": round(float(model.intercept_[0] - slopes @ scaler.mean_), 4)}
