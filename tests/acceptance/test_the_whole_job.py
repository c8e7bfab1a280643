"""The whole job in a browser, as a rep, a reviewer and a delivery lead do it."""

import json
import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.integration.processes import Server

THREAD = """From: Dana Reyes <dana@farrowgate.example>
To: Imogen Tarrant <imogen.tarrant@copperbeck.example>
Date: Mon, 2 Mar 2026 09:14
Subject: Portal

Hi Imogen 👋,

We need a customer portal with single sign-on for our 40 depots.
I'll send you the list of depots by 20 March.
Please leave the mobile app out of this.
It has to be live on Monday 1 June.

Dana

From: Imogen Tarrant <imogen.tarrant@copperbeck.example>
To: Dana Reyes <dana@farrowgate.example>
Date: Tue, 3 Mar 2026 10:02
Subject: Re: Portal

> We need a customer portal with single sign-on for our 40 depots.

We will build the portal with single sign-on through your Entra tenant.
The price is £48,000 plus VAT, fixed.

Imogen
"""


def upload(name: str, media_type: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": media_type, "buffer": content}


def open_deal(page: Page, name: str) -> str:
    """Make a deal by hand; its id."""
    page.goto("/")
    page.get_by_role("button", name="New deal").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Client").fill("Farrowgate")
    dialog.get_by_label("Vendor").fill("Copperbeck")
    dialog.get_by_role("button", name=re.compile("Open|Create|Save")).click()
    page.wait_for_url("**/deals/*")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url.rsplit("/", 1)[1]


def paste(page: Page, text: str) -> None:
    page.get_by_label("Thread or notes").fill(text)
    page.get_by_role("button", name="Save the text").click()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()


def ask_for_draft(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Draft")).click()
    page.wait_for_url("**/suggestions/*")
    expect(rows(page).first).to_be_visible()


def rows(page: Page) -> Locator:
    return page.get_by_test_id("row")


def left(page: Page) -> Locator:
    return page.locator("#left")


def accept_all(page: Page) -> None:
    """By the keyboard alone: auto-advance leads to the next undecided entry."""
    page.locator("body").press("n")
    for remaining in range(rows(page).count(), 0, -1):
        expect(left(page)).to_contain_text(str(remaining))
        page.keyboard.press("a")
    expect(left(page)).not_to_contain_text(re.compile(r"^[1-9]\d* of"))


def commit(page: Page) -> None:
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name=re.compile("^Commit version")).click()
    page.wait_for_url("**/handoffs/*")


def highlighted(page: Page) -> list[str]:
    """The words that are marked as evidence of the focused item."""
    return [
        str(words)
        for words in page.evaluate(
            "[...CSS.highlights].filter(([name]) => name.startsWith('now-'))"
            ".flatMap(([, ranges]) => [...ranges].map(range => range.toString()))"
        )
    ]


def click_words(page: Page, words: str) -> None:
    """Click on marked words of the thread, as a person would who sees the mark."""
    point = page.evaluate(
        """words => {
            const range = [...CSS.highlights.get("cited")].find(each => each.toString() === words)
            range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" })
            const box = range.getClientRects()[0]
            return [box.left + box.width / 2, box.top + box.height / 2]
        }""",
        words,
    )
    page.mouse.click(*point)


def test_from_a_pasted_thread_to_a_compared_and_exported_version(page: Page) -> None:
    open_deal(page, "Portal")
    paste(page, THREAD)
    ask_for_draft(page)
    accept_all(page)
    commit(page)
    expect(page.get_by_text("Handoff, version 1")).to_be_visible()

    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_text("Copied").first).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith("# Portal: handoff, version 1")
    with page.expect_download() as markdown:
        page.get_by_role("link", name="Markdown").click()
    assert Path(markdown.value.path()).read_text("utf-8").startswith("# Portal: handoff, version 1")
    with page.expect_download() as exported:
        page.get_by_role("link", name="JSON").click()
    version = json.loads(Path(exported.value.path()).read_text("utf-8"))
    for each in version["items"]:
        for evidence in each["item"]["evidence"]:
            assert THREAD[evidence["start"] : evidence["end"]] == evidence["quote"]

    page.get_by_role("link", name="Portal").first.click()
    ask_again = page.get_by_role("button", name="Draft again")
    ask_again.click()
    page.wait_for_url("**/suggestions/*")
    first = rows(page).first
    expect(first).to_be_visible()
    first.click()
    page.keyboard.press("e")
    text = first.get_by_role("textbox").first
    text.fill("Build the portal in two phases")
    page.keyboard.press("Control+Enter")
    expect(first.locator(".row-text")).to_contain_text("in two phases")
    commit(page)
    expect(page.get_by_text("Handoff, version 2")).to_be_visible()
    page.get_by_role("button", name="Show the difference").click()
    expect(page.get_by_role("heading", name=re.compile("What changed from version 1 to version 2"))).to_be_visible()
    expect(page.locator(".change ins").first).to_be_visible()


