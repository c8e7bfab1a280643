"""What is attached to a mail, as files of their own: to the letter, other mails included."""

import base64
import binascii
import mimetypes
from email.message import Message
from typing import TypeAlias

from summarizer.reading.rendition import Attachment

Mail: TypeAlias = "Message[str, str]"

_ENCODED = frozenset({"base64", "quoted-printable"})
_SUFFIXES = {"message/rfc822": ".eml", "text/plain": ".txt", "text/html": ".html", "text/markdown": ".md"}


def attachment(part: Mail, name: str, *, number: int) -> Attachment | None:
    """The attached file; without a name it gets one by its `number`. `None` when its bytes cannot be had."""
    kind = part.get_content_type()
    content = _inner_mail(part) if kind == "message/rfc822" else _bytes(part)
    if content is None:
        return None
    if kind == "message/rfc822":
        name = name or _subject(part) or f"Attached mail {number}"
    return Attachment(_with_suffix(name or f"Attachment {number}", kind), kind, content)


def _bytes(part: Mail) -> bytes | None:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload
    inner = part.get_payload()
    return b"\n".join(filter(None, map(_written, inner))) if isinstance(inner, list) else None


def _inner_mail(part: Mail) -> bytes | None:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else payload
    if not isinstance(inner, Message):
        return inner.encode(errors="surrogateescape") if isinstance(inner, str) else None
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() in _ENCODED and not inner.keys():
        return _decoded(inner)
    return _written(inner)


def _decoded(inner: Mail) -> bytes | None:
    """A mail that was encoded against the standard, which forbids it."""
    try:
        return base64.b64decode(str(inner.get_payload()), validate=False)
    except (binascii.Error, ValueError):
        return None


def _written(mail: Mail) -> bytes | None:
    """The bytes of a mail; `None` where the standard library cannot write what it has read."""
    try:
        return mail.as_bytes()
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _subject(part: Mail) -> str:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    words = str(inner.get("Subject", "")) if isinstance(inner, Message) else ""
    return " ".join(words.replace("/", "_").split())[:100] if words.isprintable() and "=?" not in words else ""


def _with_suffix(name: str, kind: str) -> str:
    """The name with the suffix of its kind, where it has none that is known."""
    suffix = _SUFFIXES.get(kind) or mimetypes.guess_extension(kind, strict=False) or ""
    known = mimetypes.guess_type(name)[0] is not None
    if kind == "message/rfc822":
        return name if name.lower().endswith((".eml", ".msg")) else f"{name}.eml"
    return name if known or not suffix else f"{name}{suffix}"
