"""What a reviewer must see of the sources themselves: words that address a machine, text that hides, unsure days."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from summarizer.disguises import HIDDEN
from summarizer.items import Evidence, Finding, FindingKind
from summarizer.look_alikes import look_alikes
from summarizer.machine_words import addressing, is_addressing, opens_a_turn
from summarizer.sources import Source
from summarizer.unsettled_days import unsettled_days

_GAP = re.compile(r"\n[ \t>]*(?:\r?\n|$)")
_CARRIED_ON = re.compile(r"(?<![.!?:\n])[ \t]*\n[ \t>]*(?=[a-zß-öø-ÿ])[^\n]*[^\s]")
"""The next line, where it goes on with the sentence."""
_ANNOUNCES = re.compile(r":[ \t]*$|\b(?:the following|as follows|what follows)\b", re.IGNORECASE)
_LONGEST_TURN = 1_000
MOST = 20
"""Findings of one sort a source; more of them tell nothing new."""


def of_the_text(sources: Sequence[Source]) -> list[Finding]:
    """All that a reader must see of the words themselves."""
    return [*instructions(sources), *hidden_text(sources), *look_alikes(sources), *unsettled_days(sources)]


def instructions(sources: Sequence[Source]) -> list[Finding]:
    """Words that address a machine and not a reader; they are shown, and nothing obeys them."""
    return [finding for source in sources for finding in _instructions(source)]


def addressed(source: Source) -> list[Evidence]:
    """Every line that addresses a machine, also those beyond what is worth showing: no engine may see any."""
    lines = sorted({_line(source.text, *span) for span in addressing(source.text)})
    return [source.evidence(*span) for span in dict.fromkeys(_with_what_follows(source.text, *line) for line in lines)]


def _with_what_follows(text: str, start: int, end: int) -> tuple[int, int]:
    """The line and the rest of its sentence; all up to the next empty line where it opens a turn or a list."""
    while carried := _CARRIED_ON.match(text, end, start + _LONGEST_TURN):
        end = carried.end()
    if not (opens_a_turn(text[start:end]) or _ANNOUNCES.search(text, start, end)):
        return start, end
    gap = _GAP.search(text, end)
    return start, min(gap.start() if gap else len(text.rstrip()), end + _LONGEST_TURN)


def addresses_a_machine(text: str) -> bool:
    """Whether some of the text is meant for a machine and not for a reader."""
    return is_addressing(text)


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
    for match in HIDDEN.finditer(source.text):
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
