"""How a mail ends: sign-offs, signatures, lines of mobile phones, legal boilerplate."""

import re
from collections.abc import Iterator

from summarizer.reading.clauses import marker
from summarizer.reading.lines import Line
from summarizer.reading.people import folded, signs_as
from summarizer.reading.set_phrases import CONTACT, LEGAL, LEGAL_OPENING, MOBILE, VALEDICTION

_POSTSCRIPT = re.compile(r"(?:p\.?\s?){1,2}s\b|n\.?b\b|btw\b", re.IGNORECASE)
_TITLE_WORD = re.compile(r"[^\W\d_]{3,}")
_BEHIND_NAME = re.compile(r"\s*[|,/–—]\s*|\s-\s|\s{3,}")
_PHONE = re.compile(r"\(?\+?\d[\d().\s-]{4,24}")
_LONGEST_RUN = 40
_LONGEST_LINE = 120
_LONGEST_TAIL = 15
_LONGEST_BLOCK = 10
_KISSES = re.compile(r"(?:\s+(?:x+o*|xo+|o|\(m(?:r|rs|s|iss|x)\)|dr|phd|msc|mba))+$", re.IGNORECASE)


def is_mobile_line(line: Line) -> bool:
    """Whether a phone or mail program wrote the line."""
    return len(line.text) <= 100 and bool(MOBILE.match(line.text))


def is_legal(words: str) -> bool:
    """Whether a paragraph holds the set phrases of a disclaimer."""
    return bool(LEGAL.search(words[:5_000]))


def legal_opening(lines: list[Line], sender: str | None = None) -> int:
    """Index of the line at which the disclaimer of a paragraph begins, which may begin as a signature; else 0."""
    opening = next((index for index, line in enumerate(lines) if LEGAL_OPENING.match(line.text)), 0)
    if opening or not (VALEDICTION.match(lines[0].text) or _is_name(lines[0], _forms(sender))):
        return opening
    return next((index for index, line in enumerate(lines) if is_legal(line.text)), 0)


def signature_lines(run: list[Line], sender: str | None) -> set[int]:
    """Which lines of a stretch that nothing interrupts are its writer's closing, as indices into the run."""
    forms = _forms(sender)
    found: set[int] = set()
    for index in range(max(0, len(run) - _LONGEST_RUN), len(run)):
        if index in found:
            continue
        if run[index].text == "--":
            return found | set(range(index, min(len(run), index + _LONGEST_TAIL)))
        if _anchors(run, index, forms):
            found |= _closing(run, index, forms)
    return found


def _forms(sender: str | None) -> frozenset[str]:
    return signs_as(sender) if sender else frozenset()


def _anchors(run: list[Line], index: int, forms: frozenset[str]) -> bool:
    """Whether the writer's name, or a sign-off above a name, stands on this line."""
    line = run[index]
    if len(line.text) > _LONGEST_LINE or (index == 0 and len(run) > 1 and run[1].gap):
        return False
    if _is_name(line, forms):
        return True
    if not VALEDICTION.match(line.text) or index + 1 == len(run):
        return False
    following = run[index + 1]
    return _is_name(following, forms) or (
        len(following.text.split()) <= 5 and following.text[0].isupper() and _is_title(following.text)
    )


def _is_name(line: Line, forms: frozenset[str]) -> bool:
    """Whether a line is the writer's name, alone or with a title behind it."""
    if not forms or len(line.text) > _LONGEST_LINE:
        return False
    words = line.text.lstrip("-–—~ ")
    name, *rest = _BEHIND_NAME.split(words, maxsplit=1)
    if folded(_KISSES.sub("", name)) not in forms:
        return False
    if not rest or not rest[0] or _PHONE.fullmatch(rest[0]):
        return True
    return len(name.split()) > 1 and _is_title(rest[0])


def _closing(run: list[Line], anchor: int, forms: frozenset[str]) -> set[int]:
    """The lines from the anchor on that belong to the closing; empty when prose follows at once."""
    found = {anchor}
    if VALEDICTION.match(run[anchor].text) and anchor + 1 < len(run):
        found.add(anchor + 1)
    for block in _blocks(run, max(found) + 1):
        taken = list(_signature_part(run, block, forms))
        found.update(taken)
        if len(taken) < len(block):
            return found if _ends_well(run, max(found)) else set()
    return found


def _ends_well(run: list[Line], last: int) -> bool:
    """Prose may follow a closing only behind a blank line, or as a postscript."""
    return last + 1 >= len(run) or run[last + 1].gap > 0 or bool(_POSTSCRIPT.match(run[last + 1].text))


def _blocks(run: list[Line], first: int) -> Iterator[list[int]]:
    block: list[int] = []
    for index in range(first, len(run)):
        if run[index].gap and block:
            yield block
            block = []
        block.append(index)
    if block:
        yield block


def _signature_part(run: list[Line], block: list[int], forms: frozenset[str]) -> Iterator[int]:
    opening = run[block[0]]
    if opening.gap and not (_is_title(opening.text) or _is_name(opening, forms)):
        return
    for index in block[:_LONGEST_BLOCK]:
        line = run[index]
        if (
            len(line.text) > _LONGEST_LINE
            or line.text.endswith("?")
            or (marker(line.text) and not _PHONE.fullmatch(line.text))
            or _POSTSCRIPT.match(line.text)
        ):
            return
        yield index


def _is_title(words: str) -> bool:
    """Whether words read like a job title, a firm, an address or a number, and not like a sentence."""
    if len(words) > 100 or words.endswith((".", "?", ":", ";")):
        return False
    names = _TITLE_WORD.findall(words)
    capitals = sum(1 for word in names if word[0].isupper())
    return bool(CONTACT.search(words)) or capitals * 2 >= len(names)
