"""What the product asks of the outside, as Protocols: engines, files, past SOWs; adapters and the fakes of
`summarizer.testing` fit them. What it keeps stands in `summarizer.stores`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from summarizer.items import Kind, MadeBy, Precedent, Side
from summarizer.reading.limits import Limits
from summarizer.reading.rendition import Rendition
from summarizer.records import KeptAnswer, SowSection

# --- engines ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NumberedPassage:
    """A passage as an engine sees it."""

    number: int
    """From 1, without gaps; what a citation names."""
    text: str
    message: int
    """Number of the message over all sources of the brief, from 1."""
    sender: str | None
    side: Side | None
    sent: datetime | None
    quoted: bool = False
    """Whether it stands in quoted history (given only where the original was not)."""
    item: bool = False
    """Whether it is an entry of a list."""
    answers: int | None = None
    """Number of the passage that is quoted right above it; `None` when nothing is, or not a numbered one."""
    day: date | None = None
    """When it was said: on the day of its message, or of the nearest message that has one."""
    month_first: bool | None = field(default=None, repr=False)
    """Whether "3/4/2027" is 4 March in its source, and not 3 April; `None` where the source does not show it."""


@dataclass(frozen=True)
class Brief:
    """All that an engine is told."""

    passages: Sequence[NumberedPassage]
    precedents: Sequence[Precedent] = ()
    client: str | None = None
    vendor: str | None = None
    deal_type: str | None = None
    headers: Mapping[int, str] = field(default_factory=dict)
    """Message number to its header lines and signature as written, for names, roles and addresses."""


@dataclass(frozen=True)
class Candidate:
    """What an engine proposes as an item; nothing in it is trusted before grounding."""

    kind: Kind
    text: str
    cite: tuple[int, ...]
    """Numbers of passages; those that do not exist are dropped by grounding."""
    owner: str | None = None
    due: date | None = None
    baseline: str | None = None
    target: str | None = None
    confidence: float | None = None
    """From 0 to 1; `None` when the engine does not say."""


@dataclass(frozen=True)
class CandidateStakeholder:
    """Whom an engine proposes as a stakeholder."""

    name: str
    role: str | None = None
    side: Side | None = None
    email: str | None = None
    cite: tuple[int, ...] = ()


@dataclass(frozen=True)
class Notice:
    """Something that the engine says of its own work, for the reviewer: cut off, skipped, unknown language."""

    text: str


@dataclass(frozen=True)
class Pulse:
    """Nothing new: the engine waits for somebody, and can be stopped here."""


Answer = Candidate | CandidateStakeholder | Notice | Pulse | MadeBy
"""What an engine yields, as it comes; the last one is a `MadeBy`, with tokens and without seconds."""


class Engine(Protocol):
    """Drafts candidates from numbered passages. Raises `EngineError`s; stops early when its iterator is closed."""

    @property
    def name(self) -> str:
        """Such as `embedded` or `llm`."""

    def draft(self, brief: Brief) -> Iterator[Answer]:
        """Candidates as they are found; the same brief may give another answer the next time."""


class Answers(Protocol):
    """What models answered, by the hash of what they were asked, so that nothing is paid twice; of one workspace."""

    def get(self, key: str) -> KeptAnswer | None:
        """`None` when it was never given, or is kept no longer."""

    def keep(self, key: str, answer: KeptAnswer) -> None:
        """Keep it for a while; where there is one under this key, that one stays."""


@runtime_checkable
class RememberingEngine(Engine, Protocol):
    """An engine that can be spared from asking again what was answered before."""

    def remembering(self, answers: Answers) -> Engine:
        """The same engine with these answers."""


class Slot(Protocol):
    """The right to one call."""

    def free(self) -> None:
        """Give it back; twice is harmless."""


class Slots(Protocol):
    """A limit on calls at once, over all workers. What a worker held comes free when it dies."""

    def take(self, line: str, *, most: int) -> Slot | None:
        """One of `most` slots of this line; `None` when all are taken now. Lines do not touch each other."""


# --- files -----------------------------------------------------------------------------------------------------------


class Documents(Protocol):
    """Reads files of every kind; whatever is in them, it ends, and raises children of InvalidInput only."""

    @property
    def limits(self) -> Limits: ...
    def render(self, name: str, content: bytes) -> list[Rendition]:
        """What the file says: one rendition, or one for each conversation of a mailbox. The name tells its kind."""


# --- past SOWs -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A section that was found, and why."""

    section: str
    """Its id."""
    score: float
    """At most 1."""
    terms: Mapping[str, float] = field(default_factory=dict)
    """What its words share with what was looked for, with weights, as `summarizer.retrieval.terms` writes it."""
    passage: tuple[int, int] | None = None
    """Start and end of the stretch of its text that is most like it; `None` where it was found by its words alone."""


class PrecedentIndex(Protocol):
    """The derived index of the sections of past SOWs, workspace by workspace."""

    def put(self, workspace: str, sections: Sequence[SowSection]) -> None:
        """Add or replace the sections, by their id."""

    def drop(self, workspace: str, section_ids: Sequence[str]) -> None:
        """Forget these sections; unknown ids are no error."""

    def search(self, workspace: str, text: str, *, most: int, among: Collection[str]) -> list[Hit]:
        """The sections of these SOWs that fit the text best, few of them of one SOW; empty without words."""

    def count(self, workspace: str) -> int:
        """How many sections the index holds."""

    def ids(self, workspace: str) -> set[str]:
        """Of all sections that the index holds."""


class Meaning(Protocol):
    """How alike two lists of texts are in what they mean."""

    def __call__(self, one: Sequence[str], other: Sequence[str], /) -> Sequence[Sequence[float]]:
        """A row for each of the first and a column for each of the second, from -1 to 1."""
