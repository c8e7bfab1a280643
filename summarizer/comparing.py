"""Making a comparison of what was said with what was signed, outside of any request. It may run twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from summarizer.decisions import Verdict
from summarizer.items import Evidence
from summarizer.ports import Meaning
from summarizer.reviewing import open_review
from summarizer.service import known_sides, read_with
from summarizer.sold_signed.clauses import Verdicts
from summarizer.sold_signed.columns import compare
from summarizer.stores import Store


@dataclass(frozen=True)
class Bench:
    """What comparisons are made with."""

    begin: Callable[[], AbstractContextManager[Store]]
    """Opens a transaction in the workspace."""
    meaning: Meaning


def make_comparison(bench: Bench, comparison_id: str) -> None:
    """Fill in the rows, from the sources and the verdicts as they are now. Raises NotFound."""
    with bench.begin() as store:
        asked = store.signed.comparison(comparison_id)
        if asked.rows is not None:
            return
        deal = store.deals.get(asked.deal)
        stored, sides = store.sources.of_deal(deal.id), known_sides(store, deal)
        text = store.signed.get(asked.signed_sow).text
        verdicts = verdicts_of(store, store.handoffs.of_deal(deal.id).id)
    sources = [read_with(source, deal, sides) for source in stored]
    rows = compare(sources, text, meaning=bench.meaning, verdicts=verdicts)
    made = asked.model_copy(update={"rows": tuple(rows), "sources": tuple(source.id for source in stored)})
    with bench.begin() as store:
        store.signed.finish(made)


def verdicts_of(store: Store, handoff_id: str) -> Verdicts:
    """What items of all drafts rest on, by whether a reviewer has rejected them."""
    kept: list[Evidence] = []
    rejected: list[Evidence] = []
    for suggestion in store.suggestions.of_handoff(handoff_id):
        for row in open_review(store, suggestion.id).review.items():
            (rejected if row.verdict is Verdict.REJECTED else kept).extend(row.item.evidence)
    return Verdicts(kept, rejected)
