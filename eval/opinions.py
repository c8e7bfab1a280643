"""What a language model thinks of the pairs that the support check is measured on, asked once and kept.

    python -m eval.opinions FOLDER MODEL.gguf

asks the model, run by llama.cpp in this process, about each pair of SummEdits in the folder (three short calls each,
and only what was not asked before), and writes `eval/answers/opinions.json`. `eval.support` reads it.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from eval.support_pairs import DOMAINS, Pair, of_summedits
from prompts.loader import load
from summarizer.adapters.llm.opinion import ModelAdviser
from summarizer.adapters.local_llm import serve
from summarizer.advice import Adviser, excerpt
from summarizer.sources import sha256
from summarizer.support import Part, Text, sentences

KEPT = Path(str(files("eval"))) / "answers" / "opinions.json"
LLAMA = "llama.cpp"
_SAVED_EVERY = 25
_LEAST_KEPT = 5


@dataclass
class Opinions:
    """Log odds of yes, by what was asked."""

    model: str
    prompt: str
    """SHA-256 of the prompt; another prompt asks anew."""
    odds: dict[str, float] = field(default_factory=dict)
    retelling: str = ""
    """SHA-256 of the prompt by which the model is made to say a claim; another one asks anew."""
    gains: dict[str, list[float]] = field(default_factory=dict)
    """The least gains of a claim's tokens, by what was asked."""
    gains_by: str = LLAMA
    """What ran the model when it was made to say the claims."""

    @classmethod
    def kept(cls, file: Path = KEPT) -> "Opinions | None":
        """`None` where nobody was asked yet, or with another prompt than today's."""
        if not file.is_file():
            return None
        found = cls(**json.loads(file.read_text("utf-8")))
        if found.prompt != load("opinion").sha256:
            return None
        return found if found.retelling == load("retelling").sha256 else replace(found, gains={})

    def of(self, pair: Pair) -> float | None:
        """`None` for what was not asked."""
        return self.odds.get(_key(pair))

    def gains_of(self, pair: Pair) -> list[float] | None:
        """The least ones, in their order; `None` for what the model was not made to say."""
        return self.gains.get(_key(pair))

    def ask(self, adviser: Adviser, pairs: Sequence[Pair], file: Path = KEPT) -> None:
        """Ask about the pairs that are not known yet, and write what came every few answers. Raises EngineError."""
        left = [pair for pair in pairs if _key(pair) not in self.odds or _key(pair) not in self.gains]
        for place, pair in enumerate(left, start=1):
            key, shown = _key(pair), excerpt(tuple(map(Part, sentences(pair.claim))), Text(pair.text))
            if key not in self.odds:
                self.odds[key] = round(adviser.odds([pair.claim], shown)[0], 4)
            if key not in self.gains:
                told = adviser.gains(pair.claim, shown) or ()
                self.gains[key] = [round(gain, 3) for gain in sorted(told)[:_LEAST_KEPT]]
            if place % _SAVED_EVERY == 0 or place == len(left):
                file.write_text(json.dumps(vars(self), indent=0) + "\n", "utf-8")
                print(f"{place} of {len(left)}", flush=True)


def _key(pair: Pair) -> str:
    return sha256(json.dumps([pair.claim, pair.text]).encode())[:16]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where summedits_*.json lie")
    parser.add_argument("gguf", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    pairs = [pair for domain in DOMAINS for pair in of_summedits(asked.folder, domain)]
    with serve(asked.gguf, threads=asked.threads) as model:
        kept = Opinions.kept()
        known = kept if kept and kept.model == model.model else Opinions(model.model, load("opinion").sha256)
        if not known.gains:
            known = replace(known, retelling=load("retelling").sha256, gains_by=LLAMA)
        known.ask(ModelAdviser(replace(model, form="grammar")), pairs)


if __name__ == "__main__":
    main()
