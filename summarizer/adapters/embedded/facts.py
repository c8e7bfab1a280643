"""From what the reader makes of each segment to facts: stretches that belong together, wherever they stand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from summarizer.adapters.embedded import payment, trust
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.groups import groups, of_one_item
from summarizer.adapters.embedded.segments import Segment
from summarizer.adapters.embedded.topics import Topics
from summarizer.adapters.embedded.trust import KINDS, SUPPORT, TRAP
from summarizer.items import Kind

Array = npt.NDArray[np.float32]
_LIKELY, _CLEAR = 0.5, 0.6
"""Chances of being of one item with a fact's weightiest words, and of stating an item, below which a sentence beside
these is a stray: an aside in front of a promise."""
_MOST_WORDS = 20
"""Words of a fact up to which the beginning of its sentence is told with it."""


@dataclass(frozen=True)
class Reading:
    """What the trained reader says of a thread of n segments."""

    tags: Array
    """Shape (n, 10): chances of nothing, each kind, trap (said, and no longer true), support (adds to another)."""
    joins: Array
    """Shape (n, n + 1): chance that a segment of an item is its first (column 0) or goes with segment j (j + 1)."""


@dataclass(frozen=True)
class Levels:
    """From which chance on something counts; chosen on development cases."""

    keep: float = 0.5
    """Of stating an item."""
    belong: float = 0.4
    """Of stating an item or adding to one."""
    together: float = 0.4
    """Of being of one item, on average over the segments of two groups."""
    tell: float = 0.3
    """Of stating an item: what adds to one with less is only cited, unless it brings a figure or a date."""
    sure: float = 0.0
    """Of a fact's being right: below it nothing is proposed."""


@dataclass(frozen=True)
class Fact:
    """One item in the words of the thread."""

    kind: Kind
    segments: list[Segment]
    confidence: float
    supports: list[Segment] = field(default_factory=list)
    """What adds to it, elsewhere in the thread."""
    about: Clause | None = None
    """What is told in front of it, where its own words do not say what they are about."""
    chat: frozenset[int] = frozenset()
    """Numbers of those clauses that it rests on which are hardly about an item: an agreement, a joke."""
    signs: Mapping[str, float] = field(default_factory=dict)
    """What its confidence comes from, as `trust.signs` has them."""


def gather(
    segments: Sequence[Segment], reading: Reading, levels: Levels, *, weights: Mapping[str, float]
) -> list[Fact]:
    """The facts in the order of the thread; `weights` as in `trust.chance`."""
    states = reading.tags[:, 1:TRAP].sum(axis=1)
    stating = states >= levels.keep
    belonging = states + reading.tags[:, SUPPORT] >= min(levels.belong, levels.keep)
    chosen = np.flatnonzero(belonging).tolist()
    alike = of_one_item(chosen, reading.joins)
    facts = []
    taken = set(chosen)
    joined = groups(chosen, alike, together=levels.together)
    for group in chain.from_iterable(payment.apart(each, segments, stating.tolist()) for each in joined):
        said = _main([at for at in group if stating[at]], segments, reading)
        if said:
            rows = np.searchsorted(chosen, said)
            main = _without_strays(said, segments, states, alike=alike[np.ix_(rows, rows)])
            added = [at for at in group if at not in said]
            chat = frozenset(segments[at].clause.number for at in added if states[at] < levels.tell)
            fact = _fact(segments, reading, main, added, weights)
            front = _in_front(main[0], fact.segments, segments, taken)
            facts.append(replace(fact, segments=[*front, *fact.segments], chat=chat))
    topics = Topics(
        segments, reading.tags, reading.joins, told={each.clause.number for fact in facts for each in fact.segments}
    )
    sure = (fact for fact in facts if fact.confidence >= levels.sure)
    return [replace(fact, about=topics.of([*fact.segments, *fact.supports])) for fact in sure]


def _in_front(first: int, own: Sequence[Segment], segments: Sequence[Segment], taken: Collection[int]) -> list[Segment]:
    """What a fact's sentence begins with, where no fact has it: "The oldest boat" of "remains on the floor"."""
    front: list[Segment] = []
    words = sum(len(segment.text.split()) for segment in own)
    for at in range(first - 1, -1, -1):
        words += len(segments[at].text.split())
        if at in taken or segments[at].clause.number != own[0].clause.number or words > _MOST_WORDS:
            break
        front.insert(0, segments[at])
    return front


def _main(stating: Sequence[int], segments: Sequence[Segment], reading: Reading) -> list[int]:
    """Of the segments that state a fact, the neighbours that say it best; what restates it elsewhere only adds."""

    def weight(run: Sequence[int]) -> float:
        return sum(float(reading.tags[at, 1:TRAP].sum()) * len(segments[at].text) for at in run)

    return max(_runs(stating, segments), key=weight, default=[])


def _without_strays(said: Sequence[int], segments: Sequence[Segment], states: Array, *, alike: Array) -> list[int]:
    """Of neighbours that say a fact those that go with its weightiest words; `alike` has a row for each of them."""
    core = max(range(len(said)), key=lambda place: float(states[said[place]]) * len(segments[said[place]].text))
    clause = segments[said[core]].clause.number
    return [
        at
        for place, at in enumerate(said)
        if segments[at].clause.number == clause or alike[core, place] >= _LIKELY or states[at] >= _CLEAR
    ]


def _runs(places: Sequence[int], segments: Sequence[Segment]) -> Iterator[list[int]]:
    """Neighbouring segments of one message."""
    run: list[int] = []
    for at in places:
        if run and at == run[-1] + 1 and segments[at].clause.message == segments[run[-1]].clause.message:
            run.append(at)
            continue
        if run:
            yield run
        run = [at]
    if run:
        yield run


def _fact(
    segments: Sequence[Segment],
    reading: Reading,
    main: Sequence[int],
    added: Sequence[int],
    weights: Mapping[str, float],
) -> Fact:
    sizes = np.array([len(segments[at].text) for at in main], dtype=np.float32)
    tags = (reading.tags[list(main)] * (sizes / sizes.sum())[:, None]).sum(axis=0)
    own, others = ([segments[at] for at in part] for part in (main, added))
    first = float(reading.joins[main[0], 0])
    signs = trust.signs(own, others, tags=tags, first=first)
    return Fact(KINDS[int(tags[1:TRAP].argmax())], own, trust.chance(signs, weights), others, signs=signs)
