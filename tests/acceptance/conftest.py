"""A browser on the running service: the demonstration workspace, as a new user meets it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.integration.processes import Server, server

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
expect.set_options(timeout=15_000)


def browser_of_this_machine() -> str:
    """Where Chromium is; without one the test skips, and in CI it fails."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = "no Chromium on this machine; Debian's package is called chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """For one file only: while it is open, an event loop runs in this thread, and other tests want their own."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=browser_of_this_machine(), args=list(FLAGS))
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The service with the demonstration workspace, one for each file of tests."""
    data: Path = tmp_path_factory.mktemp("service") / "data"
    with server(data, "--demo") as started:
        yield started
        started.stop()


@pytest.fixture
def page(browser: Browser, running: Server) -> Iterator[Page]:
    """A fresh window; a script error or a refused resource on any page fails the test."""
    context = browser.new_context(base_url=str(running.http.base_url), viewport={"width": 1440, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield opened
    context.close()
    assert errors == []
