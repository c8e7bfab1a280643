"""What axe-core says of every page, in light and in dark: nothing."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.acceptance.test_library_page import PORTAL, added
from tests.acceptance.test_signed_page import SOW, attach, sold
from tests.acceptance.test_source_page import CALL, NOTES, THREAD, opened
from tests.acceptance.test_the_whole_job import accept_all, ask_for_draft, commit, open_deal, paste
from tests.integration.processes import Server

SCHEMES = ("light", "dark")


def faults(page: Page) -> list[str]:
    """Each fault of the page as it stands, with where it is and why."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for violation in Axe().run(page).response["violations"]:
            what = f"{scheme}: {violation['id']}"
            found += [f"{what}: {node['html']}: {node['failureSummary']}" for node in violation["nodes"]]
    return found


@pytest.mark.parametrize("path", ["/", "/sows", "/sows/search?q=depots", "/problems", "/deals/nothing"])
def test_lists_and_errors(page: Page, running: Server, path: str) -> None:
    added(running, "portal.md", PORTAL.format(40))
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert faults(page) == []


def test_a_deal_from_its_first_text_to_two_versions(page: Page) -> None:
    deal = open_deal(page, "Dashboards")
    assert faults(page) == []
    paste(page, THREAD)
    assert faults(page) == []
    ask_for_draft(page)
    assert faults(page) == []
    accept_all(page)
    assert faults(page) == []
    commit(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert faults(page) == []
    page.goto(f"/deals/{deal}")
    assert faults(page) == []


@pytest.mark.parametrize("text", [THREAD, CALL, NOTES])
def test_a_source(page: Page, running: Server, text: str) -> None:
    assert faults(opened(page, running, text)) == []


def test_a_dialog(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="New deal").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []


def test_sold_beside_signed(page: Page, running: Server) -> None:
    attach(page, sold(running), SOW)
    expect(page.locator("#different .pair").first).to_be_visible()
    assert faults(page) == []


def test_a_past_sow(page: Page, running: Server) -> None:
    page.goto(f"/sows/{added(running, 'portal.md', PORTAL.format(41))}")
    expect(page.get_by_role("heading", name=re.compile("Scope"))).to_be_visible()
    assert faults(page) == []
