"""The pages: HTML made on the server; every change that a page makes goes through the JSON interface."""

from fastapi import APIRouter

from api.context import TransactionRoute
from api.pages import deals, handoffs, problems, reviews, signed, sources, sows


def pages() -> APIRouter:
    """All routes that answer with a page."""
    router = APIRouter(include_in_schema=False, route_class=TransactionRoute)
    for part in (deals, sources, reviews, handoffs, signed, sows, problems):
        part.add_to(router)
    return router
