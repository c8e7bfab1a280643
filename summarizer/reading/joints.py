"""Where one sentence says several things: main clauses that are joined, dated facts, lists of facts behind a colon."""

import re
from collections.abc import Iterator
from itertools import pairwise

_SMALLEST = 25
_FEWEST_WORDS = 5
_PRONOUN = r"(?:we|you|they|i|it|he|she|there|wir|sie|ihr|er|es|nous|vous|ils|elles|je|nosotros|ustedes|wij|jullie|zij)"
_JOINT = re.compile(
    r",\s+(?=(?:(?:and|but|und|aber|et|mais|y|pero|en|maar)\s+(?:then\s+|dann\s+)?"
    rf"(?:{_PRONOUN}|the|our|your|their|his|her|this|these|those|every|each|all|nobody|everybody"
    r"|der|die|das|den|unsere?|ihre?|le|la|les|notre|votre|nos|vos|el|los|las|nuestr[oa]s?|su|het|onze|uw)"
    rf"|then\s+{_PRONOUN}|whereas|so that|so dass|damit|zodat|pour que|para que)\b)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    rf"\b{_PRONOUN}(?:'\w+|’\w+|\s+\w+)"
    r"|\b(?:is|are|was|were|will|would|can|could|must|should|shall|may|has|have|had|needs?|wants?|gets?|goes|does|do"
    r"|ist|sind|wird|werden|muss|müssen|kann|können|soll|sollen|hat|haben|est|sont|sera|seront|doit|doivent|peut|ont"
    r"|son|será|serán|debe|deben|puede|tiene|zijn|wordt|worden|moet|moeten|kan|zal|zullen|heeft|hebben)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan|feb|mar|mär|apr|may|mai|mei|jun|jul|aug|ago|sep|oct|okt|nov|dec|dez|dic|déc|fév|avr|juin|juil|août|ene|abr"
    r"|mrt|maart)[^\W\d_]{0,7}"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?{_MONTH}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{4}}-\d\d-\d\d)"
)
_DATED = re.compile(rf"\b{_DATE}(?:,?\s\d{{4}})?\b", re.IGNORECASE)
_AND = re.compile(r",?\s(?:and|und|et|y|en)\s", re.IGNORECASE)
_CONTENT = 10
_SPEAKS = re.compile(rf"{_PRONOUN}\b", re.IGNORECASE)
_COLON = re.compile(r":\s")
_COMMA = re.compile(r",\s+(?![^()]{0,80}\))")


def joints(words: str, start: int, end: int) -> Iterator[int]:
    """Offsets between `start` and `end` at which one sentence is to be cut; a question stays whole.

    >>> sentence = "You send the layouts by 30 March, then we read the proofs once."
    >>> [sentence[at:] for at in joints(sentence, 0, len(sentence))]
    ['then we read the proofs once.']
    """
    if end - start < 2 * _SMALLEST or words[start:end].rstrip().endswith("?"):
        return
    yield from _joined(words, start, end)
    yield from _dated(words, start, end)
    yield from _listed(words, start, end)


def _joined(words: str, start: int, end: int) -> Iterator[int]:
    """Before a connective between two parts that have a verb each."""
    edges = [start, *(match.end() for match in _JOINT.finditer(words, start, end)), end]
    facts = [_FINITE.search(words, first, last) is not None for first, last in pairwise(edges)]
    last, says, brackets = start, facts[0], 0
    for number, cut in enumerate(edges[1:-1], start=1):
        brackets += words.count("(", edges[number - 1], cut) - words.count(")", edges[number - 1], cut)
        long_enough = min(cut - last, edges[number + 1] - cut) >= _SMALLEST
        if says and facts[number] and long_enough and brackets <= 0:
            yield cut
            last, says = cut, False
        says = says or facts[number]


def _dated(words: str, start: int, end: int) -> Iterator[int]:
    """Behind the `and` of `the keys by 3 May and the plan by 5 May`."""
    dates = list(_DATED.finditer(words, start, end))
    for one, other in pairwise(dates):
        joint = _AND.match(words, one.end(), end)
        if joint and other.start() - joint.end() >= _CONTENT:
            yield joint.end()


def _listed(words: str, start: int, end: int) -> Iterator[int]:
    """Behind the commas of a list of facts that a colon announces; lists of things stay whole."""
    colon = _COLON.search(words, start, end)
    if colon is None:
        return
    cuts = [match.end() for match in _COMMA.finditer(words, colon.end(), end)]
    parts = [words[first:last] for first, last in pairwise([colon.end(), *cuts, end])]
    if len(parts) > 2 and all(_is_fact(part) for part in parts):
        yield from cuts


def _is_fact(words: str) -> bool:
    """Whether words say something of a subject of their own, and are no aside of the speaker."""
    return len(words) >= _SMALLEST and len(words.split()) >= _FEWEST_WORDS and not _SPEAKS.match(words)
