"""The suite agrees with the reference scorer and checker on the worked examples that lie beside the repository."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from eval.bootstrap import total
from eval.cases import Case, read_cases
from eval.checking import faults
from eval.figures import BY_KIND, CORE_F1, FOUND, ITEM_F1, PRECISION, RECALL
from eval.outcome import Drafted
from eval.scoring import score
from summarizer.items import Item, Kind
from summarizer.reading.threads import read
from summarizer.sources import Source

SHARED = Path(__file__).parents[2].parent / "shared"
CASES = SHARED / "data" / "labelled"

pytestmark = pytest.mark.skipif(
    not CASES.exists() and os.environ.get("CI") != "true", reason="the shared examples are not here"
)


def draft_of(case: Case, source: Source) -> Drafted:
    """A draft with every fault there is: facts left out, misfiled, repeated, badly cited, and traps stated as fact."""
    return Drafted(items=tuple(_items(case, source)))


def _items(case: Case, source: Source) -> Iterator[Item]:
    ways = cycle(("right", "left out", "right", "misfiled", "repeated", "badly cited", "without a quote", "right"))
    for number, (gold, way) in enumerate(zip(case.gold.items, ways, strict=False)):
        if way == "left out":
            continue
        at = source.text.index(gold.evidence[0])
        span = (0, 9) if way == "badly cited" else (at, at + len(gold.evidence[0]))
        item = Item(
            id=f"i{number}",
            kind=Kind.OBLIGATION if way == "misfiled" else gold.kind,
            text=gold.text,
            evidence=() if way == "without a quote" else (source.evidence(*span),),
            owner=gold.owner,
            due=gold.due,
        )
        yield from [item, item] if way == "repeated" else [item]
    for number, trap in enumerate(case.gold.traps[::2]):
        words = " ".join(row[0] for row in trap.must)
        yield Item(id=f"t{number}", kind=trap.not_kind[0], text=words, evidence=(source.evidence(0, 9),))


def reference(drafts: dict[str, Drafted], folder: Path) -> list[str]:
    """What the reference scorer prints of these drafts."""
    path = folder / "drafts.jsonl"
    rows = ({"id": case, "items": [_row(item) for item in draft.items]} for case, draft in drafts.items())
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    words = [sys.executable, str(SHARED / "score_cases.py"), str(CASES), str(path)]
    printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return re.sub(r"  seconds a case .*", "", printed).splitlines()


def _row(item: Item) -> dict[str, object]:
    due = item.due and item.due.isoformat()
    quotes = [each.quote for each in item.evidence]
    return {"kind": item.kind, "text": item.text, "owner": item.owner, "due": due, "quotes": quotes}


def ours(counts: dict[str, float], cases: int) -> list[str]:
    """The same lines of what the suite counted."""
    number = {key: int(count) for key, count in counts.items()}
    value = {figure.key: figure.of(counts) for figure in (ITEM_F1, PRECISION, RECALL, FOUND, CORE_F1)}
    overall = "item F1 {item_f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  found (any kind) {found:.3f}"
    last = (
        "trapped {traps:stated}/{traps}  exact quotes {quotes:exact}/{quotes}  items without a quote {unquoted}"
        "  cited right {cited}/{hit}"
    )
    return [
        f"cases {cases} (missing 0)  gold {number['gold']}  predicted {number['predicted']}",
        overall.format(**value),
        *(
            f"  {each.kind:15} F1 {each.f1.of(counts) or 0:.3f}  recall {number[f'hit:{each.kind}']}/"
            f"{number[f'gold:{each.kind}']}  predicted {number[f'predicted:{each.kind}']}"
            for each in BY_KIND
        ),
        f"core F1 {value['core_f1']:.3f}",
        re.sub(r"\{([\w:]+)\}", lambda match: str(number[match[1]]), last),
    ]


def test_the_figures_are_those_of_the_reference_scorer(tmp_path: Path) -> None:
    cases = read_cases(str(CASES)).cases
    sources = {case.id: read(case.pasted) for case in cases}
    drafts = {case.id: draft_of(case, sources[case.id]) for case in cases}
    counts = total([score(case, drafts[case.id], source=sources[case.id]).counts for case in cases])
    assert ours(counts, len(cases)) == reference(drafts, tmp_path)


def test_the_worked_examples_obey_the_guide() -> None:
    found = read_cases(str(CASES))
    assert [(case.id, fault) for case in found.cases for fault in faults(case)] == []
    assert list(found.unreadable) == []
