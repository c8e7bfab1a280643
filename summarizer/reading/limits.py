"""How much of a file is read at most."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What stops the reading of a file that is too large, too deep or too slow."""

    text_bytes: int = 2_000_000
    """Of a source's canonical text, in UTF-8."""
    file_bytes: int = 25_000_000
    """Of a file as it was given."""
    unpacked_bytes: int = 100_000_000
    """Of what a compressed file holds."""
    parts: int = 200
    """MIME parts of one mail."""
    nesting: int = 10
    """How deep parts, and mails attached to mails, stand in each other."""
    pages: int = 300
    """Of a PDF."""
    messages: int = 20_000
    """Of a mailbox."""
    sources: int = 100
    """What one file may become: conversations of a mailbox, attachments of a mail."""
    seconds: float = 30
    """For converting one document."""
    memory_bytes: int = 1_500_000_000
    """Address space for converting one document, where the system can bound it."""
