"""A small workspace to look round in: four deals with their sources, and past SOWs."""

import json
from pathlib import Path
from typing import Any

from api.wiring import Services
from summarizer import service
from summarizer.library import SowFile, add_sow
from summarizer.ports import Documents
from summarizer.records import Deal, Person, Slice, SowDetails
from summarizer.service import Desk

FOLDER = Path(__file__).parent


def demo_people() -> list[Person]:
    """The three who work in the demonstration."""
    return [Person.model_validate(person) for person in _index()["people"]]


def load_demo(services: Services) -> bool:
    """Fill the workspace unless it has deals; whether it was filled."""
    index = _index()
    with services.database.begin(services.settings.workspace) as store:
        if store.deals.page(Slice(size=1)).rows:
            return False
        desk = Desk(store, service.who_acts(store.people.all(), None))
        for deal in reversed(index["deals"]):
            _open(desk, deal, services.documents)
        for sow in index["sows"]:
            file = SowFile(sow.pop("name"), (FOLDER / sow["file"]).read_bytes(), kind=sow.pop("file"))
            add_sow(desk, file, documents=services.documents, details=SowDetails.model_validate(sow))
    return True


def _index() -> dict[str, Any]:
    return dict(json.loads((FOLDER / "demo.json").read_text("utf-8")))


def _open(desk: Desk, known: dict[str, Any], documents: Documents) -> None:
    sources = known.pop("sources")
    deal = Deal.model_validate(
        known | {"id": service.new_id(), "created_by": desk.person.id, "created_at": service.now()}
    )
    desk.store.deals.add(deal)
    for source in sources:
        content = (FOLDER / source["file"]).read_bytes()
        service.give_source(
            desk, deal.id, name=source["name"], content=content, documents=documents, file_name=source["file"]
        )
