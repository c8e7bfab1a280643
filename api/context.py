"""One request is one transaction, in one workspace, by one person; and a repeated POST is answered once."""

import hashlib
import json
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from api.wiring import Services
from summarizer.errors import InvalidInput
from summarizer.records import Person, StoredResponse
from summarizer.service import Desk, who_acts
from summarizer.stores import Store

REPLAYED = ("location", "etag", "content-type")
"""Headers that belong to an answer and are kept with it."""

MOST_KEY_CHARACTERS = 255

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """What a handler needs to know."""

    store: Store
    person: Person
    people: list[Person]
    services: Services

    @property
    def desk(self) -> Desk:
        return Desk(self.store, self.person)

    @property
    def engine_label(self) -> str:
        return self.services.settings.engine_label

    def name_of(self, person_id: str) -> str:
        """The person's name; the id of one who is not known any more."""
        return next((person.name for person in self.people if person.id == person_id), person_id)


class TransactionRoute(APIRoute):
    """Runs a handler in a transaction that is committed before the answer is sent, and rolled back on any error.

    Its turn begins once the body is here: a client that is slow to send holds nothing that others wait for.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def in_turn(request: Request) -> Response:
            await request.body()
            async with request.app.state.turns:
                return await in_transaction(request)

        async def in_transaction(request: Request) -> Response:
            services: Services = request.app.state.services
            transaction = services.database.begin(services.settings.workspace)
            store = await run_in_threadpool(transaction.__enter__)
            try:
                request.state.context = await run_in_threadpool(_context, request, store)
                answer = await _once(request, handle)
            except BaseException as error:
                await run_in_threadpool(transaction.__exit__, type(error), error, error.__traceback__)
                raise
            await run_in_threadpool(transaction.__exit__, None, None, None)
            return answer

        return in_turn


async def look(request: Request, read: Callable[[Store], T]) -> T:
    """Read in a short transaction of its own, for what cannot keep one open: an event stream. It takes its turn too."""
    services: Services = request.app.state.services

    def in_transaction() -> T:
        with services.database.begin(services.settings.workspace) as store:
            return read(store)

    async with request.app.state.turns:
        return await run_in_threadpool(in_transaction)


async def _once(request: Request, handle: Callable[[Request], Coroutine[Any, Any, Response]]) -> Response:
    """Answer a POST with an `Idempotency-Key` once; its repetition gets the first answer again."""
    key = request.headers.get("idempotency-key", "").strip('"')
    if request.method != "POST" or not key:
        return await handle(request)
    if len(key) > MOST_KEY_CHARACTERS:
        raise InvalidInput(f"The `Idempotency-Key` is longer than {MOST_KEY_CHARACTERS} characters.")
    ctx: Context = request.state.context
    idempotency = ctx.store.idempotency
    scope = hashlib.sha256(f"{ctx.person.id} {request.url.path}".encode()).hexdigest()
    fingerprint = _fingerprint(await request.body(), request.headers.get("content-type", ""))
    known = await run_in_threadpool(idempotency.claim, key, scope, fingerprint)
    if known is not None:
        return Response(known.body, known.status, {**known.headers, "Idempotency-Replayed": "true"})
    answer = await handle(request)
    headers = {name: value for name, value in answer.headers.items() if name in REPLAYED}
    response = StoredResponse(status=answer.status_code, headers=headers, body=bytes(answer.body))
    await run_in_threadpool(idempotency.keep, key, scope, response=response)
    return answer


def _fingerprint(body: bytes, content_type: str) -> str:
    """The same for the same content: a browser that repeats an upload draws another boundary between its parts."""
    _, _, boundary = content_type.partition("boundary=")
    same = body.replace(boundary.strip('"').encode(), b"") if boundary else body
    return hashlib.sha256(same).hexdigest()


def _context(request: Request, store: Store) -> Context:
    people = store.people.all()
    return Context(store, _person(request, people), people, request.app.state.services)


def _person(request: Request, people: Sequence[Person]) -> Person:
    """Whom the header names; without one, whom the pages' cookie names, or else the first sales rep."""
    named = request.headers.get("x-person")
    if named is None:
        return who_acts(people, request.cookies.get("person"))
    person = next((person for person in people if person.id == named), None)
    if person is None:
        raise InvalidInput("The header `X-Person` names nobody here; ids: GET /v1/people.")
    return person


async def context(request: Request) -> Context:
    """The context of the running request."""
    running: Context = request.state.context
    return running


def strong_etag(*parts: object) -> str:
    """A strong entity tag of all that the representation depends on."""
    return '"' + hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32] + '"'
