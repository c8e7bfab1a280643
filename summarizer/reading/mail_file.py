"""A mail file (`.eml`) as readable text: its head, and the words of its body. It takes malformed mail as it comes."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import TypeAlias

from summarizer.reading.html_text import html_text

Mail: TypeAlias = "Message[str, str]"

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_DEEPEST = 30
_LINE_ENDS = ("\r\n", "\n"), ("\r", "\n"), ("\0", "")


def mail_text(content: bytes) -> str:
    """From, To, Cc, Date and Subject where the mail has them, a blank line, and its body in plain words.

    Of alternatives the plain one is taken, of HTML its text; attachments are left out. Lines end with a line feed.
    """
    message = message_from_bytes(content, policy=policy.compat32)
    head = [f"{name}: {value}" for name in _HEADERS for value in _header_values(message, name)]
    body = "\n\n".join(words for part in _texts(message) if (words := part.strip("\n")).strip())
    return "\n".join([*head, "", body]) if head else body


def _header_values(message: Mail, name: str) -> Iterator[str]:
    values = message.get_all(name) or []
    joined = ", ".join(str(each) for each in values) if name in {"To", "Cc"} else str(next(iter(values), ""))
    words = " ".join(_plain(_decoded_header(joined)).split())
    if words:
        yield words


def _decoded_header(value: str) -> str:
    """The value with its encoded words decoded, as far as they can be."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(_charset_decoded(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces)


def _texts(part: Mail, depth: int = 0) -> list[str]:
    """The texts of a part that a reader sees, in order."""
    if depth > _DEEPEST or part.get_content_disposition() == "attachment":
        return []
    if part.get_content_maintype() == "multipart":
        return _texts_of_parts(part, depth)
    if part.get_content_type() == "text/html":
        return [html_text(_content(part))]
    return [_content(part)] if part.get_content_type() == "text/plain" else []


def _texts_of_parts(part: Mail, depth: int) -> list[str]:
    payload = part.get_payload()
    if not isinstance(payload, list):
        return [_content(part)]
    children = [each for each in payload if isinstance(each, Message)]
    if part.get_content_subtype() != "alternative":
        return [text for child in children for text in _texts(child, depth + 1)]
    plainest_first = sorted(children, key=lambda child: child.get_content_type() != "text/plain")
    readings = (_texts(child, depth + 1) for child in plainest_first)
    return next((texts for texts in readings if any(text.strip() for text in texts)), [])


def _content(part: Mail) -> str:
    """A part's own words, with its transfer encoding and its character set undone."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return _plain(str(part.get_payload()))
    return _plain(_charset_decoded(payload, part.get_content_charset()))


def _charset_decoded(content: bytes, charset: str | None) -> str:
    """The text in the stated character set, else UTF-8, else Windows-1252; what cannot be decoded is marked as such."""
    for encoding in (charset, "utf-8"):
        try:
            if encoding:
                return content.decode(encoding)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", errors="replace")


def _plain(text: str) -> str:
    """With line feeds only, without NUL, without the surrogates that stand for undecoded bytes."""
    for written, meant in _LINE_ENDS:
        text = text.replace(written, meant)
    return text.encode("utf-8", errors="replace").decode("utf-8")
