"""What a section of a SOW settles, told by its heading, by the headings above it, and by how its lines read."""

import re
from collections.abc import Mapping, Sequence

from summarizer.records import SectionKind

_OTHER = r"""
    background|introduction|purpose|definitions?\b(?!\ of\ done)|glossary|contacts?
    |points?\ of\ contact|insurance|terminat\w*
    |confidential\w*|disclosure|disputes?|governing\ law|liabilit\w*|indemn\w*|warrant\w*|privacy|intellectual\ property
    |(?:ownership|data\ rights)|licen[cs]\w*|(?:key\ )?personnel|staffing|team\b|skills|subcontract\w*|experience
    |qualif\w*|evaluation|basis\ (?:of|for)\ award|instructions?|proposals?|offer\w*|quot(?:e|es|ation)s?|solicitation
    |bids?\b|clauses?|far\ \d|attachments?|append\w+|exhibits?|protests?|certification|conflicts?|force\ majeure|federal
    |negotiat\w*|non\W?personal|transparency|orientation|table\ of\ contents|type\ of\ contract|contract\ type|legal
    |amendments?|signatures?|(?:place|location)\b|(?:oral|verbal)?\ ?presentations?|white\ papers?|submittal|ecosystem
    |future\ plans|linkedin|about|contractor\ selection|understanding\ of|technical\ understanding|rfp|rfq|security
    |data\ protection|further\ reading|references"""
_BY_HEADING: Sequence[tuple[SectionKind | None, str]] = (
    (
        SectionKind.EXCLUSIONS,
        r"""
        exclusions?|excluded|excludes|(?:out|outside)\W(?:of\W)?(?:the\W)?scope|non\W?goals?|beyond\ (?:the\ )?scope
        |not\W?\ (?:included|in\ scope|covered|provided|required|part\ of|be\ responsible)""",
    ),
    (
        SectionKind.CLIENT_RESPONSIBILITIES,
        r"""
        (?:client|customer|buyer|purchaser|government|agency|employer|authority)(?:.s?)?\W(?:(?:side|team|and\ \w+)\W)?
        (?:role|responsibilit|obligation|dut(?:y|ies)|dependenc|furnished|supplied|provided|input|task|resource|part\b)\w*
        |dependenc(?:y|ies)|what\ we\ need\ from|prerequisites?
        |(?:responsibilit|obligation|dut)\w+\ of\ the\ (?:client|customer|buyer|government|agency)""",
    ),
    (None, _OTHER),
    (
        SectionKind.ACCEPTANCE,
        r"""
        accept(?:ance|ed|ing)|sign\W?off|definition\ of\ done|inspection|quality\ (?:assurance|control|standards?)
        |performance\ (?:requirements?|standards?|metrics?|objectives?)|acceptable\ quality
        |success\ (?:criteria|metrics)        |test(?:ing)?\ criteria|verification|surveillance|qa?s?p\b""",
    ),
    (SectionKind.ASSUMPTIONS, r"assum(?:ptions?|e[sd]?)|preconditions?"),
    (
        SectionKind.PRICE,
        r"""
        pric(?:e|es|ing)|fees?|costs?|budget|payments?|invoic\w*|compensation|charges?|rates?|reimburse\w*|billing
        |funding|remuneration|ceiling|rate\ card|expenses|other\ direct\ costs|travel""",
    ),
    (
        SectionKind.MILESTONES,
        r"""
        milestones?|time\W?(?:line|scale|table|frame)s?|schedules?|road\W?map|period\ of\ performance|pop\b|key\ dates
        |project\ plan|work\ ?plan|phases?\b|deadlines?|delivery\ dates|go\W?live|contract\ term|iterations?|sprints?
        |duration|calendar|weeks?\ \d""",
    ),
    (
        SectionKind.DELIVERABLES,
        r"""
        deliver(?:ables?|y|ies)|outputs?|work\ products?|artifacts?|handover|hand\W?off|transition\ (?:plan|activities)
        |reports?\b|system\ documentation""",
    ),
    (
        SectionKind.SCOPE,
        r"""
        scope|description\ of\ (?:the\ )?(?:work|services)|statement\ of\ (?:needs?|objectives?)|tasks?\b|requirements?
        |(?:services|work)\ to\ be\ (?:performed|provided|done)|our\ (?:services|work)|objectives?|goals?|the\ work
        |(?:what\ )?we\ (?:will|shall)\ (?:do|build|deliver|provide)|functional\ area|user\ stor(?:y|ies)|features?
        |work\ (?:packages?|streams?)|services$|activities|approach|in\W?scope|functionalit\w*""",
    ),
)
"""The first that matches counts, so that “Out of scope” is no scope; `None` is what settles none of these."""

