"""The signed SOW of a deal over HTTP and its page: attach, compare, make items and findings of rows."""

from typing import Any

import pytest
from httpx2 import Response

from tests.integration.conftest import Client
from tests.integration.test_pages import page

SOW = b"""# Statement of work

## Scope

The supplier builds six dashboards on top of the warehouse.
The supplier hosts a server for 900 EUR a month.

## Client duties

The client sends the list of shops by 20 March 2026.
"""
NEWER = SOW.replace(b"six dashboards", b"five dashboards")


def attach(client: Client, deal: str, content: bytes = SOW, name: str = "signed.md") -> Response:
    return client.http.post(f"/v1/deals/{deal}/signed-sows", files={"file": (name, content)})


def compared(client: Client, deal: str, content: bytes = SOW) -> dict[str, Any]:
    """The comparison with this file, made."""
    comparison = attach(client, deal, content).json()["comparison"]
    client.work()
    return dict(client.get(f"/v1/comparisons/{comparison}"))


def sold(client: Client) -> str:
    """A deal with a thread."""
    deal = client.open_deal()
    client.paste(deal)
    return deal


def act(client: Client, comparison: dict[str, Any], row: str, what: str, **body: str) -> Response:
    return client.post(f"/v1/comparisons/{comparison['id']}/rows/{row}/{what}", body)


def test_a_signed_sow_is_compared_with_what_was_said(client: Client) -> None:
    deal = sold(client)
    answer = attach(client, deal)
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/signed-sows/{answer.json()['id']}")
    before = client.get(f"/v1/comparisons/{answer.json()['comparison']}")
    assert (before["rows"], before["sha256"]) == (None, answer.json()["sha256"])
    client.work()
    rows = client.get(f"/v1/comparisons/{before['id']}")["rows"]
    text = client.get(f"/v1/signed-sows/{answer.json()['id']}")["text"]
    source = client.get(f"/v1/deals/{deal}/sources")["rows"][0]["id"]
    thread = client.get(f"/v1/sources/{source}")["text"]
    different = rows[0]
    assert [row["column"] for row in rows] == ["different", "signed_only"]
    assert thread[slice(*different["said"]["value"])] == "five"
    assert text[slice(*different["signed"]["value"])] == "six"
    assert rows[1]["signed"]["quote"] == "The supplier hosts a server for 900 EUR a month."


def test_a_newer_file_makes_a_comparison_of_its_own_and_the_old_one_stays(client: Client) -> None:
    deal = sold(client)
    first, second = compared(client, deal), compared(client, deal, NEWER)
    assert [row["column"] for row in second["rows"]] == ["signed_only"]
    assert client.get(f"/v1/comparisons/{first['id']}") == first
    assert [each["id"] for each in client.get(f"/v1/deals/{deal}/comparisons")["rows"]] == [second["id"], first["id"]]
    assert len({each["sha256"] for each in client.get(f"/v1/deals/{deal}/signed-sows")["rows"]}) == 2
    words = page(client, f"/deals/{deal}/signed?comparison={first['id']}")
    assert "This is an older comparison" in words
    assert first["sha256"][:12] in words


def test_the_same_file_again_is_kept_once_and_compared_again(client: Client) -> None:
    deal = sold(client)
    first = attach(client, deal).json()
    again = attach(client, deal)
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert again.json()["comparison"] != first["comparison"]


def test_what_was_said_later_counts_when_it_is_compared_again(client: Client) -> None:
    deal = client.open_deal()
    first = compared(client, deal)
    assert {row["column"] for row in first["rows"]} == {"signed_only"}
    client.paste(deal)
    assert "1 source was added since" in page(client, f"/deals/{deal}/signed")
    asked = client.post(f"/v1/signed-sows/{first['signed_sow']}/comparisons")
    assert asked.status_code == 202
    client.work()
    assert client.get(asked.headers["location"])["rows"][0]["column"] == "different"


def test_a_row_becomes_an_item_of_the_open_review_with_the_words_of_the_thread(client: Client) -> None:
    shown, _ = client.suggestion(deal := client.open_deal())
    comparison = compared(client, deal)
    made = act(client, comparison, "r1", "item", kind="open_question", text="Five dashboards or six?")
    assert (made.status_code, made.json()["suggestion"]) == (201, shown["id"])
    after, _ = client.reload(shown["id"])
    row = after["items"][-1]
    assert (row["verdict"], row["item"]["text"]) == ("added", "Five dashboards or six?")
    assert [each["quote"] for each in row["item"]["evidence"]] == ["We want five dashboards on top of the warehouse."]


def test_without_an_open_review_a_row_becomes_a_pending_suggestion(client: Client) -> None:
    deal = sold(client)
    comparison = compared(client, deal)
    made = act(client, comparison, "r1", "item", kind="scope", text="Five dashboards").json()
    shown, etag = client.reload(made["suggestion"])
    assert (shown["committed_as"], shown["made_by"]["engine"]) == (None, "comparison")
    assert [(row["verdict"], row["item"]["grounding"]) for row in shown["items"]] == [("undecided", "exact")]
    shown, etag = client.accept_all(shown, etag)
    assert client.commit(shown["id"], etag).status_code == 201


