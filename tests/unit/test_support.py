"""Is this supported by that: the sentence that decides, the words that are missing, and what speaks against."""

import pytest

from summarizer.doubts import doubts
from summarizer.items import Evidence, FindingKind, Item, Kind
from summarizer.kind_needs import lacks
from summarizer.support import Part, RuleCheck, Support, Text, Verdict, Weights, rule_signs, sentences

TEXT = """We want five dashboards on top of the warehouse.
Moira sends the list of shops by 20 March. The old reports must not be migrated."""
LENIENT = Weights(10.0, {})
STRICT = Weights(-10.0, {})


def signs(claim: str, text: str = TEXT) -> dict[str, float]:
    return rule_signs([Part(each) for each in sentences(claim)], Text(text))


def test_sentences_keep_their_place() -> None:
    assert [TEXT[each.start : each.end] == each.text for each in sentences(TEXT)] == [True] * 3


def test_a_claim_that_repeats_the_text_lacks_nothing() -> None:
    found = signs("Moira sends the list of shops by 20 March.")
    assert (found["unsaid words"], found["unsaid facts"], found["negation added"], found["opposites"]) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("claim", "sign"),
    [
        ("Moira sends the list of shops by 27 March.", "unsaid facts"),
        ("Moira never sends the list of shops.", "negation added"),
        ("The old reports must be migrated.", "negation dropped"),
        ("Moira sends the list of museums.", "unsaid words"),
        ("The new reports must not be migrated.", "opposites"),
    ],
)
def test_a_changed_fact_leaves_a_sign(claim: str, sign: str) -> None:
    assert signs(claim)[sign] > 0


def test_the_deciding_sentence_and_the_missing_words_are_named() -> None:
    found = RuleCheck(STRICT).check("Moira sends the list of museums by 27 March.", TEXT)
    assert found.sentence is not None
    assert found.sentence.text == "Moira sends the list of shops by 20 March."
    assert (found.verdict, found.unsaid) == (Verdict.CONTRADICTED, ("27 March", "museums", "27"))


def test_a_claim_about_something_else_is_not_supported_and_not_contradicted() -> None:
    assert RuleCheck(STRICT).check("Lunch is served in the garden.", TEXT).verdict is Verdict.NOT_CLEARLY


@pytest.mark.parametrize(("claim", "text"), [("", TEXT), ("Five dashboards", ""), ("Five dashboards", " … ")])
def test_nothing_supports_nothing(claim: str, text: str) -> None:
    assert RuleCheck(LENIENT).check(claim, text) == Support(Verdict.NOT_CLEARLY, 0.0, None, ())


def test_the_shipped_weights_tell_a_repeated_claim_from_an_opposite_one() -> None:
    check = RuleCheck()
    assert check.check("The old reports must not be migrated.", TEXT).score > 0.5
    assert check.check("The new reports must be migrated by the client in May.", TEXT).score < 0.5


def item(text: str, quote: str, kind: Kind = Kind.SCOPE) -> Item:
    return Item(id="i1", kind=kind, text=text, evidence=(Evidence(start=0, end=len(quote), quote=quote),))


def test_an_item_that_shares_no_word_with_its_evidence_is_doubted() -> None:
    (found,) = doubts(item("Unlimited support at no cost", "Happy with all of that."), (), None)
    assert (found.kind, found.item) == (FindingKind.UNSUPPORTED, "i1")


def test_a_check_is_asked_and_names_the_sentence() -> None:
    said = "Moira sends the list of shops."
    (found,) = doubts(item("Moira sends the list of museums", said), (), RuleCheck(STRICT))
    assert found.text == f"Its evidence does not clearly support it (not said: museums). Nearest: “{said}”"
    assert list(doubts(item("Moira sends the list of museums", said), (), RuleCheck(LENIENT))) == []


@pytest.mark.parametrize(
    ("kind", "text", "lacking"),
    [
        (Kind.SUCCESS_METRIC, "Happy shops", True),
        (Kind.SUCCESS_METRIC, "Fewer calls to the desk", False),
        (Kind.SUCCESS_METRIC, "Answers within 2 hours", False),
        (Kind.MILESTONE, "A nice portal", True),
        (Kind.MILESTONE, "Go-live of the portal", False),
        (Kind.MILESTONE, "Portal on 3 May 2026", False),
        (Kind.SCOPE, "A nice portal", False),
    ],
)
def test_a_metric_needs_a_measure_and_a_milestone_a_date_or_event(kind: Kind, text: str, lacking: bool) -> None:
    assert (lacks(item(text, "portal", kind)) is not None) is lacking


def test_a_day_that_the_proof_has_resolved_is_not_held_against_the_item() -> None:
    said = "I want detention fees halved by the end of the year."
    told = item("I want detention fees halved by the end of the year (31 December 2026)", said)
    strict = RuleCheck(STRICT)
    sentences = [found.text for found in doubts(told, (), strict)]
    assert not any("31" in text for text in sentences)
    assert any("31 December 2026" in found.text for found in doubts(told, ["31 December 2026"], strict))
