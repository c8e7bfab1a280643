"""Who wrote a mail whose head was not pasted, and which address belongs to whom."""

import re
from collections.abc import Iterable, Iterator

from summarizer.reading.lines import Line
from summarizer.reading.people import Person, addresses, folded, natural
from summarizer.reading.set_phrases import MOBILE, VALEDICTION
from summarizer.reading.stretches import Stretch, Style

_CAPITALISED = r"[^\W\d_a-zß-ÿ][\w.'’-]{0,30}"
_WRITTEN = re.compile(
    rf"(?P<name>{_CAPITALISED}[ \xa0]{_CAPITALISED})\s<(?P<email>[^<>\s@]{{1,64}}@[^<>\s@]{{1,200}})>"
)
_SIGNED = re.compile(rf"{_CAPITALISED}(?:[ \xa0]{_CAPITALISED}){{0,2}}$")
_LONGEST = 400


def identities(stretches: list[Stretch], closings: dict[int, list[str]]) -> list[Person]:
    """The sender of each stretch, with the address that stands beside the name anywhere in the thread.

    A mail without a head is its signer's; `closings` holds the lines of each message's signature, by number from 1.
    """
    named = [person for each in stretches for person in _named(each)]
    known = addresses(named)
    full = {folded(natural(each.name)): each.name for each in named if each.name}
    return [
        _completed(_sender(each, closings.get(number, []), full), known)
        for number, each in enumerate(stretches, start=1)
    ]


def _sender(stretch: Stretch, closing: list[str], full: dict[str, str]) -> Person | None:
    if stretch.envelope.sender or stretch.style is not Style.MAIL:
        return stretch.envelope.sender
    signed = next((line for line in closing if not VALEDICTION.match(line) and not MOBILE.match(line)), "")
    if _SIGNED.match(signed):
        return Person(_in_full(signed, full) or signed)
    own = stretch.body[: min((first for first, _ in stretch.inner), default=None)]
    last = next((line.text for line in reversed(own) if not line.depth and not MOBILE.match(line.text)), "")
    name = _in_full(last.rstrip(".,"), full) if _SIGNED.match(last.rstrip(".,")) else None
    return Person(name) if name else None


def _in_full(name: str, full: dict[str, str]) -> str | None:
    """The name of the only one in the thread who has this first name; `None` when nobody has it, or two."""
    alike = [each for folded_name, each in full.items() if folded_name.split(" ")[0] == folded(name)]
    return alike[0] if len(alike) == 1 else None


def _named(stretch: Stretch) -> Iterator[Person]:
    envelope = stretch.envelope
    if envelope.sender:
        yield envelope.sender
    yield from envelope.recipients
    yield from _written(stretch.body)


def _written(lines: Iterable[Line]) -> Iterator[Person]:
    """People whose address stands behind their name in a body, as in the attribution of a quotation."""
    for line in lines:
        if "@" in line.text[:_LONGEST]:
            for match in _WRITTEN.finditer(line.text, 0, _LONGEST):
                yield Person(match["name"], match["email"].casefold())


def _completed(sender: Person | None, known: dict[str, str]) -> Person:
    if sender is None:
        return Person()
    if sender.email or not sender.name:
        return sender
    return Person(sender.name, known.get(folded(natural(sender.name))))
