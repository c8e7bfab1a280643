"""Who owes what: the name, the first person or the firm that some told words make the one to act."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.names import OPENS, bare, mentions
from summarizer.adapters.embedded.owing_words import (
    ACTING,
    BESIDE,
    BODY,
    FIRM_ACTS,
    FIRST,
    OF_THE_SPEAKER,
    OWN,
    PLACE,
    PRONOUN,
    THEY,
    WE,
    WEIGHTS,
    YOU,
)
from summarizer.adapters.embedded.people import Directory
from summarizer.items import Side

_BACK = 3
"""Clauses of the same message in which "he" and "she" look for their name."""


@dataclass(frozen=True)
class Owner:
    """Who owes something."""

    name: str
    passage: int | None = None
    """Number of the passage that names the owner; `None` where the told words or their senders do."""


@dataclass(frozen=True)
class Claim:
    """One way in which the thread makes somebody the one to act."""

    way: str
    """A key of `WEIGHTS`."""
    name: str
    passage: int


def owner(told: Sequence[Clause], directory: Directory) -> Owner | None:
    """Who provides or decides what the clauses say; `None` when nobody can be told."""
    claims = list(claimed(told, directory))
    weights: dict[str, float] = defaultdict(float)
    for name, way in dict.fromkeys((claim.name, claim.way) for claim in claims):
        weights[name] += WEIGHTS[way]
    if not weights:
        return None
    name = max(weights, key=lambda each: weights[each])
    best = max((claim for claim in claims if claim.name == name), key=lambda claim: WEIGHTS[claim.way])
    return Owner(name, _naming(name, best, told, directory))


def claimed(told: Sequence[Clause], directory: Directory) -> Iterator[Claim]:
    """All that speaks for or against somebody, under the name that the thread writes in full."""
    for clause in told:
        found = [
            *_named(clause, directory),
            *_unknown(clause, directory),
            *_bodies(clause, directory),
            *_spoken(clause, directory),
        ]
        for way, name, number in (*found, *_pointed(clause, directory)):
            yield Claim(way, directory.full_name(name), number)
    for way, name, number in _others(told, directory):
        yield Claim(way, directory.full_name(name), number)


_Found = tuple[str, str, int]
"""Way, name and number of the passage."""


def _named(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """People of the thread, by the words beside their names."""
    for name, start, end in _places(clause.text, directory):
        person = directory.called(name)
        yield _beside(clause.text[:start], clause.text[end:]), name, clause.number
        if person and person.side is not None:
            yield f"named, of the {person.side}", name, clause.number


def _unknown(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """Firms and other names that are nobody's in the thread."""
    own = bare(f"{directory.client} {directory.vendor}")
    for mention in mentions(clause.text, directory.small):
        firm = re.sub(r"^(?:The|Our|Their) ", "", mention.name)
        if directory.called(firm) or bare(firm) & own:
            continue
        if " " not in firm and OPENS.search(mention.before):
            yield "unknown, opens", firm, clause.number
        if PLACE.search(mention.before):
            yield "unknown, of a place", firm, clause.number
        elif FIRM_ACTS.match(mention.behind):
            yield "unknown, must", firm, clause.number
        else:
            yield f"unknown, {_beside(mention.before, mention.behind)}", firm, clause.number


