"""What similar SOWs settle and the sources of a deal never mention. A precedent asks; it never answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from summarizer.findings import addresses_a_machine
from summarizer.items import Precedent, Settled
from summarizer.records import SowSection
from summarizer.subjects import SUBJECTS, Subject

LEAST_SOWS = 3
"""Similar SOWs below which their habits say nothing."""
MOST_SOWS = 5
LEAST_SHARE = 0.6
"""Share of the similar SOWs that have to settle a subject."""
LEAST_LIKENESS = 0.5
"""Of the score of the most similar SOW, below which one is not similar."""
LONGEST_QUOTE = 400

_GAPS = re.compile(r"\n+|(?<=[.;!?])\s+")


@dataclass(frozen=True)
class SimilarSow:
    """A past SOW that looks like the deal, whole."""

    id: str
    name: str
    score: float
    """Of the section that fits the deal best."""
    sections: Sequence[SowSection]


@dataclass(frozen=True)
class Unsaid:
    """A subject that nobody has mentioned, and the SOWs that settle it."""

    subject: Subject
    settled: Settled

    @property
    def share(self) -> float:
        """Of the similar SOWs."""
        return len(self.settled.sections) / self.settled.of


def most_similar(found: Sequence[SimilarSow]) -> list[SimilarSow]:
    """Those that are compared with the deal, of some that were found, best first; empty where they are too few."""
    best = found[0].score if found else 0.0
    similar = [each for each in found if each.score >= LEAST_LIKENESS * best][:MOST_SOWS]
    return similar if len(similar) >= LEAST_SOWS else []


def unsaid(texts: Sequence[str], found: Sequence[SimilarSow]) -> list[Unsaid]:
    """What most similar SOWs settle and none of the texts speaks of, what most of them settle first.

    `found` are the SOWs that a search found, best first.
    """
    similar = [_readable(each) for each in most_similar(found)]
    missing = [each for each in SUBJECTS if similar and not any(map(each.said.search, texts))]
    rows = [(each, tuple(_settling(each, similar))) for each in missing]
    kept = [
        Unsaid(each, Settled(of=len(similar), sections=sections))
        for each, sections in rows
        if sections and len(sections) >= LEAST_SHARE * len(similar)
    ]
    return sorted(kept, key=lambda row: -row.share)


def _readable(sow: SimilarSow) -> SimilarSow:
    """The SOW without what is meant for a machine."""
    return replace(sow, sections=[each for each in sow.sections if not addresses_a_machine(each.text)])


def _settling(subject: Subject, similar: Sequence[SimilarSow]) -> Iterator[Precedent]:
    """The section of each SOW that settles the subject: the first that says so, else the first of that kind."""
    for sow in similar:
        saying = ((section, _where(subject, section)) for section in sow.sections)
        of_kind = ((section, 0) for section in sow.sections if subject.kind and section.kind is subject.kind)
        section, start = next(((each, at) for each, at in (*saying, *of_kind) if at is not None), (None, 0))
        if section is not None:
            yield Precedent(
                sow=sow.name,
                sow_id=sow.id,
                section_id=section.id,
                section=section.heading,
                text=shorten(section.text[start:], LONGEST_QUOTE, placeholder=" …"),
                score=sow.score,
            )


def _where(subject: Subject, section: SowSection) -> int | None:
    """Where the sentence of the section begins that settles the subject; `None` when none does."""
    starts = [0, *(gap.end() for gap in _GAPS.finditer(section.text))]
    ends = [*starts[1:], len(section.text)]
    return next(
        (at for at, end in zip(starts, ends, strict=True) if subject.settled.search(section.text[at:end])), None
    )
