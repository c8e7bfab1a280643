"""Mailboxes (`.mbox`): read in two passes, so that no more than one conversation is held at a time.

The first pass notes of each message where it stands and what it answers; the second reads the conversations.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from email import policy
from email.parser import BytesParser
from email.utils import mktime_tz, parsedate_tz
from typing import BinaryIO

from summarizer.errors import InvalidInput, SourceTooLarge, TooManyMessages, TooManySources
from summarizer.reading.limits import Limits
from summarizer.reading.mail_file import Mail, header_words, read_mail
from summarizer.reading.rendition import Rendition, unread

_POSTMARK = re.compile(rb"From \S.{0,200}\d{1,2}:\d{2}.{0,60}\d{4}")
_QUOTED_POSTMARK = re.compile(rb"^>(>*From )", re.MULTILINE)
_IDS = re.compile(r"<([^<>\s]{1,300})>")
_REPLY = re.compile(
    r"(?:\s*(?:re|aw|antw|sv|vs|rif|ref|res|fwd?|wg|tr|rv|doorst|enc|i)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE
)
_LONGEST_LINE = 1_000_000
_LONGEST_HEAD = 200_000
_MOST_ANSWERED = 50
MEDIA_TYPE = "application/mbox"


@dataclass(frozen=True)
class Place:
    """Where a message stands in the mailbox, in bytes, without the line that divides it from the one before."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message as the first pass sees it."""

    start: int
    end: int
    sent: float
    """Seconds since 1970; endless for a message without a date, which thus stands last."""
    keys: tuple[int, ...]
    """Hashes of its own id, and of the ids that it answers."""
    subject: int
    """Hash of its subject without `Re:`; 0 without one."""
    adrift: bool
    """Whether it is a reply that does not say what it answers."""


def messages(mailbox: BinaryIO) -> Iterator[Place]:
    """The places of the messages of a mailbox, in its order; one message is looked at at a time."""
    start, place, blank = None, 0, True
    while line := mailbox.readline(_LONGEST_LINE):
        if blank and line.startswith(b"From ") and (start is None or _POSTMARK.match(line)):
            if start is not None:
                yield Place(start, place)
            start = place + len(line)
        elif start is None:
            start = place
        place += len(line)
        blank = line in {b"\n", b"\r\n"}
    if start is not None and start < place:
        yield Place(start, place)


def raw(mailbox: BinaryIO, place: Place) -> bytes:
    """A message as it was sent, without the marks that keep `From ` at a line's start apart."""
    mailbox.seek(place.start)
    return _QUOTED_POSTMARK.sub(rb"\1", mailbox.read(place.end - place.start))


def conversations(mailbox: BinaryIO, limits: Limits | None = None) -> Iterator[Rendition]:
    """A rendition for each conversation, in the order in which they begin; its mails stand in the order of time.

    Mails belong together by what they answer, replies that do not say so by their subject. A `Message-ID` that comes
    again is the same mail. `original` is the stretch of the mailbox that a conversation was read from.
    Raises TooManyMessages, TooManySources; a mail that breaks a limit is left out and told of.
    """
    limits = limits or Limits()
    found = _threads(_entries(mailbox, limits))
    if len(found) > limits.sources:
        raise TooManySources(f"The mailbox holds {len(found):,} conversations; the limit is {limits.sources}.")
    for entries in found:
        yield _conversation(mailbox, entries, limits)


def _entries(mailbox: BinaryIO, limits: Limits) -> Iterator[_Entry]:
    reading = messages(mailbox)
    for count, place in enumerate(reading, start=1):
        if count > limits.messages:
            raise TooManyMessages(f"The mailbox holds more than {limits.messages:,} messages, which is the limit.")
        behind = mailbox.tell()
        yield _entry(place, _head(mailbox, place))
        mailbox.seek(behind)


def _head(mailbox: BinaryIO, place: Place) -> Mail:
    mailbox.seek(place.start)
    content = mailbox.read(min(place.end - place.start, _LONGEST_HEAD))
    head = re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0]
    return BytesParser(policy=policy.compat32).parsebytes(head + b"\n\n", headersonly=True)