def _bodies(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """Teams, firms and offices, and who holds the office."""
    for match in BODY.finditer(clause.text):
        acts = _beside(clause.text[: match.start("body")], clause.text[match.end() :]) in ACTING
        holder = directory.holder(match["body"])
        if match["whose"].lower() in OWN:
            yield ("own body acts" if acts else "own body"), match["body"], clause.number
        elif not holder:
            yield ("body acts" if acts else "body"), match["body"], clause.number
        if holder:
            yield ("holder acts" if acts else "holder named"), holder, clause.number


def _spoken(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """Who says it, if that is not the vendor."""
    sender = clause.passage.sender
    if sender is None:
        return
    side = _side(clause, directory)
    if side is Side.VENDOR:
        return
    yield ("says, of the client" if side is Side.CLIENT else "says, of no side"), sender, clause.number
    if directory.client and WE.search(clause.text) and not FIRST.search(clause.text):
        yield "we, the client", directory.client, clause.number
    for way, pattern in OF_THE_SPEAKER.items():
        if pattern.search(clause.text):
            yield way, sender, clause.number
            return


def _pointed(clause: Clause, directory: Directory) -> Iterator[_Found]:
    """Whom "he", "she" and "they" mean."""
    if PRONOUN.search(clause.text) or THEY.search(clause.text):
        before = _named_before(clause, directory)
        if before:
            yield ("he" if PRONOUN.search(clause.text) else "they"), *before


def _beside(before: str, behind: str) -> str:
    """How far the words beside a name make its bearer the one to act: a key of `WEIGHTS`."""
    return next(way for way, ahead, after in BESIDE if ahead.search(before) and after.match(behind))


def _places(text: str, directory: Directory) -> list[tuple[str, int, int]]:
    """Where the text names people of the thread: the name as written, start and end."""
    pattern = directory.names
    return [(match.group(), *match.span()) for match in pattern.finditer(text)] if pattern else []


def _named_before(clause: Clause, directory: Directory) -> tuple[str, int] | None:
    """Whom "he" or "she" means: the one named last before, in the clause or a little further up in the message."""
    found = PRONOUN.search(clause.text) or THEY.search(clause.text)
    whole = next((each for each in directory.clauses if each.number == clause.number), clause)
    ahead = whole.text.find(clause.text) + (found.start() if found else 0)
    each: Clause | None = whole
    text = whole.text[: max(0, ahead)]
    for _ in range(_BACK + 1):
        if each is None:
            return None
        named = [
            name
            for name, _, _ in _places(text, directory)
            if (person := directory.called(name)) is None or person.side is not Side.VENDOR
        ]
        if named:
            return named[-1], each.number
        each = each.before or (each.question if each.question and each.question.place < each.place else None)
        text = each.text if each else ""
    return None


def _others(told: Sequence[Clause], directory: Directory) -> Iterator[_Found]:
    """The firm; and where none of its people says it, the last of them to speak before and the first one after."""
    last = told[-1]
    if directory.client:
        yield "client", directory.client, last.number
    if any(each.passage.sender and _side(each, directory) is not Side.VENDOR for each in told):
        return
    others = [
        each
        for each in directory.clauses
        if each.passage.sender and each.message != last.message and _side(each, directory) is Side.CLIENT
    ]
    ahead = next((each for each in reversed(others) if each.place < last.place), None)
    behind = next((each for each in others if each.place > last.place), None)
    for way, each in (("speaks before", ahead), ("speaks next", behind)):
        if each and each.passage.sender:
            yield way, each.passage.sender, each.number
    meant = ahead or behind
    if meant and meant.passage.sender and any(YOU.search(each.text) for each in told):
        yield "you", meant.passage.sender, meant.number


def _side(clause: Clause, directory: Directory) -> Side | None:
    person = directory.called(clause.passage.sender or "")
    return clause.side or (person.side if person else None)


def _naming(name: str, claim: Claim, told: Sequence[Clause], directory: Directory) -> int | None:
    """The passage to cite for the name, where neither the told words nor their senders say all of it."""
    said = bare(" ".join([*(clause.text for clause in told), *(clause.passage.sender or "" for clause in told)]))
    if bare(re.sub(r"['’]s\b", "", name)) <= frozenset(re.sub(r"['’]s$", "", word.strip(".,;:()!?")) for word in said):
        return None
    if claim.passage not in {clause.number for clause in told}:
        return claim.passage
    person = directory.called(name)
    return person.cite[0] if person and person.cite else None
