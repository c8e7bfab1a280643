"""What each line of a message's body is: new words, a quotation, a signature, boilerplate, an attribution."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise

from summarizer.reading.closings import is_legal, is_mobile_line, legal_opening, signature_lines
from summarizer.reading.lines import Line
from summarizer.reading.stretches import Stretch, Style
from summarizer.sources import Role

_SHORTEST_BOILERPLATE = 40
_LAST_PARAGRAPHS = 2
_FULL_LINE = 65
_REST = 40


def roles_of(stretch: Stretch, boilerplate: frozenset[str]) -> list[Role]:
    """A role for each line of the body, in order.

    `boilerplate` holds the paragraphs with which several messages end.
    """
    mailed = stretch.style is Style.MAIL
    roles = [Role.QUOTED if line.depth and mailed else Role.NEW for line in stretch.body]
    for first, behind in stretch.inner:
        roles[first:behind] = [Role.HEADER] * (behind - first)
    if not mailed:
        return roles
    for above, index in pairwise(range(len(roles))):
        if roles[above] is Role.QUOTED and roles[index] is Role.NEW and _broke_off(stretch.body, index):
            roles[index] = Role.QUOTED
    sender = stretch.envelope.sender.name if stretch.envelope.sender else None
    _mark_paragraphs(stretch.body, roles, is_legal, sender)
    for run in list(_runs(roles)):
        _mark_closing(stretch.body, roles, run, sender)
    _mark_paragraphs(stretch.body, roles, boilerplate.__contains__)
    return roles


def _broke_off(body: list[Line], index: int) -> bool:
    """Whether a mail program broke a quoted line here and set no mark before its rest."""
    above, line = body[index - 1], body[index]
    if line.gap or line.depth or not above.depth or (index + 1 < len(body) and not _is_apart(body[index + 1])):
        return False
    opens, closes = above.text.rfind("("), line.text.find(")")
    if opens > above.text.rfind(")") and closes >= 0 and " " not in line.text[:closes]:
        return True
    full = len(above.text) >= _FULL_LINE and above.text[-1].isalnum()
    return full and len(line.text) <= _REST and line.text[0].islower()


def _is_apart(below: Line) -> bool:
    return below.gap > 0 or below.depth > 0


def repeated_endings(stretches: list[Stretch]) -> frozenset[str]:
    """The paragraphs that end, to the letter, several messages which differ otherwise."""
    seen: dict[str, set[int]] = defaultdict(set)
    for stretch in stretches:
        if stretch.style is Style.MAIL:
            own = [line for line in stretch.body if not line.depth]
            for first, behind in _paragraphs(own)[-_LAST_PARAGRAPHS:]:
                rest = hash(tuple(line.text for line in own[:first]))
                if first:
                    seen[_joined(own[first:behind])].add(rest)
    return frozenset(words for words, rests in seen.items() if len(rests) > 1 and len(words) >= _SHORTEST_BOILERPLATE)


def _mark_paragraphs(
    body: list[Line], roles: list[Role], is_boilerplate: Callable[[str], bool], sender: str | None = None
) -> None:
    for run in list(_runs(roles)):
        own = [body[index] for index in run]
        for first, behind in _paragraphs(own):
            if is_boilerplate(_joined(own[first:behind])):
                begins = first + legal_opening(own[first:behind], sender)
                roles[run[begins] : run[behind - 1] + 1] = [Role.DISCLAIMER] * (behind - begins)


def _mark_closing(body: list[Line], roles: list[Role], run: list[int], sender: str | None) -> None:
    for index in run:
        if is_mobile_line(body[index]):
            roles[index] = Role.SIGNATURE
    left = [index for index in run if roles[index] is Role.NEW]
    for index in signature_lines([body[index] for index in left], sender):
        roles[left[index]] = Role.SIGNATURE


def _runs(roles: list[Role]) -> Iterator[list[int]]:
    """Indices of new lines that nothing interrupts."""
    run: list[int] = []
    for index, role in enumerate(roles):
        if role is Role.NEW:
            run.append(index)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _paragraphs(lines: list[Line]) -> list[tuple[int, int]]:
    """Ranges of lines without a blank line between them."""
    starts = [index for index, line in enumerate(lines) if line.gap or not index]
    return [*pairwise([*starts, len(lines)])]


def _joined(lines: list[Line]) -> str:
    return " ".join(" ".join(line.text for line in lines).split())
