"""Who owes what: the name, the first person or the firm that some told words make the one to act."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.names import bare, mentions
from summarizer.adapters.embedded.people import Directory
from summarizer.items import Side

_ACTS = re.compile(
    r"(?:['’]s (?:team|office|people|lab|it))?(?: \([^)]*\))?(?:, [^,.;]{3,50},)?(?: (?:also|then|only|just|herself|"
    r"himself|still))?"
    r"(?: (?:will|has to|have to|must|needs? to|can|could|is to|to|does|do|is (?:going to|doing|chasing|"
    r"sending|getting)|gets?|"
    r"sends?|signs?|brings?|gives?|makes?|provides?|supplies|delivers?|approves?|books?|opens?|puts?|writes?|checks?|"
    r"exports?|pulls?|picks?|names?|takes?|tests?|moves?|scans?|chases?|finds?|clears?|switch(?:es)?|hands?|promised|"
    r"promises|orders?|ordered|gathers|collects|prepares|reads|translates|installs|runs|comes|lets|types|tells|cleans|"
    r"decides|buys?|draws|sets|lays|keeps|cuts|fixes|shows|answers|arranges|confirms|sorts|knows|has)\b"
    r"|['’]ll\b|, (?:by|until|before|the )?\s?(?:\d|week|mon|tue|wed|thu|fri|jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|"
    r"dec)| ?[=:])",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:from|by|ask|asked|via|through|to chase|that['’]s|it['’]s|is|chase|tell|told) $", re.IGNORECASE
)
_SELF = re.compile(
    r"\b(?:i(?:['’]ll| will| can| could| must| have to| need to| shall|['’]ve| have| send| bring| sign| give| get| do|"
    r" scan| make| book| find| write| put| clear| approve| promise| was| say|['’]m| take| order|['’]d)\b|"
    r"me\b(?! (?:the|your)\b)|"
    r"mine\b|that['’]s (?:me|mine)|on my side|from me|with me)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\bi(?:['’](?:ve|ll)| have| will)? (?:just |already )?(?:ask(?:ed)?|told|tell|talked|spoke|heard|rang|"
    r"called|book(?:ed)? h(?:er|im))\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:i|my|me|mine)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we(?:['’]ll)?|our|us|ours)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your|yours|yourselves)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she)(?:['’](?:ll|s|d|ve)|\b)|\b(?:his|her) (?:job|desk|team)", re.IGNORECASE)
_THEY = re.compile(r"\bthey(?:['’](?:ll|ve|d))?\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:our|my|your|their|the) (?P<body>(?:own )?(?:IT(?: team| people)?|HR|finance|legal|procurement|estates|"
    r"board|governors|network company|builder|electricians?|landlord|officer|area managers|heads of departments?))\b"
)
_FIRM_ACTS = re.compile(
    r"(?:,| \([^)]*\))? (?:people )?(?:will|must|has to|have to|needs? to|gives?|sends?|opens?|makes|"
    r"switch(?:es)?|puts|has? promised|"
    r"have promised|promised|does)\b"
)
_ACTING_BODY = re.compile(
    r"^(?:and |but |so |then )?(?:the|our|your|their) (?P<body>[a-zà-ÿ-]+(?: [a-zà-ÿ-]+)?) (?:will|must|"
    r"has to|have to|needs? to)\b",
    re.IGNORECASE,
)
_NO_BODY = frozenset("data list files texts copy rest plans price work whole access room only first last next".split())
_REPORTS = re.compile(r" (?:says?|said|thinks|asked|asks|wants)\b", re.IGNORECASE)
_OWN_SIDE = 3.0
"""What speaks against the vendor's people: what they do is no dependency."""
_BACK = 3
"""Clauses of the same message in which "he" and "she" look for their name."""


@dataclass(frozen=True)
class Owner:
    """Who owes something."""

    name: str
    passage: int | None = None
    """Number of the passage that names the owner; `None` where the told words or their senders do."""


@dataclass(frozen=True)
class _Claim:
    weight: float
    name: str
    passage: int


def owner(told: Sequence[Clause], directory: Directory) -> Owner | None:
    """Who provides or decides what the clauses say; `None` when nobody can be told."""
    claims = [claim for clause in told for claim in _claims(clause, directory)]
    best = max(claims, key=lambda claim: claim.weight, default=None) or _addressee(told, directory)
    if best is None:
        return None
    name = directory.full_name(best.name)
    return Owner(name, _naming(name, best, told, directory))


