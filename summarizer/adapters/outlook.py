"""Outlook's `.msg` files, rewritten as mail, so that there is one way to read mail and not two."""

import io
from collections.abc import Iterator
from dataclasses import replace
from email.encoders import encode_base64
from email.message import Message as Mail
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from olefile import OleFileIO
from oxmsg.attachment import Attachment
from oxmsg.domain import constants
from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError
from oxmsg.message import Message
from oxmsg.recipient import Recipient
from oxmsg.storage import Storage

from summarizer.errors import DamagedSource, TooDeeplyNested
from summarizer.reading.limits import Limits

MEDIA_TYPE = "application/vnd.ms-outlook"
_EMBEDDED = "__substg1.0_3701000D"
"""Name of the storage in which an attached Outlook item stands."""
_PROPERTIES = "__properties_version1.0"
_ROOT_ONLY = b"\0" * 8
_RECIPIENT_TYPE = 0x0C15
_FIELDS = {1: "To", 2: "Cc"}
_FROM_TRANSPORT = ("Message-ID", "In-Reply-To", "References")
_RECEIVED = 0x0E06
_WRONG = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    UnrecognizedCodePageError,
    UnsupportedEncodingError,
)
"""What the libraries raise at files that are not as they should be."""


def as_mail(content: bytes, limits: Limits) -> bytes:
    """The message as mail: its head, its body plain and as HTML where it has both, its attachments.

    Outlook items attached to it become attached mails. Raises DamagedSource, TooDeeplyNested.
    """
    try:
        with OleFileIO(io.BytesIO(content)) as ole:
            return _mail(Storage.from_ole(ole), limits, depth=1).as_bytes()
    except _WRONG as error:
        raise DamagedSource(f"The Outlook message cannot be read ({type(error).__name__}).") from error


def _mail(storage: Storage, limits: Limits, *, depth: int) -> Mail:
    if depth > limits.nesting:
        raise TooDeeplyNested(f"Mails stand more than {limits.nesting} deep in each other, which is the limit.")
    message = Message(storage)
    mail = MIMEMultipart()
    for name, value in _head(message, storage):
        words = " ".join(value.replace("\0", "").split())
        if words:
            mail[name] = words
    mail.attach(_body(message))
    for part in storage.iter_attachment_storages():
        mail.attach(_attached(part, limits, depth))
    return mail


def _head(message: Message, storage: Storage) -> Iterator[tuple[str, str]]:
    headers = {name.casefold(): value for name, value in message.message_headers.items()}
    sender = message.sender or ""
    # Exchange's own addresses (/O=…/CN=…) say nothing to anybody outside.
    yield "From", sender if "@" in sender else sender.partition("<")[0]
    for field, name in _FIELDS.items():
        yield name, ", ".join(_recipients(storage, field))
    sent = message.sent_date or message.properties.date_prop_value(_RECEIVED)
    yield "Date", headers.get("date") or (format_datetime(sent) if sent else "")
    yield "Subject", message.subject
    for name in _FROM_TRANSPORT:
        yield name, headers.get(name.casefold(), "")


def _recipients(storage: Storage, field: int) -> Iterator[str]:
    for each in storage.iter_recipient_storages():
        recipient = Recipient(each)
        kind = recipient.properties.int_prop_value(_RECIPIENT_TYPE) or 1
        if kind == field and (recipient.name or recipient.email_address):
            address = recipient.email_address if "@" in recipient.email_address else ""
            name = recipient.name.strip("'\" ") if recipient.name.strip("'\" ") != address else ""
            yield f'"{name}" <{address}>' if name and address else name or address


def _body(message: Message) -> Mail:
    plain, rich = message.body or "", _html(message)
    if plain.strip() and not rich:
        return MIMEText(_encodable(plain), "plain", "utf-8")
    if not plain.strip():
        return MIMEText(_encodable(rich), "html", "utf-8")
    body = MIMEMultipart("alternative")
    body.attach(MIMEText(_encodable(plain), "plain", "utf-8"))
    body.attach(MIMEText(_encodable(rich), "html", "utf-8"))
    return body


def _html(message: Message) -> str:
    try:
        return message.html_body or ""
    except (UnicodeDecodeError, LookupError):
        content = message.properties.binary_prop_value(constants.PID_HTML) or b""
        return content.decode("utf-8", errors="replace")


def _encodable(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _attached(storage: Storage, limits: Limits, depth: int) -> Mail:
    attachment = Attachment(storage)
    inner = next((each for each in storage.storages if each.name == _EMBEDDED), None)
    if inner is not None:
        return MIMEMessage(_mail(_as_root(inner), limits, depth=depth + 1))
    main, _, sub = (attachment.mime_type or "").partition("/")
    whole = main not in {"multipart", "message", "text"} and main.isalnum() and bool(sub)
    part = MIMEBase(main if whole else "application", sub if whole else "octet-stream")
    part.set_payload(attachment.file_bytes or b"")
    encode_base64(part)
    short = attachment.properties.str_prop_value(constants.PID_ATTACH_FILENAME)
    name = " ".join((attachment.file_name or short or "").replace("\0", "").split())
    part.add_header("Content-Disposition", "attachment", **({"filename": name} if name else {}))
    return part


def _as_root(inner: Storage) -> Storage:
    """An attached item as if it were a file of its own: only there the properties begin with eight bytes more."""
    streams = tuple(
        replace(each, bytes_=each.bytes_[:24] + _ROOT_ONLY + each.bytes_[24:]) if each.name == _PROPERTIES else each
        for each in inner.streams
    )
    return replace(inner, streams=streams)
