"""Uploaded files as canonical text, made once and kept beside the original."""

import codecs
from dataclasses import dataclass
from pathlib import PurePath

from summarizer.errors import EmptySource, UnsupportedSource
from summarizer.reading.mail_file import mail_text

_MEDIA_TYPES = {".eml": "message/rfc822", ".md": "text/markdown", ".markdown": "text/markdown"}
_BINARY = frozenset(
    ".7z .aac .avi .bmp .doc .docm .docx .dot .dotx .exe .gif .gz .heic .jpeg .jpg .key .m4a .mov .mp3 "
    ".mp4 .msg .numbers .odp .ods .odt .ogg .pages .pdf .png .ppt .pptx .rar .rtf .tar .tif .tiff .wav "
    ".webm .webp .wma .xls .xlsb .xlsm .xlsx .zip".split()
)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"{\\rtf",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"Rar!",
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1b\x1e\x1f")


@dataclass(frozen=True)
class Rendition:
    """What a file says, as the text on which all offsets count."""

    text: str
    media_type: str
    """`text/plain`, `text/markdown` or `message/rfc822`."""


def render(name: str, content: bytes) -> Rendition:
    """The canonical text of a file: a mail's head and words, any other text to the letter.

    Text is UTF-8, UTF-16 or UTF-32 with a byte order mark (which is dropped), else Windows-1252.
    Raises EmptySource when there is nothing that can be seen, UnsupportedSource when the content is no text.

    >>> render("note.md", b"# Go-live\\r\\n3 May")
    Rendition(text='# Go-live\\r\\n3 May', media_type='text/markdown')
    """
    suffix = PurePath(name).suffix.casefold()
    if suffix in _BINARY or content.startswith(_MAGIC):
        raise UnsupportedSource(f"{name or 'The file'} cannot be read as text")
    text = mail_text(content) if suffix == ".eml" else _decoded(name, content)
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise EmptySource
    return Rendition(text, _MEDIA_TYPES.get(suffix, "text/plain"))


def _decoded(name: str, content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return text.removeprefix("\ufeff")
    raise UnsupportedSource(f"{name or 'The file'} holds no text that can be decoded")


def _encodings(content: bytes) -> tuple[str, ...]:
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    return (marked,) if marked else ("utf-8", "cp1252")


def _is_binary(text: str) -> bool:
    """Whether decoding gave NULs, or so many control characters that it was no text."""
    return "\0" in text or sum(text.count(each) for each in _CONTROLS) * 20 > len(text)
