"""Lines that say who wrote what follows: `On 3 May 2026, Ann Lee wrote:` in many languages; lines of name and date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.reading.headers import Envelope
from summarizer.reading.lines import Line, part
from summarizer.reading.people import Person, people, person
from summarizer.reading.timestamps import stamp_in

_MOST_LINES = 4
_LONGEST = 400
_WROTE = re.compile(
    r"(?<!\w)(?:wrote|writes|sent|schrieb|geschrieben|a\s+écrit|escribió|schreef|(?:het\s+volgende\s+)?geschreven"
    r"|ha\s+scritto|skrev|escreveu|napisał\(?a?\)?|nap[ií]sala?|kirjoitti|va\s+escriure|a\s+scris|írta|yazdı"
    r"|je\s+napisao|написала?|пишет|писала?|написав|пише|έγραψε|đã\s+viết|menulis)(?!\w)"
    r"|写道|寫道|書きました|작성|כתב|كتب",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:[(/]?\w{1,3}\)?)?[\s*_]*[:：]?$")
"""What stands behind the verb at the end of an attribution: other forms of it, as in `napísal(a):`, and a colon."""
_VERB_AND_NAME = re.compile(r"(?<!\w)(?:schrieb|schreef|skrev|كتب)\s+(?P<who>[^:：]{1,80})[:：]?$", re.IGNORECASE)
_ENDS_IN_ADDRESS = re.compile(r"[^\s@]@[^\s@]+[:：]$|[>)]:$")
_THE_FOLLOWING = re.compile(
    r"(?:^|\s+)(?:the\s+following(?:\s+message)?|(?:das\s+)?folgende[sn]?(?:\s+nachricht)?|het\s+volgende|ce\s+qui\s+suit"
    r"|le\s+message\s+suivant|lo\s+siguiente|quanto\s+segue|o\s+seguinte|följande|følgende)(?=\s*[:：]?$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = frozenset("al ben bin d da de del den der di dos du el la le st ten ter van vom von zu zum".split())
_PRONOUN = re.compile(
    r"(?i:we|i|you|they|he|she)(?:\s+[a-z]\S*)*$"
    r"|(?:.*[\s,])?(?:we|I|you|they|he|she|wir|ich|ihr|sie|er|nous|je|vous|ils|elles|il|elle|wij|ik|hij|zij|vi|jag|jeg|han|hun|man|men)$",
)
"""A pronoun is the subject of a sentence and never a writer's name."""
_OPENER = re.compile(
    r"(?:on|am|le|el|op|il|em|den|på|w dniu|vào|dne|dňa|\d{1,4}[-/.]\d{1,2}|\w{2,3}\.?,?\s+\d{1,2})\b",
    re.IGNORECASE,
)
_SHARED = re.compile(r"\bon\s+(?:\d|[^\W\d_]{3,9}[.,]?\s)", re.IGNORECASE)
"""An attribution that begins behind other words of its line; those words must not be taken for a part of it."""
_TAIL = re.compile(r"(?<=[\s.!?)_*–—-])On\s.{8,250}\bwrote:$")
_RULE = " \t\xa0-_=*~—–>"
_CONNECTORS = re.compile(
    r"^(?:[\s,;:)]|(?:at|um|à|a las|om|alle|kl|heeft|hat|schreef|schrieb|uhr|utc|gmt|user)\b)+", re.IGNORECASE
)
_NAMED = re.compile(r"(?P<who>[^\W\d_][^\t<>@:;.!?]{0,59}?\.?)\s*(?P<address>[<(][^<>()\s]+@[^<>()\s]+[>)])?[,\s]*$")
_WEEKDAY = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|maa|din|woe|don|vri|zat|zon)"
    r"[^\W\d_]{0,7}\.?,?\s*$",
    re.IGNORECASE,
)
_WRITER_FIRST = re.compile(
    r"(?!(?:as|like|what|when|which)\b)(?P<who>[^\t:;.!?<]{2,80}?(?:\s*<[^<>\s]+@[^<>\s]+>)?)\s+wrote\s+on\s+(?=\S)",
    re.IGNORECASE,
)
_REST_OF_TICKET = re.compile(r"[\s,(]*(?:uhr|utc|gmt|(?:to|an|à)\s+(?P<to>\S+@\S+?))?\)?\s*:$", re.IGNORECASE)
_CLOCKED = re.compile(
    r"(?:[^\W\d_]{2,10}[.,]{0,2}\s)?[^:]{0,30}\b\d{1,2}:\d\d(?:\s?[ap]m)?(?:\s?\([^()]{1,25}\))?", re.IGNORECASE
)
_TO_ME = re.compile(r"(?:to me|an mich|à moi|para mí|aan mij)\b", re.IGNORECASE)
_LONGEST_LINE = 100
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_NOBODY = re.compile(
    r"(?:client|customer|earlier|everybody|everyone|later|nobody|somebody|someone|the|then|they|today|yesterday)\b",
    re.IGNORECASE,
)
"""What stands in front of "wrote on" within a sentence."""
_TO = re.compile(r"(?:to|an|à|para|aan)\s*:?\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Attribution:
    """A stretch of lines that names the writer of what follows."""

    first: int
    behind: int
    envelope: Envelope


def attribution_at(lines: list[Line], index: int) -> Attribution | None:
    """The unquoted attribution that starts with this line; `None` when none does."""
    if lines[index].depth:
        return None
    joined = ""
    for behind in range(index + 1, min(len(lines), index + _MOST_LINES) + 1):
        line = lines[behind - 1]
        if line.depth or (behind > index + 1 and line.gap) or len(joined) + len(line.text) > _LONGEST:
            return None
        joined = f"{joined} {line.text}".strip(_RULE)
        if behind == index + 1 and not _may_open(joined):
            return None
        if _closes(joined, line.text):
            envelope = _envelope(joined)
            return None if _is_pronoun(somebody(envelope)) else Attribution(index, behind, envelope)
        if line.text.endswith((".", "!", "?", ":", "：")):
            return None
    return None


def own_lines(lines: list[Line]) -> Iterator[Line]:
    """The lines, where an attribution that begins behind other words of its line is one of its own."""
    for line in lines:
        tail = _TAIL.search(line.text) if line.text.endswith("wrote:") and not line.depth else None
        before = part(line, 0, len(line.text[: tail.start()].rstrip(_RULE))) if tail else None
        attribution = part(line, tail.start()) if tail else None
        if before and attribution and len(attribution.text) <= _LONGEST and stamp_in(attribution.text):
            yield from (before, attribution)
        else:
            yield line


def named_line_at(lines: list[Line], index: int) -> Attribution | None:
    """A line of name and date, as web mail prints it: `Ann Lee <ann@firm.example>  Wed 6 May 2026, 06:02`.

    Or as a ticket does: `Ann Lee wrote on 6 May 2026 at 06:02:`.
    """
    line = lines[index]
    if line.text.endswith(":"):
        return _ticket_line(line, index)
    if line.depth or len(line.text) > _LONGEST or not line.text[-1].isalnum():
        return None
    stamp = stamp_in(line.text)
    if stamp is None or not stamp.timed or stamp.end < len(line.text) - 8:
        return None
    match = _NAMED.match(_WEEKDAY.sub("", line.text[: stamp.start]))
    if match is None:
        return None
    to = _TO.match(lines[index + 1].text) if index + 1 < len(lines) and not lines[index + 1].gap else None
    if not to and not match["address"]:
        return None
    recipients = people(lines[index + 1].text[to.end() :]) if to else ()
    sender = person(f"{match['who']} {match['address'] or ''}")
    return Attribution(index, index + (2 if to else 1), Envelope(sender, recipients, stamp.moment))


def three_lines_at(lines: list[Line], index: int) -> Attribution | None:
    """Name, time and "to me", each in a line of its own, as a mail is copied from the page of Gmail."""
    if index + 3 > len(lines):
        return None
    name, when, to = lines[index : index + 3]
    match, recipient = _NAMED.match(name.text), _TO.match(to.text)
    if match is None or recipient is None or name.depth or any(line.depth or line.gap for line in (when, to)):
        return None
    sender = person(name.text)
    named = not _is_pronoun(sender) and _is_name(sender.name or "Somebody")
    if not (named and _CLOCKED.fullmatch(when.text[:_LONGEST_LINE]) and len(to.text) <= _LONGEST_LINE):
        return None
    stamp = stamp_in(when.text)
    recipients = people(to.text[recipient.end() :]) if not _TO_ME.match(to.text) else ()
    return Attribution(index, index + 3, Envelope(sender, recipients, stamp.moment if stamp else None))


def _ticket_line(line: Line, index: int) -> Attribution | None:
    match = _WRITER_FIRST.match(line.text) if not line.depth and len(line.text) <= _LONGEST else None
    behind = line.text[match.end() :] if match else ""
    stamp = stamp_in(behind)
    rest = _REST_OF_TICKET.match(behind, stamp.end) if stamp else None
    if match is None or stamp is None or rest is None or _WEEKDAY.sub("", behind[: stamp.start]).strip(" ,"):
        return None
    sender = person(_IN_BRACKETS.sub("", match["who"]))
    if (
        not sender.label
        or _NOBODY.match(match["who"])
        or _is_pronoun(sender)
        or not _is_name(sender.name or "Somebody")
    ):
        return None
    return Attribution(index, index + 1, Envelope(sender, people(rest["to"] or ""), stamp.moment))


def _may_open(words: str) -> bool:
    if _OPENER.match(words):
        return True
    shares_its_line = _SHARED.search(words)
    return not shares_its_line and (("@" in words and words.endswith(":")) or _ends_in_wrote(words))


def _closes(joined: str, last: str) -> bool:
    """Whether the attribution is complete with its last line."""
    ruled = last.endswith(("--", "__", "=="))
    if not last.endswith((":", "：")) and not ruled:
        return False
    wrote = _WROTE.search(joined)
    if wrote is None:
        return "@" in joined and joined.endswith((">:", "):")) and stamp_in(joined) is not None
    if _ends_in_wrote(joined):
        return ruled or "@" in joined or stamp_in(joined) is not None
    if "@" in joined:
        return "@" in joined[: wrote.start()] or _ENDS_IN_ADDRESS.search(joined) is not None
    return _ends_in_name(joined) and stamp_in(joined) is not None


def _ends_in_wrote(words: str) -> bool:
    """Whether the verb is the last of the words."""
    return any(_ENDING.match(words, each.end()) for each in _WROTE.finditer(words, max(0, len(words) - 30)))


def _ends_in_name(words: str) -> bool:
    """Whether they end in verb and name, where a language puts them so, or in name, verb and `the following`."""
    bare = _THE_FOLLOWING.sub("", words)
    behind = _VERB_AND_NAME.search(bare)
    if behind:
        who = person(behind["who"]).name or ""
        return " " not in who or _is_name(who)
    return bare != words and _ends_in_wrote(bare) and _is_name(somebody(_envelope(words)).name or "")


def _is_name(words: str) -> bool:
    """Whether each of the words is written as in a name."""
    parts = _WORD.findall(words)
    return bool(parts) and not any(each[0].islower() and each not in _PARTICLES for each in parts)


def _is_pronoun(writer: Person) -> bool:
    return writer.email is None and _PRONOUN.match(writer.name or "") is not None


def _envelope(joined: str) -> Envelope:
    stamp = stamp_in(joined)
    behind = _CONNECTORS.sub("", joined[stamp.end :] if stamp else joined)
    wrote = _WROTE.search(behind)
    named = behind[: wrote.start()] if wrote and wrote.start() else behind[wrote.end() if wrote else 0 :]
    who = person(_THE_FOLLOWING.sub("", _CONNECTORS.sub("", named)))
    return Envelope(who if who.label else None, sent=stamp.moment if stamp else None)


def somebody(envelope: Envelope) -> Person:
    """The envelope's sender, or nobody."""
    return envelope.sender or Person()
