"""Marked threads: texts that only teach, with what each stretch is written right into them.

A file holds `deal`, `client`, `vendor`, `type` and `form`, a line each, then `---` and the text. In it
`[[scope 3|words]]` states item 3, `[[+3|words]]` adds to it, `[[trap 4|words]]` makes a claim that does not hold at
the end, and `[[undo 4|words]]` takes it back. Marks may lie in one another.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from eval.cases import Case, CaseDeal, Gold, GoldItem, Trap
from eval.errors import CasesUnusable
from eval.training.labels import SUPPORT, TAGS, TRAP, Label, Stretch
from summarizer.items import Kind
from summarizer.records import DealType
from summarizer.sources import Form

FOLDER = Path(str(files("eval"))) / "marked"
_ADDS, _TRAP, _UNDOES = "+", "trap", "undo"
_MARK = re.compile(rf"\[\[(?P<what>\+|(?:{'|'.join((*Kind, _TRAP, _UNDOES))})\s)(?P<number>\d+)\||\]\]")


@dataclass(frozen=True)
class MarkedThread:
    """A text without its marks, and what they say."""

    case: Case
    """Its items have the marked words for a bullet, and nothing that a bullet must say."""
    stretches: Sequence[Stretch]


@dataclass(frozen=True)
class _Mark:
    what: str
    number: int
    start: int
    end: int


def read_marked(folder: Path = FOLDER) -> list[MarkedThread]:
    """All marked threads of a folder, by name. Raises CasesUnusable for one that cannot be read."""
    return [parse(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]


def parse(name: str, raw: str) -> MarkedThread:
    """The thread of a file's text. Raises CasesUnusable."""
    head, divider, body = raw.partition("\n---\n")
    if not divider:
        raise CasesUnusable(f"{name}: no line of dashes between what is known of the deal and the text.")
    known = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    text, marks = _unmarked(name, body)
    try:
        deal = CaseDeal(
            name=known["deal"], client=known["client"], vendor=known["vendor"], deal_type=DealType(known["type"])
        )
        case = Case(id=name, deal=deal, form=Form(known["form"]), pasted=text, gold=_gold(text, marks))
    except (KeyError, ValueError) as error:
        raise CasesUnusable(f"{name}: {error}") from error
    return MarkedThread(case, [_stretch(mark) for mark in marks if mark.what != _UNDOES])


def _unmarked(name: str, body: str) -> tuple[str, list[_Mark]]:
    """The text without marks, and the marks in the order of their starts."""
    pieces: list[str] = []
    open_marks: list[tuple[str, int, int]] = []
    marks: list[_Mark] = []
    done = length = 0
    for found in _MARK.finditer(body):
        pieces.append(body[done : found.start()])
        length += found.start() - done
        done = found.end()
        if found["what"]:
            open_marks.append((found["what"].strip(), int(found["number"]), length))
        elif open_marks:
            what, number, start = open_marks.pop()
            marks.append(_Mark(what, number, start, length))
        else:
            raise CasesUnusable(f"{name}: a mark ends before {body[done : done + 30]!r} that never began.")
    if open_marks:
        raise CasesUnusable(f"{name}: {open_marks[-1][0]} {open_marks[-1][1]} does not end.")
    return "".join((*pieces, body[done:])), sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _stretch(mark: _Mark) -> Stretch:
    if mark.what == _TRAP:
        return Stretch(Label(TRAP, -mark.number), mark.start, mark.end)
    tag = SUPPORT if mark.what == _ADDS else TAGS.index(mark.what)
    return Stretch(Label(tag, mark.number), mark.start, mark.end)


def _gold(text: str, marks: Sequence[_Mark]) -> Gold:
    def said(what: str, number: int) -> Iterator[str]:
        return (text[mark.start : mark.end] for mark in marks if (mark.what, mark.number) == (what, number))

    stated = {mark.number: mark for mark in marks if mark.what not in (_ADDS, _TRAP, _UNDOES)}
    traps = list(dict.fromkeys(mark.number for mark in marks if mark.what == _TRAP))
    return Gold(
        items=tuple(
            GoldItem(
                id=f"g{number}",
                kind=Kind(mark.what),
                text=text[mark.start : mark.end],
                evidence=(text[mark.start : mark.end], *said(_ADDS, number)),
                must=(),
            )
            for number, mark in stated.items()
        ),
        traps=tuple(
            Trap(
                claim=" / ".join(said(_TRAP, number)),
                not_kind=(),
                must=(),
                stands=tuple(said(_TRAP, number)),
                undone_by=tuple(said(_UNDOES, number)),
            )
            for number in traps
        ),
    )
