"""How well the support check tells supported claims from others, and how its weights are learnt.

    python -m eval.support FOLDER           # measures on SummEdits
    python -m eval.support FOLDER --learn   # and writes summarizer/models/support/weights.json anew

A document belongs to the part that is learnt from where the first digit of its SHA-256 is even, else to the part that
is reported: no threshold and no weight is ever chosen on the latter. Labelled cases of the folder `train` are learnt
from as well. `crossed` learns from all documents but those of the fold that it tells about. Where a model was asked
about all pairs (`eval.opinions`), what its opinion adds is measured too.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

import summarizer
from eval.cases import read_cases
from eval.opinions import Opinions
from eval.support_pairs import DOMAINS, Pair, of_cases, of_summedits
from summarizer.adapters.encoder import Encoder
from summarizer.adapters.support import Meaning, WordVectors
from summarizer.advice import advised_signs
from summarizer.sources import sha256
from summarizer.support import ENOUGH, Part, Signs, Text, Weights, rule_signs, sentences

Numbers = npt.NDArray[np.float64]
WEIGHTS = Path(summarizer.__file__).parent / "models" / "support" / "weights.json"
FOLDS = 10
RIDGE = 30.0
"""How strongly weights are held near 0, in pairs; the same for all sets of signs."""


@dataclass(frozen=True)
class Row:
    """A pair with all that speaks for and against it."""

    pair: Pair
    rules: Signs
    encoder: Signs
    advised: Signs | None = None
    """What `both` say of it, by weights that have not learnt from its document, and what a model thinks."""
    retold: Signs | None = None
    """These, and what the text does to the chances of the claim's tokens."""

    def signs(self, kind: str) -> Signs:
        """Those of one of the `KINDS`."""
        both = {**self.rules, **self.encoder}
        of_kind = {"rules": self.rules, "encoder": self.encoder, "both": both}
        return {**of_kind, "advised": self.advised or {}, "retold": self.retold or {}}[kind]

    @property
    def is_learnt_from(self) -> bool:
        return self.pair.source == "cases" or int(sha256(self.pair.document.encode())[0], 16) % 2 == 0


KINDS = ("rules", "encoder", "both", "advised", "retold")


def rows_of(pairs: Sequence[Pair], encoder: Encoder) -> list[Row]:
    """The pairs with their signs; each text is read once."""
    texts: dict[str, tuple[Text, Meaning]] = {}
    alone: WordVectors = {}
    rows = []
    for pair in pairs:
        if pair.text not in texts:
            text = Text(pair.text)
            texts[pair.text] = (text, Meaning(encoder, text, alone=alone))
        text, meaning = texts[pair.text]
        parts = tuple(map(Part, sentences(pair.claim)))
        rows.append(Row(pair, rule_signs(parts, text), meaning.signs(parts)))
    return rows


def beside(rows: Sequence[Row], opinions: Opinions, *, swapped: bool = False) -> list[Row]:
    """The rows with what a model thinks of those that it was asked about.

    The score that its opinion stands beside is always that of weights which have not seen the document; where the
    halves are swapped, those of the half that is otherwise reported.
    """
    own = [row for row in rows if row.pair.source == "cases"]
    others = [row for row in rows if row.pair.source != "cases"]
    taught, held = ([row for row in others if row.is_learnt_from is not side] for side in (swapped, not swapped))
    half = learn([*own, *taught], "both")
    scores = [*crossed(taught, own, "both"), *(half.score(row.signs("both")) for row in held)]
    advised = [_advised(row, score, opinions) for row, score in zip([*taught, *held], scores, strict=True)]
    return [*own, *advised]


def _advised(row: Row, score: float, opinions: Opinions) -> Row:
    odds, gains, text = opinions.of(row.pair), opinions.gains_of(row.pair), row.pair.text
    if odds is None:
        return row
    retold = advised_signs(score, odds, text, gains) if gains else None
    return replace(row, advised=advised_signs(score, odds, text), retold=retold)


