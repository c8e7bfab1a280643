"""Word's `.docx` files as HTML by mammoth, after what Word does not show has been taken out and noted."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import mammoth

from summarizer.errors import DamagedSource, ProtectedSource, UnpacksTooLarge
from summarizer.items import Finding, FindingKind
from summarizer.reading.html_text import read_html
from summarizer.reading.limits import Limits
from summarizer.reading.rendition import Rendition, hidden, unread

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = """
comment-reference => sup
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
"""
_OFF = frozenset({"0", "false", "off", "none"})
_MOST_HIDDEN = 20
_ENTRIES = 5_000
_TINY = 4
"""Half points; smaller letters cannot be read."""
_WRONG = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, NotImplementedError)
"""What the libraries raise at files that are not as they should be."""


@dataclass
class _Found:
    """What Word does not show, by the reason."""

    concealed: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    white: list[str] = field(default_factory=list)


def read_docx(content: bytes, limits: Limits) -> Rendition:
    """The words of a Word document, with headings, lists, tables, notes and comments as Markdown writes them.

    Insertions that are tracked are text, deletions are not. Raises DamagedSource, ProtectedSource, UnpacksTooLarge.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ProtectedSource("The Word document is encrypted, or written by a Word older than 2007.")
    try:
        found = _Found()
        shown = _without_hidden(content, limits, found)
        result = mammoth.convert_to_html(io.BytesIO(shown), style_map=_STYLES, convert_image=_NO_IMAGE)
    except (*_WRONG, zipfile.BadZipFile, ElementTree.ParseError, zipfile.LargeZipFile) as error:
        raise DamagedSource(f"The Word document cannot be read ({type(error).__name__}).") from error
    page = read_html(result.value, document=True)
    return Rendition(page.text, MEDIA_TYPE, findings=tuple(_findings(found, content)))


def _no_image(_image: object) -> dict[str, str]:
    return {"src": ""}


_NO_IMAGE = mammoth.images.img_element(_no_image)


def _findings(found: _Found, content: bytes) -> Iterator[Finding]:
    for how, words in (
        ("Text that Word does not show", found.concealed),
        ("Text that was deleted under “track changes”", found.deleted),
    ):
        yield from (hidden(how, each) for each in words[:_MOST_HIDDEN])
        if len(words) > _MOST_HIDDEN:
            yield unread(f"{how}: {len(words) - _MOST_HIDDEN} more stretches.")
    if found.white:
        yield Finding(kind=FindingKind.HIDDEN_TEXT, text=f"White letters, kept in the text: “{_joined(found.white)}”")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        inside = [name for name in package.namelist() if name.startswith("word/embeddings/")]
    if inside:
        yield unread(f"{len(inside)} files that are embedded in the document were not read.")


def _joined(stretches: list[str]) -> str:
    return " … ".join(stretches)[:500]


def _without_hidden(content: bytes, limits: Limits, found: _Found) -> bytes:
    """The package without pictures, embedded files and what Word does not show."""
    shown = io.BytesIO()
    left = limits.unpacked_bytes
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(shown, "w") as kept:
        entries, seen = package.infolist(), set[str]()
        if len(entries) > _ENTRIES:
            raise UnpacksTooLarge(f"The document holds {len(entries):,} files; the limit is {_ENTRIES:,}.")
        for entry in entries:
            if entry.filename in seen or not entry.filename.endswith((".xml", ".rels")):
                continue
            seen.add(entry.filename)
            if entry.flag_bits & 1:
                raise ProtectedSource("The Word document is protected by a password.")
            part = _unpacked(package, entry, left, limits)
            left -= len(part)
            kept.writestr(entry.filename, _shown(part, found) if entry.filename.startswith("word/") else part)
    return shown.getvalue()


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    with package.open(entry) as packed:
        part = packed.read(left + 1)
    if len(part) > left:
        raise UnpacksTooLarge(f"The document unpacks to more than {limits.unpacked_bytes:,} bytes, which is the limit.")
    return part


def _shown(part: bytes, found: _Found) -> bytes:
    if b"vanish" not in part and b":del" not in part and b"w:sz " not in part and b"FFFFFF" not in part.upper():
        return part
    root = ElementTree.fromstring(part)  # noqa: S314 - expat bounds the expansion of entities
    if root.tag in {f"{_W}styles", f"{_W}numbering", f"{_W}settings"}:
        return part
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{_W}del", f"{_W}moveFrom"}:
                _note(found.deleted, child)
            elif child.tag == f"{_W}r" and _conceals(child.find(f"{_W}rPr")):
                _note(found.concealed, child)
                parent.remove(child)
            elif child.tag == f"{_W}r" and _is_white(child.find(f"{_W}rPr")):
                _note(found.white, child)
    return bytes(ElementTree.tostring(root))


def _note(stretches: list[str], element: Element) -> None:
    words = "".join(each.text or "" for each in element.iter() if each.tag in {f"{_W}t", f"{_W}delText"})
    if words.strip():
        stretches.append(words)


def _conceals(look: Element | None) -> bool:
    if look is None:
        return False
    vanish, size = look.find(f"{_W}vanish"), look.find(f"{_W}sz")
    value = size.get(f"{_W}val", "") if size is not None else ""
    tiny = value.isdigit() and int(value) < _TINY
    return tiny or (vanish is not None and vanish.get(f"{_W}val", "1") not in _OFF)


def _is_white(look: Element | None) -> bool:
    """Whether letters are white and nothing dark is said to be behind them."""
    colour = look.find(f"{_W}color") if look is not None else None
    if look is None or colour is None or colour.get(f"{_W}val", "").upper() != "FFFFFF":
        return False
    return look.find(f"{_W}shd") is None and look.find(f"{_W}highlight") is None
