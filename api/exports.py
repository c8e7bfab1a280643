"""A version as a document that people read."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from itertools import count

from summarizer.decisions import Version
from summarizer.items import Evidence, Item, Kind
from summarizer.records import Deal
from summarizer.sources import Source
from templates import environment

HEADINGS = {
    Kind.SCOPE: "Scope",
    Kind.EXCLUSION: "Exclusions",
    Kind.DEPENDENCY: "Dependencies",
    Kind.SUCCESS_METRIC: "Success metrics",
    Kind.MILESTONE: "Milestones",
    Kind.OBLIGATION: "Obligations",
    Kind.OPEN_QUESTION: "Open questions",
}
"""The order in which both teams read a handoff."""
LONGEST_SLUG = 50
"""Characters of a deal's name in the name of a file; with four bytes each it still is a name that file systems take."""


def markdown(deal: Deal, version: Version, *, sources: Sequence[Source], name_of: Callable[[str], str]) -> str:
    """The version as Markdown, each item with the words it rests on, who said them, and who decided on it.

    Items are numbered from 1 in the order of this document; their ids, which stay from version to version, are in the
    JSON. `sources` are the deal's, read; `name_of` gives a person's name for an id.
    """
    numbers = count(1)
    sections = {
        heading: [(next(numbers), each) for each in version.items if each.item.kind is kind]
        for kind, heading in HEADINGS.items()
    }
    known = {source.id: source for source in sources}
    page = environment().get_template("documents/handoff.md.j2")
    return page.render(
        deal=deal,
        version=version,
        sections=sections,
        name_of=name_of,
        day=day,
        said_by=lambda evidence: _said_by(evidence, known[evidence.source]),
    )


def file_name(deal: Deal, version: Version, suffix: str) -> str:
    """What a version is called when it is saved: the deal's name as letters, digits and hyphens, and the number.

    `suffix` is `md` or `json`.
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", deal.name).casefold())
    slug = "-".join(words)[:LONGEST_SLUG].rstrip("-")
    return "-".join(filter(None, [slug, f"handoff-v{version.number}.{suffix}"]))


def day(when: date) -> str:
    """A day, or the day of a moment, as people write it.

    >>> day(date(2026, 5, 11))
    '11 May 2026'
    """
    return f"{when:%-d %b %Y}"


def facts(item: Item) -> list[str]:
    """What an item says beside its text, each with its name; what nobody said is left out.

    >>> facts(Item(id="i1", kind=Kind.DEPENDENCY, text="Credentials", owner="Marta", due=date(2026, 3, 25)))
    ['owner Marta', 'due 25 Mar 2026']
    """
    due = day(item.due) if item.due else None
    named = {"owner": item.owner, "today": item.baseline, "target": item.target, "due": due}
    return [f"{name} {value}" for name, value in named.items() if value]


def _said_by(evidence: Evidence, source: Source) -> str:
    """Who said the words and when, as far as the source tells, and its name."""
    message = source.message(evidence.message) if evidence.message else None
    sent = day(message.sent) if message and message.sent else None
    said = [message.sender if message else None, sent, f"“{' '.join(source.name.split())}”"]
    return ", ".join(part for part in said if part)
