"""The picture in the README: the demonstration's first deal under review, as `make screenshots` takes it."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.acceptance.conftest import FLAGS, browser_of_this_machine
from tests.integration.processes import server

DEAL = "Dealer orders without the green folder"
SHOWN = "We pay forty per cent"
WINDOW = {"width": 1280, "height": 800}


def main(target: Path) -> None:
    """Start the service on empty data, draft the deal, and write the picture to `target`."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder) / "data", "--demo") as running:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_of_this_machine(), args=list(FLAGS))
            _take(browser, str(running.http.base_url), target)
            browser.close()
        running.stop()


def _take(browser: Browser, address: str, target: Path) -> None:
    page = browser.new_page(base_url=address, viewport=WINDOW, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto("/")
    page.get_by_label("Working as").select_option(label="Felix Adeyemi, reviewer")
    page.get_by_role("link", name=DEAL).click()
    page.get_by_role("button", name="Draft the handoff").click()
    page.wait_for_url("**/suggestions/*")
    expect(page.get_by_test_id("row").first).to_be_visible(timeout=60_000)
    for _ in range(3):
        page.keyboard.press("a")
    expect(page.locator("#saved")).to_contain_text("Saved")
    row = page.get_by_test_id("row").filter(has_text=SHOWN).first
    row.click()
    row.evaluate("row => row.scrollIntoView({ block: 'center' })")
    expect(page.locator(".toast")).to_have_count(0)
    page.screenshot(path=target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
