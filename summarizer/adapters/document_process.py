"""The process in which one file is read, under a bound of time and memory: file in, renditions out as JSON."""

import base64
import io
import json
import sys
from typing import Any

from summarizer.errors import InvalidInput
from summarizer.reading.files import render, suffix_of
from summarizer.reading.limits import Limits
from summarizer.reading.mail_file import read_mail
from summarizer.reading.mailbox import conversations
from summarizer.reading.rendition import Rendition


def main() -> None:
    """Read a length (8 bytes), so many bytes of JSON and a file from standard input, and answer on standard output."""
    given = sys.stdin.buffer
    head = json.loads(given.read(int.from_bytes(given.read(8), "big")))
    limits = Limits(**head["limits"])
    _bound(limits)
    try:
        answer: dict[str, Any] = {"renditions": [_row(each) for each in read(head["name"], given.read(), limits)]}
    except InvalidInput as error:
        answer = {"error": type(error).__name__, "detail": error.detail}
    sys.stdout.write(json.dumps(answer))


def read(name: str, content: bytes, limits: Limits) -> list[Rendition]:
    """What the file says. Raises InvalidInput's children."""
    match suffix_of(name):
        case ".docx":
            from summarizer.adapters.word import read_docx  # noqa: PLC0415 - each process needs one of these libraries

            return [read_docx(content, limits)]
        case ".pdf":
            from summarizer.adapters.pdf import read_pdf  # noqa: PLC0415 - as above

            return [read_pdf(content, limits)]
        case ".msg":
            from summarizer.adapters.outlook import MEDIA_TYPE, as_mail  # noqa: PLC0415 - as above

            mail = read_mail(as_mail(content, limits), limits)
            return [Rendition(mail.text, MEDIA_TYPE, mail.attachments, mail.findings)]
        case ".mbox":
            return list(conversations(io.BytesIO(content), limits))
        case _:
            return [render(name, content, limits)]


def _bound(limits: Limits) -> None:
    """Let the system end this process when it takes too much; where there are no such bounds, the parent ends it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    seconds = int(limits.seconds) + 1
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, limits.memory_bytes)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


def _row(rendition: Rendition) -> dict[str, Any]:
    return {
        "text": rendition.text,
        "media_type": rendition.media_type,
        "name": rendition.name,
        "attachments": [
            {"name": each.name, "media_type": each.media_type, "content": base64.b64encode(each.content).decode()}
            for each in rendition.attachments
        ],
        "findings": [each.model_dump(mode="json") for each in rendition.findings],
        "original": base64.b64encode(rendition.original).decode() if rendition.original is not None else None,
    }
