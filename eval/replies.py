"""Which words of a mail are new: our reading beside three reply parsers. `python -m eval.replies [--folder FOLDER]`

All read the same plain text: HTML is rendered once, by our renderer, for everybody. What an HTML case expects is
rendered the same way, and white space is left out of the comparison, as the notes of these cases ask for. The suites of
talon expect signatures as a part of the reply, the suite of crisp does not: ours is asked in the way of the suite, and
a rival that can tell signatures apart stands here twice, as it answers by itself and in the way of the suite. Rules
were tuned on the cases at even places of the file; those at odd places were only counted.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from summarizer.reading.html_text import html_text
from summarizer.reading.new_words import new_text
from summarizer.reading.threads import read
from summarizer.sources import Role

FOLDER = Path("..") / "shared" / "data" / "email" / "replies"
OURS = "ours"
RENDERED = "talon_html"
"""The suite whose expected replies are HTML."""
HELD_OUT, TUNED_ON, ALL = "odd places, held out", "even places, tuned on", "all"
SUITES = ("talon_text", "talon_eml", "talon_html", "talon_html_client", "crisp")
GROUPS = (*SUITES, TUNED_ON, HELD_OUT, ALL)
LANGUAGES = ("en", "de", "fr", "es", "nl", "it", "pl", "sv", "da", "cs", "ja", "ko", "zh")

Parser = Callable[[str, bool], str]
"""The new words of a text; the flag says whether a signature is one of them."""


@dataclass(frozen=True)
class Case:
    """A mail in plain text, and what of it is new."""

    place: int
    """From 0, in the file."""
    suite: str
    id: str
    text: str
    expected: str
    spaced: bool
    """Whether white space between words counts."""

    @property
    def closing(self) -> bool:
        """Whether a signature is expected as a part of the reply."""
        return self.suite.startswith("talon")

    @property
    def half(self) -> str:
        return HELD_OUT if self.place % 2 else TUNED_ON


@dataclass
class Score:
    """How one parser did on some cases."""

    cases: int = 0
    exact: int = 0
    kept: int = 0
    """Lines that are expected and were given."""
    expected: int = 0
    given: int = 0
    failed: list[str] = field(default_factory=list)
    """Cases on which it raised."""

    def add(self, case: Case, parser: Parser) -> bool:
        """Count one more case, and say whether it was exact."""
        try:
            reply = parser(case.text, case.closing)
        except Exception:  # noqa: BLE001 - whatever a rival raises, the report goes on and counts it
            reply = ""
            self.failed.append(case.id)
        wanted, got = (Counter(_lines(text, spaced=case.spaced)) for text in (case.expected, reply))
        exact = _folded(reply, spaced=case.spaced) == _folded(case.expected, spaced=case.spaced)
        self.cases += 1
        self.exact += exact
        self.kept += (wanted & got).total()
        self.expected += wanted.total()
        self.given += got.total()
        return exact

    def cells(self) -> tuple[str, ...]:
        """Exact matches, recall, precision, failures."""
        recall, precision = self.kept / max(1, self.expected), self.kept / max(1, self.given)
        return f"{self.exact}/{self.cases}", f"{recall:.3f}", f"{precision:.3f}", str(len(self.failed))


def cases(folder: Path) -> list[Case]:
    """The cases of the file, in its order."""
    rows = (json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines())
    return [_case(place, row) for place, row in enumerate(rows)]


def _case(place: int, row: dict[str, str]) -> Case:
    html = row["kind"] == "html"
    text, expected = row["input"], row["expected_reply"]
    return Case(
        place=place,
        suite=row["suite"],
        id=row["id"],
        text=html_text(text) if html else text,
        expected=html_text(expected) if row["suite"] == RENDERED else expected,
        spaced=not html,
    )


def _lines(text: str, *, spaced: bool) -> Iterator[str]:
    return (folded for line in text.splitlines() if (folded := _folded(line, spaced=spaced)))


def _folded(text: str, *, spaced: bool) -> str:
    return (" " if spaced else "").join(text.split())


def ours(text: str, closing: bool) -> str:
    """The new words of the mail, by our reading."""
    return new_text(read(text), closing=closing)


def _latest_reply(module: Any) -> Parser:
    return lambda text, _closing: module.EmailReplyParser(languages=list(LANGUAGES)).parse_reply(text) or ""


def _body(module: Any) -> Parser:
    def parse(text: str, closing: bool) -> str:
        replies = module.EmailReplyParser(languages=list(LANGUAGES)).read(text).replies
        if not replies:
            return ""
        return str(replies[0].full_body if closing else replies[0].body)

    return parse


def _parse_reply(module: Any) -> Parser:
    return lambda text, _closing: module.EmailReplyParser.parse_reply(text) or ""


def _fragments(module: Any) -> Parser:
    def parse(text: str, closing: bool) -> str:
        fragments = module.EmailReplyParser.read(text).fragments
        shown = (each for each in fragments if not (each.hidden or each.quoted) or (closing and each.signature))
        return "\n".join(each.content for each in shown)

    return parse


def _quotequail(module: Any) -> Parser:
    return lambda text, _closing: "\n".join(words for shown, words in module.quote(text) if shown)


RIVALS = {
    "mail-parser-reply": ("mailparser_reply", _latest_reply),
    "mail-parser-reply, as the suite": ("mailparser_reply", _body),
    "email-reply-parser": ("email_reply_parser", _parse_reply),
    "email-reply-parser, as the suite": ("email_reply_parser", _fragments),
    "quotequail": ("quotequail", _quotequail),
}


def parsers() -> tuple[dict[str, Parser], list[str]]:
    """Our reading and the rivals that are installed, and the names of those that are not."""
    found: dict[str, Parser] = {OURS: ours}
    missing = []
    for name, (module, parser) in RIVALS.items():
        try:
            found[name] = parser(import_module(module))
        except ModuleNotFoundError:
            missing.append(name)
    return found, missing


def scores(read_cases: Iterable[Case], found: dict[str, Parser]) -> dict[tuple[str, str], Score]:
    """A score for each group of cases (a suite, a half, all) and parser."""
    table: dict[tuple[str, str], Score] = {}
    for case in read_cases:
        for group in (case.suite, case.half, ALL):
            for name, parser in found.items():
                table.setdefault((group, name), Score()).add(case, parser)
    return table


def signature_score(folder: Path, first: int = 0, step: int = 1) -> tuple[int, int, int]:
    """Lines of signatures that we find, that there are, and that we call so, over the mails with labelled lines.

    Only each `step`th mail counts, from the one at place `first` on.
    """
    hits = expected = given = 0
    for row in (folder / "signature_lines.jsonl").read_text("utf-8").splitlines()[first::step]:
        mail = json.loads(row)
        called = _signature_lines(mail["sender"], mail["lines"])
        labelled = {n for n, label in enumerate(mail["labels"]) if label == "sig" and mail["lines"][n].strip()}
        hits += len(called & labelled)
        expected += len(labelled)
        given += len(called)
    return hits, expected, given


def _signature_lines(sender: str, lines: list[str]) -> set[int]:
    head = f"From: {sender}\nSubject: -\n\n"
    source = read(head + "\n".join(lines))
    marked = [passage for passage in source.passages if passage.role is Role.SIGNATURE]
    called: set[int] = set()
    at = len(head)
    for number, line in enumerate(lines):
        if line.strip() and any(at <= passage.start < at + len(line) for passage in marked):
            called.add(number)
        at += len(line) + 1
    return called


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="python -m eval.replies", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder: Path = parser.parse_args().folder
    found, missing = parsers()
    table = Table("cases", "parser", "exact", "kept-line recall", "precision", "raised", title="New words of a mail")
    for (group, name), score in sorted(scores(cases(folder), found).items(), key=lambda each: GROUPS.index(each[0][0])):
        table.add_row(group, name, *score.cells(), end_section=name == list(found)[-1])
    console = Console()
    console.print(table)
    for name in missing:
        console.print(f"{name} is not installed: pip install 'scope-summarizer[dev]'", markup=False)
    for group, (first, step) in {TUNED_ON: (0, 2), HELD_OUT: (1, 2), ALL: (0, 1)}.items():
        hits, expected, given = signature_score(folder, first, step)
        f1 = 2 * hits / max(1, expected + given)
        console.print(f"signature lines, {group}: F1 {f1:.3f} ({hits} of {expected} found, {given} called so)")


if __name__ == "__main__":
    main()
