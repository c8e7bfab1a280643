"""When something was written, where no head says so but its opening lines do: "CRM note, 19/08/2026, L. Adeyemi"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from summarizer.reading.stretches import Stretch, Style
from summarizer.reading.timestamps import Stamp, stamp_in

_LONGEST_TITLE = 300
_TITLES = 3
_LABELS = 8
"""Lines at the top of notes in which a label may say when these were made, as in "Last edited: 28 Nov 2024"."""
_LABEL = re.compile(
    r"\W*(?:last\s)?(?:changed|created|edited|exported|modified|saved|updated|written)\b[^:]{0,20}:", re.IGNORECASE
)
_OPENS = re.compile(r"[-=*#~_\[(]")
"""What a divider or a title in brackets begins with."""
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s)?"
_APART = re.compile(r"(?:^|[,(\[|:;.–—-])\W*(?:[^\W\d_]{3,10}\.?,?\s)?$")
"""Before a date that stands apart from a sentence, maybe with its weekday."""
_ABOUT_A_RECORD = re.compile(
    r"\b(?:calls?|chat|copy|crm|e-?mails?|export|folder|log|meeting|memo|minutes|notes?|notizen?|phone|recording|scribbles|"
    r"slack|spoke|teams|transcript|viber|visit|voicemail|walk(?:-?through)?|whatsapp)\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?<!\bbe )\b(?:compiled|copied|dumped|last edit|edited|exported|pasted|printed|put together|recorded|"
    rf"touched|typed|updated|written)\b[^.;:]{{0,40}}?\s(?:on\s)?(?:the\s)?{_WEEKDAY}$",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\b(?:wrote|schrieb|a écrit|escribió|schreef):?$")
_TERM = re.compile(rf"\b(?:by|until|till|before)\s+(?:the\s+)?{_WEEKDAY}$", re.IGNORECASE)
_AHEAD = re.compile(
    rf"\b(?:from|on|for|is|at)\s+(?:the\s+)?{_WEEKDAY}$"
    r"|\b(?:close[sd]?(?: date)?|deadline|delivery|due|ends?|event|expires|expiry|fair|founded|go-?live|launch|opening|"
    r"since|starts?|valid)\s*:\s*$|\d\s?[-–]\s?$",
    re.IGNORECASE,
)
"""Before a date that is talked about, or the end of a span."""
_AFTERWARDS = timedelta(days=31)
"""How long after the last dated message somebody may have put a paste together."""


def with_days(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches; those without a date have the one of their opening lines, if these tell when they were written.

    Of a later one that is no note only the first line counts, and only if it is a divider or in brackets; so it does of
    a mail with a sender.
    """
    known = [each.envelope.sent.replace(tzinfo=None) for each in stretches if each.envelope.sent]
    last = max(known, default=None)
    return [
        each
        if each.envelope.sent
        else replace(each, envelope=replace(each.envelope, sent=_written(_opening(each, is_first=not at), last)))
        for at, each in enumerate(stretches)
    ]


def _opening(stretch: Stretch, *, is_first: bool) -> list[str]:
    is_headed = stretch.style is Style.MAIL and stretch.envelope.sender is not None
    if (is_first and not is_headed) or stretch.style is Style.NOTE:
        top = [line.text for line in [*stretch.head, *stretch.body[:_LABELS]] if not line.depth]
        titles = [each for each in top if len(each) <= _LONGEST_TITLE]
        return [each for at, each in enumerate(titles) if at < _TITLES or _LABEL.match(each)]
    return [line.text for line in stretch.lines[:1] if _OPENS.match(line.text)]


def _written(opening: Sequence[str], last: datetime | None) -> datetime | None:
    for title in opening:
        stamp = stamp_in(title)
        if (
            stamp
            and _tells_when(title, stamp)
            and not (last and stamp.moment.replace(tzinfo=None) - last > _AFTERWARDS)
        ):
            return stamp.moment
    return None


def _tells_when(title: str, stamp: Stamp) -> bool:
    before = title[: stamp.start]
    if title.endswith("?") or _TERM.search(before):
        return False
    stands_for_itself = _APART.search(before) or _ABOUT_A_RECORD.search(title)
    was_made = _MADE.search(before) or _WROTE.search(title)
    return bool(was_made or (stands_for_itself and not _AHEAD.search(before)))
