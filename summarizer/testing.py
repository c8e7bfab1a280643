"""Fakes that satisfy `summarizer.ports`, for tests here and at those who build on the product."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from summarizer.errors import SummarizerError
from summarizer.ports import Answer, Brief
from summarizer.records import SowSection


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


class MemoryPrecedents:
    """A `PrecedentIndex` in memory, which finds sections by the words that they share with the deal."""

    def __init__(self) -> None:
        self._sections: defaultdict[str, dict[str, Counter[str]]] = defaultdict(dict)

    def put(self, workspace: str, sections: Sequence[SowSection]) -> None:
        """Add or replace the sections, by their id."""
        self._sections[workspace].update({s.id: _words(f"{s.heading} {s.text}") for s in sections})

    def drop(self, workspace: str, section_ids: Sequence[str]) -> None:
        """Forget these sections; unknown ids are no error."""
        for section_id in section_ids:
            self._sections[workspace].pop(section_id, None)

    def nearest(self, workspace: str, text: str, *, most: int) -> list[tuple[str, float]]:
        """Ids of the sections with the cosine of their words, best first; empty without a library or words."""
        asked = _words(text)
        scores = [(section_id, _cosine(asked, words)) for section_id, words in self._sections[workspace].items()]
        return sorted(scores, key=lambda row: (-row[1], row[0]))[: max(most, 0)] if asked else []

    def count(self, workspace: str) -> int:
        """How many sections the index holds."""
        return len(self._sections[workspace])


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _cosine(left: Counter[str], right: Counter[str]) -> float:
    shared = sum(count * right[word] for word, count in left.items())
    return min(1.0, shared / (_length(left) * _length(right))) if shared else 0.0


def _length(words: Counter[str]) -> float:
    return math.sqrt(sum(count * count for count in words.values()))
