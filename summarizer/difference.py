"""What changed between two versions, entry by entry and word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

from summarizer.decisions import Decided, Version
from summarizer.items import Frozen, Item, Stakeholder

WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Words(Frozen):
    """A run of words that stands in both texts, or in one of them."""

    op: Change
    text: str


class FieldChange(Frozen):
    """A field beside the text that differs; `None` where it is empty."""

    name: str
    before: str | None
    after: str | None


class EntryDifference(Frozen):
    """One entry, before and after."""

    id: str
    kind: str
    """The item's kind as it is now; `stakeholder` for a person."""
    change: Change
    words: tuple[Words, ...]
    fields: tuple[FieldChange, ...] = ()


def words(before: str, after: str) -> tuple[Words, ...]:
    """The two texts as runs of words.

    >>> [(run.op.value, run.text) for run in words("six sites", "eight sites")]
    [('removed', 'six'), ('added', 'eight'), ('same', ' sites')]
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    runs: list[Words] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            runs.append(Words(op=Change.SAME, text="".join(old[a:b])))
            continue
        runs += [Words(op=Change.REMOVED, text="".join(old[a:b]))] if b > a else []
        runs += [Words(op=Change.ADDED, text="".join(new[c:d]))] if d > c else []
    return tuple(runs)


def difference(before: Version | None, after: Version) -> list[EntryDifference]:
    """Each entry of both versions, in the order of `after`, what was removed last; items before people."""
    items = _entries(before.items if before else (), after.items)
    people = _entries(before.stakeholders if before else (), after.stakeholders)
    return [*items, *people]


def _entries(
    before: tuple[Decided[Item], ...] | tuple[Decided[Stakeholder], ...],
    after: tuple[Decided[Item], ...] | tuple[Decided[Stakeholder], ...],
) -> Iterator[EntryDifference]:
    old = {each.item.id: each.item for each in before}
    new = {each.item.id: each.item for each in after}
    for entry_id in [*new, *(gone for gone in old if gone not in new)]:
        yield _entry(entry_id, old.get(entry_id), new.get(entry_id))


def _entry(entry_id: str, old: Item | Stakeholder | None, new: Item | Stakeholder | None) -> EntryDifference:
    shown = new or old
    kind = shown.kind.value if isinstance(shown, Item) else "stakeholder"
    runs, fields = words(_text(old), _text(new)), tuple(_fields(old, new))
    return EntryDifference(id=entry_id, kind=kind, change=_change(old, new, runs, fields), words=runs, fields=fields)


def _change(
    old: Item | Stakeholder | None,
    new: Item | Stakeholder | None,
    runs: tuple[Words, ...],
    fields: tuple[FieldChange, ...],
) -> Change:
    if old is None:
        return Change.ADDED
    if new is None:
        return Change.REMOVED
    return Change.CHANGED if fields or any(run.op is not Change.SAME for run in runs) else Change.SAME


def _text(entry: Item | Stakeholder | None) -> str:
    if entry is None:
        return ""
    return entry.text if isinstance(entry, Item) else entry.name


def _fields(old: Item | Stakeholder | None, new: Item | Stakeholder | None) -> Iterator[FieldChange]:
    names = ("kind", "owner", "due", "baseline", "target", "role", "side", "email")
    for name in names if old and new else ():
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before != after:
            yield FieldChange(name=name, before=_shown(before), after=_shown(after))


def _shown(value: object) -> str | None:
    return None if value is None else str(value)
