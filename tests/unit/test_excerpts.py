"""Short texts that teach, cut out of marked threads."""

import pytest

from eval.training.excerpts import excerpts
from eval.training.marked import MarkedThread, parse

HEAD = "deal: Ferry desks\nclient: Ferrow\nvendor: Tidemark\ntype: implementation\nform: email_thread\n---\n"
ASKED = """From: Ana Bo <ana@tidemark.example>
Date: 2 March 2026

Hello Rita, it was good to meet you all at the fair, and to see the new boat, even in the rain.
{asked}
Ana

"""
ANSWERED = """From: Rita Olsen <rita@ferrow.example>
Date: 3 March 2026

Dear Ana, thank you, and the children still talk about the captain's hat that you gave them.
{answered}
Rita
"""


def excerpt(asked: str, answered: str, *, seed: int = 0) -> MarkedThread | None:
    thread = parse("m-1", HEAD + ASKED.format(asked=asked) + ANSWERED.format(answered=answered))
    return next(excerpts([thread], seed=seed), None)


def test_an_excerpt_has_its_own_text_and_marks() -> None:
    found = excerpt("Do you want a crane?", "[[scope 1|You build nine desks]], and no crane.")
    assert found is not None
    assert [found.case.pasted[each.start : each.end] for each in found.stretches] == ["You build nine desks"]


@pytest.mark.parametrize("seed", range(8))
def test_what_the_rest_of_the_thread_takes_back_is_cut_out_with_that_only(seed: int) -> None:
    found = excerpt(
        "[[trap 1|We build nine desks]] and [[scope 3|a lamp]].", "[[undo 1|Make it [[scope 2|seven]]]].", seed=seed
    )
    assert found is not None
    assert "nine" not in found.case.pasted or "seven" in found.case.pasted


@pytest.mark.parametrize("seed", range(8))
def test_what_adds_to_an_item_that_stands_elsewhere_is_nothing(seed: int) -> None:
    found = excerpt("[[scope 1|We build nine desks]].", "[[+1|By May]]. And [[scope 2|a lamp]].", seed=seed)
    assert found is not None
    added = [each for each in found.stretches if found.case.pasted[each.start : each.end] == "By May"]
    assert bool(added) == ("nine desks" in found.case.pasted and "By May" in found.case.pasted)


def test_a_thread_that_states_nothing_has_no_excerpt() -> None:
    assert excerpt("Good weather here.", "Here too.") is None


def test_the_same_seed_draws_the_same_excerpt() -> None:
    marked = "[[scope 1|We build nine desks]].", "[[scope 2|And a lamp]]."
    assert excerpt(*marked, seed=3) == excerpt(*marked, seed=3)
