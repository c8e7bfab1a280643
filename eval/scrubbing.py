"""Personal data of a text replaced by stand-ins of the same shape; what was cited before can be cited after.

Known names are replaced wherever they stand; addresses and numbers are found by their shape. A name that only the text
knows can stay: so a person reads each case that was made in this way before it counts.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.stand_ins import FIRMS, PEOPLE, digest, digits_for, in_the_shape_of, stand_ins

_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]+|(?<![\w@.-])(?:[\w-]+\.)+(?:com|org|net|io|co|biz|info|eu|uk|ie|de|fr|nl|at|ch|us|ca"
    r"|au|example)(?:/[^\s<>\"')\]]*)?(?![\w-])",
    re.IGNORECASE,
)
_NUMBERS = (
    re.compile(r"(?<![\w.,£$€-])(?:\+\d|\(?0)[\d ().\-/\u00a0]{6,}\d(?!\w|,\d)"),
    re.compile(r"(?<![\w.,£$€-])\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\w)"),
    re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}(?: ?[A-Z0-9]{1,4})?(?!\w)"),
    re.compile(r"(?<![\w.,£$€-])\d{9,}(?![\w.,]?\d)"),
)
_STREET = re.compile(
    r"(?<!\w)\d+[a-z]?\s+(?:[A-Z][\w'’]+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Way|Drive|Close|Square|Court|Place"
    r"|Boulevard)(?!\w)"
)
_POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?!\w)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_GREETED = re.compile(r"^[>\s]*(?i:hi|hello|hey|dear|morning|good morning)[ ,]+([A-Z][\w'’-]+)", re.MULTILINE)
_SIGNED = re.compile(
    r"^[>\s]*(?i:(?:best|kind|warm)?\s*(?:regards|wishes)|cheers|thanks|best)[,.! ]*\n[>\s]*([A-Z][\w'’-]+)",
    re.MULTILINE,
)
_TITLED = re.compile(r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Herr|Frau|Mme)\.? ([A-Z][\w'’-]+)")
_MID_SENTENCE = re.compile(r"(?<=[^\W\d_] |, |: )[^\W\d_]{3,}(?!\w)")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]{2,})?")
_GENERIC = frozenset(
    "the and und of for group ltd limited llc inc plc gmbh ag bv sa co company corp corporation holdings "
    "partners partner services service solutions systems digital consulting consultants agency studio studios "
    "works software technologies technology tech labs media design engineering logistics foods food bank hotel "
    "hotels school schools university college hospital clinic clinics council city county trust foundation "
    "association society international national global europe north south east west new royal energy water "
    "power transport retail stores store shop shops freight shipping mr mrs ms miss dr prof sir daughters sons "
    "brothers".split()
)
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep oct nov dec mon tue wed thu fri "
    "sat sun".split()
)
_ALSO_WORDS = frozenset(
    "will mark rose grant bill art chase dean drew faith frank grace hope jack joy may june april august miles "
    "nick pat penny rich rob sandy sky sue summer violet ward wood young white black brown green long short "
    "price page bell cook carter field fields ford hall hill king lake lane law love may miller moon north "
    "park parks power reed rice stone street sun waters west winter".split()
)
"""Names that are words as well: replaced with a capital only, as are the later words of a firm's name."""


@dataclass(frozen=True)
class Replacement:
    """A stretch of a text and what takes its place."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Scrubbed:
    """A text with stand-ins, and how its offsets moved."""

    text: str
    replacements: Sequence[Replacement]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the original stands now; one that cuts through a replacement takes all of it."""
        return self._moved(start, at_end=False), self._moved(end, at_end=True)

    def _moved(self, offset: int, *, at_end: bool) -> int:
        shift = 0
        for each in self.replacements:
            if each.end <= offset:
                shift += len(each.words) - (each.end - each.start)
            elif each.start < offset:
                return each.start + shift + (len(each.words) if at_end else 0)
        return offset + shift


