"""The service over a real database, with an engine that a test scripts, and a browserless client."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.documents import open_documents
from api.settings import Settings
from api.wiring import LOCAL_PEOPLE, Services
from summarizer.adapters.bell import Bell
from summarizer.adapters.database.store import Database
from summarizer.adapters.postgres import Cluster
from summarizer.adapters.queue import Queue
from summarizer.comparing import Bench, make_comparison
from summarizer.draft_job import Workshop, run
from summarizer.errors import SummarizerError
from summarizer.indexing import index_sow, mend
from summarizer.items import Kind, MadeBy, Side
from summarizer.ports import Answer, Candidate, CandidateStakeholder, Engine
from summarizer.support import RuleCheck
from summarizer.testing import MemoryPrecedents, ScriptedEngine, alike_by_words
from tests.conftest import WORKSPACE

THREAD = """From: Moira Finn <moira@velmere.example>
To: Owen Hart <owen@brackwater.example>
Date: Mon, 2 Mar 2026 09:14
Subject: Dashboards

Hi Owen 🙂,

We want five dashboards on top of the warehouse.
I send you the list of shops by 20 March.

Moira
"""
SCRIPT: Sequence[Answer] = (
    Candidate(Kind.SCOPE, "Build five dashboards on top of the warehouse", (2,)),
    Candidate(Kind.DEPENDENCY, "Moira Finn sends the list of shops", (3,), owner="Moira Finn"),
    CandidateStakeholder("Moira Finn", side=Side.CLIENT, email="moira@velmere.example"),
    MadeBy(engine="scripted", model="script", prompt="sha256:0", tokens_in=7, tokens_out=3),
)


@dataclass
class Client:
    """What a test does as a client of the service, and what it needs to look behind it."""

    http: TestClient
    services: Services

    def post(self, path: str, body: Any = None, **headers: str) -> Response:
        """POST a JSON body; header names are given with underscores."""
        return self.http.post(path, json=body or {}, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def get(self, path: str) -> Any:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def open_deal(self, name: str = "Dashboards") -> str:
        body = {"name": name, "client": "Velmere", "vendor": "Brackwater", "deal_type": "implementation"}
        return str(self.post("/v1/deals", body).json()["id"])

    def paste(self, deal: str, text: str = THREAD) -> Response:
        return self.post(f"/v1/deals/{deal}/sources", {"name": "Thread", "text": text})

    def work(self) -> None:
        """Work off the queue, here and now."""
        self.services.queue.work_until_idle()

    def draft(self, deal: str) -> dict[str, Any]:
        """Ask for a draft, make it, and give the job as it is then."""
        job = self.post(f"/v1/deals/{deal}/suggestions").json()
        self.work()
        return dict(self.get(f"/v1/jobs/{job['id']}"))

    def suggestion(self, deal: str | None = None) -> tuple[dict[str, Any], str]:
        """A fresh suggestion and its ETag."""
        deal = deal or self.open_deal()
        self.paste(deal)
        return self.reload(self.draft(deal)["suggestion"])

    def reload(self, suggestion: str) -> tuple[dict[str, Any], str]:
        answer = self.http.get(f"/v1/suggestions/{suggestion}")
        return answer.json(), answer.headers["etag"]

    def decide(self, suggestion: str, etag: str, *decisions: dict[str, Any]) -> Response:
        return self.post(f"/v1/suggestions/{suggestion}/decisions", {"decisions": decisions}, If_Match=etag)

    def accept_all(self, shown: dict[str, Any], etag: str) -> tuple[dict[str, Any], str]:
        rows = [*shown["items"], *shown["stakeholders"]]
        open_rows = [{"item": row["item"]["id"], "verdict": "accepted"} for row in rows if row["open"]]
        answer = self.decide(shown["id"], etag, *open_rows)
        return answer.json(), answer.headers["etag"]

    def commit(self, suggestion: str, etag: str, **body: Any) -> Response:
        return self.post(f"/v1/suggestions/{suggestion}/commit", body, If_Match=etag)


@contextmanager
def serving(cluster: Cluster, database: Database, engine: Engine, folder: Path) -> Iterator[Client]:
    """The service with this engine, as a client reaches it."""
    index = MemoryPrecedents()

    def workshop(workspace: str) -> Workshop:
        return Workshop(lambda: database.begin(workspace), engine, index, workspace)

    queue = Queue(
        cluster.app_url,
        run=lambda workspace, job, stop: run(workshop(workspace), job, interrupted=stop),
        index=lambda workspace, sow: index_sow(workshop(workspace), sow),
        mend=lambda workspace: mend(workshop(workspace)),
        compare=lambda workspace, comparison: make_comparison(
            Bench(lambda: database.begin(workspace), alike_by_words), comparison
        ),
    )
    settings = Settings(workspace=WORKSPACE, data=folder, max_source_bytes=1_000_000)
    with database.begin(WORKSPACE) as store:
        for person in LOCAL_PEOPLE:
            store.people.add(person)
    bell, documents = Bell(cluster.app_url), open_documents(settings)
    services = Services(settings, database, index, RuleCheck(), None, engine, bell, queue, documents, True)
    with TestClient(create_app(services), base_url="http://localhost") as http:
        yield Client(http, services)


@pytest.fixture
def script() -> list[Answer | SummarizerError]:
    """What the engine answers; a test may override it."""
    return list(SCRIPT)


@pytest.fixture
def client(
    cluster: Cluster, database: Database, script: list[Answer | SummarizerError], tmp_path: Path
) -> Iterator[Client]:
    with serving(cluster, database, ScriptedEngine(script), tmp_path) as made:
        yield made
