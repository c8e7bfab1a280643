"""A version as a document that people read."""

from collections.abc import Callable

from summarizer.decisions import Version
from summarizer.items import Kind
from summarizer.records import Deal
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


def markdown(deal: Deal, version: Version, *, name_of: Callable[[str], str]) -> str:
    """The version as Markdown, each item with the words it rests on; `name_of` gives a person's name for an id."""
    sections = {
        heading: [each for each in version.items if each.item.kind is kind] for kind, heading in HEADINGS.items()
    }
    page = environment().get_template("documents/handoff.md.j2")
    return page.render(deal=deal, version=version, sections=sections, name_of=name_of)
