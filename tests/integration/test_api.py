"""The whole job over HTTP."""

import json
from secrets import token_hex
from typing import Any

import pytest

from summarizer.errors import EngineUnavailable, SummarizerError
from summarizer.ports import Answer
from summarizer.records import Person, Work
from tests.integration.conftest import SCRIPT, THREAD, Client

DEAL = {"name": "Portal", "client": "Velmere", "vendor": "Brackwater"}


def test_a_thread_becomes_a_version(client: Client) -> None:
    shown, etag = client.suggestion()
    shown, etag = client.accept_all(shown, etag)
    answer = client.commit(shown["id"], etag, note="First cut")
    version = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/handoffs/{shown['handoff']}/versions/1"
    assert [(each["item"]["id"], each["item"]["kind"], each["item"]["text"]) for each in version["items"]] == [
        ("1.1", "scope", "Build five dashboards on top of the warehouse"),
        ("1.2", "dependency", "Moira Finn sends the list of shops"),
    ]
    assert [each["item"]["name"] for each in version["stakeholders"]] == ["Moira Finn"]
    assert client.reload(shown["id"])[0]["committed_as"] == 1


def test_offsets_count_code_points_of_the_stored_text(client: Client) -> None:
    shown, _ = client.suggestion()
    source = client.get(f"/v1/sources/{shown['sources'][0]}")
    evidence = shown["items"][1]["item"]["evidence"][0]
    assert source["text"] == THREAD
    assert THREAD[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert evidence["quote"].startswith("I send you the list")


def test_asking_for_a_draft_answers_with_a_job(client: Client) -> None:
    deal = client.open_deal()
    client.paste(deal)
    answer = client.post(f"/v1/deals/{deal}/suggestions")
    job = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    assert (job["status"], job["base_version"], job["attempts"]) == ("queued", 0, 0)


def test_a_deal_without_a_source_has_nothing_to_draft(client: Client) -> None:
    answer = client.post(f"/v1/deals/{client.open_deal()}/suggestions")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/nothing-to-draft")


def test_the_same_text_again_is_the_same_source(client: Client) -> None:
    deal = client.open_deal()
    first, second = client.paste(deal), client.paste(deal)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_the_events_of_a_job_are_streamed_and_can_be_resumed(client: Client) -> None:
    deal = client.open_deal()
    client.paste(deal)
    job = client.draft(deal)
    stream = client.http.get(f"/v1/jobs/{job['id']}/events")
    kinds = [line.removeprefix("event: ") for line in stream.text.splitlines() if line.startswith("event: ")]
    ids = [line.removeprefix("id: ") for line in stream.text.splitlines() if line.startswith("id: ")]
    assert kinds == ["status", "status", *["progress"] * 3, "item", "item", "stakeholder", "done"]
    rest = client.http.get(f"/v1/jobs/{job['id']}/events", headers={"Last-Event-ID": ids[-2]})
    assert [line for line in rest.text.splitlines() if line.startswith("event: ")] == ["event: done"]


def test_a_decision_needs_the_etag_of_what_was_seen(client: Client) -> None:
    shown, etag = client.suggestion()
    accept = {"item": "i1", "verdict": "accepted"}
    missing = client.post(f"/v1/suggestions/{shown['id']}/decisions", {"decisions": [accept]})
    assert (missing.status_code, missing.json()["type"]) == (428, "/problems/precondition-required")
    assert client.decide(shown["id"], etag, accept).status_code == 200
    stale = client.decide(shown["id"], etag, accept)
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale-review")
    assert stale.json()["current"] == f"/v1/suggestions/{shown['id']}"


def test_decisions_are_taken_all_or_none(client: Client) -> None:
    shown, etag = client.suggestion()
    accept, unknown = {"item": "i1", "verdict": "accepted"}, {"item": "i99", "verdict": "accepted"}
    assert client.decide(shown["id"], etag, accept, unknown).status_code == 404
    assert client.reload(shown["id"]) == (shown, etag)


def test_an_edit_reads_its_quotes_from_the_source(client: Client) -> None:
    shown, etag = client.suggestion()
    source, start = shown["sources"][0], THREAD.index("five dashboards")
    span = {"source": source, "start": start, "end": start + len("five dashboards")}
    edit = {"kind": "scope", "text": "Build five dashboards", "evidence": [span]}
    changed = client.decide(shown["id"], etag, {"item": "i1", "verdict": "edited", "edit": edit}).json()
    row = changed["items"][0]
    assert row["item"]["evidence"] == [{**span, "message": 1, "quote": "five dashboards"}]
    assert (row["item"]["grounding"], row["verdict"]) == ("exact", "edited")
    assert row["drafted"] == shown["items"][0]["item"]


def test_a_refused_body_is_explained_in_words_and_pointed_at_for_programs(client: Client) -> None:
    answer = client.http.post("/v1/deals", json={"name": "  ", "client": "Velmere"})
    assert answer.status_code == 422
    assert answer.json()["detail"] == "name: something has to stand here; vendor: something has to stand here"
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["#/name", "#/vendor"]


def test_an_item_can_be_added_and_taken_back(client: Client) -> None:
    shown, etag = client.suggestion()
    edit = {"kind": "obligation", "text": "Work ends at six", "evidence": []}
    added = client.decide(shown["id"], etag, {"verdict": "added", "edit": edit})
    assert [row["item"]["id"] for row in added.json()["items"]] == ["i1", "i2", "a1"]
    back = client.decide(shown["id"], added.headers["etag"], {"item": "a1", "verdict": "undecided"})
    assert [row["item"]["id"] for row in back.json()["items"]] == ["i1", "i2"]


def test_an_added_item_keeps_its_id_when_it_is_worded_anew_or_comes_back(client: Client) -> None:
    shown, etag = client.suggestion()
    one = {"kind": "obligation", "text": "One", "evidence": list[str]()}
    two = one | {"text": "Two"}
    etag = client.decide(shown["id"], etag, {"verdict": "added", "edit": one}).headers["etag"]
    reworded = client.decide(shown["id"], etag, {"item": "a1", "verdict": "added", "edit": two})
    taken = client.decide(shown["id"], reworded.headers["etag"], {"item": "a1", "verdict": "undecided"})
    back = client.decide(shown["id"], taken.headers["etag"], {"item": "a1", "verdict": "added", "edit": one})
    for answer, text in ((reworded, "Two"), (back, "One")):
        rows = [(row["item"]["id"], row["item"]["text"]) for row in answer.json()["items"][2:]]
        assert rows == [("a1", text)]


def test_what_was_drafted_is_not_added_under_its_id(client: Client) -> None:
    shown, etag = client.suggestion()
    edit = {"kind": "obligation", "text": "Work ends at six", "evidence": []}
    answer = client.decide(shown["id"], etag, {"item": "i1", "verdict": "added", "edit": edit})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")


def test_a_commit_says_by_pointer_what_is_missing(client: Client) -> None:
    shown, etag = client.suggestion()
    edit = {"kind": "obligation", "text": "Work ends at six", "evidence": []}
    etag = client.decide(shown["id"], etag, {"verdict": "added", "edit": edit}).headers["etag"]
    refused = client.commit(shown["id"], etag)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/commit-refused")
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [
        "#/items/0/verdict",
        "#/items/1/verdict",
        "#/items/2/evidence",
        "#/stakeholders/0/verdict",
    ]


def test_an_item_without_evidence_goes_in_when_it_is_asserted(client: Client) -> None:
    shown, etag = client.suggestion()
    edit = {"kind": "obligation", "text": "Work ends at six", "evidence": []}
    added = client.decide(shown["id"], etag, {"verdict": "added", "edit": edit, "assertion": "Agreed on the phone"})
    version = client.commit(shown["id"], added.headers["etag"], leave_out_undecided=True).json()
    assert [each["item"]["assertion"] for each in version["items"]] == [{"by": "rep", "note": "Agreed on the phone"}]


def spans_of(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: evidence[name] for name in ("source", "start", "end")} for evidence in item["evidence"]]


