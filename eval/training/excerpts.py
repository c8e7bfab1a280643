"""Short texts with facts, cut out of marked threads: a message, or a message and the one behind it.

Without them, most short texts that teach hold nothing, and a reader learns that what is short is empty.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from eval.cases import Case
from eval.training.labels import TRAP, Stretch
from eval.training.marked import MarkedThread
from summarizer.reading.threads import read

_FEWEST, _MOST = 15, 200
"""Words of an excerpt."""


def excerpts(threads: Sequence[MarkedThread], *, seed: int = 0) -> Iterator[MarkedThread]:
    """One of each thread that has any, drawn at random; it states an item, and what it says holds without the rest."""
    random = Random(seed)  # noqa: S311 - nothing is kept secret
    for thread in threads:
        fitting = [each for each in _spans(thread.case) if _fits(thread, *each)]
        if fitting:
            yield _cut(thread, *random.choice(fitting))


def _spans(case: Case) -> Iterator[tuple[int, int]]:
    """Start and end of each message, and of each with the next."""
    messages = read(case.pasted, client=case.deal.client, vendor=case.deal.vendor).messages
    yield from ((each.start, each.end) for each in messages)
    yield from ((one.start, other.end) for one, other in pairwise(messages))


def _fits(thread: MarkedThread, start: int, end: int) -> bool:
    inside = list(_inside(thread.stretches, start, end))
    words = len(thread.case.pasted[start:end].split())
    return (
        _FEWEST <= words <= _MOST
        and any(each.label.states for each in inside)
        and not any(each.start < edge < each.end for each in thread.stretches for edge in (start, end))
        and not _is_taken_back_elsewhere(thread, thread.case.pasted[start:end])
    )


def _is_taken_back_elsewhere(thread: MarkedThread, text: str) -> bool:
    """Whether the text makes a claim that only the rest of the thread takes back: in the text alone it holds."""
    return any(
        any(words in text for words in trap.stands) and not any(words in text for words in trap.undone_by)
        for trap in thread.case.gold.traps
        if trap.undone_by
    )


def _inside(stretches: Sequence[Stretch], start: int, end: int) -> Iterator[Stretch]:
    return (each for each in stretches if start <= each.start and each.end <= end)


def _cut(thread: MarkedThread, start: int, end: int) -> MarkedThread:
    """The stretch of the thread alone; what adds to an item that stands elsewhere is nothing here."""
    inside = list(_inside(thread.stretches, start, end))
    stated = {each.label.of for each in inside if each.label.states}
    kept = [each for each in inside if each.label.tag == TRAP or each.label.of in stated]
    case = thread.case.model_copy(update={"id": f"{thread.case.id}-{start}", "pasted": thread.case.pasted[start:end]})
    return MarkedThread(case, [Stretch(each.label, each.start - start, each.end - start) for each in kept])
