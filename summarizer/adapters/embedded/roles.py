"""What somebody is to a firm, in the words of the thread."""

import re
from collections.abc import Iterable

from summarizer.adapters.embedded.names import Mention, bare
from summarizer.adapters.embedded.signs import NOUN

MOST_CHARACTERS = 60
_IN_SIGNATURE = re.compile(
    rf"\b(?:{NOUN[3:-1]}|development|sales|purchasing|finance|quality|operations|procurement|responsable|conservateur|"
    rf"vertrieb|\w*leiter\w*|\w*leitung|geschäftsführer\w*|chef\w*|directeur|directrice|gerente|jefe|sjef|principal)\b",
    re.IGNORECASE,
)
_DEPARTMENT = (
    r"(?:IT|HR|finance|legal|procurement|purchasing|operations|ops|marketing|sales|estates|facilities|payroll|accounts|"
    r"maintenance|quality|compliance|production|engineering|security|planning|logistics|systems|network|repairs|"
    r"customer services?|box office|office)"
)
_WORD = r"[\w'’&/.-]+"
_BEFORE = re.compile(
    rf"(?:\b(?:my|our|his|her|their|your|the|an?|its)\s|^|[.!?,;:(+]\s?|\b(?:by|from|with|and|to)\s)"
    rf"(?P<role>(?:(?!my\b|our\b|the\b|his\b|her\b|their\b|your\b|and\b|by\b|from\b|with\b|is\b|"
    rf"to\b){_WORD} ){{0,3}}{NOUN})"
    rf"(?:,| is| =|:|['’]s)? ?[(\"“]?$",
    re.IGNORECASE,
)
_BELONGS = re.compile(
    rf"(?:\b(?:my|our|his|her|their|your) (?P<role>(?:[a-zà-ÿ-]+ ){{0,2}}[a-zà-ÿ-]+)|"
    rf"\b(?P<body>{_DEPARTMENT[3:-1]})),? ?[(]?$"
)
_BEHIND = (
    re.compile(r" \((?:the |our |their |my )?(?P<role>[^()\d]{2,60}?)[,;)]"),
    re.compile(
        rf",? (?:is |who is |who['’]s |= |- )?(?:our|my|the|their|his|her|your|an?) (?P<role>(?:{_WORD} ){{0,3}}?{NOUN}"
        rf"(?: of (?:the )?{_WORD}(?: {_WORD})?)?|{_DEPARTMENT})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:,| -| =|:)? (?P<role>(?:(?!and\b|will\b|has\b|"
        rf"is\b){_WORD} ){{0,3}}{NOUN}(?: of (?:the )?{_WORD})?)(?=[,.;)&+]|$| \(| and )",
        re.IGNORECASE,
    ),
    re.compile(
        rf",? (?:in|from|at|of) (?:our |the |their |my |your )?(?P<role>{_DEPARTMENT}(?: team)?)\b", re.IGNORECASE
    ),
    re.compile(
        rf",? (?:in|from|at) (?:our|the|their|my|your) (?P<role>(?:{_WORD} )?(?:team|office|department|side))\b"
    ),
    re.compile(rf",? \(?(?P<role>{_DEPARTMENT})(?=[,.;)&+]|$)", re.IGNORECASE),
    re.compile(
        rf",? (?:who |she |he )?(?P<role>(?:runs|does|holds|looks after|handles) (?:the |our |"
        rf"all the )?{_WORD}(?: {_WORD})?)"
    ),
)
_NO_ROLE = re.compile(r"^(?:surname|no|not|\?|for |if |who\b|i |we |and |or |cc\b|he |she |they )", re.IGNORECASE)
_WIDE = re.compile(rf"\b(?:{NOUN[3:-1]}|{_DEPARTMENT[3:-1]}|team|does|runs)\b", re.IGNORECASE)


def stated(mentions: Iterable[Mention]) -> str | None:
    """What some mention says that the person is; `None` when none does."""
    return next((role for mention in mentions if (role := _beside(mention))), None)


def _beside(mention: Mention) -> str | None:
    before = _BEFORE.search(mention.before)
    if before:
        return before["role"].strip()
    belongs = _BELONGS.search(mention.before)
    behind = re.sub(r"^ here\b", "", mention.behind)
    for pattern in _BEHIND:
        found = pattern.match(behind)
        if found and not _NO_ROLE.match(found["role"]) and len(found["role"]) <= MOST_CHARACTERS:
            return found["role"].strip(" .-")
    return (belongs["role"] or belongs["body"]) if belongs else None


def signed(signature: str, name: str) -> str | None:
    """The line of a signature that says what the sender is; `None` when none does."""
    lines = [line.strip(" >|*") for line in signature.splitlines() if "@" not in line and ":" not in line]
    for index, line in enumerate(lines):
        parts = [part.strip() for part in re.split(r"\s[|·–/-]\s|, ", line)]
        below = index > 0 and _is_own(lines[index - 1], name)
        own = below or name.lower() in line.lower()
        found = next((part for part in parts if _IN_SIGNATURE.search(part) and not _is_own(part, name)), None)
        if found and own and len(found) <= MOST_CHARACTERS:
            return found
    return None


def _is_own(line: str, name: str) -> bool:
    """Whether the line is the name, or begins with a part of it."""
    words = bare(re.sub(r"[^\w'’. -]", " ", line))
    return bool(words & bare(name)) and len(words - bare(name)) <= 1
