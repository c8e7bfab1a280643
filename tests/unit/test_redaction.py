"""Personal data that an engine does not get to see, and that its answers hold all the same."""

from collections.abc import Iterator, Sequence

import pytest

from summarizer.adapters.embedded import people_in
from summarizer.adapters.redaction import OwnReader, Redacting, RedactingAdviser, Redactor
from summarizer.items import Kind, MadeBy, Precedent, Side
from summarizer.ports import Answer, Brief, Candidate, CandidateStakeholder, Notice, NumberedPassage
from summarizer.testing import MemoryAnswers, ScriptedEngine

BRIEF = Brief(
    passages=[
        NumberedPassage(1, "Moira sends the list by 20 March.", 1, "Moira Finn", Side.CLIENT, None),
        NumberedPassage(2, "Call Theo Lamb on +44 20 7946 0958.", 1, "Moira Finn", Side.CLIENT, None),
        NumberedPassage(3, "Pay GBP 14,200 to GB33BUKB20201555555555.", 2, "Owen Hart", Side.VENDOR, None),
    ],
    precedents=[Precedent(sow="Past", section="Team", text="Ask ruth@past.example.", score=0.5)],
    client="Finn Bakeries",
    vendor="Brackwater",
    headers={1: "From: Moira Finn <moira@velmere.example>\nCc: Pete Gallacher; Ann Lee <ann@velmere.example>"},
)


def theo(_: Brief) -> list[CandidateStakeholder]:
    return [CandidateStakeholder("Theo Lamb")]


class Seen(ScriptedEngine):
    """Answers with the words that it is shown."""

    def __init__(self) -> None:
        super().__init__([])

    def draft(self, brief: Brief) -> Iterator[Answer]:
        self.briefs.append(brief)
        for passage in brief.passages:
            yield Candidate(Kind.SCOPE, passage.text, (passage.number,), owner=passage.sender)
        yield CandidateStakeholder("PERSON_99", role="of PERSON_1_GIVEN's team")
        yield MadeBy(engine="seen", model="m", prompt="", parameters={"temperature": 0})


def test_the_engine_sees_no_personal_data() -> None:
    engine = Seen()
    list(Redacting(engine, theo).draft(BRIEF))
    shown = repr(engine.briefs[0])
    hidden = ["Moira", "Theo", "Lamb", "Owen", "Hart", "Pete", "Gallacher", "Ann", "7946", "GB33", "@velmere", "ruth@"]
    assert [words for words in hidden if words in shown] == []
    assert [words for words in ("Finn Bakeries", "14,200", "20 March", "Brackwater") if words not in shown] == []


def test_the_answers_hold_it_again() -> None:
    answers = list(Redacting(Seen(), theo).draft(BRIEF))
    assert answers[:3] == [
        Candidate(Kind.SCOPE, each.text, (each.number,), owner=each.sender) for each in BRIEF.passages
    ]
    made_by = answers[-1]
    assert isinstance(made_by, MadeBy)
    assert made_by.parameters["temperature"] == 0
    assert int(made_by.parameters["redacted"] or 0) > 0


def test_a_placeholder_that_a_model_made_up_stays() -> None:
    (person,) = [each for each in Redacting(Seen(), theo).draft(BRIEF) if isinstance(each, CandidateStakeholder)]
    assert person.name == "PERSON_99"
    assert "PERSON_1_GIVEN" not in (person.role or "")


def test_a_placeholder_is_put_back_in_whatever_case_an_engine_writes_it() -> None:
    redactor = Redactor(["Ada Stone"])
    assert redactor.shown("Person_1 asks, person_1_given signs") == "Ada Stone asks, Ada signs"


def test_an_address_comes_back_and_a_placeholder_that_stands_for_none_is_dropped() -> None:
    redactor = Redactor(["Ada Stone"])
    redactor.hidden("ada@stone.example")
    said = [CandidateStakeholder("PERSON_1", email=email) for email in ("MAIL_1", "MAIL_7", "PERSON_1", None)]
    emails = ["ada@stone.example", None, None, None]
    assert [redactor.restored(each) for each in said] == [
        CandidateStakeholder("Ada Stone", email=email) for email in emails
    ]


def test_a_reader_of_ours_sees_the_brief_as_written_and_answers_in_placeholders() -> None:
    reader = Seen()
    looking = Looking(OwnReader(reader))
    answers = list(Redacting(looking, theo).draft(BRIEF))
    assert reader.briefs == [BRIEF]
    assert [each for each in answers if isinstance(each, Candidate)] == [
        Candidate(Kind.SCOPE, each.text, (each.number,), owner=each.sender) for each in BRIEF.passages
    ]
    assert "Moira" not in repr(looking.shown)
    assert answers[-1] == Notice("The second look at “Moira sends the list by 20 March.”")


