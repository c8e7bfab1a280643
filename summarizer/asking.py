"""The open questions that a draft raises beside its engine's: nobody has answered them, and somebody should.

To a thread they come from similar past SOWs alone. A buyer's brief, which comes before any thread, raises some of its
own (`summarizer.tenders`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.items import Item, Kind, Settled
from summarizer.numbering import Material, Place
from summarizer.sources import Form, Source
from summarizer.tenders import MOST as MOST_TO_A_TENDER
from summarizer.tenders import Asked, is_tender, questions
from summarizer.unsaid import Unsaid, unsaid

MOST_TO_A_THREAD = 5
HABIT = 0.2
"""Chance that suppliers ask a buyer for what all similar SOWs settle; less where fewer do."""


@dataclass(frozen=True)
class OpenQuestion:
    """A question, and why it is asked."""

    text: str
    place: Place | None = None
    """The words of the sources that give rise to it; `None` where they do not mention it."""
    settled: Settled | None = None
    """The past SOWs that give rise to it."""


def open_questions(material: Material, places: Sequence[Place], drafted: Sequence[Item]) -> list[OpenQuestion]:
    """What to ask beside what is drafted, most valuable first, without what stands already.

    Of talk from which nothing is drafted nothing is asked: no past SOW is like it.
    """
    lines = [place.evidence.quote for place in places]
    standing = [item.text for item in material.standing]
    missing = unsaid([*lines, *standing], material.similar)
    if not _is_before_any_talk(material.sources, lines):
        is_about_work = bool(drafted) or bool(standing)
        return [_raised(each) for each in missing[:MOST_TO_A_THREAD]] if is_about_work else []
    asked = sum(item.kind is Kind.OPEN_QUESTION for item in drafted)
    known = {text.casefold() for text in (*standing, *(item.text for item in drafted))}
    fresh = [each for each in _to_a_tender(places, lines, missing) if each.text.casefold() not in known]
    return fresh[: max(0, MOST_TO_A_TENDER - asked)]


def _is_before_any_talk(sources: Iterable[Source], lines: Sequence[str]) -> bool:
    """Whether the sources are a buyer's brief and nothing that anybody said or sent to somebody."""
    return not any(map(_is_talk, sources)) and is_tender(lines)


def _is_talk(source: Source) -> bool:
    """Whether people talk in it; a form, whose fields read like speakers, has each of them once."""
    speakers = [message.sender for message in source.messages if message.sender]
    return source.form is Form.EMAIL_THREAD or len(set(speakers)) < len(speakers)


def _raised(missing: Unsaid) -> OpenQuestion:
    return OpenQuestion(missing.subject.question, settled=missing.settled)


def _to_a_tender(places: Sequence[Place], lines: Sequence[str], missing: Sequence[Unsaid]) -> Iterator[OpenQuestion]:
    """What suppliers ask and what past SOWs raise, in one order; where both ask the same, it is asked once."""
    settled = {each.subject.question: each.settled for each in missing}
    asked = questions(lines, most=len(lines) + MOST_TO_A_TENDER)
    habits = [Asked(each.subject.question, None, HABIT * each.share) for each in missing]
    for each in sorted([*asked, *_without(asked, habits)], key=lambda each: -each.chance):
        place = None if each.line is None else places[each.line]
        yield OpenQuestion(each.text, place, settled.get(each.text) if place is None else None)


def _without(asked: Iterable[Asked], habits: Iterable[Asked]) -> list[Asked]:
    known = {each.text for each in asked}
    return [each for each in habits if each.text not in known]
