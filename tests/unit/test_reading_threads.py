"""Pasted threads become messages with senders, dates and sides."""

from datetime import UTC, date, datetime

import pytest

from summarizer.items import Side
from summarizer.numbering import Material, brief, number
from summarizer.reading.threads import read
from summarizer.sources import Form, Role, Source

OUTLOOK = """\
Please find my answer below, we start on 3 May.

From: Lind, Hanna <hanna.lind@fenland.example>
Sent: Thursday, April 9, 2026 11:02 AM
To: Marek Vale <marek@brassworks.example>
Cc: Ines Roth; Tom Oak
Subject: RE: Pump room

Marek,

The permit comes from us by 17 April.

Hanna

-----Original Message-----
From: Marek Vale
Sent: 08/04/2026 16:40
To: Lind, Hanna
Subject: Pump room

We install two pumps.
"""


def senders(source: Source) -> list[str | None]:
    return [message.sender for message in source.messages]


def quotes(source: Source, *roles: Role) -> list[str]:
    return [source.quote(each) for each in source.passages if each.role in roles]


def test_each_header_block_begins_a_message() -> None:
    source = read(OUTLOOK, client="Fenland Water Ltd", vendor="Brassworks GmbH")
    told = [(each.sender, each.email, each.to, each.sent, each.subject, each.side) for each in source.messages]
    assert source.form is Form.EMAIL_THREAD
    assert told == [
        (None, None, (), None, None, None),
        (
            "Lind, Hanna",
            "hanna.lind@fenland.example",
            ("Marek Vale <marek@brassworks.example>", "Ines Roth", "Tom Oak"),
            datetime(2026, 4, 9, 11, 2),  # noqa: DTZ001
            "RE: Pump room",
            Side.CLIENT,
        ),
        (
            "Marek Vale",
            "marek@brassworks.example",
            ("Lind, Hanna",),
            datetime(2026, 4, 8, 16, 40),  # noqa: DTZ001
            "Pump room",
            Side.VENDOR,
        ),
    ]


def test_without_the_names_of_the_firms_nobody_gets_a_side() -> None:
    assert {message.side for message in read(OUTLOOK).messages} == {None}


def test_a_third_firm_is_told_from_client_and_vendor() -> None:
    thread = "".join(
        f"From: {name} <{name.casefold()}@{firm}.example>\nSubject: Pumps\n\nNoted.\n\n"
        for name, firm in (("Hanna", "fenland"), ("Marek", "brassworks"), ("Ola", "cementa"), ("Uwe", "gmail"))
    )
    sides = [message.side for message in read(thread, client="Fenland Water", vendor="Brassworks").messages]
    assert sides == [Side.CLIENT, Side.VENDOR, Side.THIRD_PARTY, None]


def test_a_firm_in_the_signature_tells_the_side_of_a_bare_name() -> None:
    text = "From: Vale, Marek\nSent: 8 April 2026 16:40\nSubject: Pumps\n\nTwo pumps.\n\nMarek Vale\nSales, Brassworks"
    assert [each.side for each in read(text, client="Fenland Water", vendor="Brassworks GmbH").messages] == [
        Side.VENDOR
    ]


@pytest.mark.parametrize(
    "head",
    [
        (
            "Von: Uta Berg <uta@fenland.example>\n"
            "Gesendet: Donnerstag, 9. April 2026 11:02\nAn: Marek Vale\nBetreff: Pumpen"
        ),
        "De : Uta Berg <uta@fenland.example>\nEnvoyé : jeudi 9 avril 2026 11:02\nÀ : Marek Vale\nObjet : Pumpen",
        (
            "De: Uta Berg <uta@fenland.example>\n"
            "Enviado: jueves, 9 de abril de 2026 11:02\nPara: Marek Vale\nAsunto: Pumpen"
        ),
        (
            "Van: Uta Berg <uta@fenland.example>\n"
            "Verzonden: donderdag 9 april 2026 11:02\nAan: Marek Vale\nOnderwerp: Pumpen"
        ),
        "Subject: Pumpen\nTo: Marek Vale\nDate: 9.4.2026 11:02\nFrom: Uta Berg <uta@fenland.example>",
        "*From:* Uta Berg <uta@fenland.example>\n*Sent:* 2026-04-09 11:02\n*To:* Marek Vale\n*Subject:* Pumpen",
    ],
)
def test_headers_are_known_in_five_languages_and_any_order(head: str) -> None:
    message = read(f"{head}\n\nZwei Pumpen.").messages[0]
    told = (message.sender, message.email, message.to, message.sent, message.subject)
    expected = datetime(2026, 4, 9, 11, 2)  # noqa: DTZ001
    assert told == ("Uta Berg", "uta@fenland.example", ("Marek Vale",), expected, "Pumpen")


