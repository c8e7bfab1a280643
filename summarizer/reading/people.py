"""Names and addresses as mail headers write them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 5_000
_ADDRESS = re.compile(r"[\w.+'&/=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BRACKETS = re.compile(r"[<(\[][^<>()\[\]]*@[^<>()\[\]]*[>)\]]?")
_NOISE = " \t\xa0\"'“”„*_,;:<>[]()"
_LETTERS = re.compile(
    r",\s*(?:esq|jr|sr|ph\.?\s?d|m\.?d|r\.?n|mba|m\.?sc|b\.?sc|ll\.?[bm]|cpa|pmp|p\.?e(?:ng)?|[kq]\.?c)\.?$",
    re.IGNORECASE,
)
"""What follows a name and is none: degrees, professions, "Esq."."""
_RECIPIENTS = 200
_WORD = re.compile(r"[^\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "æ": "ae"})


@dataclass(frozen=True)
class Person:
    """Somebody in a header: a name, an address, or both."""

    name: str | None = None
    email: str | None = None

    @property
    def label(self) -> str:
        """`Name <address>`, or whichever of the two is known."""
        return f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email or ""


def person(value: str) -> Person:
    """Who a `From:` names.

    >>> person('"Farthing, Gillian" <g.farthing@council.example>')
    Person(name='Farthing, Gillian', email='g.farthing@council.example')
    """
    value = value[:_LONGEST].replace("mailto:", "")
    address = _ADDRESS.search(value)
    email = address.group().strip(".'").casefold() if address else None
    name = _BRACKETS.sub(" ", value)
    if email and "@" in name:
        name = _ADDRESS.sub(" ", name)
    return Person(_trimmed(" ".join(name.split())) or None, email)


def _trimmed(name: str) -> str:
    """The name without what is set around it; "Registrar (Admissions)" keeps the bracket that it closes."""
    inner = name.strip(_NOISE)
    return f"{inner})" if inner.count("(") > inner.count(")") else inner


def people(value: str) -> tuple[Person, ...]:
    """Everybody whom a `To:` or `Cc:` names, in order.

    >>> [each.name for each in people("Ashe, Dominic; Bright, Terence")]
    ['Ashe, Dominic', 'Bright, Terence']
    """
    named = (person(each) for each in _split(value[:_LONGEST]))
    return tuple(each for each in named if each.label)[:_RECIPIENTS]


def _split(value: str) -> list[str]:
    if ";" in value:
        return value.split(";")
    parts = _at_commas(value)
    if len(parts) == 2 and "@" not in value and all(len(each.split()) == 1 for each in parts):
        return [value]
    return _rejoined(parts)


def _at_commas(value: str) -> list[str]:
    """Split at the commas that stand outside of quotation marks."""
    parts = [""]
    for number, stretch in enumerate(value.split('"')):
        if number % 2:
            parts[-1] += f'"{stretch}"'
            continue
        first, *others = stretch.split(",")
        parts[-1] += first
        parts.extend(others)
    return parts


def _rejoined(parts: list[str]) -> list[str]:
    """`Last, First <address>` was one name, although a comma stands in it."""
    joined: list[str] = []
    for each in parts:
        if joined and "@" in each and "@" not in joined[-1] and len(joined[-1].split()) == 1 and len(each.split()) == 2:
            joined[-1] += f",{each}"
        else:
            joined.append(each)
    return joined


def folded(words: str) -> str:
    """Lower case, no accents, umlauts written out, white space and marks as one space each.

    >>> folded("Brandstätter  Abfülltechnik, Linz")
    'brandstaetter abfuelltechnik linz'
    """
    if words.isascii():
        return " ".join(_WORD.findall(words.casefold()))
    bare = unicodedata.normalize("NFKD", words.casefold().translate(_UMLAUTS))
    return " ".join(_WORD.findall("".join(each for each in bare if not unicodedata.combining(each))))


def natural(name: str) -> str:
    """`Gillian Farthing` for `Farthing, Gillian`, letters behind a comma left out, any other name unchanged.

    >>> natural("Farthing, Gillian"), natural("Charles Ponder, Esq.")
    ('Gillian Farthing', 'Charles Ponder')
    """
    last, comma, first = _LETTERS.sub("", name).partition(",")
    if not comma:
        return last
    return f"{first.strip()} {last.strip()}" if first.strip() and "," not in first else name


def addresses(known: Iterable[Person]) -> dict[str, str]:
    """The address of each folded name that stands with exactly one address; ambiguous names are left out."""
    found: dict[str, set[str]] = {}
    for each in known:
        if each.name and each.email:
            found.setdefault(folded(natural(each.name)), set()).add(each.email)
    return {name: next(iter(emails)) for name, emails in found.items() if len(emails) == 1}


def signs_as(name: str) -> frozenset[str]:
    """The folded ways in which somebody of that name may sign: whole, first, last, initials.

    >>> sorted(signs_as("Beatriz Moura"))
    ['b', 'b m', 'b moura', 'beatriz', 'beatriz m', 'beatriz moura', 'bm', 'm', 'moura', 'moura beatriz']
    """
    words = folded(natural(name)).split()[:5]
    if not words:
        return frozenset()
    first, last = words[0], words[-1]
    pairs = (
        {f"{before} {behind}" for before in (first, first[0]) for behind in (last, last[0])}
        if len(words) > 1
        else set()
    )
    return frozenset(
        {
            " ".join(words),
            " ".join(reversed(words)),
            first,
            last,
            first[0],
            last[0],
            "".join(each[0] for each in words),
            *pairs,
        }
    )
