"""A model may only propose; a person decides."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from summarizer.decisions import Decided, Decision, Draft, Suggestion, Verdict, Version
from summarizer.errors import AlreadyDecided, CommitRefused, Fault, InvalidInput, StaleSuggestion
from summarizer.handoff import Handoff
from summarizer.items import Evidence, Item, Kind, MadeBy, Stakeholder
from summarizer.review import Review

TEXT = "We build five dashboards. Moira sends the list by 3 May."
TEXTS = {"thread": TEXT}
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MADE_BY = MadeBy(engine="scripted", model="m", prompt="sha256:0")


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(source="thread", start=start, end=start + len(quote), quote=quote)


DASHBOARDS = Item(id="i1", kind=Kind.SCOPE, text="Build five dashboards", evidence=(evidence("five dashboards"),))
BY_MAY = Item(id="i2", kind=Kind.DEPENDENCY, text="Moira sends the list", evidence=(evidence("Moira sends the list"),))
BARE = Item(id="i3", kind=Kind.OBLIGATION, text="Work ends at six")
MOIRA = Stakeholder(id="s1", name="Moira", evidence=(evidence("Moira"),))


def suggest(handoff: Handoff, *items: Item, people: tuple[Stakeholder, ...] = (), id: str = "sug") -> Suggestion:
    draft = Draft(items=items, stakeholders=people, made_by=MADE_BY)
    return handoff.propose(draft, id=id, sources=("thread",), base_version=handoff.number, at=AT)


def says(item: Item | Stakeholder | str, verdict: Verdict, **more: object) -> Decision:
    item_id = item if isinstance(item, str) else item.id
    return Decision.model_validate({"item": item_id, "verdict": verdict, "by": "felix", "at": AT, **more})


def commit(handoff: Handoff, suggestion: Suggestion, *log: Decision, leave_out: bool = False) -> Version:
    review = Review(suggestion, handoff.current, log)
    return handoff.decide(review, by="felix", at=AT, texts=TEXTS, leave_out_undecided=leave_out)


def test_a_suggestion_changes_nothing_in_the_handoff() -> None:
    handoff = Handoff(id="h", deal="d")
    suggest(handoff, DASHBOARDS)
    assert handoff.versions == []


def test_accepted_items_make_the_next_version_and_carry_the_decision() -> None:
    handoff = Handoff(id="h", deal="d")
    suggestion = suggest(handoff, DASHBOARDS, BY_MAY, people=(MOIRA,))
    version = commit(
        handoff,
        suggestion,
        says(DASHBOARDS, Verdict.ACCEPTED),
        says(BY_MAY, Verdict.REJECTED),
        says(MOIRA, Verdict.ACCEPTED),
    )
    item = Decided[Item](
        item=DASHBOARDS.model_copy(update={"id": "1.1"}),
        suggestion="sug",
        verdict=Verdict.ACCEPTED,
        decided_by="felix",
        decided_at=AT,
    )
    person = Decided[Stakeholder](
        item=MOIRA.model_copy(update={"id": "1.p1"}),
        suggestion="sug",
        verdict=Verdict.ACCEPTED,
        decided_by="felix",
        decided_at=AT,
    )
    assert version == Version(
        number=1, items=(item,), stakeholders=(person,), suggestion="sug", committed_by="felix", committed_at=AT
    )
    assert handoff.current == version


def test_an_edited_item_goes_in_as_the_reviewer_wrote_it() -> None:
    handoff = Handoff(id="h", deal="d")
    edited = DASHBOARDS.model_copy(update={"text": "Build five dashboards in Power BI"})
    version = commit(handoff, suggest(handoff, DASHBOARDS), says(DASHBOARDS, Verdict.EDITED, edited=edited))
    assert [each.item.text for each in version.items] == ["Build five dashboards in Power BI"]


def test_an_added_item_that_was_taken_back_does_not_go_in() -> None:
    handoff = Handoff(id="h", deal="d")
    added = BY_MAY.model_copy(update={"id": "a1"})
    log = (says("a1", Verdict.ADDED, edited=added), says("a1", Verdict.UNDECIDED), says(DASHBOARDS, Verdict.ACCEPTED))
    version = commit(handoff, suggest(handoff, DASHBOARDS), *log)
    assert [each.item.text for each in version.items] == ["Build five dashboards"]


def test_an_added_item_can_be_edited() -> None:
    handoff = Handoff(id="h", deal="d")
    added = BY_MAY.model_copy(update={"id": "a1"})
    edited = added.model_copy(update={"text": "Moira sends the list of shops"})
    log = (says("a1", Verdict.ADDED, edited=added), says("a1", Verdict.EDITED, edited=edited))
    version = commit(handoff, suggest(handoff), *log)
    assert [each.item.text for each in version.items] == ["Moira sends the list of shops"]


def test_a_later_yes_confirms_the_edit_and_not_the_draft() -> None:
    handoff = Handoff(id="h", deal="d")
    edited = DASHBOARDS.model_copy(update={"text": "Build four dashboards"})
    added = BY_MAY.model_copy(update={"id": "a1"})
    log = (
        says(DASHBOARDS, Verdict.EDITED, edited=edited),
        says("a1", Verdict.ADDED, edited=added),
        says(DASHBOARDS, Verdict.ACCEPTED),
        says("a1", Verdict.ACCEPTED),
    )
    version = commit(handoff, suggest(handoff, DASHBOARDS), *log)
    assert [each.item.text for each in version.items] == ["Build four dashboards", "Moira sends the list"]


def test_an_edit_that_was_taken_back_is_gone() -> None:
    handoff = Handoff(id="h", deal="d")
    edited = DASHBOARDS.model_copy(update={"text": "Build four dashboards"})
    log = (
        says(DASHBOARDS, Verdict.EDITED, edited=edited),
        says(DASHBOARDS, Verdict.UNDECIDED),
        says(DASHBOARDS, Verdict.ACCEPTED),
    )
    version = commit(handoff, suggest(handoff, DASHBOARDS), *log)
    assert [each.item.text for each in version.items] == ["Build five dashboards"]


def test_a_suggestion_of_another_handoff_is_refused() -> None:
    foreign = suggest(Handoff(id="other", deal="e"), DASHBOARDS)
    with pytest.raises(InvalidInput):
        commit(Handoff(id="h", deal="d"), foreign, says(DASHBOARDS, Verdict.ACCEPTED))


def test_a_blank_note_vouches_for_nothing() -> None:
    with pytest.raises(ValidationError):
        says(BARE, Verdict.ACCEPTED, assertion="   ")


def test_undecided_items_refuse_the_commit_with_a_pointer_each() -> None:
    handoff = Handoff(id="h", deal="d")
    with pytest.raises(CommitRefused) as refused:
        commit(handoff, suggest(handoff, DASHBOARDS, BY_MAY), says(DASHBOARDS, Verdict.ACCEPTED))
    assert refused.value.faults == [Fault("#/items/1/verdict", "Nobody has decided on “Moira sends the list”.")]
    assert handoff.versions == []


def test_undecided_items_stay_out_when_the_reviewer_says_so() -> None:
    handoff = Handoff(id="h", deal="d")
    version = commit(handoff, suggest(handoff, DASHBOARDS, BY_MAY), says(DASHBOARDS, Verdict.ACCEPTED), leave_out=True)
    assert [each.item.id for each in version.items] == ["1.1"]


def test_an_item_without_evidence_is_refused() -> None:
    handoff = Handoff(id="h", deal="d")
    with pytest.raises(CommitRefused) as refused:
        commit(
            handoff,
            suggest(handoff, DASHBOARDS, BARE),
            says(BARE, Verdict.ACCEPTED),
            says(DASHBOARDS, Verdict.ACCEPTED),
        )
    detail = "“Work ends at six” has no evidence. Point it at the words, or assert it with a note."
    assert refused.value.faults == [Fault("#/items/1/evidence", detail)]


def test_an_open_question_needs_no_evidence_because_it_claims_nothing() -> None:
    handoff = Handoff(id="h", deal="d")
    question = BARE.model_copy(update={"kind": Kind.OPEN_QUESTION, "text": "Who supplies the test data?"})
    version = commit(handoff, suggest(handoff, question), says(question, Verdict.ACCEPTED))
    assert [each.item.text for each in version.items] == ["Who supplies the test data?"]
    as_scope = question.model_copy(update={"kind": Kind.SCOPE})
    again = suggest(Handoff(id="h", deal="d"), question)
    with pytest.raises(CommitRefused):
        commit(Handoff(id="h", deal="d"), again, says(question, Verdict.EDITED, edited=as_scope))


def test_an_item_without_evidence_goes_in_when_the_reviewer_asserts_it() -> None:
    handoff = Handoff(id="h", deal="d")
    log = says(BARE, Verdict.ACCEPTED, assertion="Agreed on the phone")
    version = commit(handoff, suggest(handoff, BARE), log)
    assertion = version.items[0].item.assertion
    assert assertion is not None
    assert (assertion.by, assertion.note) == ("felix", "Agreed on the phone")


@pytest.mark.parametrize("text", ["We build six dashboards. Moira sends the list by 3 May.", ""])
def test_evidence_that_does_not_stand_in_the_source_is_refused(text: str) -> None:
    handoff = Handoff(id="h", deal="d")
    review = Review(suggest(handoff, DASHBOARDS), None, (says(DASHBOARDS, Verdict.ACCEPTED),))
    with pytest.raises(CommitRefused) as refused:
        handoff.decide(review, by="felix", at=AT, texts={"thread": text})
    assert [fault.pointer for fault in refused.value.faults] == ["#/items/0/evidence/0"]


def test_a_stale_suggestion_is_refused() -> None:
    handoff = Handoff(id="h", deal="d")
    first, second = suggest(handoff, DASHBOARDS, id="first"), suggest(handoff, BY_MAY, id="second")
    commit(handoff, first, says(DASHBOARDS, Verdict.ACCEPTED))
    with pytest.raises(StaleSuggestion):
        handoff.decide(Review(second, None, (says(BY_MAY, Verdict.ACCEPTED),)), by="felix", at=AT, texts=TEXTS)
    assert handoff.number == 1


def test_a_stale_suggestion_can_be_committed_once_it_is_rebased() -> None:
    handoff = Handoff(id="h", deal="d")
    first, second = suggest(handoff, DASHBOARDS, id="first"), suggest(handoff, BY_MAY, id="second")
    commit(handoff, first, says(DASHBOARDS, Verdict.ACCEPTED))
    rebased = handoff.rebase(second, id="third", at=AT)
    version = commit(handoff, rebased, says(BY_MAY, Verdict.ACCEPTED))
    assert [each.item.id for each in version.items] == ["1.1", "2.1"]


def test_a_committed_suggestion_cannot_be_committed_or_rebased() -> None:
    handoff = Handoff(id="h", deal="d")
    done = suggest(handoff, DASHBOARDS).model_copy(update={"committed_as": 1})
    with pytest.raises(AlreadyDecided):
        commit(handoff, done, says(DASHBOARDS, Verdict.ACCEPTED))
    with pytest.raises(AlreadyDecided):
        handoff.rebase(done, id="x", at=AT)


def test_what_stands_stays_until_somebody_rejects_it() -> None:
    handoff = Handoff(id="h", deal="d")
    commit(handoff, suggest(handoff, DASHBOARDS), says(DASHBOARDS, Verdict.ACCEPTED))
    kept = commit(handoff, suggest(handoff, BY_MAY, id="b"), says(BY_MAY, Verdict.ACCEPTED))
    dropped = commit(handoff, suggest(handoff, id="c"), says("1.1", Verdict.REJECTED))
    assert [each.item.id for each in kept.items] == ["1.1", "2.1"]
    assert [each.item.id for each in dropped.items] == ["2.1"]


def test_an_edit_of_what_stands_keeps_its_id() -> None:
    handoff = Handoff(id="h", deal="d")
    commit(handoff, suggest(handoff, DASHBOARDS), says(DASHBOARDS, Verdict.ACCEPTED))
    edited = DASHBOARDS.model_copy(update={"id": "1.1", "text": "Build four dashboards"})
    version = commit(handoff, suggest(handoff, id="b"), says("1.1", Verdict.EDITED, edited=edited))
    assert [(each.item.id, each.item.text) for each in version.items] == [("1.1", "Build four dashboards")]


def test_a_review_shows_what_would_be_committed_of_a_standing_entry_that_is_asked_about() -> None:
    handoff = Handoff(id="h", deal="d")
    commit(handoff, suggest(handoff, DASHBOARDS), says(DASHBOARDS, Verdict.ACCEPTED))
    edited = DASHBOARDS.model_copy(update={"id": "1.1", "text": "Build four dashboards"})
    log = (says("1.1", Verdict.EDITED, edited=edited), says("1.1", Verdict.NEEDS_INFO))
    (row,) = Review(suggest(handoff, id="b"), handoff.current, log).items()
    version = commit(handoff, suggest(handoff, id="c"), *log)
    assert row.item.text == version.items[0].item.text == DASHBOARDS.text


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.NEEDS_INFO, Verdict.UNDECIDED])
def test_no_version_holds_an_entry_without_a_persons_yes(verdict: Verdict) -> None:
    with pytest.raises(ValidationError):
        Decided[Item](item=DASHBOARDS, suggestion="sug", verdict=verdict, decided_by="felix", decided_at=AT)
    with pytest.raises(ValidationError):
        Decided[Item](item=DASHBOARDS, suggestion="sug", verdict=Verdict.ACCEPTED, decided_by="", decided_at=AT)


ITEMS = st.lists(st.sampled_from([DASHBOARDS, BY_MAY, BARE]), unique_by=lambda item: item.id, max_size=3)
VERDICTS = st.sampled_from([each for each in Verdict if each is not Verdict.ADDED])
ROUND = st.tuples(ITEMS, st.lists(st.tuples(st.sampled_from(["i1", "i2", "i3", "1.1", "2.1"]), VERDICTS), max_size=6))


def ruling(item_id: str, verdict: Verdict) -> Decision:
    if verdict is not Verdict.EDITED:
        return says(item_id, verdict)
    return says(item_id, verdict, edited=DASHBOARDS.model_copy(update={"id": item_id, "text": f"By hand: {item_id}"}))


def approved(items: list[Item], verdicts: list[tuple[str, Verdict]]) -> set[str]:
    """The wordings to which a person has said yes last, or which the person wrote."""
    texts = {item.id: item.text for item in items}
    drafted = dict(texts)
    final: dict[str, Verdict] = {}
    for item_id, verdict in verdicts:
        final[item_id] = verdict
        if verdict is Verdict.EDITED:
            texts[item_id] = f"By hand: {item_id}"
        elif verdict is Verdict.UNDECIDED and item_id in drafted:
            texts[item_id] = drafted[item_id]
    yes = {Verdict.ACCEPTED, Verdict.EDITED}
    return {texts[item_id] for item_id, verdict in final.items() if verdict in yes and item_id in texts}


@given(st.lists(ROUND, max_size=4))
def test_whatever_happens_a_version_holds_only_what_a_person_accepted(
    rounds: list[tuple[list[Item], list[tuple[str, Verdict]]]],
) -> None:
    handoff = Handoff(id="h", deal="d")
    accepted: set[str] = set()
    for number, (items, verdicts) in enumerate(rounds):
        suggestion = suggest(handoff, *items, id=f"sug{number}")
        log = [ruling(item_id, verdict) for item_id, verdict in verdicts]
        before = handoff.number
        try:
            commit(handoff, suggestion, *log, leave_out=True)
        except CommitRefused:
            assert handoff.number == before
            continue
        accepted |= approved(items, verdicts)
        assert handoff.number == before + 1
        assert handoff.current is not None
        for each in handoff.current.items:
            assert each.item.text in accepted
            assert each.decided_by == "felix"
            assert all(proof.stands_in(TEXT) for proof in each.item.evidence)
            assert each.item.evidence or each.item.assertion