class Looking(ScriptedEngine):
    """Drafts with a reader, and keeps what it was shown itself."""

    def __init__(self, reader: OwnReader) -> None:
        super().__init__([])
        self.reader = reader
        self.shown: list[object] = []

    def draft(self, brief: Brief) -> Iterator[Answer]:
        answers = list(self.reader.draft(brief))
        self.shown += [brief, *answers]
        yield from answers
        yield Notice(f"The second look at “{next(each.text for each in answers if isinstance(each, Candidate))}”")


def test_past_sows_are_named_with_placeholders() -> None:
    past = Precedent(sow="SOW_for_Theo_Lamb.docx", section="Moira Finn's team", text="Theo leads.", score=0.5)
    brief = Brief(BRIEF.passages, precedents=[past])
    (hidden,) = Redactor.of(brief, theo).brief(brief).precedents
    assert (hidden.sow, hidden.section, hidden.text) == (
        "SOW for PERSON_3.docx",
        "PERSON_1's team",
        "PERSON_3_GIVEN leads.",
    )


def test_a_name_that_stands_only_in_a_past_sow_is_hidden_too() -> None:
    past = Precedent(sow="SOW for Ada Stone.docx", section="Dr Rosa Amaral", text="Kirsten Green pays.", score=0.5)
    brief = Brief(BRIEF.passages, precedents=[past])
    shown = repr(Redactor.of(brief, people_in).brief(brief).precedents)
    assert [name for name in ("Ada", "Stone", "Rosa", "Amaral", "Kirsten", "Green") if name in shown] == []


class Asked:
    """An adviser that keeps what it is asked."""

    name = "asked"

    def __init__(self) -> None:
        self.questions: list[tuple[str, str]] = []

    def odds(self, claims: Sequence[str], text: str) -> list[float]:
        self.questions += [(claim, text) for claim in claims]
        return [0.0 for _ in claims]

    def gains(self, claim: str, text: str) -> list[float] | None:
        self.questions.append((claim, text))
        return None


def test_an_adviser_is_shown_no_name_that_stands_only_in_the_claim() -> None:
    asked = Asked()
    adviser = RedactingAdviser(asked, people_in)
    adviser.odds(["Ada Stone signs.", "Mr Lamb signs."], "The board signs by 20 March.")
    adviser.gains("Ada Stone signs.", "PERSON_1 signs.")
    assert asked.questions == [
        ("PERSON_1 signs.", "The board signs by 20 March."),
        ("PERSON_2 signs.", "The board signs by 20 March."),
        ("PERSON_2 signs.", "PERSON_1 signs."),
    ]


def test_words_of_the_text_that_look_like_placeholders_stand_for_themselves() -> None:
    brief = Brief([NumberedPassage(1, "PERSON_1 is what Ada Stone calls it.", 1, "Ada Stone", None, None)])
    redactor = Redactor.of(brief, lambda _: [])
    hidden = redactor.hidden(brief.passages[0].text)
    assert hidden == "PERSON_1 is what PERSON_2 calls it."
    assert redactor.shown(hidden) == brief.passages[0].text


def redacted(text: str, *, sender: str | None = None, found: Sequence[str] = ()) -> str:
    brief = Brief([NumberedPassage(1, text, 1, sender, None, None)], client="Finn Bakeries", vendor="Brackwater")
    return Redactor.of(brief, lambda _: [CandidateStakeholder(name) for name in found]).hidden(text)


def test_a_name_after_a_title_needs_nobody_who_knows_it() -> None:
    said = redacted("Mrs. Pruitt and Dr Rosa Amaral agree. So does the Mr in Mr Finn.")
    assert said == "Mrs. PERSON_2 and Dr PERSON_1 agree. So does the Mr in Mr Finn."


def test_names_of_mail_headers_and_greetings_within_the_text_are_hidden() -> None:
    text = "Cc: Petra Holm (Office) <p@x.example>; Holm, Lasse\nHi Zane,\nHi all, Zane and Lasse know what Petra said."
    assert redacted(text) == (
        "Cc: PERSON_1 (Office) <MAIL_1>; PERSON_1_FAMILY, PERSON_2\n"
        "Hi PERSON_4,\nHi all, PERSON_4 and PERSON_2 know what PERSON_1_GIVEN said."
    )


