"""What a file turns out to say."""

from dataclasses import dataclass

from summarizer.items import Finding, FindingKind

LONGEST_QUOTE = 500


@dataclass(frozen=True)
class Attachment:
    """A file inside a file, not read yet."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Rendition:
    """What a file says, as the text on which all offsets count."""

    text: str
    media_type: str
    """Of the file, such as `text/plain`, `text/markdown` or `message/rfc822`."""
    attachments: tuple[Attachment, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What a reader of the file would not see, and what could not be read; without evidence, for the text lacks it."""
    name: str = ""
    """What the text is about, where one file holds several; else empty."""
    original: bytes | None = None
    """The stretch of the file that the text was made of; `None` for all of it."""


def hidden(how: str, words: str) -> Finding:
    """Words that stand in the file, are not shown to who opens it, and were therefore kept out of the text."""
    return Finding(kind=FindingKind.HIDDEN_TEXT, text=f"{how}, kept out of the text: “{_short(words)}”")


def unread(what: str) -> Finding:
    """Something in the file that was not read."""
    return Finding(kind=FindingKind.INCOMPLETE, text=what)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}… ({len(words):,} characters)"
