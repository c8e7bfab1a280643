"""A run of the suite: one JSON file that says what was run on what, and all that came out."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from eval.cases import Case
from eval.errors import RunUnreadable
from eval.outcome import Drafted
from summarizer.items import Frozen
from summarizer.records import DealType
from summarizer.sources import Form, sha256


class CaseResult(Frozen):
    """What became of one case."""

    id: str
    sha256: str
    """Of the case's content."""
    form: Form
    deal_type: DealType
    length: str
    messy: tuple[str, ...]
    words: int
    problem: str | None = None
    """Why there is no draft, in one line; `None` when it was scored."""
    seconds: float | None = None
    """Wall-clock time of reading and drafting; `None` when it failed."""
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_reused: int = 0
    """In and out, of answers that were kept from another run; not paid again."""
    incomplete: str | None = None
    """What the draft says first of what it lacks, such as the word of a model that is down; `None` if nothing."""
    counts: dict[str, float]
    """What `eval.scoring` counted; of an empty draft when there is a problem."""
    chances: tuple[tuple[float, bool], ...] = ()
    """Confidence of each drafted item, and whether it was right."""
    draft: Drafted | None = None
    """`None` when it failed, and in a run that keeps scores only."""

    @property
    def scored(self) -> bool:
        return self.problem is None


class NotACase(Frozen):
    """A file that could not be scored at all, as it has no readable labels."""

    file: str
    fault: str


class Prices(Frozen):
    """What a million tokens cost, in whatever currency; `None` when nobody said."""

    tokens_in: float | None = None
    tokens_out: float | None = None


class Run(Frozen):
    """Everything about one run."""

    schema_version: Literal[1] = 1
    made_at: datetime
    engine: str
    model: str
    prompt: str
    """Hash of the prompt, or of the rules, as the engine states it."""
    revision: str | None = None
    """Git revision of the code, with `+` when files were changed; `None` outside of a repository."""
    cases: str
    """The split or folder."""
    cases_sha256: str
    """Over the content of all cases that were asked for."""
    asked: int
    """How many cases the run was to cover; more than there are results when it was interrupted."""
    prices: Prices = Prices()
    results: tuple[CaseResult, ...]
    not_cases: tuple[NotACase, ...] = ()

    @property
    def scored(self) -> list[CaseResult]:
        return [result for result in self.results if result.scored]

    @property
    def failed(self) -> list[CaseResult]:
        return [result for result in self.results if not result.scored]

    @property
    def complete(self) -> bool:
        return len(self.results) == self.asked

    @property
    def tokens(self) -> tuple[int, int] | None:
        """Tokens in and out; `None` when the engine counted none."""
        tokens = sum(each.tokens_in for each in self.results), sum(each.tokens_out for each in self.results)
        return tokens if any(tokens) else None

    @property
    def reused(self) -> int:
        """Tokens of kept answers."""
        return sum(each.tokens_reused for each in self.results)

    @property
    def cost(self) -> float | None:
        """In the currency of the prices; `None` when prices or tokens are unknown."""
        if not self.tokens or self.prices.tokens_in is None or self.prices.tokens_out is None:
            return None
        return (self.tokens[0] * self.prices.tokens_in + self.tokens[1] * self.prices.tokens_out) / 1_000_000

    def without_drafts(self) -> "Run":
        """The run with its scores alone: small enough to be kept as a baseline, and without a word of the cases."""
        bare = [result.model_copy(update={"draft": None, "chances": ()}) for result in self.results]
        return self.model_copy(update={"results": tuple(bare)})


def digest(cases: Sequence[Case]) -> str:
    """Over the content of the cases, whatever their files are called."""
    return sha256("\n".join(f"{case.id} {case.sha256}" for case in cases).encode())


def read_run(path: Path) -> Run:
    """The run of a file. Raises RunUnreadable."""
    try:
        return Run.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RunUnreadable(f"{path}: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise RunUnreadable(f"{path}: {place}: {first['msg']}.") from error


def write_run(run: Run, path: Path) -> None:
    """Write the run, one case a line; a file that was there is replaced at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_text("".join(_lines(run)), "utf-8")
    beside.replace(path)


def _lines(run: Run) -> Iterator[str]:
    head = run.model_dump(mode="json", exclude={"results"})
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    rows = (each.model_dump(mode="json", exclude_defaults=True) for each in run.results)
    yield ',\n "results": [\n'
    yield ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    yield "\n ]\n}\n"
