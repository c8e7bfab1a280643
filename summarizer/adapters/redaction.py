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
from summarizer.adapters.personal_data import SHAPES, names_in, parts_of
from summarizer.advice import Adviser
from summarizer.items import MadeBy, Precedent
from summarizer.ports import Answer, Answers, Brief, Candidate, CandidateStakeholder, Engine, Notice, NumberedPassage
from summarizer.reading.threads import read

_PLACEHOLDER = re.compile(
    r"\b(?:PERSON|MAIL|PHONE|IBAN|CARD|PLACE)_(\d+)(?:_GIVEN|_MIDDLE\d*|_FAMILY)?\b", re.IGNORECASE
)

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
            for words, placeholder in parts_of(name, f"PERSON_{number}"):
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
        found = dict.fromkeys(names_in(brief, texts, [*people(brief), *people(apart)]))
        taken = [int(match[1]) for text in texts for match in _PLACEHOLDER.finditer(text)]
        return cls(sorted(found, key=len, reverse=True), max(taken, default=0) + 1)

    def hidden(self, text: str) -> str:
        """The text with placeholders.

        >>> Redactor(["Ada Stone"]).hidden("Ada, mail ada@stone.example or call +44 20 7946 0958. Ada Stone")
        'PERSON_1_GIVEN, mail MAIL_1 or call PHONE_1. PERSON_1'
        """
        for pattern, sort, holds in SHAPES:
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
