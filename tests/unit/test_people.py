"""Who is named in a thread, on which side, in which role; and who owes what."""

import pytest

from summarizer.adapters.embedded import clauses, owing, owing_words, people
from summarizer.adapters.embedded.names import bare, mentions
from summarizer.adapters.embedded.owing import Owner
from summarizer.items import Side
from summarizer.ports import Brief, CandidateStakeholder
from tests.unit.thread_making import CLIENT, VENDOR, Line, brief


def directory(*lines: Line, headers: dict[int, str] | None = None) -> people.Directory:
    given = brief(*lines)
    whole = Brief(given.passages, client=given.client, vendor=given.vendor, headers=headers or {})
    return people.find(whole, clauses.read(whole))


def named(*lines: Line, headers: dict[int, str] | None = None) -> list[str]:
    """The people beside those who wrote."""
    senders = {CLIENT[0], VENDOR[0]}
    return [person.name for person in directory(*lines, headers=headers).people if person.name not in senders]


def owner(*lines: Line, told: int) -> Owner | None:
    """Who owes what the clause with that number says."""
    found = directory(*lines)
    return owing.owner([clause for clause in found.clauses if clause.number == told], found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Their IT guy Kevin opens the firewall.", ["Kevin"]),
        ("Dr Achieng Oloo, the medical director, signs it.", ["Dr Achieng Oloo"]),
        ("Ask Mr Frimpong (Adom Cocoa) for the key.", ["Mr Frimpong"]),
        ("Our electrician Piet has them ready on 3 May.", ["Piet"]),
        ("That is Advocate Sithole's paper, he says yes.", ["Advocate Sithole"]),
        ("We meet in January, with Microsoft Excel open.", []),
        ("The lorry leaves Rotterdam on Monday.", []),
        ("Rang Petra about the keys, she says yes.", ["Petra"]),
        ("Alder Bridge has the keys and says yes.", []),
    ],
)
def test_who_is_only_mentioned_is_found_and_what_is_no_person_is_not(text: str, names: list[str]) -> None:
    assert named((1, CLIENT, text)) == names


def test_a_first_name_and_a_full_name_are_one_person() -> None:
    lines = (1, CLIENT, "Teddy puts the sockets in."), (2, CLIENT, "Our electrician, Teddy Gallo, says 9 January.")
    assert named(*lines) == ["Teddy Gallo"]


def test_our_colleague_stands_on_the_side_of_the_one_who_writes() -> None:
    found = directory((1, VENDOR, "Our technician Kasper stays two days."), (2, CLIENT, "Our IT, Femke, opens it."))
    assert [(each.name, each.role, each.side) for each in found.people[2:]] == [
        ("Kasper", "technician", Side.VENDOR),
        ("Femke", "IT", Side.CLIENT),
    ]


def test_a_correspondent_of_the_client_stands_on_the_other_side() -> None:
    headers = {1: "From: Nora Lindqvist <nora@larch.example>\nTo: Ottilie Brandt\n"}
    found = directory((1, CLIENT, "Here we go."), headers=headers)
    assert found.people == (
        CandidateStakeholder("Nora Lindqvist", None, Side.CLIENT, "nora@larch.example"),
        CandidateStakeholder("Ottilie Brandt", None, Side.VENDOR),
    )


def test_the_line_below_the_name_in_a_signature_is_the_role() -> None:
    headers = {1: "Best\nNora Lindqvist\nRepairs Manager, Larch & Pine\n"}
    found = directory((1, CLIENT, "Here we go."), headers=headers)
    assert found.people[0].role == "Repairs Manager"


@pytest.mark.parametrize(
    "signed", ["Nora Lindqvist, Key Accounts", "Nora Lindqvist\nAGM (Loans & Recovery)", "Nora Lindqvist\nPine Officer"]
)
def test_a_title_is_known_by_its_place_and_may_share_a_word_with_the_firm(signed: str) -> None:
    found = directory((1, CLIENT, "Here we go."), headers={1: f"Best\n{signed}\n"})
    assert found.people[0].role == signed.removeprefix("Nora Lindqvist").lstrip(",\n ")


def test_a_title_keeps_the_team_behind_its_comma() -> None:
    headers = {1: "Best\nNora Lindqvist\nDirector, Laboratory Operations\nLarch & Pine\n"}
    found = directory((1, CLIENT, "Here we go."), headers=headers)
    assert found.people[0].role == "Director, Laboratory Operations"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Femke will be your project lead.", "project lead"),
        ("Met Femke (Larch, head of repairs) at the fair.", "head of repairs"),
        ("Met Femke (Larch) at the fair.", None),
        ("My colleague Femke says hello.", None),
        ("Femke is also here, she's the site manager.", "site manager"),
        ("Femke from our team sends it, at night it's Femke.", "team"),
        ("Legal (Femke) says yes.", "Legal"),
        ("Femke runs the warehouse, says our buyer.", "runs the warehouse"),
        ("Our lawyer in Leeds, Femke, reads it.", "lawyer in Leeds"),
        ("Spoke with Femke, director of member services.", "director of member services"),
        ("Femke is CEO of the lodges.", "CEO of the lodges"),
        ("The trustee who signs is Femke.", "trustee"),
        ("Femke (cc) is our integration lead.", "integration lead"),
        ("Met Ann Lee, head of OD. Femke was there too.", None),
    ],
)
def test_a_role_is_what_is_said_of_the_work_and_no_firm_or_kin(text: str, role: str | None) -> None:
    found = directory((1, CLIENT, "Femke says hello."), (1, CLIENT, text))
    assert [each.role for each in found.people if each.name == "Femke"] == [role]


