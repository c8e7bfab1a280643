"""Is this supported by that? Asked of any claim and any text, apart from deals."""

from fastapi import APIRouter, Request

from api.bodies import SupportQuestion
from summarizer.items import Frozen
from summarizer.support import Support, SupportCheck, Verdict

router = APIRouter(prefix="/v1", tags=["service"])


class DecidingSentence(Frozen):
    """The sentence of the text that bears most on the weakest part of the claim; offsets in code points."""

    start: int
    end: int
    quote: str


class SupportView(Frozen):
    """What the text says of the claim; advisory."""

    verdict: Verdict
    score: float
    """From 0 to 1, supported from 0.5 on; no calibrated chance."""
    sentence: DecidingSentence | None
    unsaid: tuple[str, ...]
    """Words, figures and names of the claim that stand nowhere in the text."""

    @classmethod
    def of(cls, found: Support) -> "SupportView":
        at = found.sentence
        sentence = DecidingSentence(start=at.start, end=at.end, quote=at.text) if at else None
        return cls(verdict=found.verdict, score=found.score, sentence=sentence, unsaid=found.unsaid)


@router.post("/support", operation_id="checkSupport")
def check_support(request: Request, question: SupportQuestion) -> SupportView:
    """Whether the text supports the claim, with the sentence that decides; nothing is stored."""
    check: SupportCheck = request.app.state.services.check
    return SupportView.of(check.check(question.claim, question.text))
