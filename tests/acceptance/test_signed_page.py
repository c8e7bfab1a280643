"""Sold versus signed in a browser: attach the file, walk the rows by keyboard, act on them, jump to the words."""

import re
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from tests.integration.processes import Server

PAIR = (Path(__file__).parent.parent / "sold_signed" / "01-dealer-portal.txt").read_text("utf-8")
THREAD, SOW = (re.split(r"^=== \w+\n", PAIR, flags=re.MULTILINE)[place] for place in (2, 3))


def sold(running: Server) -> str:
    """A deal with a thread; its id."""
    said = {"name": "Dealer portal", "client": "Tamarisk Tractors", "vendor": "Loomgate Digital"}
    deal = str(running.http.post("/v1/deals", json=said).json()["id"])
    running.http.post(f"/v1/deals/{deal}/sources", json={"name": "Thread", "text": THREAD})
    return deal


def attach(page: Page, deal: str, content: str) -> None:
    page.goto(f"/deals/{deal}")
    file: FilePayload = {"name": "signed.md", "mimeType": "text/markdown", "buffer": content.encode()}
    page.get_by_label("Attach the signed SOW").set_input_files(files=[file])
    expect(page.get_by_role("heading", name="Sold versus signed")).to_be_visible()


def test_the_signed_sow_is_compared_and_a_row_becomes_an_item_and_a_finding(page: Page, running: Server) -> None:
    deal = sold(running)
    attach(page, deal, SOW)
    different = page.locator("#different .pair")
    expect(different).to_have_count(3)
    expect(different.first).to_contain_text(re.compile("eight dashboards.*six dashboards", re.DOTALL))
    page.keyboard.press("j")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="Make it a question")).to_be_visible()
    expect(page.get_by_label("Text")).to_have_value(re.compile("Which holds: “We need eight dashboards"))
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#r1")).to_contain_text("Item made")
    expect(page.locator("#r1")).to_be_focused()
    page.keyboard.press("f")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#r1")).to_contain_text("Noted as finding")
    page.get_by_role("link", name="Item made").click()
    expect(page.get_by_text("Signed otherwise")).to_be_visible()


def test_each_quote_leads_to_its_place_and_back(page: Page, running: Server) -> None:
    deal = sold(running)
    attach(page, deal, SOW)
    expect(page.locator("#r1")).to_be_visible()
    page.locator("#r1 [data-jump=said]").click()
    expect(page.locator("#thread")).to_contain_text("We need eight dashboards")
    page.wait_for_function("CSS.highlights.get('now-exact')?.size > 0")
    page.go_back()
    page.locator("#r1 [data-jump=signed]").click()
    expect(page.locator(".at:target")).to_have_text("six")
    page.locator(".at:target").click()
    expect(page.locator("#r1")).to_be_focused()


def test_a_newer_file_is_compared_anew_and_the_older_comparison_stays(page: Page, running: Server) -> None:
    deal = sold(running)
    attach(page, deal, SOW)
    expect(page.locator("#different .pair")).to_have_count(3)
    newer: FilePayload = {
        "name": "newer.md",
        "mimeType": "text/markdown",
        "buffer": SOW.replace("six dash", "eight dash").encode(),
    }
    page.get_by_label("Attach a newer file").set_input_files(files=[newer])
    expect(page.get_by_role("link", name="newer.md")).to_be_visible()
    expect(page.locator("#different .pair")).to_have_count(2)
    page.get_by_text("All comparisons of this deal (2)").click()
    page.locator(".all a").last.click()
    expect(page.get_by_text("This is an older comparison")).to_be_visible()
    expect(page.locator("#different .pair")).to_have_count(3)


def test_a_file_that_cannot_be_read_is_told_with_what_to_do(page: Page, running: Server) -> None:
    page.goto(f"/deals/{sold(running)}/signed")
    broken: FilePayload = {
        "name": "broken.docx",
        "mimeType": "application/octet-stream",
        "buffer": b"PK\x03\x04\x14\x00",
    }
    page.locator("#signed-file").set_input_files(files=[broken])
    expect(page.get_by_role("alert").first).to_contain_text("cannot be read")
