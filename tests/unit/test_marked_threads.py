"""Texts that only teach, with marks written into them."""

import re
from collections import Counter

import pytest

from eval.errors import CasesUnusable
from eval.training.examples import examples
from eval.training.labels import SUPPORT, TAGS, TRAP, Label, Stretch
from eval.training.marked import MarkedThread, parse, read_marked

BRIEF_HANDS = "pqr"
"""First letters of the texts of a few lines."""
HEAD = "deal: Ferry desks\nclient: Ferrow\nvendor: Tidemark\ntype: implementation\nform: sales_notes\n---\n"
TEXT = "We wanted nine desks. Make it seven, five in Ayr. By Monday."
MARKED = "We wanted [[trap 1|nine desks]]. [[undo 1|Make it [[scope 2|seven, five in Ayr]]]]. [[+2|By Monday]]."


def said(thread: MarkedThread) -> list[tuple[Label, str]]:
    return [(stretch.label, thread.case.pasted[stretch.start : stretch.end]) for stretch in thread.stretches]


def test_marks_are_taken_out_of_the_text_and_name_its_stretches() -> None:
    thread = parse("m-1", HEAD + MARKED)
    assert thread.case.pasted == TEXT
    assert said(thread) == [
        (Label(TRAP, -1), "nine desks"),
        (Label(TAGS.index("scope"), 2), "seven, five in Ayr"),
        (Label(SUPPORT, 2), "By Monday"),
    ]
    assert thread.stretches[0] == Stretch(Label(TRAP, -1), 10, 20)


def test_what_takes_a_trap_back_is_known_and_marks_nothing_itself() -> None:
    (found,) = parse("m-1", HEAD + MARKED).case.gold.traps
    assert (found.stands, found.undone_by) == (("nine desks",), ("Make it seven, five in Ayr",))


def test_an_item_has_all_its_words_as_evidence() -> None:
    (item,) = parse("m-1", HEAD + MARKED).case.gold.items
    assert (item.kind, item.evidence) == ("scope", ("seven, five in Ayr", "By Monday"))


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("no head at all", "no line of dashes"),
        (HEAD + "we take [[scope 1|nine", "scope 1 does not end"),
        (HEAD + "we take nine]] desks", "never began"),
        (HEAD.replace("sales_notes", "poem") + "nine", "poem"),
        (HEAD.replace("client: Ferrow\n", "") + "nine", "client"),
    ],
)
def test_a_thread_that_cannot_be_read_is_refused_by_name(raw: str, fault: str) -> None:
    with pytest.raises(CasesUnusable, match="m-1: .*" + fault):
        parse("m-1", raw)


def test_a_passage_that_is_all_caption_bears_no_mark() -> None:
    thread = parse(
        "m-1", f"{HEAD}[00:01] Rita Olsen (Ferrow): hello\n(KB)\n[00:05] Rita Olsen: [[scope 1|seven desks]]\n"
    )
    (example,) = examples([thread])
    assert [label for label in example.labels if label.tag] == [Label(TAGS.index("scope"), 1)]


def test_words_without_a_mark_go_with_the_nearest_mark_of_their_clause_and_other_clauses_stay_alone() -> None:
    text = (
        "Honestly, [[scope 1|we want seven desks]], and soon, and [[trap 2|nine chairs]].\nGood coffee, by the way.\n"
    )
    (example,) = examples([parse("m-1", HEAD + text)])
    told = [(segment.text.strip(), label.of) for segment, label in zip(example.segments, example.labels, strict=True)]
    assert told == [
        ("Honestly, we want seven desks,", 1),
        ("and soon,", 1),
        ("and nine chairs.", -2),
        ("Good coffee,", 0),
        ("by the way.", 0),
    ]


@pytest.fixture(scope="module")
def shipped() -> list[MarkedThread]:
    return read_marked()


def test_each_marked_thread_teaches_items_and_traps(shipped: list[MarkedThread]) -> None:
    poor = {
        thread.case.id
        for thread in shipped
        if thread.case.id[0] not in BRIEF_HANDS and (len(thread.case.gold.items) < 5 or not thread.case.gold.traps)
    }
    assert poor == set()


def test_some_marked_threads_teach_that_there_may_be_nothing_and_that_short_ones_may_hold_something(
    shipped: list[MarkedThread],
) -> None:
    bare = [thread.case.gold for thread in shipped if thread.case.id.startswith("p")]
    kinds = Counter("items" if gold.items else "traps" if gold.traps else "nothing" for gold in bare)
    assert min(kinds[each] for each in ("items", "traps", "nothing")) > 150


def test_more_short_texts_hold_something_than_nothing(shipped: list[MarkedThread]) -> None:
    short = [thread.case.gold.items for thread in shipped if thread.case.words < 150]
    assert sum(map(bool, short)) > len(short) / 2


def test_no_mark_is_left_in_a_text(shipped: list[MarkedThread]) -> None:
    assert [thread.case.id for thread in shipped if "[[" in thread.case.pasted or "]]" in thread.case.pasted] == []


def test_no_item_of_a_marked_thread_is_stated_twice(shipped: list[MarkedThread]) -> None:
    doubled = [
        (thread.case.id, number)
        for thread in shipped
        for number, count in Counter(each.label.of for each in thread.stretches if each.label.states).items()
        if count > 1
    ]
    assert doubled == []


def test_marked_threads_hold_fictional_addresses_only(shipped: list[MarkedThread]) -> None:
    domains = {domain for thread in shipped for domain in re.findall(r"@([\w-]+(?:\.[\w-]+)+)", thread.case.pasted)}
    assert {domain for domain in domains if not domain.endswith(".example")} == set()
