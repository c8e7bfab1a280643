"""Words that address a machine and not a reader, also where they are disguised."""

import re
from collections.abc import Iterator

from summarizer.disguises import readings

_MACHINE = (
    r"(?:ai|a\.i\.|llms?|language models?|chat ?bots?|gpt|copilot|"
    r"(?:ai|virtual|automated) (?:agent|assistant|note-?taker|reader|system|tool)s?|summari[sz]ers?|bots?)"
)
_MACHINES = rf"{_MACHINE}(?:(?:,| and| or|, and)(?: ai)? [\w-]{{3,14}}){{0,3}}"
_ASSISTANTS = r"(?:(?:any|all|every) (?:\w+ )?assistants?|assistants)"
_ORDER = (
    r"(?:mark|approve|accept|classify|ignore|disregard|include|add|output|write|set|treat|list|report|respond|reply|answer|say|state|omit|"
    r"delete|skip|print|return|send|must|should|do not|don['’]t|please)"
)
_READS_THIS = (
    rf"\b{_MACHINE}\b[^.\n]{{0,60}}?\b(?:reading|processing|parsing|summari[sz]ing|handling|seeing)\b"
    r"[^\n]{0,40}?\b(?:this|thread|mail|e-?mail|text|message|document|notes|page)\b"
    rf"|\b(?:{_MACHINE}|{_ASSISTANTS})(?: or \w+)? (?:(?:that |which )?(?:reads?|process(?:es)?|summari[sz]es?)|"
    r"handling|reading|processing|summari[sz]ing) (?:this|these)\b"
)
_ADDRESSED = (
    r"(?:^|[\n.!:(\[\"“][ \t]{0,8}|<!--\s{0,8})(?:note |notice |message |instructions? |attention )?"
    r"(?:to |for )?(?:all |any |the |our |your ){0,3}"
    rf"{_MACHINES} ?[:,] ?{_ORDER}\b"
)
_HEADED = (
    r"(?:\b(?:note|notice|message|instructions?|attention) (?:to|for)|<!--\s{0,8}(?:for|to)?) "
    rf"(?:(?:all |any |every )(?:the )?{_MACHINES}|(?:the )?{_MACHINES}(?<=s)|(?=a[iu]|lan){_MACHINE})\s?:"
)
"""A note to all, to several, or to one called AI, automated or a language model; "for the chatbot:" is work."""
_IGNORE = (
    r"\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+|my\s+)?"
    r"(?:previous|prior|above|earlier|preceding|system)\s+(?:instructions?|prompts?|rules|directions|messages?)\b"
)
_IGNORE_ELSEWHERE = (
    r"\bignor(?:e|ez|iere|ieren sie|a|ad)\b[^.\n]{0,30}\b(?:instructions?|instrucciones|istruzioni|consignes|"
    r"instruções)\b[^.\n]{0,20}\b(?:précédentes|anteriores|precedenti)\b"
    r"|\b(?:alle|die)\s+(?:vorherigen|bisherigen|obigen)\s+anweisungen\b"
    r"|\bnegeer\b[^.\n]{0,30}\b(?:vorige|voorgaande|eerdere)\s+(?:instructies|opdrachten)\b"
    r"|\bzignoruj\w*\b[^.\n]{0,30}\b(?:poprzednie|wcześniejsze)\s+(?:instrukcje|polecenia)\b"
    r"|\bигнорируй\w*\b[^.\n]{0,30}\b(?:предыдущие|прежние)\s+(?:инструкции|указания)\b"
    r"|(?:忽略|无视|無視)[^。\n]{0,12}(?:指令|指示|提示)|(?:指示|命令)[^。\n]{0,8}(?:無視|忘れ)"
)
_ROLE_PLAY = (
    r"\b(?:you are now|from now on you are|act as|pretend to be)\s+(?:an?|the)\s+(?:\w+\s+){0,3}"
    r"(?:ai|assistant|model|bot|system)\b"
)
_FAKE_TURN = (
    r"(?:^|\n)[ \t>]{0,8}(?:#{1,6} ?)?(?:<\|?(?:system|assistant|im_start|user)\|?>|\[(?:system|inst|/inst|assistant)\]"
    r"|<<sys>>|(?:system|assistant|developer)\s*(?:prompt|message)? ?:)"
)
_BLANKET = (
    r"\bmark (?:everything|all(?: items)?) (?:as )?(?:approved|accepted|in scope)\b"
    r"|\b(?:system|hidden|secret) prompt\b|\bpre-?approved by the reviewer|\bset (?:its|their|the) status to\b"
    r"|\bnew instructions? ?:"
)
_FORMS_OF_OURS = (
    r"\{\s*\"(?:items|stakeholders|kind|findings)\"\s*:|\[[ps]\d{1,4}\]"
    r"|</?(?:tool_calls?|function_calls?|invoke|passages?|instructions?)\b"
    r"|(?:^|\n)[ \t]{0,8}={3,} ?[0-9a-f]{8,} ?={3,}"
)
_WHEN_READ = (
    r"\bwhen(?:ever)? (?:you |this (?:thread|mail|e-?mail) is )summari[sz](?:e|ed|ing)\b[^.\n]{0,60}?"
    rf"\b{_ORDER}\b|\bautomated (?:readers?|systems?|tools?) (?:must|should|shall|have to)\b"
)
_PARTS = (
    _READS_THIS,
    _ADDRESSED,
    _HEADED,
    _IGNORE,
    _IGNORE_ELSEWHERE,
    _ROLE_PLAY,
    _FAKE_TURN,
    _BLANKET,
    _FORMS_OF_OURS,
    _WHEN_READ,
)
_INSTRUCTIONS = re.compile("|".join(_PARTS), re.IGNORECASE)
_TURNS = re.compile(f"{_FAKE_TURN}|{_FORMS_OF_OURS}|\\b(?:system|hidden|secret) prompt\\b", re.IGNORECASE)


def addressing(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch that addresses a machine, as it stands or behind a disguise."""
    for reading in readings(text):
        for match in _INSTRUCTIONS.finditer(reading.text):
            yield reading.stretch(match.end() - len(match.group().lstrip()), match.end())


def is_addressing(text: str) -> bool:
    """Whether some of the text is meant for a machine and not for a reader."""
    return next(addressing(text), None) is not None


def opens_a_turn(line: str) -> bool:
    """Whether the line passes for the start of somebody's turn, so that what follows belongs to it."""
    return _TURNS.search(line) is not None
