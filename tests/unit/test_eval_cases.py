"""Labelled cases: how they are read, and what breaks the guide."""

import doctest
import json
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from eval.cases import Case, Unreadable, read_case, read_cases, write_case
from eval.checking import faults
from eval.errors import CasesUnusable
from summarizer.items import Kind
from tests.unit.eval_making import TEXT, case, gold, item, trap

LONG = TEXT + "We talked about the weather and the ferry again. " * 30


def sound() -> Case:
    """A case without a fault."""
    scope = [gold(Kind.SCOPE, ["five"], id=f"g{number}") for number in range(1, 5)]
    return case(text=LONG, items=[*scope, gold(Kind.DEPENDENCY, ["shops"], id="g5", evidence="list of shops")])


def test_a_case_is_written_and_read_alike(tmp_path: Path) -> None:
    assert read_case(write_case(sound(), tmp_path)) == sound()


def test_a_folder_gives_its_cases_and_names_what_is_none(tmp_path: Path) -> None:
    write_case(case("b"), tmp_path)
    write_case(case("a"), tmp_path)
    (tmp_path / "broken.json").write_text("{", "utf-8")
    (tmp_path / "copy.json").write_text((tmp_path / "a.json").read_text("utf-8"), "utf-8")
    read = read_cases(str(tmp_path))
    assert [each.id for each in read.cases] == ["a", "b"]
    assert [each.file for each in read.unreadable] == ["broken.json", "copy.json"]


def test_an_unreadable_case_names_the_place_of_the_fault(tmp_path: Path) -> None:
    content = json.loads(write_case(case(), tmp_path).read_text("utf-8"))
    content["gold"]["items"][1]["kind"] = "wish"
    (tmp_path / "c1.json").write_text(json.dumps(content), "utf-8")
    found = read_case(tmp_path / "c1.json")
    assert isinstance(found, Unreadable)
    assert found.fault.startswith("gold.items.1.kind: ")


def test_an_empty_or_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CasesUnusable):
        read_cases(str(tmp_path))
    with pytest.raises(CasesUnusable):
        read_cases(str(tmp_path / "none"))


def test_the_digest_of_a_case_changes_with_its_content_alone() -> None:
    assert case().sha256 == case().sha256
    assert case().sha256 != case(text=TEXT + " ").sha256


def test_a_sound_case_has_no_fault() -> None:
    assert list(faults(sound())) == []


def broken(**changes: Any) -> list[str]:
    """Faults of the sound case with these changes of its first item."""
    good = sound()
    first = good.gold.items[0].model_copy(update=changes)
    items = (first, *good.gold.items[1:])
    labels = good.gold.model_copy(update={"items": items})
    return [f"{each.place}: {each.fault}" for each in faults(good.model_copy(update={"gold": labels}))]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"evidence": ()}, "g1: no evidence"),
        ({"evidence": ("nowhere",)}, "g1: evidence is no substring: 'nowhere'"),
        ({"must": ()}, "g1: must is empty or not in lower case"),
        ({"must": (("Five",),)}, "g1: must is empty or not in lower case"),
        ({"must": (("six",),)}, "g1: its own text misses its must"),
        ({"text": "five of eight"}, "trap 1: 'Eight dashboards' catches the gold item g1"),
        ({"id": "g2"}, "g2: two items have this id"),
    ],
)
def test_each_fault_is_named_with_its_item(changes: dict[str, Any], fault: str) -> None:
    assert broken(**changes) == [fault]


def test_a_short_case_with_few_items_and_no_trap_is_named_for_each() -> None:
    bare = case(items=[gold()])
    bare = bare.model_copy(update={"gold": bare.gold.model_copy(update={"traps": ()})})
    assert [each.fault for each in faults(bare)] == [
        f"{bare.words} words; 250 to 3000 are asked for",
        "1 items; 5 to 20 are asked for",
        "no dependency",
        "no traps",
    ]


def test_a_case_of_small_talk_needs_no_items() -> None:
    assert list(faults(case(items=[], messy=["nothing"]))) == []


def test_a_brief_case_needs_an_item_and_no_more() -> None:
    one = case(items=[gold()], messy=["brief"])
    untrapped = one.model_copy(update={"gold": one.gold.model_copy(update={"traps": ()})})
    assert list(faults(untrapped)) == []
    assert [each.fault for each in faults(case(items=[], messy=["brief"]))] == ["0 items; 1 to 11 are asked for"]


def test_traps_of_a_case_of_small_talk_are_checked_too() -> None:
    idle = case(items=[], messy=["nothing"])
    unsound = trap().model_copy(update={"stands": ("nine dashboards",)})
    labels = idle.gold.model_copy(update={"traps": (unsound,)})
    assert [each.place for each in faults(idle.model_copy(update={"gold": labels}))] == ["trap 1"]


def test_a_harvested_case_counts_only_after_a_person_has_read_it() -> None:
    fresh = sound().model_copy(update={"harvested": True, "needs_reading": True})
    assert [each.place for each in faults(fresh)] == ["case"]


@pytest.mark.parametrize(
    "name", ["attribution", "calibration", "figures", "highlights", "matching", "stand_ins", "telling"]
)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    assert doctest.testmod(import_module(f"eval.{name}")).failed == 0


SHIPPED = sorted(path for path in (Path(str(files("eval"))) / "cases").glob("*") if path.is_dir())


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_the_cases_of_the_product_obey_the_guide(folder: Path) -> None:
    found = read_cases(folder.name)
    assert list(found.unreadable) == []
    assert [(each.id, fault) for each in found.cases for fault in faults(each)] == []


def test_no_case_of_the_product_stands_in_two_splits() -> None:
    cases = [each for folder in SHIPPED for each in read_cases(folder.name).cases]
    assert len({each.id for each in cases}) == len(cases)
    assert len({each.pasted for each in cases}) == len(cases)


def test_items_for_tests_stand_where_they_say() -> None:
    assert item().evidence[0].stands_in(TEXT)
