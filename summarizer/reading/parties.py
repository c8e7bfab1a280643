"""On whose side each sender of a source stands: what a person said, what addresses, signatures and the text say."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.items import Side
from summarizer.reading.lines import Line
from summarizer.reading.people import Person, folded, natural
from summarizer.reading.sides import Firms, domain, is_company
from summarizer.reading.stretches import Stretch, Style

_PRESENT = 12
"""Lines at the top of notes or of a transcript that may say who was there."""
_LONGEST = 400
_LONGEST_LABEL = 40
_FIRM = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{1,80})|(?:,|\s[-–—])\s+(?P<behind>[^,;()]{1,60})")
_INTRODUCES = re.compile(
    r"\b(?:i'm|i am|my name is|this is|ich bin|mein name ist|hier ist|je suis|soy|me llamo|ik ben)\s", re.IGNORECASE
)
_TURNS = 3
_INTRODUCTION = 100


@dataclass(frozen=True)
class Known:
    """What is known of the sides before the text is read."""

    firms: Firms
    corrected: Mapping[str, Side]
    """By address in lower case, or by folded name."""


def corrections(sides: Mapping[str, Side]) -> dict[str, Side]:
    """What a person said of people, by address or name, in the form in which senders are looked up."""
    return {each.strip().casefold() if "@" in each else folded(natural(each)): side for each, side in sides.items()}


def key(sender: Person) -> str:
    """By which a sender's side is looked up: the address, else the folded name."""
    return sender.email or folded(natural(sender.name or ""))


def sides_of(
    stretches: Sequence[Stretch], senders: Sequence[Person], presented: Mapping[int, Sequence[str]], known: Known
) -> dict[str, Side]:
    """The side of each sender, by `key`, where it is sure.

    `presented` holds the words in which each message, from 1, says who writes.
    """
    sides = _corrected(senders, known)
    closings = ["\n".join(presented.get(number, [])) for number in range(1, len(senders) + 1)]
    for sender, closing in dict.fromkeys(zip(senders, closings, strict=True)):
        side = known.firms.of_address(sender.email) or known.firms.of_words(closing)
        _settle(sides, sender, side or known.firms.of_words(sender.name or ""))
    for sender, side in _introduced(stretches, senders, known.firms):
        _settle(sides, sender, side)
    _share(sides)
    colleagues = {domain(each): side for each, side in sides.items() if is_company(each)}
    for sender in set(senders):
        _settle(sides, sender, colleagues.get(domain(sender.email)))
    written = [each for stretch in stretches for each in stretch.envelope.recipients]
    both = {*sides.values(), *(known.firms.of_address(each.email) for each in set(written))}
    for sender in set(senders):
        if {Side.CLIENT, Side.VENDOR} <= both and is_company(sender.email):
            _settle(sides, sender, Side.THIRD_PARTY)
    return sides


def _settle(sides: dict[str, Side], sender: Person, side: Side | None) -> None:
    """Note a sender's side, unless it is known already."""
    if side and key(sender):
        sides.setdefault(key(sender), side)


def _corrected(senders: Sequence[Person], known: Known) -> dict[str, Side]:
    found: dict[str, Side] = {}
    for sender in set(senders):
        by_name = known.corrected.get(folded(natural(sender.name or "")))
        _settle(found, sender, known.corrected.get(sender.email or "", by_name))
    return found


def _introduced(
    stretches: Sequence[Stretch], senders: Sequence[Person], firms: Firms
) -> Iterator[tuple[Person, Side | None]]:
    """Who is named with a firm at the top of notes and calls, and who says so in one of the first turns."""
    unknown = {each for each in senders if each.name and not each.email}
    if not unknown or not (firms.client or firms.vendor):
        return
    yield from _listed(_top(stretches), unknown, firms)
    spoken: dict[Person, int] = {}
    for stretch, sender in zip(stretches, senders, strict=True):
        spoken[sender] = spoken.get(sender, 0) + 1
        if stretch.style is Style.TURN and sender in unknown and spoken[sender] <= _TURNS:
            yield sender, _own_words(stretch.body[:_TURNS], firms)


def _own_words(lines: Sequence[Line], firms: Firms) -> Side | None:
    words = " ".join(line.text[:_LONGEST] for line in lines)
    introduction = _INTRODUCES.search(words)
    return firms.of_words(words[introduction.end() :][:_INTRODUCTION]) if introduction else None


def _top(stretches: Sequence[Stretch]) -> list[str]:
    first = [line for stretch in stretches[:2] if stretch.style is not Style.MAIL for line in stretch.lines[:_PRESENT]]
    return [line.text[:_LONGEST] for line in first[:_PRESENT]]


def _listed(lines: Sequence[str], people: set[Person], firms: Firms) -> Iterator[tuple[Person, Side | None]]:
    """`Fenland: Ann, Bo`, `Ann Lee (Fenland), Bo Ray (Copperbeck)`, `rep: Ann Lee, Fenland`."""
    for line in lines:
        label, colon, _ = line.partition(":")
        team = firms.of_words(label) if colon and len(label) <= _LONGEST_LABEL else None
        for each in people:
            at = line.find(each.name or "\n")
            if at >= 0:
                yield (
                    each,
                    _firm_behind(line[at + len(each.name or "") :], firms) or (team if at > len(label) else None),
                )


def _firm_behind(words: str, firms: Firms) -> Side | None:
    """The side whose firm stands straight behind a name."""
    found = _FIRM.match(words)
    return firms.of_words(found["inside"] or found["behind"] or "") if found else None


def _share(sides: dict[str, Side]) -> None:
    """Let somebody who goes by a first name stand where the only one of that first name stands."""
    full = [name for name in sides if " " in name]
    first = Counter(name.split(" ")[0] for name in full)
    for name in full:
        if first[name.split(" ")[0]] == 1:
            sides.setdefault(name.split(" ")[0], sides[name])
