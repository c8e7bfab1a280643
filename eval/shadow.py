"""Two engines on real requests, by what reviewers decided of the one draft that they saw.

What was accepted or edited was proposed by the first engine and seen by a person; so the first engine is at an
advantage there, and what only the second one says has been judged by nobody. What reviewers added and what they
rejected is where the two can be told apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from eval.bootstrap import Resampling
from eval.cases import GoldItem
from eval.comparing import Difference, difference
from eval.figures import Figure
from eval.matching import pairs, said, says
from eval.tables import signed, signed_interval, verdict
from eval.telling import must
from summarizer.decisions import Draft, Verdict
from summarizer.items import Item
from summarizer.ports import Store
from summarizer.review import Review
from summarizer.reviewing import open_review

_KEPT = frozenset({Verdict.ACCEPTED, Verdict.EDITED})


def _share(key: str, title: str, about: str, *, rising_is_good: bool = True) -> Figure:
    return Figure(key, title, {f"{key}:said": 1}, {key: 1}, about, rising_is_good)


def _mean(key: str, title: str, about: str) -> Figure:
    return Figure(key, title, {key: 1}, {"drafts": 1}, about, rising_is_good=False, percent=False)


FIGURES = (
    _share("kept", "Kept items said", "Of what reviewers accepted or edited; the first engine proposed all of it."),
    _share("added", "Added items said", "Of what reviewers had to write themselves."),
    _share("rejected", "Rejected items said", "Of what reviewers rejected.", rising_is_good=False),
    _mean("unjudged", "Items that nobody judged", "A draft, on average."),
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
    failed: int
    """Requests on which the second engine failed; they count nowhere else."""
    engines: tuple[str, str]


def judged(store: Store) -> Judged:
    """What reviewers decided of the requests that were drafted twice."""
    rows: list[tuple[Mapping[str, float], Mapping[str, float]]] = []
    waiting = failed = 0
    names = [set[str](), set[str]()]
    for shadow in store.shadows.all():
        review = open_review(store, shadow.suggestion).review
        if shadow.draft is None:
            failed += 1
        elif review.suggestion.committed_as is None:
            waiting += 1
        else:
            drafts = (review.suggestion.draft, shadow.draft)
            rows.append((counts(review, drafts[0]), counts(review, drafts[1])))
            for known, draft in zip(names, drafts, strict=True):
                known.add(f"{draft.made_by.engine} ({draft.made_by.model})")
    first, second = ([row[side] for row in rows] for side in (0, 1))
    return Judged(first, second, waiting, failed, (", ".join(sorted(names[0])), ", ".join(sorted(names[1]))))


def counts(review: Review, draft: Draft) -> dict[str, float]:
    """How a draft meets what was decided."""
    made = draft.made_by
    facts = list(_facts(review))
    met = pairs([fact for _, fact in facts], draft.items, _says)
    counted: dict[str, float] = {
        "drafts": 1,
        "unjudged": len(draft.items) - len(met),
        "seconds": made.seconds,
        "tokens": made.tokens_in + made.tokens_out + made.tokens_reused,
        "cost": made.cost or 0.0,
    }
    for number, (name, _) in enumerate(facts):
        counted[name] = counted.get(name, 0) + 1
        counted[f"{name}:said"] = counted.get(f"{name}:said", 0) + (number in met)
    return counted


def _facts(review: Review) -> Iterator[tuple[str, GoldItem]]:
    """What was decided of each item, with the item as a labelled fact."""
    for row in review.items():
        if row.standing is not None:
            continue
        if row.verdict in _KEPT:
            yield "kept", _fact(row.item)
        elif row.verdict is Verdict.ADDED or (row.drafted is None and row.goes_in):
            yield "added", _fact(row.item)
        elif row.verdict is Verdict.REJECTED:
            yield "rejected", _fact(row.item)


def _fact(item: Item) -> GoldItem:
    quotes = tuple(each.quote for each in item.evidence)
    return GoldItem(id=item.id, kind=item.kind, text=item.text, evidence=quotes, must=must(item.text, quotes))


def _says(fact: GoldItem, item: Item) -> bool:
    return fact.kind == item.kind and says(fact.must, said(item))


def differences(found: Judged) -> list[Difference]:
    """Each figure for both engines, with the interval of the difference."""
    draws = Resampling(len(found.first))
    return [difference(figure, found.first, found.second, draws) for figure in FIGURES]


def shown(found: Judged) -> RenderableType:
    """The comparison on the terminal."""
    left = f"{found.waiting} more wait for their review, and on {found.failed} the second engine failed."
    if not found.first:
        return Text(f"No request that both engines drafted has been reviewed and committed yet. {left}")
    table = Table("By what reviewers decided", "seen", "shadow", "difference", "95 %", "", box=None, pad_edge=False)
    for each in differences(found):
        if each.change is not None:
            table.add_row(*_row(each))
    seen, second = found.engines
    title = Text(f"\n{second} in the shadow of {seen}, {len(found.first)} requests", "bold")
    about = "What only the shadow says nobody has judged; kept items favour the engine whose draft was seen."
    return Group(title, table, Text(f"{about}\n{left}", "dim"))


def _row(each: Difference) -> Iterator[str | Text]:
    figure = each.figure
    yield figure.title
    yield figure.said(each.before)
    yield figure.said(each.after)
    yield signed(figure, each.change or 0.0)
    yield "" if each.low is None or each.high is None else signed_interval(figure, each.low, each.high)
    yield Text(*verdict(each))
