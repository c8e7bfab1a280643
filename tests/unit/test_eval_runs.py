"""Runs: how they are made, kept, resumed and compared, and that nothing that failed is lost from sight."""

from pathlib import Path

import pytest

from eval.bootstrap import Measured, Resampling
from eval.cases import CaseFolder, Unreadable
from eval.comparing import compare_runs
from eval.errors import CasesUnusable, ResumeRefused, RunsDiffer, RunUnreadable
from eval.figures import EXACT, FOUND, HEADLINES, INVENTED, ITEM_F1, TRAPPED, Figure
from eval.running import choose
from eval.runs import NotACase, Prices, Run, read_run, write_run
from eval.summary import summarize
from eval.tables import cost, signed, spent
from summarizer.errors import AnswerInvalid
from tests.unit.eval_making import Talker, case, result, run, session

ALL_RIGHT = {"gold": 10, "predicted": 10, "hit": 10, "found": 10, "quotes": 10, "quotes:exact": 10, "traps": 3}


def worsened(before: Run, after: Run) -> list[Figure]:
    """The gated figures that dropped."""
    return [each.figure for each in compare_runs(before, after).drops]


def test_a_run_scores_each_case_and_says_what_made_it() -> None:
    working = session(case("a"), case("b"))
    assert [each.id for each in working.work()] == ["a", "b"]
    made = working.run()
    assert (made.engine, made.model, made.prompt, made.tokens) == ("scripted", "script", "sha256:0", (2000, 20))
    assert [each.counts["hit"] for each in made.results] == [1, 1]
    assert made.complete


@pytest.mark.parametrize("error", [AnswerInvalid(), ZeroDivisionError("division by zero")])
def test_a_case_on_which_the_engine_fails_is_counted_and_kept_apart(error: Exception) -> None:
    engine = Talker()
    engine.fail = error
    working = session(case("a"), case("b"), engine=engine)
    rows = working.work()
    next(rows)
    engine.fail = None
    list(rows)
    summary = summarize(working.run())
    assert [each.id for each in summary.run.failed] == ["a"]
    f1 = summary.row(ITEM_F1)
    assert f1.scored.value == pytest.approx(2 / 3)
    assert f1.all.value == pytest.approx(2 / 5)


def test_drafts_that_lack_something_are_counted_and_the_first_says_what() -> None:
    engine = Talker()
    working = session(case("a"), case("b"), engine=engine)
    rows = working.work()
    next(rows)
    engine.notice = "The model was not asked."
    list(rows)
    assert spent(summarize(working.run())).endswith("One draft is incomplete; b: The model was not asked.")


def test_a_run_survives_its_file(tmp_path: Path) -> None:
    working = session(case("a"))
    list(working.work())
    path = tmp_path / "deep" / "run.json"
    made = working.run()
    write_run(made, path)
    assert read_run(path) == made


def test_a_baseline_holds_scores_and_no_words_of_the_cases(tmp_path: Path) -> None:
    working = session(case("a"))
    list(working.work())
    path = tmp_path / "baseline.json"
    write_run(working.run().without_drafts(), path)
    assert "shops" not in path.read_text("utf-8")
    assert compare_runs(read_run(path), working.run()).drops == []


@pytest.mark.parametrize("content", ["", "{}", '{"schema_version": 2}'])
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content, "utf-8")
    with pytest.raises(RunUnreadable):
        read_run(path)


def test_a_stopped_run_goes_on_where_it_was() -> None:
    first = session(case("a"), case("b"))
    next(first.work())
    stopped = first.run()
    assert (len(stopped.results), stopped.complete) == (1, False)
    second = session(case("a"), case("b"))
    assert second.resume(stopped) == 1
    assert [each.id for each in second.work()] == ["b"]
    assert second.run().complete


def test_a_failed_case_is_tried_again_when_a_run_goes_on() -> None:
    engine = Talker()
    engine.fail = AnswerInvalid()
    first = session(case("a"), engine=engine)
    list(first.work())
    second = session(case("a"))
    assert second.resume(first.run()) == 0
    assert [each.scored for each in second.work()] == [True]


def test_a_run_does_not_go_on_with_changed_cases_or_another_model() -> None:
    first = session(case("a"), case("b"))
    next(first.work())
    with pytest.raises(ResumeRefused, match="a"):
        session(case("a", text="changed")).resume(first.run())
    other = session(case("a"), case("b"), engine=Talker(model="another"))
    other.resume(first.run())
    with pytest.raises(ResumeRefused, match="another"):
        list(other.work())


