"""Which deal a mail is for, and who may give it."""

import pytest

from summarizer.mail_intake import may_give, read_head, references, same_mail, sender_of, title_of
from tests.making import person

ADDRESS = "deals@harbor.example"


def named(*headers: str) -> list[str]:
    return references(read_head("\r\n".join(headers).encode()), ADDRESS)


def sender(*headers: str) -> str | None:
    return sender_of(read_head("\r\n".join(headers).encode()))


@pytest.mark.parametrize(
    "header",
    [
        "To: deals+4711@harbor.example",
        "Cc: Robin <robin@harbor.example>, Deals <deals+4711@harbor.example>",
        "To: DEALS+4711@Harbor.Example",
        "To: someone@elsewhere.example,\r\n\tdeals+4711@harbor.example",
        "Delivered-To: deals+4711@harbor.example",
        "X-Original-To: deals+4711@harbor.example",
        "Envelope-To: <deals+4711@harbor.example>",
    ],
)
def test_the_plus_address_names_the_deal(header: str) -> None:
    assert named(header) == ["4711"]


@pytest.mark.parametrize(
    "header",
    [
        "To: deals@harbor.example",
        "To: deals+@harbor.example",
        "To: deals+4711@elsewhere.example",
        "To: deals+4711@harbor.example.elsewhere.example",
        "To: old-deals+4711@harbor.example",
        "Subject: deals+4711@harbor.example",
        "",
    ],
)
def test_another_address_names_none(header: str) -> None:
    assert named(header) == []


def test_ids_of_a_crm_are_kept_as_written() -> None:
    assert named("To: deals+006Qx00000AbCdE-1.b@harbor.example") == ["006Qx00000AbCdE-1.b"]


def test_where_it_was_delivered_goes_before_whom_it_was_addressed_to() -> None:
    both = "To: deals+1@harbor.example, deals+2@harbor.example"
    assert named(both, "Delivered-To: deals+2@harbor.example", "X-Original-To: deals+2@harbor.example") == ["2"]
    assert named(both, "Delivered-To: deals@harbor.example") == ["1", "2"]


@pytest.mark.parametrize(
    "header",
    [
        "From: a@one.example, b@two.example",
        "From: a@one.example\r\nFrom: b@two.example",
        "From: Robin",
        "From: <>",
        "From: group: a@one.example, b@two.example;",
        "From:",
        "To: a@one.example",
    ],
)
def test_without_exactly_one_address_nobody_is_the_sender(header: str) -> None:
    assert sender(header) is None


def test_the_shown_name_is_not_the_sender() -> None:
    assert sender('From: "robin@harbor.example" <eve@elsewhere.example>') == "eve@elsewhere.example"
    assert sender("From: =?utf-8?q?robin=40harbor=2Eexample?= <eve@elsewhere.example>") == "eve@elsewhere.example"
    assert sender("From: robin@harbor.example)eve@elsewhere.example") != "eve@elsewhere.example"


@pytest.mark.parametrize(
    "written",
    [
        "robin@harbor.example <eve@elsewhere.example>",
        "<robin@harbor.example> <eve@elsewhere.example>",
        "robin@harbor.example (x) <eve@elsewhere.example>",
        "robin@harbor.example eve@elsewhere.example",
        "Robin <robin@harbor.example> (Eve) <eve@elsewhere.example>",
        "robin@harbor.example:; <eve@elsewhere.example>",
        "robin@harbor.example <robin@harbor.example> <eve@elsewhere.example>",
        "=?utf-8?q?<eve@elsewhere.example>?= <robin@harbor.example>",
        "(=?utf-8?q?)?= <eve@elsewhere.example> =?utf-8?q?(?=) <robin@harbor.example>",
    ],
)
def test_a_field_with_words_behind_its_address_is_nobodys(written: str) -> None:
    assert sender(f"From: {written}") is None


@pytest.mark.parametrize(
    "domain", ["=?utf-8?q?harbor.example?=", "=?utf-8?b?aGFyYm9yLmV4YW1wbGU=?= ", "=?x;y?q?harbor.example?= "]
)
def test_an_address_is_not_decoded(domain: str) -> None:
    assert sender(f"From: Robin <robin@{domain}>") != "robin@harbor.example"


@pytest.mark.parametrize(
    "name",
    [
        "J. Smith",
        "Dr. R.J. Vale (Harbor)",
        "=?utf-8?q?Robin_V=C3=A4le?= =?utf-8?b?w6Q=?=",
        '"=?utf-8?q?Robin_V=C3=A4le?= =?utf-8?q?=2C_Harbor?="',
        "=?utf-8?q?Robin V=C3=A4le?=",
        "=?utf-8?q?Robin?=Vale",
        "=?utf-8?q?Vale,_Robin?=",
        "=?utf-8?q?Robin_(Harbor)?=",
        "Robin Väle",
        "王小明",
        '"Vale, Robin"',
        "Robin 'Rob' O'Vale | Harbor & Co.",
        "robin@harbor.example",
        "'Robin@harbor.example'",
    ],
)
@pytest.mark.parametrize("behind", ["", " (Harbor Ltd.)"])
def test_a_name_as_mail_programs_write_it_does_not_hide_the_sender(name: str, behind: str) -> None:
    assert sender(f"From: {name} <robin@harbor.example>{behind}") == "robin@harbor.example"


def test_people_and_those_who_are_listed_may_give() -> None:
    people = [person("ana")]
    assert may_give("ana@harbor.example", people, [])
    assert not may_give("ben@harbor.example", people, [])
    assert may_give("ben@harbor.example", people, ["Ben@harbor.example"])
    assert may_give("ben@harbor.example", people, ["@Harbor.example"])
    assert not may_give("ben@not-harbor.example", people, ["@harbor.example"])
    assert not may_give("ben@sub.harbor.example", people, ["@harbor.example"])


def test_somebody_without_an_address_lets_nobody_in() -> None:
    nameless = person().model_copy(update={"email": None})
    assert not may_give("", [nameless], [])


def test_the_title_is_the_subject_as_people_read_it() -> None:
    assert (
        title_of(read_head(b"Subject: =?utf-8?q?Fwd=3A_Port=C3=A4l?=\r\n =?utf-8?q?_2?="), "a@b.example")
        == "Fwd: Portäl 2"
    )
    assert title_of(read_head(b"Subject: a\x00\x1b[31mb\xe2\x80\xae"), "a@b.example").isprintable()
    assert title_of(read_head(b"To: x"), "a@b.example") == "Mail from a@b.example"


def test_a_mail_by_two_ways_is_one_and_another_with_its_id_is_not() -> None:
    mail = b"Message-ID: <1@harbor.example>\r\nSubject: A\r\n\r\nWords"
    other_way = b"Delivered-To: deals+1@harbor.example\r\n" + mail
    assert same_mail(mail, other_way)
    assert not same_mail(mail, other_way + b" more")
    assert not same_mail(b"Subject: A\r\n\r\nWords", b"Subject: B\r\n\r\nWords")
