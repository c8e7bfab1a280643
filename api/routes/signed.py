"""The signed SOW of a deal, and its comparison with what was said: sold versus signed."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Response, UploadFile

from api.bodies import NewRowFinding, NewRowItem
from api.context import Context, TransactionRoute, context
from api.lists import Rows
from summarizer.signed import Comparison, RowNote, SignedCard
from summarizer.signing import attach_sow, compare_with, make_item, note_finding

router = APIRouter(prefix="/v1", tags=["signed SOWs"], route_class=TransactionRoute)
Ctx = Annotated[Context, Depends(context)]


class SignedAttached(SignedCard):
    """A file that was attached, and the comparison that was asked for."""

    comparison: str


class SignedView(SignedCard):
    """A signed SOW with its text; offsets count its code points."""

    text: str


class ComparisonView(Comparison):
    """A comparison with what reviewers have made of its rows, oldest first."""

    notes: tuple[RowNote, ...]

    @classmethod
    def of(cls, comparison: Comparison, ctx: Context) -> "ComparisonView":
        noted = ctx.store.signed.notes(comparison.deal)
        known = {name: getattr(comparison, name) for name in Comparison.model_fields}
        return cls(**known, notes=tuple(note for note in noted if note.comparison == comparison.id))


@router.post("/deals/{deal_id}/signed-sows", status_code=201, operation_id="attachSignedSow")
def attach(
    ctx: Ctx,
    deal_id: str,
    response: Response,
    file: Annotated[UploadFile, File(description="A .docx, .pdf, .html, .md or .txt file.")],
) -> SignedAttached:
    """Attach the signed SOW; a file that the deal has already is answered with 200. It is compared with what was said.

    The comparison is made by a job: its `rows` are `null` until then.
    """
    name = (file.filename or "Signed SOW").rsplit("/", 1)[-1]
    attached = attach_sow(ctx.desk, deal_id, name=name, content=file.file.read(), documents=ctx.services.documents)
    response.status_code = 201 if attached.new else 200
    response.headers["Location"] = f"/v1/signed-sows/{attached.sow.id}"
    return SignedAttached(**attached.sow.model_dump(), comparison=attached.comparison.id)


@router.get("/deals/{deal_id}/signed-sows", operation_id="listSignedSows")
def list_signed(ctx: Ctx, deal_id: str) -> Rows[SignedCard]:
    """Those of the deal, newest first."""
    return Rows(rows=ctx.store.signed.of_deal(ctx.store.deals.get(deal_id).id))


@router.get("/deals/{deal_id}/comparisons", operation_id="listComparisons")
def list_comparisons(ctx: Ctx, deal_id: str) -> Rows[Comparison]:
    """Those of the deal, newest first; each is bound to the hash of the file that it was made with."""
    return Rows(rows=ctx.store.signed.comparisons(ctx.store.deals.get(deal_id).id))


@router.get("/signed-sows/{sow_id}", operation_id="getSignedSow")
def get_signed(ctx: Ctx, sow_id: str) -> SignedView:
    """A signed SOW with its text."""
    return SignedView(**ctx.store.signed.get(sow_id).model_dump(exclude={"original"}))


@router.get("/signed-sows/{sow_id}/original", operation_id="getSignedOriginal", response_class=Response)
def get_original(ctx: Ctx, sow_id: str) -> Response:
    """The file as it was given, to be saved."""
    signed = ctx.store.signed.get(sow_id)
    # Somebody else's HTML or PDF is never shown as a page of ours.
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(signed.name)}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(signed.original, media_type="application/octet-stream", headers=headers)


@router.post("/signed-sows/{sow_id}/comparisons", status_code=202, operation_id="compareSignedSow")
def compare(ctx: Ctx, sow_id: str, response: Response) -> Comparison:
    """Compare once more, with all that has been said and decided since; the older comparison stays as it is."""
    asked = compare_with(ctx.desk, ctx.store.signed.get(sow_id).card)
    response.headers["Location"] = f"/v1/comparisons/{asked.id}"
    return asked


@router.get("/comparisons/{comparison_id}", operation_id="getComparison")
def get_comparison(ctx: Ctx, comparison_id: str) -> ComparisonView:
    """What was said held against what was signed; `rows` is `null` until it is made."""
    return ComparisonView.of(ctx.store.signed.comparison(comparison_id), ctx)


@router.post("/comparisons/{comparison_id}/rows/{row_id}/item", status_code=201, operation_id="makeItemOfRow")
def make_item_of(ctx: Ctx, comparison_id: str, row_id: str, body: NewRowItem) -> RowNote:
    """Make an item of a row: in the review that is open, else as a pending suggestion of its own."""
    return make_item(ctx.desk, comparison_id, row_id, kind=body.kind, text=body.text)


@router.post("/comparisons/{comparison_id}/rows/{row_id}/finding", status_code=201, operation_id="noteFindingOfRow")
def note_finding_of(ctx: Ctx, comparison_id: str, row_id: str, body: NewRowFinding) -> RowNote:
    """Note a row as a finding, which each review of the deal shows from then on."""
    return note_finding(ctx.desk, comparison_id, row_id, text=body.text)
