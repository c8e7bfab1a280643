"""Addresses that pass for others: letters of another alphabet, or one character away from a firm of the thread."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.items import Finding, FindingKind
from summarizer.sources import Source

_ADDRESS = re.compile(r"[\w.+'-]{1,64}@((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})")
_SHAPES = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
SHORTEST = 6
"""Letters of a name below which one character more or less says nothing."""


def look_alikes(sources: Sequence[Source]) -> list[Finding]:
    """A finding for the first use of each domain that looks like another, more frequent one, or mixes alphabets."""
    seen = Counter(domain for source in sources for domain, _, _ in _domains(source))
    told: set[str] = set()
    findings = []
    for source in sources:
        for domain, start, end in _domains(source):
            reason = _reason(domain, seen)
            if reason and domain not in told:
                told.add(domain)
                evidence = (source.evidence(start, end),)
                findings.append(Finding(kind=FindingKind.LOOK_ALIKE, text=reason, evidence=evidence))
    return findings


def _domains(source: Source) -> Iterator[tuple[str, int, int]]:
    """Each address with its domain in lower case and where the address stands."""
    for match in _ADDRESS.finditer(source.text):
        yield match.group(1).lower(), match.start(), match.end()


def _reason(domain: str, seen: Counter[str]) -> str | None:
    if not all(_is_latin(letter) for letter in _spelled(domain) if letter.isalpha()):
        return f"The address at {domain} is written with letters of another alphabet. Check who is behind it."
    others = [other for other, count in seen.items() if other != domain and count > seen[domain]]
    like = next((other for other in others if _alike(domain, other)), None)
    return f"The address at {domain} looks like {like}, and is not. Check who is behind it." if like else None


def _spelled(domain: str) -> str:
    """The domain as a browser shows it, for one that is written in the letters of the wire ("xn--…")."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _alike(one: str, other: str) -> bool:
    """Whether the two read the same, or differ by one character in a name that is long enough."""
    if _shape(one) == _shape(other):
        return True
    name, _, ending = one.rpartition(".")
    other_name, _, other_ending = other.rpartition(".")
    return ending == other_ending and min(len(name), len(other_name)) >= SHORTEST and _one_apart(name, other_name)


def _shape(domain: str) -> str:
    shaped = domain.translate(_SHAPES)
    for pair, letter in _PAIRS:
        shaped = shaped.replace(pair, letter)
    return shaped


def _one_apart(one: str, other: str) -> bool:
    """Whether one substitution, insertion or deletion makes the one the other.

    >>> _one_apart("northline", "nortline"), _one_apart("northline", "southline")
    (True, False)
    """
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]
