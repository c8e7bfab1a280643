"""Two sets of questions to a library of past SOWs, whose answers are known. The documents stand beside the repository.

`grants`: 449 proposals; 285 reports of what was delivered, each of which belongs to one of them. Words of the project's
title are taken out of the report. `gov`: 94 documents of US agencies; 150 lines in our own words
(`eval/known_items/gov.jsonl`), each of which one stretch of one file answers.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer.adapters.documents import FileDocuments
from summarizer.errors import InvalidInput
from summarizer.reading.limits import Limits
from summarizer.records import SowSection
from summarizer.sows import sections

FOLDER = Path("..") / "shared" / "data" / "sows"
KNOWN_ITEMS = Path(__file__).parent / "known_items" / "gov.jsonl"

_TITLE = re.compile(r"^#\s+(.*)$", re.MULTILINE)
_NAME = re.compile(r"Project Name:?\**:?\s*(.*)")
_RUN = re.compile(r"[^\W_]+")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W_]")
SHORTEST_JOINED = 6
"""Characters of title words written together that are taken out wherever they stand."""


@dataclass(frozen=True)
class Document:
    """A file of a set."""

    id: str
    """Its path in the set's folder."""
    text: str
    sections: list[SowSection]


@dataclass(frozen=True)
class Question:
    """What is looked for, and what answers it."""

    text: str
    document: str
    start: int = 0
    end: int | None = None
    """The stretch of the document that answers; `None` means the whole document."""

    def answered_by(self, section: SowSection) -> bool:
        """Whether the section holds some of the answer."""
        within = self.end is None or (section.start < self.end and self.start < section.end)
        return section.sow == self.document and within


@dataclass(frozen=True)
class Questions:
    """A library and what is asked of it."""

    name: str
    documents: list[Document]
    questions: list[Question]
    whole: bool
    """Whether documents are ranked, each by its best section, or sections."""
    deep: int
    """How many sections of a list are looked at."""


def grants(folder: Path = FOLDER) -> Questions:
    """Reports of delivery, and the proposals that they belong to."""
    root = folder / "grants"
    documents = [_document(path, root) for path in sorted((root / "applications").glob("*.md"))]
    texts = {document.id: document.text for document in documents}
    rows = [json.loads(line) for line in (root / "qrels.jsonl").read_text("utf-8").splitlines()]
    questions = [Question(_report(root / row["query"], texts[row["relevant"]]), row["relevant"]) for row in rows]
    return Questions("grants", documents, questions, whole=True, deep=400)


def gov(folder: Path = FOLDER) -> Questions:
    """Scope lines in other words, and the stretches that they were written for."""
    root = folder / "gov"
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and path.name != "SOURCE.txt"]
    rows = [json.loads(line) for line in KNOWN_ITEMS.read_text("utf-8").splitlines()]
    questions = [Question(row["line"], row["file"], row["start"], row["end"]) for row in rows]
    return Questions("gov", [_document(path, root) for path in files], questions, whole=False, deep=10)


SETS: dict[str, Callable[[Path], Questions]] = {"grants": grants, "gov": gov}


def without_title(text: str, title: str) -> str:
    """The text without the words of the title, alone, in compounds and names of files, or written together.

    >>> without_title("# Fox Wallet: foxWalletUi and FoxWallet_2.md", "Fox Wallet")
    '#  : Ui and _2.md'
    """
    words = _RUN.findall(title.lower())
    parts = {*words, *(part.lower() for part in _PART.findall(title) if len(part) > 2)}
    for joined in _joined(words):
        text = re.sub(re.escape(joined), "", text, flags=re.IGNORECASE)
    return _RUN.sub(lambda run: "" if run[0].lower() in parts else _PART.sub(_unless(parts), run[0]), text)


def _unless(parts: set[str]) -> Callable[[re.Match[str]], str]:
    return lambda part: "" if part[0].lower() in parts else part[0]


def _joined(words: list[str]) -> Iterator[str]:
    """Runs of two and more words of the title as one word, the longest first."""
    for size in range(len(words), 1, -1):
        for start in range(len(words) - size + 1):
            joined = "".join(words[start : start + size])
            if len(joined) >= SHORTEST_JOINED:
                yield joined


def _report(path: Path, proposal: str) -> str:
    titles = [found[1] for found in (_TITLE.search(proposal), _NAME.search(proposal)) if found]
    return without_title(path.read_text("utf-8", errors="replace"), " ".join(titles))


def _document(path: Path, root: Path) -> Document:
    """The file as the library would keep it; one that cannot be read has no sections."""
    name = str(path.relative_to(root))
    try:
        text = FileDocuments(Limits()).render(path.name, path.read_bytes())[0].text
    except InvalidInput:
        text = ""
    return Document(name, text, sections(name, text))
