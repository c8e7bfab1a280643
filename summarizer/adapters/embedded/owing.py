"""Who owes what: the name, the first person or the firm that some told words make the one to act."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.names import bare, mentions
from summarizer.adapters.embedded.people import Directory
from summarizer.items import Side

WEIGHTS: Mapping[str, float] = {
    "promises": 2.3,
    "asked": 2.0,
    "unknown, must": 1.5,
    "unknown, in brackets": 1.3,
    "acts": 1.1,
    "he": 1.1,
    "named, of the third_party": 1.1,
    "in brackets": 1.0,
    "named, of the client": 1.0,
    "says I": 0.9,
    "named": 0.7,
    "unknown, acts": 0.7,
    "unknown, reports": 0.7,
    "unknown, source": 0.7,
    "holder acts": 0.5,
    "source": 0.5,
    "holder named": 0.3,
    "unknown, genitive": 0.2,
    "reports": 0.1,
    "speaks before": 0.1,
    "does": 0.0,
    "label": 0.0,
    "own body acts": 0.0,
    "named, of the vendor": -0.1,
    "unknown, asked": -0.1,
    "unknown, does": -0.1,
    "asked others": -0.2,
    "genitive": -0.2,
    "speaks next": -0.2,
    "unknown, named": -0.2,
    "they": -0.4,
    "says we": -0.6,
    "unknown, label": -0.7,
    "says, of no side": -0.8,
    "unknown, of a place": -0.9,
    "says, of the client": -1.0,
    "own body": -1.2,
    "client": -2.1,
}
"""How far each way of being told makes somebody the one to act; fitted to the owners of the training cases."""
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
_PRONOUN = re.compile(
    r"\b(?:he|she)(?:['’](?:ll|s|d|ve)|\b)|\b(?:his|her) (?:job|desk|team)"
    r"|\b(?:from|by|ask|with|tell|off) (?:him|her)\b(?! \w)",
    re.IGNORECASE,
)
_THEY = re.compile(r"\bthey(?:['’](?:ll|ve|d))?\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?P<whose>(?i:the|our|my|your|their)) (?P<body>(?:[a-z-]+ |IT |HR )?(?:IT(?: team| people)?|HR|legal|finance|"
    r"accounts|procurement|purchasing|payroll|estates|facilities|marketing|security|operations|maintenance|team|people|department|"
    r"office|lab|board|committee|council|governors|trustees|director|company|firm|provider|supplier|dealer|contractor|"
    r"bank|insurer|electricians?|builders?|architects?|landlord|lawyers?|accountants?|officer|engineers?|managers?|keeper))\b"
)
_FIRM_ACTS = re.compile(
    r"(?:,| \([^)]*\))? (?:people )?(?:will|must|has to|have to|needs? to|gives?|sends?|opens?|makes|"
    r"switch(?:es)?|puts|has? promised|"
    r"have promised|promised|does)\b"
)
_OWN = frozenset({"our", "my", "your"})
_ACTING = frozenset({"acts", "source", "does"})
_OF_THE_SPEAKER = {"asked others": _ASKED, "promises": _SELF, "says I": _FIRST, "says we": _OURS}
_PLACE = re.compile(r"\b(?:in|at|to|near|into|for|of|with|on|like) (?:the )?$", re.IGNORECASE)
_ANY = re.compile("")
BESIDE = (
    ("label", _ANY, re.compile(r" ?[=:]")),
    ("acts", _ANY, _ACTS),
    ("source", _SOURCE, _ANY),
    ("asked", re.compile("^$"), re.compile(r", (?:could|can|would|will|please)\b|\?", re.IGNORECASE)),
    ("genitive", _ANY, re.compile(r"['’]s? ")),
    ("reports", _ANY, re.compile(r" (?:says?|said|thinks|asked|asks|wants)\b", re.IGNORECASE)),
    ("does", _ANY, re.compile(r"(?: (?:and|also|then|only|just))? (?!is\b|was\b|has\b|this\b|as\b)[a-z]{2,}s\b")),
    ("in brackets", re.compile(r" ?\($"), _ANY),
    ("named", _ANY, _ANY),
)
"""Ways of being named, by the words before and behind; the first that fits counts."""
_ACTING = frozenset({"acts", "source", "does"})
_OWN = frozenset({"our", "my", "your"})
_OF_THE_SPEAKER = {"asked others": _ASKED, "promises": _SELF, "says I": _FIRST, "says we": _OURS}
_BACK = 3
"""Clauses of the same message in which "he" and "she" look for their name."""


@dataclass(frozen=True)
class Owner:
    """Who owes something."""

    name: str
    passage: int | None = None
    """Number of the passage that names the owner; `None` where the told words or their senders do."""


@dataclass(frozen=True)
class Claim:
    """One way in which the thread makes somebody the one to act."""

    way: str
    """A key of `WEIGHTS`."""
    name: str
    passage: int


def owner(told: Sequence[Clause], directory: Directory) -> Owner | None:
    """Who provides or decides what the clauses say; `None` when nobody can be told."""
    claims = list(claimed(told, directory))
    weights: dict[str, float] = defaultdict(float)
    for name, way in dict.fromkeys((claim.name, claim.way) for claim in claims):
        weights[name] += WEIGHTS[way]
    if not weights:
        return None
    name = max(weights, key=lambda each: weights[each])
    best = max((claim for claim in claims if claim.name == name), key=lambda claim: WEIGHTS[claim.way])
    return Owner(name, _naming(name, best, told, directory))


def claimed(told: Sequence[Clause], directory: Directory) -> Iterator[Claim]:
    """All that speaks for or against somebody, under the name that the thread writes in full."""
    for clause in told:
        found = [
            *_named(clause, directory),
            *_unknown(clause, directory),
            *_bodies(clause, directory),
            *_spoken(clause, directory),
        ]
        for way, name, number in (*found, *_pointed(clause, directory)):
            yield Claim(way, directory.full_name(name), number)
    for way, name, number in _others(told, directory):
        yield Claim(way, directory.full_name(name), number)


_Found = tuple[str, str, int]
"""Way, name and number of the passage."""


def _named(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """People of the thread, by the words beside their names."""
    for name, start, end in _places(clause.text, directory):
        person = directory.called(name)
        yield _beside(clause.text[:start], clause.text[end:]), name, clause.number
        if person and person.side is not None:
            yield f"named, of the {person.side}", name, clause.number


def _unknown(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """Firms and other names that are nobody's in the thread."""
    own = bare(f"{directory.client} {directory.vendor}")
    for mention in mentions(clause.text, directory.small):
        firm = re.sub(r"^(?:The|Our|Their) ", "", mention.name)
        if directory.called(firm) or bare(firm) & own:
            continue
        if _PLACE.search(mention.before):
            yield "unknown, of a place", firm, clause.number
        elif _FIRM_ACTS.match(mention.behind):
            yield "unknown, must", firm, clause.number
        else:
            yield f"unknown, {_beside(mention.before, mention.behind)}", firm, clause.number


