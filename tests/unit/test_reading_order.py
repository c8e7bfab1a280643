"""Messages in order of time, and messages that stand in a text twice."""

import pytest

from summarizer.items import Side
from summarizer.numbering import number
from summarizer.reading.threads import read
from summarizer.sources import Role

ANN = "From: Ann Lee <ann@fenland.example>\nDate: {}\nSubject: Pumps\n\n{}\n\n"
BO = "From: Bo Ray <bo@copperbeck.example>\nDate: {}\nSubject: Pumps\n\n{}\n\n"
WORDS = "We need the two green pumps by the third of May."


def order(text: str) -> list[int]:
    return [each.number for each in read(text).by_time()]


def test_a_forwarded_chain_is_put_in_order() -> None:
    text = ANN.format("3 May 2026 10:00", "b") + BO.format("1 May 2026 10:00", "a") + ANN.format("5 May 2026", "c")
    assert order(text) == [2, 1, 3]


def test_moments_are_compared_across_time_zones() -> None:
    zoned = ANN.format("Sun, 3 May 2026 10:00 +0900", "a") + BO.format("Sun, 3 May 2026 02:00 +0200", "b")
    assert order(zoned + ANN.format("Sun, 3 May 2026 09:30", "in the zone that Ann states")) == [2, 3, 1]


def test_a_message_without_a_date_stands_beside_its_neighbour() -> None:
    dated = [ANN.format(f"{day} May 2026", f"on {day}") for day in (1, 2, 3)]
    undated = "From: Bo Ray <bo@copperbeck.example>\nSubject: Pumps\n\nFine.\n\n"
    assert order(dated[0] + undated + dated[1]) == [1, 2, 3]
    assert order(undated + "".join(reversed(dated))) == [4, 3, 2, 1]


def test_history_that_stands_three_times_is_one_message() -> None:
    history = ANN.format("3 May 2026 10:00", WORDS)
    source = read(history + BO.format("4 May 2026", "Fine.") + history + history)
    assert [each.duplicate_of for each in source.messages] == [None, None, 1, 1]
    assert [each.number for each in source.by_time()] == [1, 2]
    assert [place.evidence.quote for place in number([source])] == [WORDS, "Fine."]
    original = next(each for each in source.passages if each.role is Role.NEW)
    copies = [each for each in source.passages if each.message > 2 and each.role is not Role.HEADER]
    assert [(each.role, each.repeats) for each in copies] == [(Role.QUOTED, original.start)] * 2


def test_a_copy_may_show_the_clock_of_another_place() -> None:
    source = read(ANN.format("3 May 2026 10:00", WORDS) + ANN.format("3 May 2026 08:00", WORDS.replace(" by", "\nby")))
    assert [each.duplicate_of for each in source.messages] == [None, 1]


def test_the_same_words_of_others_or_on_other_days_are_no_copy() -> None:
    source = read(
        ANN.format("3 May 2026", WORDS)
        + BO.format("3 May 2026", WORDS)
        + ANN.format("9 May 2026", WORDS)
        + ANN.format("3 May 2026", "Yes.")
        + ANN.format("3 May 2026", "Yes.")
    )
    assert {each.duplicate_of for each in source.messages} == {None}


def test_messages_of_one_id_are_one_and_what_only_the_copy_says_can_be_cited() -> None:
    head = "From: Ann Lee <ann@fenland.example>\nMessage-ID: <7@fenland.example>\nSubject: x\n\n"
    source = read(f"{head}{WORDS}\n\n{head}{WORDS}\nAnd one red one.\n")
    assert [each.duplicate_of for each in source.messages] == [None, 1]
    assert [place.evidence.quote for place in number([source])] == [WORDS, "And one red one."]


def test_a_person_corrects_a_side_by_address_or_by_name() -> None:
    text = ANN.format("3 May 2026", WORDS) + BO.format("4 May 2026", "Fine.")
    corrected = {"Ann@Fenland.example": Side.THIRD_PARTY, "Ray, Bo": Side.CLIENT}
    plain = read(text, client="Fenland Ltd", vendor="Copperbeck")
    assert [each.side for each in plain.messages] == [Side.CLIENT, Side.VENDOR]
    source = read(text, client="Fenland Ltd", vendor="Copperbeck", sides=corrected)
    assert [each.side for each in source.messages] == [Side.THIRD_PARTY, Side.CLIENT]


def test_a_correction_holds_for_colleagues_at_the_same_firm() -> None:
    cy = "From: Cy Orr <cy@odd-name.example>\nSubject: x\n\nFine by me.\n\n"
    source = read(cy.replace("Cy", "Di").replace("cy@", "di@") + cy, sides={"di@odd-name.example": Side.VENDOR})
    assert [each.side for each in source.messages] == [Side.VENDOR, Side.VENDOR]


@pytest.mark.parametrize(
    "top",
    [
        "Attendees: Ann Lee (Fenland), Bo Ray (sales, Copperbeck)",
        "- Fenland Ltd: Ann Lee\n- Copperbeck: Bo Ray",
        "Call with Fenland Ltd about their pumps and racks, by: Bo Ray, Copperbeck; Ann Lee - Fenland",
    ],
)
def test_who_was_there_tells_the_sides_of_a_call(top: str) -> None:
    talk = "Ann Lee: Hello.\nBo Ray: Hi.\nAnn: So.\nBo Ray: Yes."
    source = read(f"{top}\n\n{talk}", client="Fenland Ltd", vendor="Copperbeck")
    sides = {"Ann Lee": Side.CLIENT, "Ann": Side.CLIENT, "Bo Ray": Side.VENDOR}
    assert {each.sender: each.side for each in source.messages} == sides


def test_speakers_who_name_their_firm_are_on_its_side() -> None:
    text = "Ann: Hi, I'm Ann from Fenland.\nBo: Hello, this is Bo at Copperbeck.\nAnn: We need pumps.\nBo: Good."
    source = read(text, client="Fenland Ltd", vendor="Copperbeck")
    assert {each.sender: each.side for each in source.messages} == {"Ann": Side.CLIENT, "Bo": Side.VENDOR}


def test_a_firm_that_is_neither_is_a_third_party_even_when_the_vendor_only_receives() -> None:
    printer = "From: Cy Orr <cy@inkwell.example>\nTo: bo@copperbeck.example\nSubject: x\n\nThe proofs are ready.\n\n"
    source = read(ANN.format("3 May 2026", WORDS) + printer, client="Fenland Ltd", vendor="Copperbeck")
    assert [each.side for each in source.messages] == [Side.CLIENT, Side.THIRD_PARTY]