def test_an_item_and_its_words_show_each_other(page: Page) -> None:
    open_deal(page, "Both ways")
    paste(page, THREAD)
    ask_for_draft(page)
    row = rows(page).filter(has_text="list of depots").first
    row.click()
    assert any("I'll send you the list of depots by 20 March." in words for words in highlighted(page))
    click_words(page, "The price is £48,000 plus VAT, fixed.")
    expect(rows(page).filter(has_text="48,000").first).to_have_attribute("aria-current", "true")


def test_a_review_survives_a_reload_and_every_verdict_can_be_undone(page: Page) -> None:
    open_deal(page, "Reload")
    paste(page, THREAD)
    ask_for_draft(page)
    first = rows(page).first
    first.click()
    page.keyboard.press("x")
    page.keyboard.press("1")
    expect(first).to_have_class(re.compile("is-rejected"))
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.reload()
    expect(rows(page).first).to_have_class(re.compile("is-rejected"))
    rows(page).first.click()
    page.keyboard.press("u")
    expect(rows(page).first).to_have_class(re.compile("is-undecided"))


def test_an_added_item_without_evidence_needs_a_note(page: Page) -> None:
    open_deal(page, "Asserted")
    paste(page, THREAD)
    ask_for_draft(page)
    accept_all(page)
    page.get_by_role("button", name="Add an item").click()
    form = page.locator("form").filter(has=page.get_by_role("textbox")).last
    form.get_by_role("textbox").first.fill("Work ends at six on Fridays")
    page.keyboard.press("Control+Enter")
    expect(rows(page).filter(has_text="Work ends at six")).to_be_visible()
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    note = dialog.get_by_role("textbox").first
    note.fill("Dana said so on the phone")
    dialog.get_by_role("button", name=re.compile("^Commit version")).click()
    page.wait_for_url("**/handoffs/*")
    expect(page.get_by_text("Dana said so on the phone")).to_be_visible()


def on_paper(page: Page) -> str:
    """The words of the page as it is printed, with single spaces."""
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as printed:
        return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in printed).split())


def test_a_printed_handoff_shows_what_is_folded_on_the_screen_and_none_of_the_tools(page: Page) -> None:
    open_deal(page, "Paper")
    paste(page, THREAD)
    ask_for_draft(page)
    accept_all(page)
    commit(page)
    passage = page.locator("blockquote").filter(has_text="Please leave the mobile app out of this").first
    expect(passage).not_to_be_visible()
    printed = on_paper(page)
    assert "Please leave the mobile app out of this" in printed
    assert [tool for tool in ("Copy as Markdown", "Working as", "Past SOWs") if tool in printed] == []


