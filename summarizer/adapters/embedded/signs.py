"""What tells a person from a place, a product and a firm: signs beside the name, weighed by logistic regression."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.adapters.embedded.given_names import GIVEN
from summarizer.adapters.embedded.names import TITLES, Mention, bare

NOUN = (
    r"(?:manager|mgr|director|head|leader|lead|officer|engineer|consultant|partner|specialist|chief|president|"
    r"developer|coordinator|owner|founder|architect|designer|producer|editor|curator|buyer|bookkeeper|accountant|"
    r"administrator|assistant|secretary|executive|supervisor|planner|electrician|plumber|technician|foreman|"
    r"caretaker|janitor|deputy|trustee|lawyer|solicitor|attorney|agent|broker|trainer|instructor|auditor|surveyor|"
    r"steward|contractor|dealer|clerk|chair|chairman|chairwoman|treasurer|apprentice|intern|guy|man|woman|lady|chap|"
    r"bloke|fella|lad|girl|boy|person|colleague|boss|sister|brother|wife|husband|daughter|son|cousin|nephew|niece|"
    r"aunt|uncle|mother|father|friend|ex|rep|representative|controller|superintendent|commissioner|warden|keeper|"
    r"gardener|driver|teacher|nurse|doctor|priest|translator|interpreter|speaker|writer|installer|builder|carpenter|"
    r"photographer|archivist|librarian|analyst|scientist|chemist|ecologist|expert|user|contact|member|ceo|cto|cfo|"
    r"coo|cio|ciso|vp|gm|dpo|md|sec|it|hr|principal|supplier|programmer|operator|custodian|porter|receptionist|"
    r"neighbour|neighbor|professor|scenographer|distiller|greenkeeper|fitter|mechanic|geologist|producer|strategist)"
)
"""What a person is to a firm or a family."""
_SAYS = (
    r"(?:says?|said|thinks?|thought|wants|wanted|asks|asked|told|tells|knows|knew|promised|promises|likes|hates|"
    r"agreed|agrees|insists|reckons|wrote|writes|rang|phoned|called|laughs|noted|confirmed|confirms|mentioned|hopes|"
    r"worries|swears|believes|remembers|prefers|decided|decides|nodded)\b"
)
_DOES = (
    r"(?:will|has to|must|needs to|sends?|makes|provides|signs?|signed|approves|gets|brings|does|is doing|runs|did|"
    r"can|could|would|has|had|is|was|keeps|chases|takes|comes|goes|gives|looks|handles|books|picks|checks|tests|"
    r"puts|works|sits|to)\b"
)
_OPENING = r"(?:^|[.!?:;…•]\s*|[\"“(]\s*|, )$"
_SOON = r"(?: (?:also|just|only|already|really|then))?"


@dataclass(frozen=True)
class Sign:
    """What stands before and behind a mention, and how far it speaks for a person; below 0, against."""

    points: float
    before: str = ""
    behind: str = ""
    name: str = ""

    def shows(self, mention: Mention) -> bool:
        """Whether the mention bears it."""
        return (
            bool(re.search(self.name, mention.name))
            and bool(re.search(self.before, mention.before, re.IGNORECASE))
            and bool(re.match(self.behind, mention.behind))
        )


SIGNS = (
    Sign(1.5, before=rf"\b{NOUN}(?:,|:| is| =|['’]s)? ?[(\"“]?$"),
    Sign(0.8, before=r"\b(?:my|our|his|her|their|your)(?: [a-zà-ÿ-]+){0,3},? ?[(]?$"),
    Sign(
        0.8,
        before=r"\b(?:ask|asked|tell|told|call|called|rang|ring|met|meet|thanks?|chased?|spoke to|speak to|remind|copy|"
        r"phoned|let|emailed|w/) $",
    ),
    Sign(0.6, before=r"\b(?:with|by) $"),
    Sign(-0.8, before=r"\b(?:from|for|of) $"),
    Sign(-2.7, before=r"\b(?:in|at|into|near|via|on|through|near) $"),
    Sign(-1.2, before=r"\b(?:the|an?|this|each|no|every|new|old) $"),
    Sign(
        1.0,
        before=r"(?:man|woman|lady|guy|bloke|somebody|someone|he's|she's) (?:called|named) $|\bname(?: i|"
        r"['’])s $|\bI['’]m $",
    ),
    Sign(0.4, before=r"(?:that|it)(?:['’]s| is| would be)(?: me and)? $", behind=r"\s*[.,!]|$"),
    Sign(
        2.0,
        before=r"\b(?:notes?|log|diary|pad|scribbles|author|kept|filled|written|typed|owner|seller|dump|sales|card)\b"
        r"[^.]{0,25}$",
    ),
    Sign(1.9, before=r"^(?:attendees|participants|present|on the call|people|names|who|speakers?)\b.*$"),
    Sign(0.4, before=r"\($"),
    Sign(-3.0, before=r"\b(?:mr|mrs|ms|miss|dr)\.? [^ (]+(?: [^ (]+)? \($"),
    Sign(-0.7, before=r"(?:^|[.!?:] )$"),
    Sign(-1.0, before=r"\d[.,)]? ?$"),
    Sign(0.6, before=r", $", behind=r"[.!?]?$"),
    Sign(0.3, before=r"(?:and|&|\+|,) $"),
    Sign(1.3, before=_OPENING, behind=rf"{_SOON} (?!is\b|was\b|has\b|this\b|as\b)[a-z]{{2,}}s\b"),
    Sign(1.5, behind=rf"{_SOON} {_SAYS}"),
    Sign(1.0, behind=rf"{_SOON}(?:['’]ll\b| {_DOES})"),
    Sign(1.0, behind=r" \("),
    Sign(2.1, behind=rf" \((?:[\w &/-]+ )?(?:{NOUN}|he|she|finance|ops|sales|legal|procurement)\b"),
    Sign(0.8, behind=rf",? (?:is )?(?:(?:our|my|their|his|her|your|the|an?) )?(?:[\w'’&/-]+ ){{0,3}}{NOUN}\b"),
    Sign(1.4, behind=r",? (?:in|from|at) (?:our |the |their )?\w"),
    Sign(1.2, behind=r".{0,50}\b(?:he|she|his|her|him)\b"),
    Sign(0.7, behind=r"['’]s?\b"),
    Sign(-0.6, before=r"^$", behind=r" ?[:=]"),
    Sign(-1.4, behind=r" ?\d"),
    Sign(-0.3, behind=r" [a-zà-ÿ]"),
    Sign(1.3, name=r"^\S+ \S+$"),
    Sign(0.5, name=r"^\S+ \S+ \S+"),
    Sign(
        -1.7,
        name=r"\b(?:Ltd|GmbH|AG|Inc|Co|Steel|Systems|Group|Foods|Services|Power|Partners|Coaches|Electrics|Water|"
        r"Section|Bay|Lake|Park|Valley|Creek)\b",
    ),
)
BIAS, TITLED, GIVEN_ALONE, GIVEN_FIRST, PART_OF_FIRM = -3.4, 2.6, 2.8, 1.2, -1.2
MOST = 2
"""Mentions with the same sign that count."""


def row(mentions: Sequence[Mention], firms: frozenset[str]) -> list[float]:
    """What speaks for and against a person, as the weights take it; `firms` are the words of the firms' names."""
    words = {word for mention in mentions for word in bare(mention.name)}
    first = [mention.name.split()[0].strip(".").lower() for mention in mentions]
    return [
        *(float(min(MOST, sum(sign.shows(mention) for mention in mentions))) for sign in SIGNS),
        1.0,
        float(any(word in TITLES for word in first)),
        float(bool(words & GIVEN)),
        float(any(word in GIVEN and len(bare(m.name)) > 1 for word, m in zip(first, mentions, strict=True))),
        float(bool(words & firms)),
    ]


def chance(mentions: Sequence[Mention], firms: frozenset[str]) -> float:
    """That these mentions of one name name a person."""
    weights = [*(sign.points for sign in SIGNS), BIAS, TITLED, GIVEN_ALONE, GIVEN_FIRST, PART_OF_FIRM]
    total = sum(weight * value for weight, value in zip(weights, row(mentions, firms), strict=True))
    return 1 / (1 + math.exp(-total))