def test_a_quotation_below_an_attribution_belongs_to_the_message_above() -> None:
    source = read(
        "Fine with us.\n\nOn Tue, 7 Apr 2026 at 10:07, Marek Vale <marek@brassworks.example> wrote:\n\n"
        "> Two pumps?\n> Or three?\n"
    )
    assert [(each.role, each.message) for each in source.passages] == [
        (Role.NEW, 1),
        (Role.HEADER, 1),
        (Role.QUOTED, 1),
        (Role.QUOTED, 1),
    ]


@pytest.mark.parametrize(
    "attribution",
    [
        "On Tue, 7 Apr 2026 at 10:07, Marek Vale <marek@brassworks.example> wrote:",
        "On Tue, 7 Apr 2026 at 10:07, Marek Vale\n<marek@brassworks.example>\nwrote:",
        "Am 07.04.2026 um 10:07 schrieb Marek Vale <marek@brassworks.example>:",
        "Le 7 avril 2026 à 10:07, Marek Vale <marek@brassworks.example> a écrit :",
        "El 7 de abril de 2026, a las 10:07, Marek Vale <marek@brassworks.example> escribió:",
        "Op 7 april 2026 om 10:07 schreef Marek Vale <marek@brassworks.example>:",
        "---- On 7 Apr 2026 10:07, Marek Vale <marek@brassworks.example> wrote ----",
    ],
)
def test_unquoted_words_below_an_attribution_are_a_message_of_their_own(attribution: str) -> None:
    source = read(f"Fine.\n\n{attribution}\n\nTwo pumps?\n")
    first, second = source.messages
    assert (first.sender, second.sender, second.email) == (None, "Marek Vale", "marek@brassworks.example")
    assert second.sent == datetime(2026, 4, 7, 10, 7)  # noqa: DTZ001
    assert quotes(source, Role.NEW) == ["Fine.", "Two pumps?"]


@pytest.mark.parametrize(
    "line",
    [
        "Hanna Kern wrote on 2026/05/04 at 08:02 to desk@brassworks.example:",
        "Hanna Kern wrote on Mon, 4 May 2026 at 08:02:",
        "Hanna Kern <hanna@fenland.example> wrote on 04.05.2026 08:02:",
    ],
)
def test_what_a_ticket_writes_above_each_answer_heads_a_message(line: str) -> None:
    first, second = read(f"{line}\n\nTwo pumps.\n\nAna Bo wrote on 2026/05/05 at 10:10:\n\nAgreed.").messages
    assert (first.sender, first.sent) == ("Hanna Kern", datetime(2026, 5, 4, 8, 2))  # noqa: DTZ001
    assert (second.sender, second.sent) == ("Ana Bo", datetime(2026, 5, 5, 10, 10))  # noqa: DTZ001


