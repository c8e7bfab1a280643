"""Labelled cases: what a sales rep would paste, and the scope that a careful delivery lead would write from it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from pydantic import Field, ValidationError

from eval.errors import CasesUnusable
from summarizer.items import Frozen, Kind, Side
from summarizer.records import DealType
from summarizer.sources import Form, sha256

SPLITS = ("train", "development", "test")
NOTHING = "nothing"
"""Tag of a case that holds nothing to draft (small talk, an invoice of another job), and the folder of such cases."""
BRIEF = "brief"
"""Tag of a case of a few lines, and the folder of such cases."""
FOLDERS = (*SPLITS, NOTHING, BRIEF)
"""All folders of the product's own cases."""
SHORT_BELOW = 600
LONG_ABOVE = 1000
"""Words of what was pasted, between which a case is of middle length."""

LENGTHS = ("short", "middle", "long")

Must = tuple[tuple[str, ...], ...]
"""What a bullet cannot do without: one alternative of each inner row, in lower case."""


class GoldItem(Frozen):
    """One fact that a draft should state."""

    id: str
    kind: Kind
    text: str
    evidence: tuple[str, ...]
    """Stretches of `pasted`, to the letter."""
    must: Must
    owner: str | None = None
    due: date | None = None


class GoldStakeholder(Frozen):
    """Somebody whom a draft should name."""

    name: str
    side: Side | None = None
    role: str | None = None
    """As stated; `None` when nobody says."""
    email: str | None = None


class Trap(Frozen):
    """A claim that stands in the text and that a draft must not state as fact."""

    claim: str
    not_kind: tuple[Kind, ...]
    """The kinds as which it would be wrong."""
    must: Must
    why: str = ""
    stands: tuple[str, ...] = ()
    """Stretches of `pasted` that make the claim."""
    undone_by: tuple[str, ...] = ()
    """Stretches that supersede or refuse it; empty when nothing does (an aside, boilerplate, a wish)."""


class Gold(Frozen):
    """All that is labelled of a case."""

    items: tuple[GoldItem, ...]
    stakeholders: tuple[GoldStakeholder, ...] = ()
    traps: tuple[Trap, ...] = ()


class CaseDeal(Frozen):
    """What is known of the deal beside the text."""

    name: str
    client: str
    vendor: str
    deal_type: DealType


class Case(Frozen):
    """A labelled case."""

    id: str = Field(min_length=1)
    deal: CaseDeal
    form: Form
    pasted: str
    gold: Gold
    messy: tuple[str, ...] = ()
    """What makes it hard (`quoted_history`, `number_drift`, …); empty when it is tidy."""
    harvested: bool = False
    """Whether it comes from reviewers' decisions."""
    needs_reading: bool = False
    """Whether a person still has to read it before it counts."""

    @property
    def words(self) -> int:
        return len(self.pasted.split())

    @property
    def length(self) -> str:
        """One of LENGTHS."""
        return LENGTHS[(self.words >= SHORT_BELOW) + (self.words > LONG_ABOVE)]

    @cached_property
    def sha256(self) -> str:
        """Hex digest of all that the case says, text and labels."""
        return sha256(self.model_dump_json().encode())


@dataclass(frozen=True)
class Unreadable:
    """A file that is no case, or that may not count yet."""

    file: str
    fault: str


@dataclass(frozen=True)
class CaseFolder:
    """The cases of a folder, by id, and what could not be read."""

    name: str
    """The split, or the folder as it was given."""
    folder: Path
    cases: Sequence[Case]
    unreadable: Sequence[Unreadable] = ()


def locate(name: str) -> Path:
    """The folder of that name among the product's cases, else anywhere. Raises CasesUnusable."""
    own = Path(str(files("eval"))) / "cases" / name
    folder = own if name in FOLDERS else Path(name)
    if not folder.is_dir():
        raise CasesUnusable(f"There is no folder {folder}.")
    return folder


def read_cases(name: str) -> CaseFolder:
    """All cases of a split or folder. Raises CasesUnusable when there is none."""
    folder = locate(name)
    cases: dict[str, Case] = {}
    unreadable: list[Unreadable] = []
    for path in sorted(folder.glob("*.json")):
        read = read_case(path)
        if isinstance(read, Unreadable):
            unreadable.append(read)
        elif read.id in cases:
            unreadable.append(Unreadable(path.name, f"another file has the id {read.id}"))
        else:
            cases[read.id] = read
    if not cases and not unreadable:
        raise CasesUnusable(f"{folder} holds no .json file.")
    return CaseFolder(name, folder, sorted(cases.values(), key=lambda case: case.id), unreadable)


def read_case(path: Path) -> Case | Unreadable:
    """The case of a file, or what is wrong with the file in one line."""
    try:
        return Case.model_validate_json(path.read_bytes())
    except OSError as error:
        return Unreadable(path.name, error.strerror or "cannot be opened")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        return Unreadable(path.name, f"{place}: {first['msg']}" if place else first["msg"])


def write_case(case: Case, folder: Path) -> Path:
    """Write the case as a file of the folder, named by its id; the path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{case.id}.json"
    content = case.model_dump(mode="json", exclude_defaults=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path
