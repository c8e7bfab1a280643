"""A mailbox becomes its conversations."""

import io
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench_mail import make, split
from summarizer.errors import TooManyMessages, TooManySources
from summarizer.reading.limits import Limits
from summarizer.reading.mailbox import conversations
from summarizer.reading.threads import read

POSTMARK = "From una@halden.example Mon Jan  5 09:00:00 2026\n"


def mail(id: str, words: str, *, subject: str, day: int, answers: str = "") -> str:
    reference = f"References: <{answers}@x>\n" if answers else ""
    return (
        f"{POSTMARK}From: Una Halden <una@halden.example>\nDate: Mon, {day} Jan 2026 09:00:00 +0000\n"
        f"Message-ID: <{id}@x>\n{reference}Subject: {subject}\n\n{words}\n\n"
    )


def texts(mailbox: str, limits: Limits | None = None) -> list[tuple[str, list[str]]]:
    """Name and last lines of the mails of each conversation."""
    found = conversations(io.BytesIO(mailbox.encode()), limits)
    return [(each.name, [part.splitlines()[-1] for part in each.text.split("\n\n\n")]) for each in found]


BOX = (
    mail("b", "In May.", subject="Re: Pumps", day=6, answers="a")
    + mail("z", "An invoice.", subject="Invoice", day=7)
    + mail("a", "When?", subject="Pumps", day=5)
    + mail("a", "When?", subject="Pumps", day=5)
    + mail("d", "Thanks.", subject="AW: Pumps", day=9)
    + mail("y", "Another invoice.", subject="Invoice", day=8)
)


def test_conversations_are_told_apart_and_stand_in_the_order_of_time() -> None:
    assert texts(BOX) == [
        ("Pumps", ["When?", "In May.", "Thanks."]),
        ("Invoice", ["An invoice."]),
        ("Invoice", ["Another invoice."]),
    ]


def test_a_conversation_is_read_as_its_mails() -> None:
    first = next(conversations(io.BytesIO(BOX.encode())))
    assert [(each.sender, each.sent and each.sent.day) for each in read(first.text).messages] == [
        ("Una Halden", 5),
        ("Una Halden", 6),
        ("Una Halden", 9),
    ]


def test_the_stretch_that_is_kept_reads_the_same_again() -> None:
    for each in conversations(io.BytesIO(BOX.encode())):
        assert [again.text for again in conversations(io.BytesIO(each.original or b""))] == [each.text]


def test_a_line_that_begins_with_from_does_not_end_a_mail() -> None:
    box = mail("a", "From here we go on.\n\nFrom there too.\n>From Monday on.", subject="Pumps", day=5)
    assert texts(box) == [("Pumps", ["From Monday on."])]


def test_a_mailbox_within_which_a_mail_breaks_a_limit_says_so() -> None:
    nested = mail("b", "x", subject="Pumps", day=6, answers="a").replace(
        "\n\nx", "\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\na\n--q\n\nb\n--q--"
    )
    box = mail("a", "When?", subject="Pumps", day=5) + nested
    (found,) = conversations(io.BytesIO(box.encode()), replace(Limits(), parts=2))
    assert [each.text for each in found.findings] == [
        "A mail was left out: The mail has more than 2 parts, which is the limit."
    ]


@pytest.mark.parametrize(
    ("limits", "error", "words"),
    [
        (replace(Limits(), messages=5), TooManyMessages, "more than 5 messages"),
        (replace(Limits(), sources=2), TooManySources, "holds 3 conversations; the limit is 2"),
    ],
)
def test_a_mailbox_that_is_too_large_is_refused(limits: Limits, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        texts(BOX, limits)


def test_finding_the_messages_takes_no_more_memory_in_a_larger_mailbox(tmp_path: Path) -> None:
    peaks = []
    for count in (200, 2_000):
        make(tmp_path / "box.mbox", count)
        tracemalloc.start()
        with (tmp_path / "box.mbox").open("rb") as mailbox:
            assert split(mailbox) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 50_000
