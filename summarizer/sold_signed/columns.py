"""Sold versus signed: three columns of what differs between what was said and what was signed."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from summarizer.signed import Column, Row, Said, Signed
from summarizer.sold_signed.clauses import Clause, SaidClause, SignedClause, Verdicts, said, signed
from summarizer.sold_signed.pairing import BY_WORDS, Mention, Table, mentions, pair
from summarizer.sold_signed.wording import Weights, bag, likeness, rarity
from summarizer.sources import Source

Meaning = Callable[[Sequence[str], Sequence[str]], Table]
"""How alike the meanings of two lists of texts are: a row for each of the first, a column for each of the second."""

SAME_MATTER = 0.3
SAME_MATTER_IN_NUMBERS = 0.5
"""How alike two clauses are, from 0 to 1, that speak of the same matter; the second holds for those with numbers."""
LEAST_MEANING = 0.2


def compare(sources: Sequence[Source], text: str, *, meaning: Meaning, verdicts: Verdicts | None = None) -> list[Row]:
    """What the people of the deal said in the sources, held against the text of the signed SOW.

    Rows with different numbers or dates come first, then what was said and not signed, then what was signed and never
    said; within a column in the order of time, or of the SOW. What is the same in other words is no row.
    """
    given = said(sources, verdicts or Verdicts())
    days = [clause.message.sent.date() for clause in given if clause.message.sent]
    agreed = signed(text, sent=max(days, default=None))
    both = _Both(given, agreed, meaning)
    rows = chain(_different(both), _said_only(both), _signed_only(both))
    return [row.model_copy(update={"id": f"r{number}"}) for number, row in enumerate(rows, start=1)]


class _Both:
    """Both sides, and what of them belongs together."""

    def __init__(self, given: Sequence[SaidClause], agreed: Sequence[SignedClause], meaning: Meaning) -> None:
        self.said, self.signed = given, agreed
        self.rarity = rarity(each.whole for each in (*given, *agreed))
        self.meaning = meaning([each.whole for each in given], [each.whole for each in agreed])
        one, other = (mentions(clauses, rarity=self.rarity) for clauses in (given, agreed))
        self.pairs = pair(one, other, self.meaning)


def _different(both: _Both) -> Iterator[Row]:
    for one, other in sorted(both.pairs.different):
        mine, theirs = both.pairs.said[one], both.pairs.signed[other]
        yield Row(
            id="",
            column=Column.DIFFERENT,
            said=_said(both.said[mine.clause], mine),
            signed=_signed(both.signed[theirs.clause], theirs),
        )


def _said_only(both: _Both) -> Iterator[Row]:
    known = both.pairs.said_clauses
    for place, clause in enumerate(both.said):
        if clause.settles and place not in known and not _is_met(both, clause, both.signed, both.meaning[place]):
            yield Row(id="", column=Column.SAID_ONLY, said=_said(clause, None))


def _signed_only(both: _Both) -> Iterator[Row]:
    known = both.pairs.signed_clauses
    for place, clause in enumerate(both.signed):
        if place in known or not (clause.settles or clause.quantities):
            continue
        if not _is_met(both, clause, both.said, [row[place] for row in both.meaning]):
            yield Row(id="", column=Column.SIGNED_ONLY, signed=_signed(clause, None))


def _is_met(both: _Both, clause: Clause, others: Sequence[Clause], meanings: Sequence[float]) -> bool:
    """Whether one of the others speaks of the same matter; numbers that none of them has make it less likely."""
    enough = SAME_MATTER_IN_NUMBERS if clause.quantities else SAME_MATTER
    mine = bag(clause.text, rarity=both.rarity)
    near = (pair for pair in zip(others, meanings, strict=True) if pair[1] >= LEAST_MEANING)
    return any(_alike(mine, bag(other.whole, rarity=both.rarity), meaning) >= enough for other, meaning in near)


def _alike(one: Weights, other: Weights, meaning: float) -> float:
    return BY_WORDS * likeness(one, other) + (1 - BY_WORDS) * meaning


def _said(clause: SaidClause, mention: Mention | None) -> Said:
    return Said(
        evidence=clause.evidence,
        value=_placed(clause.evidence.start, mention),
        by=clause.message.sender,
        at=clause.message.sent,
        looks_like=clause.looks_like,
    )


def _signed(clause: SignedClause, mention: Mention | None) -> Signed:
    return Signed(
        start=clause.start,
        end=clause.end,
        quote=clause.text,
        heading=clause.section.heading,
        value=_placed(clause.start, mention),
    )


def _placed(start: int, mention: Mention | None) -> tuple[int, int] | None:
    return (start + mention.quantity.start, start + mention.quantity.end) if mention else None
