"""What statements of work settle between two sides: how past ones say it, how threads speak of it, what to ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.records import SectionKind

_WORDS = {
    "{client}": "(?:client|customer|buyer|purchaser|government|agency|authority|employer|council|university|company)",
    "{gives}": r"(?:provid|suppl|furnish|giv|grant|mak|deliver|arrang|ensur|send|be responsible for)\w*",
    "{month}": "january|february|march|april|may|june|july|august|september|october|november|december",
}
_ALTERNATIVES = re.compile(r"\s+\|\s+|\n\s*")


@dataclass(frozen=True)
class Subject:
    """Something that two firms have to settle."""

    name: str
    question: str
    """What is asked where nothing is said of it."""
    settled: re.Pattern[str]
    """What a sentence says that settles it."""
    said: re.Pattern[str]
    """What words speak of it at all, settled or not."""
    kind: SectionKind | None = None
    """Whose sections settle it whatever their words; `None` when none does."""


def _subject(name: str, question: str, *, settled: str, said: str, kind: SectionKind | None = None) -> Subject:
    return Subject(name, question, _compiled(settled), _compiled(said), kind)


def _compiled(source: str) -> re.Pattern[str]:
    """Each alternative on a line of its own or behind ` | `, and only at the start of a word."""
    for name, words in _WORDS.items():
        source = source.replace(name, words)
    alternatives = "|".join(_ALTERNATIVES.split(source.strip()))
    return re.compile(rf"(?<!\w)(?:{alternatives})", re.IGNORECASE)


SUBJECTS: Sequence[Subject] = (
    _subject(
        "test data",
        "Who supplies the test data, and by when?",
        settled=r"""
            {client}\b.{0,60}\b{gives}\b.{0,60}\b(?:test|sample) (?:data|records|files)
            (?:test|sample) (?:data|records) .{0,40}\b(?:supplied|provided) by""",
        said=r"""
            (?:test|sample|dummy|anonymi[sz]ed) (?:data|records|files|set|orders) | data for (?:the )?tests?""",
    ),
    _subject(
        "access",
        "Who gives us access to the systems, and by when?",
        settled=r"""
            {client}\b.{0,60}\b{gives}\b.{0,80}\b(?:access|accounts?|credentials|log-?ins?|permissions)\b
            access to .{0,60}\b(?:is|are|will be|shall be) (?:provided|granted|given)""",
        said=r"""
            (?:access|accounts?|credentials?|log-?ins?|permissions?|passwords?|vpn)\b | api keys?\b
            invit(?:e|es|ed) you to\b""",
    ),
    _subject(
        "environments",
        "Which environments are there for testing, and who provides them?",
        settled=r"""
            (?:test|testing|staging|development|pre-?production|sandbox|training)\b[\w ,/-]{0,40}\benvironments?\b
            sandbox(?:es)?\b.{0,60}\b(?:provided|available)""",
        said=r"""
            environments?\b | sandbox | staging\b | test (?:system|server|instance|tenant|account) | pre-?prod""",
    ),
    _subject(
        "acceptance",
        "By which criteria is the work accepted, and by whom?",
        settled=r"""
            acceptance (?:criteria|tests?|testing|period|procedure) | (?:shall|will|is|is to|are) (?:be )?accepted
            sign(?:s|ed)?[- ]off (?:by|from|of|within) | written acceptance""",
        said=r"""
            accept(?:ance|ed|s)?\b(?! the (?:invitation|meeting)) | sign(?:s|ed|ing)?[- ]?off\b | definition of done""",
        kind=SectionKind.ACCEPTANCE,
    ),
    _subject(
        "review time",
        "How many days does the client have to review what is delivered?",
        settled=r"""
            within (?:\w+ ){0,2}\(?\d+\)? (?:\w+ ){0,2}days?\b.{0,80}\b(?:review|comment|approv|accept|reject|inspect)
            (?:review|approv|accept|reject|inspect)\w*\b.{0,80}\bwithin (?:\w+ ){0,2}\(?\d+\)? (?:\w+ ){0,2}days?\b""",
        said=r"""
            review(?:s|ed|ing)?\b.{0,60}\bdays?\b | days?\b.{0,60}\breview | turn-?around
            feedback (?:within|by|in)\b""",
    ),
    _subject(
        "who decides",
        "Who decides on the client's side, and how much time does this person have for it?",
        settled=r"""
            (?:single|main|primary) point of contact | product owner\b.{0,80}\b(?:available|decid|appoint|assign)
            {client}\b.{0,40}\b(?:appoint|name|nominate|assign)\w*\b.{0,60}\b(?:contact|owner|manager|representative)
            (?:COR|contracting officer.s (?:technical )?representative)\b""",
        said=r"""
            decid(?:e|es|ing)\b | decisions?\b | point of contact | product owner | sponsor\b | approv(?:al|e|es)\b
            main contact | steering""",
    ),
    _subject(
        "progress",
        "How often do we report on progress, and to whom?",
        settled=r"""
            (?:weekly|fortnightly|monthly|daily)\b.{0,40}\b(?:reports?|status|meetings?|calls?|updates?|demos?)
            (?:status|progress) (?:reports?|meetings?|calls?)""",
        said=r"""
            (?:weekly|fortnightly|monthly|daily)\b.{0,40}\b(?:reports?|status|meetings?|calls?|updates?|demos?)
            (?:status|progress) (?:reports?|meetings?|calls?|updates?) | report on progress | stand-?ups?\b
            steering""",
    ),
    _subject(
        "changes",
        "How are changes to the scope agreed and paid?",
        settled=r"""
            change (?:orders?|requests?|control|management procedure|notices?)
            changes? to (?:the |this )?(?:scope|sow|contract|requirements?).{0,80}\b(?:writ|agree|approv|sign|amend)""",
        said=r"""
            change (?:orders?|requests?|control) | changes? to (?:the )?scope | extra work | additional work
            scope changes?""",
    ),
    _subject(
        "payment",
        "When is what invoiced, and when is it due?",
        settled=r"""
            invoic\w+\b.{0,100}\b(?:month|days?|milestone|deliver|accept|complet|submit)
            payable (?:within|upon|on) | payments? (?:terms|schedule|shall|will|is|are)\b | net (?:14|15|30|45|60)\b""",
        said=r"""
            invoic\w* | payments?\b | payable\b | pay(?:ing)? (?:in|by|within|monthly|half|the) | instal?lments?\b
            net \d\d\b | half (?:on|up|now|at|before|down)\b | \d ?% (?:on|up|at|down|now|before)\b""",
    ),
    _subject(
        "price",
        "What is the budget for this project?",
        settled=r"""
            (?:fixed|total|ceiling|firm)[- ](?:fixed[- ])?(?:price|fee|cost) | [$€£]\s?\d[\d,.]{2,}
            time and materials\b | not[- ]to[- ]exceed\b | (?:hourly|daily|day) rates?\b""",
        said=r"""
            [$€£]\s?\d | \d\s?(?:eur|usd|gbp|chf|euros?|dollars|pounds|k)\b | budget | pric(?:e|es|ing)\b | fees?\b
            (?:hourly|daily|day) rates?\b | quot(?:e|ed|ation)\b | costs?\b""",
        kind=SectionKind.PRICE,
    ),
    _subject(
        "expenses",
        "Are travel and expenses part of the price?",
        settled=r"""
            (?:travel|expenses)\b.{0,100}\b(?:reimburs|includ|exclud|billed|invoic|paid|approv|authori[sz])""",
        said=r"travel(?:s|ling)?\b | expenses?\b | hotels?\b | train fares?",
    ),
    _subject(
        "place",
        "Where will the work take place, and can it be done remotely?",
        settled=r"place of (?:performance|work) | on-?site\b | remote(?:ly)?\b | telework",
        said=r"""
            remote(?:ly)?\b | on[- ]?site\b | in (?:the|our|your) offices?\b | workshops? (?:in|at)\b | take place\b
            place of (?:performance|work)""",
    ),
    _subject(
        "clearance",
        "Which security clearance or background check do our people need?",
        settled=r"(?:security clearances?|background (?:checks?|investigations?)|vetting|screening of personnel)",
        said=r"clearances?\b | background checks? | vetting\b | vetted\b | screening\b",
    ),
    _subject(
        "personal data",
        "Which personal data is processed, and under which agreement?",
        settled=r"""
            (?:personal data|personally identifiable|PII|GDPR|data protection|privacy act|HIPAA)\b
            data processing agreement""",
        said=r"""
            personal data | GDPR\b | data protection | privacy\b | DPA\b | PII\b | HIPAA\b | data processing""",
    ),
    _subject(
        "ownership",
        "Who owns what is made, and under which licence?",
        settled=r"""
            (?:intellectual property|ownership of|data rights|unlimited rights|copyright|open[- ]source licen[cs]e)\b
            (?:shall|will) (?:own|be the (?:sole )?property) | licen[cs]ed under\b""",
        said=r"""
            intellectual property | IPR?\b | own(?:s|ership)\b | copyright | open[- ]source\b | source code\b""",
    ),
    _subject(
        "support",
        "Who supports it after go-live, for how long, and at what price?",
        settled=r"""
            (?:warranty|hyper-?care|post[- ](?:launch|go-?live|implementation|deployment) support)\b
            (?:support|maintenance)\b.{0,60}\b(?:after|for (?:a period of )?\w+ (?:\(\d+\) )?(?:days|weeks|months))""",
        said=r"""
            support(?:s|ed)?\b.{0,40}\b(?:after|go-?live|contract|period|months?|weeks?|hours) | warranty
            hyper-?care | maintenance\b | maintain(?:s|ed)?\b | help ?desk""",
    ),
    _subject(
        "training",
        "Who is trained, and by whom?",
        settled=r"""
            train(?:s|ing)?\b.{0,60}\b(?:staff|users?|administrators?|personnel|sessions?|materials?|employees)\b
            (?:users?|staff|administrators?) training\b""",
        said=r"train(?:s|ed|ing|er|ers)?\b | workshops? for (?:the )?(?:staff|users) | onboard",
    ),
    _subject(
        "handover",
        "What is handed over at the end: documents, code, knowledge?",
        settled=r"""
            (?:knowledge transfer|transition[- ](?:out|plan|of)|hand-?over|technical documentation)\b
            user (?:manuals?|guides?)""",
        said=r"""
            knowledge transfer | hand(?:ed|s|ing)?[- ]?(?:over|off) | documentation | manuals?\b | user guides?""",
    ),
    _subject(
        "migration",
        "Which existing data is migrated, and who cleans it?",
        settled=r"(?:data (?:migration|conversion|cleansing|import)|migrat\w+ .{0,40}\b(?:data|records|content))",
        said=r"""
            migrat\w+ | data (?:import|conversion) | import(?:ed|ing)?\b | historic(?:al)? data
            old (?:data|records)""",
    ),
    _subject(
        "integration",
        "Which other systems does it exchange data with?",
        settled=r"integrat\w+ with\b | interfac\w+ (?:with|to)\b | API (?:integration|connection)s?\b",
        said=r"""
            integrat\w+ | interfaces?\b | APIs?\b | connect(?:s|ed|ion|or|ors)?\b | sync\w* | exchange(?:s)? data""",
    ),
    _subject(
        "hosting",
        "Where is it hosted, and who pays for that?",
        settled=r"""
            host(?:ed|ing)\b.{0,80}\b(?:by|on|in|provided|cloud|server|environment)
            cloud (?:hosting|environment|provider)""",
        said=r"""
            host(?:s|ed|ing)?\b | cloud\b | servers?\b | on[- ]prem\w* | aws\b | azure\b | data cent(?:re|er)""",
    ),
    _subject(
        "licences",
        "Which licences are needed, and who buys them?",
        settled=r"licen[cs]es?\b.{0,80}\b(?:purchas|procur|provid|paid|cost|buy|bought|obtain|suppl)",
        said=r"licen[cs]es?\b | subscriptions?\b | seats\b",
    ),
    _subject(
        "content",
        "Who writes and delivers the content, and by when?",
        settled=r"""
            {client}\b.{0,60}\b{gives}\b.{0,60}\b(?:content|copy|texts?|images?|photo\w*|logos?|brand\w*)\b""",
        said=r"contents?\b | copy(?:writing)?\b | texts?\b | images?\b | photo\w* | logos?\b | brand\w*",
    ),
    _subject(
        "accessibility",
        "Which accessibility standard does it have to meet?",
        settled=r"(?:WCAG|section 508|accessibility (?:standards?|requirements?|guidelines?))\b",
        said=r"accessib(?:le|ility)\b | WCAG\b | section 508\b",
    ),
    _subject(
        "dates",
        "When does the work start, and by when does it have to be done?",
        settled=r"""
            period of performance\b | (?:start|completion|end|kick-?off|go-?live) date\b
            (?:will|shall) (?:start|begin|be completed)\b.{0,60}\b(?:\d|week|month|{month})""",
        said=r"""
            (?:by|on|from|until|before|in) (?:the )?(?:end of )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:{month})
            deadlines?\b | go(?:es|ing)?[- ]live | weeks?\b | start(?:s|ing)? (?:on|in|date|w/?c|\d) | 20\d\d\b
            live (?:by|on|\d) | (?:by|on) \d{1,2}[./]\d | (?:by|on) (?:the )?\d{1,2}(?:st|nd|rd|th)\b
            when does the work start | time ?(?:line|table)""",
        kind=SectionKind.MILESTONES,
    ),
    _subject(
        "team",
        "Which people and roles make up the team?",
        settled=r"""
            key personnel\b | (?:project|delivery|contractor) team (?:shall|will|consists?|includes?|comprises?)
            FTEs?\b""",
        said=r"""
            team\b | roles?\b | FTEs?\b | personnel\b | developers?\b | consultants?\b | who (?:will|would) work""",
    ),
    _subject(
        "earlier supplier",
        "Is there a current incumbent supplier?",
        settled=r"""
            incumbent\b | transition[- ]in\b
            (?:current|previous|outgoing) (?:contractor|supplier|vendor|provider)\b""",
        said=r"""
            incumbent | (?:current|previous|outgoing|old|former) (?:contractor|supplier|vendor|provider|agency)""",
    ),
)
"""In the order in which they are asked where equally many past SOWs settle them."""
