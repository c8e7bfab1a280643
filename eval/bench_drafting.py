"""What a draft costs and how good it is, beside LangExtract. `python -m eval.bench drafting`

Both ask the same model on one llama.cpp server in this process, with the same limit of tokens for an answer, case by
case in turn, so that the machine's noise is shared. Tokens are the server's own count for both, through a proxy each.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.bench_rival import LangExtract
from eval.bootstrap import total
from eval.cases import read_cases
from eval.comparing import compare_runs
from eval.counting import Meter, counting
from eval.figures import ITEM_F1
from eval.local_model import NAME
from eval.running import Choice, Maker, Session, choose
from eval.runs import Run
from eval.tables import compared
from summarizer.adapters.embedded import EmbeddedEngine
from summarizer.adapters.llm import LlmEngine
from summarizer.adapters.local_llm import serve
from summarizer.decisions import Draft
from summarizer.drafting import draft
from summarizer.numbering import Material
from summarizer.ports import Engine

CASES = "../shared/data/labelled"
MOST_TOKENS, MOST_SECONDS = 0.45, 0.5
"""Of what LangExtract takes: what a draft of ours may take."""
CONTEXT = 8192
ANSWER = 1500
"""Most tokens of one answer, for both."""


@dataclass(frozen=True)
class Metered:
    """A maker whose tokens are those that the server has counted."""

    maker: Maker
    meter: Meter

    @property
    def name(self) -> str:
        return self.maker.name

    def make(self, material: Material) -> Draft:
        """The draft of the maker."""
        before = self.meter.reading
        made = self.maker.make(material)
        tokens_in, tokens_out = (now - then for now, then in zip(self.meter.reading, before, strict=True))
        counted = made.made_by.model_copy(update={"tokens_in": tokens_in, "tokens_out": tokens_out})
        return made.model_copy(update={"made_by": counted})


@dataclass(frozen=True)
class Ours:
    """The product's own way from a text to a draft."""

    engine: Engine
    name: str = "summarizer"

    def make(self, material: Material) -> Draft:
        """The draft of the engine, grounded and reconciled."""
        return draft(material, self.engine)


@dataclass(frozen=True)
class Bar:
    """One thing that is asked for."""

    title: str
    theirs: float
    ours: float
    asked: str
    met: bool


def bars(theirs: Run, ours: Run) -> list[Bar]:
    """What is asked for of two runs on the same cases."""
    tokens, seconds, f1 = ([each(run) for run in (theirs, ours)] for each in (_tokens, _seconds, _f1))
    return [
        _bar("tokens in + out", tokens, most=MOST_TOKENS),
        _bar("seconds", seconds, most=MOST_SECONDS),
        Bar("item F1", f1[0], f1[1], "at least as high", f1[1] >= f1[0]),
    ]


def _bar(title: str, values: Sequence[float], *, most: float) -> Bar:
    theirs, ours = values
    return Bar(title, theirs, ours, f"at most {most:.0%}", ours <= most * theirs)


def _tokens(run: Run) -> float:
    return float(sum(run.tokens or ()))


def _seconds(run: Run) -> float:
    return sum(each.seconds or 0.0 for each in run.results)


def _f1(run: Run) -> float:
    return ITEM_F1.of(total([each.counts for each in run.results])) or 0.0


@contextmanager
def sessions(choice: Choice, gguf: Path, threads: int) -> Iterator[tuple[Session, Session]]:
    """LangExtract's and ours on one server, each through a proxy of its own."""
    with ExitStack() as stack:
        served = replace(stack.enter_context(serve(gguf, threads=threads, context=CONTEXT)), max_tokens=ANSWER)
        meters = [stack.enter_context(counting(served.base_url or "")) for _ in range(2)]
        rival = LangExtract(replace(served, base_url=meters[0].url))
        ours = Ours(LlmEngine(replace(served, base_url=meters[1].url, form="grammar"), reader=EmbeddedEngine()))
        makers: Sequence[Maker] = (rival, ours)
        one, other = (Session(choice, Metered(maker, meter)) for maker, meter in zip(makers, meters, strict=True))
        yield one, other


def _write(theirs: Run, ours: Run, path: Path) -> None:
    """Both runs and what they come to, in one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content: dict[str, Any] = {"bars": [asdict(bar) for bar in bars(theirs, ours)]}
    content |= {run.engine: run.model_dump(mode="json", exclude_defaults=True) for run in (theirs, ours)}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _shown(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:,.0f}"


def _figures(theirs: Run, ours: Run) -> Table:
    table = Table("", theirs.engine, ours.engine, "share", "asked", "", box=None, pad_edge=False)
    for bar in bars(theirs, ours):
        share = f"{bar.ours / bar.theirs:.0%}" if bar.theirs else "–"
        table.add_row(bar.title, _shown(bar.theirs), _shown(bar.ours), share, bar.asked, "met" if bar.met else "MISSED")
    return table


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and write it with both runs."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench drafting", description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("models") / NAME, help="the model's file")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cases", default=CASES, help="a split or a folder of labelled cases")
    parser.add_argument("--only", action="append", default=[], help="id of a case; may be repeated")
    parser.add_argument("--out", type=Path, default=Path("build/bench/drafting.json"))
    given = parser.parse_args(arguments)
    choice = choose(read_cases(given.cases), only=given.only)
    console = Console(highlight=False)
    with sessions(choice, given.model, given.threads) as (theirs, ours):
        for their, our in zip(theirs.work(), ours.work(), strict=True):
            for session, result in ((theirs, their), (ours, our)):
                console.print(
                    f"{result.id}  {session.engine.name}: {result.tokens_in} in, {result.tokens_out} out,"
                    f" {result.seconds or 0:.0f} s, F1 {ITEM_F1.said(ITEM_F1.of(result.counts))} {result.problem or ''}"
                )
            _write(theirs.run(), ours.run(), given.out)
    console.print(_figures(theirs.run(), ours.run()))
    console.print(compared(compare_runs(theirs.run(), ours.run())))


if __name__ == "__main__":
    main()
