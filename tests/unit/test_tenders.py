"""What a supplier would ask of a buyer's brief."""

import pytest

from summarizer.tenders import LONGEST_QUOTE, MOST, MOST_LINES, Asked, is_tender, questions

BRIEF = [
    "# Booking system for the swimming baths",
    "Budget range",
    "Closing date for applications: 4 May 2026",
    "We look for suppliers who build a booking system for three swimming baths.",
    "An earlier agency did a discovery, and its booking system prototype is in use at one of the baths.",
    "Suppliers need experience of booking systems for baths, halls or similar places in the public sector.",
    "Suppliers need experience of booking systems for baths, halls or places like these, in any sector.",
    "Evaluation weighting: price 40%",
]
PLAIN = ["We buy a booking system."]


def texts(lines: list[str], most: int = MOST) -> list[str]:
    return [asked.text for asked in questions(lines, most=most)]


def test_a_call_for_offers_is_told_by_its_words() -> None:
    assert is_tender(BRIEF)
    assert not is_tender(["Hi Owen, the tender of the council is out; shall we bid?", "Regards, Moira"])


def test_at_most_ten_are_asked_the_likeliest_first() -> None:
    asked = questions([*BRIEF, *(f"Suppliers have experience of area {n} of the work." for n in range(30))])
    chances = [each.chance for each in asked]
    assert len(asked) == MOST
    assert chances == sorted(chances, reverse=True)


def test_what_no_line_says_is_asked() -> None:
    assert texts(PLAIN, most=2) == ["Is there a current incumbent supplier?", "What is the budget for this project?"]


@pytest.mark.parametrize(
    ("said", "asked", "instead"),
    [
        (
            "The budget is £40,000.",
            "What is the budget for this project?",
            "What does the budget cover, and over what period?",
        ),
        ("The maximum day rate is £600.", "What size of team do you expect?", "Is the role inside or outside IR35?"),
    ],
)
def test_what_a_line_says_is_asked_about_and_not_for(said: str, asked: str, instead: str) -> None:
    everything = 100
    assert asked in texts(PLAIN, everything)
    assert instead not in texts(PLAIN, everything)
    assert asked not in texts([*PLAIN, said], everything)
    assert next(each.line for each in questions([*PLAIN, said], most=everything) if each.text == instead) == 1


def test_a_line_that_suppliers_often_ask_about_is_quoted() -> None:
    asked = questions(BRIEF)
    assert [each.line for each in asked if each.text == f"Can you please clarify “{BRIEF[4].rstrip('.')}”?"] == [4]


def test_a_line_is_quoted_without_its_bullet_or_number() -> None:
    asked = questions(["3. Suppliers have experience of prototypes in use."], most=100)
    assert "Can you please clarify “Suppliers have experience of prototypes in use”?" in [each.text for each in asked]


def test_of_lines_that_nearly_repeat_each_other_one_is_asked_about() -> None:
    about = [each.line for each in questions(BRIEF, most=100) if each.text.startswith("Can you please clarify")]
    assert len({5, 6} & set(about)) == 1


def test_lines_leave_room_for_other_questions() -> None:
    many = [
        f"Suppliers have experience of the {word} of prototypes in use."
        for word in "design repair audit sale loan hire".split()
    ]
    about = [each for each in questions(many, most=100) if each.text.startswith("Can you please clarify")]
    assert len(about) <= MOST_LINES


def test_a_long_line_is_cut_between_words() -> None:
    line = "Suppliers have experience of a discovery of " + "prototypes " * 60
    (asked,) = (each for each in questions([line]) if each.text.startswith("Can you please clarify"))
    assert asked.text.endswith("prototypes …”?")
    assert len(asked.text) < LONGEST_QUOTE + 40


def test_an_empty_brief_is_asked_what_every_brief_is() -> None:
    assert questions([], most=1) == [Asked("Is there a current incumbent supplier?", None, 0.5)]
