"""Suggestions under review: verdicts, commit, and bringing a stale one up to date."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from api.bodies import Commit, ItemEdit, NewDecision, NewDecisions, StakeholderEdit
from api.context import Context, TransactionRoute, context
from api.lists import Rows
from api.problems import PreconditionRequired
from api.views import ReviewedView, SuggestionView, VersionView
from summarizer import reviewing
from summarizer.editing import Span, WrittenItem, WrittenStakeholder, entry_from
from summarizer.errors import NotFound, StaleReview, StaleSuggestion
from summarizer.items import Item, Stakeholder
from summarizer.records import Deal
from summarizer.stores import Store

router = APIRouter(prefix="/v1/suggestions", tags=["suggestions"], route_class=TransactionRoute)
Ctx = Annotated[Context, Depends(context)]
IfMatch = Annotated[str | None, Header(description="The `ETag` of the suggestion as you last read it.")]


def _shown(ctx: Context, opened: reviewing.Reviewing, response: Response) -> SuggestionView:
    view = SuggestionView.of(opened, ctx)
    response.headers["ETag"] = view.etag
    return view


def _matching(ctx: Context, suggestion_id: str, if_match: str | None) -> SuggestionView:
    """The suggestion, if it still is what the client saw. Raises PreconditionRequired, StaleReview."""
    if if_match is None:
        raise PreconditionRequired
    view = SuggestionView.of(reviewing.open_review(ctx.store, suggestion_id), ctx)
    if view.etag not in [tag.strip() for tag in if_match.split(",")]:
        raise StaleReview
    return view


@router.get("/{suggestion_id}", operation_id="getSuggestion")
def get_suggestion(ctx: Ctx, suggestion_id: str, response: Response) -> SuggestionView:
    """The suggestion with every verdict on it."""
    return _shown(ctx, reviewing.open_review(ctx.store, suggestion_id), response)


@router.get("/{suggestion_id}/items", operation_id="listItems")
def list_items(ctx: Ctx, suggestion_id: str) -> Rows[ReviewedView[Item]]:
    """The items under review, in the order in which JSON pointers count them."""
    view = SuggestionView.of(reviewing.open_review(ctx.store, suggestion_id), ctx)
    return Rows(rows=view.items)


@router.get("/{suggestion_id}/items/{item_id}", operation_id="getItem")
def get_item(ctx: Ctx, suggestion_id: str, item_id: str) -> ReviewedView[Item] | ReviewedView[Stakeholder]:
    """One entry under review."""
    view = SuggestionView.of(reviewing.open_review(ctx.store, suggestion_id), ctx)
    rows: list[ReviewedView[Item] | ReviewedView[Stakeholder]] = [*view.items, *view.stakeholders]
    found = next((row for row in rows if row.item.id == item_id), None)
    if found is None:
        raise NotFound(f"The suggestion has no entry {item_id}.")
    return found


@router.post("/{suggestion_id}/decisions", operation_id="decide")
def decide(
    ctx: Ctx, suggestion_id: str, body: NewDecisions, response: Response, if_match: IfMatch = None
) -> SuggestionView:
    """Give verdicts, all or none; `undecided` takes one back."""
    seen = _matching(ctx, suggestion_id, if_match)
    deal = ctx.store.deals.get(seen.deal)
    rulings = [_ruling(ctx.store, deal, decision) for decision in body.decisions]
    decided = reviewing.decide(ctx.desk, suggestion_id, rulings, expected=seen.log_length)
    return _shown(ctx, decided, response)


def _ruling(store: Store, deal: Deal, decision: NewDecision) -> reviewing.Ruling:
    written = _written(decision.edit) if decision.edit else None
    return reviewing.Ruling(
        item=decision.item,
        verdict=decision.verdict,
        reason=decision.reason,
        assertion=decision.assertion,
        edit=entry_from(store, deal, written) if written else None,
    )


def _written(edit: ItemEdit | StakeholderEdit) -> WrittenItem | WrittenStakeholder:
    if isinstance(edit, StakeholderEdit):
        return WrittenStakeholder(**dict(edit))
    spans = [Span(span.source, span.start, span.end) for span in edit.evidence]
    return WrittenItem(**edit.model_dump(exclude={"evidence"}), spans=spans)


@router.post("/{suggestion_id}/commit", status_code=201, operation_id="commit")
def commit(ctx: Ctx, suggestion_id: str, body: Commit, response: Response, if_match: IfMatch = None) -> VersionView:
    """Make version n+1 of the handoff of what was accepted; the evidence is verified again here."""
    if reviewing.open_review(ctx.store, suggestion_id).stale:
        raise StaleSuggestion
    seen = _matching(ctx, suggestion_id, if_match)
    version = reviewing.commit(
        ctx.desk,
        suggestion_id,
        expected=seen.log_length,
        leave_out_undecided=body.leave_out_undecided,
        note=body.note,
    )
    handoff = ctx.store.handoffs.get(seen.handoff)
    response.headers["Location"] = f"/v1/handoffs/{handoff.id}/versions/{version.number}"
    return VersionView.of(version, handoff)


@router.post("/{suggestion_id}/rebase", status_code=201, operation_id="bringUpToDate")
def rebase(ctx: Ctx, suggestion_id: str, response: Response) -> SuggestionView:
    """The same draft on the current version, as a new suggestion; the decisions go with it."""
    fresh = reviewing.bring_up_to_date(ctx.desk, suggestion_id)
    response.headers["Location"] = f"/v1/suggestions/{fresh.suggestion.id}"
    return _shown(ctx, fresh, response)
