"""Lists that come in parts."""

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from summarizer.records import Page, Slice

T = TypeVar("T")


class Rows(BaseModel, Generic[T]):
    """A part of a list; `next` is the token of the next part, `null` at the end."""

    rows: Sequence[T]
    next: str | None = None


def page_of(
    page_size: Annotated[int, Query(ge=1, description="At most 200; more is taken as 200.")] = 50,
    page_token: Annotated[str | None, Query(description="The `next` of the part before.")] = None,
) -> Slice:
    """Which part of a list the request asks for."""
    return Slice(size=min(page_size, 200), after=page_token)


def rows(page: Page[T]) -> Rows[T]:
    return Rows(rows=page.rows, next=page.next)
