"""A version as a document that people read."""

from collections.abc import Callable, Sequence

from summarizer.decisions import Version
from summarizer.items import Evidence, Kind
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


def markdown(deal: Deal, version: Version, *, sources: Sequence[Source], name_of: Callable[[str], str]) -> str:
    """The version as Markdown, each item with the words it rests on and who said them.

    `sources` are the deal's, read; `name_of` gives a person's name for an id.
    """
    sections = {
        heading: [each for each in version.items if each.item.kind is kind] for kind, heading in HEADINGS.items()
    }
    known = {source.id: source for source in sources}
    page = environment().get_template("documents/handoff.md.j2")
    return page.render(
        deal=deal,
        version=version,
        sections=sections,
        name_of=name_of,
        said_by=lambda evidence: _said_by(evidence, known[evidence.source]),
    )


def _said_by(evidence: Evidence, source: Source) -> str:
    """Who said the words and when, as far as the source tells, and its name."""
    message = source.message(evidence.message) if evidence.message else None
    sent = f"{message.sent:%-d %b %Y}" if message and message.sent else None
    said = [message.sender if message else None, sent, f"“{' '.join(source.name.split())}”"]
    return ", ".join(part for part in said if part)
