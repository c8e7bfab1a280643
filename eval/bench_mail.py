"""How fast a mailbox is read, and in how much memory. `python -m eval.bench_mail`

A mailbox of fictional mail is made in a temporary folder. It is split into mails, read mail by mail as messages and
passages, and read by conversations, for which an index of all
ids is kept. Peak memory is what Python held at most while reading, in MB.
"""

import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.table import Table

from summarizer.reading.limits import Limits
from summarizer.reading.mail_file import read_mail
from summarizer.reading.mailbox import conversations, messages, raw
from summarizer.reading.threads import read

SIZES = (1_000, 10_000)
MAILS_EACH = 5
"""Mails of one conversation."""
LIMITS = replace(Limits(), messages=1_000_000, sources=1_000_000)
BODY = (
    "Hi {name},\n\nwe need the interface to the warehouse by {day} March, and five dashboards on top of it.\n"
    "- credentials for the test system come from Halden IT\n- the go-live is on 3 June\n\n"
    "Could you confirm the price of €{price}?\n\nBest regards\n{sender}\n\n"
)
PEOPLE = ("Una Halden", "Piet Ostrow", "Mara Lindqvist", "Joao Ferrol")


def mail(number: int) -> EmailMessage:
    """One of the mails: plain, with the history of its conversation quoted, and each fifth as HTML too."""
    talk, turn = divmod(number, MAILS_EACH)
    sender, name = PEOPLE[turn % 4], PEOPLE[(turn + 1) % 4]
    made = EmailMessage()
    made["From"] = f"{sender} <{sender.split()[0].lower()}@halden.example>"
    made["To"] = f"{name} <{name.split()[0].lower()}@ostrow.example>"
    made["Date"] = format_datetime(datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(minutes=number))
    made["Subject"] = ("Re: " if turn else "") + f"Warehouse, part {talk}"
    made["Message-ID"] = f"<{number}@halden.example>"
    if turn:
        made["In-Reply-To"] = f"<{number - 1}@halden.example>"
    words = BODY.format(name=name, sender=sender, day=1 + number % 28, price=1_000 + number)
    quoted = "".join(f"> {line}\n" for line in (words * turn).splitlines())
    made.set_content(f"{words}\n{quoted}")
    if turn == MAILS_EACH - 1:
        made.add_alternative(f"<p>{words}</p><blockquote>{quoted}</blockquote>", subtype="html")
    return made


def make(path: Path, count: int) -> None:
    """Write a mailbox of so many mails, those of a conversation scattered over it."""
    with path.open("wb") as mailbox:
        for place in range(count):
            number = place * 7 % count if count % 7 else place
            mailbox.write(b"From una@halden.example Mon Jan  5 09:00:00 2026\n" + mail(number).as_bytes() + b"\n")


def split(mailbox: BinaryIO) -> int:
    """Find the messages."""
    return sum(1 for _ in messages(mailbox))


def one_by_one(mailbox: BinaryIO) -> int:
    """Read each mail by itself as messages and passages, and keep none."""
    with Path(mailbox.name).open("rb") as bodies:
        return sum(len(read(read_mail(raw(bodies, place), LIMITS).text).passages) for place in messages(mailbox))


def rendered(mailbox: BinaryIO) -> int:
    """Read all conversations as texts."""
    return sum(len(each.text) for each in conversations(mailbox, LIMITS))


def understood(mailbox: BinaryIO) -> int:
    """Read all conversations as messages and passages."""
    return sum(len(read(each.text).messages) for each in conversations(mailbox, LIMITS))


def measured(path: Path, task: Callable[[BinaryIO], int]) -> tuple[float, float]:
    """Seconds, and peak memory in MB of a second, slower run."""
    began = time.perf_counter()
    with path.open("rb") as mailbox:
        task(mailbox)
    seconds = time.perf_counter() - began
    tracemalloc.start()
    with path.open("rb") as mailbox:
        task(mailbox)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 1e6


def rows() -> Iterator[tuple[str, ...]]:
    """What was measured, as lines of a table."""
    with tempfile.TemporaryDirectory() as folder:
        for count in SIZES:
            path = Path(folder) / f"{count}.mbox"
            make(path, count)
            for task in (split, one_by_one, rendered, understood):
                seconds, peak = measured(path, task)
                size = f"{path.stat().st_size / 1e6:.1f}"
                yield f"{count:,}", size, task.__name__, f"{count / seconds:,.0f}", f"{peak:.1f}"


def main() -> None:
    """Print the table."""
    table = Table("mails", "MB", "what", "mails/s", "peak MB", title="Reading a mailbox")
    for row in rows():
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