@pytest.mark.parametrize(
    "line",
    [
        "We wrote on 4 May 2026:",
        "Hanna wrote on 4 May 2026 what she needs:",
        "What Hanna Kern wrote on 4 May 2026:",
        "Hanna Kern wrote on the fourth:",
    ],
)
def test_a_sentence_about_what_somebody_wrote_heads_no_message(line: str) -> None:
    assert [each.sender for each in read(f"Two pumps.\n\n{line}\n\nAgreed.").messages] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "On 12 March 2026 we sent the following:",
        "On 12 March 2026 we sent the\nfollowing message:",
        "On 12 March 2026 I wrote:",
        "On 12 March 2026 we also wrote:",
        "On 12 March 2026, as agreed, they wrote:",
        "On 12 March 2026 we sent robin@harbor.example the following:",
        "On 12 March 2026 Robin sent ann@fenland.example the following:",
        "On 12 March 2026 Robin wrote this into the order form:",
        "On 12 March 2026 Robin sent us 250 seats @ 3 EUR:",
        "On 12 March 2026 our office sent the following:",
        "Am 12. März 2026 schrieb Robin dies in das Formular:",
        "Am 12. März 2026 schrieb man:",
        "Am 12. März 2026 haben wir geschrieben:",
    ],
)
def test_a_sentence_that_tells_what_was_sent_heads_no_message(line: str) -> None:
    requirements = ["- a list of tanks,", "- ask bob@fenland.example for these:", "We need 250 users by 3 May."]
    source = read(f"From: Ann Lee <ann@fenland.example>\nSubject: x\n\n{line}\n" + "\n".join(requirements))
    assert senders(source) == ["Ann Lee"]
    assert quotes(source, Role.NEW)[0] == line
    assert quotes(source, Role.NEW)[-1] == requirements[-1]


@pytest.mark.parametrize(
    "attribution",
    [
        "On 12 March 2026 at 10:07 Robin Vale wrote:",
        "On 12 March 2026 Robin Vale wrote the following:",
        "On 12 March 2026, Robin Vale sent the following message:",
        "Am 12.03.2026 um 10:07 schrieb Robin Vale:",
        "Am 12. März 2026 schrieb Robin Vale Folgendes:",
        "Op 12 maart 2026 om 10:07 schreef Robin Vale:",
        "Op 12 maart 2026 om 10:07 heeft Robin Vale het volgende geschreven:",
        "Den 12 mars 2026 10:07 skrev Robin Vale:",
        "Le 12 mars 2026 à 10:07, Robin Vale a écrit ce qui suit :",
        "Dňa 12. 3. 2026 10:07 Robin Vale napísal(a):",
    ],
)
def test_an_attribution_without_an_address_ends_in_its_verb_or_in_a_name(attribution: str) -> None:
    source = read(f"Fine.\n\n{attribution}\n\nTwo pumps?\n")
    assert senders(source) == [None, "Robin Vale"]


def test_the_address_of_the_writer_may_stand_before_the_verb_and_the_date() -> None:
    source = read("Fine.\n\nRobin <robin@harbor.example> schrieb am 12. März 2026 um 10:07:\n\nTwo pumps?\n")
    assert quotes(source, Role.NEW) == ["Fine.", "Two pumps?"]


@pytest.mark.parametrize("name", ["I. Roth", "He Jun", "Jun He", "You Wang", "bob"])
def test_a_name_that_looks_like_a_pronoun_is_a_writer(name: str) -> None:
    assert senders(read(f"Fine.\n\nOn 12 March 2026, {name} wrote:\n\nTwo pumps?\n")) == [None, name]


def test_an_attribution_over_the_words_just_above_it_heads_an_answer() -> None:
    source = read(
        "From: Marek Vale\nSubject: Pumps\n\nWe install two pumps in the cellar.\n\n"
        "On 7 Apr 2026, at 10:07, Hanna Lind wrote:\n\n> We install two pumps in the cellar.\n\nThree, please.\n"
    )
    assert senders(source) == ["Marek Vale", "Hanna Lind"]
    assert quotes(source, Role.NEW)[-1] == "Three, please."


def test_words_that_share_a_line_with_an_attribution_are_not_lost() -> None:
    source = read("We pay in May. On Wed, Apr 8, 2026 at 3:59 PM, ann@fenland.example wrote:\n> When?")
    assert "We pay in May." in quotes(source, Role.NEW)


def test_web_mail_that_prints_name_and_date_is_cut_into_messages() -> None:
    source = read(
        "Hanna Lind <hanna@fenland.example>  Wed 8 Apr 2026, 06:02\nto Marek Vale\n\ntwo pumps please\n\n\n"
        "Marek Vale  Wed 8 Apr 2026, 12:25\nto Hanna Lind\n\nTwo it is.\n\n\n"
        "Hanna Lind  Thu 9 Apr 2026, 07:00\nto Marek Vale\n\nthanks\n"
    )
    assert senders(source) == ["Hanna Lind", "Marek Vale", "Hanna Lind"]
    assert [each.email for each in source.messages] == ["hanna@fenland.example", None, "hanna@fenland.example"]