def _claims(clause: Clause, directory: Directory) -> Iterator[_Claim]:
    """Each way in which the clause makes somebody the one to act."""
    yield from _named(clause, directory)
    yield from _bodies(clause, directory)
    sender = clause.passage.sender
    spoken = clause.text
    known = directory.called(sender) if sender else None
    side = clause.side or (known.side if known else None)
    if sender and side is not Side.VENDOR:
        if _ASKED.search(spoken):
            yield _Claim(1.0, sender, clause.number)
        elif _SELF.search(spoken):
            yield _Claim(3.5, sender, clause.number)
        elif _FIRST.search(spoken):
            yield _Claim(2.0, sender, clause.number)
        elif _OURS.search(spoken):
            yield _Claim(1.5, sender, clause.number)
        else:
            yield _Claim(0.7, sender, clause.number)
    if _PRONOUN.search(spoken) or _THEY.search(spoken):
        before = _named_before(clause, directory)
        if before:
            yield _Claim(3.2 if _PRONOUN.search(spoken) else 1.8, *before)


def _bodies(clause: Clause, directory: Directory) -> Iterator[_Claim]:
    """Firms, teams and offices that act."""
    for mention in mentions(clause.text, directory.small):
        firm = re.sub(r"^(?:The|Our|Their) ", "", mention.name)
        known = directory.called(firm) or bare(firm) & bare(f"{directory.client} {directory.vendor}")
        if not known and _FIRM_ACTS.match(mention.behind):
            yield _Claim(4.0, firm, clause.number)
    acting = _ACTING_BODY.match(clause.text)
    if acting and acting["body"].split()[0] not in _NO_BODY:
        yield _Claim(2.6, acting["body"], clause.number)
    body = _BODY.search(clause.text)
    if body and clause.side is not Side.VENDOR:
        yield _Claim(2.2, body["body"], clause.number)


def _named(clause: Clause, directory: Directory) -> Iterator[_Claim]:
    for name, start, end in _places(clause.text, directory):
        person = directory.called(name)
        before, behind = clause.text[:start], clause.text[end:]
        weight = _weight(before, behind)
        if person and person.side is Side.VENDOR:
            weight -= _OWN_SIDE
        if weight > 0:
            yield _Claim(weight, name, clause.number)


def _weight(before: str, behind: str) -> float:
    """How far the words beside a name make its bearer the one to act."""
    of_theirs = 0.8 if re.match(r"['’]s? ", behind) else 0.0
    if _ACTS.match(behind):
        return 5.0 - of_theirs
    if _SOURCE.search(before):
        return 4.2 - of_theirs
    if not before and re.match(r", (?:could|can|would|will|please)\b|\?", behind):
        return 4.5
    return (3.0 if _REPORTS.match(behind) else 2.5) - of_theirs


def _places(text: str, directory: Directory) -> list[tuple[str, int, int]]:
    """Where the text names people of the thread: the name as written, start and end."""
    pattern = directory.names
    return [(match.group(), *match.span()) for match in pattern.finditer(text)] if pattern else []


def _named_before(clause: Clause, directory: Directory) -> tuple[str, int] | None:
    """Whom "he" or "she" means: the one named last before, in the clause or a little further up in the message."""
    found = _PRONOUN.search(clause.text) or _THEY.search(clause.text)
    whole = next((each for each in directory.clauses if each.number == clause.number), clause)
    ahead = whole.text.find(clause.text) + (found.start() if found else 0)
    each: Clause | None = whole
    text = whole.text[: max(0, ahead)]
    for _ in range(_BACK + 1):
        if each is None:
            return None
        named = [
            name
            for name, _, _ in _places(text, directory)
            if (person := directory.called(name)) is None or person.side is not Side.VENDOR
        ]
        if named:
            return named[-1], each.number
        each = each.before or (each.question if each.question and each.question.place < each.place else None)
        text = each.text if each else ""
    return None


def _addressee(told: Sequence[Clause], directory: Directory) -> _Claim | None:
    """Of whom the vendor asks it: the next of the other side to speak, else the last one, else the firm."""
    last = told[-1]
    others = [
        each
        for each in directory.clauses
        if each.passage.sender and each.message != last.message and _is_client(each, directory)
    ]
    behind = next((each for each in others if each.place > last.place), None)
    nearest = next((each for each in reversed(others) if each.place < last.place), None) or behind
    if nearest and nearest.passage.sender:
        return _Claim(0.5, nearest.passage.sender, nearest.number)
    return _Claim(0.3, directory.client, last.number) if directory.client else None


def _is_client(clause: Clause, directory: Directory) -> bool:
    person = directory.called(clause.passage.sender or "")
    return (clause.side or (person.side if person else None)) is Side.CLIENT


def _naming(name: str, claim: _Claim, told: Sequence[Clause], directory: Directory) -> int | None:
    """The passage to cite for the name, where neither the told words nor their senders say all of it."""
    said = bare(" ".join([*(clause.text for clause in told), *(clause.passage.sender or "" for clause in told)]))
    if bare(re.sub(r"['’]s\b", "", name)) <= frozenset(re.sub(r"['’]s$", "", word.strip(".,;:()!?")) for word in said):
        return None
    if claim.passage not in {clause.number for clause in told}:
        return claim.passage
    person = directory.called(name)
    return person.cite[0] if person and person.cite else None
