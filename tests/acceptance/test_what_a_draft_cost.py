"""A draft by a model of somebody else's: what it cost, what it did not get to see, and the second draft behind it."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.acceptance.test_review_page import THREAD
from tests.integration.llm_server import KEY, Endpoint, endpoint, streamed
from tests.integration.processes import ROOT, Server, command, environment, eventually, server

ITEM = {"kind": "scope", "text": "PERSON_1 gets five dashboards", "cite": [2]}
ANSWER = json.dumps({"items": [ITEM], "stakeholders": []})
PRICES = json.dumps({"scripted": {"input": 2.0, "output": 8.0}})


@contextmanager
def serving(data: Path, model: Endpoint) -> Iterator[tuple[Server, dict[str, str]]]:
    settings = {
        "llm_model": "scripted",
        "llm_base_url": model.url,
        "llm_api_key": KEY or "",
        "llm_prices": PRICES,
        "redact": "true",
        "shadow": "embedded",
        "shadow_share": "1",
    }
    with server(data, **settings) as running:
        yield running, environment(data, **settings)
        running.stop()


def suggested(running: Server) -> str:
    """Id of the suggestion that is made from the thread."""
    said = {"name": "Dashboards", "client": "Velmere", "vendor": "Brackwater"}
    deal = running.http.post("/v1/deals", json=said).json()["id"]
    running.http.post(f"/v1/deals/{deal}/sources", json={"name": "Thread", "text": THREAD})
    job = running.http.post(f"/v1/deals/{deal}/suggestions").json()["id"]
    eventually(lambda: running.get(f"/v1/jobs/{job}")["status"] == "done", seconds=60)
    return str(running.get(f"/v1/jobs/{job}")["suggestion"])


def test_the_page_says_what_a_draft_cost_and_what_the_model_did_not_see(browser: Browser, tmp_path: Path) -> None:
    with endpoint(streamed(ANSWER)) as model, serving(tmp_path / "data", model) as (running, environment):
        suggestion = suggested(running)
        made_by = running.get(f"/v1/suggestions/{suggestion}")["made_by"]
        assert (made_by["tokens_in"], made_by["tokens_out"], made_by["cost"]) == (120, 30, 0.00048)
        page = browser.new_page(base_url=str(running.http.base_url))
        page.goto(f"/suggestions/{suggestion}")
        expect(page.locator(".made-by")).to_contain_text(
            re.compile(r"\(scripted\) in \d+\.\d s, 120 tokens in, 30 out, cost 0\.0005\. The model saw placeholders")
        )
        page.close()
        sent = json.dumps(model.requests[0]["messages"][-1])
        assert [words for words in ("Moira", "Finn", "Owen", "velmere.example") if words in sent] == []
        assert "Velmere" in sent
        eventually(lambda: "1 more wait" in shadows(environment), seconds=60)


def shadows(environment: dict[str, str]) -> str:
    """What the command says of the drafts in the background."""
    words = command("eval", "shadow")
    done = subprocess.run(words, capture_output=True, text=True, env=environment, cwd=ROOT, check=True)
    return " ".join(done.stdout.split())
