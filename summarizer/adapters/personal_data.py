"""Personal data in a text: what has the shape of it, and what is somebody's name."""

import re
from collections.abc import Callable, Iterator, Sequence

from summarizer.ports import Brief, CandidateStakeholder

_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<![\w.,-])\d(?:[ -]?\d){12,18}(?![\w-])")
_PHONE = re.compile(
    r"(?<![\w.,£$€-])(?:(?<!/)(?:\+\d|\(0|0)[\d ().\-/\u00a0]{6,18}\d"
    r"|(?:1[-. ])?(?:\(?\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4})(?!\w|[.,-]\d)"
)
_STREETS = (
    "Street St Road Rd Avenue Ave Lane Drive Boulevard Blvd Square Terrace Crescent Close Court Place Quay Row Highway "
    "Parkway"
)
_PLACE = re.compile(
    rf"(?<![\w.,/-])\d{{1,5}}[A-Za-z]?,? (?:[^\W\d_a-z][\w'’.-]* ){{1,3}}(?:{_STREETS.replace(' ', '|')})\b"
    r"|\b[^\W\d_a-z][\w-]*(?:straße|strasse|str\.|weg|gasse|allee|straat|laan|gracht|gatan|vej) \d+[a-z]?\b"
    r"|(?<![\w.,/-])\d{1,4},? (?:rue|avenue|boulevard|place|quai|via|viale|calle|avenida|rua) "
    r"(?:(?:de|du|des|la|le|del|della|do|da) ){0,2}[^\W\d_a-z][\w'’-]+"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
_DATE = re.compile(r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?|\d{1,2}[./-](?:19|20)\d\d)(?: |$)")
_HEADER = re.compile(r"^\s*(?:from|to|cc|bcc|von|an|de|à)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_BEFORE_ADDRESS = re.compile(r"\"?([^\W\d_][^<>@\"\n;,:]{1,60}?)\"?\s*<[^<>\s]+@")
_PARTICLES = (
    "von van de der den dem di da du la le bin ibn bint al el del della dei do dos das des ten ter zu zum zur las los "
    "af av und e y i"
)
_CAPITALISED = r"(?:[a-z]{1,2}['’-])?[^\W\d_a-z][\w'’.-]*"
_NAME = re.compile(
    r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3}"
    rf"|{_CAPITALISED}(?: (?:{_CAPITALISED}|{_PARTICLES.replace(' ', '|')})){{4,9}}"
)
"""Up to four words; more where they are written as names are."""
_TITLES = (
    "Mr Mrs Ms Miss Mx Dr Prof Sir Dame Lord Lady Captain Cllr Councillor Commander Father Sister Canon Herr Frau Mme "
    "Madame Monsieur Sig Signora Dott Engr Atty Ing Professor Reverend Admiral Superintendent Inspector mr mrs dr"
)
_TITLED = re.compile(rf"\b(?:{_TITLES.replace(' ', '|')})\b\.? ([^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?)")
_GREETED = re.compile(
    r"^\W*(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Mm]orning),? ([^\W\d_a-z][\w'’-]+)(?=\s*[,.!?\n-]|$)", re.MULTILINE
)
_WORDS_OF_NO_NAME = frozenset(f"{_TITLES} {_PARTICLES}".lower().split())
_GREETED_BY_NO_NAME = frozenset("all both team everyone everybody folks colleagues sir sirs madam there again".split())
_ORDINARY = re.compile(r"(?<![\w@.])[a-z]{3,}(?![\w@])")
_SHORTEST = 3
"""Letters of a part of a name that is replaced where it stands alone."""


def parts_of(name: str, placeholder: str) -> Iterator[tuple[str, str]]:
    """The name, and its words where they can stand alone."""
    yield name, placeholder
    words = [word for word in name.split() if word.strip(".").lower() not in _WORDS_OF_NO_NAME]
    between = [f"MIDDLE{number}" for number in range(1, len(words) - 1)]
    for word, part in zip(words, ["GIVEN", *between, "FAMILY"], strict=False):
        if len(word) >= _SHORTEST and word != name:
            yield word, f"{placeholder}_{part}"


def names_in(brief: Brief, texts: Sequence[str], people: Sequence[CandidateStakeholder]) -> Iterator[str]:
    """Names as written in senders, headers, after titles, and those of the people who were found in the texts."""
    text = "\n".join(texts)
    listed = [re.split(r"[<(]", part)[0] for line in _HEADER.findall(text) for part in re.split(r"[;,]", line)]
    ordinary = set(_ORDINARY.findall(text))
    greeted = (name for name in _GREETED.findall(text) if name.lower() not in ordinary | _GREETED_BY_NO_NAME)
    people_found = (each.name for each in people if not set(each.name.lower().split()) <= ordinary)
    senders = (each.sender for each in brief.passages if each.sender)
    firms = {word for firm in (brief.client, brief.vendor) if firm for word in (firm, *firm.split())}
    before = (re.split(r"\(", name)[0] for name in _BEFORE_ADDRESS.findall(text))
    for words in (*senders, *before, *listed, *_TITLED.findall(text), *greeted, *people_found):
        name = _in_order(re.sub(r"['’]s$", "", words.strip().strip("\"'")))
        if len(name) >= _SHORTEST and _NAME.fullmatch(name) and name not in firms:
            yield name


def _in_order(name: str) -> str:
    """The name with the given name first.

    >>> _in_order("Stone, Ada"), _in_order("Ada Stone")
    ('Ada Stone', 'Ada Stone')
    """
    family, _, given = name.partition(", ")
    return f"{given} {family}".strip()


def _digits(words: str) -> list[int]:
    return [int(sign) for sign in words if sign.isdigit()]


def _is_card(words: str) -> bool:
    """Whether the digits pass Luhn's check (ISO/IEC 7812-1)."""
    doubled = [
        digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(_digits(words)[::-1])
    ]
    return sum(doubled) % 10 == 0


def _is_iban(words: str) -> bool:
    """Whether the check digits are right (ISO 13616): the rest of a division by 97 is 1."""
    plain = words.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _is_phone(words: str) -> bool:
    """Whether it has as many digits as telephone numbers have, and is no date."""
    return 8 <= len(_digits(words)) <= 15 and not _DATE.match(words)


SHAPES: Sequence[tuple[re.Pattern[str], str, Callable[[str], bool]]] = (
    (_MAIL, "MAIL", lambda _: True),
    (_IBAN, "IBAN", _is_iban),
    (_CARD, "CARD", _is_card),
    (_PHONE, "PHONE", _is_phone),
    (_PLACE, "PLACE", lambda _: True),
)
"""Pattern, the sort that its placeholder is named by, and what the words have to hold."""
