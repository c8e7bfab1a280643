"""What all pages share: the frame, and how states and people are named."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from fastapi.responses import HTMLResponse

from api.context import Context, context
from summarizer.records import Person
from templates import environment

Here = Annotated[Context, Depends(context)]
"""The context of the running request, as a handler's parameter."""


@dataclass(frozen=True)
class Shell:
    """The frame round a page."""

    here: str
    """The entry of the navigation that is current."""
    person: Person
    people: list[Person]
    engine: str
    """The engine that drafts, as people read it."""


@dataclass(frozen=True)
class State:
    """Where something stands, in a few words."""

    label: str
    tone: str = ""
    """Class of the badge: good, warn, bad, accent, note, or none."""


def page(ctx: Context, template: str, content: object, *, here: str = "deals") -> HTMLResponse:
    """Render `pages/<template>.html.j2`; the template sees `content`, a dataclass, as `page`."""
    shell = Shell(here=here, person=ctx.person, people=ctx.people, engine=ctx.engine_label)
    html = environment().get_template(f"pages/{template}.html.j2").render(shell=shell, page=content)
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})
