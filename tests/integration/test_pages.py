"""Every page as the server makes it; what the browser adds is tested in `tests/acceptance`."""

import re

import pytest

from tests.integration.conftest import Client


def page(client: Client, path: str, *, status: int = 200) -> str:
    """The page's words, without its markup."""
    answer = client.http.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def committed(client: Client) -> str:
    """A handoff with two versions; the second adds an item that a person vouches for."""
    deal = client.open_deal()
    shown, etag = client.suggestion(deal)
    shown, etag = client.accept_all(shown, etag)
    client.commit(shown["id"], etag, note="First cut")
    again, etag = client.reload(client.draft(deal)["suggestion"])
    edit = {"kind": "scope", "text": "A weekly call", "evidence": []}
    added = {"item": None, "verdict": "added", "edit": edit, "assertion": "Said on the phone"}
    answer = client.decide(again["id"], etag, added)
    client.commit(again["id"], answer.headers["etag"], leave_out_undecided=True)
    return str(shown["handoff"])


def test_an_empty_list_of_deals_leads_on(client: Client) -> None:
    assert "Start with a deal" in page(client, "/")


@pytest.mark.parametrize(
    ("step", "state"), [(0, "No source"), (1, "Ready to draft"), (2, "In review, 3 left"), (3, "Version 1")]
)
def test_the_list_says_where_each_deal_stands(client: Client, step: int, state: str) -> None:
    deal = client.open_deal()
    if step >= 1:
        client.paste(deal)
    if step >= 2:
        shown, etag = client.reload(client.draft(deal)["suggestion"])
    if step >= 3:
        shown, etag = client.accept_all(shown, etag)
        client.commit(shown["id"], etag)
    assert state in page(client, "/")


def test_a_search_without_a_hit_names_what_was_searched(client: Client) -> None:
    client.open_deal()
    assert "No deal is called “<b>”".replace("<b>", "&lt;b&gt;") in page(client, "/?search=%3Cb%3E")


def test_a_deal_without_a_source_says_why_there_is_no_draft(client: Client) -> None:
    assert "Add a source first" in page(client, f"/deals/{client.open_deal()}")


def test_a_deal_shows_its_sources_drafts_and_version(client: Client) -> None:
    handoff = client.get(f"/v1/handoffs/{committed(client)}")
    words = page(client, f"/deals/{handoff['deal']}")
    assert "Thread added by" in words
    assert "Version 2" in words
    assert "Drafts so far" in words


def test_a_source_says_what_it_is_and_who_gave_it(client: Client) -> None:
    deal = client.open_deal()
    source = client.paste(deal).json()
    words = page(client, f"/sources/{source['id']}")
    assert "Thread Given by" in words
    assert f"Size {source['size']} bytes SHA-256 {source['sha256']}" in words
    assert "There is no such thing here" in page(client, "/sources/nothing", status=404)


def test_a_job_and_a_review_have_their_frames(client: Client) -> None:
    deal = client.open_deal()
    client.paste(deal)
    job = client.draft(deal)
    assert "Drafting the handoff" in page(client, f"/jobs/{job['id']}")
    assert "Review the draft" in page(client, f"/suggestions/{job['suggestion']}")


def test_a_handoff_before_the_first_commit_shows_nothing_to_rely_on(client: Client) -> None:
    deal = client.open_deal()
    handoff = client.get(f"/v1/deals/{deal}/handoff")["id"]
    assert "No version yet" in page(client, f"/handoffs/{handoff}")


def test_a_handoff_shows_who_decided_and_who_vouches(client: Client) -> None:
    words = page(client, f"/handoffs/{committed(client)}")
    assert "Handoff, version 2, committed by" in words
    assert "Build five dashboards on top of the warehouse" in words
    assert "vouches: “Said on the phone”" in words


def test_two_versions_are_compared_word_by_word(client: Client) -> None:
    words = page(client, f"/handoffs/{committed(client)}?version=2&against=1")
    assert "What changed from version 1 to version 2" in words
    assert "Added A weekly call" in words


def test_a_version_that_does_not_exist_is_not_found(client: Client) -> None:
    assert "The handoff has no version 9." in page(client, f"/handoffs/{committed(client)}?version=9", status=404)


def test_the_type_of_a_problem_leads_to_its_remedy(client: Client) -> None:
    assert "Bring up to date" in page(client, "/problems/stale-suggestion")
    assert "There is no such thing here" in page(client, "/problems")
    assert "No problem is called" in page(client, "/problems/nonsense", status=404)


def test_an_unknown_address_is_answered_with_a_page(client: Client) -> None:
    assert "Back to the deals" in page(client, "/nowhere", status=404)
