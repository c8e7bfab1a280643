"""The library of past SOWs in a browser: adding files with their progress, filters, one SOW, versions, the search."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.integration.processes import Server

PORTAL = "# Portal SOW\n\n## Scope of services\n\nWe build a portal for {} depots.\n\n## Out of scope\n\nAn app.\n"
MARKED = "[...document.querySelectorAll('.part:target mark')].map(mark => mark.textContent)"


def file(name: str, content: str | bytes) -> FilePayload:
    raw = content if isinstance(content, bytes) else content.encode()
    return {"name": name, "mimeType": "application/octet-stream", "buffer": raw}


def add(page: Page, *files: FilePayload) -> None:
    page.goto("/sows")
    page.get_by_role("button", name="Add a SOW").click()
    page.locator("#sow-file").set_input_files(files=list(files))


def send(page: Page) -> None:
    page.get_by_role("button", name="Add", exact=True).click()


def added(running: Server, name: str, content: str) -> str:
    """A SOW that is in the library already; its id."""
    answer = running.http.post("/v1/sows", files={"file": (name, content.encode())})
    return str(answer.json()["id"])


def test_several_files_are_added_with_what_is_known_and_a_repetition_is_told(page: Page) -> None:
    files = [file(f"depots {count}.md", PORTAL.format(count)) for count in (3, 4)]
    add(page, *files)
    page.get_by_label("Client", exact=True).fill("Farrowgate")
    page.get_by_label("Year signed").fill("2021")
    page.locator("#sow-outcome").select_option(label="Overran")
    send(page)
    expect(page.locator(".toast")).to_contain_text("2 added")
    row = page.get_by_role("row").filter(has_text="depots 4.md")
    expect(row).to_contain_text(re.compile(r"Farrowgate[\s\S]*2021[\s\S]*Overran"))
    add(page, *files)
    send(page)
    expect(page.locator(".toast")).to_contain_text("2 there already")


def test_a_bad_file_is_told_with_its_reason_and_the_others_are_added(page: Page) -> None:
    add(page, file("broken.docx", b"PK\x03\x04\x14\x00"), file("good.md", PORTAL.format(5)))
    send(page)
    uploads = page.locator("#uploads")
    expect(uploads.get_by_role("status")).to_have_text("1 added, 1 failed")
    expect(uploads.get_by_role("listitem").first).to_contain_text(re.compile("broken.docx.*Failed.*cannot be read"))
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("link", name="good.md")).to_be_visible()


def test_the_list_is_filtered_and_an_empty_one_leads_back(page: Page) -> None:
    page.goto("/sows")
    page.get_by_label("Outcome", exact=True).first.select_option(label="Stopped")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name="Member data migration")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("Name or client").fill("nothing is called so")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("heading", name="No SOW fits")).to_be_visible()
    page.get_by_role("link", name="Show all SOWs").click()
    expect(page.get_by_role("link", name="Dealer ordering integration")).to_be_visible()


def test_a_search_marks_its_words_and_leads_to_the_section(page: Page) -> None:
    page.goto("/sows")
    page.get_by_label("Search the wording").fill("acceptance tests by the dealer")
    page.get_by_label("Search the wording").press("Enter")
    hit = page.get_by_role("listitem").filter(has_text="Dealer ordering integration").first
    expect(hit.locator("mark").first).to_be_visible()
    hit.get_by_role("link").click()
    expect(page.locator(".part:target")).to_be_in_viewport()
    assert {"acceptance", "tests"} & {word.lower() for word in page.evaluate(MARKED)}
    expect(page.locator("#outline a[aria-current]")).to_have_attribute("href", re.compile(page.url.split("#")[1]))
    page.get_by_role("link", name="“acceptance tests by the dealer”").click()
    expect(page.get_by_role("heading", name="Search the wording")).to_be_visible()


def test_what_is_found_by_its_meaning_is_shown_without_its_heading(page: Page) -> None:
    page.goto("/sows/search?q=who+accepts+the+data")
    hit = page.get_by_role("listitem").filter(has_text="Found by its meaning").filter(has_text="Teasel").first
    expect(hit.locator(".words")).to_have_text(re.compile("^The federation confirms"))


def test_the_sections_of_one_kind_stand_out(page: Page) -> None:
    page.goto("/sows")
    page.get_by_role("link", name="Dealer ordering integration").click()
    chip = page.get_by_role("button", name="Exclusions 1")
    chip.click()
    expect(page.get_by_role("navigation", name="Sections").get_by_role("link")).to_have_count(1)
    expect(page.locator(".part[data-kind=exclusions]")).to_be_in_viewport()
    expect(page.locator(".part.is-passed-over").first).to_be_attached()
    chip.press("Enter")
    expect(page.locator(".part.is-passed-over")).to_have_count(0)


def test_a_new_version_takes_the_place_of_the_old_one_which_stays_readable(page: Page, running: Server) -> None:
    page.goto(f"/sows/{added(running, 'contract.md', PORTAL.format(8))}")
    page.locator("#new-version").set_input_files(files=file("contract signed.md", PORTAL.format(9)))
    versions = page.get_by_role("navigation", name="Versions")
    expect(versions.get_by_role("link")).to_have_count(2)
    expect(page.get_by_role("heading", level=1)).to_have_text("contract.md")
    versions.get_by_role("link", name="Version 1").click()
    expect(page.locator(".notice")).to_contain_text("which drafts and searches pass over")
    expect(page.locator(".sow-text")).to_contain_text("8 depots")
    with page.expect_download() as original:
        page.get_by_role("link", name="Original").click()
    assert Path(original.value.path()).read_text("utf-8") == PORTAL.format(8)


def test_what_is_known_of_a_sow_can_be_changed(page: Page, running: Server) -> None:
    page.goto(f"/sows/{added(running, 'unknown.md', PORTAL.format(10))}")
    page.get_by_role("button", name="Details").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Client").fill("Velmere")
    dialog.get_by_label("Type").select_option(label="Integration")
    dialog.get_by_label("Year signed").fill("1066")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("Year signed").fill("2025")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".lede")).to_contain_text("Velmere · Integration · 2025")


@pytest.mark.parametrize("width", [390, 1024])
def test_no_page_of_the_library_is_wider_than_its_window(page: Page, running: Server, width: int) -> None:
    sow = added(running, f"wide {width}.md", PORTAL.format("x" * 300) + "| a | " * 200)
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/sows", f"/sows/{sow}", "/sows/search?q=portal"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
