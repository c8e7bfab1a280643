"""Who works here, and whether the service is well."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.context import Context, TransactionRoute, context
from api.lists import Rows
from api.views import Health
from summarizer.records import Person

router = APIRouter(prefix="/v1", tags=["service"], route_class=TransactionRoute)
Ctx = Annotated[Context, Depends(context)]


@router.get("/health", operation_id="getHealth")
def get_health(ctx: Ctx) -> Health:
    """Answers when the database does."""
    return Health(engine=ctx.engine_label)


@router.get("/people", operation_id="listPeople")
def list_people(ctx: Ctx) -> Rows[Person]:
    """The people of the workspace."""
    return Rows(rows=ctx.people)
