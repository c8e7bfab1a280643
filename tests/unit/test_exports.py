"""A version as a document: what is quoted in it, and whose words they are."""

from api.exports import markdown
from summarizer.decisions import Decided, Verdict, Version
from summarizer.items import Item, Kind
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
PORTAL = """- **1.1** A portal
  > We need a portal
  > with single sign-on.
  >
  > — Dana Reyes, 2 Mar 2026, “Portal thread”

  > We will build the portal.
  >
  > — Imogen Tarrant, 3 Mar 2026, “Portal thread”

- **1.2** A call a week
"""


def item(id: str, text: str, source: Source, quotes: tuple[str, ...] = ()) -> Decided[Item]:
    places = [(source.text.index(quote), len(quote)) for quote in quotes]
    evidence = tuple(source.evidence(start, start + length) for start, length in places)
    made = Item(id=id, kind=Kind.SCOPE, text=text, evidence=evidence)
    return Decided[Item](
        item=made, suggestion="g1", verdict=Verdict.ACCEPTED, decided_by="ben", decided_at=making.MONDAY
    )


def test_each_quote_of_an_item_stands_by_itself_with_who_said_it() -> None:
    source = read(THREAD, name="Portal\nthread", id="s1")
    portal = item("1.1", "A portal", source, ("We need a portal\nwith single sign-on.", "We will build the portal."))
    items = (portal, item("1.2", "A call a week", source))
    version = Version(number=1, items=items, suggestion="g1", committed_by="ben", committed_at=making.MONDAY)
    text = markdown(making.deal(), version, sources=[source], name_of=str)
    assert text.split("## Scope\n\n")[1].rstrip("\n") + "\n" == PORTAL
