"""The form of the answer: as a JSON schema for the endpoint, and as the checks that we make again ourselves."""

import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from summarizer.items import Kind, Side
from summarizer.ports import Candidate, CandidateStakeholder

_MOST_CITED = 8
_NOT_STATED = {"", "-", "null", "none", "n/a", "unknown", "not stated", "not specified"}


def answer_schema(passages: int) -> dict[str, Any]:
    """The strict schema for a brief with this many passages; keys are written in the order in which they stand."""
    number = {"type": "integer", "minimum": 1, "maximum": passages}
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
    return value if isinstance(value, str) and "@" in value else None


_Stated = Annotated[str | None, BeforeValidator(_stated)]


class _ItemEntry(BaseModel):
    kind: Kind
    text: Annotated[str, BeforeValidator(_plain), Field(min_length=1, max_length=2000)]
    cite: list[int]
    owner: _Stated = None
    due: Annotated[date | None, BeforeValidator(_day)] = None
    baseline: _Stated = None
    target: _Stated = None


class _StakeholderEntry(BaseModel):
    name: Annotated[str, BeforeValidator(_stated), Field(min_length=1, max_length=200)]
    role: _Stated = None
    side: Side | None = None
    email: Annotated[_Stated, BeforeValidator(_address)] = None
    cite: list[int] = []


def read_entry(name: str, value: object, *, passages: int) -> Candidate | CandidateStakeholder | None:
    """The entry of the list with that name; `None` when it is not in the agreed form or cites no passage there is."""
    try:
        if name == "items":
            return _candidate(_ItemEntry.model_validate(value), passages)
        if name == "stakeholders":
            return _stakeholder(_StakeholderEntry.model_validate(value), passages)
    except ValidationError:
        return None
    return None


def _candidate(entry: _ItemEntry, passages: int) -> Candidate | None:
    cite = _existing(entry.cite, passages)
    if not cite:
        return None
    metric = entry.kind is Kind.SUCCESS_METRIC
    return Candidate(
        entry.kind,
        entry.text,
        cite,
        owner=entry.owner,
        due=entry.due,
        baseline=entry.baseline if metric else None,
        target=entry.target if metric else None,
    )


def _stakeholder(entry: _StakeholderEntry, passages: int) -> CandidateStakeholder:
    return CandidateStakeholder(entry.name, entry.role, entry.side, entry.email, _existing(entry.cite, passages))


def _existing(cite: list[int], passages: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for number in cite if 1 <= number <= passages))