def test_a_stale_suggestion_is_refused_and_can_be_brought_up_to_date(client: Client) -> None:
    deal = client.open_deal()
    first, first_etag = client.suggestion(deal)
    second, second_etag = client.suggestion(deal)
    edit = {
        "kind": "scope",
        "text": "Build the five dashboards first",
        "evidence": spans_of(second["items"][0]["item"]),
    }
    change = {"item": "i1", "verdict": "edited", "edit": edit}
    second_etag = client.decide(second["id"], second_etag, change).headers["etag"]
    client.commit(first["id"], client.accept_all(first, first_etag)[1])
    refused = client.commit(second["id"], second_etag)
    assert (refused.status_code, refused.json()["type"]) == (412, "/problems/stale-suggestion")
    answer = client.post(f"/v1/suggestions/{second['id']}/rebase")
    fresh = answer.json()
    assert (fresh["base_version"], fresh["stale"]) == (1, False)
    assert [(row["item"]["id"], row["verdict"]) for row in fresh["items"]] == [
        ("1.1", "undecided"),
        ("1.2", "undecided"),
        ("i1", "edited"),
    ]
    assert client.commit(fresh["id"], answer.headers["etag"]).json()["number"] == 2


def test_a_decision_on_words_that_have_changed_since_does_not_go_along(client: Client) -> None:
    deal = client.open_deal()
    shown, etag = client.suggestion(deal)
    client.commit(shown["id"], client.accept_all(shown, etag)[1])
    one, one_etag = client.reload(client.draft(deal)["suggestion"])
    two, two_etag = client.reload(client.draft(deal)["suggestion"])
    client.decide(two["id"], two_etag, {"item": "1.1", "verdict": "accepted"}, {"item": "1.2", "verdict": "accepted"})
    edit = {"kind": "scope", "text": "Build six dashboards", "evidence": spans_of(one["items"][0]["item"])}
    change = {"item": "1.1", "verdict": "edited", "edit": edit}
    client.commit(one["id"], client.decide(one["id"], one_etag, change).headers["etag"])
    fresh = client.post(f"/v1/suggestions/{two['id']}/rebase").json()
    assert [(row["item"]["text"], row["verdict"]) for row in fresh["items"]] == [
        ("Build six dashboards", "undecided"),
        ("Moira Finn sends the list of shops", "accepted"),
    ]


