"""Pasted mail threads: where each message begins, and what its head says."""

import re
from dataclasses import dataclass

from summarizer.reading.attributions import (
    Attribution,
    attribution_at,
    named_line_at,
    own_lines,
    somebody,
    three_lines_at,
)
from summarizer.reading.closings import is_legal, is_mobile_line
from summarizer.reading.headers import Envelope, block_at
from summarizer.reading.lines import Line
from summarizer.reading.people import folded
from summarizer.reading.quotations import lifted
from summarizer.reading.stretches import Stretch, Style

_RULED = re.compile(r"[-=_*#~+—–]{3,}(?:\s*(?P<title>[^\n]{1,100}?)\s*[-=_*#~+—–]{2,})?:?$")
_ORIGINAL = re.compile(
    r"original\s+message|forwarded\s+message|message\s+d.origine|message\s+transféré|ursprüngliche\s+nachricht"
    r"|weitergeleitete\s+nachricht|mensaje\s+original|mensaje\s+reenviado|oorspronkelijk\s+bericht"
    r"|doorgestuurd\s+bericht|messaggio\s+originale|oprindelig\s+besked",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\[?\(?(?:message|mail|email|nachricht)?\s?#?\d{1,4}\s?(?:/|of|von|de|sur|van)\s?\d{1,4}\)?\]?$", re.IGNORECASE
)
_BEGIN = re.compile(
    r"(?:begin forwarded message|anfang der weitergeleiteten|début du message (?:réexpédié|transféré))", re.IGNORECASE
)
_TITLED = re.compile(
    r"\b(?:notes?|notizen?|calls?|e-?mails?|thread|transcript|crm|log|slack|chat|meeting|voicemail|handover|message)\b",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(r"\b(?:exported|export of|conversation with|\d+ messages|mail thread)\b", re.IGNORECASE)
_WINDOW = 60
_LONGEST_LINE = 600
_QUOTES = 4
_SHORTEST_PROSE = 6


@dataclass(frozen=True)
class _Start:
    """Where a message begins: its head spans the lines from `first` to `behind`."""

    first: int
    behind: int
    envelope: Envelope
    style: Style = Style.MAIL


def mails(lines: list[Line]) -> list[Stretch]:
    """The messages of a thread in the order of the text; without any mail header it is one stretch of notes."""
    lines = lifted(own_lines(lines), is_head=_is_head)
    starts, inner = _starts(lines)
    stretches = [_stretch(lines, start, end, inner) for start, end in _spans(starts, len(lines))]
    if not starts or starts[0].first > 0:
        end = starts[0].first if starts else len(lines)
        before = _Start(0, 0, Envelope(), Style.MAIL if _is_reply(lines[:end], starts, inner) else Style.NOTE)
        stretches.insert(0, _stretch(lines, before, end, inner))
        _fold_preamble(stretches)
    return [each for each in stretches if each.lines]


def _is_reply(before: list[Line], starts: list[_Start], inner: list[Attribution]) -> bool:
    """Whether words above the first head are a reply whose own head was not pasted."""
    mailed = any(line.depth or is_mobile_line(line) for line in before) or any(
        each.first < len(before) for each in inner
    )
    return mailed or (bool(starts) and starts[0].style is Style.MAIL)


def _spans(starts: list[_Start], end: int) -> list[tuple[_Start, int]]:
    return [*zip(starts, [*(each.first for each in starts), end][1:], strict=True)]


def _stretch(lines: list[Line], start: _Start, end: int, inner: list[Attribution]) -> Stretch:
    body = lines[start.behind : end]
    ranges = [
        (each.first - start.behind, each.behind - start.behind) for each in inner if start.behind <= each.first < end
    ]
    return Stretch(start.style, lines[start.first : start.behind], body, start.envelope, ranges)


def _fold_preamble(stretches: list[Stretch]) -> None:
    """What an export writes above the first message is part of that message's head."""
    before = stretches[0].body
    if len(stretches) > 1 and len(before) <= 3 and _PREAMBLE.search(" ".join(line.text[:200] for line in before)):
        stretches[1].head[:0] = before
        del stretches[0]


def _starts(lines: list[Line]) -> tuple[list[_Start], list[Attribution]]:
    """The heads of messages, and the attributions that only introduce a quotation."""
    starts: list[_Start] = []
    inner: list[Attribution] = []
    index = 0
    while index < len(lines):
        start, attribution = _start_at(lines, index, since=starts[-1].behind if starts else 0)
        if start:
            starts.append(start)
        if attribution:
            inner.append(attribution)
        found = start or attribution
        index = max(found.behind if found else 0, index + 1)
    return starts, inner


def _start_at(lines: list[Line], index: int, *, since: int) -> tuple[_Start | None, Attribution | None]:
    if lines[index].depth:
        return None, None
    head = _divided(lines, index) or _headed(lines, index)
    if head:
        return head, None
    attribution = attribution_at(lines, index)
    if attribution is None:
        return (_Start(index, index, Envelope()) if _is_sent_along(lines, index) else None), None
    if _introduces_quotation(lines, attribution, since=since):
        return None, attribution
    return _Start(attribution.first, attribution.behind, attribution.envelope), None


def _is_head(lines: list[Line], index: int) -> bool:
    """Whether a head stands here, or what introduces a quotation."""
    return not lines[index].depth and bool(
        _divided(lines, index) or _headed(lines, index) or attribution_at(lines, index)
    )


def _is_sent_along(lines: list[Line], index: int) -> bool:
    """Whether a phone's mail program put an older mail here, whose head it left out, below the line that it writes."""
    line = lines[index]
    return (
        index > 0
        and line.gap > 0
        and is_mobile_line(lines[index - 1])
        and len(line.text.split()) >= _SHORTEST_PROSE
        and not is_legal(line.text)
    )


def _headed(lines: list[Line], index: int) -> _Start | None:
    block = block_at(lines, index)
    if block and block.heads_a_message():
        return _Start(block.first, block.behind, block.envelope())
    named = named_line_at(lines, index) or three_lines_at(lines, index)
    return _Start(named.first, named.behind, named.envelope) if named else None


def _divided(lines: list[Line], index: int) -> _Start | None:
    """A message whose head begins with a divider."""
    text = lines[index].text
    ruled = _RULED.match(text) if len(text) <= 200 else None
    if not (ruled or _COUNTED.match(text[:60]) or _BEGIN.match(text)):
        return None
    head = _headed(lines, index + 1) if index + 1 < len(lines) else None
    if head:
        return _Start(index, head.behind, head.envelope, head.style)
    title = (ruled["title"] or "") if ruled else text
    if _ORIGINAL.search(title) or _BEGIN.match(title):
        return _Start(index, index + 1, Envelope())
    return _Start(index, index + 1, Envelope(), Style.NOTE) if ruled and _TITLED.search(title) else None


def _introduces_quotation(lines: list[Line], attribution: Attribution, *, since: int) -> bool:
    """Whether the attribution stands above quoted words of the person that it names.

    Where the quoted words are those of the very message above, the attribution heads an answer to that message: nobody
    quotes the lines that they have just written.
    """
    quoted = [line for line in lines[attribution.behind : attribution.behind + _WINDOW] if line.depth]
    below = lines[attribution.behind] if attribution.behind < len(lines) else None
    if below is None or not below.depth:
        return False
    above = lines[max(since, attribution.first - _WINDOW) : attribution.first]
    written = folded(" ".join(line.text[:_LONGEST_LINE] for line in above if not line.depth))
    echoed = [folded(line.text[:_LONGEST_LINE]) for line in quoted[:_QUOTES]]
    return not any(len(words) > 20 and words in written for words in echoed) or not somebody(attribution.envelope).label
