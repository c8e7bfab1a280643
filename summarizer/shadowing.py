"""Drafting with a second engine what a first one has drafted, to be compared by what reviewers decide.

Nobody is shown such a draft: it is kept apart from the suggestions, and made after the first one is filed.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from summarizer.decisions import Suggestion
from summarizer.draft_job import Interrupted, Workshop, problem_of, read_material
from summarizer.drafting import Progress, draft
from summarizer.errors import Cancelled, DaySpent, EngineError, SummarizerError
from summarizer.numbering import Material
from summarizer.ports import Engine
from summarizer.records import ShadowDraft
from summarizer.service import now

logger = logging.getLogger(__name__)
DAY = timedelta(days=1)


def shadow(
    workshop: Workshop, engine: Engine, suggestion_id: str, *, interrupted: Callable[[], bool] = lambda: False
) -> None:
    """Draft the suggestion anew from the same material, and keep what comes out, or why nothing did; once.

    Raises Interrupted when the worker has to stop; then it can be run again.
    """
    with workshop.begin() as store:
        if store.shadows.get(suggestion_id) is not None:
            return
        first = store.suggestions.get(suggestion_id)
    try:
        made = _made(workshop, engine, first, interrupted)
    except Cancelled as error:
        raise Interrupted from error
    except SummarizerError as error:
        logger.info("the second engine failed on %s: %s", suggestion_id, error.detail)
        paid = error.tokens if isinstance(error, EngineError) else 0
        made = ShadowDraft(suggestion=first.id, draft=None, problem=problem_of(error), tokens=paid, created_at=now())
    with workshop.begin() as store:
        store.shadows.add(made)


def _made(workshop: Workshop, engine: Engine, first: Suggestion, interrupted: Callable[[], bool]) -> ShadowDraft:
    """Raises DaySpent instead of asking the engine when others have cost too much already."""
    with workshop.begin() as store:
        spent = store.shadows.tokens_since(now() - DAY)
    if spent >= workshop.shadow_tokens:
        raise DaySpent(f"{spent:,} of {workshop.shadow_tokens:,} tokens were spent within 24 hours")
    second = draft(_material(workshop, first), engine, progress=Progress(should_stop=interrupted))
    paid = second.made_by.tokens_in + second.made_by.tokens_out
    return ShadowDraft(suggestion=first.id, draft=second, tokens=paid, created_at=now())


def _material(workshop: Workshop, first: Suggestion) -> Material:
    """What the first draft was made of, its precedents too."""
    with workshop.begin() as store:
        deal = store.handoffs.get(first.handoff).deal
    material = read_material(workshop, deal, first.sources, base_version=first.base_version)
    return replace(material, precedents=first.draft.precedents)
