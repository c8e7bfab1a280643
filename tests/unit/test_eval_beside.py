"""Two runs side by side: which items differ, what both took, and the page."""

from eval.beside import DifferingCase, DifferingFact, Met, difference_of, page
from eval.outcome import Drafted
from eval.runs import CaseResult, Prices
from eval.spending import Spent, spending
from summarizer.items import Item, Kind
from tests.unit.eval_making import SHOPS, case, item, result, run

CASE = case("c0")
FIVE = item()
SHOPS_SENT = item(Kind.DEPENDENCY, "Moira Finn sends the list of shops", id="i2", quote=SHOPS)
MISFILED = item(Kind.OBLIGATION, "The list of shops comes by 20 March", id="i2", quote=SHOPS)
EIGHT = item(text="Eight dashboards", id="i3", quote="eight dashboards")
OTHER = item(text="A poster", id="i4", quote=None)


def test_only_what_differs_is_listed() -> None:
    found = difference_of(CASE, [FIVE, SHOPS_SENT, EIGHT, OTHER], [FIVE, MISFILED, OTHER])
    shops = CASE.gold.items[1]
    assert found == DifferingCase(
        CASE,
        [DifferingFact(shops, (Met("right", SHOPS_SENT), Met("wrong kind", MISFILED)))],
        ([EIGHT], []),
        ([CASE.gold.traps[0]], []),
    )
    assert found.count == 3


def test_drafts_that_met_a_case_alike_do_not_differ() -> None:
    assert difference_of(CASE, [FIVE], [FIVE.model_copy(update={"id": "i9"})]).count == 0
    assert difference_of(CASE, [], []).count == 0


def drafted(*items: Item, seconds: float, tokens: int) -> CaseResult:
    made = {"draft": Drafted(items=items), "seconds": seconds, "tokens_in": tokens, "sha256": CASE.sha256}
    return result("c0", {"gold": 2, "predicted": len(items), "hit": len(items)}).model_copy(update=made)


def priced(made: CaseResult) -> CaseResult:
    return made.model_copy(update={"id": "c1"})


def test_what_was_spent_is_a_mean_over_the_cases_that_both_have() -> None:
    quick, slow = drafted(FIVE, seconds=1, tokens=1000), drafted(FIVE, seconds=3, tokens=3000)
    before = run(quick, priced(quick)).model_copy(update={"results": (quick, priced(quick))})
    after = run(slow, priced(slow)).model_copy(
        update={"results": (slow, priced(slow)), "prices": Prices(tokens_in=2, tokens_out=8)}
    )
    assert spending(before, after) == [
        Spent("Seconds a case", "1.00 s", "3.00 s", "2.00 s", "2.00 s to 2.00 s"),
        Spent("Tokens a case", "1,000", "3,000", "2,000", "2,000 to 2,000"),
        Spent("Money a case", "", "0.0060", "", ""),
    ]


def test_the_page_needs_no_network_and_shows_both_sides() -> None:
    before = run().model_copy(update={"results": (drafted(FIVE, SHOPS_SENT, seconds=1, tokens=9),), "asked": 1})
    failed = result("c0", {"gold": 2}, problem="the endpoint was silent").model_copy(update={"sha256": CASE.sha256})
    after = run().model_copy(update={"results": (failed,), "asked": 1})
    shown = page(("embedded", "llm,model=<b>"), before, after, cases=[CASE])
    assert "llm,model=&lt;b&gt;" in shown
    assert "B, c0" not in shown
    assert "llm,model=&lt;b&gt;, c0: the endpoint was silent" in shown
    assert "Moira Finn sends the list of shops" in shown
    assert not [word for word in ("<script", "http://", "https://", "@import") if word in shown]
