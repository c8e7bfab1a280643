"""One request is one transaction, in one workspace, by one person; and a repeated POST is answered once."""

import hashlib
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from api.wiring import Services
from summarizer.ports import Store
from summarizer.records import Person, StoredResponse
from summarizer.service import Desk, who_acts

REPLAYED = ("location", "etag", "content-type")
"""Headers that belong to an answer and are kept with it."""


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
    """Runs a handler in a transaction that is committed before the answer is sent, and rolled back on any error."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def in_transaction(request: Request) -> Response:
            services: Services = request.app.state.services
            transaction = services.database.begin(services.settings.workspace)
            request.state.store = await run_in_threadpool(transaction.__enter__)
            try:
                answer = await _once(request, handle)
            except BaseException as error:
                await run_in_threadpool(transaction.__exit__, type(error), error, error.__traceback__)
                raise
            await run_in_threadpool(transaction.__exit__, None, None, None)
            return answer

        return in_transaction


async def _once(request: Request, handle: Callable[[Request], Coroutine[Any, Any, Response]]) -> Response:
    """Answer a POST with an `Idempotency-Key` once; its repetition gets the first answer again."""
    key = request.headers.get("idempotency-key", "").strip('"')
    if request.method != "POST" or not key:
        return await handle(request)
    idempotency = request.state.store.idempotency
    scope = f"{_person_id(request)} {request.url.path}"
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


def _person_id(request: Request) -> str:
    return request.headers.get("x-person") or request.cookies.get("person") or ""


def context(request: Request) -> Context:
    """The context of the running request; an unknown person counts as its first sales rep."""
    store: Store = request.state.store
    people = store.people.all()
    person = who_acts(people, _person_id(request))
    return Context(store, person, people, request.app.state.services)


def strong_etag(*parts: object) -> str:
    """A strong entity tag of all that the representation depends on."""
    return '"' + hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32] + '"'
