"""Personal data replaced by placeholders before an engine of somebody else's sees it, and put back into its answers.

Mail and street addresses, telephone numbers, accounts and cards are found by their shape; names are those of senders,
headers, titles and greetings, and those that an engine of ours finds. Evidence is cited by number, so quotes stay as
they are.
"""

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

from summarizer import numbering
from summarizer.adapters.llm.fallback import remembering
from summarizer.advice import Adviser
from summarizer.items import MadeBy, Precedent
from summarizer.ports import Answer, Answers, Brief, Candidate, CandidateStakeholder, Engine, Notice, NumberedPassage
from summarizer.reading.threads import read

_PLACEHOLDER = re.compile(
    r"\b(?:PERSON|MAIL|PHONE|IBAN|CARD|PLACE)_(\d+)(?:_GIVEN|_MIDDLE\d*|_FAMILY)?\b", re.IGNORECASE
)
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

FindsPeople = Callable[[Brief], Iterable[CandidateStakeholder]]
"""The people of a text."""


@dataclass(frozen=True)
class Redacting:
    """An engine that is shown placeholders instead of personal data; its answers come out with the data in them."""

    engine: Engine
    people: FindsPeople
    """Sees everything, so it has to be ours."""

    @property
    def name(self) -> str:
        """That of the engine."""
        return self.engine.name

    def remembering(self, answers: Answers) -> "Redacting":
        """The same with these answers; what is kept holds placeholders only."""
        return Redacting(remembering(self.engine, answers), self.people)

    def draft(self, brief: Brief) -> Generator[Answer, None, None]:
        """The engine's answers, with the data put back, and how much was replaced among the parameters."""
        redactor = Redactor.of(brief, self.people)
        hidden = redactor.brief(brief)
        with closing(cast(Generator[Answer, None, None], self.engine.draft(hidden))) as answers:
            for answer in answers:
                yield redactor.restored(answer)


@dataclass(frozen=True)
class RedactingAdviser:
    """An adviser that is shown placeholders instead of personal data; satisfies `summarizer.advice.Adviser`."""

    adviser: Adviser
    people: FindsPeople
    """As for `Redacting`."""

    @property
    def name(self) -> str:
        """That of the model."""
        return self.adviser.name

    def odds(self, claims: Sequence[str], text: str) -> list[float]:
        """The adviser's; a person has the same placeholder in the text and in all claims."""
        redactor = self._redactor(claims, text)
        return self.adviser.odds([redactor.hidden(claim) for claim in claims], redactor.hidden(text))

    def gains(self, claim: str, text: str) -> list[float] | None:
        """The adviser's, over the placeholders."""
        redactor = self._redactor([claim], text)
        return self.adviser.gains(redactor.hidden(claim), redactor.hidden(text))

    def _redactor(self, claims: Sequence[str], text: str) -> "Redactor":
        source = read(text)
        brief = numbering.brief(numbering.Material([source]), list(numbering.number([source])))
        return Redactor.of(brief, self.people, beside=claims)


@dataclass(frozen=True)
class OwnReader:
    """A reader of ours within somebody else's engine: it sees the brief as written, and answers in placeholders."""

    reader: Engine

    @property
    def name(self) -> str:
        """That of the reader."""
        return self.reader.name

    def draft(self, brief: Brief) -> Iterator[Answer]:
        """The reader's answers; with placeholders where `Redacting` put them into the brief."""
        if not isinstance(brief, HiddenBrief):
            return self.reader.draft(brief)
        return map(brief.redactor.hidden_answer, self.reader.draft(brief.original))


