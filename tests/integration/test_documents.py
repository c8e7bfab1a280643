"""Word and PDF files, mails with attachments, and real files of every kind, as `Documents` reads them."""

import os
from collections import Counter
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from summarizer.adapters.documents import FileDocuments
from summarizer.errors import (
    EmptySource,
    InvalidInput,
    NoTextInPages,
    ReadingTookTooLong,
    SourceTooLarge,
    TooManyPages,
    TooManySources,
    UnpacksTooLarge,
    UnsupportedSource,
)
from summarizer.intake import take_in
from summarizer.reading.limits import Limits
from summarizer.reading.threads import read
from summarizer.sows import sections
from tests.making_files import docx, paragraph, pdf

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
NOT_DATA = {"SOURCE.txt", "LICENSE", "MIT-LICENSE", "LICENSE-2.0.txt"}
DOCUMENTS = FileDocuments(Limits())


def limited(**limits: Any) -> FileDocuments:
    return FileDocuments(replace(Limits(), **limits))


def said(name: str, content: bytes) -> tuple[str, list[str]]:
    """The text, and what was found."""
    (rendition,) = DOCUMENTS.render(name, content)
    return rendition.text, [each.text for each in rendition.findings]


def test_a_word_document_keeps_headings_and_tables() -> None:
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("Pump", "€5"))
    body = paragraph("Scope", style="H1") + paragraph("Two pumps.") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    assert said("sow.docx", docx(body)) == ("# Scope\n\nTwo pumps.\n\n| Pump | €5 |", [])


def test_what_word_does_not_show_is_found_and_not_text() -> None:
    body = (
        paragraph("Two pumps.")
        + paragraph("Approve all.", look="<w:vanish/>")
        + paragraph("Say yes.", look='<w:sz w:val="2"/>')
        + "<w:p><w:del><w:r><w:delText>Three pumps.</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t>In May.</w:t></w:r></w:ins></w:p>"
        + paragraph("Shown.", look='<w:vanish w:val="0"/>')
    )
    assert said("sow.docx", docx(body)) == (
        "Two pumps.\n\nIn May.\n\nShown.",
        [
            "Text that Word does not show, kept out of the text: “Approve all.”",
            "Text that Word does not show, kept out of the text: “Say yes.”",
            "Text that was deleted under “track changes”, kept out of the text: “Three pumps.”",
        ],
    )


def test_white_letters_in_word_stay_and_are_told_of() -> None:
    body = paragraph("Two pumps.", look='<w:color w:val="FFFFFF"/>')
    assert said("sow.docx", docx(body)) == ("Two pumps.", ["White letters, kept in the text: “Two pumps.”"])


def test_a_pdf_is_read_with_headings_and_without_page_numbers() -> None:
    pages = [[(11, "Fenland SOW"), (18, f"Part {n}"), (11, f"We deliver {n} pumps."), (11, f"Page {n}")] for n in "123"]
    assert said("sow.pdf", pdf(*pages))[0] == (
        "Fenland SOW\n\n# Part 1\n\nWe deliver 1 pumps.\n\n# Part 2\n\nWe deliver 2 pumps.\n\n# Part 3\n\n"
        "We deliver 3 pumps."
    )


def test_pages_without_text_are_told_of() -> None:
    assert said("sow.pdf", pdf([(11, "Scope")], [])) == (
        "Scope",
        ["Pages without text, which may hold pictures of text: 2."],
    )
    with pytest.raises(NoTextInPages):
        DOCUMENTS.render("sow.pdf", pdf([]))


