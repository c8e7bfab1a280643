"""On whose side of a deal somebody stands, told by mail domains and the names of firms."""

from dataclasses import dataclass
from functools import lru_cache

from summarizer.items import Side
from summarizer.reading.people import folded

_LEGAL = frozenset(
    "ltd limited llc inc incorporated corp corporation co company plc llp lp gmbh ag kg ohg mbh se sa sas "
    "sarl srl spa bv nv ab as asa oy aps kft zrt pty pte sl slu the and und et y en de des du la le les "
    "der die das of group holding holdings".split()
)
_PRIVATE = frozenset(
    "gmail googlemail outlook hotmail live yahoo icloud me gmx web aol proton protonmail orange free".split()
)
_SECOND_LEVEL = frozenset("co com org net ac gov gob".split())
_SHORTEST = 3
_MOST = 0.7
_SURE = 5


@dataclass(frozen=True)
class Firms:
    """The two firms of a deal, as far as they were named."""

    client: str | None
    vendor: str | None

    def of_address(self, email: str | None) -> Side | None:
        """The side whose firm an address names; `None` when it names neither, or both alike."""
        label = _label(email)
        if label is None:
            return None
        client, vendor = _likeness(label, self.client), _likeness(label, self.vendor)
        if client == vendor:
            return None
        return Side.CLIENT if client > vendor else Side.VENDOR

    def of_words(self, words: str) -> Side | None:
        """The side whose firm, by its whole name, stands in the words; `None` when neither or both do."""
        if not words:
            return None
        padded = f" {folded(words)} "
        named = [
            side for side, firm in ((Side.CLIENT, self.client), (Side.VENDOR, self.vendor)) if _names(padded, firm)
        ]
        return named[0] if len(named) == 1 else None


def is_company(email: str | None) -> bool:
    """Whether an address belongs to a firm, and not to a private mailbox."""
    label = _label(email)
    return label is not None and label not in _PRIVATE


def domain(email: str | None) -> str | None:
    """The domain of an address."""
    return email.rpartition("@")[2] if email and "@" in email else None


def _label(email: str | None) -> str | None:
    """The part of a domain that a firm chose: `fenland` of `ann@mail.fenland.co.example`."""
    labels = (domain(email) or "").split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1] if labels else None


def _names(padded: str, firm: str | None) -> bool:
    """Whether the firm's name, with or without its legal form, stands in padded words."""
    own = _tokens(firm)
    whole = folded(firm or "")
    short = " ".join(word for word in whole.split() if word in own)
    return any(name and f" {name} " in padded for name in (whole, short if len(short) >= _SURE else ""))


@lru_cache(maxsize=64)
def _tokens(firm: str | None) -> list[str]:
    words = folded(firm or "").split()
    return [word for word in words if word not in _LEGAL] or words


def _likeness(label: str, firm: str | None) -> float:
    """Which share of a domain's label the firm's words spell in order; 1 for initials, 0 when not most of it."""
    words = _tokens(firm)
    if not words:
        return 0.0
    bare = folded(label).replace(" ", "")
    if len(words) >= _SHORTEST and bare in {_initials(words), _initials(folded(firm or "").split())}:
        return 1.0
    spelt = _spelt(bare, words)
    return spelt / len(bare) if bare and spelt >= max(_SHORTEST, _MOST * len(bare)) else 0.0


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)


def _spelt(bare: str, words: list[str]) -> int:
    """How many characters of a label the beginnings of the words spell, taken in order from its start."""
    at = 0
    for word in words:
        shared = _shared(bare[at:], word)
        if shared >= min(_SHORTEST, len(word)):
            at += shared
    return at


def _shared(rest: str, word: str) -> int:
    length = 0
    for ours, theirs in zip(rest, word, strict=False):
        if ours != theirs:
            break
        length += 1
    return length
