"""A mail file (`.eml`): its head, the words of its body, and what is attached. It takes malformed mail as it comes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import TypeAlias

from summarizer.errors import TooDeeplyNested, TooManyParts
from summarizer.items import Finding
from summarizer.reading.attached import attachment
from summarizer.reading.html_text import HtmlText, read_html
from summarizer.reading.limits import Limits
from summarizer.reading.rendition import Attachment, Rendition, hidden, unread

Mail: TypeAlias = "Message[str, str]"

_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_LINE_ENDS = ("\r\n", "\n"), ("\r", "\n"), ("\0", "")
_DIVISION = re.compile(rb"boundary\s{0,3}=|^content-type:\s{0,9}message/", re.IGNORECASE | re.MULTILINE)
_SIGNATURES = frozenset(
    f"application/{kind}" for kind in ("pkcs7-signature", "x-pkcs7-signature", "pgp-signature", "pgp-encrypted")
)
_SEALED = frozenset("application/pkcs7-mime application/x-pkcs7-mime".split())
_STUB = 5
"""How many times as long an HTML part is as the plain one beside it that only says so."""
MOST_HIDDEN = 10


@dataclass
class _Contents:
    """What has been found in a mail so far."""

    limits: Limits
    parts: int = 0
    attachments: list[Attachment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_mail(content: bytes, limits: Limits | None = None) -> Rendition:
    """From, To, Cc, Date and Subject where the mail has them, a blank line, and its body in plain words.

    Of alternatives the plain one is taken unless it is a stub, of HTML its text. Attachments, mails among them, are
    given apart. Lines end with a line feed. Raises TooManyParts, TooDeeplyNested.
    """
    limits = limits or Limits()
    message = parsed(content, limits)
    contents = _Contents(limits)
    texts = _texts(message, contents, depth=1)
    head = [f"{name}: {value}" for name in _HEADERS for value in _header_values(message, name)]
    body = "\n\n".join(words for part in texts if (words := part.strip("\n")).strip())
    text = "\n".join([*head, "", body]) if head else body
    return Rendition(text, "message/rfc822", tuple(contents.attachments), tuple(contents.findings))


def parsed(content: bytes, limits: Limits) -> Mail:
    """The mail as the standard library reads it, which takes the longer the more parts stand in each other."""
    if sum(1 for _ in _DIVISION.finditer(content)) > limits.parts:
        raise TooManyParts(f"The mail has more than {limits.parts} parts, which is the limit.")
    try:
        return message_from_bytes(content, policy=policy.compat32)
    except RecursionError as error:
        raise TooDeeplyNested("The parts of the mail stand too deep in each other.") from error


def header_words(message: Mail, name: str) -> str:
    """The first header of that name, decoded and on one line; all of them for recipients; empty without."""
    return next(_header_values(message, name), "")


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


def _texts(part: Mail, contents: _Contents, *, depth: int) -> list[str]:
    """The texts of a part that a reader sees, in order; what is attached goes into the contents."""
    _count(contents, depth)
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
        return _texts_of_parts(part, contents, depth)
    if part.get_content_maintype() == "multipart":
        return [_content(part)]
    if kind in _SIGNATURES:
        return []
    if kind in {"text/plain", "text/html"} and not _is_file(part):
        return [_html_words(part, contents) if kind == "text/html" else _content(part)]
    _attach(part, contents)
    return []


def _count(contents: _Contents, depth: int) -> None:
    contents.parts += 1
    if contents.parts > contents.limits.parts:
        raise TooManyParts(f"The mail has more than {contents.limits.parts} parts, which is the limit.")
    if depth > contents.limits.nesting:
        raise TooDeeplyNested(f"Parts of the mail stand more than {contents.limits.nesting} deep, which is the limit.")


def _texts_of_parts(part: Mail, contents: _Contents, depth: int) -> list[str]:
    payload = part.get_payload()
    children = [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    readings = [(child, _texts(child, contents, depth=depth + 1)) for child in children]
    if part.get_content_subtype() != "alternative":
        return [text for _, texts in readings for text in texts]
    plain = [texts for child, texts in readings if child.get_content_type() == "text/plain"]
    rich = [texts for child, texts in readings if child.get_content_type() != "text/plain"]
    return _fullest(plain, rich)


def _fullest(plain: list[list[str]], rich: list[list[str]]) -> list[str]:
    """The plain alternative, unless it is empty or says little more than that the reader should look at the other."""
    chosen = next((texts for texts in plain if _length(texts)), [])
    richest = max(rich, key=_length, default=[])
    return richest if _length(chosen) * _STUB < _length(richest) else chosen


def _length(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _html_words(part: Mail, contents: _Contents) -> str:
    page = read_html(_content(part))
    contents.findings += findings_of(page)
    return page.text


def findings_of(page: HtmlText) -> list[Finding]:
    """What a page hides, so that a reviewer sees it."""
    found = [hidden("Text that a reader of the page does not see", words) for words in _joined(page.hidden)]
    return [*found, *(hidden("A comment in the HTML", words) for words in page.comments[:MOST_HIDDEN])]


def _joined(pieces: tuple[str, ...]) -> list[str]:
    """The pieces, of which the last one holds all that would be too many."""
    return [*pieces[:MOST_HIDDEN], *([" ".join(pieces[MOST_HIDDEN:])] if len(pieces) > MOST_HIDDEN else [])]


def _is_file(part: Mail) -> bool:
    """Whether a text is attached, and not what the mail says."""
    return part.get_content_disposition() == "attachment" or (
        bool(_file_name(part)) and part.get_content_disposition() != "inline"
    )


def _attach(part: Mail, contents: _Contents) -> None:
    if part.get_content_type() in _SEALED:
        contents.findings.append(unread("The mail is sealed (S/MIME); what is inside was not read."))
        return
    found = attachment(part, _file_name(part), number=len(contents.attachments) + 1)
    if found is None:
        contents.findings.append(unread(f"A part of the mail ({part.get_content_type()}) could not be read."))
    else:
        contents.attachments.append(found)


def _file_name(part: Mail) -> str:
    try:
        name = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        return ""
    return " ".join(_plain(_decoded_header(name)).split()).replace("/", "_")[:150]


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
