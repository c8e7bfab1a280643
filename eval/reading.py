"""How well sources are read, on labelled cases: `python -m eval.reading [--folder FOLDER]`

`new`: spans of gold evidence that lie in new passages, or stand only in a quotation. `shared`: gold items of which some
evidence stands in a passage that also holds evidence of another item.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from summarizer.reading.threads import read
from summarizer.sources import Passage, Role, Source

FOLDER = Path("..") / "shared" / "data" / "labelled"


@dataclass(frozen=True)
class Measure:
    """The figures of one case."""

    case: str
    messages: int
    passages: int
    spans: int
    new: int
    items: int
    shared: int


def measures(folder: Path) -> list[Measure]:
    """One measure for each case in the folder."""
    return [measure(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]


def measure(case: dict[str, Any]) -> Measure:
    """Read one case and see where its gold evidence lies."""
    text, deal, items = case["pasted"], case["deal"], case["gold"]["items"]
    source = read(text, client=deal["client"], vendor=deal["vendor"])
    quotes = [quote for item in items for quote in item["evidence"]]
    return Measure(
        case=case["id"],
        messages=len(source.messages),
        passages=len(source.passages),
        spans=len(quotes),
        new=sum(_is_new(source, quote) for quote in quotes),
        items=len(items),
        shared=len(_sharing(source, items)),
    )


def _is_new(source: Source, quote: str) -> bool:
    """Whether the quote stands somewhere in new passages alone, or everywhere in quotations alone."""
    roles = [{each.role for each in _touched(source, start, quote)} for start in _places(source.text, quote)]
    return {Role.NEW} in roles or (bool(roles) and all(each == {Role.QUOTED} for each in roles))


def _sharing(source: Source, items: list[dict[str, Any]]) -> set[str]:
    """The items whose evidence meets that of another item in one passage."""
    held: dict[int, set[str]] = defaultdict(set)
    for item in items:
        for quote in item["evidence"]:
            for start in _places(source.text, quote):
                for passage in _touched(source, start, quote):
                    held[passage.start].add(item["id"])
    return {item for each in held.values() if len(each) > 1 for item in each}


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _touched(source: Source, start: int, quote: str) -> list[Passage]:
    return [each for each in source.passages if each.start < start + len(quote) and start < each.end]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.reading", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    found = measures(parser.parse_args().folder)
    table = Table("case", "messages", "passages", "evidence in new passages", "items that share a passage")
    for each in found:
        table.add_row(
            each.case, str(each.messages), str(each.passages), f"{each.new}/{each.spans}", f"{each.shared}/{each.items}"
        )
    new, spans = sum(each.new for each in found), sum(each.spans for each in found)
    shared, items = sum(each.shared for each in found), sum(each.items for each in found)
    table.add_section()
    table.add_row("all", "", "", f"{new}/{spans}", f"{shared}/{items} = {shared / max(1, items):.1%}")
    Console().print(table)


if __name__ == "__main__":
    main()
