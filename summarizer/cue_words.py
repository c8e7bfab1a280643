"""The vocabulary of the cues: kinds of words, and the wordings that mean that a clause says nothing of the scope."""

import re
from dataclasses import dataclass

from summarizer.items import Kind, Side

WORK = (
    r"(?:buil[dt]|set(?:ting)? up|set\b.{0,20}\bup|install|configur|migrat|move |moving |convert|load|import|connect|"
    r"integrat|design|develop|translat|produc|deliver|creat|make |making|run |train|teach|instruct|test|document|"
    r"review|audit|assess|monitor|host|support|maintain|film|edit|cut |print|supply|provid|prepar|draft|issu|"
    r"carry out|switch on|bring|roll out|implement|clean|scan|survey|model|present|facilitat|coach|read |map|"
    r"publish|restor|replac|upgrad|handle|plan |write |rewrite|hand over|pack|ship|fit |wire|paint|coordinat|tie )"
)
THING = (
    r"(?:dashboards?|reports?|reporting|training|workshops?|interfaces?|integrations?|web ?sites?|apps?|modules?|"
    r"warehouse|glossary|surveys?|films?|videos?|stills|photos|booklets?|panels|guides?|manuals?|documentation|"
    r"templates?|versions?|logos?|campaigns?|pages|sessions?|migration|pipelines?|connectors?|monitoring|models?|"
    r"designs?|prototypes?|portal|support|helpdesk|roll-?out|installation|records?|certificates?|forms?|stage|"
    r"translations?|proofs|languages|formats|loads?|screens|scripts?|assessments?|audits?|courses?|materials|"
    r"workflows?|fields|users|sites|locations|seats|devices|text messages|notifications?|set)"
)
GIVE = (
    r"(?:send|provide|share|give|get|supply|arrange|produce|sign|approve|free|add|grant|confirm|book|order|agree|"
    r"deliver|organi[sz]e|make (?:available|sure)|let (?:us|you) (?:have|know)|hand over|type|fill|upload|appoint|"
    r"nominate|clear|release|decide|set aside|bring|export|name|return|open|invite|introduce|put)"
)
WILL = r"(?:['’]ll|will|shall|is going to|are going to|(?:['’]s |has |have )?promised? to|is to|are to)"
EVENT = (
    r"(?:go(?:es|ing)? (?:live|public|out)|go-live|live|launch\w*|kick-?off|starts?|begins?|finish\w*|"
    r"complet\w+|opens?|"
    r"tests?|conference|event|load|shoot\w*|filming|phase|acceptance|committee|deadline|workshop|draft|hand-?over|"
    r"mov(?:e|es|ed)|takes? place|sits|deliver\w*|pilot|cut-?over|first|arrives?|comes?|training|"
    r"release|concept|report|opening|ready|board|demo|weekend|still|show)"
)
PRICE = (
    r"(?:price|fee|fixed|ceiling|capp?(?:ed)?|budget|total|per|a month|a year|each|all in|everything|agreed|costs?|"
    r"vat|charge|rate|excl\w*|incl\w*|flat|maximum|no more|not more)"
)
LIMIT = (
    r"(?:under|below|less than|fewer than|at least|no more than|not more than|more than|above|down to|up to|within|"
    r"from .{1,30} to|to|reach|by half)"
)
FEW = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)"
PERSON = r"(?:he|she|they|[A-Z][\w-]+(?: [A-Z][\w-]+)?|our [\w ]{2,30})"


@dataclass(frozen=True)
class Cue:
    """Words that speak for a kind."""

    kind: Kind
    weight: float
    pattern: re.Pattern[str]
    side: Side | None
    """Counts fully when somebody of this side speaks, less when nobody knows, not at all otherwise."""
    needs: frozenset[str]
    """Features that the clause must have: `number`, `date`, `money`, `listed`."""


def cue(kind: Kind, weight: float, *wordings: str, side: Side | None = None, needs: str = "") -> Cue:
    """A cue whose pattern is any of the wordings, from the start of a word on; `needs` names features."""
    pattern = re.compile(rf"\b(?:{'|'.join(wordings)})", re.IGNORECASE)
    return Cue(kind, weight, pattern, side, frozenset(needs.split()))


NOISE = re.compile(
    r"\b(?:some ?day|would be (?:nice|lovely|great|fun)|nice[- ]to[- ]have|in (?:a|"
    r"some) later|for a later|"
    r"(?:would |['’]d )?love .{1,40} (?:one (?:day|year)|some ?time)|when .{1,30} comes one day|"
    r"wish ?list|"
    r"in other news|unrelated|last time (?:we|it)|for what it['’]?s worth|at (?:my|our|his|her) old (?:place|"
    r"job|firm)|"
    r"ha(?:ha)+|another (?:client|customer)|other (?:client|customer)s?|"
    r"(?:firm|chain|client|customer|place|people|one) (?:we|i) did|we (?:also )?did (?:one|the|for)|"
    r"asked if we['’]d|"
    r"football|holidays?|weather|birthday|season ticket|congrat\w*|merry|"
    r"(?:billed|paid|charged|invoiced) (?:us )?.{0,40}\btwice|credit(?:ed)? it|will be credited)\b",
    re.IGNORECASE,
)
TALK = re.compile(
    r"^(?:hi|hello|hey|dear|thanks?|thank you|cheers|best|regards|kind regards|yours|good (?:morning|afternoon)|"
    r"lovely|"
    r"great|perfect|brilliant|super|sorry|happy new year|hope you|how (?:are|was|nice)|bye|welcome|"
    r"see you)\b[^:\d]{0,45}$",
    re.IGNORECASE,
)
MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any )?(?:the |your |my )?(?:previous|prior|above|"
    r"earlier) (?:instructions?|prompts?)"
    r"|\b(?:ai|llm|language model|chatbot|summari[sz]er|assistants?)\b.{0,40}"
    r"(?:\breading|\bmust\b|\bshould\b|\bmark\b|\boutput|\bsummari[sz]|\bapprove|:)",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?|tenth|first|\w+-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"\w+teenth) (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d"
    r"|\b\d{1,2}\.\d{1,2}\.|\bend of (?:the |this |next )?\w|\b(?:by|on|this|next|until) (?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)day\b"
    r"|\bthe \d{1,2}(?:st|nd|rd|th)\b|\bin \w+ weeks\b",
    re.IGNORECASE,
)