def test_a_stale_draft_is_brought_up_to_date_with_its_decisions(page: Page) -> None:
    deal = open_deal(page, "Stale")
    paste(page, THREAD)
    ask_for_draft(page)
    stale = page.url
    rows(page).first.click()
    page.keyboard.press("a")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.goto(f"/deals/{deal}")
    page.get_by_role("button", name="Draft again").click()
    asked = page.get_by_role("dialog", name="Draft again?")
    expect(asked).to_contain_text("The review under way has 1 decision.")
    asked.get_by_role("button", name="Cancel").click()
    expect(asked).to_be_hidden()
    page.get_by_role("button", name="Draft again").click()
    asked.get_by_role("button", name="Make a new draft").click()
    page.wait_for_url("**/suggestions/*")
    expect(rows(page).first).to_be_visible()
    page.goto(f"/deals/{deal}")
    drafts = page.get_by_role("region", name="Drafts so far").get_by_role("listitem")
    expect(drafts).to_have_text([re.compile("nothing decided"), re.compile("1 decided")])
    drafts.first.get_by_role("link").click()
    expect(rows(page).first).to_be_visible()
    accept_all(page)
    commit(page)
    page.goto(stale)
    page.get_by_role("button", name="Bring up to date").click()
    page.wait_for_url(lambda url: "/suggestions/" in url and url != stale)
    expect(rows(page).filter(has_text="Stands").first).to_be_visible()


def test_a_reload_of_the_progress_page_leads_to_the_same_draft(page: Page, running: Server) -> None:
    deal = open_deal(page, "Progress")
    paste(page, THREAD)
    job = running.http.post(f"/v1/deals/{deal}/suggestions", json={}).json()
    page.goto(f"/jobs/{job['id']}")
    page.wait_for_url("**/suggestions/*")
    page.goto(f"/jobs/{job['id']}")
    expect(page.get_by_role("link", name="Open the review")).to_be_visible()


def test_what_cannot_be_read_is_told_with_the_remedy_and_nothing_is_lost(page: Page) -> None:
    open_deal(page, "Bad input")
    page.get_by_label("Thread or notes").fill("   ")
    page.get_by_role("button", name="Save the text").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("text", re.IGNORECASE)).first).to_be_visible()
    page.get_by_label("Thread or notes").fill("We need a portal.")
    page.locator("#source-file").set_input_files(files=upload("photo.png", "image/png", b"\x89PNG\r\n\x1a\n\x00\x00"))
    expect(page.get_by_role("alert").filter(has_text=".eml").first).to_be_visible()
    expect(page.get_by_label("Thread or notes")).to_have_value("We need a portal.")


def test_a_deal_is_not_opened_under_blanks(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="New deal").first.click()
    dialog = page.get_by_role("dialog")
    for field in ("Name", "Client", "Vendor"):
        dialog.get_by_label(field).fill("  ")
    dialog.get_by_role("button", name="Open the deal").click()
    name = dialog.get_by_label("Name")
    expect(name).to_be_focused()
    assert name.evaluate("field => field.validationMessage") == "Give the deal a name"
    for field in ("Name", "Client", "Vendor"):
        dialog.get_by_label(field).fill("Harbour")
    dialog.get_by_label("Name").press("Control+Enter")
    page.wait_for_url("**/deals/*")


def test_a_source_that_is_pasted_twice_is_told_of_and_leaves_no_trace(page: Page) -> None:
    open_deal(page, "Twice")
    paste(page, THREAD)
    hint = page.locator("#draft-hint")
    before = hint.inner_text()
    page.get_by_label("Thread or notes").fill(THREAD)
    expect(hint).to_contain_text("Saves the text in the field")
    page.get_by_role("button", name="Save the text").click()
    expect(page.get_by_text("nothing was added")).to_be_visible()
    expect(hint).to_have_text(before)


def test_past_sows_are_uploaded_searched_and_shown_apart_from_evidence(page: Page) -> None:
    page.goto("/sows")
    page.get_by_role("button", name="Add a SOW").click()
    page.locator("input[type=file]").set_input_files(
        files=upload("old-portal.md", "text/markdown", b"# Portal SOW\n\n## Scope\n\nWe build a portal for depots.\n")
    )
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("link", name="old-portal.md")).to_be_visible()
    open_deal(page, "Precedents")
    paste(page, THREAD)
    ask_for_draft(page)
    expect(page.get_by_text("not evidence").first).to_be_visible()


def test_each_page_can_be_reached_by_the_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=re.compile("Skip"))).to_be_focused()
    for path in ("/", "/sows", "/problems"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.locator("main").count() == 1


def test_what_is_not_there_is_a_page_with_a_way_back(page: Page) -> None:
    answer = page.goto("/deals/nothing")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("link", name=re.compile("Deals|deals")).first).to_be_visible()
