"""What every `SignedSows` does, whatever it is made of."""

from collections.abc import Callable, Iterator

import pytest

from summarizer.errors import NotFound
from summarizer.signed import Became
from summarizer.stores import Store
from tests import making
from tests.conftest import FreshWorkspaces


@pytest.fixture
def store(workspaces: FreshWorkspaces) -> Iterator[Store]:
    """A transaction in which the deals “d1” and “d2” stand."""
    with workspaces.begin("north") as opened:
        opened.deals.add(making.deal())
        opened.deals.add(making.deal("d2"))
        yield opened


def test_a_signed_sow_is_kept_to_the_letter(store: Store) -> None:
    assert store.signed.add(making.signed_sow()) == making.signed_sow()
    assert store.signed.get("n1") == making.signed_sow()


def test_the_same_file_again_is_the_first_one_but_not_in_another_deal(store: Store) -> None:
    store.signed.add(making.signed_sow())
    assert store.signed.add(making.signed_sow("n2")).id == "n1"
    assert store.signed.add(making.signed_sow("n3", deal="d2")).id == "n3"


def test_signed_sows_of_a_deal_come_newest_first_and_without_their_files(store: Store) -> None:
    made = [making.signed_sow(), making.signed_sow("n2", text="Other", minutes=1)]
    for each in made:
        store.signed.add(each)
    assert store.signed.of_deal("d1") == [each.card for each in reversed(made)]
    assert store.signed.of_deal("d2") == []


def test_a_comparison_is_finished_once_and_stays(store: Store) -> None:
    store.signed.add(making.signed_sow())
    asked = making.comparison()
    store.signed.ask(asked)
    assert store.signed.comparison("c1") == asked
    made = asked.model_copy(update={"rows": (making.row(),), "sources": ("s1",)})
    assert store.signed.finish(made)
    assert not store.signed.finish(made.model_copy(update={"rows": ()}))
    assert store.signed.comparison("c1") == made


def test_a_comparison_without_differences_is_finished_too(store: Store) -> None:
    store.signed.add(making.signed_sow())
    store.signed.ask(making.comparison())
    assert store.signed.finish(making.comparison().model_copy(update={"rows": ()}))
    assert store.signed.comparison("c1").rows == ()


def test_comparisons_come_newest_first(store: Store) -> None:
    store.signed.add(making.signed_sow())
    made = [making.comparison(), making.comparison("c2", minutes=1)]
    for each in made:
        store.signed.ask(each)
    assert store.signed.comparisons("d1") == made[::-1]
    assert store.signed.comparisons("d2") == []


def test_notes_of_a_deal_come_oldest_first(store: Store) -> None:
    store.signed.add(making.signed_sow())
    store.signed.ask(making.comparison())
    making.store_suggestion(store)
    notes = [making.row_note(), making.row_note(became=Became.ITEM, suggestion="g1")]
    for note in notes:
        store.signed.note(note)
    assert store.signed.notes("d1") == notes
    assert store.signed.notes("d2") == []


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.signed.get("nothing"),
        lambda store: store.signed.comparison("nothing"),
        lambda store: store.signed.note(making.row_note("nothing")),
        lambda store: store.signed.add(making.signed_sow(deal="nothing")),
    ],
    ids=["sow", "comparison", "row", "deal"],
)
def test_what_is_unknown_is_not_found(store: Store, use: Callable[[Store], object]) -> None:
    with pytest.raises(NotFound):
        use(store)
