"""What a simpler engine proposes, shown to the model as numbered suggestions that it takes over or leaves out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.adapters.llm.schema import Proposal
from summarizer.errors import EngineError
from summarizer.overlap import shared
from summarizer.ports import Brief, Candidate, CandidateStakeholder, Engine, NumberedPassage, Pulse

_AS_SAID = 0.8
"""From this share of its words on a suggestion says what its passages say, and these stand in the prompt already."""


@dataclass(frozen=True)
class Hints:
    """Suggestions; their numbers count from 1."""

    proposals: tuple[Proposal, ...] = ()

    @property
    def name_people(self) -> bool:
        """Whether somebody is suggested, so that the model need not look for people in headers."""
        return any(isinstance(each, CandidateStakeholder) for each in self.proposals)

    def within(self, window: range) -> "Hints":
        """Those that rest on these passages, numbered anew; with the first passage also those that rest on none."""
        inside = [each for each in self.proposals if all(number in window for number in each.cite)]
        return Hints(tuple(each for each in inside if each.cite or 1 in window))

    def lines(self, passages: Sequence[NumberedPassage]) -> Iterator[str]:
        """What is shown of each: kind and passages, and the words where they are not those of the passages."""
        for each in self.proposals:
            yield _of_a_person(each) if isinstance(each, CandidateStakeholder) else _of_an_item(each, passages)


NO_HINTS = Hints()


def gathered(engine: Engine | None, brief: Brief) -> Iterator[Proposal | Pulse]:
    """What the engine proposes: items in the order of the text, then people; nothing where it fails."""
    if engine is None:
        return
    items: list[Candidate] = []
    people: list[CandidateStakeholder] = []
    try:
        for answer in engine.draft(brief):
            if isinstance(answer, Candidate):
                items.append(answer)
            elif isinstance(answer, CandidateStakeholder):
                people.append(answer)
            elif isinstance(answer, Pulse):
                yield answer
    except EngineError:
        return
    yield from sorted(items, key=lambda item: item.cite)
    yield from people


def _of_an_item(item: Candidate, passages: Sequence[NumberedPassage]) -> str:
    line = f"{item.kind} [{','.join(map(str, item.cite))}]"
    cited = [passages[number - 1].text for number in item.cite]
    return line if shared(item.text, cited) >= _AS_SAID else f"{line} {item.text}"


def _of_a_person(person: CandidateStakeholder) -> str:
    return ", ".join(filter(None, [person.name, person.role, person.side and person.side.value.replace("_", " ")]))
