"""Fakes that satisfy `summarizer.ports`, for tests here and at those who build on the product."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from threading import Lock

from summarizer.errors import SummarizerError
from summarizer.ports import Answer, Brief, Hit
from summarizer.records import KeptAnswer, SowSection
from summarizer.retrieval import Candidate, diverse, fits, terms


class ScriptedEngine:
    """An `Engine` that gives the same answers to each brief, and remembers what it was asked.

    Where the script holds an error, it is raised instead of an answer.
    """

    name = "scripted"

    def __init__(self, answers: Sequence[Answer | SummarizerError]) -> None:
        self._answers = tuple(answers)
        self.briefs: list[Brief] = []
        """What it was asked, oldest first."""

    def draft(self, brief: Brief) -> Iterator[Answer]:
        """The script, answer by answer."""
        self.briefs.append(brief)
        for answer in self._answers:
            if isinstance(answer, SummarizerError):
                raise answer
            yield answer


class MemoryAnswers:
    """`Answers` in memory, kept until the object goes."""

    def __init__(self) -> None:
        self.kept: dict[str, KeptAnswer] = {}
        """By key, oldest first."""

    def get(self, key: str) -> KeptAnswer | None:
        """`None` when it was never given."""
        return self.kept.get(key)

    def keep(self, key: str, answer: KeptAnswer) -> None:
        """Keep it; where there is one under this key, that one stays."""
        self.kept.setdefault(key, answer)


class MemorySlots:
    """`Slots` in memory, for the threads of one process."""

    def __init__(self) -> None:
        self._taken: defaultdict[str, set[MemorySlot]] = defaultdict(set)
        self._lock = Lock()

    def take(self, line: str, *, most: int) -> "MemorySlot | None":
        """One of `most` slots of this line; `None` when all are taken now."""
        with self._lock:
            if len(self._taken[line]) >= most:
                return None
            slot = MemorySlot(self._taken[line])
            self._taken[line].add(slot)
            return slot


class MemorySlot:
    """A `Slot` of `MemorySlots`."""

    def __init__(self, taken: "set[MemorySlot]") -> None:
        self._taken = taken

    def free(self) -> None:
        """Give it back; twice is harmless."""
        self._taken.discard(self)


class MemoryPrecedents:
    """A `PrecedentIndex` in memory, which finds sections by the telling words that they share with the deal."""

    def __init__(self) -> None:
        self._sections: defaultdict[str, dict[str, SowSection]] = defaultdict(dict)

    def put(self, workspace: str, sections: Sequence[SowSection]) -> None:
        """Add or replace the sections, by their id."""
        self._sections[workspace].update({section.id: section for section in sections})

    def drop(self, workspace: str, section_ids: Sequence[str]) -> None:
        """Forget these sections; unknown ids are no error."""
        for section_id in section_ids:
            self._sections[workspace].pop(section_id, None)

    def search(self, workspace: str, text: str, *, most: int, among: Collection[str]) -> list[Hit]:
        """The sections of these SOWs by the cosine of their words, few of one SOW; empty without words."""
        asked = terms(text)
        if not asked or most < 1:
            return []
        words = {s.id: terms(f"{s.heading} {s.text}") for s in self._sections[workspace].values() if s.sow in among}
        candidates = [
            Candidate(section_id, self._sections[workspace][section_id].sow, words=_cosine(asked, held))
            for section_id, held in words.items()
            if fits(asked.keys() & held.keys(), 0.0)
        ]
        best = diverse(sorted(((each, each.words) for each in candidates), key=lambda row: -row[1]), most=most)
        return [
            Hit(each.section, score, terms={term: 1.0 for term in asked if term in words[each.section]})
            for each, score in best
        ]

    def count(self, workspace: str) -> int:
        """How many sections the index holds."""
        return len(self._sections[workspace])

    def ids(self, workspace: str) -> set[str]:
        """Of all sections that the index holds."""
        return set(self._sections[workspace])


def alike_by_words(one: Sequence[str], other: Sequence[str]) -> list[list[float]]:
    """A `Meaning` that knows words only."""
    columns = [terms(text) for text in other]
    return [[_cosine(row, column) for column in columns] for row in map(terms, one)]


def _cosine(left: Counter[str], right: Counter[str]) -> float:
    shared = sum(count * right[word] for word, count in left.items())
    return min(1.0, shared / (_length(left) * _length(right))) if shared else 0.0


def _length(words: Counter[str]) -> float:
    return math.sqrt(sum(count * count for count in words.values()))
