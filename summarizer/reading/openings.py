"""When something was written, where no head says so but its opening lines do: "CRM note, 19/08/2026, L. Adeyemi"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from summarizer.reading.lines import Line
from summarizer.reading.stretches import Stretch, Style
from summarizer.reading.timestamps import Stamp, stamp_in

_LONGEST_TITLE = 300
_TITLES = 3
_OPENS = re.compile(r"[-=*#~_\[(]")
"""What a divider or a title in brackets begins with."""
_APART = re.compile(r"(?:^|[,(\[|:;.–—-])\W*(?:[^\W\d_]{3,10}\.?,?\s)?$")
"""Before a date that stands apart from a sentence, maybe with its weekday."""
_ABOUT_A_RECORD = re.compile(
    r"\b(?:calls?|chat|copy|crm|e-?mails?|export|folder|log|meeting|memo|minutes|notes?|notizen?|phone|recording|scribbles|"
    r"slack|spoke|teams|transcript|viber|visit|voicemail|walk(?:-?through)?|whatsapp)\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:compiled|copied|dumped|last edit|edited|exported|pasted|put together|recorded|touched|typed|updated|wrote|"
    r"written)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:by|from|on|until|till|before|for|is|at)\s+(?:the\s+)?(?:[^\W\d_]{3,10}\.?,?\s)?$", re.IGNORECASE
)
_AFTERWARDS = timedelta(days=31)
"""How long after the last dated message somebody may have put a paste together."""


def with_days(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches; those without a date have the one of their opening lines, if these tell when they were written.

    Of a later one that is no note only the first line counts, and only if it is a divider or in brackets.
    """
    known = [each.envelope.sent.replace(tzinfo=None) for each in stretches if each.envelope.sent]
    last = max(known) + _AFTERWARDS if known else None
    return [
        each
        if each.envelope.sent
        else replace(each, envelope=replace(each.envelope, sent=_written(_opening(each, is_first=not at), last)))
        for at, each in enumerate(stretches)
    ]


def _opening(stretch: Stretch, *, is_first: bool) -> Iterator[str]:
    lines: list[Line] = stretch.lines
    if is_first or stretch.style is Style.NOTE:
        titles = [line.text for line in [*stretch.head, *stretch.body[:_TITLES]] if not line.depth]
        yield from [each for each in titles if len(each) <= _LONGEST_TITLE][:_TITLES]
    elif lines and _OPENS.match(lines[0].text):
        yield lines[0].text


def _written(opening: Iterator[str], last: datetime | None) -> datetime | None:
    for title in opening:
        stamp = stamp_in(title)
        if stamp and _tells_when(title, stamp) and not (last and stamp.moment.replace(tzinfo=None) > last):
            return stamp.moment
    return None


def _tells_when(title: str, stamp: Stamp) -> bool:
    before = title[: stamp.start]
    if title.endswith("?"):
        return False
    stands_for_itself = _APART.search(before) or _ABOUT_A_RECORD.search(title)
    return bool(_MADE.search(title) or (stands_for_itself and not _AHEAD.search(before)))
