"""The use cases of the library of past SOWs: add one or a newer version of it, say what is known of it, read it.

A SOW is recognised by its content, and a newer version of it by its name. Whoever may not read a SOW meets it nowhere:
for them the same file is another SOW.
"""

from dataclasses import dataclass
from enum import StrEnum

from summarizer.errors import InvalidInput
from summarizer.ports import Documents
from summarizer.reading.rendition import Rendition
from summarizer.records import Sow, SowCard, SowDetails
from summarizer.service import Desk, new_id, now
from summarizer.sources import sha256
from summarizer.sows import sections

NOTHING_SAID = SowDetails()


@dataclass(frozen=True)
class SowFile:
    """A past SOW as somebody gives it."""

    name: str
    content: bytes
    kind: str | None = None
    """A file name that tells the kind of file where `name` is a title."""


class Arrival(StrEnum):
    """What an added file was to the library."""

    ADDED = "added"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Arrived:
    """A file that was added, and what it was to the library."""

    sow: SowCard
    how: Arrival


def add_sow(
    desk: Desk,
    file: SowFile,
    *,
    documents: Documents,
    details: SowDetails = NOTHING_SAID,
    version_of: str | None = None,
) -> Arrived:
    """Keep a past SOW with its sections and queue their indexing; the same content again changes nothing.

    Changed content under the name of a SOW of the same client is its next version, and so is what is given as
    `version_of` one. What is not said of a version is taken from the one before. Raises InvalidInput and its children,
    NotFound.
    """
    _refuse_foreign(desk, details)
    if known := _known(desk, file, version_of):
        return Arrived(known, Arrival.UNCHANGED)
    rendition = documents.render(file.kind or file.name, file.content)[0]
    desk.store.sows.lock()
    # While the file was read, somebody else may have added it.
    if known := _known(desk, file, version_of):
        return Arrived(known, Arrival.UNCHANGED)
    before = _before(desk, file, details.client, version_of)
    added = _made(desk, file, rendition, before, _completed(details, before))
    desk.store.sows.add(added, sections(added.id, added.text))
    desk.store.sows.describe(added.id, added.details)
    return Arrived(added.card, Arrival.NEW_VERSION if before else Arrival.ADDED)


def describe_sow(desk: Desk, sow_id: str, details: SowDetails) -> SowCard:
    """Replace what is known of a SOW, for all its versions. Raises NotFound, InvalidInput."""
    known = desk.store.sows.get(sow_id, groups=desk.person.groups)
    _refuse_foreign(desk, details, already=known.readers)
    desk.store.sows.describe(known.id, details)
    return desk.store.sows.get(known.id, groups=desk.person.groups).card


def _refuse_foreign(desk: Desk, details: SowDetails, *, already: tuple[str, ...] = ()) -> None:
    """Nobody takes a SOW out of their own sight, or gives it to a group that is none."""
    foreign = [group for group in details.readers if group not in {*desk.person.groups, *already}]
    if foreign:
        raise InvalidInput(f"You are not in the group “{foreign[0]}”, so you cannot give a SOW to it.")
    if details.readers and not set(details.readers) & set(desk.person.groups):
        raise InvalidInput("You would not be able to read the SOW yourself. Name a group that you are in.")


def _known(desk: Desk, file: SowFile, version_of: str | None) -> SowCard | None:
    """The SOW whose newest version this file is; of the series of `version_of`, if one is given."""
    groups = desk.person.groups
    same = desk.store.sows.same(sha256(file.content), groups=groups)
    if version_of is not None:
        series = desk.store.sows.get(version_of, groups=groups).series
        same = [each for each in same if each.series == series]
    return same[0] if same else None


def _before(desk: Desk, file: SowFile, client: str | None, version_of: str | None) -> SowCard | None:
    """The version that the file follows; `None` when it is a SOW of its own."""
    if version_of is not None:
        return desk.store.sows.newest(version_of)
    named = desk.store.sows.named(file.name, groups=desk.person.groups)
    same = [each for each in named if client is None or each.client in {client, None}]
    # Two clients' SOWs may be called alike; which of them is meant is not guessed.
    return same[0] if len(same) == 1 else next((each for each in same if each.client == client), None)


def _completed(details: SowDetails, before: SowCard | None) -> SowDetails:
    said = {name: value for name, value in details.model_dump().items() if value not in {None, ()}}
    return SowDetails(**(before.details.model_dump() if before else {}) | said)


def _made(desk: Desk, file: SowFile, rendition: Rendition, before: SowCard | None, details: SowDetails) -> Sow:
    sow_id = new_id()
    return Sow(
        **details.model_dump(),
        id=sow_id,
        name=before.name if before else file.name,
        series=before.series if before else sow_id,
        version=before.version + 1 if before else 1,
        sha256=sha256(file.content),
        size=len(file.content),
        media_type=rendition.media_type,
        original=file.content,
        text=rendition.text,
        created_by=desk.person.id,
        created_at=now(),
    )
