"""Files of captions (`.vtt`, `.srt`) as they stand: cues with their numbers and times, spoken by somebody."""

import re
from collections.abc import Iterator

from summarizer.reading.headers import Envelope
from summarizer.reading.lines import Line, part
from summarizer.reading.people import Person, folded
from summarizer.reading.stretches import Stretch, Style
from summarizer.reading.transcripts import speaker

_AT = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"{_AT}\s{{0,4}}-->\s{{0,4}}{_AT}(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?\s+(?P<who>[^<>]{1,80})>")
_CLOSED = re.compile(r"(?:</?[\w.]{1,10}>\s*)+$")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_DASH = re.compile(r"[-–—]\s+")
_FIRST = 20


def captions_of(lines: list[Line]) -> list[Stretch]:
    """The turns of those who speak in a file of captions; empty when the text is none.

    Cues go together until somebody else speaks. Their numbers, times and tags are header lines.
    """
    if not any(_TIMES.match(line.text) for line in lines[:_FIRST]):
        return []
    turns = [Stretch(Style.TURN)]
    waiting: list[Line] = []
    headers = set(_headers(lines))
    for index, line in enumerate(lines):
        if index in headers:
            waiting.append(line)
            continue
        for piece in _voices(line):
            _say(turns, piece, waiting)
            waiting = []
    _add(turns[-1], waiting, header=True)
    return [each for each in turns if each.lines]


def _headers(lines: list[Line]) -> Iterator[int]:
    """Which lines say nothing: the file's own head, cue numbers and times, asides up to the next blank line."""
    timed = {index for index, line in enumerate(lines) if _TIMES.match(line.text)}
    first, aside = min(timed), False
    for index, line in enumerate(lines):
        if line.gap:
            aside = bool(_ASIDE.match(line.text))
        numbers = index + 1 in timed and not lines[index + 1].gap and (line.gap or line.text.isdigit())
        if index < first or index in timed or numbers or aside:
            yield index


def _voices(line: Line) -> Iterator[Line]:
    """The line, cut before each voice tag behind the first."""
    starts = [match.start() for match in _VOICE.finditer(line.text)][1:]
    for start, end in zip([0, *starts], [*starts, len(line.text)], strict=True):
        piece = part(line, start, end)
        if piece:
            yield piece


def _say(turns: list[Stretch], line: Line, waiting: list[Line]) -> None:
    who, ends = _named(line)
    name, words = part(line, 0, ends), part(line, ends)
    before = [*waiting, *([name] if name else [])]
    current = turns[-1]
    if who and folded(who) != folded(current.envelope.sender.name or "" if current.envelope.sender else ""):
        turns.append(Stretch(Style.TURN, before, [], Envelope(sender=Person(who))))
    else:
        _add(current, before, header=True)
    if words:
        _speak(turns[-1], words)


def _named(line: Line) -> tuple[str | None, int]:
    """Who the line says is speaking, and where that ends in it."""
    voice = _VOICE.match(line.text)
    if voice:
        return " ".join(voice["who"].split()) or None, voice.end()
    dash = _DASH.match(line.text)
    words = part(line, dash.end()) if dash else line
    named = speaker(words) if words else None
    return (named[0], named[1] + len(line.text) - len(words.text)) if words and named else (None, 0)


def _speak(turn: Stretch, words: Line) -> None:
    closed = _CLOSED.search(words.text[-40:])
    at = len(words.text) - len(closed.group()) if closed else len(words.text)
    for piece, header in ((part(words, 0, at), False), (part(words, at), True)):
        if piece:
            _add(turn, [piece], header=header)


def _add(turn: Stretch, lines: list[Line], *, header: bool) -> None:
    if header and lines:
        turn.inner.append((len(turn.body), len(turn.body) + len(lines)))
    turn.body.extend(lines)
