"""Is this supported by that? Asked of any claim and any text, apart from deals."""

from fastapi import APIRouter, Request

from api.bodies import SupportQuestion
from api.wiring import Services
from summarizer.errors import ConfigurationError
from summarizer.items import Frozen
from summarizer.support import Support, SupportCheck, Verdict

NO_MODEL = (
    "No language model is set that could be asked for its opinion: set SUMMARIZER_LLM_MODEL or SUMMARIZER_LLM_GGUF."
)
router = APIRouter(prefix="/v1", tags=["service"])


class DecidingSentence(Frozen):
    """The sentence of the text that bears most on the weakest part of the claim; offsets in code points."""

    start: int
    end: int
    quote: str


class OpinionView(Frozen):
    """What the language model thinks of the claim."""

    model: str
    odds: float
    """Log odds of yes against no; small models say yes to nearly all."""
    balks_at: tuple[str, ...]
    """Words of the claim without which it is surer, the worst first."""


class SupportView(Frozen):
    """What the text says of the claim; advisory."""

    verdict: Verdict
    score: float
    """From 0 to 1, supported from 0.5 on; no calibrated chance."""
    sentence: DecidingSentence | None
    unsaid: tuple[str, ...]
    """Words, figures and names of the claim that stand nowhere in the text."""
    local: float | None = None
    """The score without the model; `None` where none was asked."""
    opinion: OpinionView | None = None

    @classmethod
    def of(cls, found: Support) -> "SupportView":
        at = found.sentence
        sentence = DecidingSentence(start=at.start, end=at.end, quote=at.text) if at else None
        opinion = OpinionView(**vars(found.opinion)) if found.opinion else None
        return cls(
            verdict=found.verdict,
            score=found.score,
            sentence=sentence,
            unsaid=found.unsaid,
            local=found.local,
            opinion=opinion,
        )


@router.post("/support", operation_id="checkSupport")
def check_support(request: Request, question: SupportQuestion) -> SupportView:
    """Whether the text supports the claim, with the sentence that decides; nothing is stored.

    Whether it says so anywhere, not whether it still holds: a later message that takes it back is not weighed.
    """
    services: Services = request.app.state.services
    check: SupportCheck | None = services.advised if question.opinion else services.check
    if check is None:
        raise ConfigurationError(NO_MODEL)
    return SupportView.of(check.check(question.claim, question.text))
