"""What changed between two versions."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from summarizer.decisions import Decided, Verdict, Version
from summarizer.difference import Change, EntryDifference, FieldChange, Words, difference, words
from summarizer.items import Item, Kind

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def version(number: int, *items: Item) -> Version:
    decided = tuple(
        Decided[Item](item=item, suggestion="s", verdict=Verdict.ACCEPTED, decided_by="felix", decided_at=AT)
        for item in items
    )
    return Version(number=number, items=decided, suggestion="s", committed_by="felix", committed_at=AT)


def scope(id: str, text: str, owner: str | None = None) -> Item:
    return Item(id=id, kind=Kind.SCOPE, text=text, owner=owner)


def test_entries_are_compared_by_id_and_removed_ones_come_last() -> None:
    before = version(1, scope("1.1", "Build five dashboards"), scope("1.2", "Train two analysts"))
    after = version(2, scope("1.1", "Build four dashboards", owner="Yuki"), scope("2.1", "Load three years"))
    assert difference(before, after) == [
        EntryDifference(
            id="1.1",
            kind="scope",
            change=Change.CHANGED,
            words=(
                Words(op=Change.SAME, text="Build "),
                Words(op=Change.REMOVED, text="five"),
                Words(op=Change.ADDED, text="four"),
                Words(op=Change.SAME, text=" dashboards"),
            ),
            fields=(FieldChange(name="owner", before=None, after="Yuki"),),
        ),
        EntryDifference(
            id="2.1", kind="scope", change=Change.ADDED, words=(Words(op=Change.ADDED, text="Load three years"),)
        ),
        EntryDifference(
            id="1.2", kind="scope", change=Change.REMOVED, words=(Words(op=Change.REMOVED, text="Train two analysts"),)
        ),
    ]


def test_against_nothing_everything_is_added() -> None:
    assert [each.change for each in difference(None, version(1, scope("1.1", "Build")))] == [Change.ADDED]


def test_what_did_not_change_is_the_same() -> None:
    one = version(1, scope("1.1", "Build"))
    assert [each.change for each in difference(one, one)] == [Change.SAME]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_runs_spell_both_texts(before: str, after: str) -> None:
    runs = words(before, after)
    assert "".join(run.text for run in runs if run.op is not Change.ADDED) == before
    assert "".join(run.text for run in runs if run.op is not Change.REMOVED) == after