def test_what_an_export_prints_above_the_first_message_is_a_header() -> None:
    source = read(
        "Export of conversation Pumps\n2 messages, oldest first\n\n=== 1/2 ===\nFrom: Ann Lee\nSubject: Pumps\n\nGo."
    )
    assert [source.quote(each) for each in source.passages if each.role is Role.NEW] == ["Go."]
    assert senders(source) == ["Ann Lee"]


def test_a_transcript_is_cut_into_turns() -> None:
    source = read(
        "Pump call\nTue 7 April 2026, 14:02\n\nHANNA LIND: Two pumps. By May.\n\n"
        "MAREK: Three?\n\nHANNA: Two.\n\nMAREK: Fine.\n"
    )
    assert source.form is Form.CALL_TRANSCRIPT
    assert senders(source) == ["HANNA LIND", "MAREK", "HANNA", "MAREK"]
    assert {each.sent for each in source.messages} == {datetime(2026, 4, 7, 14, 2)}  # noqa: DTZ001
    assert quotes(source, Role.NEW) == ["Two pumps.", "By May.", "Three?", "Two.", "Fine."]


@pytest.mark.parametrize(
    "turns",
    [
        "[00:01:02] Hanna Lind: Two pumps.\n[00:01:09] Marek Vale: Three?",
        "Hanna Lind  0:03\nTwo pumps.\n\nMarek Vale  0:09\nThree?",
        "00:03 Hanna Lind\nTwo pumps.\n00:09 Marek Vale\nThree?",
    ],
)
def test_time_stamps_tell_turns(turns: str) -> None:
    source = read(turns)
    assert senders(source) == ["Hanna Lind", "Marek Vale"]
    assert quotes(source, Role.NEW) == ["Two pumps.", "Three?"]


def test_labels_in_a_note_are_no_speakers() -> None:
    source = read("Scope: two pumps\nBudget: 40k\nTimeline: May\nScope: also a valve\nBudget: 42k")
    assert (source.form, len(source.messages)) == (Form.SALES_NOTES, 1)


def test_dated_entries_of_notes_are_messages_and_each_line_is_a_passage() -> None:
    source = read(
        "LOG  Fenland pumps   rep: Ana Bo, Brassworks\n\n"
        "28 Apr  CALL w Hanna\n  two pumps not three. 12k\n  + a valve\n\n"
        "21 Apr  VISIT cellar\n  - floor is wet\n"
    )
    assert source.form is Form.SALES_NOTES
    assert [(each.sender, each.sent) for each in source.messages] == [("Ana Bo", None), ("Ana Bo", None)]
    assert quotes(source, Role.NEW) == [
        "CALL w Hanna",
        "two pumps not three. 12k",
        "a valve",
        "VISIT cellar",
        "floor is wet",
    ]


def test_the_year_of_an_entry_is_taken_from_another_date_of_the_log() -> None:
    source = read("2025-04-28 - Call with Hanna: two pumps\n2025-05-02 - Email: three pumps\n7 May - Call: two again\n")
    days = [datetime(2025, 4, 28), datetime(2025, 5, 2), datetime(2025, 5, 7)]  # noqa: DTZ001
    assert [each.sent for each in source.messages] == days


@pytest.mark.parametrize(
    "opening",
    [
        "**CRM note, 19/08/2026, owner A. Bo**",
        "--- minutes, workshop in Kuhmo, 19 August 2026 ---",
        "NOTES, visit to Fenland, Wed 19 August 2026. Written by Ana.",
        "Fenland / pumps / my notes\nrep: Ana Bo\n19-Aug-26 first visit",
        "[Deal room, Fenland, dumped by Ana on 19 August 2026]",
        "Slack export #pumps, 19.08.2026",
        "Fenland, pumps, printed 19 August 2026",
        "Account: Fenland\nOpp: pumps\nOwner: Ana Bo\nLast edited: 19 Aug 2026",
        "Fenland, pumps, 19 Aug 26",
        "Site visit, 19 Aug '26:",
    ],
)
def test_the_opening_lines_tell_when_a_paste_was_written(opening: str) -> None:
    source = read(
        f"{opening}\n\nTwo pumps, by 3 October.\n\nFrom: Hanna <hanna@fenland.example>\nDate: 1 Sep 2026\n\nYes."
    )
    assert source.messages[0].sent == datetime(2026, 8, 19)  # noqa: DTZ001