def learn(rows: Sequence[Row], kind: str) -> Weights:
    """A logistic model in which each source, and in it each answer, weighs the same."""
    rows = [row for row in rows if row.signs(kind)]
    names = sorted({name for row in rows for name in row.signs(kind)})
    given = np.array([[row.signs(kind).get(name, 0.0) for name in names] for row in rows])
    mean, spread = given.mean(axis=0), given.std(axis=0) + 1e-9
    answers = np.array([float(row.pair.supported) for row in rows])
    found = _fitted(np.c_[np.ones(len(rows)), (given - mean) / spread], answers, _shares(rows))
    weights = found[1:] / spread
    return Weights(
        float(found[0] - weights @ mean),
        {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
    )


def _shares(rows: Sequence[Row]) -> Numbers:
    groups = [(row.pair.source, row.pair.supported) for row in rows]
    count = {group: groups.count(group) for group in set(groups)}
    return np.array([len(rows) / (len(count) * count[group]) for group in groups])


def _fitted(given: Numbers, answers: Numbers, shares: Numbers, rounds: int = 30) -> Numbers:
    """Weights that make the answers likeliest, by Newton's method with a ridge on all but the first."""
    weights = np.zeros(given.shape[1])
    ridge = np.diag([1e-6, *([RIDGE] * (given.shape[1] - 1))])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (shares * (answers - chance)) - ridge @ weights
        bend = (given * (shares * chance * (1 - chance))[:, None]).T @ given + ridge
        weights += np.linalg.solve(bend, slope)
    return weights


def balanced_accuracy(rows: Sequence[Row], scores: Sequence[float]) -> float:
    """The mean of the shares of supported and of other claims that are told rightly."""
    told = [(row.pair.supported, score >= ENOUGH) for row, score in zip(rows, scores, strict=True)]
    shares = [np.mean([said is is_so for is_so, said in told if is_so is side]) for side in (True, False)]
    return float(np.mean(shares))


def crossed(rows: Sequence[Row], also: Sequence[Row], kind: str) -> list[float]:
    """For each row the score of a model that has not learnt from its document."""
    documents = sorted({row.pair.document for row in rows}, key=lambda each: sha256(each.encode()))
    fold = {document: place % FOLDS for place, document in enumerate(documents)}
    scores = [0.0] * len(rows)
    for number in range(FOLDS):
        weights = learn([*also, *(row for row in rows if fold[row.pair.document] != number)], kind)
        for place, row in enumerate(rows):
            if fold[row.pair.document] == number:
                scores[place] = weights.score(row.signs(kind))
    return scores


def in_turn(rows: Sequence[Row], opinions: Opinions | None, kind: str) -> Iterator[tuple[Row, float]]:
    """Each row of a document with its score by what the other half of the documents teaches."""
    own = [row for row in rows if row.pair.source == "cases"]
    for swapped in (False, True):
        seen = beside(rows, opinions, swapped=swapped) if opinions else rows
        others = [row for row in seen if row.pair.source != "cases"]
        weights = learn([*own, *(row for row in others if row.is_learnt_from is not swapped)], kind)
        yield from ((row, weights.score(row.signs(kind))) for row in others if row.is_learnt_from is swapped)


def told(rows: Sequence[Row], opinions: Opinions | None) -> str:
    """The table of figures, as Markdown."""
    own = [row for row in rows if row.pair.source == "cases"]
    others = [row for row in rows if row.pair.source != "cases"]
    lines = ["| signs | way | " + " | ".join(DOMAINS) + " |", "| --- | --- | --- | --- |"]
    for kind in _kinds(others):
        half = learn([row for row in rows if row.is_learnt_from], kind)
        ways = {
            "documents held back": ([row for row in others if not row.is_learnt_from], half),
        }
        if kind not in {"advised", "retold"}:
            ways["learnt from cases alone"] = (others, learn(own, kind))
        for way, (asked, weights) in ways.items():
            lines.append(_line(kind, way, asked, [weights.score(row.signs(kind)) for row in asked]))
        each, scores = zip(*in_turn(rows, opinions, kind), strict=True)
        lines.append(_line(kind, "each half held back in turn", each, scores))
        lines.append(_line(kind, "cross-validated over documents", others, crossed(others, own, kind)))
    return "\n".join(lines)


def _kinds(rows: Sequence[Row]) -> Sequence[str]:
    """Those that all rows have signs of."""
    return [kind for kind in KINDS if all(row.signs(kind) for row in rows)]


def _line(kind: str, way: str, rows: Sequence[Row], scores: Sequence[float]) -> str:
    cells = []
    for domain in DOMAINS:
        mine = [(row, score) for row, score in zip(rows, scores, strict=True) if row.pair.source == domain]
        cells.append(f"{balanced_accuracy([row for row, _ in mine], [score for _, score in mine]):.3f} ({len(mine)})")
    return f"| {kind} | {way} | {' | '.join(cells)} |"


def write(rows: Sequence[Row], file: Path) -> None:
    """Learn each set of signs and write the weights with how they came about."""
    learnt_from = [row for row in rows if row.is_learnt_from]
    content: dict[str, object] = {
        "learnt": {
            "by": "python -m eval.support FOLDER --learn",
            "pairs": {source: sum(row.pair.source == source for row in learnt_from) for source in (*DOMAINS, "cases")},
            "ridge": RIDGE,
        }
    }
    for kind in _kinds([row for row in learnt_from if row.pair.source != "cases"]):
        found = learn(learnt_from, kind)
        content[kind] = {"bias": round(found.bias, 4), "weights": dict(found.of)}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the pairs, print the figures, and write the weights where asked."""
    parser = argparse.ArgumentParser(description="Measure the support check on SummEdits.")
    parser.add_argument("folder", type=Path, help="where summedits_*.json lie")
    parser.add_argument("--learn", action="store_true", help="write the weights anew")
    asked = parser.parse_args()
    pairs = of_cases(read_cases("train").cases)
    for domain in DOMAINS:
        pairs += of_summedits(asked.folder, domain)
    rows, opinions = rows_of(pairs, Encoder(threads=2)), Opinions.kept()
    if opinions:
        print(f"advised: by {opinions.model}")
        rows = beside(rows, opinions)
    if asked.learn:
        write(rows, WEIGHTS)
    print(told(rows, opinions))


if __name__ == "__main__":
    main()
