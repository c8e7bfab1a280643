"""Claims with texts that support them or do not: from labelled cases by small edits, and from SummEdits."""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.cases import Case, GoldItem
from summarizer.opposites import OPPOSITES

DOMAINS = ("qmsumm", "samsum")
MOST = 6
"""Items of a case; more of one text tell little that is new."""
_NUMBER = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_VERB = re.compile(r"\b(?:is|are|will|can|must|should|has|have|was|were)\b(?! not)")
_WORD = re.compile(r"\b[a-z]{4,}\b")


@dataclass(frozen=True)
class Pair:
    """A claim, a text, and whether people say that the one is supported by the other."""

    claim: str
    text: str
    supported: bool
    source: str
    """The domain, or `cases`."""
    document: str
    """What stays together when data is split: the text's digest, or the case."""


def of_summedits(folder: Path, domain: str) -> list[Pair]:
    """The pairs of a domain of SummEdits; its README and ours say where the files come from."""
    rows = json.loads((folder / f"summedits_{domain}.json").read_text(encoding="utf-8"))
    return [Pair(row["summary"], row["doc"], row["label"] == 1, domain, row["doc"]) for row in rows]


def of_cases(cases: Sequence[Case]) -> list[Pair]:
    """Each labelled item with the words around its evidence, and the same item with one fact changed."""
    return [pair for case in cases for pair in _of_case(case, random.Random(case.id))]  # noqa: S311


def _of_case(case: Case, chance: random.Random) -> Iterator[Pair]:
    for item in chance.sample(case.gold.items, min(MOST, len(case.gold.items))):
        text = _around(case.pasted, item, chance)
        yield Pair(item.text, text, True, "cases", case.id)
        changed = _changed(item, case, chance)
        if changed:
            yield Pair(changed, text, False, "cases", case.id)


def _around(pasted: str, item: GoldItem, chance: random.Random) -> str:
    """The evidence alone, or the whole of what was pasted."""
    return "\n".join(item.evidence) if item.evidence and chance.random() < 0.5 else pasted


Change = Callable[[str, Case, random.Random], str | None]


def _changed(item: GoldItem, case: Case, chance: random.Random) -> str | None:
    changes = [_number, _name, _negation, _opposite, _opposite, _other_word, _other_word, _addition]
    chance.shuffle(changes)
    return next((made for change in changes if (made := change(item.text, case, chance)) is not None), None)


def _number(text: str, _: Case, chance: random.Random) -> str | None:
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    at = chance.choice(found)
    digits = "".join(str((int(each) + chance.randint(1, 8)) % 10) if each.isdigit() else each for each in at.group())
    return f"{text[: at.start()]}{digits}{text[at.end() :]}"


def _name(text: str, case: Case, chance: random.Random) -> str | None:
    found = list(_NAME.finditer(text))
    others = [word for person in case.gold.stakeholders for word in person.name.split() if word not in text]
    return _put(text, chance.choice(found), chance.choice(others)) if found and others else None


def _negation(text: str, _: Case, __: random.Random) -> str | None:
    if re.search(r"\b(?:not|no)\s", text):
        return re.sub(r"\b(?:not|no)\s", "", text, count=1, flags=re.IGNORECASE)
    found = _VERB.search(text)
    return f"{text[: found.end()]} not{text[found.end() :]}" if found else None


def _opposite(text: str, _: Case, chance: random.Random) -> str | None:
    found = [match for match in _WORD.finditer(text) if match.group() in OPPOSITES]
    if not found:
        return None
    at = chance.choice(found)
    return _put(text, at, chance.choice(sorted(OPPOSITES[at.group()])))


def _other_word(text: str, case: Case, chance: random.Random) -> str | None:
    """A word of the item gives way to one of another item of the same case."""
    found = list(_WORD.finditer(text))
    others = [word for each in case.gold.items for word in _WORD.findall(each.text) if word not in text]
    return _put(text, chance.choice(found), chance.choice(others)) if found and others else None


def _addition(text: str, case: Case, chance: random.Random) -> str | None:
    others = [each.text.split() for each in case.gold.items if each.text != text]
    return f"{text.rstrip('.')} and {' '.join(chance.choice(others)[-4:])}" if others else None


def _put(text: str, at: re.Match[str], word: str) -> str:
    return f"{text[: at.start()]}{word}{text[at.end() :]}"