def _bodies(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """Teams, firms and offices, and who holds the office."""
    for match in _BODY.finditer(clause.text):
        way = _beside(clause.text[: match.start("body")], clause.text[match.end() :])
        if (match["whose"] or "").lower() in _OWN:
            yield ("own body acts" if way in _ACTING else "own body"), match["body"], clause.number
        holder = directory.holder(match["body"])
        if holder:
            yield ("holder acts" if way in _ACTING else "holder named"), holder, clause.number


def _spoken(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """Who says it, if that is not the vendor."""
    sender = clause.passage.sender
    if sender is None:
        return
    side = _side(clause, directory)
    if side is Side.VENDOR:
        return
    yield ("says, of the client" if side is Side.CLIENT else "says, of no side"), sender, clause.number
    for way, pattern in _OF_THE_SPEAKER.items():
        if pattern.search(clause.text):
            yield way, sender, clause.number
            return


def _pointed(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """Whom "he", "she" and "they" mean."""
    if _PRONOUN.search(clause.text) or _THEY.search(clause.text):
        before = _named_before(clause, directory)
        if before:
            yield ("he" if _PRONOUN.search(clause.text) else "they"), *before


def _beside(before: str, behind: str) -> str:
    """How far the words beside a name make its bearer the one to act: a key of `WEIGHTS`."""
    return next(way for way, ahead, after in BESIDE if ahead.search(before) and after.match(behind))


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


def _others(told: Sequence[Clause], directory: Directory) -> Iterator[_Found]:
    """The firm; and where none of its people says it, the last of them to speak before and the first one after."""
    last = told[-1]
    if directory.client:
        yield "client", directory.client, last.number
    if any(each.passage.sender and _side(each, directory) is not Side.VENDOR for each in told):
        return
    others = [
        each
        for each in directory.clauses
        if each.passage.sender and each.message != last.message and _side(each, directory) is Side.CLIENT
    ]
    ahead = next((each for each in reversed(others) if each.place < last.place), None)
    behind = next((each for each in others if each.place > last.place), None)
    for way, each in (("speaks before", ahead), ("speaks next", behind)):
        if each and each.passage.sender:
            yield way, each.passage.sender, each.number


def _side(clause: Clause, directory: Directory) -> Side | None:
    person = directory.called(clause.passage.sender or "")
    return clause.side or (person.side if person else None)


def _naming(name: str, claim: Claim, told: Sequence[Clause], directory: Directory) -> int | None:
    """The passage to cite for the name, where neither the told words nor their senders say all of it."""
    said = bare(" ".join([*(clause.text for clause in told), *(clause.passage.sender or "" for clause in told)]))
    if bare(re.sub(r"['’]s\b", "", name)) <= frozenset(re.sub(r"['’]s$", "", word.strip(".,;:()!?")) for word in said):
        return None
    if claim.passage not in {clause.number for clause in told}:
        return claim.passage
    person = directory.called(name)
    return person.cite[0] if person and person.cite else None
