"""What the writer of a mail says in it, without the quotations, signatures and boilerplate round it."""

import re
from itertools import groupby

from summarizer.sources import Passage, Role, Source

_FORWARDS = re.compile(
    r"forwarded\s+message|weitergeleitete|message\s+(?:transféré|réexpédié)|reenviado|doorgestuurd|inoltrato",
    re.IGNORECASE,
)
_CLOSING = frozenset({Role.SIGNATURE, Role.DISCLAIMER})


def new_text(source: Source, message: int = 1, *, closing: bool = False) -> str:
    """The new words of one message with their lines as they stand; empty when the source has no such message.

    By default the first message: in one mail, whatever it quotes stands below its own words or within them. What a
    message forwards is new to whom it goes to, and kept as it stands. With `closing` the signature and the disclaimer
    are kept too.

    >>> from summarizer.reading.threads import read
    >>> new_text(read("Two points:\\n- the keys\\n- a date\\n\\nOn 3 May 2026, Ann wrote:\\n> When?"))
    'Two points:\\n- the keys\\n- a date'
    """
    own = [passage for passage in source.passages if passage.message == message]
    kept = _CLOSING | {Role.NEW} if closing else {Role.NEW}
    stretches = (list(run) for is_kept, run in groupby(own, key=lambda passage: passage.role in kept) if is_kept)
    words = [_stretch(source.text, run[0], run[-1]) for run in stretches]
    return "\n\n".join([*words, *_forwarded(source, message)])


def _forwarded(source: Source, message: int) -> list[str]:
    """Everything below the head of a forwarded message that follows straight on this one, with that head."""
    head = next((each for each in source.passages if each.message == message + 1), None)
    if head is None or head.role is not Role.HEADER or not _FORWARDS.search(source.quote(head)):
        return []
    return [source.text[head.start : source.messages[-1].end]]


def _stretch(text: str, first: Passage, last: Passage) -> str:
    """The text from one passage to another, with the bullet before the first and the mark behind the last."""
    begins = max(text.rfind("\n", 0, first.start), text.rfind("\r", 0, first.start)) + 1
    before = text[begins : first.start]
    mark = "" if any(each.isalnum() for each in before) else before.lstrip()
    return mark + text[first.start : last.end]