@pytest.mark.parametrize(
    "opening",
    [
        "We go live on Friday, 19 August 2026.",
        "Can we have the call on 19 August 2026?",
        "The notes must be there by 19 August 2026.",
        "It has to stand by the fair of 19 August 2026",
        "We need the site updated by 19 August 2026.",
        "Deadline: 19 August 2026",
        "Client: Fenland\nClose date: 19/08/2026",
        "Notes: fair runs 12-19 August 2026",
        "Fenland, call of 19 Aug 26 people",
        "From: Hanna <hanna@fenland.example>\nTo: Ana\nSubject: Kick-off meeting 19 August 2026",
        "Lead log\n\n12 May: call with Hanna, the fair, 19 August 2026\n\n20 May: call, two pumps",
    ],
)
def test_a_date_that_is_talked_about_is_not_when_it_was_written(opening: str) -> None:
    assert {each.sent for each in read(f"{opening}\n\nYes, two pumps.").messages} == {None}


@pytest.mark.parametrize(("day", "taken"), [("19 August 2026", False), ("3 August 2026", True)])
def test_what_was_put_together_long_after_the_last_mail_was_not_written_then(day: str, taken: bool) -> None:
    source = read(f"Fenland, {day}\n\nTwo pumps.\n\nFrom: Hanna <hanna@fenland.example>\nDate: 8 Jul 2026\n\nYes.")
    assert (source.messages[0].sent is not None) == taken


def test_the_last_day_of_the_calendar_can_be_read() -> None:
    source = read("Fenland\n\nFrom: Hanna <hanna@fenland.example>\nDate: 31 Dec 9999\n\nYes.")
    assert [each.sent for each in source.messages] == [None, datetime(9999, 12, 31)]  # noqa: DTZ001


def test_a_divider_tells_when_what_follows_was_written() -> None:
    source = read(
        "From: Ana Bo <ana@brassworks.example>\nDate: 1 Aug 2026\n\nTwo pumps?\n\n"
        "--- email, 3 August 2026 ---\nFrom: Hanna <hanna@fenland.example>\nTo: Ana\n\nYes, by the 20th."
    )
    assert [each.sent for each in source.messages] == [datetime(2026, 8, 1), datetime(2026, 8, 3)]  # noqa: DTZ001


@pytest.mark.parametrize(
    "head",
    [
        "Od: Hanna <hanna@fenland.example>\nDo: Ana\nData: 4 maja 2026 08:02\nTemat: Pompy",
        "De la: Hanna <hanna@fenland.example>\nCătre: Ana\nData: 4 mai 2026, 08:02\nSubiect: Pompe",
        "From: Hanna <hanna@fenland.example>\nTo: Ana\nDate: 4. 5. 2026 8:02",
    ],
)
def test_heads_of_mails_in_more_languages(head: str) -> None:
    message = read(f"{head}\n\nTwo pumps.").messages[0]
    assert (message.sender, message.sent) == ("Hanna", datetime(2026, 5, 4, 8, 2))  # noqa: DTZ001


@pytest.mark.parametrize("lines", ["Do: two pumps\nDate: 3 May 2026", "Date: 3 May 2026\nDo: two pumps"])
def test_what_is_to_be_done_is_no_header(lines: str) -> None:
    source = read(f"Notes from the call\n{lines}\nand a valve\n")
    assert "Do: two pumps" in quotes(source, Role.NEW)


def test_plain_notes_are_one_message() -> None:
    source = read("Spoke to Hanna, two pumps.\nmoney agreed")
    assert (source.form, len(source.messages)) == (Form.SALES_NOTES, 1)


