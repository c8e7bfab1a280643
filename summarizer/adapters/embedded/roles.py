"""What somebody is to a firm, in the words of the thread."""

import re
from collections.abc import Iterable, Iterator, Sequence

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
_NAMED = (
    rf"(?:{NOUN}|actuary|winemaker|vicar|curate|insurer|underwriter|adviser|advisor|assessor|recruiter|conservator|"
    r"harbour ?master|harbormaster|pilot|skipper|physio\w*|pediatrician|vet|notary|registrar|bursar|reeve|mayor|"
    r"statik\w*|actress|actor|composer|chef|cook|baker|brewer|miller|farmer|fisherman|florist|tutor|lecturer|dean|provost|"
    r"midwife|pharmacist|paramedic|welder|roofer|glazier|painter|locksmith|landlord|tenant|investor|investment|certifier)"
)
"""What somebody is called at work, as its last word."""
_KIN = frozenset(
    "colleague guy man woman lady chap bloke fella lad girl boy person sister brother wife husband daughter son cousin "
    "nephew niece aunt uncle mother father friend ex neighbour neighbor user contact member boss it side one".split()
)
"""What tells nothing of somebody's work when nothing stands before it."""
_BEFORE = re.compile(
    rf"(?:\b(?:my|our|his|her|their|your|the|an?|its)\s|^|[.!?,;:(+]\s?|\b(?:by|from|with|and|to)\s|\bw/ ?)"
    rf"(?P<role>(?:(?!my\b|our\b|the\b|his\b|her\b|their\b|your\b|and\b|by\b|from\b|with\b|is\b|"
    rf"to\b){_WORD} ){{0,3}}{_NAMED}(?: (?:in|at|of|for) (?:the )?{_WORD}(?<!\.))?)"
    rf"(?:(?: who \w+){{1,2}} is|,| is| =|:|['’]s)? ?[(\"“]?$",
    re.IGNORECASE,
)
_BELONGS = re.compile(
    rf"(?:\b(?:my|our|his|her|their|your) (?P<role>(?:[a-zà-ÿ-]+ ){{0,2}}[a-zà-ÿ-]+)|"
    rf"\b(?P<body>(?i:{_DEPARTMENT[3:-1]})(?: team)?)),?(?: is| =|:| with)? ?(?:an? )?[(]?$"
)
_IS = r"(?:is |was |will be |would be |stays |who is |who['’]s |(?:s?he|I)['’][sm] |s?he is |I am |= |- )"
_BEHIND = (
    re.compile(r" \((?:the |our |their |my )?(?P<role>[^()\d]{2,60}?)[;)]"),
    re.compile(
        rf",? {_IS}?(?:our|my|the|their|his|her|your|an?) (?P<role>(?:{_WORD} ){{0,3}}?{_NAMED}"
        rf"(?: of (?:the )?{_WORD}(?: {_WORD})?)?|{_DEPARTMENT})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:,| -| =|:| is)? (?P<role>(?:(?!and\b|will\b|has\b|"
        rf"is\b){_WORD} ){{0,3}}{_NAMED}(?: of (?:the )?{_WORD}(?: {_WORD})?)?)(?=[,.;)&+]|$| \(| and )",
        re.IGNORECASE,
    ),
    re.compile(
        rf",? (?:is |on )?(?:in|from|at|of) (?:our |the |their |my |your )?(?P<role>{_DEPARTMENT}(?: team)?)\b",
        re.IGNORECASE,
    ),
    re.compile(rf",? (?:in|from|at) (?:our|the|their|my|your) (?P<role>(?:{_WORD} )?(?:team|office|department))\b"),
    re.compile(rf",? {_IS}?\(?(?P<role>{_DEPARTMENT}(?: team| manager)?)(?=[,.;)&+]|$)", re.IGNORECASE),
    re.compile(
        rf"[^.;:]{{0,40}}?[,.]? (?:who|s?he) (?P<role>(?:runs|does|looks after|handles|leads) (?:the |our |all the )?"
        rf"(?!(?:it|that|this|those|his|so|not)\b){_WORD}(?: {_WORD})?)"
    ),
    re.compile(
        rf" (?P<role>(?:runs|looks after) (?:the |our |all the )?(?!(?:it|that|this|those)\b){_WORD}(?: {_WORD})?)"
    ),
    re.compile(r"(?:,| there)? (?:at|from|of) (?P<role>[A-ZÀ-Þ][\w&'’-]+(?: [A-ZÀ-Þ][\w&'’-]+){0,3})"),
    re.compile(
        rf"[^.;:()]{{0,40}}[,.] (?:who is|who['’]s|s?he['’]s|s?he is) (?:the |our |their |an? )?"
        rf"(?P<role>(?:{_WORD} ){{0,3}}?{_NAMED})\b",
        re.IGNORECASE,
    ),
)
_BESIDES = re.compile(
    r"^(?: here\b| ?\((?:in |on )?(?:cc|cc['’]d|bcc|copy|copied|attached)\)|,? (?:in|on) (?:cc|copy),?)"
)
"""What stands between a name and what is said of its bearer, and tells nothing of the work."""
_OF_ONESELF = (
    re.compile(
        rf"\bI(?:['’]m| am) (?:the |an? )?(?P<role>(?:(?!not\b|also\b){_WORD} ){{0,3}}?(?:{_NAMED}|{_DEPARTMENT}))"
        rf"(?: of (?:the )?{_WORD})?(?=[,.;)]| (?:at|for|in|from|and|here)\b|$)",
        re.IGNORECASE,
    ),
    re.compile(rf" here,? \(?(?:the )?(?P<role>(?:{_WORD} ){{0,2}}?(?:{_NAMED}|{_DEPARTMENT}))[,.;)]", re.IGNORECASE),
)
_MAY_BE_TITLE = re.compile(
    r"(?!Best|Kind|Regards|Sent|Thanks|Tel|Mob|Yours|With|From|To|Cc)"
    r"[A-ZÀ-Þ][^\W\d_]+(?: [\w&]+){0,3}(?: \([^()]{2,30}\))?"
)
_TEAM = re.compile(r"[A-ZÀ-Þ][^\W\d_]+(?: (?:and|&|of|[A-ZÀ-Þ][\w-]+)){0,3}")
_DOMAIN = re.compile(r"@([\w-]+)")
_TELLING = 4
"""Letters from which a word of a firm's name is looked for in addresses."""
_NO_ROLE = re.compile(
    r"^(?:surname|(?:in |on )?(?:cc|copy|copied)\b|no|not|\?|for |if |who\b|i |we |and |or |he |she |they[ /]|s?he/)",
    re.IGNORECASE,
)


