"""Messages that stand in a text more than once, as in a history that was quoted again without quote marks."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from summarizer.reading.people import Person, folded
from summarizer.reading.stretches import Stretch, Style
from summarizer.sources import Passage, Role

_FEWEST_WORDS = 5
_MOST_ALIKE = 20
_APART = timedelta(days=1)
"""Dates of one message differ when its copies show the clocks of different places."""


def duplicates(
    text: str, stretches: Sequence[Stretch], passages: Sequence[Passage], senders: Sequence[Person]
) -> dict[int, int]:
    """The number of each message that is a copy, from 1, with that of the first message that it is a copy of.

    A copy has the same `Message-ID`; or the same new words, at least five, from the same sender on the same day, as far
    as sender and day are known. Turns of a call are never copies.
    """
    words = _words(text, passages)
    found: dict[int, int] = {}
    first_with_id: dict[str, int] = {}
    alike: dict[str, list[int]] = defaultdict(list)
    for number, stretch in enumerate(stretches, start=1):
        if stretch.style is Style.TURN:
            continue
        known = stretch.envelope.id
        original = first_with_id.setdefault(known, number) if known else number
        candidates = alike[words.get(number, "")] if len(words.get(number, "").split()) >= _FEWEST_WORDS else []
        if original == number:
            same = (each for each in candidates if _is_same(stretches, senders, each, number))
            original = next(same, number)
        if original != number:
            found[number] = original
        elif len(candidates) < _MOST_ALIKE:
            candidates.append(number)
    return found


def as_quoted(passages: Sequence[Passage], copies: dict[int, int]) -> list[Passage]:
    """The passages, where the new words of copies are quotations."""
    return [
        each.model_copy(update={"role": Role.QUOTED}) if each.role is Role.NEW and each.message in copies else each
        for each in passages
    ]


def _words(text: str, passages: Sequence[Passage]) -> dict[int, str]:
    """The new words of each message, folded."""
    found: dict[int, list[str]] = defaultdict(list)
    for each in passages:
        if each.role is Role.NEW:
            found[each.message].append(folded(text[each.start : each.end]))
    return {number: " ".join(words) for number, words in found.items()}


def _is_same(stretches: Sequence[Stretch], senders: Sequence[Person], one: int, other: int) -> bool:
    first, second = stretches[one - 1].envelope, stretches[other - 1].envelope
    return _may_be_one(senders[one - 1], senders[other - 1]) and _are_near(first.sent, second.sent)


def _may_be_one(one: Person, other: Person) -> bool:
    if one.email and other.email:
        return one.email == other.email
    names = {folded(each.name) for each in (one, other) if each.name}
    return len(names) < 2


def _are_near(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return True
    return abs(one.replace(tzinfo=None) - other.replace(tzinfo=None)) <= _APART