class Scrubber:
    """Replaces what is personal, in the same way in every text that it is given."""

    def __init__(self, *, people: Iterable[str], firms: Iterable[str], salt: str) -> None:
        self._salt = salt
        named = [word for name in people if "@" not in name for word in _name_words(name)]
        firms = list(firms)
        called = [word for firm in firms for word in _name_words(firm)]
        first = {_plain(word) for firm in firms for word in [*_name_words(firm)][:1]}
        self._firms = stand_ins(map(_plain, called), FIRMS, salt=salt)
        self._names = self._firms | stand_ins(map(_plain, named), PEOPLE, salt=salt)
        self._strangers = [each for each in PEOPLE if each.lower() not in self._names]
        self._domains: dict[str, str] = {}
        self._capital_only = {*_ALSO_WORDS, *(_plain(word) for word in called)} - (first - _ALSO_WORDS)
        self._name = _any_of({*named, *called, *self._names})

    def scrub(self, text: str) -> Scrubbed:
        """The text with stand-ins."""
        found = sorted(self._found(text), key=lambda each: each.start)
        parts, at = [], 0
        for each in found:
            parts += [text[at : each.start], each.words]
            at = each.end
        return Scrubbed("".join([*parts, text[at:]]), found)

    def __call__(self, text: str) -> str:
        """The scrubbed words of a short text, such as a name."""
        return self.scrub(text).text

    def _found(self, text: str) -> list[Replacement]:
        found: list[Replacement] = []
        for pattern, replaced in self._rules():
            for match in pattern.finditer(text):
                free = all(match.end() <= each.start or each.end <= match.start() for each in found)
                words = replaced(match.group()) if free else None
                if words is not None:
                    found.append(Replacement(*match.span(), words))
        return found

    def _rules(self) -> Iterator[tuple[re.Pattern[str], Callable[[str], str | None]]]:
        """The patterns, the surest first, and what takes the place of a match; `None` lets it stand."""
        yield _MAIL, self._mail
        yield _URL, self._url
        yield from ((pattern, self._number) for pattern in _NUMBERS)
        yield _STREET, self._street
        yield _POSTCODE, self._postcode
        if self._name:
            yield self._name, self._named

    def _named(self, word: str) -> str | None:
        plain = _plain(word)
        if plain not in self._names or (word.islower() and plain in self._capital_only):
            return None
        return in_the_shape_of(word, self._names[plain])

    def _mail(self, address: str) -> str:
        local, _, domain = address.partition("@")
        parts = re.split(r"([._+'-])", local)
        return f"{''.join(self._local(part) for part in parts)}@{self._domain(domain)}"

    def _local(self, part: str) -> str:
        if not part.isalnum():
            return part
        low = _plain(part)
        stand_in = (stand_ins([low], self._strangers, salt=self._salt) | self._names)[low].lower()
        return stand_in if len(part) > 1 else stand_in[0]

    def _domain(self, domain: str) -> str:
        """That of the firm's stand-in where the host holds the firm's name; no two hosts share one while they last."""
        host = domain.lower().removeprefix("www.").rstrip(".")
        if host not in self._domains:
            self._domains[host] = self._firm_in(host) or self._free_domain(host)
        return f"{self._domains[host]}.example"

    def _firm_in(self, host: str) -> str | None:
        held = {host.index(firm): firm for firm in self._firms if len(firm) > 3 and firm in host}
        return self._firms[held[min(held)]].lower() if held else None

    def _free_domain(self, host: str) -> str:
        taken = {*self._domains.values(), *(each.lower() for each in self._firms.values())}
        free = [each.lower() for each in FIRMS if each.lower() not in taken] or [each.lower() for each in FIRMS]
        return free[digest(self._salt, host) % len(free)]

    def _url(self, url: str) -> str:
        match = re.match(r"((?:https?://)?(?:www\.)?)([^/?#]+)(.*)", url, re.IGNORECASE | re.DOTALL)
        assert match is not None
        scheme, host, path = match.groups()
        stop = "." if url.endswith(".") else ""
        return f"{scheme}{self._domain(host)}{'/page' if path.strip('/.') else path.rstrip('.')}{stop}"

    def _number(self, number: str) -> str | None:
        few = sum(each.isdigit() for each in number) < 9
        return None if few or _DATE.match(number) else digits_for(number, salt=self._salt)

    def _street(self, street: str) -> str:
        key = digest(self._salt, street.lower())
        return f"{key % 90 + 1} {FIRMS[key % len(FIRMS)]} {street.rsplit(maxsplit=1)[-1]}"

    def _postcode(self, code: str) -> str:
        key = digest(self._salt, code)
        return "".join(
            str((key >> n) % 10) if each.isdigit() else "XYZ"[(key >> n) % 3] if each.isalpha() else each
            for n, each in enumerate(code)
        )


def _name_words(name: str) -> Iterator[str]:
    """The words of a name that tell whose it is."""
    return (word for word in _WORD.findall(name) if word.lower() not in _GENERIC | _CALENDAR)


def _plain(word: str) -> str:
    """The word in lower case and without accents, as addresses write it."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    return "".join(each for each in letters if not unicodedata.combining(each))


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?=s?(?![^\W_]))", re.IGNORECASE) if words else None


def addressed(text: str) -> set[str]:
    """Names by which somebody is greeted in the text, or signs, or that follow a title."""
    return {match.group(1) for pattern in (_GREETED, _SIGNED, _TITLED) for match in pattern.finditer(text)}


def left_capitalised(scrubbed: Scrubbed) -> list[str]:
    """Words in the middle of a sentence that a capital marks as names and that are no stand-ins."""
    ours = {each.lower() for each in (*PEOPLE, *FIRMS)} | _CALENDAR | _GENERIC | _ALSO_WORDS
    found = {word for word in _MID_SENTENCE.findall(scrubbed.text) if word[0].isupper()}
    return sorted(word for word in found if word.lower() not in ours)