def test_a_side_that_was_read_wrongly_can_be_corrected_and_taken_back(client: Client) -> None:
    deal = client.open_deal()
    source = client.paste(deal).json()["id"]
    who = "moira@velmere.example"

    def side() -> Any:
        return client.get(f"/v1/sources/{source}")["messages"][0]["side"]

    assert side() == "client"
    answer = client.http.put(f"/v1/deals/{deal}/sides", json={"who": who, "side": "third_party"})
    assert (answer.status_code, answer.json()) == (200, {"sides": {who: "third_party"}})
    assert side() == "third_party"
    assert client.http.put(f"/v1/deals/{deal}/sides", json={"who": who, "side": None}).json() == {"sides": {}}
    assert side() == "client"


def test_messages_that_were_pasted_newest_first_are_given_in_order_of_time_too(client: Client) -> None:
    later = THREAD.replace("Mon, 2 Mar 2026", "Wed, 4 Mar 2026").replace("five dashboards", "six dashboards")
    source = client.paste(client.open_deal(), f"{later}\n{THREAD}").json()["id"]
    assert client.get(f"/v1/sources/{source}")["by_time"] == [2, 1]


def test_the_people_of_the_workspace_stand_with_the_vendor(client: Client) -> None:
    with client.services.database.begin(client.services.settings.workspace) as store:
        store.people.add(Person(id="zoe", name="Zoe Marsh", work=Work.REP))
    call = "Zoe Marsh: We build the portal.\n\nTunde Bakare: And we send you the logo.\n\nZoe Marsh: Fine, thanks.\n"
    source = client.paste(client.open_deal(), call).json()["id"]
    messages = client.get(f"/v1/sources/{source}")["messages"]
    assert [each["side"] for each in messages if each["sender"] == "Zoe Marsh"] == ["vendor", "vendor"]


