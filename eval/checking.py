"""Whether a labelled case obeys the guide (docs/quality.md)."""

import re
from collections.abc import Iterator, Sequence

from eval.cases import BRIEF, NOTHING, Case, GoldItem, Must, Trap
from eval.matching import says
from summarizer.items import Frozen, Kind

WORDS = range(250, 3001)
ITEMS = range(5, 21)
BRIEF_WORDS = range(20, 300)
BRIEF_ITEMS = range(1, 12)
NEEDED = (Kind.SCOPE, Kind.DEPENDENCY)
_DOMAIN = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)*)")
_SHOWN = 60


class CaseFault(Frozen):
    """One way in which a case breaks the guide."""

    place: str
    """The item's id, the trap's number (`trap 2`), or what of the case is meant."""
    fault: str


def faults(case: Case) -> Iterator[CaseFault]:
    """All faults of a case; none when it may count."""
    if case.needs_reading:
        yield CaseFault(
            place="case", fault="nobody has read this harvested case yet; read it, then remove needs_reading"
        )
    yield from _of_the_text(case)
    if NOTHING in case.messy:
        if case.gold.items:
            yield CaseFault(place="items", fault=f"a case tagged “{NOTHING}” has no items")
    else:
        yield from _of_the_whole(case)
    for item in case.gold.items:
        yield from _of_an_item(item, case.pasted)
    for number, trap in enumerate(case.gold.traps, start=1):
        yield from (CaseFault(place=f"trap {number}", fault=fault) for fault in _of_a_trap(trap, case))


def _of_the_text(case: Case) -> Iterator[CaseFault]:
    for domain in dict.fromkeys(_DOMAIN.findall(case.pasted)):
        if not domain.rstrip(".").lower().endswith(".example"):
            yield CaseFault(place="pasted", fault=f"the mail domain {domain} does not end in .example")
    for person in case.gold.stakeholders:
        if person.email and person.email.lower() not in case.pasted.lower():
            yield CaseFault(place=person.name, fault=f"{person.email} does not stand in the text")


def _of_the_whole(case: Case) -> Iterator[CaseFault]:
    if not case.harvested:
        yield from _of_its_size(case)
    ids = [item.id for item in case.gold.items]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        yield CaseFault(place=twice, fault="two items have this id")


def _of_its_size(case: Case) -> Iterator[CaseFault]:
    """A brief case has what its few words have room for; any other one of all that a thread has."""
    brief = BRIEF in case.messy
    words, items = (BRIEF_WORDS, BRIEF_ITEMS) if brief else (WORDS, ITEMS)
    if case.words not in words:
        yield CaseFault(place="pasted", fault=f"{case.words} words; {words.start} to {words.stop - 1} are asked for")
    if len(case.gold.items) not in items:
        asked = f"{items.start} to {items.stop - 1} are asked for"
        yield CaseFault(place="items", fault=f"{len(case.gold.items)} items; {asked}")
    if brief:
        return
    kinds = {item.kind for item in case.gold.items}
    yield from (CaseFault(place="items", fault=f"no {kind}") for kind in NEEDED if kind not in kinds)
    if not case.gold.traps:
        yield CaseFault(place="traps", fault="no traps")


def _of_an_item(item: GoldItem, pasted: str) -> Iterator[CaseFault]:
    if not item.evidence:
        yield CaseFault(place=item.id, fault="no evidence")
    for fault in _no_substrings("evidence", item.evidence, pasted):
        yield CaseFault(place=item.id, fault=fault)
    if not _is_proper(item.must):
        yield CaseFault(place=item.id, fault="must is empty or not in lower case")
    elif not says(item.must, item.text):
        yield CaseFault(place=item.id, fault="its own text misses its must")


def _of_a_trap(trap: Trap, case: Case) -> Iterator[str]:
    if not trap.not_kind:
        yield "not_kind is empty"
    if not _is_proper(trap.must):
        yield "must is empty or not in lower case"
        return
    yield from _no_substrings("stands", trap.stands, case.pasted)
    yield from _no_substrings("undone_by", trap.undone_by, case.pasted)
    for item in case.gold.items:
        if item.kind in trap.not_kind and says(trap.must, item.text):
            yield f"{trap.claim!r} catches the gold item {item.id}"


def _no_substrings(name: str, quotes: Sequence[str], pasted: str) -> Iterator[str]:
    for quote in quotes:
        if not quote.strip() or quote not in pasted:
            yield f"{name} is no substring: {quote[:_SHOWN]!r}"


def _is_proper(must: Must) -> bool:
    return bool(must) and all(group and all(word and word == word.lower() for word in group) for group in must)
