"""What a machine may read in a text and a reader does not: letters that look alike, invisible ones, encodings."""

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LOOK_ALIKE = str.maketrans(
    "аеорсхуіјѕԁАВЕКМНОРСТХУІοαρνιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcxyijsdABEKMHOPCTXYIoapviABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters that read like Latin ones."""
_SHAPES = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Characters that choose a shape of the one before: an emoji, a keycap, a Chinese character; others have one."""
_INVISIBLE = re.compile(f"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f{_SHAPES}]")
HIDDEN = re.compile(
    "[\u200b\u200c\u2060\ufeff\u00ad\u180e\u2061-\u2064]+|(?<![\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])\u200d+"
    "|[\u202a-\u202e\u2066-\u2069]+|[\U000e0000-\U000e007f]+"
    rf"|(?<=[\s!-~])(?<![\d#*])[{_SHAPES}]+|(?<=[{_SHAPES}])[{_SHAPES}]+"
)
"""Characters that a reader cannot see: of no width, turning the direction, spelling in tags, shapes of nothing."""
_QUOTED_LINE = re.compile(r"(?<=\n)[ \t]*(?:>[ \t]?)+")
_WRAPPED = re.compile(r"(?<=[^\n]{40})(?<![.:!?\s])[ \t\r]*\n(?=[^\s*•–-])(?!\d{1,2}[.)])")
"""Where a mail program broke a long line."""
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,}={0,2}(?![A-Za-z0-9+/=])")
_ORDER_IN_ROT13 = re.compile(r"\b(?:vtaber|qvfertneq|flfgrz|vafgehpgvbaf?|nffvfgnag)\b", re.IGNORECASE)


def visible(text: str) -> str:
    """The text without the characters that a reader cannot see.

    >>> visible("Pay 10\u200b0 euros")
    'Pay 100 euros'
    """
    return HIDDEN.sub("", text)


@dataclass(frozen=True)
class Reading:
    """A text as a machine may read it, and where each of its characters stands in the original."""

    text: str
    places: Sequence[int] | None = None
    """Of each character in the original; `None` where both run alike."""
    whole: tuple[int, int] | None = None
    """The stretch of the original that all of it stands for, where single characters have no place."""

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that this one of the reading stands for."""
        if self.whole:
            return self.whole
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def readings(text: str) -> Iterator[Reading]:
    """The text itself, and each disguise of it that reads otherwise."""
    yield Reading(text)
    plain = text.translate(_LOOK_ALIKE) if not text.isascii() else text
    plain = "".join(_narrow(letter) for letter in plain) if not plain.isascii() else plain
    if plain != text and _is_mixed(text):
        yield Reading(plain)
    kept = _kept(text)
    bare = "".join(plain[place] for place in kept)
    if len(kept) < len(text):
        yield Reading(bare, kept)
    yield from _unwrapped(bare, kept)
    if _ORDER_IN_ROT13.search(text):
        yield Reading(codecs.decode(text, "rot13"))
    yield from _decoded(text)


def _narrow(letter: str) -> str:
    """The letter in its usual width, if it is one letter then."""
    usual = unicodedata.normalize("NFKC", letter)
    return usual if len(usual) == 1 else letter


def _is_mixed(text: str) -> bool:
    """Whether Latin letters stand beside those that look like them; a text in Russian alone is no disguise."""
    return any("a" <= letter <= "z" for letter in text.lower()) or any("\uff01" <= each <= "\uff5e" for each in text)


def _kept(text: str) -> list[int]:
    """The places of what is neither invisible nor the mark of a quoted line."""
    dropped = {place for match in _INVISIBLE.finditer(text) for place in range(*match.span())}
    dropped |= {place for match in _QUOTED_LINE.finditer(text) for place in range(*match.span())}
    return [place for place in range(len(text)) if place not in dropped] if dropped else list(range(len(text)))


def _unwrapped(text: str, places: Sequence[int]) -> Iterator[Reading]:
    breaks = list(_WRAPPED.finditer(text))
    if breaks:
        dropped = {place for match in breaks for place in range(match.start() + 1, match.end())}
        spaces = {match.start() for match in breaks}
        left = [place for place in range(len(text)) if place not in dropped]
        yield Reading("".join(" " if at in spaces else text[at] for at in left), [places[at] for at in left])


def _decoded(text: str) -> Iterator[Reading]:
    for match in _ENCODED.finditer(text):
        try:
            words = base64.b64decode(match.group() + "=" * (-len(match.group()) % 4), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        if words.isprintable():
            yield Reading(words, whole=match.span())
