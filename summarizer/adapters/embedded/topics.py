"""What a fact is about, where its own words do not say it: the question that it answers, or a clause shortly before."""

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.segments import Segment, clauses_of
from summarizer.adapters.embedded.trust import TRAP

Array = npt.NDArray[np.float32]
_FEW, _SOME = 2, 4
"""Telling words up to which a clause needs another to be understood, and up to which one is told that goes with it."""
_BACK = 2
"""How many clauses of the message before a fact are looked at."""
_MOST_WORDS = 14
_ASSENT = re.compile(
    r"(?:(?:that |it |this )?(?:all )?(?:sounds|looks|works|is|['’]s)\s(?:good|great|fine|perfect|ok(?:ay)?)|go ahead|"
    r"agreed|approved|confirmed|done|fine|good|great|noted|ok(?:ay)?|perfect|right|sure|thanks?(?: you)?|understood|"
    r"yes|yep|yeah)\b"
    r"(?:\W+(?:go ahead|for us|from us|to us|by us|by me|with me|with us|then|so|both|all|again|let['’]s go))*\W*$",
    re.IGNORECASE,
)
"""What only agrees says nothing of what a fact is about."""
_ASKED_IN_SHORT = 3
"""Of a question that the same message asks: "Price? 40k", while a longer one mostly waits for somebody's answer."""
_LINKED = 0.01
"""Chance that a fact goes with an earlier clause, from which on that is told with it: hardly any other has so much."""
_DOUBTED = 0.15
"""Chance of being no longer true at the end, from which on a clause is not told with a fact."""


class Topics:
    """The clauses of a thread that others may be told with."""

    def __init__(self, segments: Sequence[Segment], tags: Array, joins: Array, *, told: Collection[int]) -> None:
        """`tags` and `joins` as in `facts.Reading`; `told` are the numbers of the clauses that state facts."""
        self._joins = joins
        self._at: dict[int, list[int]] = {}
        for at, segment in enumerate(segments):
            self._at.setdefault(segment.clause.number, []).append(at)
        self._doubted = {number for number, rows in self._at.items() if tags[rows, TRAP].max() >= _DOUBTED}
        self._told = told

    def of(self, segments: Sequence[Segment]) -> Clause | None:
        """The clause to be told in front of a fact's segments, if it takes one."""
        clauses = clauses_of(segments)
        first = min(clauses, key=lambda clause: clause.place)
        numbers = {clause.number for clause in clauses}
        asked = first.question if first.question and first.question.number not in numbers else None
        if first.points_back or len(first.words) <= _FEW:
            needed = first.question or (first.before if first.points_back else None)
            if needed and needed.number not in numbers and len(needed.text.split()) > 2:
                return needed
        if len(first.words) > _SOME:
            return None
        if asked and asked.number not in self._doubted:
            return asked
        return self._linked(first, numbers)

    def _linked(self, first: Clause, numbers: Collection[int]) -> Clause | None:
        """Of the clauses before, the one that the fact goes with likeliest."""
        rows = [at for number in numbers for at in self._at[number]]
        links = [
            (self._joins[np.ix_(rows, [at + 1 for at in self._at[each.number]])].max(), each)
            for each in self._before(first, numbers)
        ]
        chance, clause = max(links, key=lambda link: link[0], default=(0.0, None))
        return clause if chance >= _LINKED else None

    def _before(self, first: Clause, numbers: Collection[int]) -> Iterator[Clause]:
        clause = first.before
        for _ in range(_BACK):
            if clause is None:
                return
            if (
                clause.number not in {*numbers, *self._told, *self._doubted}
                and clause.words
                and not _ASSENT.match(clause.text)
                and len(clause.text.split()) <= (_ASKED_IN_SHORT if clause.text.endswith("?") else _MOST_WORDS)
            ):
                yield clause
            clause = clause.before
