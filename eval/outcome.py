"""A draft held against the labels of its case: what was found, misfiled, missed, added, and which traps it states."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.cases import Case, GoldItem
from eval.matching import pairs, said, says
from summarizer.items import Frozen, Item, Stakeholder


class Drafted(Frozen):
    """What of a draft is held against the labels."""

    items: tuple[Item, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Indices of gold items and of drafted ones, sorted by how they meet."""

    matched: dict[int, int]
    """Gold to drafted, where kind and words are right; a largest one-to-one matching."""
    misfiled: dict[int, int]
    """Gold to drafted, where the words are right and the kind is wrong, among those that are left."""
    missed: tuple[int, ...]
    """Gold that nothing states."""
    extra: tuple[int, ...]
    """Drafted that states nothing of the gold, or what another drafted item states already."""
    found: int
    """Size of the largest one-to-one matching by words alone."""
    stated: dict[int, tuple[int, ...]]
    """Trap to the drafted items that state it as fact; traps that nothing states are left out."""


def compare(case: Case, items: Sequence[Item]) -> Outcome:
    """Hold the drafted items against the case."""
    gold = case.gold.items
    matched = pairs(gold, items, _right)
    free_gold = [index for index in range(len(gold)) if index not in matched]
    free_items = [index for index in range(len(items)) if index not in matched.values()]
    loose = pairs([gold[index] for index in free_gold], [items[index] for index in free_items], _says)
    misfiled = {free_gold[one]: free_items[other] for one, other in loose.items()}
    return Outcome(
        matched=matched,
        misfiled=misfiled,
        missed=tuple(index for index in free_gold if index not in misfiled),
        extra=tuple(index for index in free_items if index not in misfiled.values()),
        found=len(pairs(gold, items, _says)),
        stated=_stated(case, items),
    )


def _says(gold: GoldItem, item: Item) -> bool:
    return says(gold.must, said(item))


def _right(gold: GoldItem, item: Item) -> bool:
    return gold.kind == item.kind and _says(gold, item)


def _stated(case: Case, items: Sequence[Item]) -> dict[int, tuple[int, ...]]:
    stated = {
        number: tuple(
            index for index, item in enumerate(items) if item.kind in trap.not_kind and says(trap.must, said(item))
        )
        for number, trap in enumerate(case.gold.traps)
    }
    return {number: found for number, found in stated.items() if found}
