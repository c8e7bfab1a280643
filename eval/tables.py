"""A run on the terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.bootstrap import Measured
from eval.cases import Case
from eval.comparing import Comparison, Difference
from eval.figures import KINDS, Figure
from eval.runs import Run
from eval.spending import Spent
from eval.summary import Row, Summary


def shown(summary: Summary) -> RenderableType:
    """The whole run: headline figures, kinds, people, time, and what could not be scored."""
    return Group(*_parts(summary))


def _parts(summary: Summary) -> Iterator[RenderableType]:
    run = summary.run
    yield Text(f"\n{run.engine} ({run.model}) on {run.cases}: {len(run.scored)} of {run.asked} cases scored", "bold")
    yield _figures("What it says", summary.headlines, run)
    yield _kinds(summary)
    yield _figures("People, owners, dates", summary.people, run)
    yield Text(spent(summary), "dim")
    yield from _not_scored(run)


def _figures(title: str, rows: tuple[Row, ...], run: Run) -> Table:
    table = Table(title, "figure", "95 %", box=None, pad_edge=False, header_style="bold")
    if run.failed:
        table.add_column("failures as empty drafts")
    for row in rows:
        cells = [row.figure.title, _value(row), _interval(row.figure, row.scored)]
        if run.failed:
            cells.append(f"{row.figure.said(row.all.value)}  {_interval(row.figure, row.all)}")
        table.add_row(*cells)
    return table


def _value(row: Row) -> str:
    said = row.figure.said(row.scored.value)
    return said if row.count is None or row.scored.value is None else f"{said} ({row.count})"


def _interval(figure: Figure, measured: Measured) -> str:
    return interval(figure, measured.low, measured.high)


def interval(figure: Figure, low: float | None, high: float | None) -> str:
    """The interval as it is written; empty when there is none."""
    if low is None or high is None:
        return ""
    return f"{figure.said(low).removesuffix(' %')} to {figure.said(high)}"


def _kinds(summary: Summary) -> Table:
    table = Table("Kind", "F1", "95 %", "precision", "recall", "right", "of", "drafted", box=None, pad_edge=False)
    for row in summary.kinds:
        f1, precision, recall = row.kind.f1, row.kind.precision, row.kind.recall
        table.add_row(
            row.kind.name,
            f1.said(row.f1.value),
            _interval(f1, row.f1),
            precision.said(row.precision.value),
            recall.said(row.recall.value),
            *map(str, (row.hit, row.gold, row.predicted)),
        )
    table.columns[2].no_wrap = True
    return table


def spent(summary: Summary) -> str:
    """Time, tokens and cost in one line; what is unknown is called so.

    The price's currency is not known, so none is written.
    """
    run = summary.run
    median, p95 = (
        "unknown" if each.value is None else f"{each.value:.2f} s" for each in (summary.median_s, summary.p95_s)
    )
    tokens = f"{run.tokens[0]:,} tokens in, {run.tokens[1]:,} out" if run.tokens else "no tokens counted"
    tokens += f", {run.reused:,} more in kept answers" if run.reused else ""
    lacking = [each for each in run.results if each.incomplete]
    drafts = "One draft is" if len(lacking) == 1 else f"{len(lacking)} drafts are"
    said = f" {drafts} incomplete; {lacking[0].id}: {lacking[0].incomplete}" if lacking else ""
    return f"A case: median {median}, p95 {p95}. {tokens}. Cost: {cost(run)}.{said}"


def cost(run: Run) -> str:
    """What the run cost, or why nobody knows."""
    if run.cost is not None:
        return f"{run.cost:.4f} for the run"
    return "unknown (no prices given)" if run.tokens else "unknown (no tokens counted)"


def _not_scored(run: Run) -> Iterator[RenderableType]:
    for result in run.failed:
        yield Text.assemble(("not scored  ", "red"), f"{result.id}: {result.problem}")
    for each in run.not_cases:
        yield Text.assemble(("no case     ", "red"), f"{each.file}: {each.fault}")
    if not run.complete:
        yield Text(f"Interrupted: {run.asked - len(run.results)} cases are still to be run.", "yellow")


def compared(comparison: Comparison) -> RenderableType:
    """The differences between two runs."""
    before, after = comparison.before, comparison.after
    title = f"{after.engine} ({after.model}) against {before.engine} ({before.model}), {comparison.common} cases"
    table = Table("Paired difference", "before", "after", "difference", "95 %", "", box=None, pad_edge=False)
    for each in comparison.differences:
        if each.before is not None or each.after is not None:
            table.add_row(*_difference(each))
    parts: list[RenderableType] = [Text(f"\n{title}", "bold"), table]
    for run, ids in (("before", comparison.only_before), ("after", comparison.only_after)):
        if ids:
            parts.append(Text(f"Left out, as only the run {run} has them: {', '.join(ids)}", "yellow"))
    return Group(*parts)


def spent_beside(rows: Sequence[Spent]) -> RenderableType:
    """What two runs took, beside each other."""
    table = Table("Spent", "before", "after", "difference", "95 %", box=None, pad_edge=False)
    for row in rows:
        table.add_row(row.title, row.before or "unknown", row.after or "unknown", row.change or "–", row.interval)
    return table


def _difference(each: Difference) -> Iterator[str | Text]:
    figure = each.figure
    yield figure.title
    yield figure.said(each.before)
    yield figure.said(each.after)
    yield "–" if each.change is None else signed(figure, each.change)
    yield "" if each.low is None or each.high is None else signed_interval(figure, each.low, each.high)
    yield Text(*verdict(each))


def signed(figure: Figure, value: float) -> str:
    """A difference with its sign; those of shares are in percentage points."""
    number = f"{100 * value:+.1f}" if figure.percent else f"{value:+.3f}"
    number = number.lstrip("+-") if not float(number) else number.replace("-", "−")
    return f"{number} points" if figure.percent else number


def signed_interval(figure: Figure, low: float, high: float) -> str:
    """The interval of a difference as it is written."""
    return f"{signed(figure, low).removesuffix(' points')} to {signed(figure, high)}"


def verdict(each: Difference) -> tuple[str, str]:
    """What a difference means, and the style in which it is written."""
    if each.worse:
        return "worse", "bold red"
    return ("better", "green") if each.significant and each.better else ("", "")


def contents(name: str, cases: Sequence[Case]) -> Text:
    """What a folder of cases holds, in two lines."""
    kinds = Counter(item.kind for case in cases for item in case.gold.items)
    words, messy = sum(case.words for case in cases), sum(bool(case.messy) for case in cases)
    traps = sum(len(case.gold.traps) for case in cases)
    labels = ", ".join(f"{kinds[kind]} {kind.replace('_', ' ')}" for kind in KINDS)
    return Text.assemble(
        (f"{name}: ", "bold"), f"{len(cases)} cases ({messy} messy), {words:,} words\n", f"{labels}; {traps} traps"
    )
