"""Two engines on real requests, by what reviewers decided of the one draft that they saw.

What was accepted or edited was proposed by the first engine and seen by a person; so the first engine is at an
advantage there, and what only the second one says has been judged by nobody. What reviewers added and what they
rejected is where the two can be told apart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.bootstrap import Resampling, total
from eval.cases import GoldItem
from eval.comparing import Difference, difference
from eval.figures import Counts, Figure
from eval.matching import pairs, said, says
from eval.tables import signed, signed_interval, verdict
from eval.telling import must
from summarizer.decisions import Draft, Verdict
from summarizer.items import Basis, Item
from summarizer.review import Review
from summarizer.reviewing import open_review
from summarizer.service import now
from summarizer.shadowing import DAY
from summarizer.stores import Store

FEWEST = 10
"""Requests, below which no engine is called better or worse, whatever the interval."""
_MANY = 100


def _share(key: str, title: str, about: str, *, rising_is_good: bool = True) -> Figure:
    return Figure(key, title, {f"{key}:said": 1}, {key: 1}, about, rising_is_good)


def _mean(key: str, title: str, about: str) -> Figure:
    return Figure(key, title, {key: 1}, {"drafts": 1}, about, rising_is_good=False, percent=False)


VERDICTS = (
    _share("accepted", "Accepted items said", "Of what reviewers took over as it was."),
    _share("edited", "Edited items said", "Of what they changed, as it was drafted.", rising_is_good=False),
    _share("corrected", "Said as they edited it", "Of what they changed, as they left it."),
    _share("rejected", "Rejected items said", "Of what they rejected.", rising_is_good=False),
    _share("added", "Added items said", "Of what they had to write themselves."),
)
SIZES = (
    _mean("items", "Items a draft", "Judged or not."),
    _mean("unjudged", "of them judged by nobody", "A draft, on average."),
)
"""Neither more nor less of these is better."""
COSTS = (
    _mean("seconds", "Seconds a draft", "As each was made; kept answers cost no time."),
    _mean("tokens", "Tokens a draft", "In and out, with those of kept answers."),
    _mean("cost", "Money a draft", "As far as prices are set."),
)


@dataclass(frozen=True)
class Judged:
    """All requests that both engines drafted and a reviewer committed."""

    first: Sequence[Mapping[str, float]]
    """Counts of the draft that people saw, one row a request."""
    second: Sequence[Mapping[str, float]]
    waiting: int
    """Requests whose review is not committed yet."""
    without: Mapping[str, int]
    """Why there is no second draft, in words, to the number of requests; of the figures only the tokens count them."""
    tokens: int
    """What all drafts in the background have cost, those that failed too."""
    tokens_today: int
    """The same within the last 24 hours."""
    engines: tuple[str, str]


def judged(store: Store) -> Judged:
    """What reviewers decided of the requests that were drafted twice."""
    rows: list[tuple[Mapping[str, float], Mapping[str, float]]] = []
    waiting, without = 0, Counter[str]()
    names = [set[str](), set[str]()]
    shadows = store.shadows.all()
    for shadow in shadows:
        review = open_review(store, shadow.suggestion).review
        if shadow.draft is None:
            without[shadow.problem.title if shadow.problem else "unknown"] += 1
        elif review.suggestion.committed_as is None:
            waiting += 1
        else:
            drafts = (review.suggestion.draft, shadow.draft)
            rows.append((counts(review, drafts[0]), counts(review, drafts[1])))
            for known, draft in zip(names, drafts, strict=True):
                known.add(f"{draft.made_by.engine} ({draft.made_by.model})")
    first, second = ([row[side] for row in rows] for side in (0, 1))
    tokens, today = sum(shadow.tokens for shadow in shadows), store.shadows.tokens_since(now() - DAY)
    engines = (", ".join(sorted(names[0])), ", ".join(sorted(names[1])))
    return Judged(first, second, waiting, without, tokens, today, engines)


def counts(review: Review, draft: Draft) -> dict[str, float]:
    """How a draft meets what was decided."""
    made = draft.made_by
    judged, corrected = _judged(review), _corrected(review)
    items = [item for item in draft.items if _is_the_engines(item)]
    met = pairs([fact for _, fact in judged], items, _says)
    counted: dict[str, float] = {
        "drafts": 1,
        "items": len(items),
        "unjudged": len(items) - len(met),
        "corrected": len(corrected),
        "corrected:said": len(pairs(corrected, items, _says)),
        "seconds": made.seconds,
        "tokens": made.tokens_in + made.tokens_out + made.tokens_reused,
        "cost": made.cost or 0.0,
    }
    for number, (name, _) in enumerate(judged):
        counted[name] = counted.get(name, 0) + 1
        counted[f"{name}:said"] = counted.get(f"{name}:said", 0) + (number in met)
    return counted


def _judged(review: Review) -> list[tuple[str, GoldItem]]:
    """What was decided of each new item, with the item as it was drafted, or else added, as a labelled fact."""
    decided = [row for row in review.items() if row.standing is None and row.verdict is not Verdict.UNDECIDED]
    drafted = [
        (str(row.verdict), _fact(row.drafted)) for row in decided if row.drafted and _is_the_engines(row.drafted)
    ]
    return drafted + [("added", _fact(row.item)) for row in decided if row.drafted is None and row.goes_in]


def _corrected(review: Review) -> list[GoldItem]:
    """The items that were edited, as they were left."""
    edited = [row for row in review.items() if row.drafted and row.verdict is Verdict.EDITED]
    return [_fact(row.item) for row in edited if row.drafted and _is_the_engines(row.drafted)]


def _is_the_engines(item: Item) -> bool:
    """Past SOWs raise their questions whatever the engine, and in the draft that people see alone."""
    return item.basis is not Basis.PRECEDENT


def _fact(item: Item) -> GoldItem:
    quotes = tuple(each.quote for each in item.evidence)
    return GoldItem(id=item.id, kind=item.kind, text=item.text, evidence=quotes, must=must(item.text, quotes))


def _says(fact: GoldItem, item: Item) -> bool:
    return fact.kind == item.kind and says(fact.must, said(item))


def differences(found: Judged) -> list[Difference]:
    """Each figure for both engines, with the interval of the difference."""
    draws = Resampling(len(found.first))
    return [difference(figure, found.first, found.second, draws) for figure in (*VERDICTS, *SIZES, *COSTS)]


def shown(found: Judged, most: int) -> RenderableType:
    """The comparison on the terminal; `most` tokens may be spent in a day."""
    left = Text("\n".join(_left(found, most)), "dim")
    if not found.first:
        return Group(Text("No request that both engines drafted has been reviewed and committed yet."), left)
    table = Table("By what reviewers decided", "seen", "shadow", "difference", "95 %", "", box=None, pad_edge=False)
    for each in differences(found):
        if each.change is not None:
            table.add_row(*_row(each, found))
    seen, second = found.engines
    title = Text(f"\n{second} in the shadow of {seen}, {len(found.first)} requests", "bold")
    about = "What only the shadow says nobody has judged; accepted items favour the engine whose draft was seen."
    few = "" if len(found.first) >= FEWEST else f" Fewer than {FEWEST} requests are too few to tell them apart."
    return Group(title, table, Text(about + few, "dim"), left)


def _left(found: Judged, most: int) -> Iterator[str]:
    """What the drafts in the background cost, and the requests that no figure counts."""
    today = f"{found.tokens_today:,} of at most {most:,} within the last 24 hours"
    yield f"Drafts in the background have cost {found.tokens:,} tokens, {today}."
    yield f"{found.waiting} more wait for their review."
    for why, count in sorted(found.without.items()):
        yield f"{count} without a second draft: {why}."


def _row(each: Difference, found: Judged) -> Iterator[str | Text]:
    figure = each.figure
    yield figure.title
    yield _counted(figure, found.first)
    yield _counted(figure, found.second)
    yield _signed(figure, each.change or 0.0)
    yield "" if each.low is None or each.high is None else _signed_interval(figure, each.low, each.high)
    yield Text() if figure in SIZES or len(found.first) < FEWEST else Text(*verdict(each))


def _signed(figure: Figure, value: float) -> str:
    return signed(figure, value) if figure.percent else _number(value, "+")


def _signed_interval(figure: Figure, low: float, high: float) -> str:
    return signed_interval(figure, low, high) if figure.percent else f"{_number(low, '+')} to {_number(high, '+')}"


def _number(value: float, sign: str = "") -> str:
    """Few digits, whether it is thousands of tokens or parts of a cent.

    >>> _number(3100.5), _number(0.00214, "+"), _number(-1200, "+")
    ('3,100', '+0.00214', '−1,200')
    """
    number = f"{value:{sign},.0f}" if abs(value) >= _MANY else f"{value:{sign}.3g}"
    return number.replace("-", "−")


def _counted(figure: Figure, rows: Sequence[Counts]) -> str:
    """The value, and of a share what it is a share of."""
    counts = total(rows)
    value = figure.of(counts)
    if not figure.percent:
        return _number(value or 0.0)
    return f"{counts.get(f'{figure.key}:said', 0):.0f} of {counts[figure.key]:.0f}  {figure.said(value)}"