def test_a_family_name_that_comes_first_is_hidden_too() -> None:
    said = redacted("Ada wrote it, says Stone.", sender="Stone, Ada")
    assert said == "PERSON_1_GIVEN wrote it, says PERSON_1_FAMILY."


def test_each_word_of_a_name_is_replaced_where_it_stands_alone() -> None:
    text = "Commander Aisling Roe: Aisling is away, ask Roe's deputy, or Jean-Luc de Vos Haan, or Vos."
    said = redacted(text, sender="Commander Aisling Roe", found=["Jean-Luc de Vos Haan"])
    assert said == ("PERSON_1: PERSON_1_GIVEN is away, ask PERSON_1_FAMILY's deputy, or PERSON_2, or PERSON_2_MIDDLE1.")


LONG_NAMES: Sequence[str] = (
    "Maria de la Cruz Santos Lopez",
    "Ana Clara dos Santos e Silva",
    "Johanna Maria van der Berg ten Dalen",
    "Yusuf Omar bin Khalid al-Rashid",
)


@pytest.mark.parametrize("name", LONG_NAMES)
def test_a_name_of_more_than_four_words_is_hidden_too(name: str) -> None:
    header, text = f"From: {name} <m@x.example>", f"{name.rsplit(maxsplit=1)[-1]} writes.\nBest,\n{name}"
    brief = Brief([NumberedPassage(1, text, 1, name, None, None)], headers={1: header})
    hidden = Redactor.of(brief, lambda _: []).brief(brief)
    (passage,) = hidden.passages
    assert (passage.sender, passage.text) == ("PERSON_1", "PERSON_1_FAMILY writes.\nBest,\nPERSON_1")
    assert hidden.headers == {1: "From: PERSON_1 <MAIL_1>"}


def test_a_sentence_before_an_address_is_no_long_name() -> None:
    said = redacted("Please send the signed order to Ada <ada@x.example>, and send the list.")
    assert said == "Please send the signed order to Ada <MAIL_1>, and send the list."


def test_one_who_signs_by_one_name_is_hidden_too() -> None:
    assert redacted("sanjeev writes for Sanjeev.", sender="Sanjeev") == "sanjeev writes for PERSON_1."


def test_words_that_only_look_like_a_name_stay() -> None:
    text = "The Legal Department meets; the legal team has a department of its own. Ask Bill Dewsbury for the bill."
    said = redacted(text, found=["Legal Department", "Bill Dewsbury", "Brackwater"])
    assert said == text.replace("Bill Dewsbury", "PERSON_1")


CAUGHT: Sequence[str] = (
    "o.hart+deals@brackwater.example",
    "+44 20 7946 0958",
    "(030) 901820-44",
    "0171 5550 1234",
    "(406) 555-0142",
    "406-555-0142",
    "406.555.0142",
    "+65 5550 0188",
    "DE89 3704 0044 0532 0130 00",
    "4111 1111 1111 1111",
    "1-406-555-0142",
    "14 Harbour Road",
    "5b, Old Mill Lane",
    "Hafenstraße 12a",
    "12, rue de la Gare",
    "SW1A 2AA",
)
LEFT: Sequence[str] = (
    "GBP 14,200",
    "2026-03-20",
    "20/03/2026",
    "05.02.2025 15:40",
    "01/14/2026 4:05 PM",
    "12/11 17:40",
    "5/09/2024 10:12",
    "05/2026 13:00",
    "24/0771",
    "EUR 1.290.000",
    "NOK 186 000",
    "PO 88120",
    "1234 5678 9012 3456",
    "23:00 to 06:00",
    "0.25 seconds",
    "1,000,000 orders",
    "4.0 Contract Place",
    "3 Project Managers",
    "EN 82079",
)


@pytest.mark.parametrize("words", CAUGHT)
def test_what_has_the_shape_of_personal_data_is_replaced_whole(words: str) -> None:
    redactor = Redactor([])
    hidden = redactor.hidden(f"Note: {words}, please.")
    assert not any(sign.isdigit() for sign in hidden.replace("_1", ""))
    assert redactor.shown(hidden) == f"Note: {words}, please."


@pytest.mark.parametrize("words", LEFT)
def test_figures_dates_and_numbers_of_other_kinds_stay(words: str) -> None:
    assert Redactor([]).hidden(f"Note: {words}, please.") == f"Note: {words}, please."


def test_what_is_kept_is_kept_by_the_engine_inside() -> None:
    assert Redacting(Seen(), theo).remembering(MemoryAnswers()).name == "scripted"