def test_evidence_of_another_deal_is_refused(client: Client) -> None:
    shown, etag = client.suggestion()
    foreign = client.paste(client.open_deal("Other"), "We need a mobile app.").json()["id"]
    edit = {"kind": "scope", "text": "Build a mobile app", "evidence": [{"source": foreign, "start": 0, "end": 7}]}
    answer = client.decide(shown["id"], etag, {"verdict": "added", "edit": edit})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_saving_an_item_with_the_same_words_keeps_its_grounding(client: Client) -> None:
    shown, etag = client.suggestion()
    item = shown["items"][1]["item"]
    edit = {name: item[name] for name in ("kind", "text", "owner")} | {"evidence": spans_of(item)}
    again = client.decide(shown["id"], etag, {"item": "i2", "verdict": "edited", "edit": edit}).json()
    assert again["items"][1]["item"]["grounding"] == item["grounding"] == "exact"
    invented = edit | {"owner": "Zebedee Quux"}
    other = client.decide(
        shown["id"], client.reload(shown["id"])[1], {"item": "i2", "verdict": "edited", "edit": invented}
    ).json()
    assert other["items"][1]["item"]["grounding"] == "partial"


def test_a_redraft_does_not_propose_again_what_stands(client: Client) -> None:
    deal = client.open_deal()
    shown, etag = client.suggestion(deal)
    client.commit(shown["id"], client.accept_all(shown, etag)[1])
    again, _ = client.reload(client.draft(deal)["suggestion"])
    assert [(row["item"]["id"], row["standing"]) for row in again["items"]] == [("1.1", True), ("1.2", True)]


def test_a_committed_suggestion_takes_no_more_decisions(client: Client) -> None:
    shown, etag = client.suggestion()
    client.commit(shown["id"], client.accept_all(shown, etag)[1])
    _, etag = client.reload(shown["id"])
    answer = client.decide(shown["id"], etag, {"item": "i1", "verdict": "rejected"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/already-decided")


def test_versions_are_compared_and_exported(client: Client) -> None:
    deal = client.open_deal()
    shown, etag = client.suggestion(deal)
    client.commit(shown["id"], client.accept_all(shown, etag)[1])
    again, etag = client.reload(client.draft(deal)["suggestion"])
    edit = {"kind": "scope", "text": "Build six dashboards on top of the warehouse", "evidence": []}
    spans = [{k: e[k] for k in ("source", "start", "end")} for e in again["items"][0]["item"]["evidence"]]
    change = {"item": "1.1", "verdict": "edited", "edit": edit | {"evidence": spans}}
    client.commit(again["id"], client.decide(again["id"], etag, change).headers["etag"], note="Six, by phone")
    path = f"/v1/handoffs/{again['handoff']}/versions/2"
    changes = client.get(f"{path}/diff?against=1")["changes"]
    assert [(each["id"], each["change"]) for each in changes] == [
        ("1.1", "changed"),
        ("1.2", "same"),
        ("1.p1", "same"),
    ]
    markdown = client.http.get(f"{path}/export.md")
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert markdown.headers["content-disposition"] == "attachment; filename*=UTF-8''dashboards-handoff-v2.md"
    assert "- **1** Build six dashboards on top of the warehouse\n" in markdown.text
    assert "> We want five dashboards on top of the warehouse." in markdown.text
    assert json.loads(client.http.get(f"{path}/export.json").text) == client.get(path)


def test_a_repeated_post_is_answered_once(client: Client) -> None:
    body = {"name": "Twice", "client": "Velmere", "vendor": "Brackwater"}
    first = client.post("/v1/deals", body, Idempotency_Key='"k1"')
    again = client.post("/v1/deals", body, Idempotency_Key='"k1"')
    assert (again.status_code, again.json()) == (201, first.json())
    assert (again.headers["location"], again.headers["idempotency-replayed"]) == (first.headers["location"], "true")
    assert len(client.get("/v1/deals")["rows"]) == 1
    other = client.post("/v1/deals", body | {"name": "Other"}, Idempotency_Key='"k1"')
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")


def test_a_repeated_upload_is_answered_once(client: Client) -> None:
    deal = client.open_deal()
    head = 'Content-Disposition: form-data; name="file"; filename="a.txt"'
    answers = [
        client.http.post(
            f"/v1/deals/{deal}/sources",
            content=f"--{boundary}\r\n{head}\r\n\r\nHi\r\n--{boundary}--\r\n",
            headers={"Content-Type": f"multipart/form-data; boundary={boundary}", "Idempotency-Key": "k"},
        )
        for boundary in ("one", "two")
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].headers["idempotency-replayed"] == "true"


def test_lists_go_on_by_cursor(client: Client) -> None:
    names = [f"Deal {number}" for number in range(5)]
    for name in names:
        client.open_deal(name)
    seen, token = [], ""
    while token is not None:
        page = client.get(f"/v1/deals?page_size=2{token and f'&page_token={token}'}")
        seen += [deal["name"] for deal in page["rows"]]
        token = page["next"]
    assert seen == names[::-1]
    broken = client.http.get("/v1/deals?page_token=nonsense")
    assert (broken.status_code, broken.headers["content-type"]) == (422, "application/problem+json")
    assert broken.json()["detail"] == "The page token is not one of ours. Begin again at the first page."


def test_a_past_sow_is_indexed_and_found(client: Client) -> None:
    text = b"# SOW\n\n## Scope of services\n\nWe build dashboards on a warehouse.\n\n## Fees\n\nForty thousand.\n"
    answer = client.http.post(
        "/v1/sows", files={"file": ("old.md", text)}, data={"client": "Tarn", "deal_type": "other"}
    )
    assert answer.status_code == 201
    client.work()
    found = client.get("/v1/sows/search?q=dashboards on a warehouse")["rows"]
    assert (found[0]["sow"], found[0]["section"]) == ("old.md", "Scope of services")
    shown, _ = client.suggestion()
    assert shown["precedents"][0]["sow"] == "old.md"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/deals/x",
        "/v1/jobs/x",
        "/v1/jobs/x/events",
        "/v1/suggestions/x",
        "/v1/handoffs/x",
        "/v1/sows/x",
        "/v1/no",
    ],
)
def test_what_is_not_there_is_a_problem_with_a_remedy(client: Client, path: str) -> None:
    answer = client.http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["type"] == "/problems/not-found"
    assert answer.json()["remedy"]


