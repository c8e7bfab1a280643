"""The new words of one mail, in the ways of many mail programs and languages."""

import pytest

from summarizer.reading.new_words import new_text
from summarizer.reading.threads import read
from summarizer.sources import Role


@pytest.mark.parametrize(
    "attribution",
    [
        "On Tue, 16 Nov 2021, 12:34 pm Ann Lee <ann@fenland.example>\nwrote:",
        "Am 3. Mai 2026 um 10:00 schrieb Ann Lee <ann@fenland.example>:",
        "Le dim. 3 mai 2026 à 10:00, Ann Lee <ann@fenland.example> a écrit :",
        "El dom, 3 may 2026 a las 10:00, Ann Lee (<ann@fenland.example>) escribió:",
        "Op zo 3 mei 2026 om 10:00 schreef Ann Lee <ann@fenland.example>:",
        "Il giorno dom 3 mag 2026 alle ore 10:00 Ann Lee <ann@fenland.example>\nha scritto:",
        "W dniu 3 maja 2026 10:00 użytkownik Ann Lee <ann@fenland.example>\nnapisał:",
        "Den 3 maj 2026 10:00 skrev Ann Lee <ann@fenland.example>:",
        "su 3. toukokuuta 2026 klo 10.00 Ann Lee (ann@fenland.example) kirjoitti:",
        "вс, 3 мая 2026 г. в 10:00, Ann Lee <ann@fenland.example>:",
        "03.05.2026 10:00 пользователь Ann Lee <ann@fenland.example> написал:",
        "Vào 10:00 3 tháng 5, 2026, Ann Lee <ann@fenland.example> đã viết:",
    ],
)
def test_what_stands_below_an_attribution_is_not_new(attribution: str) -> None:
    below = f"Yes, in May.\n\n{attribution}\n\n"
    assert [new_text(read(below + words)) for words in ("> When?\n", "When do you come?\n")] == ["Yes, in May."] * 2


@pytest.mark.parametrize(
    "head",
    [
        "From: Ann Lee\n<ann@fenland.example>\nSent: Monday, August 26, 2019 4:37 PM\nSubject: Pumps",
        "Message du : 12/12/2016 13:20\nDe : Ann Lee <ann@fenland.example>\nCopie à : \nSujet : Pumps",
        "-----Original Message-----",
        "________________________________\nVon: Ann Lee\nGesendet: Montag, 4. Mai 2026\nBetreff: Pumpen",
    ],
)
def test_what_stands_below_a_head_is_not_new(head: str) -> None:
    assert new_text(read(f"Yes, in May.\n\n{head}\n\nWhen do you come?")) == "Yes, in May."


def test_an_attribution_may_begin_on_the_line_of_the_reply() -> None:
    assert new_text(read("fine--- On Wed, Apr 4, 2012 at 3:59 PM, ann@fenland.example wrote:\n> Hi")) == "fine"


def test_an_older_mail_below_the_line_of_a_phone_is_a_message_of_its_own() -> None:
    source = read("Yes, in May.\n\nSent from my phone\n\nWould you tell us when you come to install the pumps?")
    assert [source.quote(each) for each in source.passages if each.message == 2] == [
        "Would you tell us when you come to install the pumps?"
    ]
    assert new_text(source) == "Yes, in May."


def test_inline_answers_are_new_and_keep_their_bullets() -> None:
    text = "> When?\n- in May\n- or in June\n> Who?\nAnn does it.\n"
    assert new_text(read(f"Hello.\n{text}")) == "Hello.\n\n- in May\n- or in June\n\nAnn does it."


def test_a_signature_belongs_to_the_reply_only_when_asked_for() -> None:
    source = read("From: Ann Lee <ann@fenland.example>\nSubject: x\n\nYes.\n\nBest regards,\nAnn Lee\nFenland Ltd")
    assert new_text(source) == "Yes."
    assert new_text(source, closing=True) == "Yes.\n\nBest regards,\nAnn Lee\nFenland Ltd"


def test_a_forwarded_message_is_new_to_whom_it_goes_to() -> None:
    text = (
        "FYI\n\n---------- Forwarded message ----------\nFrom: Ann Lee <ann@fenland.example>\nSubject: x\n\nWe start."
    )
    assert new_text(read(text)) == text


@pytest.mark.parametrize(
    ("sender", "closing"),
    [
        ('"Lee  Ann" <ann@fenland.example>', "Ann Lee\nFenland Ltd"),
        ("Ann Lee <ann@fenland.example>", "Ann Lee - 713-555-0142."),
        ("Ann Lee <ann@fenland.example>", "AL   3-5587."),
        ("Ann Lee <ann@fenland.example>", "Take care,\n\nAnn"),
    ],
)
def test_a_writer_is_known_by_the_way_they_sign(sender: str, closing: str) -> None:
    source = read(f"From: {sender}\nSubject: x\n\nWe start in May with the pumps.\n\n{closing}\n")
    signed = [source.quote(each) for each in source.passages if each.role is Role.SIGNATURE]
    assert signed == [line for line in closing.splitlines() if line]


def test_a_text_without_words_has_no_new_text() -> None:
    assert new_text(read(" \n\n")) == ""


def test_a_writer_whose_name_is_a_farewell_may_sign_with_it() -> None:
    source = read("From: Ty Best <best@fenland.example>\nSubject: x\n\nWe start in May.\n\nBest\n")
    assert [source.quote(each) for each in source.passages if each.role is Role.NEW] == ["We start in May."]
