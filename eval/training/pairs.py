"""The small model over pairs of clauses: what a later clause takes back."""

from collections.abc import Iterator, Mapping, Sequence

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from eval.training.examples import Example
from summarizer.adapters.embedded import undoing
from summarizer.adapters.embedded.clauses import Clause
from summarizer.items import Kind

Pair = tuple[dict[str, float], bool]
"""What speaks for a pair, and whether it is one."""
_KINDS = tuple(Kind)
_MOST_OF_A_QUOTE = 0.7
_LONG_ENOUGH = 12


def undoing_weights(examples: Sequence[Example]) -> dict[str, float]:
    """Weights of `undoing.chances`, from traps whose cases say what undoes them."""
    return _weights([pair for example in examples for pair in _undoings(example)], strength=0.3)


def _weights(pairs: Sequence[Pair], *, strength: float) -> dict[str, float]:
    names = DictVectorizer(sparse=False)
    signs = names.fit_transform([signs for signs, _ in pairs])
    model = LogisticRegression(max_iter=5000, C=strength, fit_intercept=False)
    model.fit(signs, [truth for _, truth in pairs])
    return {name: round(float(model.coef_[0][column]), 4) for name, column in sorted(names.vocabulary_.items())}


def _undoings(example: Example) -> Iterator[Pair]:
    """Each clause that states an item or a trap against the later ones that may take it back."""
    undone = _undone(example)
    stating = {
        segment.clause.place for segment, label in zip(example.segments, example.labels, strict=True) if label.tag
    }
    for at in sorted(stating | set(undone)):
        clause = example.clauses[at]
        for other in undoing.later(example.clauses, at, example.vectors):
            later = example.clauses[other]
            signs = undoing.signs(clause, later, alike=_alike(example, clause, later))
            yield signs, other in undone.get(at, ())


def _undone(example: Example) -> Mapping[int, set[int]]:
    """Places of the clauses that state a trap, with those of the clauses that undo it."""
    found: dict[int, set[int]] = {}
    for trap in example.case.gold.traps:
        undoers = {clause.place for quote in trap.undone_by for clause in _said_in(example.clauses, quote)}
        for quote in trap.stands:
            for clause in _said_in(example.clauses, quote):
                found.setdefault(clause.place, set()).update(undoers)
    return found


def _said_in(clauses: Sequence[Clause], quote: str) -> list[Clause]:
    """The clauses that say the quote, or most of its words."""
    flat = " ".join(quote.split())
    exact = [each for each in clauses if flat in each.text or (len(each.text) > _LONG_ENOUGH and each.text in flat)]
    words = set(flat.lower().split())
    return exact or [each for each in clauses if _share(words, each) >= _MOST_OF_A_QUOTE]


def _share(words: set[str], clause: Clause) -> float:
    return len(words & set(clause.text.lower().split())) / len(words)


def _alike(example: Example, one: Clause, other: Clause) -> float:
    return float(example.vectors[one.place] @ example.vectors[other.place])
