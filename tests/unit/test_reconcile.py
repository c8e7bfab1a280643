"""Duplicates become one item; contradictions become findings."""

from datetime import date

import pytest

from summarizer.items import Evidence, FindingKind, Grounding, Item, Kind
from summarizer.reconcile import merge, said_already

HERE = Evidence(source="s1", message=1, start=0, end=5, quote="words")
THERE = Evidence(source="s1", message=2, start=40, end=45, quote="again")


def item(item_id: str, text: str, *evidence: Evidence, kind: Kind = Kind.SCOPE, due: date | None = None) -> Item:
    return Item(id=item_id, kind=kind, text=text, evidence=evidence, due=due, grounding=Grounding.EXACT)


def test_the_same_words_become_one_item_with_all_evidence() -> None:
    first, second = item("i1", "Build five reports", HERE), item("i2", "Build 5 reports", THERE)
    merged = merge([first, second])
    assert merged.items == [first.model_copy(update={"evidence": (HERE, THERE)})]
    assert (merged.contradictions, merged.told_as) == ([], {"i1": "i1"})


def test_related_words_about_the_same_place_become_one_item() -> None:
    items = merge([item("i1", "Migrate the archive", HERE), item("i2", "Archive to migrate to the cloud", HERE)]).items
    assert [each.id for each in items] == ["i1"]


def test_the_better_grounded_duplicate_gives_the_text() -> None:
    loose = item("i1", "Archive migrated by Nora", HERE).model_copy(update={"grounding": Grounding.PARTIAL})
    merged = merge([loose, item("i2", "Archive migrated by us", HERE)])
    assert [each.text for each in merged.items] == ["Archive migrated by us"]
    assert merged.told_as == {"i2": "i1"}


def test_other_kinds_and_other_facts_stay_apart() -> None:
    items = [
        item("i1", "Build five reports", HERE),
        item("i2", "Build nine kiosks", THERE),
        item("i3", "Nora signs the permit", HERE, kind=Kind.DEPENDENCY),
    ]
    assert (merge(items).items, merge(items).contradictions) == (items, [])


def test_two_dates_for_the_same_thing_contradict() -> None:
    one = item("i1", "Pilot goes live at the depot", HERE, kind=Kind.MILESTONE, due=date(2026, 5, 4))
    other = item("i2", "Pilot live at the depot", THERE, kind=Kind.MILESTONE, due=date(2026, 6, 4))
    merged = merge([one, other.model_copy(update={"text": "The pilot goes live at our depot then"})])
    assert len(merged.items) == 2
    assert [(finding.kind, finding.item, finding.evidence) for finding in merged.contradictions] == [
        (FindingKind.CONTRADICTION, "i1", (HERE, THERE)),
        (FindingKind.CONTRADICTION, "i2", (HERE, THERE)),
    ]


def test_two_figures_for_the_same_thing_contradict() -> None:
    merged = merge([item("i1", "Build five sales reports", HERE), item("i2", "Build nine sales reports", THERE)])
    assert {finding.text: finding.item for finding in merged.contradictions[:1]} == {
        "Two figures for the same thing: “Build five sales reports” and “Build nine sales reports”": "i1"
    }
    assert [finding.item for finding in merged.contradictions] == ["i1", "i2"]


def test_what_is_in_and_out_of_scope_contradicts() -> None:
    merged = merge(
        [item("i1", "Archive migration", HERE), item("i2", "No archive migration", THERE, kind=Kind.EXCLUSION)]
    )
    assert {finding.text: finding.item for finding in merged.contradictions[:1]} == {
        "Both in and out of scope: “Archive migration” and “No archive migration”": "i1"
    }
    assert [finding.item for finding in merged.contradictions] == ["i1", "i2"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Build the customer portal", "Build the admin portal"),
        ("Nightly export of all orders to SAP", "Nightly export of all orders to Navision"),
        ("The client provides test data", "The vendor provides test data"),
        ("Data migration is included", "Data migration is not included"),
        ("They can use the old data", "They can't use the old data"),
    ],
)
def test_two_facts_of_one_place_stay_two(one: str, other: str) -> None:
    assert len(merge([item("i1", one, HERE), item("i2", other, HERE)]).items) == 2


def test_the_same_words_owed_by_two_stay_two() -> None:
    both = [item(f"i{number}", "Send the list", HERE, kind=Kind.DEPENDENCY) for number in (1, 2)]
    owed = [each.model_copy(update={"owner": owner}) for each, owner in zip(both, ("Ana", "Ben"), strict=True)]
    assert merge(owed).items == owed


def test_a_claim_and_its_denial_contradict() -> None:
    merged = merge([item("i1", "Data migration is included", HERE), item("i2", "Data migration not included", THERE)])
    assert {finding.text: finding.item for finding in merged.contradictions[:1]} == {
        "One says it, the other denies it: “Data migration is included” and “Data migration not included”": "i1"
    }
    assert [finding.item for finding in merged.contradictions] == ["i1", "i2"]


def test_what_stands_is_said_already_though_a_reviewer_has_worded_it_anew() -> None:
    drafted = [item("i1", "Build the customer portal", HERE), item("i2", "Build the admin portal", HERE)]
    assert said_already(drafted, [item("v1", "A portal for all customers", HERE)]) == {"i1"}
    assert said_already(drafted, [item("v1", "Build the customer portal and the admin portal", HERE)]) == {"i1", "i2"}
    assert said_already(drafted, [item("v1", "Build the customer portal", THERE)]) == set()


def test_without_evidence_only_the_same_words_are_said_already() -> None:
    asked = [item("i1", "Who hosts it?", kind=Kind.OPEN_QUESTION), item("i2", "Which IdP?", kind=Kind.OPEN_QUESTION)]
    assert said_already(asked, [item("v1", "Which IdP is it?", kind=Kind.OPEN_QUESTION)]) == {"i2"}
