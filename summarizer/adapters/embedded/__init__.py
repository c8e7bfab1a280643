"""The engine that needs nothing: no key, no network, no outside model; a small trained reader and rules, in English."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from summarizer import bare_days, cues, date_words, dates, figures
from summarizer.adapters.embedded import clauses, language, overrides, people, undoing
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.facts import Levels, Reading, gather
from summarizer.adapters.embedded.features import features
from summarizer.adapters.embedded.proposals import Thread, candidates
from summarizer.adapters.embedded.reader import Reader
from summarizer.adapters.embedded.relations import relations
from summarizer.adapters.embedded.segments import Segment, cut
from summarizer.adapters.encoder import Encoder
from summarizer.items import MadeBy
from summarizer.ports import Answer, Brief, Candidate, CandidateStakeholder, Notice


@dataclass(frozen=True)
class Studied:
    """What is known of a thread before anything is chosen."""

    thread: Thread
    foreign: Collection[int]
    """Numbers of the messages that are not in English, which nobody reads."""
    segments: Sequence[Segment]
    reading: Reading | None
    """`None` when there is nothing to read."""


class EmbeddedEngine:
    """Drafts by what its reader has learnt from labelled cases; satisfies `summarizer.ports.Engine`.

    Loads its models on first use; threads may share an engine.
    """

    name = "embedded"

    def __init__(self, reader: Reader | None = None, encoder: Encoder | None = None) -> None:
        """Without them, the shipped reader and sentence encoder, one thread each."""
        self._encoder = encoder or Encoder()
        self._reader = reader or Reader(encoder=self._encoder)

    def draft(self, brief: Brief) -> Iterator[Answer]:
        """People first, then candidates in the order of time; messages in other languages are left to the reviewer.

        Raises ConfigurationError when the models' files are missing.
        """
        studied = self.study(brief)
        if studied.foreign:
            yield Notice(_not_read(brief, studied.foreign))
        yield from studied.thread.directory.people
        learnt = self._reader.settings
        yield from propose(studied, learnt.levels, learnt.trust)
        yield MadeBy(engine=self.name, model=self._reader.name, prompt=rules_hash())

    def study(self, brief: Brief) -> Studied:
        """Read what is in English. Raises ConfigurationError when the models' files are missing."""
        foreign = _foreign_messages(brief)
        read = _clauses(brief, foreign)
        thread = Thread(people.find(brief, read), brief.vendor)
        segments = cut(read)
        if not segments:
            return Studied(thread, foreign, (), None)
        vectors = self._encoder.embed([clause.text for clause in read])
        undone = undoing.chances(read, vectors, self._reader.settings.undoing)
        rows = features(segments, overrides.find(read), vectors=vectors, undone=undone)
        reading = self._reader.read(segments, rows, relations(read, vectors=vectors, undone=undone))
        return Studied(thread, foreign, segments, reading)


def people_in(brief: Brief) -> list[CandidateStakeholder]:
    """The people of what is in English; found by rules, no model is run."""
    return list(people.find(brief, _clauses(brief, _foreign_messages(brief))).people)


def propose(studied: Studied, levels: Levels, weights: Mapping[str, float]) -> Iterator[Candidate]:
    """The candidates in the order of time; `weights` as in `trust.chance`."""
    if studied.reading is not None:
        facts = gather(studied.segments, studied.reading, levels, weights=weights)
        yield from candidates(facts, studied.thread)


@cache
def rules_hash() -> str:
    """SHA-256 of the rules' source, which stands where other engines have that of their prompt."""
    files = [Path(module.__file__ or "") for module in (bare_days, cues, date_words, dates, figures)]
    files += sorted(Path(__file__).parent.glob("*.py"))
    return "sha256:" + hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _clauses(brief: Brief, foreign: Collection[int]) -> list[Clause]:
    return clauses.read(Brief(passages=[each for each in brief.passages if each.message not in foreign]))


def _foreign_messages(brief: Brief) -> set[int]:
    """Messages in another language; those too short to tell go with the whole."""
    texts: dict[int, list[str]] = {}
    for passage in brief.passages:
        texts.setdefault(passage.message, []).append(passage.text)
    whole = language.is_english(" ".join(passage.text for passage in brief.passages))
    known = {number: language.is_english(" ".join(lines)) for number, lines in texts.items()}
    return {number for number, english in known.items() if english is False or (english is None and whole is False)}


def _not_read(brief: Brief, foreign: Collection[int]) -> str:
    total = len({passage.message for passage in brief.passages})
    if len(foreign) == total:
        return "The embedded engine reads English only; nothing was drafted from this text. Configure a language model."
    numbers = ", ".join(str(number) for number in sorted(foreign)[:10])
    return f"The embedded engine reads English only; it left out {len(foreign)} of {total} messages (number {numbers})."
