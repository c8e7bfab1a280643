"""Uploaded files as canonical text, made once and kept beside the original: what the standard library can read."""

import codecs
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath

from summarizer.errors import EmptySource, SourceTooLarge, UnsupportedSource
from summarizer.reading.html_text import read_html
from summarizer.reading.limits import Limits
from summarizer.reading.mail_file import findings_of, read_mail
from summarizer.reading.rendition import Rendition, hidden
from summarizer.reading.subtitles import transcript

_BINARY = frozenset(
    ".7z .aac .avi .bmp .doc .docm .docx .dot .dotx .exe .gif .gz .heic .ics .jpeg .jpg .key .m4a .mov .mp3 "
    ".mp4 .msg .numbers .odp .ods .odt .ogg .p7m .p7s .pages .pdf .png .ppt .pptx .rar .rtf .tar .tif .tiff .wav "
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
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,3}=\s{0,3}[\"']?([\w-]{2,30})", re.IGNORECASE)


def render(name: str, content: bytes, limits: Limits | None = None) -> Rendition:
    """The canonical text of a file: a mail's head and words, a page's or a recording's words, other text to the letter.

    Text is UTF-8, UTF-16 or UTF-32 with a byte order mark (which is dropped), else Windows-1252.
    Raises EmptySource when there is nothing that can be seen, UnsupportedSource when the content is no text,
    SourceTooLarge, TooManyParts and TooDeeplyNested when it breaks a limit.

    >>> render("note.md", b"# Go-live\\r\\n3 May").text
    '# Go-live\\r\\n3 May'
    """
    limits = limits or Limits()
    suffix = suffix_of(name)
    if suffix in _BINARY or content.startswith(_MAGIC):
        raise UnsupportedSource(f"{name or 'The file'} cannot be read as text.")
    return checked(_READERS.get(suffix, _plain)(name, content, limits), name, limits)


def suffix_of(name: str) -> str:
    """The kind of file, as its name says it: `.eml`."""
    return PurePath(name).suffix.casefold()


def checked(rendition: Rendition, name: str, limits: Limits) -> Rendition:
    """The rendition, if it holds words and not too many. Raises EmptySource, SourceTooLarge."""
    if not any(character.isprintable() and not character.isspace() for character in rendition.text):
        raise EmptySource
    size = len(rendition.text.encode(errors="surrogatepass"))
    if size > limits.text_bytes:
        raise SourceTooLarge(f"{name or 'The text'} has {size:,} bytes of text; the limit is {limits.text_bytes:,}.")
    return rendition


def _plain(name: str, content: bytes, limits: Limits) -> Rendition:
    if len(content) > limits.text_bytes * 4:
        raise SourceTooLarge(f"{name or 'The text'} has {len(content):,} bytes; the limit is {limits.text_bytes:,}.")
    return Rendition(_decoded(name, content), _MEDIA_TYPES.get(suffix_of(name), "text/plain"))


def _mail(_name: str, content: bytes, limits: Limits) -> Rendition:
    return read_mail(content, limits)


def _page(name: str, content: bytes, _limits: Limits) -> Rendition:
    page = read_html(_decoded(name, content), document=True)
    return Rendition(page.text, "text/html", findings=tuple(findings_of(page)))


def _subtitles(name: str, content: bytes, _limits: Limits) -> Rendition:
    found = transcript(_decoded(name, content))
    notes = tuple(hidden("A note in the subtitles", words) for words in found.notes[:10])
    return Rendition(found.text, _MEDIA_TYPES[suffix_of(name)], findings=notes)


_MEDIA_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
}
_READERS: Mapping[str, Callable[[str, bytes, Limits], Rendition]] = {
    ".eml": _mail,
    ".htm": _page,
    ".html": _page,
    ".srt": _subtitles,
    ".vtt": _subtitles,
}


def _decoded(name: str, content: bytes) -> str:
    for encoding in _encodings(content, page=suffix_of(name) in {".html", ".htm"}):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _is_binary(text):
            return text.removeprefix("\ufeff")
    raise UnsupportedSource(f"{name or 'The file'} holds no text that can be decoded.")


def _encodings(content: bytes, *, page: bool) -> tuple[str, ...]:
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    if marked:
        return (marked,)
    said = _CHARSET.search(content[:4000]) if page else None
    return ("utf-8", *([said[1].decode("ascii", errors="replace")] if said else []), "cp1252")


def _is_binary(text: str) -> bool:
    """Whether decoding gave NULs, or so many control characters that it was no text."""
    return "\0" in text or sum(text.count(each) for each in _CONTROLS) * 20 > len(text)
