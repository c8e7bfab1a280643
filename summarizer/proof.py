"""What cited words prove of a claim: one rule for what an engine drafts and for what a reviewer writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from summarizer import grounding
from summarizer.items import Basis, Evidence, Grounding
from summarizer.sources import Form, Message, Source

SPOKEN_OR_NOTED = frozenset({Form.SALES_NOTES, Form.CALL_TRANSCRIPT})


@dataclass(frozen=True)
class Cited:
    """Words that are cited, with where they come from."""

    evidence: Evidence
    source: Source
    message: Message | None
    """`None` when they belong to no message."""


@dataclass(frozen=True)
class Claim:
    """All that an item says."""

    text: str
    owner: str | None = None
    baseline: str | None = None
    target: str | None = None
    due: date | None = None

    @property
    def words(self) -> str:
        """What is said in words, the date apart; what one part ends with and the next begins with stay two numbers."""
        return "; ".join(part for part in (self.text, self.owner, self.baseline, self.target) if part)


@dataclass(frozen=True)
class Proof:
    """How far the cited words support the claim."""

    grounding: Grounding
    basis: Basis
    unsaid: tuple[str, ...]
    """Figures, dates and names of the claim that the words do not say; the due date among them, in ISO form."""
    due_is_said: bool


def prove(claim: Claim, cited: Sequence[Cited], *, firms: Sequence[str] = ()) -> Proof:
    """Hold the claim against the words; senders, recipients and the `firms` of the deal may be named in it.

    A person may be named in full as the source does where the words have one of the names.
    """
    quotes = [each.evidence.quote for each in cited]
    messages = [each.message for each in cited if each.message]
    sent = [day for each in cited if (day := _day(each))]
    known = [name for message in messages for name in (message.sender, *message.to) if name]
    around = list(dict.fromkeys(each.source.text for each in cited))
    check = partial(grounding.check, sent=sent, month_first=any(each.source.month_first for each in cited))
    degree, unsaid = check(claim.words, quotes, names=[*known, *firms], around=around)
    due_is_said = claim.due is None or check(claim.due.isoformat(), quotes)[0] is Grounding.EXACT
    if not due_is_said and claim.due is not None:
        degree = Grounding.PARTIAL if quotes else Grounding.NONE
        unsaid = (*unsaid, claim.due.isoformat())
    return Proof(degree, _basis(cited), unsaid, due_is_said)


def _day(cited: Cited) -> date | None:
    """The day of its message, or of the nearest one that has one, so that a date without a year gets its year."""
    if cited.message is None:
        return None
    return cited.message.sent.date() if cited.message.sent else cited.source.days()[cited.message.number - 1]


def _basis(cited: Sequence[Cited]) -> Basis:
    forms = {each.source.form for each in cited}
    if not forms:
        return Basis.INFERRED
    return Basis.SALES_NOTE if forms <= SPOKEN_OR_NOTED else Basis.WRITTEN_PROMISE
