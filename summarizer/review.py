"""A suggestion under review: what was drafted, what stands already, and what people have said of each entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from summarizer.decisions import (
    IN_THE_VERSION,
    Decided,
    Decision,
    E,
    Entry,
    Suggestion,
    Verdict,
    Version,
)
from summarizer.errors import Fault
from summarizer.items import Item, Kind, Stakeholder


@dataclass(frozen=True)
class Reviewed(Generic[E]):
    """One row of a review: an entry and what was decided of it last."""

    item: E
    """As it would be committed: edited, if somebody edited it."""
    drafted: E | None
    """As the engine wrote it; `None` for what the reviewer added, and for what stands already."""
    standing: Decided[E] | None
    """The entry of the base version; `None` for what is new."""
    decision: Decision | None
    """`None` while nobody has decided."""

    @property
    def verdict(self) -> Verdict:
        return self.decision.verdict if self.decision else Verdict.UNDECIDED

    @property
    def open(self) -> bool:
        """Whether a reviewer still has to look at it; what stands already stays unless somebody decides otherwise."""
        return self.verdict is Verdict.UNDECIDED and self.standing is None

    @property
    def goes_in(self) -> bool:
        """Whether the next version holds it."""
        return self.verdict in IN_THE_VERSION or (self.verdict is not Verdict.REJECTED and self.standing is not None)


@dataclass(frozen=True)
class Review:
    """A suggestion with the log of decisions on it, on top of the version that it was drafted from."""

    suggestion: Suggestion
    base: Version | None
    log: tuple[Decision, ...] = ()

    def items(self) -> list[Reviewed[Item]]:
        """What stands already, then what was drafted, then what the reviewer added, in this order."""
        return self._rows(Item, self.base.items if self.base else (), self.suggestion.draft.items)

    def stakeholders(self) -> list[Reviewed[Stakeholder]]:
        """The people, in the same order."""
        standing = self.base.stakeholders if self.base else ()
        return self._rows(Stakeholder, standing, self.suggestion.draft.stakeholders)

    def _rows(self, kind: type[E], standing: Sequence[Decided[E]], drafted: Sequence[E]) -> list[Reviewed[E]]:
        latest = {decision.item: decision for decision in self.log}
        wordings = {entry_id: entry for entry_id, entry in self._wordings().items() if isinstance(entry, kind)}

        def row(entry: E, draft: E | None, held: Decided[E] | None) -> Reviewed[E]:
            wording, decision = wordings.pop(entry.id, entry), latest.get(entry.id)
            stays = held is not None and (decision is None or decision.verdict not in IN_THE_VERSION)
            return Reviewed(entry if stays else wording, draft, held, decision)

        rows = [row(held.item, None, held) for held in standing]
        rows += [row(entry, entry, None) for entry in drafted]
        return rows + [row(added, None, None) for added in list(wordings.values())]

    def _wordings(self) -> dict[str, Entry]:
        """How people want entries worded: the last edit since a verdict was taken back; a later yes confirms it."""
        wordings: dict[str, Entry] = {}
        for decision in self.log:
            if decision.edited is not None:
                wordings[decision.item] = decision.edited
            elif decision.verdict is Verdict.UNDECIDED:
                wordings.pop(decision.item, None)
        return wordings

    def faults(self, texts: Mapping[str, str], *, leave_out_undecided: bool) -> list[Fault]:
        """Why this review cannot be committed; empty when it can.

        `texts` maps the id of each source to its canonical text, against which all evidence is verified.
        """
        faults: list[Fault] = []
        for index, row in enumerate(self.items()):
            faults += _faults(row, f"#/items/{index}", texts, leave_out_undecided)
            faults += _missing_evidence(row, f"#/items/{index}/evidence")
        for index, person in enumerate(self.stakeholders()):
            faults += _faults(person, f"#/stakeholders/{index}", texts, leave_out_undecided)
        return faults


def _faults(row: Reviewed[E], pointer: str, texts: Mapping[str, str], leave_out_undecided: bool) -> Iterator[Fault]:
    if row.open and not leave_out_undecided:
        yield Fault(f"{pointer}/verdict", f"Nobody has decided on “{_label(row.item)}”.")
    for position, evidence in enumerate(row.item.evidence if row.goes_in else ()):
        if not evidence.stands_in(texts.get(evidence.source, "")):
            detail = f"“{evidence.quote}” does not stand at its place in the source."
            yield Fault(f"{pointer}/evidence/{position}", detail)


def _missing_evidence(row: Reviewed[Item], pointer: str) -> Iterator[Fault]:
    asserted = row.item.assertion or (row.decision and row.decision.assertion)
    claims = row.item.kind is not Kind.OPEN_QUESTION
    if row.goes_in and claims and not row.item.evidence and not asserted:
        yield Fault(pointer, f"“{row.item.text}” has no evidence. Point it at the words, or assert it with a note.")


def _label(entry: Entry) -> str:
    return entry.text if isinstance(entry, Item) else entry.name