def test_cases_are_chosen_by_id_and_number_and_unread_ones_are_set_aside() -> None:
    unread = case("a").model_copy(update={"needs_reading": True})
    folder = CaseFolder("some", Path("some"), [unread, case("b"), case("c")], [Unreadable("x.json", "no JSON")])
    choice = choose(folder, limit=1)
    assert [each.id for each in choice.cases] == ["b"]
    assert list(choice.not_cases) == [
        NotACase(file="a.json", fault="nobody has read it yet"),
        NotACase(file="x.json", fault="no JSON"),
    ]
    assert [each.id for each in choose(folder, only=["c"]).cases] == ["c"]
    with pytest.raises(CasesUnusable, match="nope"):
        choose(folder, only=["nope"])


def test_an_interval_holds_its_value_and_is_the_same_each_time() -> None:
    rows = [{"hit": float(n % 3), "gold": 3.0, "predicted": 3.0} for n in range(30)]
    one, other = (Resampling(len(rows)).measure(ITEM_F1, rows) for _ in range(2))
    assert one == other
    assert one.low is not None
    assert one.high is not None
    assert one.value is not None
    assert one.low < one.value < one.high


def test_a_single_case_has_no_interval_and_nothing_measured_no_value() -> None:
    assert Resampling(1).measure(FOUND, [{"found": 1, "gold": 2}]) == Measured(0.5)
    assert Resampling(2).measure(FOUND, [{}, {}]) == Measured(None)


def test_equal_runs_differ_in_nothing() -> None:
    one = run(*(result(f"c{n}", ALL_RIGHT) for n in range(20)))
    comparison = compare_runs(one, one)
    assert {each.change for each in comparison.differences} <= {0.0, None}
    assert comparison.drops == []


def test_a_drop_on_all_cases_is_significant_and_one_on_a_single_case_is_not() -> None:
    good = [result(f"c{n}", ALL_RIGHT) for n in range(20)]
    worse = ALL_RIGHT | {"hit": 7, "found": 7}
    everywhere = [result(f"c{n}", worse) for n in range(20)]
    assert worsened(run(*good), run(*everywhere)) == [ITEM_F1, FOUND]
    once = [*everywhere[:1], *good[1:]]
    assert compare_runs(run(*good), run(*once)).drops == []


def test_more_stated_traps_are_a_drop_and_fewer_are_not() -> None:
    few = run(*(result(f"c{n}", ALL_RIGHT) for n in range(20)))
    many = run(*(result(f"c{n}", ALL_RIGHT | {"traps:stated": 2}) for n in range(20)))
    assert worsened(few, many) == [TRAPPED]
    assert compare_runs(many, few).drops == []


def test_the_first_invention_and_the_first_wrong_quote_fail_even_without_significance() -> None:
    good = [result(f"c{n}", ALL_RIGHT) for n in range(20)]
    bad = result("c0", ALL_RIGHT | {"items:inventing": 1, "quotes:exact": 9})
    assert worsened(run(*good), run(bad, *good[1:])) == [EXACT, INVENTED]


def test_runs_on_changed_cases_are_not_compared() -> None:
    with pytest.raises(RunsDiffer, match="c2"):
        compare_runs(run(result("c1"), result("c2")), run(result("c1"), result("c2", sha256="1")))
    with pytest.raises(RunsDiffer):
        compare_runs(run(result("c1")), run(result("c2")))


def test_a_comparison_names_the_cases_that_only_one_run_has() -> None:
    comparison = compare_runs(run(result("a"), result("b")), run(result("b"), result("c")))
    assert (comparison.common, comparison.only_before, comparison.only_after) == (1, ("a",), ("c",))


def test_a_failed_case_counts_as_an_empty_draft_in_a_comparison() -> None:
    good = [result(f"c{n}", ALL_RIGHT) for n in range(20)]
    failed = [result(f"c{n}", {"gold": 10, "traps": 3}, problem="no answer") for n in range(20)]
    assert worsened(run(*good), run(*failed)) == [ITEM_F1, FOUND]


def test_cost_is_unknown_rather_than_nothing() -> None:
    priced = Prices(tokens_in=0.5, tokens_out=2.0)
    without = run(result())
    counted = run(result(), tokens_in=2_000_000)
    assert cost(without) == "unknown (no tokens counted)"
    assert cost(without.model_copy(update={"prices": priced})) == "unknown (no tokens counted)"
    assert cost(counted) == "unknown (no prices given)"
    assert cost(counted.model_copy(update={"prices": priced})) == "1.0000 for the run"


def test_differences_are_written_with_their_sign() -> None:
    assert [signed(ITEM_F1, -0.0123), signed(FOUND, 0.02), signed(FOUND, -0.0001)] == [
        "−0.012",
        "+2.0 points",
        "0.0 points",
    ]


def test_every_headline_figure_is_summarized_with_nothing_counted() -> None:
    summary = summarize(run(result()))
    assert [row.figure for row in summary.headlines] == list(HEADLINES)
    assert {row.scored.value for row in summary.headlines} == {None}
    assert summary.calibration is None
