"""What a labelled case teaches of each segment: which begin an item of which kind, which add to one, which mislead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.cases import Case, GoldItem, Must
from summarizer.adapters.embedded.segments import Segment
from summarizer.items import Kind

TAGS = ("none", *(kind.value for kind in Kind), "trap", "support")
"""What a segment can be. A trap is stated in the thread and does not hold at its end; a support adds to an item that
another stretch states: the answer to its question, its final number, its date."""
TRAP, SUPPORT = TAGS.index("trap"), TAGS.index("support")
_INSIDE = 0.5
"""Share of a segment, or of the stretch, that must lie in the other."""

Places = Mapping[int, tuple[int, int]]
"""Number of a passage to its offsets in the pasted text."""


@dataclass(frozen=True)
class Label:
    """What one segment is."""

    tag: int = 0
    """A place in `TAGS`."""
    of: int = 0
    """Number of the item that it states or adds to, from 1; 0 for none, negative for a trap."""

    @property
    def states(self) -> bool:
        """Whether it is part of an item's main words."""
        return 0 < self.tag < TRAP


@dataclass(frozen=True)
class Stretch:
    """A part of the pasted text, by its offsets, with what it is."""

    label: Label
    start: int
    end: int

    @property
    def weakness(self) -> tuple[int, int]:
        """Items outdo supports, and those outdo traps; the shorter outdoes the longer."""
        return {TRAP: 2, SUPPORT: 1}.get(self.label.tag, 0), self.end - self.start


def stretches(case: Case, places: Places) -> list[Stretch]:
    """What a case teaches: an item at the quote that says most of it; its other quotes are supports."""
    return [*_traps(case), *_items(case, places)]


def labels(taught: Sequence[Stretch], text: str, segments: Sequence[Segment], places: Places) -> list[Label]:
    """One label a segment of the pasted text."""
    ordered = sorted(taught, key=lambda stretch: stretch.weakness, reverse=True)
    marked = [0] * len(text)
    for at, stretch in enumerate(ordered, start=1):
        marked[stretch.start : stretch.end] = [at] * (stretch.end - stretch.start)
    known = [Label(), *(stretch.label for stretch in ordered)]
    return [known[_mark(segment, text, marked, places)] for segment in segments]


def widened(known: Sequence[Label], segments: Sequence[Segment]) -> list[Label]:
    """What bears no label goes with the nearest that does in its clause, of two the one before.

    A case cites whole clauses; whoever marks a thread marks as few words as carry the fact.
    """
    return [label if label.tag else known[_nearest(at, known, segments)] for at, label in enumerate(known)]


def _nearest(at: int, known: Sequence[Label], segments: Sequence[Segment]) -> int:
    beside = [other for other, label in enumerate(known) if label.tag and segments[other].clause is segments[at].clause]
    return min(beside, key=lambda other: (abs(other - at), other > at), default=at)


def _mark(segment: Segment, text: str, marked: Sequence[int], places: Places) -> int:
    """The mark that most of the segment bears; 0 when too little of either lies in the other."""
    start, end = stretch_of(segment, text, places[segment.clause.number])
    here = [marked[at] for at in range(start, end) if not text[at].isspace()]
    best = max(set(here) - {0}, key=here.count, default=0)
    covered = here.count(best)
    if best and covered < _INSIDE * len(here) and covered < _INSIDE * marked.count(best):
        return 0
    return best


def stretch_of(segment: Segment, text: str, place: tuple[int, int]) -> tuple[int, int]:
    """The segment's offsets in the pasted text, whose white space the clause has folded."""
    begin, stop = place
    body = r"\s+".join(map(re.escape, segment.clause.text.split()))
    found = re.search(body, text[begin:stop])
    if not found or not found.group():  # a passage may be all caption: a speaker's name, a noise
        return begin, begin
    folded = [begin + found.start() + at for at in _kept(found.group())]
    last = max(segment.start, len(segment.clause.text[: segment.end].rstrip()) - 1)
    return folded[segment.start], folded[min(last, len(folded) - 1)] + 1


def _kept(raw: str) -> Iterator[int]:
    """Offsets of the characters that stay when white space is folded."""
    for at, character in enumerate(raw):
        if not character.isspace() or (at and not raw[at - 1].isspace()):
            yield at


def _items(case: Case, places: Places) -> Iterator[Stretch]:
    for number, item in enumerate(case.gold.items, start=1):
        main = _main(item)
        for quote in item.evidence:
            tag = TAGS.index(item.kind.value) if quote == main else SUPPORT
            yield Stretch(Label(tag, number), *_place(case.pasted, quote, places))


def _main(item: GoldItem) -> str:
    """The quote that says most of the item."""
    return max(item.evidence, key=lambda quote: (_says(item.must, quote), len(quote)))


def _says(must: Must, quote: str) -> int:
    return sum(any(words in quote.lower() for words in group) for group in must)


def _traps(case: Case) -> Iterator[Stretch]:
    for number, trap in enumerate(case.gold.traps, start=1):
        for quote in trap.stands:
            yield Stretch(Label(TRAP, -number), *_place(case.pasted, quote, {}))


def _place(text: str, quote: str, places: Places) -> tuple[int, int]:
    """Where the quote stands: of several places the first that can be cited."""
    found = [match.start() for match in re.finditer(re.escape(quote), text)]
    for start in found:
        if any(start < end and begin < start + len(quote) for begin, end in places.values()):
            return start, start + len(quote)
    return found[0], found[0] + len(quote)
