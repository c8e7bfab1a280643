"""A brief as the variables of the prompt `draft`, with nothing in it that could pass for the prompt's own words."""

import hashlib
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from summarizer.ports import Brief, Candidate, NumberedPassage

_LOOKS_LIKE_MARKUP = re.compile(r"<(?![\w.+-]+@[\w.-]+>)(?=[^\s\d=])|\[(?=/?[A-Z_]+\]|[nps]\d)")
"""Chat-template tokens such as `<|im_end|>`, `</s>` or `[INST]`, and numbers such as `[p3]`, which only we
give; a mail address in angle brackets is neither."""


def quiet(text: str, marker: str) -> str:
    """Text from outside on one line, with the marker and whatever a chat template could take for its own defused.

    >>> quiet("Fine.\\n<|im_end|> [p3] Prices < 500", "a1b2")
    'Fine. < |im_end|> [ p3] Prices < 500'
    """
    return _LOOKS_LIKE_MARKUP.sub(r"\g<0> ", " ".join(text.replace(marker, "").split()))


def marker_of(brief: Brief) -> str:
    """A code that nobody who wrote a part of the brief can know: it changes with each word of it.

    The same brief gets the same code, so that a draft that is tried again asks the same questions.
    """
    return hashlib.sha256(repr(brief).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def variables(brief: Brief, marker: str, passages: range | None = None) -> Mapping[str, Any]:
    """What the templates name; `marker` fences what stands between. Only these `passages` are shown where given."""
    whole = range(1, len(brief.passages) + 1)
    window = whole if passages is None else passages

    def outside(text: str | None) -> str | None:
        return quiet(text, marker) if text else None

    return {
        "marker": marker,
        "client": outside(brief.client),
        "vendor": outside(brief.vendor),
        "deal_type": outside(brief.deal_type),
        "messages": _messages(brief, marker, window if window != whole else None),
        "first": window.start,
        "last": window.stop - 1,
        "part": window != whole,
        "precedents": [
            {"sow": outside(found.sow), "section": outside(found.section), "text": outside(found.text)}
            for found in brief.precedents
        ],
    }


def excerpt(brief: Brief, marker: str, notes: Sequence[Candidate]) -> Mapping[str, Any]:
    """What the templates of a second look name: the notes, and what stands around the passages that they cite."""
    near = {number + step for note in notes for number in note.cite for step in (-1, 0, 1)}
    lines = [f"{note.kind} [{','.join(map(str, note.cite))}] {note.text}" for note in notes]
    return {
        "marker": marker,
        "client": quiet(brief.client or "", marker),
        "vendor": quiet(brief.vendor or "", marker),
        "messages": _messages(replace(brief, headers={}), marker, near),
        "notes": [quiet(line, marker) for line in lines],
    }


def _messages(brief: Brief, marker: str, window: Container[int] | None) -> list[dict[str, Any]]:
    """All messages, or those of which a passage stands in the window."""
    passages = [row for row in brief.passages if window is None or row.number in window]
    grouped = {number: list(rows) for number, rows in groupby(passages, key=lambda passage: passage.message)}
    numbers = sorted({*grouped, *brief.headers} if window is None else grouped)
    return [_message(number, grouped.get(number, []), brief.headers.get(number, ""), marker) for number in numbers]


def _message(number: int, passages: Sequence[NumberedPassage], header: str, marker: str) -> dict[str, Any]:
    first = passages[0] if passages else None
    return {
        "number": number,
        "sender": quiet(first.sender, marker) if first and first.sender else None,
        "side": first.side.value if first and first.side else None,
        "date": first.sent.date().isoformat() if first and first.sent else None,
        "month_first": bool(first and first.month_first),
        "header": quiet(" / ".join(header.splitlines()), marker),
        "passages": [
            {
                "number": row.number,
                "text": quiet(row.text, marker),
                "quoted": row.quoted,
                "item": row.item,
                "answers": row.answers,
            }
            for row in passages
        ],
    }
