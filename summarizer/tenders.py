"""What a supplier would ask of a buyer's brief, before anybody has talked: at most ten questions, best first.

A question is worth asking by the chance that suppliers ask it. docs/decisions/0010-questions-that-nobody-answered.md
says where the chances come from.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST = 10
MOST_LINES = 5
"""Questions about single lines, so that there is room for others."""
LONGEST_QUOTE = 300
"""Characters of a line that a question quotes."""
LEAST_TELLING = 3
"""Words that tell a call for offers from a letter that mentions one."""
ALIKE = 0.6
"""Share of the roots of the shorter line that the other has too, from which asking about one of them is enough."""
_SHORTEST_LINE = 20
_ROOT = 6
_LEADING = re.compile(r"^\s*(?:\d{1,2}[.)]\s|[-•*·]\s)+")

_BUYING = (
    r"\bsuppliers?\b",
    r"\b(?:bid|bids|bidders?|tender(?:s|ers?)?|quotations?)\b",
    r"\b(?:proposals?|offers)\b",
    r"\bevaluat(?:e|ed|ion)\b",
    r"\b(?:procurement|solicitation|request for (?:proposals?|quotations?)|RF[PQI])\b",
    r"\b(?:closing date|deadline for|due date for)\b",
    r"\b(?:contract length|period of performance|budget range|maximum day rate)\b",
    r"\b(?:essential|nice.to.have|mandatory|required) (?:skills|requirements|qualifications)\b",
)
_TELLING = [re.compile(each, re.IGNORECASE) for each in _BUYING]
_TALKED_OF = re.compile(r"\b(?:they(?:['’]\w+)?|he|she|no (?:procurement|tender|bid)|if \w+ tender)\b", re.IGNORECASE)
"""In a line of notes about a buyer; who calls for offers says "we" and "the supplier"."""


@dataclass(frozen=True)
class Asked:
    """A question, and the line that it is about."""

    text: str
    line: int | None
    """Place of the line that gives rise to it, from 0; `None` where it is asked because no line says anything."""
    chance: float
    """Share of briefs of this kind to which suppliers asked it."""


@dataclass(frozen=True)
class _Standing:
    """A question to many briefs, asked under conditions."""

    text: str
    chance: float
    when: str | None = None
    """What the brief has to say; the first such line is what the question is about."""
    unless: str | None = None
    """What it may not say."""


_MONEY = r"\bbudget|[£$€]\s?\d"
_ROLE = r"\bday rate|\bIR35\b|\bspecialist role"
_DISCOVERY = r"\bdiscovery\b|\balpha\b|\bprototyp|\bpilot\b"
_OTHERS = (
    r"\b(?:existing|current(?:ly)?|previous|other|incumbent|present|third.party)\b.{0,40}"
    r"\b(?:suppliers?|contractors?|partners?|vendors?|providers?|agenc(?:y|ies)|compan(?:y|ies))\b"
)
_HANDOVER = r"\bhand-?over|\btransition|knowledge transfer|\bincumbent"
_STANDING = (
    _Standing("Is there a current incumbent supplier?", 0.5, unless=r"\bno incumbent"),
    _Standing("Is the role inside or outside IR35?", 0.5, when=_ROLE),
    _Standing("What is the budget for this project?", 0.45, unless=_MONEY),
    _Standing("Who did the discovery work, and can its findings be shared?", 0.4, when=_DISCOVERY),
    _Standing("Which suppliers are currently working on this, and what are their roles?", 0.3, when=_OTHERS),
    _Standing("What user research has been done so far, and can you share it?", 0.28, when=_DISCOVERY),
    _Standing("What is the maximum day rate?", 0.28, when=_ROLE),
    _Standing("How many days a week are expected on site, and is remote working possible?", 0.28, when=_ROLE),
    _Standing("What handover from the current supplier is expected?", 0.28, when=_HANDOVER),
    _Standing("What does the budget cover, and over what period?", 0.26, when=_MONEY),
    _Standing("Can you confirm the length of the contract?", 0.2),
    _Standing("Is previous experience in this sector required?", 0.15, when=r"\bsector\b|\bknowledge of\b"),
    _Standing("What size of team do you expect?", 0.1, unless=_ROLE),
    _Standing("Will suppliers have access to users and stakeholders during the project?", 0.1, unless=_ROLE),
    _Standing("Is hosting part of the requirement?", 0.1, when=r"\bweb ?site\b|\bportal\b|\bdigital service"),
    _Standing("What are the next steps after shortlisting?", 0.08),
    _Standing("How will price be evaluated?", 0.08),
)
_SIGNS: Sequence[tuple[float, str]] = (
    (1.6, _DISCOVERY),
    (0.9, r"clearance|\bvetting\b|\bSC\b"),
    (0.8, r"\b(?:experience|knowledge|ability|able to|track record|demonstra\w+|expertise|evidence)\b"),
    (-1.1, r"\d+ ?(?:points|%)"),
)
"""What makes a line likelier to be asked about, or less: logits, fitted to the lines of half of the briefs."""
_PLAIN = -3.5
"""Logit of a line without any sign."""
_RECURRING = 1.6
"""Logit for each ten lines that a word of the line stands in, on average."""
_LONG, _SHORT = (15, 0.6), (8, -0.7)
"""From so many words on, and below so many."""


def is_tender(lines: Sequence[str]) -> bool:
    """Whether this reads as a buyer's call for offers, and not as talk about one."""
    text = "\n".join(line for line in lines if not _TALKED_OF.search(line))
    return sum(bool(pattern.search(text)) for pattern in _TELLING) >= LEAST_TELLING


def questions(lines: Sequence[str], *, most: int = MOST) -> list[Asked]:
    """What to ask of a brief with these lines, the likeliest first.

    >>> [asked.text for asked in questions(["We buy a booking system."], most=2)]
    ['Is there a current incumbent supplier?', 'What is the budget for this project?']
    """
    found = [*_standing(lines), *_about_lines(lines)]
    return sorted(found, key=lambda asked: -asked.chance)[:most]


def _standing(lines: Sequence[str]) -> Iterator[Asked]:
    for each in _STANDING:
        if each.unless and _first(each.unless, lines) is not None:
            continue
        line = _first(each.when, lines) if each.when else None
        if line is not None or not each.when:
            yield Asked(each.text, line, each.chance)


def _first(pattern: str, lines: Sequence[str]) -> int | None:
    compiled = re.compile(pattern, re.IGNORECASE)
    return next((place for place, line in enumerate(lines) if compiled.search(line)), None)


def _about_lines(lines: Sequence[str]) -> Iterator[Asked]:
    """A question about each line that is worth one, none about what nearly repeats another."""
    roots = [_roots(line) for line in lines]
    held = Counter(root for each in roots for root in each)
    chances = {place: _chance(lines[place], roots[place], held) for place in range(len(lines)) if _asks(lines[place])}
    kept: list[int] = []
    for place in sorted(chances, key=lambda place: -chances[place]):
        if not any(_alike(roots[place], roots[other]) for other in kept):
            kept.append(place)
    for place in kept[:MOST_LINES]:
        yield Asked(f"Can you please clarify “{_quoted(lines[place])}”?", place, chances[place])


def _asks(line: str) -> bool:
    return len(line) >= _SHORTEST_LINE and not line.lstrip().startswith("#")


def _chance(line: str, roots: frozenset[str], held: Counter[str]) -> float:
    words = len(line.split())
    logit = _PLAIN + sum(weight for weight, pattern in _SIGNS if re.search(pattern, line, re.IGNORECASE))
    logit += _RECURRING * sum(held[root] for root in roots) / max(3, len(roots)) / 10
    logit += _LONG[1] * (words >= _LONG[0]) + _SHORT[1] * (words < _SHORT[0])
    return 1 / (1 + math.exp(-logit))


def _roots(line: str) -> frozenset[str]:
    return frozenset(word[:_ROOT] for word in re.findall(r"[^\W\d_]{4,}", line.lower())) - _EMPTY


_EMPTY = frozenset("with that this will have from experi must work workin their which".split())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * max(1, min(len(one), len(other)))


def _quoted(line: str) -> str:
    words = " ".join(_LEADING.sub("", line).split()).rstrip(".;:")
    return words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
