"""What counts as found, misfiled, missed, invented, and who was named rightly."""

from collections import Counter
from datetime import date

import pytest

from eval.attribution import same_name
from eval.inventions import Unsaid, unsaid
from eval.outcome import Drafted, Outcome, compare
from eval.scoring import score
from summarizer.items import Item, Kind, Side, Stakeholder
from summarizer.reading.threads import read
from tests.unit.eval_making import SHOPS, TEXT, case, gold, item

SHOPS_BY_MOIRA = item(
    Kind.DEPENDENCY, "Moira sends the list of shops", id="i2", quote=SHOPS, owner="Moira Finn", due=date(2026, 3, 20)
)


def counts(*items: Item, people: tuple[Stakeholder, ...] = ()) -> Counter[str]:
    return score(case(), Drafted(items=items, stakeholders=people), source=read(TEXT)).counts


def shown(counted: Counter[str], *names: str) -> dict[str, int]:
    return {name: counted[name] for name in names}


def test_right_words_under_a_wrong_kind_are_found_and_not_right() -> None:
    wrong = item(Kind.MILESTONE)
    assert compare(case(), [wrong, SHOPS_BY_MOIRA]) == Outcome(
        matched={1: 1}, misfiled={0: 0}, missed=(), extra=(), found=2, stated={}
    )


def test_one_drafted_item_answers_for_one_labelled_one() -> None:
    twice = case(items=[gold(), gold(id="g2")])
    assert compare(twice, [item()]) == Outcome(matched={0: 0}, misfiled={}, missed=(1,), extra=(), found=1, stated={})


def test_the_matching_is_the_largest_there_is() -> None:
    picky, easy = gold(Kind.SCOPE, ["five"], ["dashboard"]), gold(Kind.SCOPE, ["five"], id="g2")
    labelled = case(items=[easy, picky])
    outcome = compare(labelled, [item(text="Five dashboards"), item(text="Five", id="i2")])
    assert outcome.matched == {0: 1, 1: 0}


def test_a_date_or_owner_beside_the_words_counts_as_said() -> None:
    labelled = case(items=[gold(Kind.DEPENDENCY, ["shops"], ["moira"], ["2026-03-20"], evidence=SHOPS)])
    beside = item(Kind.DEPENDENCY, "The shops", quote=SHOPS, owner="Moira Finn", due=date(2026, 3, 20))
    assert compare(labelled, [beside]).matched == {0: 0}


def test_a_superseded_claim_that_is_drafted_is_a_stated_trap() -> None:
    counted = counts(item(text="Eight dashboards", quote="eight dashboards"))
    wanted = {"traps": 1, "traps:stated": 1, "superseded": 1, "superseded:stated": 1}
    assert shown(counted, *wanted) == wanted


def test_a_trap_under_a_harmless_kind_is_not_stated() -> None:
    assert counts(item(Kind.EXCLUSION, "Not eight dashboards"))["traps:stated"] == 0


def test_citations_are_held_against_the_labelled_evidence() -> None:
    elsewhere = item(quote="Hi Owen")
    counted = counts(elsewhere, SHOPS_BY_MOIRA)
    wanted = {
        "quotes": 2,
        "quotes:exact": 2,
        "cited": 1,
        "cites": 2,
        "cites:right": 1,
        "evidence": 2,
        "evidence:met": 1,
    }
    assert shown(counted, *wanted) == wanted


def test_a_quote_at_a_wrong_place_is_not_exact() -> None:
    moved = item()
    evidence = moved.evidence[0].model_copy(update={"start": 0, "end": len(moved.evidence[0].quote)})
    assert counts(moved.model_copy(update={"evidence": (evidence,)}))["quotes:exact"] == 0


def test_the_confusion_table_holds_each_item_once() -> None:
    counted = counts(item(Kind.MILESTONE), item(Kind.OBLIGATION, "They pay late", id="i3"))
    cells = {key: count for key, count in counted.items() if key.startswith("confusion") and count}
    assert cells == {
        "confusion:scope:milestone": 1,
        "confusion:dependency:missed": 1,
        "confusion:extra:obligation": 1,
    }


def test_kinds_that_the_case_has_not_are_best_left_empty() -> None:
    assert shown(counts(item(Kind.OBLIGATION)), "absent", "absent:empty") == {"absent": 5, "absent:empty": 4}


def test_a_case_without_anything_is_best_left_empty() -> None:
    nothing, source = case(items=[]), read(TEXT)
    empty, full = (score(nothing, Drafted(items=items), source=source).counts for items in ((), (item(),)))
    assert [shown(each, "nothing", "nothing:empty") for each in (empty, full)] == [
        {"nothing": 1, "nothing:empty": 1},
        {"nothing": 1, "nothing:empty": 0},
    ]


def test_what_stands_nowhere_is_invented_and_what_stands_elsewhere_is_not() -> None:
    source = read(TEXT)
    drafted = item(text="Build five dashboards for Zebulon at 417 EUR, with the shops by 20 March")
    assert unsaid(drafted, source, firms=["Velmere"]) == [
        Unsaid(words="Zebulon", sort="name", invented=True),
        Unsaid(words="417 EUR", sort="figure", invented=True),
        Unsaid(words="20 March", sort="date", invented=False),
    ]


def test_an_invented_figure_is_counted_by_item_and_by_sort() -> None:
    counted = counts(item(text="Build five dashboards for 417 EUR"))
    wanted = {"items:inventing": 1, "items:beyond": 0, "invented:figure": 1}
    assert shown(counted, *wanted) == wanted


def test_people_are_found_by_name_and_then_looked_at() -> None:
    moira = Stakeholder(id="s1", name="Moira", side=Side.VENDOR)
    counted = counts(people=(moira, Stakeholder(id="s2", name="Ada Stone")))
    wanted = {"people:gold": 2, "people:predicted": 2, "people:hit": 1, "sides": 1, "sides:right": 0, "roles": 0}
    assert shown(counted, *wanted) == wanted


def test_owner_and_date_of_a_right_dependency_are_looked_at() -> None:
    counted = counts(SHOPS_BY_MOIRA.model_copy(update={"due": date(2026, 3, 21)}))
    wanted = {"owners": 1, "owners:given": 1, "owners:right": 1, "dues": 1, "dues:given": 1, "dues:right": 0}
    assert shown(counted, *wanted) == wanted


def test_a_confidence_is_kept_with_what_came_of_it() -> None:
    drafted = Drafted(items=(item(confidence=0.9), item(Kind.MILESTONE, id="i2", confidence=0.4), SHOPS_BY_MOIRA))
    assert score(case(), drafted, source=read(TEXT)).chances == ((0.9, True), (0.4, False))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Theo Lamb", "Theo", True),
        ("the Ferrow IT", "Ferrow's IT", True),
        ("Ann Lee", "Ann Roe", False),
        ("", "Ann", False),
    ],
)
def test_names_are_compared_by_their_words(one: str, other: str, *, same: bool) -> None:
    assert same_name(one, other) is same
