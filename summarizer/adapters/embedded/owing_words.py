"""The words by which somebody becomes the one to act, and how much each way of being told weighs."""

import re
from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    "promises": 2.6,
    "unknown, must": 1.9,
    "named, of the client": 1.7,
    "unknown, source": 1.4,
    "unknown, in brackets": 1.3,
    "named, of the third_party": 1.2,
    "acts": 1.1,
    "we, the client": 1.1,
    "he": 1.0,
    "says I": 1.0,
    "in brackets": 0.8,
    "unknown, reports": 0.8,
    "unknown, acts": 0.7,
    "named": 0.7,
    "unknown, genitive": 0.7,
    "holder named": 0.6,
    "body acts": 0.5,
    "source": 0.5,
    "you": 0.3,
    "unknown, named": 0.2,
    "asked": 0.2,
    "does": 0.2,
    "reports": 0.1,
    "asked others": 0.1,
    "holder acts": 0.0,
    "says, of no side": 0.0,
    "unknown, asked": -0.1,
    "unknown, does": -0.1,
    "named, of the vendor": -0.2,
    "own body acts": -0.4,
    "label": -0.4,
    "genitive": -0.5,
    "unknown, label": -0.5,
    "own body": -0.5,
    "unknown, opens": -0.6,
    "body": -0.8,
    "they": -0.9,
    "unknown, of a place": -0.9,
    "says we": -0.9,
    "speaks before": -1.0,
    "says, of the client": -1.0,
    "speaks next": -1.1,
    "client": -2.0,
}
"""How far each way of being told makes somebody the one to act; fitted by `eval.training.owners`."""
ACTS = re.compile(
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
SOURCE = re.compile(
    r"\b(?:from|by|ask|asked|via|through|to chase|that['’]s|it['’]s|is|chase|tell|told) $", re.IGNORECASE
)
SELF = re.compile(
    r"\b(?:i(?:['’]ll| will| can| could| must| have to| need to| shall|['’]ve| have| send| bring| sign| give| get| do|"
    r" scan| make| book| find| write| put| clear| approve| promise| was| say|['’]m| take| order|['’]d)\b|"
    r"me\b(?! (?:the|your)\b)|"
    r"mine\b|that['’]s (?:me|mine)|on my side|from me|with me)",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"\bi(?:['’](?:ve|ll)| have| will)? (?:just |already )?(?:ask(?:ed)?|told|tell|talked|spoke|heard|rang|"
    r"called|book(?:ed)? h(?:er|im))\b",
    re.IGNORECASE,
)
FIRST = re.compile(r"\b(?:i|my|me|mine)\b", re.IGNORECASE)
OURS = re.compile(r"\b(?:we(?:['’]ll)?|our|us|ours)\b", re.IGNORECASE)
WE = re.compile(r"\bwe\b", re.IGNORECASE)
PRONOUN = re.compile(
    r"\b(?:he|she)(?:['’](?:ll|s|d|ve)|\b)|\b(?:his|her) (?:job|desk|team)"
    r"|\b(?:from|by|ask|with|tell|off) (?:him|her)\b(?! \w)",
    re.IGNORECASE,
)
THEY = re.compile(r"\bthey(?:['’](?:ll|ve|d))?\b", re.IGNORECASE)
_BODIES = "IT(?: team| people| department)?|fire brigade|" + "|".join(
    (
        "HR accountants? accounts agency architects? assistant auditors? bank board brother builders? caretaker "
        "carpenters? carrier clinic co-?op committee company contractor council crew daughter dealer department "
        "designers? desks? developers? directors? drivers electricians? engineers? estates facilities finance firm "
        "governors guy heads hospital host(?:er)? husband insurer janitor keeper lab laboratory landlord lawyers? "
        "leads legal maintenance managers? marketing mechanics? ministry municipality nephew niece notary nurses "
        "office officer operations parish payroll people photographers? plumbers? police porters? printers? "
        "procurement provider purchasing railway regulator roofers? school secretary security sister solicitors? son "
        "staff supplier surveyors? teachers team technicians? translators? trustees union users volunteers wife yard"
    ).split()
)
_NOT_OF_A_THING = (
    r"(?! (?:accounts?|app|bookings?|calendar|changes?|codes?|contracts?|costs?|data|documents?|equipment|exports?|"
    r"extract|fees?|files?|forms?|hours?|lists?|logs?|mails?|meeting|numbers?|orders?|pack|papers?|plans?|portal|"
    r"records?|reports?|rooms?|runs?|signs?|sheets?|software|system|tools?|training|website)\b)"
)
"""A body acts, not a thing that is called after it: "the payroll codes"."""
_NO_PART = "(?:an?|and|are|by|for|from|her|his|in|is|my|of|on|our|that|the|their|this|to|which|who|with|your)"
BODY = re.compile(
    r"\b(?P<whose>(?i:the|an?|our|my|your|their|his|her)) (?P<body>"
    rf"(?:(?!{_NO_PART}\b)[a-z-]+ |IT |HR ){{0,2}}(?:{_BODIES}))\b{_NOT_OF_A_THING}"
)
FIRM_ACTS = re.compile(
    r"(?:,| \([^)]*\))? (?:people )?(?:will|must|has to|have to|needs? to|gives?|sends?|opens?|makes|"
    r"switch(?:es)?|puts|has? promised|"
    r"have promised|promised|does)\b"
)
OWN = frozenset({"our", "my", "your"})
ACTING = frozenset({"acts", "source", "does"})
YOU = re.compile(
    r"(?:^|[.!?;:,–-]\s*|\b(?:and|but|if|so|then|that|until|when|once)\s)you(?:['’](?:ll|d|re)|\b)"
    r"(?!\s(?:and|asked|know|mentioned|said|see|want(?:ed)?|wrote)\b)|\b(?:from|by) you\b|\byour side\b",
    re.IGNORECASE,
)
OF_THE_SPEAKER = {"asked others": ASKED, "promises": SELF, "says I": FIRST, "says we": OURS}
PLACE = re.compile(r"\b(?:in|at|to|near|into|for|of|with|on|like) (?:the )?$", re.IGNORECASE)
ANY = re.compile("")
BESIDE = (
    ("label", ANY, re.compile(r" ?[=:]")),
    ("acts", ANY, ACTS),
    ("source", SOURCE, ANY),
    ("asked", re.compile("^$"), re.compile(r", (?:could|can|would|will|please)\b|\?", re.IGNORECASE)),
    ("genitive", ANY, re.compile(r"['’]s? ")),
    ("reports", ANY, re.compile(r" (?:says?|said|thinks|asked|asks|wants)\b", re.IGNORECASE)),
    ("does", ANY, re.compile(r"(?: (?:and|also|then|only|just))? (?!is\b|was\b|has\b|this\b|as\b)[a-z]{2,}s\b")),
    ("in brackets", re.compile(r" ?\($"), ANY),
    ("named", ANY, ANY),
)
"""Ways of being named, by the words before and behind; the first that fits counts."""
