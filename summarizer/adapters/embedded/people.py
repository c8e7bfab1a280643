"""Who is who: people from headers, signatures, turns and what is said of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.adapters.embedded import roles, sides, signs
from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.given_names import GIVEN, WORDS_TOO
from summarizer.adapters.embedded.names import TITLES, Mention, bare, is_place_or_office, mentions
from summarizer.items import Side
from summarizer.ports import Brief, CandidateStakeholder, NumberedPassage
from summarizer.reading.people import natural

LEAST = 0.35
"""Chance from which on a name is taken for a person's; chosen on the training cases."""
LEAST_WITH_ROLE = 0.2
"""The same where the thread says what the bearer is."""
_MAILBOX = re.compile(r"([^\W\d_][^<>;:\n\"]{1,60}?)[\"']?\s*<([\w.+-]+@[\w.-]+\w)>")
_ADDRESS_LINE = re.compile(
    r"^[>|\s]*(?:from|to|cc|bcc|sent by|von|an|van|aan|de|à|para|da|till|til|fra|från|kopie)\s?:\s*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_FULL_NAME = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w.'’-]*){1,3}")
_TO_LINE = re.compile(r"^[>|\s]*(?:to|an|aan|à|para|a|till|til)\s?:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_OPPOSITE = {Side.CLIENT: Side.VENDOR, Side.VENDOR: Side.CLIENT}
_INITIALS = 2
"""Characters up to which a speaker's name in capitals may be initials."""
_MOST_INITIALS = 3
_ROUNDS = 2
"""How far sides are told from one correspondent to the next."""
_SMALL = re.compile(r"(?<![\w'’-])[a-zß-ÿ][\w’'-]+")


@dataclass
class _Known:
    """One person, while the thread is read."""

    name: str
    words: frozenset[str]
    email: str | None = None
    side: Side | None = None
    signature: str | None = None
    mentions: list[tuple[Clause | None, Mention]] = field(default_factory=list)


@dataclass(frozen=True)
class Directory:
    """The people of a thread."""

    people: tuple[CandidateStakeholder, ...]
    client: str | None = None
    vendor: str | None = None
    clauses: Sequence[Clause] = ()
    """All that is said, in the order of time."""

    @cached_property
    def names(self) -> re.Pattern[str] | None:
        """Finds each full name, and each word of one that only one person bears; `None` when nobody is known."""
        words = Counter(word for person in self.people for word in person.name.replace("’", "'").split())
        single = [word for word, count in words.items() if count == 1 and word[0].isupper() and len(word) > 1]
        forms = [person.name for person in self.people] + [
            word for word in single if bare(word) and word.strip(".").lower() not in TITLES
        ]
        forms += [word.lower() for word in single if _is_written_small(word)]
        longest = sorted(set(forms), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)") if longest else None

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that the thread writes small somewhere."""
        return _small(self.clauses)

    def full_name(self, name: str) -> str:
        """The name as the thread writes it in full; the same as given when nobody or more than one is called so."""
        called = self.called(name)
        return called.name if called else name

    def called(self, name: str) -> CandidateStakeholder | None:
        """The one person who bears the name or a part of it."""
        words = bare(name)
        found = [person for person in self.people if words and words <= bare(person.name)]
        found = found or [person for person in self.people if are_initials(name, person.name)]
        return found[0] if len(found) == 1 else None

    def holder(self, role: str) -> str | None:
        """The name of the one person of whom the thread says this role."""
        words = bare(role)
        found = [person.name for person in self.people if person.role and words <= bare(person.role)]
        return found[0] if len(found) == 1 else None


def find(brief: Brief, clauses: Sequence[Clause]) -> Directory:
    """The senders, then those whom headers and texts name."""
    known = _Register(brief, clauses)
    people = tuple(known.candidates())
    return Directory(people, brief.client, brief.vendor, clauses)


class _Register:
    """The people, as they turn up."""

    def __init__(self, brief: Brief, clauses: Sequence[Clause]) -> None:
        self._brief, self._clauses = brief, clauses
        self._firms = bare(brief.client or "") | bare(brief.vendor or "")
        self._known: list[_Known] = []
        self._addresses = _addresses(brief)
        self._add_senders()
        self._add_recipients()
        self._add_mentioned()
        for _ in range(_ROUNDS):
            self._correspond()

    def candidates(self) -> Iterator[CandidateStakeholder]:
        self._merge_initials()
        told = sides.Teller(self._brief, self._clauses, {each.email: each.side for each in self._known if each.email})
        for each in self._known:
            said = [(clause, mention) for clause, mention in each.mentions if clause]
            role = each.signature or roles.stated((mention for _, mention in each.mentions), self._firms)
            role = role or roles.of_oneself(self._spoken_by(each))
            side = each.side or told.side(each.name, each.email, each.mentions, role)
            cite = tuple(dict.fromkeys(clause.number for clause, _ in said))[:1]
            yield CandidateStakeholder(each.name, role, side, each.email, cite)

    def _add_senders(self) -> None:
        headers = "\n".join(self._brief.headers.values())
        for passage in _first_of_each_message(self._brief):
            name = _as_written_in_full(passage.sender or "", headers, self._addresses)
            if not bare(name) or bare(name) <= self._firms or "@" in name or is_place_or_office(name):
                continue
            person = self._person(bare(name)) or self._new(name)
            person.side = person.side or passage.side
            person.signature = person.signature or roles.signed(
                self._brief.headers.get(passage.message, ""), person.name, self._firms
            )

    def _add_recipients(self) -> None:
        for name in _recipients(self._brief):
            words = bare(name)
            if not self._person(words) and not words <= self._firms and not is_place_or_office(name):
                self._new(name)

    def _correspond(self) -> None:
        """Who writes to somebody of one side, or is written to, stands on the other when nothing else is known."""
        for passage in _first_of_each_message(self._brief):
            addressed = next(iter(_addressed(self._brief.headers.get(passage.message, ""))), None)
            sender, other = self._person(bare(passage.sender or "")), self._person(bare(addressed or ""))
            if sender and other and sender is not other:
                for one, another in ((sender, other), (other, sender)):
                    if one.side is None and not _same_domain(one.email, another.email):
                        one.side = _OPPOSITE.get(another.side) if another.side else None

    def _spoken_by(self, person: _Known) -> Iterator[str]:
        return (clause.text for clause in self._clauses if self._person(bare(clause.passage.sender or "")) is person)

    def _merge_initials(self) -> None:
        """ "HW" is Harriet Wolstencroft, when only she has these initials."""
        for short in [each for each in self._known if len(each.name) <= _MOST_INITIALS]:
            bearers = [each for each in self._known if are_initials(short.name, each.name)]
            if len(bearers) == 1:
                bearers[0].side = bearers[0].side or short.side
                bearers[0].mentions += short.mentions
                self._known.remove(short)

    def _person(self, words: frozenset[str]) -> _Known | None:
        """The one known person whose name has these words, or whose known words stand among them."""
        found = [each for each in self._known if words and (words <= each.words or each.words <= words)]
        return found[0] if len(found) == 1 else next((each for each in found if each.words == words), None)

    def _new(self, name: str) -> _Known:
        written = _calmed(name) if name.isupper() and len(name) > _INITIALS else name
        person = _Known(written, bare(name), self._addresses.get(name))
        self._known.append(person)
        return person

    def _add_mentioned(self) -> None:
        for words, said in self._by_name():
            found = self._person(words)
            if found is None:
                if words <= self._firms or not self._is_person([mention for _, mention in said], name=_fullest(said)):
                    continue
                found = self._new(_fullest(said))
            elif len(words) > len(found.words):
                found.name, found.words = _fullest(said), words
            found.mentions += said

    def _is_person(self, said: Sequence[Mention], *, name: str) -> bool:
        if is_place_or_office(name):
            return False
        least = LEAST_WITH_ROLE if roles.stated(said, self._firms) else LEAST
        return signs.chance(said, self._firms) >= least

    def _by_name(self) -> list[tuple[frozenset[str], list[tuple[Clause | None, Mention]]]]:
        """The mentions, those of a longer name first, each shorter one with the longer one that has all its words."""
        by_words: dict[frozenset[str], list[tuple[Clause | None, Mention]]] = {}
        for clause, mention in self._mentions():
            by_words.setdefault(bare(mention.name), []).append((clause, mention))
        grouped: list[tuple[frozenset[str], list[tuple[Clause | None, Mention]]]] = []
        for words in sorted(by_words, key=len, reverse=True):
            home = next((said for longer, said in grouped if words <= longer), None)
            if home is None:
                grouped.append((words, list(by_words[words])))
            else:
                home += by_words[words]
        return grouped

    def _mentions(self) -> Iterator[tuple[Clause | None, Mention]]:
        small = _small(self._clauses)
        for clause in self._clauses:
            for mention in mentions(clause.text, small):
                yield clause, mention
        for header in self._brief.headers.values():
            for line in header.splitlines():
                if not _ADDRESS_LINE.match(line) and "@" not in line:
                    yield from ((None, mention) for mention in mentions(line, small))


def are_initials(short: str, name: str) -> bool:
    """Whether capitals stand for a name of as many words.

    >>> are_initials("HW", "Harriet Wolstencroft"), are_initials("H", "Jan Smit")
    (True, False)
    """
    letters = "".join(word[0] for word in name.split())
    return len(name) > len(short) <= _MOST_INITIALS and short.isupper() and short in {letters, letters[0]}


def _calmed(name: str) -> str:
    """ "ALVA'S IPAD" and "MAEVE O'HARA" with one capital a word."""
    return re.sub(r"[^\W\d_]+(?:['’]S\b)?", lambda word: word.group().capitalize(), name)


def _is_written_small(word: str) -> bool:
    """Whether hasty notes may write this first name small, and not mean an ordinary word."""
    return word.lower() in GIVEN and word.lower() not in WORDS_TOO


def _small(clauses: Sequence[Clause]) -> frozenset[str]:
    """The words that are written small somewhere, and so name nobody at the start of a sentence."""
    return frozenset(word for clause in clauses for word in _SMALL.findall(clause.text))


def _fullest(said: Sequence[tuple[Clause | None, Mention]]) -> str:
    return max((mention.name for _, mention in said), key=lambda name: (len(bare(name)), len(name.split())))


def _first_of_each_message(brief: Brief) -> Iterator[NumberedPassage]:
    """One passage of each message with a sender; full names before short ones, as notes and calls abbreviate."""
    first = {passage.message: passage for passage in reversed(brief.passages) if passage.sender and not passage.quoted}
    return iter(sorted(first.values(), key=lambda passage: -len((passage.sender or "").split())))


def _as_written_in_full(sender: str, headers: str, addresses: Mapping[str, str]) -> str:
    """ "Whitfield, Dana" as "Dana Whitfield", where some signature writes it so."""
    plain = natural(sender)
    if plain in headers:
        return plain
    return next((name for name, address in addresses.items() if address == sender), sender)


def _addresses(brief: Brief) -> dict[str, str]:
    found: dict[str, str] = {}
    for header in brief.headers.values():
        for name, address in _MAILBOX.findall(header):
            found.setdefault(natural(name), address)
    return found


def _recipients(brief: Brief) -> Iterator[str]:
    for header in brief.headers.values():
        for line in _ADDRESS_LINE.findall(header):
            for part in _parts(line):
                name = natural(re.sub(r"[<(\[].*", "", part).strip(" \"'"))
                if _FULL_NAME.fullmatch(name):
                    yield name


def _addressed(header: str) -> Iterator[str]:
    for line in _TO_LINE.findall(header):
        for part in _parts(line):
            yield natural(re.sub(r"[<(\[].*", "", part).strip(" \"'"))


def _same_domain(one: str | None, other: str | None) -> bool:
    return bool(one and other) and (one or "").rpartition("@")[-1] == (other or "").rpartition("@")[-1]


def _parts(line: str) -> Iterable[str]:
    """The addressees of a line: parted by semicolons, or by commas where these are no part of "Last, First"."""
    if ";" in line:
        return line.split(";")
    parts = re.split(r",\s*", line)
    return parts if all(" " in part.strip() for part in parts) else [line]
