"""The support check with the shipped encoder: how near each word of a claim comes to what the text says."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from summarizer.adapters.encoder import Encoder
from summarizer.support import (
    NEAREST,
    WORD,
    Part,
    Signs,
    Support,
    Text,
    Verdict,
    Weights,
    judged,
    rule_signs,
    sentences,
    shipped_weights,
    stem,
)

Rows = npt.NDArray[np.float32]
WordVectors = dict[str, Rows]
_UNLIKE = 0.45
"""Likeness of two words below which the one says nothing of the other."""
_MOST_SENTENCES = 400
"""What stands behind them in a longer text counts by its words, not by its meaning."""


@dataclass
class _Read:
    """A text as the encoder sees it."""

    vectors: Rows
    words: Rows
    """A vector for each word in its sentence."""


@dataclass
class EncoderCheck:
    """A `SupportCheck` by words and by meaning; satisfies `summarizer.support.SupportCheck`."""

    encoder: Encoder
    weights: Weights = field(default_factory=lambda: shipped_weights("both"))

    def check(self, claim: str, text: str) -> Support:
        """Whether the text supports the claim. Raises ConfigurationError when the model's files are missing."""
        parts, held = tuple(map(Part, sentences(claim))), Text(text)
        if not parts or not held.parts:
            return Support(Verdict.NOT_CLEARLY, 0.0, None, ())
        meaning = Meaning(self.encoder, held)
        found = judged(parts, held, self.weights.score({**rule_signs(parts, held), **meaning.signs(parts)}))
        return replace(found, unsaid=meaning.strangest(parts, found.unsaid))


class Meaning:
    """How near claims come to the meaning of one text."""

    def __init__(self, encoder: Encoder, text: Text, *, alone: WordVectors | None = None) -> None:
        """`alone` keeps the vectors of single words, for whoever reads several texts."""
        self._encoder = encoder
        self._text = text
        self._alone: WordVectors = {} if alone is None else alone
        self._read = _read(encoder, text.parts[:_MOST_SENTENCES])

    def signs(self, claim: Sequence[Part]) -> Signs:
        """What the encoder says for and against the claim, by name."""
        rows = [self._of_part(part) for part in claim if part.telling]
        if not rows:
            return {}
        unlike = np.concatenate([row[1] for row in rows])
        context = np.concatenate([row[2] for row in rows])
        rare = np.concatenate([row[3] for row in rows])
        likeness = [row[0] for row in rows]
        return {
            "least likeness of a sentence": min(likeness),
            "mean likeness of sentences": float(np.mean(likeness)),
            "least likeness of a word": float(unlike[:, 1].min()),
            "least likeness of a word nearby": float(unlike[:, 0].min()),
            "words unlike all": float((unlike[:, 1] < _UNLIKE).sum()),
            "likeness of unsaid words": float((unlike[:, 1] * unlike[:, 2]).sum()),
            "least likeness in context": float(context.min()),
            "mean likeness in context": float(context.mean()),
            "context of unsaid words": float((context * unlike[:, 2]).sum()),
            "rarity of unsaid words": float((rare * unlike[:, 2]).sum()),
        }

    def strangest(self, claim: Sequence[Part], words: Sequence[str]) -> tuple[str, ...]:
        """The words in the order of how little they fit the text; those that are no single words of the claim first."""
        likeness = {
            word: each for part in claim for word, each in zip(part.telling, self._of_part(part)[2], strict=True)
        }
        return tuple(sorted(words, key=lambda word: likeness.get(word, -1.0)))

    def _of_part(self, part: Part) -> tuple[float, Rows, Rows, Rows]:
        """Likeness of the sentence; and by word its likeness alone, in context, and its rarity."""
        vector, contexts, rarities = self._encoder.words(part.stretch.text, _spans(part))
        places = {word: place for place, word in reversed(list(enumerate(part.words)))}
        at = [places[word] for word in part.telling]
        likeness = self._read.vectors @ vector
        near = np.argsort(-likeness)[:NEAREST]
        context: Rows = (contexts[at] @ self._read.words.T).max(axis=1)
        alone = np.array([self._word(word, near) for word in part.telling], dtype=np.float32)
        return float(likeness.max()), alone, context, rarities[at]

    def _word(self, word: str, near: npt.NDArray[np.int64]) -> tuple[float, float, float]:
        """The word's likeness to one nearby and to any of the text, and whether the text does not say it."""
        if stem(word) in self._text.stems:
            said = any(stem(word) in self._text.parts[place].stems for place in near)
            return (1.0 if said else self._best(word, self._telling(near))), 1.0, 0.0
        everywhere = range(len(self._read.vectors))
        return self._best(word, self._telling(near)), self._best(word, self._telling(everywhere)), 1.0

    def _telling(self, places: "npt.NDArray[np.int64] | range") -> list[str]:
        return list(dict.fromkeys(word for place in places for word in self._text.parts[place].telling))

    def _best(self, word: str, others: Sequence[str]) -> float:
        return float((self._vectors(others) @ self._vectors([word])[0]).max()) if others else 0.0

    def _vectors(self, words: Sequence[str]) -> Rows:
        unknown = [word for word in words if word not in self._alone]
        self._alone.update(zip(unknown, self._encoder.embed(unknown), strict=True))
        return np.stack([self._alone[word] for word in words])


def _spans(part: Part) -> list[tuple[int, int]]:
    return [match.span() for match in WORD.finditer(part.stretch.text)]


def _read(encoder: Encoder, parts: Sequence[Part]) -> _Read:
    found = [encoder.words(part.stretch.text, _spans(part)) for part in parts]
    return _Read(
        np.stack([vector for vector, _, _ in found]),
        np.concatenate([words for _, words, _ in found]),
    )
