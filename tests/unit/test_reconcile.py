"""Duplicates become one item; contradictions become findings."""

from datetime import date

from summarizer.items import Evidence, FindingKind, Grounding, Item, Kind
from summarizer.reconcile import merge

HERE = Evidence(source="s1", message=1, start=0, end=5, quote="words")
THERE = Evidence(source="s1", message=2, start=40, end=45, quote="again")


def item(item_id: str, text: str, *evidence: Evidence, kind: Kind = Kind.SCOPE, due: date | None = None) -> Item:
    return Item(id=item_id, kind=kind, text=text, evidence=evidence, due=due, grounding=Grounding.EXACT)


def test_the_same_words_become_one_item_with_all_evidence() -> None:
    first, second = item("i1", "Build five reports", HERE), item("i2", "Build 5 reports", THERE)
    assert merge([first, second]) == ([first.model_copy(update={"evidence": (HERE, THERE)})], [])


def test_related_words_about_the_same_place_become_one_item() -> None:
    items, _ = merge([item("i1", "Migrate the archive", HERE), item("i2", "Archive to migrate to the cloud", HERE)])
    assert [each.id for each in items] == ["i1"]


def test_the_better_grounded_duplicate_gives_the_text() -> None:
    loose = item("i1", "Archive migrated by Nora", HERE).model_copy(update={"grounding": Grounding.PARTIAL})
    assert merge([loose, item("i2", "Archive migrated by us", HERE)])[0][0].text == "Archive migrated by us"


def test_other_kinds_and_other_facts_stay_apart() -> None:
    items = [
        item("i1", "Build five reports", HERE),
        item("i2", "Build nine kiosks", THERE),
        item("i3", "Nora signs the permit", HERE, kind=Kind.DEPENDENCY),
    ]
    assert merge(items) == (items, [])


def test_two_dates_for_the_same_thing_contradict() -> None:
    one = item("i1", "Pilot goes live at the depot", HERE, kind=Kind.MILESTONE, due=date(2026, 5, 4))
    other = item("i2", "Pilot live at the depot", THERE, kind=Kind.MILESTONE, due=date(2026, 6, 4))
    items, findings = merge([one, other.model_copy(update={"text": "The pilot goes live at our depot then"})])
    assert len(items) == 2
    assert [(finding.kind, finding.item, finding.evidence) for finding in findings] == [
        (FindingKind.CONTRADICTION, "i2", (HERE, THERE))
    ]


def test_two_figures_for_the_same_thing_contradict() -> None:
    _, findings = merge([item("i1", "Build five sales reports", HERE), item("i2", "Build nine sales reports", THERE)])
    assert [finding.text for finding in findings] == [
        "Two figures for the same thing: “Build five sales reports” and “Build nine sales reports”"
    ]


def test_what_is_in_and_out_of_scope_contradicts() -> None:
    _, findings = merge(
        [item("i1", "Archive migration", HERE), item("i2", "No archive migration", THERE, kind=Kind.EXCLUSION)]
    )
    assert [finding.text for finding in findings] == [
        "Both in and out of scope: “Archive migration” and “No archive migration”"
    ]
