"""Who is who: people from headers, signatures and turns, and who owes what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.adapters.embedded.clauses import Clause
from summarizer.items import Side
from summarizer.ports import Brief, CandidateStakeholder, NumberedPassage

_MAILBOX = re.compile(r"([^\W\d_][^<>;:\n\"]{1,60}?)[\"']?\s*<([\w.+-]+@[\w.-]+\w)>")
_RECIPIENTS = re.compile(r"^(?:to|cc|an|à|kopie)\s?:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_FULL_NAME = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+){1,3}")
_ROLE = re.compile(
    r"\b(?:manager|head|director|lead|officer|engineer|analyst|consultant|partner|specialist|chief|principal|"
    r"president|"
    r"developer|development|sales|coordinator|owner|founder|architect|designer|producer|editor|curator|buyer|"
    r"purchasing|"
    r"bookkeeper|accountant|administrator|assistant|secretary|executive|ceo|cto|cfo|coo|cio|vp|supervisor|planner|"
    r"responsable|conservateur|vertrieb|leiter\w*|geschäftsführer\w*|chef\w*|directeur|directrice|gerente)\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'’-]+"
_APPOSITION = re.compile(
    rf"\b(?P<name>{_NAME}(?: {_NAME})+), (?:our|the|their) (?P<role>[\w -]{{3,60}}?)(?=[,.;)]| (?:at|of|who|"
    rf"will|has)\b)"
)
_ACTS = (
    r"(?:will|['’]ll|to|has to|must|needs to|sends?|makes|provides|signs|approves|gets|frees|produces|promised|"
    r"brings|"
    r"supplies|delivers|is (?:doing|chasing|sending))\b"
)
_ACTOR = re.compile(
    rf"^(?:but |and |so |then )?(?P<who>(?:Mr|Mrs|Ms|Dr)\.? {_NAME}|{_NAME}(?: {_NAME}){{0,2}}|our [a-z]+ {_NAME})"
    rf"(?:,[^,]{{3,60}},|(?: of [^.]{{3,40}}?)?(?: \([^)]*\))?)?(?:['’]s office)?(?: team)? {_ACTS}"
)
_ACTOR_INSIDE = re.compile(
    rf"\b(?:from|tell|ask|chase) (?P<who>{_NAME}(?: {_NAME})?)\b"
    rf"|\b(?P<chaser>{_NAME})(?:['’]s office)? (?:is )?(?:chasing|gets|sends|makes)\b"
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:they|he|she|somebody)\b(?: |['’])(?:will|ll|has|have|is|promised|must)\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"\b(?:i|we|me)(?:['’](?:ll|m|re|d))?\b", re.IGNORECASE)
_NO_NAME = frozenset(
    "the this that it he she they we you i our your no not nothing please if when before after electric".split()
)


@dataclass(frozen=True)
class Directory:
    """The people of a thread."""

    people: tuple[CandidateStakeholder, ...]

    def full_name(self, name: str) -> str:
        """The name as the headers write it in full; the same as given when nobody or more than one is called so."""
        bare = re.sub(r"^(?:Mr|Mrs|Ms|Dr)\.? ", "", name).lower()
        called = {
            person.name for person in self.people if bare in person.name.lower().split() or bare == person.name.lower()
        }
        return called.pop() if len(called) == 1 else name

    def owner(self, clause: Clause) -> str | None:
        """Who provides or decides what the clause says; `None` when nobody is named."""
        addressed = re.match(r"^([A-Z][\w'’-]+), (?:could|can|would|will|please)\b", clause.text)
        if addressed:
            return self.full_name(addressed[1])
        actor = _ACTOR.match(clause.text) or _ACTOR_INSIDE.search(clause.text)
        named = next((who for who in actor.groupdict().values() if who), None) if actor else None
        if named and re.split(r"[\s'’]", named)[0].lower() not in _NO_NAME:
            return self.full_name(named.split()[-1] if named.startswith("our ") else named)
        if clause.side is not Side.CLIENT or not clause.passage.sender or _SOMEBODY_ELSE.search(clause.text):
            return None
        return self.full_name(clause.passage.sender) if _FIRST_PERSON.search(clause.text) else None


def find(brief: Brief, clauses: Sequence[Clause]) -> Directory:
    """The senders, then those whom headers and texts name with address or role."""
    people: dict[str, CandidateStakeholder] = {}
    addresses = _addresses(brief)
    headers = "\n".join(brief.headers.values())
    for passage in _first_of_each_message(brief):
        name = _as_written_in_full(passage.sender or "", headers)
        if name and not any(_is_short_for(name, known) for known in people):
            known = people.get(name, CandidateStakeholder(name, email=addresses.get(name)))
            role = known.role or _role(brief.headers.get(passage.message, ""), name)
            people[name] = replace(known, role=role, side=known.side or passage.side)
    sides = {_domain(person.email): person.side for person in people.values() if person.email and person.side}
    for name in _recipients(brief):
        if not any(set(_plain(name).split()) <= set(known.split()) for known in people):
            people[name] = CandidateStakeholder(
                name, side=sides.get(_domain(addresses.get(name))), email=addresses.get(name)
            )
    _introduced(clauses, people)
    return Directory(tuple(people.values()))


def _first_of_each_message(brief: Brief) -> Iterator[NumberedPassage]:
    """One passage of each message with a sender; full names before short ones, as notes and calls abbreviate."""
    first = {passage.message: passage for passage in reversed(brief.passages) if passage.sender and not passage.quoted}
    return iter(sorted(first.values(), key=lambda passage: -len((passage.sender or "").split())))


def _as_written_in_full(sender: str, headers: str) -> str:
    """ "Whitfield, Dana" as "Dana Whitfield", where some signature writes it so."""
    plain = _plain(sender)
    return plain if plain in headers else sender


def _is_short_for(name: str, known: str) -> bool:
    return name != known and set(name.lower().split()) <= set(known.lower().split())


def _addresses(brief: Brief) -> dict[str, str]:
    found: dict[str, str] = {}
    for header in brief.headers.values():
        for name, address in _MAILBOX.findall(header):
            found.setdefault(_plain(name), address)
    return found


def _plain(name: str) -> str:
    last, comma, first = name.strip().partition(", ")
    return f"{first} {last}" if comma else last


def _domain(address: str | None) -> str:
    return (address or "").rpartition("@")[-1].lower()


def _recipients(brief: Brief) -> Iterator[str]:
    for header in brief.headers.values():
        for line in _RECIPIENTS.findall(header):
            for part in line.split(";"):
                name = _plain(re.sub(r"<[^>]*>", "", part))
                if _FULL_NAME.fullmatch(name):
                    yield name


def _role(signature: str, name: str) -> str | None:
    """The line of a signature that says what the sender is; `None` when none does."""
    lines = [line.strip() for line in signature.splitlines() if "@" not in line and ":" not in line]
    for index, line in enumerate(lines):
        parts = [part.strip() for part in re.split(r"\s[|·]\s|, ", line)]
        own = name.lower() in line.lower() or (
            index > 0 and name.split(maxsplit=1)[0].lower() in lines[index - 1].lower()
        )
        stated = next((part for part in parts if _ROLE.search(part) and name.lower() not in part.lower()), None)
        if stated and own and len(stated) <= 60:
            return stated
    return None


def _introduced(clauses: Sequence[Clause], people: dict[str, CandidateStakeholder]) -> None:
    """Add those whom a clause presents, as in "Dana Whitfield, our head of sales"."""
    for clause in clauses:
        for match in _APPOSITION.finditer(clause.text):
            name = next((each for each in people if set(each.split()) <= set(match["name"].split())), match["name"])
            known = people.get(name)
            side = known.side if known else clause.side if " our " in match.group() else None
            role = (known.role if known else None) or match["role"]
            people[name] = CandidateStakeholder(name, role, side, known.email if known else None, (clause.number,))
