"""The form of the answer: as a JSON schema for the endpoint, and as the checks that we make again ourselves."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from prompts.loader import stated
from summarizer.items import Kind, Side
from summarizer.ports import Candidate, CandidateStakeholder

Proposal = Candidate | CandidateStakeholder

WRONG = "wrong"
"""The list of the notes that are wrong."""
_MOST_CITED = 8
_HIDDEN_ADDRESS = re.compile(r"\bMAIL_\d+\b", re.IGNORECASE)
"""The placeholder of `summarizer.adapters.redaction`, which puts the address back."""
_NOT_STATED = {"", "-", "null", "none", "n/a", "unknown", "not stated", "not specified"}


def answer_schema(passages: range) -> dict[str, Any]:
    """The strict schema where these passages can be cited; keys are written in the order in which they stand."""
    number = {"type": "integer", "minimum": passages[0], "maximum": passages[-1]}
    cite = {"type": "array", "items": number, "maxItems": _MOST_CITED}
    words = {"type": ["string", "null"]}
    day = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    item = {
        "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
        "text": {"type": "string"},
        # After the text: a small model that has to give the numbers first gives any.
        "cite": {**cite, "minItems": 1},
        "owner": words,
        "due": {"anyOf": [day, {"type": "null"}]},
        "baseline": words,
        "target": words,
    }
    side = {"anyOf": [{"type": "string", "enum": [side.value for side in Side]}, {"type": "null"}]}
    stakeholder = {"name": {"type": "string"}, "role": words, "side": side, "email": words, "cite": cite}
    return _record({"items": _list(item), "stakeholders": _list(stakeholder)})


def wrong_schema(notes: int) -> dict[str, Any]:
    """The strict schema of the answer to the question which of so many notes are wrong."""
    note = {"type": "integer", "minimum": 1, "maximum": notes}
    return _record({WRONG: {"type": "array", "items": note, "maxItems": notes}})


def _record(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _record(properties)}


def _plain(value: object) -> object:
    """On one line, without control characters, lone surrogates or marks that nobody sees."""
    if not isinstance(value, str):
        return value
    return "".join(sign for sign in " ".join(value.split()) if unicodedata.category(sign)[0] != "C")


def _stated(value: object) -> object:
    plain = _plain(value)
    return None if isinstance(plain, str) and plain.casefold() in _NOT_STATED else plain


def _day(value: object) -> date | None:
    """`None` for what is no day of the calendar; the item itself may still be right."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _address(value: object) -> object:
    """`None` for what is neither a mail address nor the placeholder of one."""
    return value if isinstance(value, str) and ("@" in value or _HIDDEN_ADDRESS.search(value)) else None


_Stated = Annotated[str | None, BeforeValidator(_stated)]


class _ItemEntry(BaseModel):
    kind: Kind
    text: Annotated[str, BeforeValidator(_plain), Field(min_length=1, max_length=2000)]
    cite: list[int]
    owner: _Stated = None
    due: Annotated[date | None, BeforeValidator(_day)] = None
    baseline: _Stated = None
    target: _Stated = None

    def proposal(self, passages: range) -> Candidate:
        cite = _existing(self.cite, passages)
        if not cite:
            raise Misfit(f"cite: names none of the passages {passages[0]} to {passages[-1]}")
        metric = self.kind is Kind.SUCCESS_METRIC
        return Candidate(
            self.kind,
            self.text,
            cite,
            owner=self.owner,
            due=self.due,
            baseline=self.baseline if metric else None,
            target=self.target if metric else None,
        )


class _StakeholderEntry(BaseModel):
    name: Annotated[str, BeforeValidator(_stated), Field(min_length=1, max_length=200)]
    role: _Stated = None
    side: Side | None = None
    email: Annotated[_Stated, BeforeValidator(_address)] = None
    cite: list[int] = []

    def proposal(self, passages: range) -> CandidateStakeholder:
        return CandidateStakeholder(self.name, self.role, self.side, self.email, _existing(self.cite, passages))


def _existing(cite: list[int], passages: range) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for number in cite if number in passages))


_FORMS: Mapping[str, type[_ItemEntry | _StakeholderEntry]] = {"items": _ItemEntry, "stakeholders": _StakeholderEntry}


class Misfit(ValueError):
    """An entry that is not in the agreed form; says why."""


@dataclass(frozen=True)
class Entry:
    """An entry in the agreed form."""

    proposal: Proposal
    foreign: frozenset[str] = frozenset()
    """Names of the keys that nobody asked for; what they hold is not read."""


def read_entry(name: str, value: object, *, passages: range) -> Entry:
    """The entry of the list with that name. Raises Misfit when it is not in the form, or cites no passage there is."""
    form = _FORMS.get(name)
    if form is None:
        raise Misfit("there is no list of that name")
    try:
        entry = form.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise Misfit(f"{'.'.join(map(str, first['loc'])) or 'entry'}: {first['msg']}") from error
    foreign = frozenset(map(str, value)) - form.model_fields.keys() if isinstance(value, Mapping) else frozenset[str]()
    return Entry(entry.proposal(passages), foreign)


def as_answer(proposals: Sequence[Proposal], *, stated_only: bool = False) -> str:
    """The proposals in the agreed form, as a model would have written them; with `stated_only` without nulls."""
    items = [_written(each) for each in proposals if isinstance(each, Candidate)]
    people = [_written(each) for each in proposals if isinstance(each, CandidateStakeholder)]
    written = {"items": items, "stakeholders": people}
    return json.dumps(
        stated(written) if stated_only else written, ensure_ascii=False, separators=(",", ":"), default=str
    )


def _written(proposal: Proposal) -> dict[str, Any]:
    form = _FORMS["items" if isinstance(proposal, Candidate) else "stakeholders"]
    return {name: getattr(proposal, name) for name in form.model_fields}
