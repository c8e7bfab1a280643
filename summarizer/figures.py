"""Numbers in a text, in digits or in words, made comparable: "forty per cent" is "40%", "£145k" is "GBP 145,000"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = dict(
    chain(((word, value) for value, word in enumerate(_UNITS)), ((w, 20 + 10 * i) for i, w in enumerate(_TENS)))
)
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_CURRENCIES = {
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "sterling": "GBP",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "chf": "CHF", "francs": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "aud": "AUD", "cad": "CAD",
}  # fmt: skip
_SUFFIXES = {"k": 1_000, "grand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "thousand": 1_000}

_WORD = "|".join((*_SMALL, *_LARGE, "dozen"))
_CODES = "|".join(re.escape(code) for code in sorted(_CURRENCIES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""(?<![\w.,])
    (?:(?P<before>{_CODES})\s?)?
    (?:(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?=\s?(?:am|pm|h)\b|\b(?<=:\d\d)(?!\d))
      |(?P<digits>\d{{1,3}}(?:[ \u00a0\u202f']\d{{3}})+(?![\d])|\d+(?:[.,]\d+)*)
      |(?P<words>(?:{_WORD})\b(?:(?:\s+and\s+|[\s-]+|\s+point\s+)(?:{_WORD})\b)*))
    (?:\s?(?P<suffix>k|grand|mn|million|thousand|m)\b)?
    (?:\s?(?P<after>%|(?:{_CODES})(?!\w)|per\s?cent\b|percent\b|in\s100\b|out\sof\s100\b|[ap]m\b))?""",
    re.IGNORECASE | re.VERBOSE,
)


_PAIR = re.compile(rf"({'|'.join(_UNITS[1:])})[\s-]+((?:{'|'.join((*_TENS, *_UNITS[1:]))})(?:[\s-].+)?)")
"""Two numbers side by side of which none is a part of the other: "eight thirty", "nineteen ninety-nine"."""
_GOES_ON_BEFORE = re.compile(rf"\b(?:{'|'.join((*_TENS, *_LARGE))}|point)(?:[\s-]|\s+and\s+)$", re.IGNORECASE)
_GOES_ON_BEHIND = re.compile(
    rf"[\s-](?:{'|'.join(_LARGE)}|dozen|point)\b|(?<=ty)[\s-](?:{'|'.join(_UNITS[1:10])})\b", re.IGNORECASE
)
PERCENT = "%"


@dataclass(frozen=True)
class Figure:
    """A number in a text."""

    start: int
    end: int
    values: frozenset[Decimal]
    """What it may mean: "9.000" is nine thousand here and nine there."""
    unit: str
    """A currency code, "%", or nothing."""
    in_words: bool

    def same_as(self, other: "Figure", *, bare_units: frozenset[str] = frozenset()) -> bool:
        """Whether both can mean the same number; `bare_units` are units that `other` may leave unsaid."""
        if not self.values & other.values:
            return False
        return not self.unit or self.unit == other.unit or (not other.unit and self.unit in bare_units)


def find_figures(text: str) -> list[Figure]:
    """The numbers of a text, in order.

    >>> [(sorted(map(str, figure.values)), figure.unit) for figure in find_figures("forty per cent of £145k")]
    [(['40'], '%'), (['145000'], 'GBP')]
    """
    return [_figure(match) for match in _NUMBER.finditer(text)]


def _figure(match: re.Match[str]) -> Figure:
    after = " ".join((match["after"] or "").lower().split())
    values = _values(match)
    if suffix := match["suffix"]:
        values = frozenset(value * _SUFFIXES[suffix.lower()] for value in values)
    if after == "pm":
        values |= {value + 12 for value in values if value < 12}
    return Figure(match.start(), match.end(), values, _unit(match["before"], after), match["words"] is not None)


def _unit(before: str | None, after: str) -> str:
    if after in {"%", "per cent", "percent", "in 100", "out of 100"}:
        return PERCENT
    return _CURRENCIES.get((before or after).lower(), "")


def _values(match: re.Match[str]) -> frozenset[Decimal]:
    if match["hour"]:
        return frozenset({Decimal(match["hour"]) + Decimal(match["minute"]) / 100})
    if match["digits"]:
        return _readings(match["digits"])
    return _spoken(match["words"].lower())


def _readings(digits: str) -> frozenset[Decimal]:
    """Every number that the digits mean somewhere: with points for thousands, or for decimals."""
    plain = re.sub(r"[ \u00a0\u202f']", "", digits)
    readings = set()
    if re.fullmatch(r"\d+(?:[.,]\d{3})*", plain):
        readings.add(Decimal(re.sub(r"[.,]", "", plain)))
    whole, _, decimals = plain.replace(",", ".").rpartition(".")
    readings.add(Decimal(f"{whole.replace('.', '') or 0}.{decimals}") if whole else Decimal(decimals))
    return frozenset(reading.normalize() + 0 for reading in readings)


def _spoken(words: str) -> frozenset[Decimal]:
    """What number words may mean; "eight thirty" is 830 and half past eight, as nobody adds the two."""
    pair = _PAIR.fullmatch(words)
    if pair is None:
        return frozenset({_in_words(words)})
    first, second = (_sum(part) for part in pair.groups())
    places = 10 if second < 10 else 100
    return frozenset({Decimal(places * first + second), Decimal(first) + Decimal(second) / places})


def _in_words(words: str) -> Decimal:
    whole, _, decimals = words.partition(" point ")
    value = Decimal(_sum(whole))
    if decimals:
        value = Decimal(f"{value}.{''.join(str(_sum(part)) for part in decimals.split())}")
    return value


def _sum(words: str) -> int:
    total, part = 0, 0
    for word in re.findall(r"[a-z]+", words):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _LARGE:
            total, part = total + (part or 1) * _LARGE[word], 0
        elif word == "dozen":
            part = (part or 1) * 12
        else:
            part += _SMALL.get(word, 0)
    return total + part


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether number words are a number of their own, and no part of a longer one, as "five" is of "twenty-five".

    >>> is_whole("twenty-five", 7, 11), is_whole("two and two", 0, 3)
    (False, True)
    """
    before = _GOES_ON_BEFORE.search(text, max(0, start - 20), start)
    return before is None and _GOES_ON_BEHIND.match(text, end) is None