def test_a_zone_is_kept_when_the_source_states_one() -> None:
    assert read("From: a@b.example\nDate: Tue, 7 Apr 2026 10:14:00 +0000\n\nGo.").messages[0].sent == datetime(
        2026, 4, 7, 10, 14, tzinfo=UTC
    )


def test_a_text_without_words_has_no_messages() -> None:
    assert [(len(source.messages), len(source.passages)) for source in map(read, ("", " \n\t", ">\n>", "\xa0"))] == [
        (0, 0)
    ] * 4


def test_a_reply_without_a_head_is_its_signers() -> None:
    source = read(
        "Two pumps, yes.\n\nBest\nHanna\n\nOn Tue, Mar 3, 2026 at 4:05 PM Ana Bo <ana@brassworks.example> wrote:\n\n"
        "> Two pumps?\n>\n> On Mon, Mar 2, 2026 at 1:00 PM Hanna Lind <hanna@fenland.example> wrote:\n>> Pumps!\n",
        client="Fenland Water",
        vendor="Brassworks",
    )
    assert [(each.sender, each.email, each.side) for each in source.messages] == [
        ("Hanna Lind", "hanna@fenland.example", Side.CLIENT),
        ("Ana Bo", "ana@brassworks.example", Side.VENDOR),
    ]


def test_notes_and_mails_in_one_paste_are_mixed() -> None:
    source = read("--- Call notes 3 March ---\ntwo pumps\n\n--- Emails ---\nFrom: Ann Lee\nSubject: Pumps\n\nGo.\n")
    assert source.form is Form.MIXED
    assert [(each.sender, each.subject) for each in source.messages] == [(None, None), ("Ann Lee", "Pumps")]


def test_what_has_no_date_counts_as_said_when_the_nearest_message_was_sent() -> None:
    mail = "From: Ana Bo <ana@brassworks.example>\nDate: {}\n\nTwo pumps?"
    source = read(f"Call with Hanna, by hand.\n\n{mail.format('1 Aug 2026')}\n\n{mail.format('9 Sep 2026')}")
    assert [each.sent is None for each in source.messages] == [True, False, False]
    assert source.days() == [date(2026, 8, 1), date(2026, 8, 1), date(2026, 9, 9)]
    assert read("Call with Hanna, by hand.").days() == [None]


@pytest.mark.parametrize(
    ("log", "days"),
    [
        ("13/05/24 visit\nTwo pumps.\n\n22/05/24 call Hanna, 40 min\nThree.", ["2024-05-13", "2024-05-22"]),
        ("03-04-2024 first visit. Hanna.\n\n10-04 phone Hanna. Three.", ["2024-04-03", "2024-04-10"]),
        ("10/05 phone, Hanna\n\n14/05 Hanna: three pumps. Order of 2026.", ["None", "None"]),
        ("Pumps, May 2026\n\n10/05 phone, Hanna\n\n14/05 Hanna: three pumps.", ["2026-05-10", "2026-05-14"]),
        ("Wed 10 Jan 2024. Met at Fenland.\n\nThurs 18 Jan. Quoted two.", ["2024-01-10", "2024-01-18"]),
        (
            "6/3/24 They want pumps.\n\n6/24/24 Sit down.\n\n7/1/24 Hanna: three.",
            ["2024-06-03", "2024-06-24", "2024-07-01"],
        ),
    ],
)
def test_entries_of_notes_are_known_by_what_follows_their_date(log: str, days: list[str]) -> None:
    assert [str(each.sent)[:10] for each in read(log).messages] == days


def test_a_date_in_the_middle_of_notes_heads_no_entry() -> None:
    notes = "1 July. Hanna rang, three pumps.\nsigned 16 July. No more.\n\n8 July. Mail from Hanna: four."
    assert len(read(notes).messages) == 2


@pytest.mark.parametrize(
    "plan",
    [
        "Project plan for Acme 2026\n\n3 May Kick-off\n10 May Workshop\n24 May Go-live\n",
        "Hi team, as agreed:\n3 May – Kick-off meeting\n10 May – Workshop\n\nThanks\nBob",
    ],
)
def test_the_dates_of_a_plan_head_no_entries(plan: str) -> None:
    source = read(plan)
    assert [each.sent for each in source.messages] == [None]
    assert any("3 May" in quote and "Kick-off" in quote for quote in quotes(source, Role.NEW))


