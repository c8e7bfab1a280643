"""Loads a prompt: `NAME.system.j2`, `NAME.request.j2`, further parts as `NAME.*.j2`, and `examples/NAME.json`.

A file without a second dot, such as `kinds.j2`, is a part of the prompts that name it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.meta import find_referenced_templates


@dataclass(frozen=True)
class Rendered:
    """A prompt with its variables filled in."""

    system: str
    """The same for each request, so that an endpoint can keep it in its cache."""
    request: str


@dataclass(frozen=True)
class Prompt:
    """A prompt as its files say it."""

    name: str
    templates: dict[str, str]
    """File name to content."""
    examples: list[dict[str, Any]]
    """Thread and answer, for the model to imitate."""
    sha256: str
    """Hex digest over templates and examples: another digest is another prompt."""

    def render(self, *, stated_only: bool = False, **variables: Any) -> Rendered:
        """Fill in the variables; with `stated_only` the answer leaves out what is not stated instead of writing null.

        Raises jinja2.UndefinedError, which names the variable, when one is missing.
        """
        return Rendered(self.system(stated_only=stated_only), self.say("request", **variables))

    def system(self, *, stated_only: bool = False) -> str:
        """What stands before each request."""
        return self.say("system", examples=self.examples, stated_only=stated_only)

    def say(self, part: str, /, **variables: Any) -> str:
        """The part `NAME.PART.j2` with its variables filled in. Raises like `render`."""
        environment = Environment(
            loader=DictLoader(self.templates),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701 - plain text for a model; nothing here reaches a browser
        )
        environment.filters |= {"compact_json": _compact_json, "stated": stated}
        return environment.get_template(f"{self.name}.{part}.j2").render(variables)


def stated(answer: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """The answer without keys that hold nothing.

    >>> stated({"items": [{"text": "Portal", "owner": None, "cite": [2]}], "stakeholders": []})
    {'items': [{'text': 'Portal', 'cite': [2]}], 'stakeholders': []}
    """
    return {
        name: [_stated(entry) if isinstance(entry, Mapping) else entry for entry in entries]
        for name, entries in answer.items()
    }


def _stated(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value not in (None, [], ())}


def _compact_json(value: object) -> str:
    # White space is paid for, and a model writes JSON in the way in which it sees it written.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _is_shared(file: str) -> bool:
    return PurePath(file).suffixes == [".j2"]


def _named_by(files: Iterable[str], found: Mapping[str, str]) -> set[str]:
    """The files and all that they include or import, however deep."""
    parts: set[str] = set()
    left = list(files)
    while left:
        file = left.pop()
        if file not in parts and file in found:
            parts.add(file)
            left += [each for each in find_referenced_templates(Environment().parse(found[file])) if each]  # noqa: S701
    return parts


def load(name: str, folder: Traversable | None = None) -> Prompt:
    """The prompt of that name, out of `folder` instead of this package where given.

    Raises FileNotFoundError when there is none.
    """
    folder = folder or files("prompts")
    shown = folder.joinpath("examples", f"{name}.json")
    examples = shown.read_text(encoding="utf-8") if shown.is_file() else "[]"
    found = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if PurePath(entry.name).match(f"{name}.*.j2") or _is_shared(entry.name)
    }
    parts = _named_by([file for file in found if not _is_shared(file)], found)
    templates = {file: text for file, text in found.items() if file in parts}
    if f"{name}.system.j2" not in templates:
        raise FileNotFoundError(f"There is no prompt {name}")
    content = json.dumps([templates, examples], ensure_ascii=False)
    return Prompt(name, templates, json.loads(examples), hashlib.sha256(content.encode()).hexdigest())
