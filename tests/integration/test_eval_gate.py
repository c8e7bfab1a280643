"""The gate: on the development cases the embedded engine is not worse than the committed baseline."""

import os

import pytest

from eval.cases import locate, read_cases
from eval.comparing import compare_runs
from eval.running import Session, choose
from eval.runs import read_run
from summarizer.adapters.embedded import EmbeddedEngine
from tests.integration.processes import ROOT

BASELINE = ROOT / "eval" / "baselines" / "embedded.json"


@pytest.mark.skipif(
    not BASELINE.exists() and os.environ.get("CI") != "true", reason="make it first: make eval-baseline"
)
def test_drafts_are_not_worse_than_the_baseline() -> None:
    before = read_run(BASELINE)
    session = Session(choose(read_cases("development")), EmbeddedEngine())
    problems = {result.id: result.problem for result in session.work() if result.problem}
    comparison = compare_runs(before, session.run())
    worse = {
        drop.figure.title: f"{drop.figure.said(drop.before)} to {drop.figure.said(drop.after)}"
        for drop in comparison.drops
    }
    assert (problems, worse, comparison.only_before, comparison.only_after) == ({}, {}, (), ())


@pytest.mark.skipif(not BASELINE.exists(), reason="there is no baseline yet")
def test_the_baseline_covers_the_development_cases_and_keeps_no_words_of_them() -> None:
    baseline = read_run(BASELINE)
    assert locate("development").is_dir()
    assert baseline.complete
    assert [result.id for result in baseline.results if result.draft] == []
