"""What the product shows and sends, as Jinja2 files: pages, documents, messages and project templates."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

_ADDRESS = re.compile(r"((?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.)[^\s<>()\[\]\"'`]+)", re.IGNORECASE)
"""What readers of Markdown turn into a link by themselves; as code it stays words."""
_MARKUP = re.compile(r"[\\`*_\[\]<>!|~#]")


@cache
def environment() -> Environment:
    """All templates, by their path here; HTML is escaped, and a missing variable is an error that names it."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(["html", "html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = plain
    return made


def plain(text: str) -> str:
    """Words from outside for a Markdown document, so that nothing in them becomes a link, an image or markup.

    >>> print(plain("See [terms] at https://evil.example/x?d=1"))
    See \\[terms\\] at `https://evil.example/x?d=1`
    """
    parts = _ADDRESS.split(text)
    return "".join(f"`{part.replace('`', '')}`" if place % 2 else _quiet(part) for place, part in enumerate(parts))


def _quiet(words: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", words)
