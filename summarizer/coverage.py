"""What a draft left out: passages that read like scope and that no item cites."""

from collections.abc import Iterator, Sequence

from summarizer.cues import heaviest, weigh
from summarizer.items import Item, Kind, LeftOut
from summarizer.sources import Passage, Role, Source

MOST = 40
"""More than this nobody reads."""
ENOUGH = 1.2
"""Weight from which a passage is shown: lower than for an item, as it costs a reviewer one look."""


def left_out(sources: Sequence[Source], items: Sequence[Item]) -> list[LeftOut]:
    """New passages that look like a promise, a date, a price or a request and that no item cites.

    In the order of the sources; of more than `MOST` those that speak loudest.
    """
    cited = {source.id: _cited(source, items) for source in sources}
    found = [each for source in sources for each in _uncited(source, cited[source.id])]
    if len(found) > MOST:
        floor = sorted((weight for weight, _ in found), reverse=True)[MOST - 1]
        found = [each for each in found if each[0] >= floor][:MOST]
    return [entry for _, entry in found]


def _cited(source: Source, items: Sequence[Item]) -> bytearray:
    """One byte a character of the text: whether an item rests on it."""
    marks = bytearray(len(source.text))
    for item in items:
        for evidence in item.evidence:
            if evidence.source == source.id:
                marks[evidence.start : evidence.end] = b"\1" * len(evidence.quote)
    return marks


def _uncited(source: Source, cited: bytearray) -> Iterator[tuple[float, LeftOut]]:
    for passage in source.passages:
        if passage.role is not Role.NEW or 1 in cited[passage.start : passage.end]:
            continue
        side = source.message(passage.message).side
        weights = weigh(source.quote(passage), side=side, listed=passage.item)
        kind = heaviest(weights, enough=ENOUGH)
        if kind is not None:
            yield weights[kind], _left_out(source, passage, kind)


def _left_out(source: Source, passage: Passage, kind: Kind) -> LeftOut:
    return LeftOut(
        source=source.id,
        message=passage.message,
        start=passage.start,
        end=passage.end,
        quote=source.quote(passage),
        looks_like=kind,
    )
