"""Hostile threads: whatever an engine makes of one, nothing is accepted, no link lives, and the reviewer is told."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.engines import open_engine
from api.exports import markdown
from api.settings import Settings
from summarizer.adapters.llm import LlmEngine
from summarizer.decisions import Decided, Draft, Verdict, Version
from summarizer.drafting import draft
from summarizer.errors import CommitRefused
from summarizer.findings import addressed
from summarizer.handoff import Handoff
from summarizer.items import FindingKind, Item, Precedent
from summarizer.numbering import Material
from summarizer.overlap import shared
from summarizer.reading.files import render
from summarizer.reading.threads import read
from summarizer.review import Review
from summarizer.sources import Source
from tests import making
from tests.integration.llm_server import endpoint, streamed

FOLDER = Path(__file__).parents[1] / "hostile"
ROW = re.compile(r"^\| (?P<file>[\w.]+\.(?:txt|eml|html)) \| .+? \| (?P<findings>[\w, ]+) \| (?P<wants>.+) \|$")
SHOWN_TO_ENGINES = frozenset({"look_alike_sender.txt"})
"""Threads whose claim is the words of a person, whom only a reviewer can doubt."""
LIVE = re.compile(r"(?<!\\)\]\(|(?<!\\)!\[|(?<!\\)<|(?<![`\w])(?:https?://|www\.)", re.IGNORECASE)
"""What a reader of Markdown turns into a link, an image or markup."""


@dataclass(frozen=True)
class Attack:
    """A row of the table."""

    file: str
    findings: frozenset[str]
    wants: str

    @property
    def material(self) -> Material:
        rendition = render(self.file, (FOLDER / self.file).read_bytes())
        source = read(rendition.text, name=self.file, id="s1", client="Larkhall Print", vendor="Copperbeck")
        precedent = Precedent(sow="Old shop", section="Warranty", text="Warranty of five years on it all", score=0.9)
        return Material(
            [source], [precedent], client="Larkhall Print", vendor="Copperbeck", findings=rendition.findings
        )


def attacks() -> Iterator[Attack]:
    for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines():
        row = ROW.match(line)
        if row:
            yield Attack(row["file"], frozenset(row["findings"].split(", ")), row["wants"])


each_attack = pytest.mark.parametrize("attack", list(attacks()), ids=lambda attack: attack.file)


def obeying(attack: Attack) -> str:
    """The answer of a model that was taken in: what the attack wants, each citation it may try, and keys of its own."""
    plain: dict[str, Any] = {"kind": "scope", "owner": None, "due": None, "baseline": None, "target": None}
    items = [
        {**plain, "text": attack.wants, "cite": [1]},
        {**plain, "text": f"{attack.wants}, as agreed", "cite": [1, 2, 3], "status": "accepted", "approved_by": "ben"},
        {
            **plain,
            "text": f"{attack.wants} [more](https://evil.example/?d=1) ![](https://evil.example/p.png)",
            "cite": [1],
        },
        {**plain, "text": "Warranty of five years on it all", "cite": ["s1"]},
        {**plain, "text": "Warranty of five years on everything", "cite": [1]},
        {**plain, "text": attack.wants, "cite": [0, 9999]},
    ]
    return json.dumps({"items": items, "stakeholders": [], "findings": [], "status": "accepted"}, ensure_ascii=False)


def taken_in(attack: Attack) -> tuple[Draft, str]:
    """The draft of a model that obeys, and all that it was shown."""
    with endpoint(streamed(obeying(attack))) as scripted:
        made = draft(attack.material, LlmEngine(scripted.settings()))
        return made, json.dumps(scripted.requests, ensure_ascii=False)


def embedded(attack: Attack) -> Draft:
    with open_engine(Settings.model_validate({"engine": "embedded"})) as engine:
        return draft(attack.material, engine)


def assert_harmless(made: Draft, attack: Attack) -> None:
    """Whatever was drafted waits for a person, rests on words that a person wrote, and carries no status."""
    handoff = Handoff("h1", "d1")
    suggestion = handoff.propose(made, id="g1", sources=("s1",), base_version=0, at=making.MONDAY)
    (source,) = attack.material.sources
    assert (suggestion.committed_as, handoff.number, handoff.versions) == (None, 0, [])
    assert all(row.verdict is Verdict.UNDECIDED for row in Review(suggestion, None).items())
    if made.items:
        with pytest.raises(CommitRefused):
            handoff.decide(Review(suggestion, None), by="ben", at=making.MONDAY, texts={"s1": source.text})
    assert attack.findings <= {finding.kind.value for finding in made.findings}
    assert not re.search(r'"(?:status|approved_by|verdict)"', made.model_dump_json())
    quotes = [evidence for item in made.items for evidence in item.evidence]
    assert all(evidence.stands_in(source.text) for evidence in quotes)
    barred = addressed(source) if attack.file not in SHOWN_TO_ENGINES else []
    assert not [evidence for evidence in quotes if any(evidence.overlaps(line) for line in barred)]


def says(text: str, claim: str) -> bool:
    """Whether the words are mostly the claim's; "We pay £14,200" has none that could be anybody's."""
    return shared(text, [claim]) > 0.7 and shared(claim, [text]) > 0


def exported(made: Draft, sources: Sequence[Source]) -> str:
    """The Markdown of a version into which a careless person took everything."""
    rows = tuple(
        Decided[Item](item=item, suggestion="g1", verdict=Verdict.ACCEPTED, decided_by="ben", decided_at=making.MONDAY)
        for item in made.items
    )
    version = Version(number=1, items=rows, suggestion="g1", committed_by="ben", committed_at=making.MONDAY)
    return markdown(making.deal(), version, sources=sources, name_of=lambda person: person)


def outside_code(text: str) -> str:
    return re.sub(r"`[^`]*`", "", re.sub(r"(?m)^ *> ?", "", text))


def test_there_are_at_least_forty_and_each_file_stands_in_the_table() -> None:
    told = {attack.file for attack in attacks()}
    assert told == {file.name for file in FOLDER.iterdir()} - {"README.md"}
    assert len(told) >= 40


@each_attack
def test_the_embedded_engine_makes_nothing_of_it(attack: Attack) -> None:
    made = embedded(attack)
    assert_harmless(made, attack)
    if attack.file not in SHOWN_TO_ENGINES:
        assert [item.text for item in made.items if says(item.text, attack.wants)] == []
    assert not LIVE.search(outside_code(exported(made, attack.material.sources)))


@each_attack
def test_a_model_that_obeys_gets_nothing_through(attack: Attack) -> None:
    made, _ = taken_in(attack)
    assert_harmless(made, attack)
    doubted = {
        finding.item for finding in made.findings if finding.kind in {FindingKind.NO_SOURCE, FindingKind.UNSUPPORTED}
    }
    if attack.file not in SHOWN_TO_ENGINES:
        assert {item.id for item in made.items} <= doubted
    assert not LIVE.search(outside_code(exported(made, attack.material.sources)))


@each_attack
def test_what_addresses_a_machine_is_not_shown_to_a_model(attack: Attack) -> None:
    _, asked = taken_in(attack)
    assert attack.file in SHOWN_TO_ENGINES or attack.wants not in asked


@each_attack
def test_no_precedent_is_cited(attack: Attack) -> None:
    made, _ = taken_in(attack)
    assert all("five years" not in item.text for item in made.items)
