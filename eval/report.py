"""A run as one HTML page that needs neither script nor network."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from eval.cases import Case
from eval.comparing import Comparison
from eval.figures import EXACT, FOUND, INVENTED, ITEM_F1, TRAPPED, Figure
from eval.misses import CasePage, case_page
from eval.runs import Run
from eval.summary import SLICED, Row, Slice, Summary, summarize
from eval.tables import cost, interval, signed, signed_interval, verdict
from templates import environment

TILES = (ITEM_F1, FOUND, TRAPPED, EXACT, INVENTED)
"""The figures that a reader sees first."""
TRENDS = (ITEM_F1, FOUND, TRAPPED)


@dataclass(frozen=True)
class Trend:
    """One figure over several runs, oldest first."""

    figure: Figure
    rows: Sequence[Row]


@dataclass(frozen=True)
class ReportPage:
    """All that the template shows."""

    run: Run
    summary: Summary
    tiles: Sequence[Row]
    sliced: Sequence[Figure]
    """What is looked at in each slice."""
    slices: Sequence[tuple[str, Sequence[Slice]]]
    """Grouped by what they are sliced by."""
    peak: int
    """The largest number of the confusion table, at least 1."""
    runs: Sequence[Run]
    trends: Sequence[Trend]
    """Empty with a single run."""
    comparison: Comparison | None
    widest: float
    """The largest absolute value on the scale of the differences, above 0."""
    cases: Sequence[CasePage]
    """The worst first."""

    @property
    def differing(self) -> Sequence[str]:
        """The days and times of the runs that were made on other cases than the last one."""
        other = [run for run in self.runs if run.cases_sha256 != self.run.cases_sha256]
        return [f"{run.made_at:%Y-%m-%d %H:%M}" for run in other]

    @property
    def incomplete(self) -> bool:
        """Whether something was not scored."""
        return bool(self.run.failed or self.run.not_cases or not self.run.complete)


def page(runs: Sequence[Run], *, cases: Sequence[Case] = (), comparison: Comparison | None = None) -> str:
    """The report of the last run, with the trend over all of them; `cases` give the texts."""
    template = environment().get_template("evaluation/report.html.j2")
    written = (interval, signed, signed_interval, verdict, cost)
    helpers = {each.__name__: each for each in written}
    return template.render(page=report_page(runs, cases=cases, comparison=comparison), **helpers)


def report_page(runs: Sequence[Run], *, cases: Sequence[Case], comparison: Comparison | None) -> ReportPage:
    """What the report shows."""
    run, summary = runs[-1], summarize(runs[-1])
    known = {case.id: case for case in cases}
    shown = [case_page(result, known.get(result.id)) for result in run.results]
    return ReportPage(
        run=run,
        summary=summary,
        tiles=[summary.row(figure) for figure in TILES],
        sliced=SLICED,
        slices=[(by, list(group)) for by, group in groupby(summary.slices, key=lambda each: each.by)],
        peak=max((count for _, row in summary.confusion for count in row), default=1) or 1,
        runs=runs,
        trends=_trends(runs) if len(runs) > 1 else (),
        comparison=comparison,
        widest=widest(comparison),
        cases=sorted(shown, key=_goodness),
    )


def _goodness(case: CasePage) -> tuple[float, str]:
    return (-1.0 if not case.result.scored else case.f1 if case.f1 is not None else 1.0), case.result.id


def widest(comparison: Comparison | None) -> float:
    """The largest absolute value on the scale of the differences, above 0."""
    ends = [
        abs(end)
        for row in (comparison.differences if comparison else ())
        for end in (row.low, row.high, row.change)
        if end
    ]
    return max([*ends, 0.01])


def _trends(runs: Sequence[Run]) -> list[Trend]:
    summaries = [summarize(run) for run in runs]
    return [Trend(figure, [summary.row(figure) for summary in summaries]) for figure in TRENDS]