@pytest.mark.parametrize("drafted", [True, False])
def test_what_nobody_said_is_vouched_for_and_names_the_file(client: Client, drafted: bool) -> None:
    deal = sold(client)
    if drafted:
        client.draft(deal)
    comparison = compared(client, deal)
    made = act(client, comparison, "r2", "item", kind="open_question", text="Who hosts the server?").json()
    shown, etag = client.reload(made["suggestion"])
    row = shown["items"][-1]
    note = (row["decision"] or row["item"]["assertion"])["assertion" if drafted else "note"]
    assert row["item"]["evidence"] == []
    assert "Stands in the signed SOW signed.md (SHA-256 " in note
    assert "“The supplier hosts a server for 900 EUR a month.”" in note
    shown, etag = client.accept_all(shown, etag)
    assert client.commit(shown["id"], etag).status_code == 201


def test_a_row_becomes_a_finding_that_each_review_shows(client: Client) -> None:
    shown, _ = client.suggestion(deal := client.open_deal())
    comparison = compared(client, deal)
    assert act(client, comparison, "r1", "finding", text="Six were signed").status_code == 201
    after, _ = client.reload(shown["id"])
    finding = after["findings"][-1]
    assert (finding["kind"], finding["text"]) == ("signed_otherwise", "Six were signed")
    assert [each["quote"] for each in finding["evidence"]] == ["We want five dashboards on top of the warehouse."]
    notes = client.get(f"/v1/comparisons/{comparison['id']}")["notes"]
    assert [(note["row"], note["became"], note["by"]) for note in notes] == [("r1", "finding", "rep")]


def test_an_unknown_row_and_an_empty_text_are_refused(client: Client) -> None:
    comparison = compared(client, sold(client))
    assert act(client, comparison, "r99", "finding", text="x").status_code == 404
    assert act(client, comparison, "r1", "finding", text=" ").status_code == 422
    assert act(client, comparison, "r1", "item", kind="nonsense", text="x").status_code == 422
    assert client.http.get("/v1/comparisons/nothing").status_code == 404


def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_kept(client: Client) -> None:
    deal = sold(client)
    assert attach(client, deal, b"PK\x03\x04\x14\x00", "broken.docx").status_code == 422
    assert client.get(f"/v1/deals/{deal}/signed-sows")["rows"] == []
    assert client.get(f"/v1/deals/{deal}/comparisons")["rows"] == []


def test_a_file_with_more_text_than_a_source_may_have_is_refused(client: Client) -> None:
    answer = attach(client, sold(client), b"We build six dashboards. " * 40_001)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/source-too-large")


def test_the_signed_sow_is_neither_a_precedent_nor_a_source(client: Client) -> None:
    deal = sold(client)
    attach(client, deal)
    client.work()
    assert client.get("/v1/sows")["rows"] == []
    assert len(client.get(f"/v1/deals/{deal}/sources")["rows"]) == 1
    shown, _ = client.reload(client.draft(deal)["suggestion"])
    assert shown["precedents"] == []


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_page_shows_three_columns_and_leads_to_both_places(client: Client) -> None:
    deal = sold(client)
    assert "Attach the signed SOW" in page(client, f"/deals/{deal}/signed")
    comparison = compared(client, deal)
    shown = client.http.get(f"/deals/{deal}/signed").text
    assert "We want <mark>five</mark> dashboards" in shown
    assert "builds <mark>six</mark> dashboards" in shown
    evidence = comparison["rows"][0]["said"]["evidence"]
    assert f"/sources/{evidence['source']}#words-{evidence['start']}-{evidence['end']}" in shown
    assert f"/signed-sows/{comparison['signed_sow']}?comparison={comparison['id']}#at-r1" in shown
    assert ">six</a>" in client.http.get(f"/signed-sows/{comparison['signed_sow']}?comparison={comparison['id']}").text
    words = page(client, f"/deals/{deal}")
    assert "1 different numbers or dates, 0 said and not signed, 1 signed and never said" in words


def test_the_page_waits_for_the_comparison(client: Client) -> None:
    deal = sold(client)
    attach(client, deal)
    assert "Comparing…" in page(client, f"/deals/{deal}/signed")
    assert "being compared with what was said" in page(client, f"/deals/{deal}")


def test_a_long_column_is_folded(client: Client) -> None:
    deal = sold(client)
    lines = "\n".join(f"- Module number {'abcdefgh'[n % 8]}{n} stores {n + 2000} crates of fruit." for n in range(40))
    compared(client, deal, f"# Scope\n\n{lines}\n".encode())
    assert "Show 10 more" in page(client, f"/deals/{deal}/signed")


def test_text_of_a_signed_file_is_never_markup(client: Client) -> None:
    deal = sold(client)
    hostile = b"# Scope\n\nWe build <script>alert(1)</script> nine dashboards on top of the warehouse for \"x\" 'y'.\n"
    comparison = compared(client, deal, hostile)
    for path in (f"/deals/{deal}/signed", f"/signed-sows/{comparison['signed_sow']}"):
        assert "<script>alert" not in client.http.get(path).text


def test_the_original_is_given_back_to_the_letter(client: Client) -> None:
    signed = attach(client, sold(client), SOW, "folder/Größe.md").json()
    answer = client.http.get(f"/v1/signed-sows/{signed['id']}/original")
    assert (signed["name"], answer.content) == ("Größe.md", SOW)
    assert answer.headers["content-type"] == "application/octet-stream"
