"""Which number that was said and which number that was signed are about the same matter.

Two of one measure are alike by the words near them and by the meaning of their clauses. A pair of equal ones is
preferred, so that what is the same is not taken for a difference; what is left over of both sides differs, where it is
alike enough. docs/decisions/0011-sold-versus-signed.md says how the constants were found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.quantities import Quantity, apart
from summarizer.sold_signed.clauses import Clause
from summarizer.sold_signed.wording import Weights, around, bag, joined, likeness

Table = Sequence[Sequence[float]]
"""How alike the meanings are: a row for each clause that was said, a column for each that was signed; -1 to 1."""

BY_WORDS = 0.6
"""What the words near two numbers weigh; the rest is for the meaning of their clauses."""
EQUAL = 0.35
"""How much more alike two equal numbers count."""
LEAST_EQUAL = 0.12
LEAST_DIFFERENT = 0.18
"""How alike two numbers have to be that are equal, and that are not."""
LEAST_OVERRULED = 0.22
"""How alike a later number has to be, to what was said before and to what was signed."""
SURELY_OVERRULED = 0.45
"""How alike it has to be to what was signed, whatever was said before."""
REPEATED = 0.15
"""How much less alike a repetition may be than what it is most like."""
AGAIN = 0.05
"""How much less alike an equal pair may be for a number to count as its repetition and not as different."""
CONTEXT = 0.3
"""What the words of the context weigh against those of the clause."""
NEAR, FAR, NEARNESS = 2.0, 6.0, 0.05
"""Numbers at most twice as large are a bit more alike, those more than six times as large a bit less."""

MOST_APART = 50.0
"""Numbers further apart are never about the same."""

Pair = tuple[int, int]
"""Number of what was said, and of what was signed, among the mentions of each side."""


@dataclass(frozen=True)
class Mention:
    """A number or date in a clause."""

    clause: int
    """Number of its clause on its side, from 0."""
    quantity: Quantity
    words: Weights
    """The stems near it."""
    group: str = ""
    """The message that it stands in; empty for what was signed."""


@dataclass
class Pairs:
    """What belongs together; mentions are named by their numbers, which are in the order of time for what was said."""

    said: Sequence[Mention]
    signed: Sequence[Mention]
    alike: dict[Pair, float]
    """How alike each two are that can be compared."""
    equal: list[Pair] = field(default_factory=list)
    different: list[Pair] = field(default_factory=list)
    overtaken: set[int] = field(default_factory=set)
    """What was said and then replaced, by a later message, with what has a pair."""
    paired: set[int] = field(default_factory=set)
    """What was said and has a pair."""
    taken: set[int] = field(default_factory=set)
    """What was signed and has a pair."""

    def add(self, pair: Pair) -> None:
        """Take the two for a pair."""
        (self.equal if self.is_equal(pair) else self.different).append(pair)
        self.paired.add(pair[0])
        self.taken.add(pair[1])

    @property
    def said_clauses(self) -> set[int]:
        """The numbers of the clauses whose matter is signed."""
        return {self.said[one].clause for one in (*self.paired, *self.overtaken)}

    @property
    def signed_clauses(self) -> set[int]:
        """The numbers of the clauses whose matter somebody spoke of."""
        return {self.signed[other].clause for other in self.taken}

    def is_equal(self, pair: Pair) -> bool:
        """Whether both can mean the same."""
        return self.said[pair[0]].quantity.same_as(self.signed[pair[1]].quantity)


def mentions(clauses: Sequence[Clause], *, rarity: Weights) -> list[Mention]:
    """All numbers and dates of the clauses."""
    return [
        Mention(number, each, _near(clause, each, rarity), clause.group)
        for number, clause in enumerate(clauses)
        for each in clause.quantities
    ]


def _near(clause: Clause, quantity: Quantity, rarity: Weights) -> dict[str, float]:
    near = around(clause.text, quantity.start, quantity.end, rarity=rarity)
    return joined(near, bag(clause.context, rarity=rarity, share=CONTEXT))


def pair(said: Sequence[Mention], signed: Sequence[Mention], meaning: Table) -> Pairs:
    """Each number of one side with the one of the other that is about the same matter, where there is one.

    A number may be equal to several, as a price is said more than once; it differs from one at most. What was said
    comes in the order of time: the last word on a matter counts.
    """
    pairs = Pairs(said, signed, dict(_alikeness(said, signed, meaning)))
    for each in sorted(pairs.alike, key=lambda each: -_preference(pairs, each)):
        if not (each[0] in pairs.paired or each[0] in pairs.overtaken or each[1] in pairs.taken):
            _settle(pairs, each)
    for each in _repetitions(pairs):
        pairs.add(each)
    for each in list(_overruled(pairs)):
        pairs.add(each)
    pairs.overtaken |= set(_overtaken(pairs))
    return pairs


def _alikeness(said: Sequence[Mention], signed: Sequence[Mention], meaning: Table) -> Iterator[tuple[Pair, float]]:
    for one, mine in enumerate(said):
        for other, theirs in enumerate(signed):
            if mine.quantity.comparable(theirs.quantity) and apart(mine.quantity, theirs.quantity) <= MOST_APART:
                yield (one, other), _alike(mine, theirs, meaning[mine.clause][theirs.clause])


def _alike(mine: Mention, theirs: Mention, meaning: float) -> float:
    ratio = apart(mine.quantity, theirs.quantity)
    nearness = NEARNESS if ratio <= NEAR else -NEARNESS if ratio > FAR else 0.0
    return BY_WORDS * likeness(mine.words, theirs.words) + (1 - BY_WORDS) * max(0.0, meaning) + nearness


def _preference(pairs: Pairs, pair: Pair) -> float:
    """Equal ones first, if they have more in common than that."""
    equal = pairs.alike[pair] >= LEAST_EQUAL and pairs.is_equal(pair)
    return pairs.alike[pair] + (EQUAL if equal else 0.0)


def _settle(pairs: Pairs, pair: Pair) -> None:
    """Take the two for a pair, if they are alike enough."""
    one, other = pair
    if pairs.is_equal(pair):
        if pairs.alike[pair] >= LEAST_EQUAL:
            pairs.add(pair)
    elif pairs.alike[pair] >= LEAST_DIFFERENT and not _is_known(pairs, pair):
        last = _last_word(pairs, pair)
        pairs.overtaken |= {one} - {last}
        pairs.add((last, other))


def _is_known(pairs: Pairs, pair: Pair) -> bool:
    """Whether one of the two only repeats what has an equal pair already, on a matter that is about as alike."""
    one, other = pair
    known = [(mine, other) for mine, _ in pairs.equal] + [(one, theirs) for _, theirs in pairs.equal]
    least = max(LEAST_EQUAL, pairs.alike[pair] - AGAIN)
    return any(pairs.alike.get(each, 0.0) >= least and pairs.is_equal(each) for each in known)


def _last_word(pairs: Pairs, pair: Pair) -> int:
    """What the last message says of the matter, where a later one says something."""
    one, other = pair
    open_ones = set(range(one + 1, len(pairs.said))) - pairs.paired
    later = [each for each in open_ones if (each, other) in pairs.alike]
    again = [each for each in later if _speaks_again(pairs, (each, other), one)]
    return max((each for each in again if _is_best(pairs, (each, other))), default=one)


def _speaks_again(pairs: Pairs, pair: Pair, first: int) -> bool:
    mine, before = pairs.said[pair[0]], pairs.said[first]
    if mine.group == before.group or pairs.alike[pair] < LEAST_DIFFERENT:
        return False
    return likeness(mine.words, before.words) >= LEAST_OVERRULED


def _is_best(pairs: Pairs, pair: Pair) -> bool:
    """Whether what was said is not more like something else that has no pair yet."""
    one, _ = pair
    open_pairs = (each for each in pairs.alike if each[0] == one and each[1] not in pairs.taken)
    return all(pairs.alike[each] <= pairs.alike[pair] for each in open_pairs)


def _repetitions(pairs: Pairs) -> list[Pair]:
    """What is left over, and equal to something that has a pair, unless it is much more like something else."""
    best: dict[int, float] = {}
    for (one, _), alike in pairs.alike.items():
        best[one] = max(alike, best.get(one, 0.0))
    half_open = [pair for pair in pairs.alike if (pair[0] in pairs.paired) != (pair[1] in pairs.taken)]
    near = [pair for pair in half_open if pairs.alike[pair] >= max(LEAST_EQUAL, best[pair[0]] - REPEATED)]
    return [pair for pair in near if pairs.is_equal(pair)]


def _overruled(pairs: Pairs) -> Iterator[Pair]:
    """What was signed as it was said first, though a later message says otherwise."""
    for later in sorted(set(range(len(pairs.said))) - pairs.paired - pairs.overtaken):
        signed = [pair[1] for pair in pairs.equal if _may_overrule(pairs, later, pair)]
        if signed:
            yield later, max(signed, key=lambda other: pairs.alike[later, other])


def _may_overrule(pairs: Pairs, later: int, pair: Pair) -> bool:
    first, rival = pair[0], (later, pair[1])
    if first > later or pairs.said[first].group == pairs.said[later].group:
        return False
    if rival not in pairs.alike or pairs.is_equal(rival):
        return False
    if pairs.alike[rival] >= SURELY_OVERRULED:
        return True
    near = likeness(pairs.said[first].words, pairs.said[later].words)
    return min(pairs.alike[rival], near) >= LEAST_OVERRULED


def _overtaken(pairs: Pairs) -> Iterator[int]:
    """What was said before somebody changed it to what has a pair."""
    closed = [*pairs.equal, *pairs.different]
    for first in set(range(len(pairs.said))) - pairs.paired:
        later = (pair for pair in closed if pair[0] > first and (first, pair[1]) in pairs.alike)
        if any(_speaks_again(pairs, pair, first) for pair in later):
            yield first