def test_a_foreign_page_cannot_change_anything(client: Client) -> None:
    answer = client.post("/v1/deals", DEAL, Sec_Fetch_Site="cross-site")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/foreign-origin")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://localhost",
        "http://localhost:3000",
        "http://localhost.evil.example",
        "http://localhost:port",
        "null",
        "",
    ],
)
def test_an_origin_that_is_not_ours_cannot_change_anything(client: Client, origin: str) -> None:
    answer = client.post("/v1/deals", DEAL, Origin=origin)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/foreign-origin")
    assert client.http.get("/v1/deals", headers={"Origin": origin}).json()["rows"] == []


@pytest.mark.parametrize("origin", ["http://localhost", "http://localhost:80", "HTTP://LOCALHOST"])
def test_our_own_origin_can(client: Client, origin: str) -> None:
    assert client.post("/v1/deals", DEAL, Origin=origin).status_code == 201


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:port", "[::1", ""])
@pytest.mark.parametrize("path", ["/", "/v1/deals", "/static/js/api.js"])
def test_a_name_that_is_not_of_this_machine_is_refused(client: Client, path: str, host: str) -> None:
    answer = client.http.get(path, headers={"Host": host})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/foreign-host")
    assert answer.json()["remedy"]


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LocalHost"])
def test_the_names_of_this_machine_are_taken(client: Client, host: str) -> None:
    assert client.http.get("/v1/deals", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("person", ["nobody", "", "x" * 6000])
def test_an_unknown_person_is_refused(client: Client, person: str) -> None:
    answer = client.post("/v1/deals", DEAL, X_Person=person)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")
    assert answer.json()["detail"] == "The header `X-Person` names nobody here; ids: GET /v1/people."
    assert client.get("/v1/deals")["rows"] == []


def test_who_acts_is_the_header_or_the_cookie_or_the_first_sales_rep(client: Client) -> None:
    def creator(**headers: str) -> str:
        return str(client.post("/v1/deals", DEAL, **headers).json()["created_by"])

    assert creator() == "rep"
    assert creator(Cookie="person=nobody") == "rep"
    assert creator(Cookie="person=delivery") == "delivery"
    assert creator(Cookie="person=delivery", X_Person="reviewer") == "reviewer"


def test_the_key_of_one_person_is_not_that_of_another(client: Client) -> None:
    for person in ("rep", "reviewer"):
        answer = client.post("/v1/deals", DEAL, Idempotency_Key="k", X_Person=person)
        assert "idempotency-replayed" not in answer.headers
    assert "idempotency-replayed" in client.post("/v1/deals", DEAL, Idempotency_Key="k").headers


@pytest.mark.parametrize(("length", "status"), [(255, 201), (256, 422), (6000, 422)])
def test_an_idempotency_key_has_a_greatest_length(client: Client, length: int, status: int) -> None:
    key = token_hex(3000)[:length]
    assert client.post("/v1/deals", DEAL, Idempotency_Key=key).status_code == status


def test_a_long_address_can_be_posted_to_with_a_key(client: Client) -> None:
    answer = client.post(f"/v1/deals/{token_hex(3000)}/suggestions", Idempotency_Key="k")
    assert answer.status_code == 404


@pytest.mark.parametrize("last", ["-1", str(2**63), "x"])
def test_a_stream_cannot_resume_after_an_event_that_cannot_be(client: Client, last: str) -> None:
    deal = client.open_deal()
    client.paste(deal)
    job = client.post(f"/v1/deals/{deal}/suggestions").json()
    answer = client.http.get(f"/v1/jobs/{job['id']}/events", headers={"Last-Event-ID": last})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")


@pytest.mark.parametrize(
    ("edit", "pointers"),
    [
        ({"kind": "scope", "text": "Five", "due": "soon"}, ["#/decisions/0/edit/due"]),
        ({"text": "Five"}, ["#/decisions/0/edit/kind"]),
        ({"name": " "}, ["#/decisions/0/edit/name"]),
        ({"name": "Ann", "side": "middle"}, ["#/decisions/0/edit/side"]),
        ({"kind": "scope", "text": "Five", "evidence": [{"source": "s"}]}, ["start", "end"]),
        (5, ["#/decisions/0/edit"]),
    ],
)
def test_a_wrong_edit_is_pointed_at_as_the_client_wrote_it(client: Client, edit: object, pointers: list[str]) -> None:
    shown, etag = client.suggestion()
    answer = client.decide(shown["id"], etag, {"verdict": "added", "edit": edit})
    inner = "#/decisions/0/edit/evidence/0/"
    wanted = [pointer if pointer.startswith("#") else inner + pointer for pointer in pointers]
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == wanted


class TestAnEngineThatFails:
    @pytest.fixture
    def script(self) -> list[Answer | SummarizerError]:
        return [SCRIPT[0], EngineUnavailable("http://127.0.0.1:9 refused the connection.")]

    def test_a_failed_job_says_why_and_can_be_retried_without_loss(self, client: Client) -> None:
        deal = client.open_deal()
        client.paste(deal)
        job = client.draft(deal)
        assert job["status"] == "failed"
        assert job["problem"] == {
            "type": "engine-unavailable",
            "title": EngineUnavailable.title(),
            "detail": "http://127.0.0.1:9 refused the connection.",
            "remedy": EngineUnavailable.remedy(),
        }
        again = client.post(f"/v1/jobs/{job['id']}/retry").json()
        assert (again["status"], again["problem"], again["sources"]) == ("queued", None, job["sources"])
        client.work()
        assert client.get(f"/v1/jobs/{job['id']}")["status"] == "failed"

    def test_a_queued_job_can_be_cancelled_and_retried(self, client: Client) -> None:
        deal = client.open_deal()
        client.paste(deal)
        job = client.post(f"/v1/deals/{deal}/suggestions").json()
        assert client.post(f"/v1/jobs/{job['id']}/cancel").json()["status"] == "cancelled"
        assert client.post(f"/v1/jobs/{job['id']}/cancel").json()["type"] == "/problems/job-is-over"
        client.work()
        assert client.get(f"/v1/jobs/{job['id']}")["status"] == "cancelled"
        assert client.post(f"/v1/jobs/{job['id']}/retry").json()["status"] == "queued"