_CLIENT = r"(?:client|customer|buyer|government|agency|authority|employer)"
_SUPPLIER = r"(?:contractor|supplier|vendor|provider|consultant|we|team|offeror)"
_BY_LINE: Mapping[SectionKind, str] = {
    SectionKind.EXCLUSIONS: r"""
        out\ of\ (?:the\ )?scope|not\ (?:be\ )?(?:included|covered|part\ of|in\ scope|responsible\ for|required\ to)
        |exclud(?:e|es|ed|ing)\b|is\ outside|beyond\ the\ scope""",
    SectionKind.ASSUMPTIONS: r"\bassum(?:e|es|ed|ing|ption|ptions)\b|provided\ that|on\ the\ basis\ that",
    SectionKind.CLIENT_RESPONSIBILITIES: rf"""
        \b{_CLIENT}(?:.s\ \w+)?\ (?:\w+\ )?(?:will|shall|must|is\ to|agrees\ to)\ (?:also\ )?
        (?:provide|supply|give|make|grant|ensure|appoint|name|nominate|arrange|send|review
        |approve|be\ responsible|deliver)""",
    SectionKind.ACCEPTANCE: r"""
        acceptance\b|\baccepted\b|sign(?:s|ed)?\ off|inspect\w*|acceptable\ quality
        |(?:passes|meets)\ (?:all|the)\ (?:tests?|criteria)""",
    SectionKind.PRICE: r"""
        [$€£]\s?\d|\b(?:usd|eur|gbp|chf|dai)\b\W?\d|\d\s?(?:usd|eur|gbp|chf|dai|dollars|euros?|pounds)\b|fixed\W(?:price|fee)
        |invoices?\b|payable\b|per\ (?:hour|day)\b|ceiling\ price|time\ and\ materials""",
    SectionKind.MILESTONES: r"""
        \bmilestones?\b|\b(?:week|month|phase|sprint)s?\ \d|\bgo\W?live\b|period\ of\ performance
        |\bby\ (?:\d{1,2}\ )?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b
        |\d\ (?:weeks?|months?)\ (?:after|from|of)""",
    SectionKind.DELIVERABLES: r"\bdeliverables?\b|(?:will|shall)\ deliver\b|\b(?:final|draft)\ (?:report|version)\b",
    SectionKind.SCOPE: rf"""
        \b{_SUPPLIER}\ (?:will|shall|must|is\ to)\ (?:also\ )?(?:be\ )?(?:provide|build|develop|design|implement|migrate
        |configure|create|support|perform|deliver|install|integrate|test|train|maintain|conduct|analy[sz]e|work|ensure|assist|write)
        |as\ an?\ [\w\s]{{2,40}},?\ i\ (?:can|want|need)""",
}


def _compiled(source: str, *, words: bool) -> re.Pattern[str]:
    """`words`: only at the start of a word."""
    return re.compile(rf"\b(?:{source})" if words else source, re.IGNORECASE | re.VERBOSE)


_HEADINGS = [(kind, _compiled(source, words=True)) for kind, source in _BY_HEADING]
_LINES = {kind: _compiled(source, words=False) for kind, source in _BY_LINE.items()}
_UNITS = re.compile(r"\n+|(?<=[.;])\s+")
_LEADING_NUMBER = re.compile(r"^\W*(?:(?:section|sec|article|step)\b\W*)?[\d.]*\W*", re.IGNORECASE)
LEAST_SHARE = 0.3
"""Of the lines and sentences of a section without a telling heading, how many have to read alike."""


def kind_of(headings: Sequence[str], text: str) -> SectionKind | None:
    """What the section settles; `headings` lead to it, its own one last.

    A heading tells more than the words below it, and the nearest heading more than those above.

    >>> kind_of(["Statement of work", "2. Out of scope"], "Training.")
    <SectionKind.EXCLUSIONS: 'exclusions'>
    >>> kind_of(["Scope", "Background"], "Founded in 1980.")
    """
    for heading in reversed(headings):
        known, kind = _of_heading(heading)
        if known:
            return kind
    return _of_lines(text)


def _of_heading(heading: str) -> tuple[bool, SectionKind | None]:
    """Whether the heading says what follows, and what that is."""
    words = _LEADING_NUMBER.sub("", heading)
    matching = [kind for kind, pattern in _HEADINGS if pattern.search(words)]
    return bool(matching), matching[0] if matching else None


def _of_lines(text: str) -> SectionKind | None:
    units = [unit for unit in _UNITS.split(text) if any(character.isalpha() for character in unit)]
    counts = {kind: sum(bool(pattern.search(unit)) for unit in units) for kind, pattern in _LINES.items()}
    best = max(counts, key=lambda kind: counts[kind])
    return best if units and counts[best] / len(units) >= LEAST_SHARE else None
