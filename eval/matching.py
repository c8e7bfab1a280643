"""When a drafted item says what a gold one says, and which belongs to which."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from eval.cases import Must
from summarizer.items import Evidence, Item

G = TypeVar("G")
P = TypeVar("P")


def says(must: Must, text: str) -> bool:
    """Whether the text holds one alternative of each row, whatever the case.

    >>> says((("okta",), ("sso", "single sign-on")), "Single sign-on by Okta")
    True
    """
    low = text.lower()
    return all(any(alternative in low for alternative in group) for group in must)


def said(item: Item) -> str:
    """What a reader of the bullet learns: its text with the owner and the date that stand beside it."""
    return " ".join(str(part or "") for part in (item.text, item.owner, item.due))


def pairs(gold: Sequence[G], predicted: Sequence[P], fits: Callable[[G, P], bool]) -> dict[int, int]:
    """The largest one-to-one matching, by augmenting paths: index of the gold one to that of the predicted one.

    >>> pairs([1, 2], [2, 1], lambda one, other: one <= other)
    {1: 0, 0: 1}
    """
    taken: dict[int, int] = {}

    def place(wanted: int, seen: set[int]) -> bool:
        for index, each in enumerate(predicted):
            if index in seen or not fits(gold[wanted], each):
                continue
            seen.add(index)
            if index not in taken or place(taken[index], seen):
                taken[index] = wanted
                return True
        return False

    for index in range(len(gold)):
        place(index, set())
    return {wanted: index for index, wanted in taken.items()}


def places(quote: str, text: str) -> list[tuple[int, int]]:
    """Where the quote stands in the text, as offsets in code points.

    >>> places("ab", "abcab")
    [(0, 2), (3, 5)]
    """
    found = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def meets(evidence: Evidence, quote: str, text: str) -> bool:
    """Whether the evidence shares a character with the quote, wherever that stands in the text."""
    return any(evidence.start < end and start < evidence.end for start, end in places(quote, text))
