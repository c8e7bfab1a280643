"""The figures of quality: ratios of what `eval.scoring` counts, so that they add up over cases and can be resampled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.items import Kind

CORE = (Kind.SCOPE, Kind.EXCLUSION, Kind.DEPENDENCY, Kind.SUCCESS_METRIC)
KINDS = (*CORE, Kind.MILESTONE, Kind.OBLIGATION, Kind.OPEN_QUESTION)
"""In the order in which they are shown."""
Counts = Mapping[str, float]


@dataclass(frozen=True)
class Figure:
    """A ratio of sums of counts."""

    key: str
    title: str
    top: Mapping[str, float]
    """Count to its weight in the numerator."""
    bottom: Mapping[str, float]
    about: str
    """What it says, in one sentence."""
    rising_is_good: bool = True
    percent: bool = True
    """Whether it is shown as a share in per cent; else as a number from 0 to 1."""
    bound: float | None = None
    """The value that it must have; `None` when there is none."""
    counted: str = ""
    """The count that is shown beside the share, where the number itself matters."""

    def of(self, counts: Counts) -> float | None:
        """The value from 0 to 1; `None` when there was nothing to measure it on."""
        bottom = _sum(self.bottom, counts)
        return _sum(self.top, counts) / bottom if bottom else None

    def said(self, value: float | None) -> str:
        """The value as it is written.

        >>> Figure("f", "F", {}, {}, "").said(0.123), Figure("f", "F", {}, {}, "", percent=False).said(0.5)
        ('12.3 %', '0.500')
        """
        if value is None:
            return "–"
        return f"{100 * value:.1f} %" if self.percent else f"{value:.3f}"


def _sum(weights: Mapping[str, float], counts: Counts) -> float:
    return sum(weight * counts.get(key, 0) for key, weight in weights.items())


def _share(key: str, title: str, top: str, bottom: str, about: str, *, rising_is_good: bool = True) -> Figure:
    return Figure(key, title, {top: 1}, {bottom: 1}, about, rising_is_good)


def _f1(key: str, title: str, kinds: Sequence[Kind], about: str) -> Figure:
    names = [f":{kind}" for kind in kinds] or [""]
    top = {f"hit{name}": 2.0 for name in names}
    bottom = {f"{count}{name}": 1.0 for name in names for count in ("gold", "predicted")}
    return Figure(key, title, top, bottom, about, percent=False)


ITEM_F1 = _f1("item_f1", "Item F1", (), "Items with the right kind and the needed words, one to one, over all kinds.")
CORE_F1 = _f1("core_f1", "Core F1", CORE, "The same over scope, exclusions, dependencies and success metrics.")
PRECISION = _share("precision", "Precision", "hit", "predicted", "Drafted items that are right.")
RECALL = _share("recall", "Recall", "hit", "gold", "Labelled items that are drafted rightly.")
FOUND = _share("found", "Facts found", "found", "gold", "Labelled facts that the draft states, under whatever kind.")
TRAPPED = _share(
    "trapped",
    "Traps stated as fact",
    "traps:stated",
    "traps",
    "Superseded, refused, foreign or injected claims that the draft states as fact.",
    rising_is_good=False,
)
SUPERSEDED = _share(
    "superseded",
    "Superseded claims stated",
    "superseded:stated",
    "superseded",
    "Of the claims that a later message undoes, those that the draft states all the same.",
    rising_is_good=False,
)
EXACT = Figure(
    "exact",
    "Exact quotes",
    {"quotes:exact": 1},
    {"quotes": 1},
    "Quotes that stand in the text, to the letter, at the place that is given.",
    bound=1.0,
)
UNQUOTED = Figure(
    "unquoted",
    "Items without a quote",
    {"unquoted": 1},
    {"predicted": 1},
    "Drafted items that name no words of the text.",
    rising_is_good=False,
    bound=0.0,
    counted="unquoted",
)
INVENTED = Figure(
    "invented",
    "Items with something invented",
    {"items:inventing": 1},
    {"predicted": 1},
    "Items with a figure, date or name that stands nowhere in the text.",
    rising_is_good=False,
    bound=0.0,
    counted="items:inventing",
)
BEYOND = Figure(
    "beyond",
    "Items beyond their evidence",
    {"items:beyond": 1},
    {"predicted": 1},
    "Items with a figure, date or name that stands in the text, but not in what the item cites.",
    rising_is_good=False,
    counted="items:beyond",
)
CITED = _share("cited", "Cited rightly", "cited", "hit", "Right items of which a quote meets the labelled evidence.")
CITE_PRECISION = _share(
    "cite_precision", "Citation precision", "cites:right", "cites", "Quotes of right items that meet labelled evidence."
)
CITE_RECALL = _share(
    "cite_recall", "Citation recall", "evidence:met", "evidence", "Labelled evidence of right items that a quote meets."
)
ABSTAINED = _share(
    "abstained",
    "Abstention by kind",
    "absent:empty",
    "absent",
    "Kinds of which a case has nothing and of which the draft proposes nothing.",
)
NOTHING_LEFT = _share(
    "nothing", "Empty where nothing is", "nothing:empty", "nothing", "Cases without any scope whose draft is empty."
)

HEADLINES = (
    ITEM_F1,
    CORE_F1,
    PRECISION,
    RECALL,
    FOUND,
    TRAPPED,
    SUPERSEDED,
    EXACT,
    UNQUOTED,
    INVENTED,
    BEYOND,
    CITED,
    CITE_PRECISION,
    CITE_RECALL,
    ABSTAINED,
    NOTHING_LEFT,
)
PEOPLE = (
    _share("people_precision", "People, precision", "people:hit", "people:predicted", "Named people who are labelled."),
    _share("people_recall", "People, recall", "people:hit", "people:gold", "Labelled people who are named."),
    _share("sides", "Side right", "sides:right", "sides", "Of the people found, those on the right side."),
    _share("roles", "Role right", "roles:right", "roles", "Of the people found whose role is stated, those with it."),
    _share(
        "owner_recall", "Owners found", "owners:right", "owners", "Right dependencies and milestones with their owner."
    ),
    _share(
        "owner_precision", "Owners right", "owners:right", "owners:given", "Given owners that are the labelled one."
    ),
    _share("due_recall", "Dates found", "dues:right", "dues", "Right dependencies and milestones with their date."),
    _share("due_precision", "Dates right", "dues:right", "dues:given", "Given dates that are the labelled one."),
)
GATED = (ITEM_F1, FOUND, EXACT, TRAPPED, INVENTED)
"""What a change may not make significantly worse."""


@dataclass(frozen=True)
class KindFigures:
    """Precision, recall and F1 of one kind."""

    kind: Kind
    f1: Figure
    precision: Figure
    recall: Figure

    @property
    def name(self) -> str:
        """The kind as people read it."""
        return self.kind.replace("_", " ")


def _of_kind(kind: Kind) -> KindFigures:
    hit, gold, predicted = (f"{count}:{kind}" for count in ("hit", "gold", "predicted"))
    return KindFigures(
        kind,
        f1=_f1(f"f1:{kind}", "F1", [kind], "Precision and recall of this kind in one number."),
        precision=_share(
            f"precision:{kind}", "Precision", hit, predicted, "Drafted items of this kind that are right."
        ),
        recall=_share(f"recall:{kind}", "Recall", hit, gold, "Labelled items of this kind that are drafted rightly."),
    )


BY_KIND = tuple(_of_kind(kind) for kind in KINDS)
