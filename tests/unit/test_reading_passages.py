"""Passages: their roles, their size, and the offsets that everything rests on."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.reading.threads import read
from summarizer.sources import Role, Source

PIECES = (
    "From: Ann Lee <ann@fenland.example>",
    "Sent: 9 April 2026 11:02",
    "To: Bo, Cy; Dee",
    "Subject: Pumps",
    "-----Original Message-----",
    "On 3 May 2026, Ann Lee wrote:",
    "> We install two pumps; you pour the floor.",
    ">> (a) one (b) two",
    "We install two pumps; you pour the floor.",
    "ANN: yes. BOB: no",
    "[00:01:02] Bob: well",
    "28 Apr  CALL Ann",
    "-- ",
    "Kind regards,",
    "Ann Lee",
    "1. first e.g. this",
    "* שלום עולם.",
    "caffe\u0301 👩‍🔧 fine\xa0!",
    "",
    "\t",
    "\u2028",
)
ENDS = st.sampled_from(("\n", "\r\n", "\r", "\n\n"))
THREADS = st.lists(st.tuples(st.sampled_from(PIECES), ENDS), max_size=25).map(
    lambda parts: "".join(map("".join, parts))
)
ANY_TEXT = st.text(st.characters(codec=None), max_size=300)


def roles(source: Source) -> list[tuple[Role, str]]:
    return [(each.role, source.quote(each)) for each in source.passages]


def new(text: str) -> list[str]:
    source = read(text)
    return [source.quote(each) for each in source.passages if each.role is Role.NEW]


@given(text=st.one_of(ANY_TEXT, THREADS))
def test_passages_are_disjoint_ordered_trimmed_and_inside_their_message(text: str) -> None:
    source, behind = read(text), 0
    for passage in source.passages:
        quote, message = source.quote(passage), source.message(passage.message)
        assert behind <= passage.start < passage.end <= len(text)
        assert quote == quote.strip() == text[passage.start : passage.end]
        assert message.start <= passage.start
        assert passage.end <= message.end
        behind = passage.end


@given(text=st.one_of(ANY_TEXT, THREADS))
def test_no_letter_and_no_digit_is_left_out(text: str) -> None:
    source = read(text)
    covered = {offset for each in source.passages for offset in range(each.start, each.end)}
    assert [each for offset, each in enumerate(text) if each.isalnum() and offset not in covered] == []


@given(text=st.one_of(ANY_TEXT, THREADS))
def test_reading_twice_gives_the_same(text: str) -> None:
    first = read(text, name="a", client="Fenland", vendor="Brassworks")
    assert read(first.text, name="a", client="Fenland", vendor="Brassworks") == first


@given(text=st.one_of(ANY_TEXT, THREADS))
def test_messages_are_numbered_and_follow_each_other(text: str) -> None:
    messages = read(text).messages
    assert [each.number for each in messages] == list(range(1, len(messages) + 1))
    assert all(before.end <= behind.start for before, behind in pairwise(messages))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_change_what_is_read(end: str) -> None:
    text = "From: Ann Lee\nSubject: Pumps\n\nTwo pumps.\n\n> Or three?\n\nTwo.\n\nAnn\n".replace("\n", end)
    assert roles(read(text)) == [
        (Role.HEADER, "From: Ann Lee"),
        (Role.HEADER, "Subject: Pumps"),
        (Role.NEW, "Two pumps."),
        (Role.QUOTED, "Or three?"),
        (Role.NEW, "Two."),
        (Role.SIGNATURE, "Ann"),
    ]


def test_offsets_count_code_points() -> None:
    text = "👩‍🔧 Caffe\u0301 für 3\xa0000\xa0€. שלום עולם. Fin."
    assert [text[each.start : each.end] for each in read(text.replace(". ", ".\n")).passages] == [
        "👩‍🔧 Caffe\u0301 für 3\xa0000\xa0€.",
        "שלום עולם.",
        "Fin.",
    ]


def test_an_inline_answer_between_quoted_lines_is_new() -> None:
    source = read("From: Ann Lee\nSubject: Re: Pumps\n\n> How many pumps?\n\nTwo.\n\n> Which colour?\n\nGreen.\n")
    assert [quote for role, quote in roles(source) if role is Role.NEW] == ["Two.", "Green."]


def test_a_quoted_sentence_points_at_its_original() -> None:
    text = (
        "From: Bo\nSubject: Pumps\n\nWe set up the pumps in the cellar, and we test\nthem.\n\n"
        "From: Ann\nSubject: Re: Pumps\n\n> We set up the pumps in the cellar,\n"
        "> and we test them.\n\n> Who pays?\n\nFine.\n"
    )
    source = read(text)
    repeats = [each.repeats for each in source.passages if each.role is Role.QUOTED]
    assert repeats == [text.index("We set up"), None]


def test_the_closing_of_a_mail_is_no_promise() -> None:
    text = (
        "From: Ann Lee\nSubject: Pumps\n\nTwo pumps.\n\n"
        "Kind regards,\nAnn\n\nAnn Lee\nHead of Water, Fenland\nOn time, guaranteed.\n\n"
        "This message is confidential and intended for its reader. If you received this message in error, delete it.\n"
    )
    told = roles(read(text))
    assert [quote for role, quote in told if role is Role.NEW] == ["Two pumps."]
    assert [quote for role, quote in told if role is Role.SIGNATURE] == [
        "Kind regards,",
        "Ann",
        "Ann Lee",
        "Head of Water, Fenland",
        "On time, guaranteed.",
    ]
    assert {role for role, quote in told if "error" in quote or "confidential" in quote} == {Role.DISCLAIMER}


def test_words_behind_a_signature_are_new() -> None:
    text = (
        "From: Ann Lee\nSubject: Pumps\n\nTwo pumps.\n\nAnn\n\n"
        "PS please send the keys by 3 May.\n\n> Who pays?\n\nWe do.\n"
    )
    assert new(text) == ["Two pumps.", "PS please send the keys by 3 May.", "We do."]


def test_a_sentence_that_begins_with_the_senders_name_is_new() -> None:
    assert new("From: Ann Lee\nSubject: Pumps\n\nAnn Lee, I look after the cellar.\n\nTwo pumps.\n") == [
        "Ann Lee, I look after the cellar.",
        "Two pumps.",
    ]


def test_a_paragraph_at_the_end_of_several_messages_is_boilerplate() -> None:
    slogan = "Fenland Water has kept the valley dry for a hundred years and more."
    text = "".join(
        f"From: {name}\nSubject: Pumps\n\nWe need {count} pumps.\n\n{slogan}\n\n"
        for name, count in (("Ann", 2), ("Bo", 3))
    )
    assert new(text) == ["We need 2 pumps.", "We need 3 pumps."]


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Envoyé à partir de Outlook pour iOS<https://mail.example/ios>",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Get Outlook for iOS",
    ],
)
def test_what_a_phone_writes_is_a_signature(line: str) -> None:
    assert new(f"From: Ann\nSubject: Pumps\n\nTwo pumps.\n\n{line}\n") == ["Two pumps."]


@pytest.mark.parametrize(
    "sentence",
    [
        "It costs approx. 6.1% of £145,000, i.e. job no. 3317.",
        "Dr. Voigt and B. Moura come on 14.11. at ten.",
        "Read https://fenland.example/a.b?c=d. and plan.v2.docx first.",
        "Wir kommen am 14. November, z. B. um zehn.",
        "Yes ... perhaps.",
    ],
)
def test_full_stops_that_end_no_sentence_do_not_cut_it(sentence: str) -> None:
    source = read(f"From: Ann\nSubject: Pumps\n\n{sentence} Then we go.\n")
    assert source.quote(source.passages[-1]) == "Then we go."
    assert len(source.passages) in {4, 5}


def test_a_sentence_with_several_facts_is_cut() -> None:
    assert new(
        "From: Ann\nSubject: Go\n\nWe install two pumps; you pour the floor. Bring (a) the keys (b) the plan.\n"
    ) == [
        "We install two pumps;",
        "you pour the floor.",
        "Bring",
        "(a) the keys",
        "(b) the plan.",
    ]


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (
            "The keys come from you by 3 May and the plan for the racks by 5 May.",
            ["The keys come from you by 3 May and", "the plan for the racks by 5 May."],
        ),
        (
            "You send us the layouts by 30 March, then we read the proofs once.",
            ["You send us the layouts by 30 March,", "then we read the proofs once."],
        ),
        (
            "Wir liefern die Pumpen im Mai, und Sie müssen den Boden giessen.",
            ["Wir liefern die Pumpen im Mai,", "und Sie müssen den Boden giessen."],
        ),
        (
            "So: every van gets its jobs by phone, the papers are filled in there, the bills go off to the office.",
            [
                "So: every van gets its jobs by phone,",
                "the papers are filled in there,",
                "the bills go off to the office.",
            ],
        ),
    ],
)
def test_a_sentence_of_joined_facts_is_cut_between_them(sentence: str, facts: list[str]) -> None:
    assert new(f"From: Ann\nSubject: Pumps\n\n{sentence}\n") == facts


@pytest.mark.parametrize(
    "sentence",
    [
        "Three sources: the tills in the shops, the stock lists and the loyalty cards.",
        "We can install it (we need a day, and you would have to be there in the morning) in May.",
        "Could you send us the layouts by the end of March, and would you read the proofs?",
        "We are there from 3 May and on 5 May.",
        "It is fine, and so are we.",
    ],
)
def test_a_sentence_of_one_fact_stays_whole(sentence: str) -> None:
    assert new(f"From: Ann\nSubject: Pumps\n\n{sentence}\n") == [sentence]


def test_a_text_of_quoted_lines_only_is_read_without_their_marks() -> None:
    assert roles(read("> We need keys.\n>> When?")) == [(Role.NEW, "We need keys."), (Role.QUOTED, "When?")]


def test_the_rest_of_a_quoted_line_that_was_broken_is_quoted() -> None:
    asked = "> We would like to know by when you think that the seventeen new pu\nmps can be here\n> at last.\nIn May."
    assert new(f"Hello.\n{asked}") == ["Hello.", "In May."]


def test_list_items_are_passages_that_say_so() -> None:
    source = read(
        "From: Ann\nSubject: Go\n\nWe need\n\n1. two pumps\n(b) a valve, for which\n    you pay\n- keys\n+ a plan\n"
    )
    items = [(source.quote(each), each.item) for each in source.passages if each.role is Role.NEW]
    assert items == [
        ("We need", False),
        ("1. two pumps", True),
        ("(b) a valve, for which\n    you pay", True),
        ("keys", True),
        ("a plan", True),
    ]


def test_a_wrapped_sentence_is_one_passage() -> None:
    text = (
        "From: Ann\nSubject: Go\n\nWe would like to have the two pumps in the cellar before\n"
        "Monday 3 May, and the valve\n"
        "a week later. Can you?\n"
    )
    assert new(text) == [
        "We would like to have the two pumps in the cellar before\nMonday 3 May, and the valve\na week later.",
        "Can you?",
    ]


def test_one_line_of_a_megabyte_is_read() -> None:
    assert len(read("We deliver the pages by May. " * 36_000).passages) == 36_000


def test_five_megabytes_of_quoted_lines_are_read() -> None:
    source = read("Yes.\n" + "> We deliver the pages to the people in May, as we wrote before.\n" * 77_000)
    assert (len(source.messages), {each.role for each in source.passages}) == (1, {Role.NEW, Role.QUOTED})


@pytest.mark.parametrize(
    "piece",
    [
        *(">\n", ">", "> ", ".", "- - ", "\n", '"', "On 1 May 2026, Ann\n", "From: a@b.example\n", "12. "),
        *(", and we ", "00:01.000 --> 00:02.000\n", "<v A>", "Sent from my phone\n\nWe would like you to come.\n\n"),
    ],
)
def test_half_a_megabyte_of_anything_is_read(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    assert read(text).text == text
