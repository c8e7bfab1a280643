"""What a labelled case teaches of each segment."""

import re

import pytest

from eval.cases import Case, Trap
from eval.training.labels import TAGS, labels, stretches
from summarizer.adapters.embedded import clauses
from summarizer.adapters.embedded.segments import Segment, cut
from summarizer.items import Kind
from summarizer.numbering import Material, brief, number
from summarizer.reading.threads import read
from tests.unit.eval_making import FIVE, SHOPS, case, gold, trap


def taught(labelled: Case) -> dict[str, tuple[str, int]]:
    """Each segment's text with its tag and the number of its item."""
    source = read(labelled.pasted, client=labelled.deal.client, vendor=labelled.deal.vendor)
    places = list(number([source]))
    material = Material([source], client=labelled.deal.client, vendor=labelled.deal.vendor)
    segments: list[Segment] = cut(clauses.read(brief(material, places)))
    spans = {at: (place.passage.start, place.passage.end) for at, place in enumerate(places, start=1)}
    found = labels(stretches(labelled, spans), labelled.pasted, segments, spans)
    return {segment.text.strip(): (TAGS[label.tag], label.of) for segment, label in zip(segments, found, strict=True)}


def test_items_are_taught_where_their_quotes_stand_and_traps_where_they_are_claimed() -> None:
    found = taught(case().model_copy(update={"gold": case().gold.model_copy(update={"traps": (trap(),)})}))
    assert found["We wanted eight dashboards,"] == ("trap", -1)
    assert found[f"{FIVE}."] == ("scope", 1)
    assert found[SHOPS] == ("dependency", 2)


def test_the_quote_that_says_most_states_the_item_and_the_others_add_to_it() -> None:
    item = gold(Kind.SCOPE, ["five"], ["dashboards"], evidence=FIVE)
    item = item.model_copy(update={"evidence": (SHOPS, "eight dashboards, five is plenty now")})
    found = taught(case(items=[item]))
    assert found["We wanted eight dashboards,"][0] == "scope"
    assert found[SHOPS] == ("support", 1)


def test_an_item_outdoes_a_trap_that_stands_in_the_same_words() -> None:
    same: Trap = trap().model_copy(update={"stands": (SHOPS,)})
    labelled = case().model_copy(update={"gold": case().gold.model_copy(update={"traps": (same,)})})
    assert taught(labelled)[SHOPS] == ("dependency", 2)


@pytest.mark.parametrize("blank", ["\n", "   "])
def test_white_space_in_the_pasted_text_does_not_matter(blank: str) -> None:
    text = re.sub(r"list of shops", f"list{blank}of shops", case().pasted)
    quote = SHOPS.replace("list of", f"list{blank}of")
    found = taught(case(text=text, items=[gold(Kind.DEPENDENCY, ["list"], evidence=quote)]))
    assert ("dependency", 1) in found.values()