def test_who_says_to_be_something_is_it() -> None:
    found = directory((1, CLIENT, "Hello, I'm the site manager here."))
    assert [(each.name, each.role) for each in found.people] == [("Nora Lindqvist", "site manager")]


def test_the_line_below_the_name_is_a_role_unless_it_names_the_firm() -> None:
    headers = {1: "Best\nNora Lindqvist\nProject Office\n", 2: "Regards\nEmil Sand\nSandbank\n"}
    found = directory((1, CLIENT, "Here we go."), (2, VENDOR, "Good."), headers=headers)
    assert {each.name: each.role for each in found.people}["Nora Lindqvist"] == "Project Office"


def test_a_speaker_with_initials_is_the_one_who_has_them() -> None:
    speaker = ("MJ", Side.CLIENT)
    lines = (1, CLIENT, "Mo Jaffery, our estates manager, is here."), (2, speaker, "I'll move the pipe by 4 May.")
    assert [each.name for each in directory(*lines).people] == ["Nora Lindqvist", "Mo Jaffery"]
    assert owner(*lines, told=2) == Owner("Mo Jaffery", 1)


@pytest.mark.parametrize(
    ("shouted", "name"),
    [("MAEVE O'HARA", "Maeve O'Hara"), ("ALVA'S IPAD", "Alva's Ipad"), ("ANNE-MARIE BO", "Anne-Marie Bo")],
)
def test_a_sender_in_capitals_is_written_as_a_name(shouted: str, name: str) -> None:
    assert name in [each.name for each in directory((1, (shouted, Side.CLIENT), "Good morning.")).people]


def test_hasty_notes_write_first_names_small() -> None:
    lines = (1, CLIENT, "Our clerk, Dougie Trelawny, says hello."), (2, CLIENT, "dougie organises the seats")
    assert owner(*lines, told=2) == Owner("Dougie Trelawny", 1)


def test_a_firm_in_brackets_tells_the_side_before_all_else() -> None:
    lines = [(1, CLIENT, "Present: Femke Aal (Sandbank)."), *((1, CLIENT, "Femke says yes."),) * 5]
    assert [each.side for each in directory(*lines).people if each.name == "Femke Aal"] == [Side.VENDOR]


def test_each_way_of_being_named_has_a_weight() -> None:
    ways = [way for way, _, _ in owing_words.BESIDE]
    assert {*ways, *(f"unknown, {way}" for way in ways)} <= set(owing_words.WEIGHTS)
    assert {f"named, of the {side}" for side in Side} <= set(owing_words.WEIGHTS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The keeper sends the list.", "Imelda Farrow"),
        ("The installer (Brightwire) pulls the cable.", "Brightwire"),
        ("Ours.", "Nora Lindqvist"),
        ("The landlord gives you the keys.", "landlord"),
        ("Use the keys the landlord gives you.", "landlord"),
        ("We put the old canteen at your disposal.", "Larch & Pine"),
        ("Femke, could you send the plans?", "Femke"),
    ],
)
def test_roles_brackets_and_answers_tell_who_owes(text: str, name: str) -> None:
    lines = (1, CLIENT, "Our keeper Imelda Farrow and our clerk Femke say hello."), (2, CLIENT, text)
    found = owner(*lines, told=2)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I'll bring the drawings on 3 May.", "Nora Lindqvist"),
        ("Femke from our team sends them.", "Femke"),
        ("The plans come from Femke.", "Femke"),
        ("Fertigo must switch the interface on.", "Fertigo"),
    ],
)
def test_the_one_who_acts_owes(text: str, name: str) -> None:
    assert owner((1, CLIENT, "Our manager Femke said hello."), (2, CLIENT, text), told=2) == Owner(name)


def test_he_and_she_are_who_was_named_last_and_that_passage_is_cited() -> None:
    lines = (1, CLIENT, "My foreman Andreas has the keys."), (1, CLIENT, "He will open the roof on 4 May.")
    assert owner(*lines, told=2) == Owner("Andreas", 1)


def test_what_the_vendor_asks_for_is_owed_by_the_one_who_is_asked() -> None:
    lines = (1, CLIENT, "Good to meet you."), (2, VENDOR, "From you we need the floor plans.")
    assert owner(*lines, told=2) == Owner("Nora Lindqvist", 1)


def test_a_request_without_anybody_to_answer_it_is_owed_by_the_client() -> None:
    assert owner((1, VENDOR, "From you we need the floor plans."), told=1) == Owner("Larch & Pine")


def test_a_genitive_and_a_contraction_are_no_part_of_a_name() -> None:
    found = [mention.name for mention in mentions("Rico's wedding, and Emlyn'll come with O'Hara", frozenset())]
    assert found == ["Rico", "Emlyn", "O'Hara"]


def test_titles_and_initials_are_no_words_of_a_name() -> None:
    assert bare("Mr. H. Bedi") == {"bedi"}


def test_whom_the_vendor_calls_you_owes_and_a_thing_called_after_a_team_does_not() -> None:
    given = ((1, CLIENT, "We start on 18 May."), (2, VENDOR, "You send us the payroll codes by 22 May."))
    found = owner(*given, told=2)
    assert found
    assert found.name == "Nora Lindqvist"


def test_an_assent_names_nobody() -> None:
    assert named((1, CLIENT, "Sounds good, go ahead. Confirmed by us.")) == named((1, CLIENT, "Go ahead."))