@dataclass
class Redactor:
    """What stands for what in one draft."""

    names: Sequence[str]
    """Full names, the longest first."""
    first: int = 1
    """The lowest number of a placeholder that no text holds already."""
    _placeholders: dict[str, str] = field(default_factory=dict)
    _originals: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, name in enumerate(self.names, self.first):
            for words, placeholder in _parts(name, f"PERSON_{number}"):
                self._enter(words, placeholder)
        known = sorted(self._placeholders, key=len, reverse=True)
        self._known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)") if known else None
        self._numbers: Counter[str] = Counter()

    @classmethod
    def of(cls, brief: Brief, people: FindsPeople, *, beside: Sequence[str] = ()) -> "Redactor":
        """For a brief and what is shown beside it: the names of senders and headers, and those that `people` finds."""
        others = [*beside, *(words for each in brief.precedents for words in (_title(each), each.section, each.text))]
        texts = [*(each.text for each in brief.passages), *brief.headers.values(), *others]
        apart = replace(brief, passages=_numbered(others), precedents=(), headers={})
        found = dict.fromkeys(_names(brief, texts, [*people(brief), *people(apart)]))
        taken = [int(match[1]) for text in texts for match in _PLACEHOLDER.finditer(text)]
        return cls(sorted(found, key=len, reverse=True), max(taken, default=0) + 1)

    def hidden(self, text: str) -> str:
        """The text with placeholders.

        >>> Redactor(["Ada Stone"]).hidden("Ada, mail ada@stone.example or call +44 20 7946 0958. Ada Stone")
        'PERSON_1_GIVEN, mail MAIL_1 or call PHONE_1. PERSON_1'
        """
        for pattern, sort, holds in _SHAPES:
            text = pattern.sub(partial(self._replaced, sort=sort, holds=holds), text)
        return self._known.sub(lambda match: self._placeholders[match[0]], text) if self._known else text

    def shown(self, text: str) -> str:
        """The text with what the placeholders stand for, in whatever case; those that stand for nothing stay."""
        return _PLACEHOLDER.sub(lambda match: self._originals.get(match[0].upper(), match[0]), text)

    def replaced(self, *sorts: str) -> list[str]:
        """What has a placeholder of these sorts (`PHONE`, `MAIL`, …), in the order in which it was found."""
        return [words for words, placeholder in self._placeholders.items() if placeholder.startswith(sorts)]

    def _replaced(self, match: re.Match[str], *, sort: str, holds: Callable[[str], bool]) -> str:
        words = match[0]
        if not holds(words):
            return words
        if words not in self._placeholders:
            self._numbers[sort] += 1
            self._enter(words, f"{sort}_{self.first - 1 + self._numbers[sort]}")
        return self._placeholders[words]

    def _enter(self, words: str, placeholder: str) -> None:
        if words not in self._placeholders:
            self._placeholders[words] = placeholder
            self._originals[placeholder] = words

    def brief(self, brief: Brief) -> "HiddenBrief":
        """The brief with placeholders; firms keep their names."""
        return HiddenBrief(
            passages=[self._passage(each) for each in brief.passages],
            precedents=[self._precedent(each) for each in brief.precedents],
            client=brief.client,
            vendor=brief.vendor,
            deal_type=brief.deal_type,
            headers={number: self.hidden(text) for number, text in brief.headers.items()},
            original=brief,
            redactor=self,
        )

    def _passage(self, passage: NumberedPassage) -> NumberedPassage:
        sender = passage.sender and self.hidden(passage.sender)
        return replace(passage, text=self.hidden(passage.text), sender=sender)

    def _precedent(self, precedent: Precedent) -> Precedent:
        said = {"sow": _title(precedent), "section": precedent.section, "text": precedent.text}
        return precedent.model_copy(update={name: self.hidden(words) for name, words in said.items()})

    def hidden_answer(self, answer: Answer) -> Answer:
        """The answer with placeholders."""
        return _reworded(answer, self.hidden)

    def restored(self, answer: Answer) -> Answer:
        """The answer with what the placeholders stand for; without a mail address that is none even then."""
        if isinstance(answer, MadeBy):
            return answer.model_copy(update={"parameters": {**answer.parameters, "redacted": len(self._originals)}})
        said = _reworded(answer, self.shown)
        if isinstance(said, CandidateStakeholder) and "@" not in (said.email or ""):
            return replace(said, email=None)
        return said


@dataclass(frozen=True, kw_only=True)
class HiddenBrief(Brief):
    """A brief with placeholders; printed, it shows nothing else."""

    original: Brief = field(repr=False)
    redactor: Redactor = field(repr=False)


def _reworded(answer: Answer, words: Callable[[str], str]) -> Answer:
    """The answer with all that it says put in other words."""
    if not isinstance(answer, Candidate | CandidateStakeholder | Notice):
        return answer
    said: dict[str, Any] = {name: words(value) for name, value in vars(answer).items() if type(value) is str}
    return replace(answer, **said)


def _title(precedent: Precedent) -> str:
    """The name of a past SOW, its words apart also where it is that of a file."""
    return precedent.sow.replace("_", " ")


def _numbered(texts: Sequence[str]) -> list[NumberedPassage]:
    """Texts as passages, each a message of its own."""
    return [NumberedPassage(number, text, number, None, None, None) for number, text in enumerate(texts, start=1)]


def _parts(name: str, placeholder: str) -> Iterator[tuple[str, str]]:
    """The name, and its words where they can stand alone."""
    yield name, placeholder
    words = [word for word in name.split() if word.strip(".").lower() not in _WORDS_OF_NO_NAME]
    between = [f"MIDDLE{number}" for number in range(1, len(words) - 1)]
    for word, part in zip(words, ["GIVEN", *between, "FAMILY"], strict=False):
        if len(word) >= _SHORTEST and word != name:
            yield word, f"{placeholder}_{part}"


def _names(brief: Brief, texts: Sequence[str], people: Sequence[CandidateStakeholder]) -> Iterator[str]:
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


_SHAPES: Sequence[tuple[re.Pattern[str], str, Callable[[str], bool]]] = (
    (_MAIL, "MAIL", lambda _: True),
    (_IBAN, "IBAN", _is_iban),
    (_CARD, "CARD", _is_card),
    (_PHONE, "PHONE", _is_phone),
    (_PLACE, "PLACE", lambda _: True),
)