def _entry(place: Place, head: Mail) -> _Entry:
    own = _IDS.findall(str(head.get("Message-ID", "")))[:1]
    answered = _IDS.findall(f"{head.get('References', '')} {head.get('In-Reply-To', '')}")[-_MOST_ANSWERED:]
    subject = header_words(head, "Subject").casefold()
    prefix = _REPLY.match(subject)
    bare = subject[prefix.end() if prefix else 0 :].strip()
    return _Entry(
        place.start,
        place.end,
        _sent(head),
        tuple(hash(each) for each in [own[0] if own else f"{place.start} without id", *answered]),
        hash(bare) if bare else 0,
        adrift=bool(prefix and bare and not answered),
    )


def _sent(head: Mail) -> float:
    parts = parsedate_tz(str(head.get("Date", "")))
    try:
        return float(mktime_tz(parts)) if parts else float("inf")
    except (ValueError, OverflowError):
        return float("inf")


class _Ties:
    """Which messages belong together, by their keys (a disjoint-set forest)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def root(self, key: int) -> int:
        """The key that stands for all that are tied to this one."""
        while (above := self._above.setdefault(key, key)) != key:
            self._above[key] = self._above[above]
            key = above
        return key

    def tie(self, one: int, other: int) -> None:
        """Both belong together."""
        self._above[self.root(other)] = self.root(one)


def _threads(entries: Iterable[_Entry]) -> list[list[_Entry]]:
    """The messages by conversation, each once."""
    ties = _Ties()
    known: dict[int, _Entry] = {}
    by_subject: dict[int, int] = {}
    for entry in entries:
        known.setdefault(entry.keys[0], entry)
        by_subject.setdefault(entry.subject, entry.keys[0])
        for key in entry.keys[1:]:
            ties.tie(entry.keys[0], key)
    threads: defaultdict[int, list[_Entry]] = defaultdict(list)
    for entry in known.values():
        if entry.adrift:
            ties.tie(entry.keys[0], by_subject[entry.subject])
    for entry in known.values():
        threads[ties.root(entry.keys[0])].append(entry)
    ordered = [sorted(each, key=lambda entry: (entry.sent, entry.start)) for each in threads.values()]
    return sorted(ordered, key=lambda each: (each[0].sent, each[0].start))


def _conversation(mailbox: BinaryIO, entries: list[_Entry], limits: Limits) -> Rendition:
    whole = Rendition("", MEDIA_TYPE)
    texts: list[str] = []
    size = 0
    for entry in entries:
        content = raw(mailbox, Place(entry.start, entry.end))
        try:
            mail = read_mail(content, limits)
        except InvalidInput as error:
            whole = replace(whole, findings=(*whole.findings, unread(f"A mail was left out: {error.detail}")))
            continue
        size += len(mail.text)
        if size > limits.text_bytes:
            raise SourceTooLarge(f"A conversation has more than {limits.text_bytes:,} bytes, which is the limit.")
        texts.append(mail.text)
        whole = replace(
            whole,
            attachments=(*whole.attachments, *mail.attachments),
            findings=(*whole.findings, *mail.findings),
            name=whole.name or _subject(mail.text),
        )
    return replace(whole, text="\n\n\n".join(texts), original=_stretch(mailbox, entries))


def _subject(text: str) -> str:
    """The subject of a rendered mail, as a name of the conversation."""
    head = text.partition("\n\n")[0]
    found = next((line for line in head.split("\n") if line.startswith("Subject: ")), "")
    return _REPLY.sub("", found.removeprefix("Subject: "), count=1)[:200]


def _stretch(mailbox: BinaryIO, entries: list[_Entry]) -> bytes:
    """The conversation's messages as a mailbox of their own."""
    pieces = []
    for entry in sorted(entries, key=lambda each: each.start):
        mailbox.seek(entry.start)
        pieces.append(b"From - Thu Jan  1 00:00:00 1970\n" + mailbox.read(entry.end - entry.start))
    return b"".join(pieces)
