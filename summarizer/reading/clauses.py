"""Prose cut into sentences, list items and clauses, small enough to be cited one by one."""

import re
from collections.abc import Iterator

from summarizer.reading.joints import joints

_BULLET = re.compile(r"(?:[-*•·▪◦‣–—+]|-+>|=+>|→|\[[ xX]?\])\s+|[•▪◦‣→]")
_NUMBER = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s+")
_END = re.compile(r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<closing>[\"'”’»)\]*_]*+)(?=\s)|(?P<wide>[。！？])")
_MARKERS = re.compile(r"(?<=\s)\((?P<name>[a-z]|[ivx]{1,4}|\d{1,2})\)\s")
_SEMICOLON = re.compile(r";\s+")
_DASH = re.compile(r"\s[-–—]\s")
_SMALLEST = 12

_NEVER = frozenset(
    "dr mr mrs ms mme mlle prof st sr jr hr fr ing dipl vs v e.g i.e z.b d.h u.a o.ä bzw ca approx incl "
    "excl inkl exkl evtl ggf vgl siehe min max std tel mob fig figs abs art sec ref refs resp avg est "
    "dept ext vol pp ed al c.f cf p.a tbc aprox p.ej bijv o.a d.w.z m.b.t enz m.b.v av bd str nº mio mrd "
    "tsd wk wks hrs jan feb mar apr jun jul aug sep sept oct nov dec okt dez".split()
)
_MID = frozenset("etc inc ltd co corp llc plc gmbh a.m p.m usw u.s u.k e.u hrs".split())
_BEFORE_DIGIT = frozenset("no nos nr nrn num p pg art sec ch item para cl rev ver pos ziff bl".split())
_ORDINAL = frozenset("im am zum der die das den dem vom bis des ab beim ein einem einen jeden le la det".split())


def marker(words: str) -> int:
    """How long the mark is by which a line shows itself to be a list item; 0 when it is none."""
    found = _BULLET.match(words) or _NUMBER.match(words)
    return found.end() if found else 0


def clauses(words: str) -> Iterator[tuple[int, int]]:
    """The clauses of a paragraph or list item, as offsets into it, without white space round them.

    A list item's bullet is left out, its number or letter is kept.

    >>> [(a, b) for a, b in clauses("- It costs 6.1 k. We start on Monday; you send the keys first.")]
    [(2, 17), (18, 37), (38, 62)]
    """
    bullet = _BULLET.match(words)
    start = bullet.end() if bullet else 0
    cuts = sorted({*_sentence_cuts(words, max(marker(words), start))})
    for first, last in _spans(start, cuts, len(words)):
        yield from _split(words, first, last)


def _sentence_cuts(words: str, first: int) -> Iterator[int]:
    for match in _END.finditer(words, first):
        if match["wide"] or _ends_sentence(words, match):
            yield match.end()


def _ends_sentence(words: str, match: re.Match[str]) -> bool:
    after = words[match.end() : match.end() + 40].split(None, 1)
    following = after[0] if after else ""
    if match["mark"] == ".":
        return _ends_at_stop(_word_before(words, match.start()), following, _word_before(words, match.start(), skip=1))
    starts_small = _starts_small(following)
    return not (starts_small and (match["closing"] or match["mark"][0] in ".…"))


def _ends_at_stop(word: str, following: str, before: str) -> bool:
    """Whether the full stop between two words ends a sentence, and not an abbreviation, a date or an initial."""
    folded = word.casefold()
    if folded in _NEVER or (folded in _BEFORE_DIGIT and following[:1].isdigit()):
        return False
    if len(word) == 1 and word.isupper():
        return False
    if word.replace(".", "").isdigit():
        return not (_is_ordinal(word, following) or before.casefold() in _ORDINAL)
    if folded in _MID or "." in word:
        return not _starts_small(following) and not following[:1].isdigit()
    return not _starts_small(following) or len(word) > 1


def _is_ordinal(word: str, following: str) -> bool:
    return len(word) <= 5 and (_starts_small(following) or following[:3].casefold() in _NEVER or "." in word)


def _starts_small(word: str) -> bool:
    return word.lstrip("\"'“‘«(*_")[:1].islower()


def _word_before(words: str, at: int, *, skip: int = 0) -> str:
    tokens = words[max(0, at - 60) : at].split()
    return tokens[-1 - skip].lstrip("\"'“‘«([*_") if len(tokens) > skip else ""


def _spans(start: int, cuts: list[int], end: int) -> Iterator[tuple[int, int]]:
    for cut in [*cuts, end]:
        yield start, cut
        start = cut


def _split(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One sentence, cut where it plainly holds several facts."""
    cuts = _semicolons(words, start, end) + _lettered(words, start, end) + _dashes(words, start, end)
    cuts += joints(words, start, end)
    for first, last in _spans(start, sorted(set(cuts)), end):
        piece = words[first:last]
        if piece.strip():
            yield first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())


def _semicolons(words: str, start: int, end: int) -> list[int]:
    found = list(_SEMICOLON.finditer(words, start, end))
    edges = [start, *(match.end() for match in found), end]
    return [
        cut
        for before, cut, after in zip(edges, edges[1:], edges[2:], strict=False)
        if min(cut - before, after - cut) >= _SMALLEST
    ]


def _lettered(words: str, start: int, end: int) -> list[int]:
    """Before `(a)`, `(b)` and so on, when a sentence counts at least two."""
    found = list(_MARKERS.finditer(words, start, end))
    return [match.start() for match in found] if len(found) >= 2 else []


def _dashes(words: str, start: int, end: int) -> list[int]:
    """Before each dash of a list written in one line, which takes at least three."""
    found = list(_DASH.finditer(words, start, end))
    return [match.end() for match in found] if len(found) >= 3 else []
