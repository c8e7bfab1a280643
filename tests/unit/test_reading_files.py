"""Uploaded files become one canonical text, or are refused by name."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import EmptySource, InvalidInput, UnsupportedSource
from summarizer.reading.files import render
from summarizer.reading.rendition import Rendition
from summarizer.reading.threads import read

FIXTURES = Path(__file__).parents[2].parent / "shared" / "data" / "email" / "mime"

HEAD = b"From: Ann Lee <ann@fenland.example>\r\nTo: Bo <bo@brassworks.example>\r\nSubject: =?utf-8?q?F=C3=BCr_Bo?=\r\n"
RENDERED_HEAD = "From: Ann Lee <ann@fenland.example>\nTo: Bo <bo@brassworks.example>\nSubject: Für Bo\n\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Hi\r\n\r\n3 May\n", "Hi\r\n\r\n3 May\n"),
        ("Grüße".encode("utf-8-sig"), "Grüße"),
        ("Grüße €".encode("utf-16"), "Grüße €"),
        (b"\xfe\xff" + "Grüße".encode("utf-16-be"), "Grüße"),
        ("Grüße “€”".encode("cp1252"), "Grüße “€”"),
    ],
)
def test_text_is_decoded_to_the_letter(content: bytes, text: str) -> None:
    assert render("note.txt", content) == Rendition(text, "text/plain")


def test_markdown_is_known_by_its_name() -> None:
    assert render("SCOPE.MD", b"# Pumps") == Rendition("# Pumps", "text/markdown")


@pytest.mark.parametrize("content", [b"", b" \r\n\t", "\ufeff\n".encode(), "\xa0".encode()])
def test_a_file_of_white_space_is_empty(content: bytes) -> None:
    with pytest.raises(EmptySource):
        render("note.txt", content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scope.pdf", b"Scope"),
        ("scope.DOCX", b"Scope"),
        ("scope.txt", b"%PDF-1.7"),
        ("scope", b"PK\x03\x04 and more"),
        ("scope.txt", b"a\0b"),
        ("scope.txt", b"caf\xe9 \x81 \x8d"),
        ("scope.txt", bytes(range(1, 9)) * 20),
        ("scope.txt", b"\xff\xfea"),
    ],
)
def test_what_is_no_text_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(UnsupportedSource):
        render(name, content)


def test_a_mail_file_becomes_its_head_and_its_words() -> None:
    body = b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe,\r\n\r\n> ja\r\n"
    assert render("a.eml", HEAD + body) == Rendition(f"{RENDERED_HEAD}Grüße,\n\n> ja", "message/rfc822")


def test_the_plain_alternative_of_a_mail_is_taken_and_attachments_are_left_out() -> None:
    body = (
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: multipart/alternative; boundary=y\r\n\r\n"
        b"--y\r\nContent-Type: text/html\r\n\r\n<p>two <b>pumps</b>\r\n"
        b"--y\r\nContent-Type: text/plain\r\n\r\nTwo pumps.\r\n--y--\r\n"
        b"--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nsecret\r\n--x--\r\n"
    )
    assert render("a.eml", HEAD + body).text == f"{RENDERED_HEAD}Two pumps."


def test_a_mail_of_html_alone_becomes_its_words() -> None:
    html = (
        "<html><head><title>x</title><style>p {color: red}</style></head><body><p>Two&nbsp;pumps,<br>please.</p>"
        "<ul><li>keys</li><li>a plan</li></ul><blockquote><p>When?</p></blockquote><p>In May.</p></body></html>"
    )
    body = b"Content-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    words = "Two\xa0pumps,\nplease.\n\n- keys\n- a plan\n\n> When?\n\nIn May."
    assert render("a.eml", HEAD + body).text == RENDERED_HEAD + words


def test_a_rendered_mail_is_read_as_one_message() -> None:
    source = read(render("a.eml", HEAD + b"\r\nTwo pumps.\r\n").text)
    assert [(each.sender, each.email, each.subject) for each in source.messages] == [
        ("Ann Lee", "ann@fenland.example", "Für Bo")
    ]


@given(
    content=st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)), head=st.sampled_from((b"", HEAD))
)
def test_any_bytes_are_rendered_or_refused_by_name(content: bytes, head: bytes) -> None:
    for name in ("a.eml", "a.txt"):
        try:
            rendition = render(name, head + content)
        except InvalidInput:
            continue
        assert rendition.text.strip()
        assert rendition.text.encode()


@given(
    parts=st.lists(
        st.sampled_from(
            (
                b"Content-Type: multipart/alternative; boundary=x\n",
                b"Content-Type: text/html; charset=nonsense\n",
                b"Content-Type: message/rfc822\n",
                b"Content-Type: ;;=\n",
                b"Content-Disposition: attachment; filename*=x'y\n",
                b"Content-Transfer-Encoding: base64\n",
                b"Content-Transfer-Encoding: x-uuencode\n",
                b"Subject: =?utf-8?b?!?= =?x?q?=ff?=\n",
                b"From: \xff\xfe <a@\n",
                b"\n",
                b"--x\n",
                b"--x--\n",
                b"<p>a<b <!-- &#xD800; &#99999999;\n",
                b"begin 666 x\n#AAA\n",
                b"\xff\x00=ZZ\n",
            )
        ),
        max_size=30,
    )
)
def test_malformed_mail_never_raises_but_when_it_is_empty(parts: list[bytes]) -> None:
    try:
        rendition = render("a.eml", b"".join(parts))
    except EmptySource:
        return
    assert "\0" not in rendition.text
    read(rendition.text)


def test_real_mail_fixtures_are_rendered_and_read() -> None:
    if not FIXTURES.is_dir():
        assert not os.environ.get("CI"), f"{FIXTURES} is missing"
        pytest.skip(f"{FIXTURES} is missing")
    for path in sorted(each for each in FIXTURES.rglob("*") if each.is_file()):
        try:
            text = render(f"{path.name}.eml", path.read_bytes()).text
        except InvalidInput:
            continue
        assert read(text).text == text
