"""A version as a document: what is quoted in it, and whose words they are."""

from datetime import date

import pytest

from api.exports import file_name, markdown
from summarizer.decisions import Decided, Verdict, Version
from summarizer.items import Assertion, Item, Kind, Side, Stakeholder
from summarizer.reading.threads import read
from summarizer.sources import Source
from tests import making

THREAD = """From: Dana Reyes <dana@farrowgate.example>
To: Imogen Tarrant <imogen@copperbeck.example>
Date: Mon, 2 Mar 2026 09:14
Subject: Portal

We need a portal
with single sign-on.

From: Imogen Tarrant <imogen@copperbeck.example>
To: Dana Reyes <dana@farrowgate.example>
Date: Tue, 3 Mar 2026 10:02
Subject: Re: Portal

We will build the portal.
"""
PORTAL = """- **1** A portal · owner: Dana Reyes · due 11 May 2026

  > We need a portal
  > with single sign-on.
  >
  > — Dana Reyes, 2 Mar 2026, “Portal thread”

  > We will build the portal.
  >
  > — Imogen Tarrant, 3 Mar 2026, “Portal thread”

  *Accepted by ben, 2 Mar 2026*

- **2** A call a week

  Asserted by ben: by phone

  *Edited by mia\\_k, 2 Mar 2026*
"""


def decided(item: Item, *, verdict: Verdict = Verdict.ACCEPTED, by: str = "ben") -> Decided[Item]:
    return Decided[Item](item=item, suggestion="g1", verdict=verdict, decided_by=by, decided_at=making.MONDAY)


def version(*items: Decided[Item], people: tuple[Decided[Stakeholder], ...] = (), number: int = 1) -> Version:
    return Version(
        number=number,
        items=items,
        stakeholders=people,
        suggestion="g1",
        committed_by="ben",
        committed_at=making.MONDAY,
    )


def exported(made: Version, *sources: Source) -> str:
    return markdown(making.deal(), made, sources=sources, name_of=str)


def test_each_quote_of_an_item_stands_by_itself_with_who_said_it_and_who_decided() -> None:
    source = read(THREAD, name="Portal\nthread", id="s1")
    quotes = ("We need a portal\nwith single sign-on.", "We will build the portal.")
    places = [(source.text.index(quote), len(quote)) for quote in quotes]
    evidence = tuple(source.evidence(start, start + length) for start, length in places)
    due = date(2026, 5, 11)
    portal = Item(id="1.1", kind=Kind.SCOPE, text="A portal", evidence=evidence, owner="Dana Reyes", due=due)
    vouched = Assertion(by="ben", note="by phone")
    call = Item(id="1.2", kind=Kind.SCOPE, text="A call a week", assertion=vouched)
    text = exported(version(decided(portal), decided(call, verdict=Verdict.EDITED, by="mia_k")), source)
    assert text.split("## Scope\n\n")[1].rstrip("\n") + "\n" == PORTAL


def test_items_are_numbered_as_they_stand_in_the_document_whatever_version_they_came_with() -> None:
    kinds = {"1.1": Kind.MILESTONE, "1.2": Kind.EXCLUSION, "2.1": Kind.SCOPE, "2.2": Kind.MILESTONE}
    items = [decided(Item(id=name, kind=kind, text=f"It is {name}")) for name, kind in kinds.items()]
    lines = exported(version(*items, number=2)).splitlines()
    assert [line for line in lines if line.startswith(("#", "- "))] == [
        "# Portal: handoff, version 2",
        "## Scope",
        "- **1** It is 2.1",
        "## Exclusions",
        "- **2** It is 1.2",
        "## Milestones",
        "- **3** It is 1.1",
        "- **4** It is 2.2",
    ]


def test_a_person_stands_with_who_decided_on_them() -> None:
    dana = Stakeholder(id="1.p1", name="Dana Reyes", role="Head of Operations", side=Side.CLIENT)
    row = Decided[Stakeholder](
        item=dana, suggestion="g1", verdict=Verdict.ADDED, decided_by="ben", decided_at=making.MONDAY
    )
    said = "- Dana Reyes, Head of Operations (client) · *Added by ben, 2 Mar 2026*"
    assert exported(version(people=(row,))).rstrip("\n").splitlines()[-1] == said


def test_the_name_of_who_decided_cannot_become_markup() -> None:
    made = version(decided(Item(id="1.1", kind=Kind.SCOPE, text="A portal"), by="*[ben](https://evil.example)*"))
    assert r"*Accepted by \*\[ben\](`https://evil.example`)\*, 2 Mar 2026*" in exported(made)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Dealer orders, without the green folder", "dealer-orders-without-the-green-folder-handoff-v2.md"),
        ('../../etc/passwd\r\nX: "y"', "etc-passwd-x-y-handoff-v2.md"),
        ("Größe der Räder", "grösse-der-räder-handoff-v2.md"),
        ("？！", "handoff-v2.md"),
        ("long " * 40, f"{'long-' * 9}long-handoff-v2.md"),
    ],
)
def test_a_file_is_named_after_the_deal_and_the_version(name: str, file: str) -> None:
    assert file_name(making.deal(name=name), version(number=2), "md") == file
