"""On whose side somebody stands: by address, by firm, and by who says "our", "your" and "their"."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from summarizer.adapters.embedded.clauses import Clause
from summarizer.adapters.embedded.names import Mention, bare
from summarizer.items import Side
from summarizer.ports import Brief

_OWN = re.compile(r"\b(?:our|my)(?: [\w'’-]+){0,4},? ?[(]?$", re.IGNORECASE)
_YOURS = re.compile(r"\byour(?: [\w'’-]+){0,4},? ?[(]?$", re.IGNORECASE)
_THEIRS = re.compile(r"\btheir(?: [\w'’-]+){0,4},? ?[(]?$", re.IGNORECASE)
_OWN_BEHIND = re.compile(r",? ?\(?(?:is |in |from |on )?(?:our|my|here|of mine)\b", re.IGNORECASE)
_YOURS_BEHIND = re.compile(r",? ?\(?(?:is |in |from |on )?your\b", re.IGNORECASE)
_THEIRS_BEHIND = re.compile(r",? ?\(?(?:is |in |from |on )?(?:their|there)\b", re.IGNORECASE)
_NOTES = re.compile(
    r"\b(?:notes?|log|diary|pad|scribbles|author|kept|filled|written|typed|owner|seller|rep|dump|sales|"
    r"card)\b[^.]{0,25}$",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(?:landlord|supplier|contractor|broker|dealer|agency|builder|printer|speaker|ecologist|neighbou?r|insurer|"
    r"installer|vendor|provider|county|council|ministry|union's|university|bank|coastguard|underwriter|former|previous)\b",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"\b(?:project lead|lead (?:developer|engineer|consultant|designer)|sales|account (?:manager|lead|executive)|"
    r"partner|trainer|auditor|delivery|producer)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"(?: there\b|,? (?:at|of) (?:the )?[A-Z]\w)")
_MOST_BY_DEFAULT = 3
"""Votes for the client that mentions count at most which say nothing else."""
_SELLS = re.compile(
    r"\b(?:you want|noted|we (?:did|could|can|also|write|build|deliver)|vat|understood|plus|"
    r"i(?:['’]d)? need|(?:need )?from you|"
    r"need (?:it|the)|on top|okay so|before we|how many|our (?:price|offer|quote|standard|engineers?)|perfect|got it|"
    r"i could|could you|with your|from your|on your|proposal|shall i|the price is|on site)\b",
    re.IGNORECASE,
)
_BUYS = re.compile(
    r"\b(?:(?:i|we|he|she) wants?|we (?:pay|have|had)|i don['’]t (?:want|know)|he['’]ll|(?:he|she) says|"
    r"told|it must|must be|"
    r"you['’]ll have|our (?:own|it|people|board|finance|staff|boss|lawyer|director)|my (?:brother|boss|"
    r"director)|nobody|"
    r"the (?:board|year|union|committee)|by the end|end of|you come|you by|done by|approved|until the|"
    r"how much|leave)\b",
    re.IGNORECASE,
)


class Teller:
    """Tells sides from what the whole thread shows."""

    def __init__(self, brief: Brief, clauses: Sequence[Clause], addressed: Mapping[str, Side | None]) -> None:
        """`addressed` gives the sides of known addresses."""
        self._domains = {_domain(address): side for address, side in addressed.items() if side}
        client, vendor = bare(brief.client or ""), bare(brief.vendor or "")
        self._firms = {Side.CLIENT: client - vendor, Side.VENDOR: vendor - client}
        self._leaning = _leanings(clauses)

    def side(
        self, name: str, email: str | None, said: Sequence[tuple[Clause | None, Mention]], role: str | None
    ) -> Side | None:
        """The side that speaks most for itself; `None` when nothing does."""
        if email and _domain(email) in self._domains:
            return self._domains[_domain(email)]
        votes: Counter[Side] = Counter()
        for clause, mention in said:
            for side, weight in self._votes(clause, mention):
                votes[side] += weight
        if role and _OUTSIDE.search(role):
            votes[Side.THIRD_PARTY] += 5
        speaks = self._leaning.get(bare(name)) or next(
            (side for words, side in self._leaning.items() if words <= bare(name)), None
        )
        if speaks:
            votes[speaks] += 2
        if role and _SELLING.search(role):
            votes[Side.VENDOR] += 2
        if any(_ELSEWHERE.match(mention.behind) for _, mention in said):
            votes[Side.THIRD_PARTY] += 3
        votes[Side.CLIENT] += min(len(said), _MOST_BY_DEFAULT)
        return votes.most_common(1)[0][0] if votes else None

    def _votes(self, clause: Clause | None, mention: Mention) -> list[tuple[Side, int]]:
        votes: list[tuple[Side, int]] = []
        within = re.match(r" ?[(/,] ?([^)/,;:]{2,40})", mention.behind)
        if within and (firm := bare(re.sub(r"[^\w'’ -]", " ", within[1]))):
            votes += [(side, 12) for side, words in self._firms.items() if words & firm]
        beside = bare(re.sub(r"[^\w'’ -]", " ", f"{mention.before[-30:]} {mention.behind[:40]}"))
        votes += [(side, 2) for side, words in self._firms.items() if words & beside]
        if _NOTES.search(mention.before):
            return [*votes, (Side.VENDOR, 6)]
        if clause is None:
            return votes
        own = clause.side or self._leaning.get(bare(clause.passage.sender or ""))
        own = own or (Side.VENDOR if clause.passage.sender is None else None)
        if own is None or own is Side.THIRD_PARTY:
            return votes
        other = Side.CLIENT if own is Side.VENDOR else Side.VENDOR
        if _OWN.search(mention.before) or _OWN_BEHIND.match(mention.behind):
            votes.append((own, 4))
        elif _YOURS.search(mention.before) or _YOURS_BEHIND.match(mention.behind):
            votes.append((other, 4))
        elif _THEIRS.search(mention.before) or _THEIRS_BEHIND.match(mention.behind):
            votes.append((Side.CLIENT if own is Side.VENDOR else Side.THIRD_PARTY, 3))
        return votes


def _domain(address: str) -> str:
    return address.rpartition("@")[-1].lower()


def _leanings(clauses: Sequence[Clause]) -> dict[frozenset[str], Side]:
    """Who sells and who buys among those speakers of whom no header says it."""
    scores: Counter[frozenset[str]] = Counter()
    for clause in clauses:
        if clause.passage.sender and clause.side is None:
            sold, bought = len(_SELLS.findall(clause.text)), len(_BUYS.findall(clause.text))
            scores[bare(clause.passage.sender)] += sold - bought
    if not scores:
        return {}
    middle = max(0.0, (max(scores.values()) + min(scores.values())) / 2)
    return {who: Side.VENDOR if score > middle else Side.CLIENT for who, score in scores.items()}
