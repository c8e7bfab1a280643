"""All figures of a run with their intervals, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.bootstrap import Measured, Resampling, total
from eval.calibration import Calibration, calibrate
from eval.cases import LENGTHS
from eval.figures import BY_KIND, FOUND, HEADLINES, INVENTED, ITEM_F1, KINDS, PEOPLE, TRAPPED, Figure, KindFigures
from eval.runs import CaseResult, Run
from eval.scoring import EXTRA, MISSED

SLICED = (ITEM_F1, FOUND, TRAPPED, INVENTED)
"""What is looked at in each slice."""
SLICES = ("Form", "Length", "Deal type", "Messy or tidy", "What makes it messy")


@dataclass(frozen=True)
class Row:
    """One figure of a run."""

    figure: Figure
    scored: Measured
    """Over the cases that were scored."""
    all: Measured
    """Over all cases, a failed one counted as an empty draft; the same as `scored` when none failed."""
    count: int | None = None
    """The number itself, where the figure asks for it."""

    @property
    def out_of_bounds(self) -> bool:
        """Whether the figure must have another value."""
        return self.figure.bound is not None and self.scored.value not in {None, self.figure.bound}


@dataclass(frozen=True)
class KindRow:
    """The figures of one kind."""

    kind: KindFigures
    f1: Measured
    precision: Measured
    recall: Measured
    gold: int
    predicted: int
    hit: int


@dataclass(frozen=True)
class Slice:
    """The figures of the cases that have something in common."""

    by: str
    """What they are sliced by: form, length, …"""
    name: str
    cases: int
    figures: tuple[tuple[Figure, Measured], ...]


@dataclass(frozen=True)
class Summary:
    """All that a run says."""

    run: Run
    headlines: tuple[Row, ...]
    people: tuple[Row, ...]
    kinds: tuple[KindRow, ...]
    slices: tuple[Slice, ...]
    calibration: Calibration | None
    """`None` when the engine states no confidence."""
    confusion: tuple[tuple[str, tuple[int, ...]], ...]
    """Row by row, the labelled kind and how often it was drafted as each column of `columns`."""
    columns: tuple[str, ...]
    median_s: Measured
    p95_s: Measured
    invented: dict[str, int]
    """How many figures, dates and names were invented."""

    def row(self, figure: Figure) -> Row:
        """The row of a headline figure."""
        return next(row for row in self.headlines if row.figure is figure)


def summarize(run: Run) -> Summary:
    """All figures of the run, over what was scored and over all of it."""
    scored, draws = run.scored, Resampling(len(run.scored))
    everything = Resampling(len(run.results)) if run.failed else draws
    counts = total([result.counts for result in scored])
    seconds = [result.seconds for result in scored if result.seconds is not None]
    return Summary(
        run=run,
        headlines=tuple(_row(figure, run, draws, everything) for figure in HEADLINES),
        people=tuple(_row(figure, run, draws, everything) for figure in PEOPLE),
        kinds=tuple(_kind(kind, scored, draws) for kind in BY_KIND),
        slices=tuple(_slices(scored)),
        calibration=calibrate([chance for result in scored for chance in result.chances]),
        confusion=tuple(
            (row, tuple(int(counts.get(f"confusion:{row}:{column}", 0)) for column in (*KINDS, MISSED)))
            for row in (*KINDS, EXTRA)
        ),
        columns=(*KINDS, MISSED),
        median_s=draws.quantile(seconds, 0.5),
        p95_s=draws.quantile(seconds, 0.95),
        invented={sort: int(counts.get(f"invented:{sort}", 0)) for sort in ("figure", "date", "name")},
    )


def _row(figure: Figure, run: Run, draws: Resampling, everything: Resampling) -> Row:
    rows = [result.counts for result in run.scored]
    measured = draws.measure(figure, rows)
    whole = everything.measure(figure, [result.counts for result in run.results]) if run.failed else measured
    count = int(total(rows).get(figure.counted, 0)) if figure.counted else None
    return Row(figure, measured, whole, count)


def _kind(kind: KindFigures, results: Sequence[CaseResult], draws: Resampling) -> KindRow:
    rows = [result.counts for result in results]
    counts = total(rows)
    gold, predicted, hit = (int(counts.get(f"{name}:{kind.kind}", 0)) for name in ("gold", "predicted", "hit"))
    f1, precision, recall = (draws.measure(figure, rows) for figure in (kind.f1, kind.precision, kind.recall))
    return KindRow(kind, f1, precision, recall, gold, predicted, hit)


def _slices(results: Sequence[CaseResult]) -> list[Slice]:
    groups: dict[tuple[str, str], list[CaseResult]] = {}
    for result in results:
        for group in _groups(result):
            groups.setdefault(group, []).append(result)
    return [_slice(*group, groups[group]) for group in sorted(groups, key=_place)]


def _place(group: tuple[str, str]) -> tuple[int, int, str]:
    by, name = group
    return SLICES.index(by), LENGTHS.index(name) if by == "Length" else 0, name


def _groups(result: CaseResult) -> list[tuple[str, str]]:
    values = (result.form, result.length, result.deal_type, "messy" if result.messy else "tidy")
    return [*zip(SLICES, values, strict=False), *((SLICES[-1], tag) for tag in result.messy)]


def _slice(by: str, name: str, results: Sequence[CaseResult]) -> Slice:
    rows, draws = [result.counts for result in results], Resampling(len(results))
    figures = tuple((figure, draws.measure(figure, rows)) for figure in SLICED)
    return Slice(by, name.replace("_", " "), len(results), figures)
