"""Subtitles of a recorded call (`.vtt`, `.srt`) as a transcript: who says what, and from when on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_CUE = re.compile(
    r"[ \t]*(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d{2})[.,]\d{1,3}[ \t]*-->[ \t]*[\d:.,]+[^\n]*"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]{1,100})>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|font)\b[^>\n]{0,100}>|<\d[\d:.]{3,15}>|\{\\an\d\}")
_LABEL = re.compile(r"(?:>>\s?)?([^\W\d_][\w.'’ \-]{0,50}?)[ \t]?:[ \t]+(?=\S)")
_DASH = re.compile(r"^[-–][ \t]+", re.MULTILINE)
_MOST_WORDS_IN_A_NAME = 5
_SENTENCE_ENDS = (".", "?", "!", "…", "”", '."')


@dataclass
class Turn:
    """What one person says without a break; who speaks is empty where the file does not say it."""

    at: str
    """From when on, as `hh:mm:ss`."""
    who: str
    words: str


@dataclass(frozen=True)
class Transcript:
    """What subtitles say."""

    text: str
    notes: tuple[str, ...] = ()
    """Comments in the file, which no player shows."""


def transcript(subtitles: str) -> Transcript:
    """The cues as turns, a line each; cues of one speaker in a row are one turn.

    >>> transcript("WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Ana Roy>We start\\n\\n00:02.000 --> 00:04.000\\n"
    ...            "<v Ana Roy>on 3 May.").text
    '[00:00:01] Ana Roy: We start on 3 May.'
    """
    blocks = re.split(r"\n[ \t]*\n+", subtitles.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    turns: list[Turn] = []
    notes: list[str] = []
    for block in blocks:
        if block.startswith("NOTE") and not _CUE.search(block):
            notes.append(block.removeprefix("NOTE").strip())
        for turn in _spoken(block):
            _append(turns, turn)
    lines = (f"[{each.at}] {each.who}: {each.words}" if each.who else f"[{each.at}] {each.words}" for each in turns)
    return Transcript("\n".join(lines), tuple(filter(None, notes)))


def _spoken(block: str) -> Iterator[Turn]:
    cues = list(_CUE.finditer(block))
    ends = [*(each.start() for each in cues[1:]), len(block)]
    for cue, end in zip(cues, ends, strict=False):
        at = f"{int(cue['hours'] or 0):02}:{int(cue['minutes']):02}:{cue['seconds']}"
        for who, words in _voices(block[cue.end() : end]):
            yield Turn(at, who, words)


def _voices(payload: str) -> Iterator[tuple[str, str]]:
    before, *voiced = _VOICE.split(payload)
    pairs = [("", before), *zip(voiced[::2], voiced[1::2], strict=True)]
    for who, said in pairs:
        for line in [said] if who else _DASH.split(said):
            words = " ".join(unescape(_TAG.sub("", line)).split())
            if words:
                yield (" ".join(unescape(who).split()), words) if who else _labelled(words)


def _labelled(words: str) -> tuple[str, str]:
    """The speaker who is named before a colon, and the rest."""
    match = _LABEL.match(words)
    names = match[1].split() if match else []
    if match and len(names) <= _MOST_WORDS_IN_A_NAME and all(name[0].isupper() for name in names):
        return match[1], words[match.end() :]
    return "", words


def _append(turns: list[Turn], turn: Turn) -> None:
    """Add the turn, to the one before where the same person goes on; without names, where a sentence goes on."""
    last = turns[-1] if turns else None
    goes_on = last is not None and (
        turn.who == last.who if turn.who else bool(last.who) or not last.words.endswith(_SENTENCE_ENDS)
    )
    if last is not None and goes_on:
        last.words = f"{last.words} {turn.words}"
    else:
        turns.append(turn)
