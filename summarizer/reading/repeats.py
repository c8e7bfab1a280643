"""Which quoted passages repeat words whose original stands in the same source."""

import re
from collections import defaultdict
from collections.abc import Iterable

from summarizer.sources import Passage, Role

_WORD = re.compile(r"\w+")
_KEY = 5
_CANDIDATES = 8

Words = tuple[str, ...]


def with_repeats(text: str, passages: list[Passage]) -> list[Passage]:
    """The passages, with `repeats` set on each quoted one whose words stand in a new one."""
    quoted = {index: _words(text, each) for index, each in enumerate(passages) if each.role is Role.QUOTED}
    if not quoted:
        return passages
    originals = _originals(text, passages, {words[:_KEY] for words in quoted.values() if words})
    pointed = list(passages)
    for index, words in quoted.items():
        start = _original(words, originals.get(words[:_KEY], []))
        if start is not None:
            pointed[index] = passages[index].model_copy(update={"repeats": start})
    return pointed


def _words(text: str, passage: Passage) -> Words:
    return tuple(_WORD.findall(text[passage.start : passage.end].casefold()))


def _originals(text: str, passages: Iterable[Passage], wanted: set[Words]) -> dict[Words, list[tuple[int, Words]]]:
    """For each wanted opening the first new passages in which it stands: their start, and their words from it on."""
    found: dict[Words, list[tuple[int, Words]]] = defaultdict(list)
    for passage in passages:
        if passage.role is not Role.NEW:
            continue
        words = _words(text, passage)
        for key, at in _openings(words):
            if key in wanted and len(found[key]) < _CANDIDATES:
                found[key].append((passage.start, words[at:]))
    return found


def _openings(words: Words) -> Iterable[tuple[Words, int]]:
    """Each run of words by which a quotation could begin: a few words anywhere, or the whole of a short passage."""
    if 0 < len(words) < _KEY:
        yield words, 0
    for at in range(len(words) - _KEY + 1):
        yield words[at : at + _KEY], at


def _original(words: Words, candidates: list[tuple[int, Words]]) -> int | None:
    for start, written in candidates:
        if written[: len(words)] == words:
            return start
    return None
