"""How much personal data of labelled cases stands in what an endpoint would be sent. `python -m eval.bench_redaction`

What is looked for: mail addresses, and the names of the labelled stakeholders wherever a passage, its sender or a
header holds them. Telephone numbers have no labels; the stretches that were taken for one are listed instead.
"""

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields

from rich.console import Console
from rich.table import Table

from eval.cases import Case, read_cases
from summarizer.adapters.embedded import people_in
from summarizer.adapters.redaction import Redactor
from summarizer.numbering import Material, brief, number
from summarizer.ports import Brief
from summarizer.reading.threads import read

_MAIL = re.compile(r"\S+@\S+\.\w+")


@dataclass
class Counts:
    """What stood in the briefs before, and what is still there."""

    addresses: int = 0
    addresses_left: int = 0
    people: int = 0
    """Labelled names that a brief holds, each once a case."""
    people_left: int = 0
    full_names: int = 0
    """Those of two words and more."""
    full_names_left: int = 0
    mentions: int = 0
    """How often these names stand in passages and headers."""
    mentions_left: int = 0

    def add(self, other: "Counts") -> None:
        """Count both."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def brief_of(case: Case) -> Brief:
    """What an engine is given of the case."""
    deal = case.deal
    source = read(case.pasted, name=case.id, id=case.id, client=deal.client, vendor=deal.vendor)
    material = Material([source], client=deal.client, vendor=deal.vendor, deal_type=deal.deal_type)
    return brief(material, list(number(material.sources)))


def count(case: Case, before: Brief, after: Brief) -> Counts:
    """How the case's data fared."""
    was, now = _written(before), _written(after)
    counts = Counts(addresses=len(_MAIL.findall(was)), addresses_left=len(_MAIL.findall(now)))
    for name in {each.name for each in case.gold.stakeholders}:
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        stood, stands = len(pattern.findall(was)), len(pattern.findall(now))
        if stood:
            full = len(name.split()) > 1
            counts.add(Counts(0, 0, 1, stands > 0, full, full and stands > 0, stood, stands))
    return counts


def _written(brief: Brief) -> str:
    senders = {each.message: each.sender or "" for each in brief.passages}
    return "\n".join([*(each.text for each in brief.passages), *brief.headers.values(), *senders.values()])


def main(split: str) -> None:
    """Print the table."""
    total, taken, numbers = Counts(), 0.0, list[str]()
    cases = read_cases(split).cases
    for case in cases:
        before = brief_of(case)
        began = time.perf_counter()
        redactor = Redactor.of(before, people_in)
        after = redactor.brief(before)
        taken += time.perf_counter() - began
        total.add(count(case, before, after))
        numbers += redactor.replaced("PHONE", "IBAN", "CARD")
    table = Table("what", "stood there", "still stands", "caught", title=f"{len(cases)} cases of {split}")
    for row in _rows(total):
        table.add_row(*row)
    Console().print(table, f"Taken for numbers of phones, accounts or cards: {', '.join(numbers) or 'nothing'}")
    Console().print(f"{taken / len(cases):.2f} s a case")


def _rows(total: Counts) -> Iterator[tuple[str, ...]]:
    for name in ("addresses", "people", "full_names", "mentions"):
        stood, stands = getattr(total, name), getattr(total, f"{name}_left")
        yield name.replace("_", " "), str(stood), str(stands), f"{1 - stands / max(stood, 1):.1%}"


if __name__ == "__main__":
    main(*sys.argv[1:2] or ["train"])