def stated(mentions: Iterable[Mention], firms: frozenset[str] = frozenset()) -> str | None:
    """What some mention says that the person is; `None` when none does. `firms` are the words of the firms' names."""
    return next((role for mention in mentions for role in _beside(mention, firms)), None)


def of_oneself(texts: Iterable[str]) -> str | None:
    """What somebody says to be, in their own words."""
    found = (pattern.search(text) for text in texts for pattern in _OF_ONESELF)
    return next((role for each in found if each and (role := _as_role(each["role"], frozenset()))), None)


def _beside(mention: Mention, firms: frozenset[str]) -> Iterator[str]:
    belongs = _BELONGS.search(mention.before)
    behind = _BESIDES.sub("", mention.behind)
    found = [_BEFORE.search(mention.before), *(pattern.match(behind) for pattern in _BEHIND)]
    said = [each["role"] for each in found if each] + ([belongs["role"] or belongs["body"]] if belongs else [])
    return (role for each in said if (role := _as_role(each, firms)))


def _as_role(words: str, firms: frozenset[str]) -> str | None:
    """The words without the firm's name; `None` when they say nothing of somebody's work."""
    parts = (part.strip(" .-") for part in words.split(","))
    role = next((part for part in parts if part and not bare(part) <= firms), "")
    if not role or _NO_ROLE.match(role) or len(role) > MOST_CHARACTERS or role.endswith(" it"):
        return None
    return None if role.lower() in _KIN and role != "IT" else role


def signed(signature: str, name: str, firms: frozenset[str] = frozenset()) -> str | None:
    """The line of a signature that says what the sender is; `None` when none does."""
    lines = [line.strip(" >|*") for line in signature.splitlines() if "@" not in line and ":" not in line]
    domains = " ".join(_DOMAIN.findall(signature.lower()))
    for index, line in enumerate(lines):
        parts = _parts(line, firms, domains)
        below = index > 0 and _is_own(lines[index - 1], name)
        own = below or name.lower() in line.lower()
        found = next((part for part in parts if _IN_SIGNATURE.search(part) and not _is_own(part, name)), None)
        found = found or _title_by_its_place(parts, name, below=below)
        if found and own and not _is_of_a_firm(found, firms) and len(found) <= MOST_CHARACTERS:
            return found
    return None


def _title_by_its_place(parts: Sequence[str], name: str, *, below: bool) -> str | None:
    """What stands below the name, or behind it on its line, and reads like a title."""
    place = 0 if below else 1
    named = below or _is_own(parts[0], name)
    part = parts[place] if named and len(parts) > place else ""
    return part if _MAY_BE_TITLE.fullmatch(part) and not _is_own(part, name) else None


def _is_of_a_firm(words: str, firms: frozenset[str]) -> bool:
    """Whether a line names a firm; a title may share a word with one: "Compliance Officer" of a firm for compliance."""
    own = " ".join(word for word in words.split() if not bare(word) & firms)
    return bool(bare(words) & firms) and not _IN_SIGNATURE.search(own)


def _parts(line: str, firms: frozenset[str], domains: str) -> list[str]:
    """What a line of a signature lists; a title keeps the team behind its comma: "Director, Client Servicing"."""
    title, _, behind = line.partition(", ")
    if _TEAM.fullmatch(behind) and _IN_SIGNATURE.search(title):
        of_a_firm = any(word in firms or (len(word) >= _TELLING and word in domains) for word in bare(behind))
        return [title, behind] if of_a_firm else [line]
    return [part.strip() for part in re.split(r"\s[|·–/-]\s|, ", line)]


def _is_own(line: str, name: str) -> bool:
    """Whether the line is the name, or begins with a part of it."""
    words = bare(re.sub(r"[^\w'’. -]", " ", line))
    return bool(words & bare(name)) and len(words - bare(name)) <= 1