@pytest.mark.parametrize(
    ("line", "year"),
    [("Notes, 12 March 20:30", None), ("Notes, 4 June 24/7", None), ("Notes, 12 March 26, 10:30", 2026)],
)
def test_a_time_is_no_year(line: str, year: int | None) -> None:
    sent = read(f"{line}\n\nFive seats by Friday.").messages[0].sent
    assert (sent.year if sent else None) == year


def test_a_ticket_names_the_writer_without_what_stands_in_brackets() -> None:
    assert senders(read("Bob Ray (Support) wrote on 3 March 2026 at 10:05:\nWe open at nine.")) == ["Bob Ray"]
    assert senders(read("Yesterday Ann wrote on 2 March 2026:\nWe open at nine.")) == [None]


TOP_POSTED = """Sounds good, go ahead. We send the logo files by Friday 15 May.

Sunita

On Tue, 12 May 2026 at 17:40, Jonah Pell <jonah@brassworks.example> wrote:

> Hi Sunita,
>
> We build the donor form and the thank-you mails for £9,200. Card
> payments are not included.
>
> Jonah
>
> On Mon, 11 May 2026 at 09:12, Sunita Rao <sunita.rao@fenland.example>
> wrote:
>
>> Hi Jonah
>> We need a donor form by 1 July.
"""


def test_quoted_history_that_was_not_pasted_otherwise_is_mails_of_its_own() -> None:
    source = read(TOP_POSTED, client="Fenland Trust", vendor="Brassworks")
    assert [(each.sender, each.side, each.sent and each.sent.day) for each in source.messages] == [
        ("Sunita Rao", Side.CLIENT, None),
        ("Jonah Pell", Side.VENDOR, 12),
        ("Sunita Rao", Side.CLIENT, 11),
    ]
    assert not quotes(source, Role.QUOTED)
    (place,) = [each for each in number([source]) if "payments" in each.evidence.quote]
    assert place.evidence.quote == "Card\n> payments are not included."
    assert brief(Material([source]), [place]).passages[0].text == "Card\npayments are not included."


def test_a_quotation_of_a_mail_that_was_pasted_stays_one() -> None:
    pasted = (
        "\n\nFrom: Jonah Pell <jonah@brassworks.example>\nTo: Sunita Rao\nSubject: Form\n\nHi Sunita,\n\n"
        "We build the donor form and the thank-you mails for £9,200. Card payments are not included.\n"
    )
    source = read(TOP_POSTED.split("> On Mon", maxsplit=1)[0] + pasted)
    assert senders(source) == ["Sunita Rao", "Jonah Pell"]
    assert all(each.message == 1 for each in source.passages if each.role is Role.QUOTED)


def test_a_quotation_that_is_answered_line_by_line_stays_one() -> None:
    source = read(
        "On Tue, 12 May 2026 at 17:40, Jonah Pell <jonah@brassworks.example> wrote:\n\n"
        "> Who writes the texts for the form?\n\nOur comms team.\n\n> By when do you need it ready?\n\nBy 1 July.\n"
    )
    assert quotes(source, Role.NEW) == ["Our comms team.", "By 1 July."]
    assert len(source.messages) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("[02/03/2026, 10:02:11] Ann Lee: Two pumps?", "[02/03/2026, 10:05:40] Bob Ray: Three.\nBy Friday."),
        ("[10:02, 02/03/2026] Ann Lee: Two pumps?", "[10:05, 02/03/2026] Bob Ray: Three.\nBy Friday."),
        ("02/03/2026, 10:02 - Ann Lee: Two pumps?", "02/03/2026, 10:05 - Bob Ray: Three.\nBy Friday."),
        ("[02/03/2026 10:02] Ann Lee\nTwo pumps?", "[02/03/2026 10:05] Bob Ray\nThree.\nBy Friday."),
        ("Ann Lee, 2 Mar 2026, 10:02\nTwo pumps?\n", "Bob Ray, 2 Mar 2026, 10:05\nThree.\nBy Friday."),
        (
            "10:02:11 From Ann Lee to Everyone:\n\tTwo pumps?",
            "10:05:40 From Bob Ray to Everyone:\n\tThree.\nBy Friday.",
        ),
        ("Ann Lee\nYesterday at 10:02 AM\nTwo pumps?", "Bob Ray\nYesterday at 10:05 AM\nThree.\nBy Friday."),
        ("Ann Lee\n  10:02 AM\nTwo pumps?", "Bob Ray\n  10:05 AM\nThree.\nBy Friday."),
    ],
    ids=["WhatsApp", "WhatsApp web", "Android", "Teams", "Teams, name first", "Zoom", "Slack", "Slack, today"],
)
def test_what_is_copied_from_a_chat_is_cut_into_turns(first: str, second: str) -> None:
    source = read(f"{first}\n{second}\n")
    assert senders(source) == ["Ann Lee", "Bob Ray"]
    assert quotes(source, Role.NEW) == ["Two pumps?", "Three.", "By Friday."]
    days = {each.sent.date() for each in source.messages if each.sent}
    assert days == ({date(2026, 3, 2)} if "2026" in first else set())


