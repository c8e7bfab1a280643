"""Drafting labelled cases with an engine, and scoring what comes out."""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Protocol, runtime_checkable

from eval.cases import Case, CaseFolder
from eval.errors import CasesUnusable, ResumeRefused
from eval.outcome import Drafted
from eval.runs import CaseResult, NotACase, Prices, Run, digest
from eval.scoring import score
from summarizer.decisions import Draft
from summarizer.drafting import draft
from summarizer.errors import SummarizerError
from summarizer.items import FindingKind, MadeBy
from summarizer.numbering import Material
from summarizer.ports import Engine
from summarizer.reading.threads import read
from summarizer.sources import Source

Clock = Callable[[], float]


@runtime_checkable
class Maker(Protocol):
    """Something that makes whole drafts in a way of its own, beside the engines that the product drafts with."""

    @property
    def name(self) -> str: ...
    def make(self, material: Material) -> Draft:
        """The draft, with the tokens that it took. Raises SummarizerError."""


NO_PRICES = Prices()


@dataclass(frozen=True)
class Choice:
    """Which cases of a folder are to be run."""

    folder: CaseFolder
    cases: Sequence[Case]
    not_cases: Sequence[NotACase]


def choose(folder: CaseFolder, *, only: Sequence[str] = (), limit: int | None = None) -> Choice:
    """The cases with these ids, or the first so many; those that nobody has read yet are set aside, and counted.

    Raises CasesUnusable when an id is unknown or nothing is left.
    """
    unknown = sorted(set(only) - {case.id for case in folder.cases})
    if unknown:
        raise CasesUnusable(f"{folder.folder} has no case {', '.join(unknown)}.")
    wanted = [case for case in folder.cases if not only or case.id in only]
    unread = [NotACase(file=f"{case.id}.json", fault="nobody has read it yet") for case in wanted if case.needs_reading]
    ready = [case for case in wanted if not case.needs_reading][:limit]
    broken = [NotACase(file=each.file, fault=each.fault) for each in folder.unreadable]
    if not ready:
        faults = "; ".join(f"{each.file}: {each.fault}" for each in [*unread, *broken][:3])
        raise CasesUnusable(f"{folder.folder} holds no case that can be run ({faults}).")
    return Choice(folder, ready, [*unread, *broken])


@dataclass
class Session:
    """A run while it is being made; what is done is never lost."""

    choice: Choice
    engine: Engine | Maker
    prices: Prices = NO_PRICES
    clock: Clock = perf_counter
    _results: dict[str, CaseResult] = field(default_factory=dict)
    _made_by: MadeBy | None = None

    def resume(self, before: Run) -> int:
        """Take over the cases that an earlier run has scored; how many. Raises ResumeRefused."""
        now = {case.id: case.sha256 for case in self.choice.cases}
        if before.engine != self.engine.name:
            raise ResumeRefused(f"It was made by the engine {before.engine}, and this one is {self.engine.name}.")
        changed = sorted(each.id for each in before.results if now.get(each.id, each.sha256) != each.sha256)
        if changed:
            raise ResumeRefused(f"The content of these cases has changed since: {', '.join(changed)}.")
        kept = {each.id: each for each in before.scored if each.id in now and each.draft is not None}
        self._results |= kept
        if kept:
            self._made_by = MadeBy(engine=before.engine, model=before.model, prompt=before.prompt)
        return len(kept)

    def work(self) -> Iterator[CaseResult]:
        """Draft and score the cases that are not done yet, one by one."""
        for case in self.choice.cases:
            if case.id not in self._results:
                self._results[case.id] = result = self._result(case)
                yield result

    def _result(self, case: Case) -> CaseResult:
        began = self.clock()
        try:
            source = read(case.pasted, client=case.deal.client, vendor=case.deal.vendor)
            made = self._made(_material(case, source))
        except SummarizerError as error:
            return _failed(case, problem=error.detail)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the run goes on and counts it
            return _failed(case, problem=f"{type(error).__name__}: {error}")
        seconds = self.clock() - began
        self._remember(made.made_by)
        return _scored(case, source, made, seconds=seconds)

    def _made(self, material: Material) -> Draft:
        return self.engine.make(material) if isinstance(self.engine, Maker) else draft(material, self.engine)

    def _remember(self, made_by: MadeBy) -> None:
        """Raises ResumeRefused when a resumed run has been made by something else."""
        before = self._made_by
        if before and (before.model, before.prompt) != (made_by.model, made_by.prompt):
            raise ResumeRefused(f"It was begun with {before.model} ({before.prompt}), and this is {made_by.model}.")
        self._made_by = made_by

    def run(self) -> Run:
        """All that is done so far."""
        choice = self.choice
        return Run(
            made_at=datetime.now(UTC),
            engine=self.engine.name,
            model=self._made_by.model if self._made_by else "unknown",
            prompt=self._made_by.prompt if self._made_by else "",
            revision=revision(Path(__file__).parents[1]),
            cases=choice.folder.name,
            cases_sha256=digest(choice.cases),
            asked=len(choice.cases),
            prices=self.prices,
            results=tuple(self._results[case.id] for case in choice.cases if case.id in self._results),
            not_cases=tuple(choice.not_cases),
        )


def _material(case: Case, source: Source) -> Material:
    deal = case.deal
    return Material([source], client=deal.client, vendor=deal.vendor, deal_type=deal.deal_type)


def _scored(case: Case, source: Source, made: Draft, *, seconds: float) -> CaseResult:
    drafted = Drafted(items=made.items, stakeholders=made.stakeholders)
    scored = score(case, drafted, source=source)
    done = {
        "seconds": round(seconds, 3),
        "tokens_in": made.made_by.tokens_in,
        "tokens_out": made.made_by.tokens_out,
        "tokens_reused": made.made_by.tokens_reused,
        "incomplete": next((each.text for each in made.findings if each.kind is FindingKind.INCOMPLETE), None),
        "counts": _whole(scored.counts),
        "chances": scored.chances,
        "draft": drafted,
    }
    return _bare(case).model_copy(update=done)


def _failed(case: Case, *, problem: str) -> CaseResult:
    unread = Source(name="", text=case.pasted, form=case.form, messages=(), passages=())
    empty = score(case, Drafted(), source=unread).counts
    return _bare(case).model_copy(update={"problem": " ".join(problem.split()), "counts": _whole(empty)})


def _bare(case: Case) -> CaseResult:
    return CaseResult(
        id=case.id,
        sha256=case.sha256,
        form=case.form,
        deal_type=case.deal.deal_type,
        length=case.length,
        messy=case.messy,
        words=case.words,
        counts={},
    )


def _whole(counts: dict[str, int]) -> dict[str, float]:
    return {key: count for key, count in counts.items() if count}


def revision(folder: Path) -> str | None:
    """The commit that the code was checked out from, with `+` when files differ from it; `None` outside of git."""
    git = shutil.which("git")
    if git is None or not (folder / ".git").exists():
        return None
    commit, changes = (_said_by(git, folder, *words) for words in (("rev-parse", "HEAD"), ("status", "--porcelain")))
    return f"{commit[:12]}{'+' if changes else ''}" if commit else None


def _said_by(git: str, folder: Path, *words: str) -> str:
    return subprocess.run([git, *words], cwd=folder, capture_output=True, text=True, check=False).stdout.strip()
