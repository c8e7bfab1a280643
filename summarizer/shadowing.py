"""Drafting with a second engine what a first one has drafted, to be compared by what reviewers decide.

Nobody is shown such a draft: it is kept apart from the suggestions, and made after the first one is filed.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from summarizer.draft_job import Interrupted, Workshop, problem_of, read_material
from summarizer.drafting import Progress, draft
from summarizer.errors import Cancelled, SummarizerError
from summarizer.ports import Engine
from summarizer.records import ShadowDraft
from summarizer.service import now

logger = logging.getLogger(__name__)


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
        deal = store.handoffs.get(first.handoff).deal
    material = read_material(workshop, deal, first.sources, base_version=first.base_version)
    material = replace(material, precedents=first.draft.precedents)
    try:
        made = ShadowDraft(
            suggestion=suggestion_id,
            draft=draft(material, engine, progress=Progress(should_stop=interrupted)),
            created_at=now(),
        )
    except Cancelled as error:
        raise Interrupted from error
    except SummarizerError as error:
        logger.info("the second engine failed on %s: %s", suggestion_id, error.detail)
        made = ShadowDraft(suggestion=suggestion_id, draft=None, problem=problem_of(error), created_at=now())
    with workshop.begin() as store:
        store.shadows.add(made)
