"""Loads a prompt: `NAME.system.j2`, `NAME.request.j2`, what they import as `NAME.*.j2`, and `examples/NAME.json`."""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined


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

    def render(self, **variables: Any) -> Rendered:
        """Fill in the variables.

        Raises jinja2.UndefinedError, which names the variable, when one is missing.
        """
        environment = Environment(
            loader=DictLoader(self.templates),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701 - plain text for a model; nothing here reaches a browser
        )
        environment.filters["compact_json"] = _compact_json
        system = environment.get_template(f"{self.name}.system.j2").render(examples=self.examples)
        return Rendered(system, environment.get_template(f"{self.name}.request.j2").render(variables))


def _compact_json(value: object) -> str:
    # White space is paid for, and a model writes JSON in the way in which it sees it written.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(name: str, folder: Traversable | None = None) -> Prompt:
    """The prompt of that name, out of `folder` instead of this package where given.

    Raises FileNotFoundError when there is none.
    """
    folder = folder or files("prompts")
    examples = folder.joinpath("examples", f"{name}.json").read_text(encoding="utf-8")
    templates = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if PurePath(entry.name).match(f"{name}.*.j2")
    }
    content = json.dumps([templates, examples], ensure_ascii=False)
    return Prompt(name, templates, json.loads(examples), hashlib.sha256(content.encode()).hexdigest())
