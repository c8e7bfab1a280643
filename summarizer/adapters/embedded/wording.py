"""A bullet from a clause's own words: trimmed, the first person named where it is sure, dates written out."""

import calendar
import re
from datetime import date

from summarizer.adapters.embedded.changes import Correction
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.names import bare
from summarizer.date_words import MONTH_WORDS
from summarizer.dates import long_date
from summarizer.day_order import FULL, readings
from summarizer.items import Kind, Side

MOST_WORDS = 34
MOST_CHARACTERS = 400
_OPENING = re.compile(
    r"^(?:(?:and|but|so|then|also|please|kindly|plus|heads up|for the record|as (?:discussed|agreed)|"
    r"to be (?:clear|honest)"
    r"|i (?:think|guess|believe|mean|reckon)|i['’]d (?:say|propose)|um|er)\b[,:.;!…\s]+"
    r"|(?:well|ok|okay|yes|yeah|right|oh|now|no|perfect|fine|agreed|great|super|sorry|lovely|"
    r"brilliant)\b\s*[,.!…]+\s+)+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?P<name>[A-Z][\w'’-]+), (?=(?:could|can|would|will|please)\b)")
_REQUEST = re.compile(
    r"^(?:could|can|would|will) (?P<who>you|somebody|someone) (?:please |kindly )*(?P<rest>.+?)\??$", re.IGNORECASE
)
_OFFER = re.compile(
    r"^(?:we|i)(?:['’]ll| will| shall|['’]d| would| can| could|['’]re going to| are going to| am going to)"
    r"(?P<rest>(?: also| then| make sure we)? .+)$",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"^(?:we|i)(?: must| have to| need to)? (?P<rest>(?:arrange|book|bring|build|check|clear|collect|deliver|draw|"
    r"fill|find|fix|give|hand|hang|hire|install|lend|make|move|open|order|organi[sz]e|post|prepare|print|provide|put|"
    r"scan|send|set|sign|supply|take|translate|write)\b .+)$",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"^we (?P<rest>(?!are\b|have\b|were\b|need\b|want\b|had\b|pay\b|do\b|did\b|must\b)[a-z]+ .+)$", re.IGNORECASE
)
_WISH = re.compile(
    r"^(?:we|i)(?:['’]d| would)? (?:also )?(?:like|want|need|require)(?: you)? (?:to (?!be\b))?(?P<rest>.+)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,? (?:please|pls|thanks|if that['’]s ok(?:ay)?|as you asked|i think|you know|ok\??|is it ok\??))+[.!?]*$",
    re.IGNORECASE,
)
_TO_YOU = re.compile(
    r"^(?P<done>(?:also |then )?(?:give|lend|send|bring|show|tell|post|hand)) you\b(?! (?:all|both)\b)", re.IGNORECASE
)
_MYSELF = re.compile(r",? (?:myself|ourselves)\b")
_NUMBER = r"(?:[£€$]\s?)?(?:\d[\d.,]*\w{0,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)"
_NO_LONGER = re.compile(
    r"(?:,|\s[-–]|\sand)? (?:not|no longer|instead of|rather than|down from|up from) "
    rf"(?:the |about |all |of )*{_NUMBER}\b"
    r"(?: (?:as|that|which|I|we|you) [^.,;)]*|(?: \w+)?(?=[.,;:)!]|$)| before)?"
    rf"|\((?:was|were|not|before|brief said|said)[^)]*{_NUMBER}[^)]*\)",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(
    r"(?:[\s,;:–-]+(?:and|or|but|plus|because|so|then|with|which|that|if|when))+[\s.,;:–-]*$", re.IGNORECASE
)
"""What a cut leaves hanging."""
_MONTH_THEN_DAY = re.compile(rf"(?:{MONTH_WORDS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?", re.IGNORECASE)
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def bullet(
    clause: Clause,
    *,
    kind: Kind,
    owner: str | None = None,
    vendor: str | None = None,
    correction: Correction | None = None,
) -> str:
    """One line for the item, of nothing but the clause's words, the names that its header gives, and full dates."""
    text = _dated(_settled(_corrected(clause.text, correction), kind), clause)
    text = _TAIL.sub("", _OPENING.sub("", text)).strip(" ,;:-–")
    text = _named(text, clause, kind=kind, owner=owner, vendor=vendor)
    if vendor and clause.side is Side.VENDOR and kind is Kind.DEPENDENCY:
        text = re.sub(r"(?<=\w )us\b", vendor, text, count=1)
    return _capital(_LOOSE_END.sub("", _balanced(shortened(text))).rstrip(" .,;:!"))


def _balanced(text: str) -> str:
    """Without a bracket that the cut left open or closed."""
    if text.count("(") > text.count(")"):
        head, _, tail = text.rpartition("(")
        return f"{head.rstrip()}, {tail}" if head.strip() else tail
    return text.rstrip(")") if text.count(")") > text.count("(") else text


def _dated(text: str, clause: Clause) -> str:
    """The clause's text with the year behind each date that lacks it, and the full date beside or instead of others."""
    found = {(each.start, each.end): each.date for each in clause.dates_of(text)}
    for (start, end), day in sorted(found.items(), reverse=True):
        words = text[start:end]
        if clause.passage.month_first is None and (match := FULL.fullmatch(words)) and readings(match):
            continue
        if not re.search(r"[^\W\d_]{3,}", words):
            text = f"{text[:start]}{long_date(day)}{text[end:]}"
        elif _HAS_YEAR.search(words):
            continue
        elif _ends_with_month(words, day):
            text = f"{text[:end]} {day.year}{text[end:]}"
        elif _MONTH_THEN_DAY.fullmatch(words):
            text = f"{text[:end]}, {day.year}{text[end:]}"
        elif long_date(day) not in text:
            text = f"{text[:end]} ({long_date(day)}){text[end:]}"
    return text


def _ends_with_month(words: str, day: date) -> bool:
    last = words.rsplit(maxsplit=1)[-1].lower()
    return last.startswith(calendar.month_name[day.month][:3].lower()) and not words.lower().startswith("end")


def shortened(text: str) -> str:
    """At most `MOST_WORDS` words and `MOST_CHARACTERS`, cut where a clause ends if there is such a place."""
    words = text[:MOST_CHARACTERS].split()
    if len(words) <= MOST_WORDS and len(text) <= MOST_CHARACTERS:
        return text
    head = " ".join(words[:MOST_WORDS])
    breaks = [match.start() for match in re.finditer(r"[,;:.!?](?=\s)|\s[-–(]", head) if match.start() > len(head) // 3]
    return head[: breaks[-1]] if breaks else f"{head} …"


def _corrected(text: str, change: Correction | None) -> str:
    return f"{text[: change.start]}{change.by}{text[change.end :]}" if change else text


def _settled(text: str, kind: Kind) -> str:
    """The text without the number that it says no longer holds; where a metric comes from is told."""
    return text if kind is Kind.SUCCESS_METRIC else _NO_LONGER.sub("", text)


def _named(text: str, clause: Clause, *, kind: Kind, owner: str | None, vendor: str | None) -> str:
    """Requests and first persons turned into what somebody is to do."""
    text = _ADDRESS.sub("", text)
    if kind is Kind.DEPENDENCY:
        return _owed(text, clause, owner=owner, vendor=vendor)
    if kind is Kind.SCOPE:
        pattern = _WISH if clause.side is Side.CLIENT else _OFFER
        done = pattern.match(text) or (_PRESENT.match(text) if clause.side is Side.VENDOR else None)
        return done["rest"].strip() if done else text
    return text


def _owed(text: str, clause: Clause, *, owner: str | None, vendor: str | None) -> str:
    asked = _REQUEST.match(text)
    if asked:
        return f"{owner} to {asked['rest']}" if owner else asked["rest"]
    offered = _OFFER.match(text) or (_PROMISE.match(text) if clause.side is Side.CLIENT else None)
    if not offered or not owner or bare(owner) & bare(clause.text):
        return text
    deed = _MYSELF.sub("", offered["rest"]).strip()
    to_you = _TO_YOU.match(deed) if vendor else None
    return f"{owner} to {to_you['done']} {vendor}{deed[to_you.end() :]}" if to_you else f"{owner} to {deed}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
