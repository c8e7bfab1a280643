"""What the HTTP service takes, as JSON."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from summarizer.decisions import Verdict
from summarizer.items import Kind, Side
from summarizer.records import DealType


class Request(BaseModel):
    """A body that a client sends; unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NewDeal(Request):
    """A deal made by hand."""

    name: str = Field(min_length=1, max_length=200, examples=["Order system for Kittiwake"])
    client: str = Field(min_length=1, max_length=200, examples=["Kittiwake Outdoor"])
    vendor: str = Field(min_length=1, max_length=200, examples=["Brackwater Digital"])
    deal_type: DealType = DealType.OTHER


class NewSource(BaseModel):
    """Pasted text; it is kept to the letter."""

    model_config = ConfigDict(extra="forbid")

    text: str
    name: str = Field(default="Pasted text", max_length=200)


class NewSide(Request):
    """On which side somebody stands."""

    who: str = Field(
        min_length=1, max_length=320, description="Address of the person, or the name where there is none."
    )
    side: Side | None = Field(description="`null` takes the word back.")


class NewDraft(Request):
    """Which sources to draft from."""

    sources: list[str] = Field(default=[], description="Ids of sources of the deal; none means all.")


class Span(Request):
    """A stretch of a source, in code points; the quote is read by the server."""

    source: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class ItemEdit(Request):
    """An item as a reviewer wants it."""

    kind: Kind
    text: str = Field(min_length=1, max_length=2000)
    owner: str | None = None
    due: date | None = None
    baseline: str | None = None
    target: str | None = None
    evidence: list[Span] = []


class StakeholderEdit(Request):
    """A person as a reviewer wants them."""

    name: str = Field(min_length=1, max_length=200)
    role: str | None = None
    side: Side | None = None
    email: str | None = None


def _item_or_person(edit: object) -> object:
    """Tell by its fields what is edited, so that a fault is pointed at in that alone."""
    if edit is None:
        return None
    of_item = isinstance(edit, dict) and not edit.keys().isdisjoint({"kind", "text"})
    return ItemEdit.model_validate(edit) if of_item else StakeholderEdit.model_validate(edit)


class NewDecision(Request):
    """A verdict on one entry."""

    item: str | None = Field(
        default=None, description="Id of the entry; `null` to add one. With the id of one added, `added` rewords it."
    )
    verdict: Verdict
    reason: str | None = Field(default=None, max_length=2000)
    assertion: str | None = Field(default=None, max_length=2000, description="Vouches for an item without evidence.")
    edit: Annotated[ItemEdit | StakeholderEdit | None, BeforeValidator(_item_or_person)] = Field(
        default=None, description="For `edited` and `added`."
    )


class NewDecisions(Request):
    """Verdicts that are taken all or none."""

    decisions: list[NewDecision] = Field(min_length=1, max_length=500)


class Commit(Request):
    """A wish to make a version of the review."""

    note: str | None = Field(default=None, max_length=2000)
    leave_out_undecided: bool = False


class NewRowItem(Request):
    """The item that a row of a comparison becomes."""

    kind: Kind
    text: str = Field(min_length=1, max_length=2000)


class NewRowFinding(Request):
    """What reviewers of the deal shall see."""

    text: str = Field(min_length=1, max_length=2000)


class SupportQuestion(Request):
    """Is this claim supported by that text?"""

    claim: str = Field(min_length=1, max_length=5_000)
    text: str = Field(min_length=1, max_length=200_000)
    opinion: bool = Field(default=False, description="Ask the language model too; it costs up to five short calls.")
