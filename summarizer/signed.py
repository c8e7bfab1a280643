"""The signed SOW of a deal, and what came of comparing it with what was said: records, none of which ever changes."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from summarizer.items import Evidence, Frozen, Kind

Span = tuple[int, int]
"""Start and end, in code points."""


class SignedCard(Frozen):
    """A signed SOW without its text and its file."""

    id: str
    deal: str
    name: str
    media_type: str
    sha256: str
    """Of the file."""
    size: int
    """Of the file, in bytes."""
    created_by: str
    created_at: datetime


class SignedSow(SignedCard):
    """A file that the parties of a deal have signed, whole. It is no source: nothing is drafted from it."""

    original: bytes
    text: str
    """Canonical text, made once."""

    @property
    def card(self) -> SignedCard:
        """It without its text and its file."""
        return SignedCard(**self.model_dump(include=set(SignedCard.model_fields)))


class Column(StrEnum):
    """How what was said and what was signed differ."""

    DIFFERENT = "different"
    """Both speak of the matter, with different numbers or dates."""
    SAID_ONLY = "said_only"
    SIGNED_ONLY = "signed_only"


class Said(Frozen):
    """What somebody said."""

    evidence: Evidence
    """The clause, in a source of the deal."""
    value: Span | None = None
    """Where its number or date stands in the source, where it is about one."""
    by: str | None = None
    at: datetime | None = None
    looks_like: Kind | None = None


class Signed(Frozen):
    """What the signed SOW says."""

    start: int = Field(ge=0)
    """Offset of the clause in the SOW's text, in code points."""
    end: int
    quote: str
    """That stretch of the text, to the letter."""
    heading: str
    """Of the section that it stands in."""
    value: Span | None = None
    """Where its number or date stands in the SOW's text, where it is about one."""


class Row(Frozen):
    """One difference, with its two places; one of them is missing where only one side speaks."""

    id: str
    column: Column
    said: Said | None = None
    signed: Signed | None = None


class Comparison(Frozen):
    """What was said, held against one signed file; made by a job, once."""

    id: str
    deal: str
    signed_sow: str
    """Id of the SOW."""
    sha256: str
    """Of its file: what the rows are bound to."""
    sources: tuple[str, ...] = ()
    """Ids of the sources that it was held against."""
    rows: tuple[Row, ...] | None = None
    """`None` until it is made."""
    created_by: str
    created_at: datetime

    def row(self, row_id: str) -> Row | None:
        """`None` when there is none with this id."""
        return next((row for row in self.rows or () if row.id == row_id), None)

    def column(self, column: Column) -> tuple[Row, ...]:
        """Its rows, in their order."""
        return tuple(row for row in self.rows or () if row.column is column)


class Became(StrEnum):
    """What a reviewer made of a row."""

    ITEM = "item"
    FINDING = "finding"


class RowNote(Frozen):
    """That a reviewer made something of a row; appended, never changed."""

    comparison: str
    row: str
    became: Became
    text: str = Field(min_length=1, max_length=2000)
    """The item's text, or what the finding says."""
    evidence: tuple[Evidence, ...] = ()
    """What was said of it; empty for what was signed and never said."""
    suggestion: str | None = None
    """Id of the suggestion that holds the item; `None` for a finding."""
    by: str
    at: datetime
