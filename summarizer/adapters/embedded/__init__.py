"""The engine that needs nothing: no key, no network, no model; rules of our own, and English only."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from summarizer import cues, dates, figures
from summarizer.adapters.embedded import clauses, language, overrides, people
from summarizer.adapters.embedded.proposals import Thread, candidates
from summarizer.items import MadeBy
from summarizer.ports import Answer, Brief, Notice

MODEL = "rules-1"


class EmbeddedEngine:
    """Drafts by cues; satisfies `summarizer.ports.Engine`."""

    name = "embedded"

    def draft(self, brief: Brief) -> Iterator[Answer]:
        """People first, then candidates in the order of time; messages in other languages are left to the reviewer."""
        foreign = _foreign_messages(brief)
        passages = [passage for passage in brief.passages if passage.message not in foreign]
        if foreign:
            yield Notice(_not_read(brief, foreign))
        read = clauses.read(Brief(passages=passages))
        directory = people.find(brief, read)
        yield from directory.people
        yield from candidates(Thread(read, overrides.find(read), directory, brief.vendor))
        yield MadeBy(engine=self.name, model=MODEL, prompt=rules_hash())


@cache
def rules_hash() -> str:
    """SHA-256 of the rules' source, which stands where other engines have that of their prompt."""
    files = [Path(module.__file__ or "") for module in (cues, dates, figures)]
    files += sorted(Path(__file__).parent.glob("*.py"))
    return "sha256:" + hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _foreign_messages(brief: Brief) -> set[int]:
    """Messages in another language; those too short to tell go with the whole."""
    texts: dict[int, list[str]] = {}
    for passage in brief.passages:
        texts.setdefault(passage.message, []).append(passage.text)
    whole = language.is_english(" ".join(passage.text for passage in brief.passages))
    known = {number: language.is_english(" ".join(lines)) for number, lines in texts.items()}
    return {number for number, english in known.items() if english is False or (english is None and whole is False)}


def _not_read(brief: Brief, foreign: set[int]) -> str:
    total = len({passage.message for passage in brief.passages})
    if len(foreign) == total:
        return "The embedded engine reads English only; nothing was drafted from this text. Configure a language model."
    numbers = ", ".join(str(number) for number in sorted(foreign)[:10])
    return f"The embedded engine reads English only; it left out {len(foreign)} of {total} messages (number {numbers})."
