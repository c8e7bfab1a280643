"""The library of past SOWs over HTTP: upload, list, versions, original, details, search, and its pages."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from httpx2 import Response

from tests.integration.conftest import Client
from tests.integration.test_pages import page

OLD = b"# Portal SOW\n\n## Scope of services\n\nWe build dashboards on a warehouse.\n\n## Fees\n\nForty thousand.\n"
NEW = OLD.replace(b"Forty", b"Fifty")


def add(client: Client, /, content: bytes = OLD, name: str = "old.md", person: str = "rep", **said: Any) -> Response:
    files = {"file": (name, content)}
    return client.http.post("/v1/sows", files=files, data=said, headers={"X-Person": person})


def put_into_a_group(client: Client, person: str) -> None:
    with client.services.database.begin(client.services.settings.workspace) as store:
        store.people.regroup(person, ["legal"])


def test_an_upload_says_what_the_file_was_to_the_library(client: Client) -> None:
    first, again, changed = add(client, client="Tarn", year=2024), add(client), add(client, NEW)
    assert [(each.status_code, each.json()["arrival"]) for each in (first, again, changed)] == [
        (201, "added"),
        (200, "unchanged"),
        (201, "new_version"),
    ]
    sow = changed.json()
    assert changed.headers["location"] == f"/v1/sows/{sow['id']}"
    assert (sow["client"], sow["year"], sow["version"], sow["size"]) == ("Tarn", 2024, 2, len(NEW))
    versions = client.get(f"/v1/sows/{sow['id']}/versions")["rows"]
    assert [each["version"] for each in versions] == [2, 1]
    old = client.get(f"/v1/sows/{first.json()['id']}")
    assert (old["newest"], "Forty" in old["text"]) == (sow["id"], True)


def test_a_sow_shows_what_each_section_settles(client: Client) -> None:
    sow = client.get(f"/v1/sows/{add(client).json()['id']}")
    assert [(each["heading"], each["kind"]) for each in sow["sections"]] == [
        ("Scope of services", "scope"),
        ("Fees", "price"),
    ]
    assert [sow["text"][each["start"] : each["end"]] for each in sow["sections"]] == [
        each["text"] for each in sow["sections"]
    ]


def test_the_original_is_given_back_to_the_letter_and_never_shown_as_a_page(client: Client) -> None:
    content = b"<script>alert(1)</script><h1>Scope</h1>Words"
    sow = add(client, content, "folder/Größe 1.html").json()
    answer = client.http.get(f"/v1/sows/{sow['id']}/original")
    assert answer.content == content
    assert answer.headers["content-disposition"].split("''")[1] == quote("Größe 1.html")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_the_list_is_filtered(client: Client) -> None:
    add(client, deal_type="migration", year=2024, outcome="overran", client="Tarn")
    add(client, b"# Scope\n\nTraining.", "other.md")

    def found(query: str) -> list[str]:
        return [row["name"] for row in client.get(f"/v1/sows?{query}")["rows"]]

    queries = ("", "deal_type=migration", "year=2024&outcome=overran", "search=TARN", "year=2023")
    assert [found(query) for query in queries] == [["other.md", "old.md"], ["old.md"], ["old.md"], ["old.md"], []]
    assert client.http.get("/v1/sows?deal_type=nonsense").status_code == 422


def test_what_is_known_of_a_sow_can_be_changed_later(client: Client) -> None:
    sow = add(client).json()["id"]
    said = {"client": "Tarn", "deal_type": "training", "year": 2025, "outcome": "delivered", "readers": []}
    answer = client.http.put(f"/v1/sows/{sow}/details", json=said)
    assert {name: answer.json()[name] for name in said} == said
    refused = client.http.put(f"/v1/sows/{sow}/details", json={"readers": ["legal"]})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/invalid-input")


def test_a_restricted_sow_is_nowhere_for_others(client: Client) -> None:
    put_into_a_group(client, "reviewer")
    sow = add(client, person="reviewer", readers=["legal"]).json()["id"]
    client.work()
    paths = [f"/v1/sows/{sow}{rest}" for rest in ("", "/versions", "/original")]
    for person, status, rows in (("rep", 404, 0), ("reviewer", 200, 1)):
        who = {"X-Person": person}
        assert [client.http.get(path, headers=who).status_code for path in (*paths, f"/sows/{sow}")] == [status] * 4
        lists = [client.http.get(path, headers=who).json()["rows"] for path in ("/v1/sows", "/v1/sows/search?q=fees")]
        assert [min(len(each), 1) for each in lists] == [rows, rows]


def test_a_draft_quotes_nothing_that_is_restricted(client: Client) -> None:
    put_into_a_group(client, "rep")
    add(client, readers=["legal"])
    client.work()
    shown, _ = client.suggestion()
    assert shown["precedents"] == []


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_list_of_sows_shows_what_is_known_and_leads_on(client: Client) -> None:
    assert "No past SOWs yet" in page(client, "/sows")
    add(client, deal_type="migration", year=2024, outcome="overran", client="Tarn")
    add(client, NEW)
    words = page(client, "/sows")
    assert "old.md Version 2 Tarn Migration 2024 Overran" in words
    assert "No SOW fits" in page(client, "/sows?search=nothing")
    assert "old.md" in page(client, "/sows?deal_type=migration&outcome=&year=nonsense&search=")


def test_a_long_list_of_sows_keeps_its_filter_from_page_to_page(client: Client) -> None:
    for number in range(51):
        add(client, f"# Scope\n\nPart {number}.".encode(), f"sow {number}.md", outcome="delivered")
    shown = client.http.get("/sows?outcome=delivered").text
    older = re.search(r'href="(/sows\?outcome=delivered[^"]*)">Older', shown)
    assert older
    assert "sow 0.md" in page(client, older[1].replace("&amp;", "&"))


def test_a_sow_is_shown_with_its_sections_and_an_older_version_says_so(client: Client) -> None:
    first = add(client).json()["id"]
    assert "Scope Portal SOW Scope of services We build dashboards on a warehouse." in page(client, f"/sows/{first}")
    second = add(client, NEW).json()["id"]
    assert "This is version 1, which drafts and searches pass over. Version 2 took its place." in page(
        client, f"/sows/{first}"
    )
    assert "Versions Version 2" in page(client, f"/sows/{second}")


def test_a_search_marks_the_words_and_leads_to_the_section(client: Client) -> None:
    sow = add(client).json()["id"]
    client.work()
    shown = client.http.get("/sows/search", params={"q": "building a dashboard"}).text
    assert "We <mark>build</mark> <mark>dashboards</mark> on a warehouse." in shown
    assert f'href="/sows/{sow}?q=building+a+dashboard#s-0"' in shown
    assert "<mark>dashboards</mark>" in client.http.get(f"/sows/{sow}?q=dashboard").text


def test_a_search_without_a_hit_names_what_was_searched(client: Client) -> None:
    assert "Nothing is found for “zebra”" in page(client, "/sows/search?q=zebra")


def test_words_without_any_meaning_find_nothing_though_there_are_sows(client: Client) -> None:
    add(client)
    client.work()
    assert client.get("/v1/sows/search?q=qwxz+plorf")["rows"] == []
    assert "Try the words that a SOW would use" in page(client, "/sows/search?q=qwxz+plorf")


def test_a_search_stays_within_the_type_and_year_that_are_asked_for(client: Client) -> None:
    sow = add(client, deal_type="migration", year=2024).json()["id"]
    client.work()
    asked = "q=dashboards&deal_type=migration&year=2024"
    address = asked.replace("&", "&amp;")
    assert f'href="/sows/{sow}?{address}#s-0"' in client.http.get(f"/sows/search?{asked}").text
    assert f'href="/sows/search?{address}"' in client.http.get(f"/sows/{sow}?{asked}").text
    elsewhere = client.http.get("/sows/search?q=dashboards&deal_type=training").text
    assert 'href="/sows/search?q=dashboards">Search in all SOWs' in elsewhere
    assert client.get("/v1/sows/search?q=dashboards&year=2023")["rows"] == []


@pytest.mark.parametrize("path", ["/sows/search", "/sows/search?q=%20"])
def test_a_search_for_nothing_asks_for_words(client: Client, path: str) -> None:
    assert "Search the wording" in page(client, path)


def test_text_of_a_sow_is_never_markup(client: Client) -> None:
    sow = add(client, b"# Scope <img src=x>\n\n<script>alert(1)</script> dashboards\n").json()["id"]
    client.work()
    for path in (f"/sows/{sow}?q=dashboards", "/sows/search?q=dashboards"):
        shown = client.http.get(path).text
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown
