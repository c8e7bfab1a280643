"""Sections of past SOWs by the words that they share with a deal.

PostgreSQL holds the sections. The words of a library are counted when it is first searched in a process, and kept in
memory. Each search names the SOWs that it may find; one that is not counted yet is read then. So nothing has to be
brought into step, whatever crashed, and each process has what the database had when it was asked.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock

import numpy as np

from summarizer.adapters.word_index import SECTION, WHOLE, Asked, Scores, Weights, WordIndex
from summarizer.retrieval import asked
from summarizer.stores import Store

MOST_HELD = 250_000
"""Sections in memory, over all workspaces: some 2 kB each. What was searched longest ago leaves first."""

Begin = Callable[[str], AbstractContextManager[Store]]
"""Opens a transaction in a workspace."""


@dataclass(frozen=True)
class Match:
    """How well words match, as shares of the best section and of the best SOW."""

    section: str
    sow: str
    words: float
    whole: float


@dataclass(frozen=True)
class Matches:
    """What a search for words found."""

    index: WordIndex
    asked: Asked
    words: Scores
    sections: Weights
    """Score of each section of the index, as a share of the best; nothing where it may not be found."""
    wholes: Weights
    """The same of its SOW."""

    def best(self, most: int, *, share: float) -> set[str]:
        """Ids of the best sections, where they count for this share and their SOWs for the rest."""
        scores = share * self.sections + (1 - share) * self.wholes
        places = np.argsort(-scores, kind="stable")[:most]
        return {self.index.sections[place] for place in places if scores[place] > 0}

    def of(self, sections: Collection[str]) -> list[Match]:
        """How well these match; those that the index lacks are left out."""
        places = [place for place, section in enumerate(self.index.sections) if section in sections]
        return [self._match(place) for place in places]

    def terms(self, section: str) -> Mapping[str, float]:
        """The terms that the section shares, with what they weigh."""
        if section not in self.index.sections:
            return {}
        found = self.words.rows == self.index.sections.index(section)
        places, parts = self.words.places[found], self.words.parts[found]
        return {self.asked.terms[place]: float(part) for place, part in zip(places, parts, strict=True)}

    def _match(self, place: int) -> Match:
        sow = self.index.sows[self.index.sow_of[place]]
        return Match(self.index.sections[place], sow, float(self.sections[place]), float(self.wholes[place]))


@dataclass(frozen=True)
class _Library:
    """The words of one workspace."""

    index: WordIndex
    sows: frozenset[str]
    """All that were read; some may have no section."""


class LexicalPrecedents:
    """The words of all libraries that are searched here. Threads may share it."""

    def __init__(self, begin: Begin, *, most_held: int = MOST_HELD) -> None:
        """`begin` must not take connections that its callers wait for: a search may be part of a transaction."""
        self._begin = begin
        self._most_held = most_held
        self._libraries: OrderedDict[str, _Library] = OrderedDict()
        self._reading: dict[str, Lock] = {}
        self._changing = Lock()

    def search(self, workspace: str, text: str, *, among: Collection[str]) -> Matches:
        """How well the sections of these SOWs match the words of the text."""
        index = self._library(workspace, among).index
        found = index.asked(asked(text))
        words = index.postings.scores(found, *SECTION)
        wholes = index.wholes.scores(found, *WHOLE)
        allowed = np.array([sow in among for sow in index.sows], dtype=float)
        sections = _shares(words.totals * allowed[index.sow_of])
        return Matches(index, found, words, sections, _shares(wholes.totals * allowed)[index.sow_of])

    def _library(self, workspace: str, sows: Collection[str]) -> _Library:
        """The library with these SOWs, which are read where they are not known yet."""
        known = self._known(workspace)
        if known.sows.issuperset(sows):
            return known
        with self._reading.setdefault(workspace, Lock()):
            known = self._known(workspace)
            if not known.sows.issuperset(sows):
                known = self._read(workspace, known)
                self._keep(workspace, known)
        return known

    def _known(self, workspace: str) -> _Library:
        with self._changing:
            if workspace in self._libraries:
                self._libraries.move_to_end(workspace)
                return self._libraries[workspace]
        return _Library(WordIndex.empty(), frozenset())

    def _read(self, workspace: str, known: _Library) -> _Library:
        """What is searched now: new SOWs are read, older versions forgotten."""
        with self._begin(workspace) as store:
            current = frozenset(store.sows.searchable())
            added = [section for sow in sorted(current - known.sows) for section in store.sows.sections(sow)]
        return _Library(known.index.changed(current, added), current)

    def _keep(self, workspace: str, library: _Library) -> None:
        with self._changing:
            self._libraries[workspace] = library
            self._libraries.move_to_end(workspace)
            while len(self._libraries) > 1 and self._held() > self._most_held:
                self._libraries.popitem(last=False)

    def _held(self) -> int:
        return sum(len(library.index.sections) for library in self._libraries.values())


def _shares(scores: Weights) -> Weights:
    """As parts of the best one."""
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores
