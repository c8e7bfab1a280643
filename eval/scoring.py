"""All that is counted of one draft. Counts add up over cases; `eval.figures` makes ratios of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.attribution import owners_and_dates, people
from eval.cases import Case
from eval.inventions import unsaid
from eval.matching import meets
from eval.outcome import Drafted, Outcome, compare
from summarizer.items import Item, Kind
from summarizer.sources import Source

MISSED, EXTRA = "missed", "extra"
"""Where in the confusion table a gold item goes that nothing states, and a drafted one that states nothing."""


@dataclass(frozen=True)
class Score:
    """What one draft is worth."""

    counts: Counter[str]
    chances: tuple[tuple[float, bool], ...]
    """For each drafted item that has a confidence: the confidence, and whether the item was right."""


def score(case: Case, drafted: Drafted, *, source: Source) -> Score:
    """Hold the draft against the case; `source` is the case's text as it was read."""
    outcome = compare(case, drafted.items)
    counts: Counter[str] = Counter()
    for more in (
        _items(case, drafted.items, outcome),
        _confusion(case, drafted.items, outcome),
        _citations(case, drafted.items, outcome),
        _traps(case, outcome),
        _abstention(case, drafted.items),
        _inventions(case, drafted.items, source),
        people(case, drafted),
        owners_and_dates(case, drafted, outcome),
    ):
        counts.update(more)
    right = set(outcome.matched.values())
    chances = [(item.confidence, n in right) for n, item in enumerate(drafted.items) if item.confidence is not None]
    return Score(counts, tuple(chances))


def _items(case: Case, items: Sequence[Item], outcome: Outcome) -> Counter[str]:
    gold = case.gold.items
    counts = Counter({"gold": len(gold), "predicted": len(items), "hit": len(outcome.matched), "found": outcome.found})
    counts.update(f"gold:{each.kind}" for each in gold)
    counts.update(f"predicted:{each.kind}" for each in items)
    counts.update(f"hit:{gold[index].kind}" for index in outcome.matched)
    return counts


def _confusion(case: Case, items: Sequence[Item], outcome: Outcome) -> Counter[str]:
    gold = case.gold.items
    met = outcome.matched | outcome.misfiled
    cells = [f"confusion:{gold[one].kind}:{items[other].kind}" for one, other in met.items()]
    cells += [f"confusion:{gold[one].kind}:{MISSED}" for one in outcome.missed]
    cells += [f"confusion:{EXTRA}:{items[other].kind}" for other in outcome.extra]
    return Counter(cells)


def _citations(case: Case, items: Sequence[Item], outcome: Outcome) -> Counter[str]:
    """Quotes over all items; of matched items, which quotes meet gold evidence, and which evidence is met."""
    counts: Counter[str] = Counter()
    for item in items:
        counts["quotes"] += len(item.evidence)
        counts["quotes:exact"] += sum(each.stands_in(case.pasted) for each in item.evidence)
        counts["unquoted"] += not item.evidence
    for index, other in outcome.matched.items():
        gold, cited = case.gold.items[index].evidence, items[other].evidence
        right = [any(meets(each, quote, case.pasted) for quote in gold) for each in cited]
        counts["cited"] += any(right)
        counts["cites"] += len(cited)
        counts["cites:right"] += sum(right)
        counts["evidence"] += len(gold)
        counts["evidence:met"] += sum(any(meets(each, quote, case.pasted) for each in cited) for quote in gold)
    return counts


def _traps(case: Case, outcome: Outcome) -> Counter[str]:
    traps = case.gold.traps
    undone = [number for number, trap in enumerate(traps) if trap.undone_by]
    return Counter(
        {
            "traps": len(traps),
            "traps:stated": len(outcome.stated),
            "superseded": len(undone),
            "superseded:stated": sum(number in outcome.stated for number in undone),
        }
    )


def _abstention(case: Case, items: Sequence[Item]) -> Counter[str]:
    """Kinds of which the case has nothing, and those of them that the draft left empty; cases without anything."""
    absent = set(Kind) - {each.kind for each in case.gold.items}
    drafted = {each.kind for each in items}
    nothing = not case.gold.items
    return Counter(
        {
            "absent": len(absent),
            "absent:empty": len(absent - drafted),
            "nothing": int(nothing),
            "nothing:empty": int(nothing and not items),
        }
    )


def _inventions(case: Case, items: Sequence[Item], source: Source) -> Counter[str]:
    counts: Counter[str] = Counter()
    for item in items:
        found = unsaid(item, source, firms=[case.deal.client, case.deal.vendor])
        invented = [each for each in found if each.invented]
        counts["items:inventing"] += bool(invented)
        counts["items:beyond"] += len(found) > len(invented)
        counts.update(f"invented:{each.sort}" for each in invented)
    return counts
