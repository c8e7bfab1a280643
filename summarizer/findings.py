"""What a reviewer must see of the sources themselves: words that address a machine, and text that hides."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from summarizer.items import Evidence, Finding, FindingKind
from summarizer.look_alikes import look_alikes
from summarizer.sources import Source

_MACHINE = (
    r"(?:ai|a\.i\.|llms?|language models?|chat ?bots?|gpt|copilot|automated (?:system|reader|tool)s?|"
    r"(?:ai|virtual|automated) assistants?|summari[sz]ers?|bots?)"
)
_ORDER = (
    r"(?:mark|approve|accept|ignore|disregard|include|add|output|write|set|treat|list|report|respond|reply|say|state|omit|"
    r"delete|skip|print|return|send|must|should|do not|don['’]t|please)"
)
_READS_THIS = (
    rf"\b{_MACHINE}\b[^.\n]{{0,60}}?\b(?:reading|processing|parsing|summari[sz]ing|handling|seeing)\b"
    r"[^\n]{0,40}?\b(?:this|thread|mail|e-?mail|text|message|document|notes)\b"
)
_ADDRESSED = (
    r"(?:^|[\n.!(\[][ \t]{0,8})(?:note |message |instructions? |attention )?"
    r"(?:to |for )?(?:all |any |the |our |your ){0,3}"
    rf"{_MACHINE} ?[:,] ?{_ORDER}\b"
)
_IGNORE = (
    r"\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+|my\s+)?"
    r"(?:previous|prior|above|earlier|preceding|system)\s+(?:instructions?|prompts?|rules|directions|messages?)\b"
)
_IGNORE_ELSEWHERE = (
    r"\bignor(?:e|ez|iere|ieren sie|a|ad)\b[^.\n]{0,30}\b(?:instructions?|instrucciones|istruzioni|consignes|"
    r"instruções)\b[^.\n]{0,20}\b(?:précédentes|anteriores|precedenti)\b"
    r"|\b(?:alle|die)\s+(?:vorherigen|bisherigen|obigen)\s+anweisungen\b"
)
_ROLE_PLAY = (
    r"\b(?:you are now|from now on you are|act as|pretend to be)\s+(?:an?|the)\s+(?:\w+\s+){0,3}"
    r"(?:ai|assistant|model|bot|system)\b"
)
_FAKE_TURN = (
    r"(?:^|\n)[ \t]{0,8}(?:#{1,6} ?)?(?:<\|?(?:system|assistant|im_start|user)\|?>|\[(?:system|inst|/inst|assistant)\]|"
    r"<<sys>>|(?:system|assistant|developer)\s*(?:prompt|message)? ?:)"
)
_BLANKET = (
    r"\bmark (?:everything|all(?: items)?) (?:as )?(?:approved|accepted|in scope)\b|\b(?:system|hidden|secret) prompt\b"
)
_INSTRUCTIONS = re.compile(
    "|".join((_READS_THIS, _ADDRESSED, _IGNORE, _IGNORE_ELSEWHERE, _ROLE_PLAY, _FAKE_TURN, _BLANKET)), re.IGNORECASE
)
_HIDDEN = re.compile(
    "[\u200b\u200c\u2060\ufeff\u00ad\u180e\u2061-\u2064]+|(?<![\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\u200d+"
    "|[\u202a-\u202e\u2066-\u2069]+|[\U000e0000-\U000e007f]+"
)
MOST = 20
"""Findings of one sort a source; more of them tell nothing new."""


def of_the_text(sources: Sequence[Source]) -> list[Finding]:
    """All that a reader must see of the words themselves."""
    return [*instructions(sources), *hidden_text(sources), *look_alikes(sources)]


def instructions(sources: Sequence[Source]) -> list[Finding]:
    """Words that address a machine and not a reader; they are shown, and nothing obeys them."""
    return [finding for source in sources for finding in _instructions(source)]


def addressed(source: Source) -> list[Evidence]:
    """Every line that addresses a machine, also those beyond what is worth showing: no engine may see any."""
    text = source.text
    spans = dict.fromkeys(_line(text, _first_letter(match), match.end()) for match in _INSTRUCTIONS.finditer(text))
    return [source.evidence(*span) for span in spans]


def addresses_a_machine(text: str) -> bool:
    """Whether some of the text is meant for a machine and not for a reader."""
    return _INSTRUCTIONS.search(text) is not None


def _first_letter(match: re.Match[str]) -> int:
    return match.end() - len(match.group().lstrip())


def hidden_text(sources: Sequence[Source]) -> list[Finding]:
    """Characters that a reader cannot see: of no width, turning the direction, or tags that spell a message."""
    return [finding for source in sources for finding in _hidden(source)]


def _instructions(source: Source) -> Iterator[Finding]:
    for evidence in addressed(source)[:MOST]:
        text = "These words address a machine, not a reader. They were not followed."
        yield Finding(kind=FindingKind.INSTRUCTION, text=text, evidence=(evidence,))


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line of the stretch without the white space around it, or the stretch where the line is very long."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > 400:
        first, last = start, min(end + 200, last)
    line = text[first:last]
    return first + len(line) - len(line.lstrip()), last - len(line) + len(line.rstrip())


def _hidden(source: Source) -> Iterator[Finding]:
    found = 0
    for match in _HIDDEN.finditer(source.text):
        if _is_harmless(match):
            continue
        found += 1
        if found > MOST:
            return
        start, end = max(0, match.start() - 20), min(len(source.text), match.end() + 20)
        yield Finding(
            kind=FindingKind.HIDDEN_TEXT, text=_described(match.group()), evidence=(source.evidence(start, end),)
        )


def _is_harmless(match: re.Match[str]) -> bool:
    """A byte order mark at the start, or a soft hyphen, which only says where a word may break."""
    return (match.group() == "\ufeff" and match.start() == 0) or set(match.group()) == {"\u00ad"}


def _described(characters: str) -> str:
    spelled = "".join(chr(ord(char) - 0xE0000) for char in characters if 0xE0020 <= ord(char) < 0xE007F)
    if spelled:
        return f"Invisible tag characters spell: {spelled[:200]}"
    names = sorted({unicodedata.name(char, f"U+{ord(char):04X}").capitalize() for char in characters})
    return f"Text that a reader cannot see ({', '.join(names)}), {len(characters)} characters"