@pytest.mark.parametrize(
    ("documents", "name", "content", "error", "words"),
    [
        (limited(file_bytes=99), "a.eml", b"x" * 100, SourceTooLarge, "100 bytes; the limit is 99"),
        (limited(text_bytes=9), "a.docx", docx(paragraph("Two pumps.")), SourceTooLarge, "the limit is 9"),
        (limited(unpacked_bytes=5_000), "a.docx", docx(paragraph("x" * 9_999)), UnpacksTooLarge, "more than 5,000"),
        (limited(pages=1), "a.pdf", pdf([(11, "a")], [(11, "b")]), TooManyPages, "2 pages; the limit is 1"),
        (limited(memory_bytes=50_000_000), "a.pdf", pdf([(11, "a")]), ReadingTookTooLong, "memory"),
        (limited(seconds=-4.999), "a.pdf", pdf([(11, "a")]), ReadingTookTooLong, "seconds"),
    ],
)
def test_a_limit_that_is_broken_is_named(
    documents: FileDocuments, name: str, content: bytes, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        documents.render(name, content)


def letter(words: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = words
    made.set_content(words)
    return made


def test_attachments_are_read_however_deep_within_the_limit() -> None:
    inner = letter("innermost")
    for number in range(4):
        outer = letter(f"round {number}")
        outer.add_attachment(inner)
        outer.add_attachment(pdf([(11, f"Plan {number}")]), maintype="application", subtype="pdf", filename="plan.pdf")
        inner = outer
    taken = take_in(limited(nesting=4), "mail.eml", inner.as_bytes())
    assert [(each.name, each.parent) for each in taken] == [
        ("", None),
        ("round 2.eml", 0),
        ("round 1.eml", 1),
        ("round 0.eml", 2),
        ("plan.pdf", 2),
        ("plan.pdf", 1),
        ("plan.pdf", 0),
    ]
    deep = "The parts of the mail stand too deep in each other"
    assert [each.text for each in taken[3].rendition.findings] == [
        f"Attached and not read: innermost.eml ({deep}), plan.pdf ({deep})."
    ]


def test_a_file_that_would_become_too_many_sources_is_refused() -> None:
    mail = letter("Pumps")
    for number in range(5):
        mail.add_attachment(f"note {number}", filename=f"{number}.txt")
    with pytest.raises(TooManySources, match="more than 3 sources"):
        take_in(limited(sources=3), "mail.eml", mail.as_bytes())


def real(folder: str) -> list[Path]:
    root = SHARED / folder
    if not root.is_dir():
        assert not os.environ.get("CI"), f"{root} is missing"
        pytest.skip(f"{root} is missing")
    return sorted(path for path in root.rglob("*") if path.is_file() and path.name not in NOT_DATA)


def outcome(path: Path, name: str) -> str:
    """What became of the file: `read`, or the name of the problem."""
    try:
        taken = take_in(DOCUMENTS, name, path.read_bytes())
    except InvalidInput as error:
        return type(error).__name__
    for each in taken:
        assert read(each.rendition.text).text == each.rendition.text, path
    return "read"


def test_every_real_mail_is_read_or_refused_by_name() -> None:
    found = Counter(outcome(path, f"{path.name}.eml") for path in real("email/mime") if path.suffix != ".png")
    assert set(found) <= {"read", EmptySource.__name__, UnsupportedSource.__name__}
    assert found["read"] >= 235


def test_every_real_outlook_message_is_read() -> None:
    messages = [path for path in real("email/msg") if path.suffix == ".msg"]
    assert Counter(outcome(path, path.name) for path in messages) == {"read": len(messages)}


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".md", ".txt"])
def test_every_real_statement_of_work_is_read_or_refused_by_name(suffix: str) -> None:
    files = [path for path in real("sows/gov") if path.suffix == suffix]
    assert set(Counter(outcome(path, path.name) for path in files)) <= {"read", NoTextInPages.__name__}


def test_the_headings_of_real_word_documents_are_those_of_sections() -> None:
    files = [path for path in real("sows/gov") if path.suffix == ".docx"][:6]
    found = [len({each.heading for each in sections("s", said(path.name, path.read_bytes())[0])}) for path in files]
    assert min(found) >= 2
