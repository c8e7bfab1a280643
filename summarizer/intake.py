"""From one uploaded file to all that it becomes: conversations, and what is attached to them, however deep."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.errors import InvalidInput, TooDeeplyNested, TooManySources
from summarizer.items import Finding
from summarizer.ports import Documents
from summarizer.reading.rendition import Attachment, Rendition, unread


@dataclass(frozen=True)
class Reading:
    """A source to be."""

    name: str
    """Empty where the file as a whole is the source."""
    rendition: Rendition
    original: bytes
    parent: int | None = None
    """Place in the list of the one that it is attached to; `None` for what was given by itself."""


def take_in(documents: Documents, name: str, content: bytes) -> list[Reading]:
    """What the file becomes, each behind what it is attached to.

    What is attached and cannot be read is a finding of what it is attached to. Raises what `Documents.render` raises
    for the file itself, and TooManySources.
    """
    taken: list[Reading] = []
    for rendition in documents.render(name, content):
        _take(documents, taken, Reading(rendition.name, rendition, rendition.original or content), depth=1)
    return taken


def _take(documents: Documents, taken: list[Reading], reading: Reading, *, depth: int) -> None:
    if len(taken) >= documents.limits.sources:
        raise TooManySources(f"The file would become more than {documents.limits.sources} sources, which is the limit.")
    place = len(taken)
    taken.append(reading)
    problems: list[str] = []
    seen: set[bytes] = set()
    for attachment in reading.rendition.attachments:
        if attachment.content in seen:
            continue
        seen.add(attachment.content)
        try:
            for rendition in _attached(documents, attachment, depth):
                inner = Reading(attachment.name, rendition, rendition.original or attachment.content, place)
                _take(documents, taken, inner, depth=depth + 1)
        except TooManySources:
            raise
        except InvalidInput as error:
            problems.append(f"{attachment.name} ({error.title()})")
    findings = (*reading.rendition.findings, *_told(problems))
    taken[place] = replace(reading, rendition=replace(reading.rendition, findings=findings))


def _attached(documents: Documents, attachment: Attachment, depth: int) -> list[Rendition]:
    if depth >= documents.limits.nesting:
        raise TooDeeplyNested(f"Attachments stand more than {documents.limits.nesting} deep, which is the limit.")
    return documents.render(attachment.name, attachment.content)


def _told(problems: list[str]) -> Iterator[Finding]:
    if problems:
        yield unread(f"Attached and not read: {', '.join(problems)}.")