def test_mails_copied_from_the_page_of_a_mail_program_are_cut_into_messages() -> None:
    source = read(
        "Ann Lee <ann@fenland.example>\nMon, Mar 2, 10:02 AM\nto me\n\nTwo pumps?\n\n"
        "Bob Ray <bob@brassworks.example>\nMon, Mar 2, 2026, 10:05 AM (3 hours ago)\nto Ann\n\nThree.\n"
    )
    assert [(each.sender, each.email, each.to) for each in source.messages] == [
        ("Ann Lee", "ann@fenland.example", ()),
        ("Bob Ray", "bob@brassworks.example", ("Ann",)),
    ]


@pytest.mark.parametrize(
    ("closing", "legal"),
    [
        ("Ann Lee\nHead of Pumps\nFenland | 2 Quay\nCONFIDENTIALITY NOTICE: keep it.\nFor the intended recipient.", 2),
        ("Thx,\nAnn\n\nAnn Lee | Head of Pumps\n(937) 555-0119\nThis message is intended only for the addressee.", 1),
        ("Ann Lee\nHead of Pumps\nFenland plc, registered in England\nThink before you print.", 2),
        ("Respectfully,\nAnn Lee\nHead of Pumps\n\nThis may be attorney-client privileged. Delete it if it is not.", 2),
    ],
)
def test_a_disclaimer_right_below_a_signature_leaves_it_one(closing: str, legal: int) -> None:
    source = read(f"From: Ann Lee <ann@fenland.example>\nTo: Bob\nSubject: Pumps\n\nTwo pumps.\n\n{closing}\n")
    assert quotes(source, Role.NEW) == ["Two pumps."]
    assert "Head of Pumps" in "".join(quotes(source, Role.SIGNATURE))
    assert len(quotes(source, Role.DISCLAIMER)) == legal


def test_letters_behind_a_name_and_an_office_in_brackets_belong_to_the_sender() -> None:
    source = read(
        "From: Ann Lee, Esq. <ann@fenland.example>\nTo: Registrar (Admissions)\nSubject: A\n\nTwo pumps.\n\nAnn Lee\n"
    )
    assert (source.messages[0].sender, source.messages[0].to) == ("Ann Lee, Esq.", ("Registrar (Admissions)",))
    assert quotes(source, Role.SIGNATURE) == ["Ann Lee"]


def test_a_line_of_a_chat_ends_a_thought_and_one_of_a_wrapped_call_does_not() -> None:
    chat = read("Ann Lee  10:02 AM\nthree months at least\nthey want us there on Tuesdays\n\nBob Ray  10:04 AM\nfine\n")
    assert quotes(chat, Role.NEW) == ["three months at least", "they want us there on Tuesdays", "fine"]
    call = read(
        "Ann Lee: We want the pumps in May, and before that somebody has to look at the old\n"
        "ones in the hall.\nBob Ray: Fine, I will send somebody in the first week of the month, as soon as we\n"
        "know who is there.\nAnn Lee: Good.\n"
    )
    assert "before that somebody has to look at the old\nones in the hall." in "|".join(quotes(call, Role.NEW))
