"""Keeping the index of past SOWs in step with the library. All of it may run twice, or be killed and run again."""

import logging
from dataclasses import dataclass

from summarizer.draft_job import Workshop

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drift:
    """In what the index differs from the library."""

    missing: dict[str, str]
    """Sections that the index lacks, each with its SOW, by their ids."""
    extra: set[str]
    """Ids of sections that it holds and that are not searched: of older versions, or of nothing."""

    @property
    def sows(self) -> list[str]:
        """Ids of the SOWs that have to be indexed again."""
        return sorted(set(self.missing.values()))

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra)


def index_sow(workshop: Workshop, sow_id: str) -> None:
    """Put the sections of a SOW into the index, or take those of an older version out of it. Raises NotFound."""
    with workshop.begin() as store:
        sections = store.sows.sections(sow_id)
        searched = store.sows.newest(sow_id).id == sow_id
    if searched:
        workshop.index.put(workshop.workspace, sections)
    else:
        workshop.index.drop(workshop.workspace, [section.id for section in sections])


def find_drift(workshop: Workshop) -> Drift:
    """Compare the index with the library; what is queued for indexing counts as missing."""
    # The index is read first: what it holds then and the library does not search afterwards is never searched again.
    # The other way round, a SOW that is added in between would be taken for a stray.
    held = workshop.index.ids(workshop.workspace)
    with workshop.begin() as store:
        searched = store.sows.searched()
    missing = {section: sow for section, sow in searched.items() if section not in held}
    return Drift(missing, held - searched.keys())


def mend(workshop: Workshop) -> None:
    """Drop from the index what it should not hold, and queue what it lacks."""
    drift = find_drift(workshop)
    if drift:
        logger.info("the index lacks %s sections and has %s too many", len(drift.missing), len(drift.extra))
    workshop.index.drop(workshop.workspace, sorted(drift.extra))
    with workshop.begin() as store:
        for sow_id in drift.sows:
            # Not put here: a version that becomes the older one meanwhile would come back. Its own jobs wait in turn.
            store.sows.reindex(sow_id)
