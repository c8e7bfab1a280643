"""Items, their evidence, and the people of a deal: one shape, whether drafted, edited or committed."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator


class Frozen(BaseModel):
    """A value: compared by its content, never changed after it was made."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words of a person that are not blank."""


class Kind(StrEnum):
    """What an item is; where two fit, the first in this list wins, but for scope and open_question, which come last."""

    EXCLUSION = "exclusion"
    SUCCESS_METRIC = "success_metric"
    DEPENDENCY = "dependency"
    MILESTONE = "milestone"
    OBLIGATION = "obligation"
    SCOPE = "scope"
    OPEN_QUESTION = "open_question"


class Basis(StrEnum):
    """How strong the words are that an item rests on, strongest first."""

    SIGNED_SOW = "signed_sow"
    WRITTEN_PROMISE = "written_promise"
    SALES_NOTE = "sales_note"
    INFERRED = "inferred"
    PRECEDENT = "precedent"


class Grounding(StrEnum):
    """Whether what an item says stands in its evidence."""

    EXACT = "exact"
    """Every figure, date and name of the text stands in the evidence."""
    PARTIAL = "partial"
    """There is evidence, but some figure, date or name of the text does not stand in it."""
    NONE = "none"
    """There is no evidence."""


class Side(StrEnum):
    """On whose side of the deal somebody stands."""

    CLIENT = "client"
    VENDOR = "vendor"
    THIRD_PARTY = "third_party"


class Evidence(Frozen):
    """A stretch of a source that an item rests on."""

    source: str = ""
    """The source's id; empty where there is only one source (the command line)."""
    message: int | None = None
    """Number of the message in the source, from 1; `None` when the stretch belongs to no message."""
    start: int = Field(ge=0)
    """Offset of the first character in the source's canonical text, in code points."""
    end: int
    """Offset behind the last character, in code points."""
    quote: str
    """That stretch of the canonical text, to the letter; never a model's words."""

    @model_validator(mode="after")
    def _spans_its_quote(self) -> "Evidence":
        if self.end - self.start != len(self.quote) or not self.quote.strip():
            raise ValueError(f"evidence {self.start}:{self.end} does not span its quote")
        return self

    def stands_in(self, text: str) -> bool:
        """Whether `text`, the canonical text of the source, says the quote at this very place.

        >>> Evidence(start=3, end=8, quote="eight").stands_in("So eight dashboards.")
        True
        """
        return text[self.start : self.end] == self.quote

    def overlaps(self, other: "Evidence") -> bool:
        """Whether both share at least one character of the same source."""
        return self.source == other.source and self.start < other.end and other.start < self.end


class Assertion(Frozen):
    """A reviewer's word for an item that no source says."""

    by: str
    """The person's id."""
    note: Note
    """Where the reviewer knows it from."""


class Precedent(Frozen):
    """A section of a past SOW that looks like this deal: wording, never evidence."""

    sow: str
    """Name of the SOW."""
    sow_id: str = ""
    section_id: str = ""
    section: str
    """The section's heading."""
    text: str = ""
    score: float
    """How well it fits the deal's words, at most 1; to be compared within one search only."""
    words: tuple[str, ...] = ()
    """Words of the section that match the deal's, the most telling first."""
    passage: tuple[int, int] | None = None
    """Start and end of the stretch of `text` that is most like the deal; `None` where words alone found it."""


class Settled(Frozen):
    """How similar past SOWs answer what an open question asks: why it is asked, never evidence of an answer."""

    of: int = Field(ge=1)
    """How many SOWs were looked at, the most similar ones."""
    sections: tuple[Precedent, ...] = Field(min_length=1)
    """Where they settle it, one section of each SOW that does, with the words that say so."""


class Item(Frozen):
    """One atomic fact of the scope."""

    id: str
    kind: Kind
    text: str = Field(min_length=1, max_length=2000)
    evidence: tuple[Evidence, ...] = ()
    basis: Basis = Basis.INFERRED
    grounding: Grounding = Grounding.NONE
    owner: str | None = None
    """Who provides or decides it, for a dependency; `None` when nobody is named."""
    due: date | None = None
    """By when (dependency, metric) or when (milestone); `None` when no date is stated."""
    baseline: str | None = None
    """Where a metric stands today; `None` when nobody says."""
    target: str | None = None
    """Where a metric shall stand; `None` for other kinds."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """The engine's calibrated chance that a reviewer keeps the item as it is; orders the review, hides nothing.

    `None` when the engine does not say, and for what a person wrote.
    """
    assertion: Assertion | None = None
    """Set when a reviewer vouches for an item without evidence."""
    settled: Settled | None = None
    """Set for an open question that similar past SOWs raise; `None` for all others."""


class Stakeholder(Frozen):
    """A person of the deal, as the sources show them."""

    id: str
    name: str = Field(min_length=1, max_length=200)
    role: str | None = None
    side: Side | None = None
    """`None` when the sources do not tell."""
    email: str | None = None
    evidence: tuple[Evidence, ...] = ()


class FindingKind(StrEnum):
    """What a reviewer must see beside the items."""

    CONTRADICTION = "contradiction"
    SUPERSEDED = "superseded"
    HIDDEN_TEXT = "hidden_text"
    INSTRUCTION = "instruction"
    """Words that address a machine and not a reader."""
    LOOK_ALIKE = "look_alike"
    """An address that passes for another one of the thread."""
    DATE_ORDER = "date_order"
    """Dates in figures that are another day where the month comes first."""
    NO_SOURCE = "no_source"
    """A figure, date or name in an item that its evidence does not say."""
    SIGNED_OTHERWISE = "signed_otherwise"
    """What was said and what was signed differ, and a person says that it matters."""
    UNSUPPORTED = "unsupported"
    """An item that its evidence does not clearly support, whatever its figures."""
    KIND_NEEDS = "kind_needs"
    """An item that lacks what its kind cannot do without: a metric a measure, a milestone a date or an event."""
    INCOMPLETE = "incomplete"
    """The draft covers less than the sources: an answer cut off, a language that the engine does not know."""


class Finding(Frozen):
    """Something that a reviewer must see, with the words it is about."""

    kind: FindingKind
    text: str
    evidence: tuple[Evidence, ...] = ()
    item: str | None = None
    """The item it is about, if it is about one."""


class LeftOut(Frozen):
    """A stretch that reads like scope and that no item cites."""

    source: str = ""
    message: int | None = None
    start: int
    end: int
    quote: str
    looks_like: Kind


class MadeBy(Frozen):
    """How a draft came about."""

    engine: str
    model: str
    prompt: str
    """SHA-256 of the prompt files, or of the rules' version, as `sha256:<hex>`."""
    parameters: Mapping[str, str | int | float | None] = Field(default_factory=dict)
    """What shaped the answers beside the prompt, such as the temperature."""
    calls: int = 0
    """Requests that were answered, and so paid."""
    tokens_in: int = 0
    """Over all calls, as the endpoint counts; where it does not, four characters are a token."""
    tokens_cached: int = 0
    """How many of these the endpoint had in its cache."""
    tokens_out: int = 0
    tokens_reused: int = 0
    """In and out, of answers that were kept from an attempt before; not paid again, and in neither of the counts."""
    cost: float | None = None
    """Of the tokens in and out, in the currency of the prices that are set; `None` where there are none."""
    seconds: float = 0.0
