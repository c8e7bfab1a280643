"""Files of every kind as text. What may hang, crash or eat memory is read in a process that is stopped when it does."""

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from summarizer import errors
from summarizer.errors import InvalidInput, ReadingTookTooLong, SourceTooLarge
from summarizer.items import Finding
from summarizer.reading.files import checked, render, suffix_of
from summarizer.reading.limits import Limits
from summarizer.reading.rendition import Attachment, Rendition

_APART = frozenset({".docx", ".pdf", ".msg", ".mbox"})
_SMALL = 200_000
"""Bytes of a mail or page that is read at once; reading it takes no second whatever it holds."""
_QUICK = frozenset({".eml", ".html", ".htm"})
_START = "import sys; sys.path[:] = sys.argv[1:]; from summarizer.adapters.document_process import main; main()"


@dataclass(frozen=True)
class FileDocuments:
    """Reads files; see `summarizer.ports.Documents`."""

    limits: Limits

    def render(self, name: str, content: bytes) -> list[Rendition]:
        """One rendition, or one for each conversation of a mailbox. Raises InvalidInput's children."""
        if len(content) > self.limits.file_bytes:
            raise SourceTooLarge(
                f"{name or 'The file'} has {len(content):,} bytes; the limit is {self.limits.file_bytes:,}."
            )
        suffix = suffix_of(name)
        if suffix in _APART or (suffix in _QUICK and len(content) > _SMALL):
            found = _apart(name, content, self.limits)
        else:
            found = [render(name, content, self.limits)]
        return [checked(each, each.name or name, self.limits) for each in found]


def _apart(name: str, content: bytes, limits: Limits) -> list[Rendition]:
    head = json.dumps({"name": name, "limits": vars(limits)}).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-c", _START, *sys.path],
            input=len(head).to_bytes(8, "big") + head + content,
            capture_output=True,
            timeout=limits.seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadingTookTooLong(f"{name} took more than {limits.seconds:g} seconds, which is the limit.") from error
    if done.returncode != 0:
        raise ReadingTookTooLong(f"{name} took more memory or time than it may, or broke its reader.")
    answer = json.loads(done.stdout)
    if "error" in answer:
        kind = getattr(errors, answer["error"], InvalidInput)
        raise kind(answer["detail"])
    return [_rendition(each) for each in answer["renditions"]]


def _rendition(row: dict[str, Any]) -> Rendition:
    return Rendition(
        text=row["text"],
        media_type=row["media_type"],
        attachments=tuple(
            Attachment(each["name"], each["media_type"], base64.b64decode(each["content"]))
            for each in row["attachments"]
        ),
        findings=tuple(Finding.model_validate(each) for each in row["findings"]),
        name=row["name"],
        original=base64.b64decode(row["original"]) if row["original"] is not None else None,
    )
