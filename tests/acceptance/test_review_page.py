"""What the review page does in a browser: keys, marks, undo, and that nothing is lost on the way to the server."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.integration.processes import Server

THREAD = """From: Moira Finn <moira@velmere.example>
To: Owen Hart <owen@brackwater.example>
Date: Mon, 2 Mar 2026 09:14
Subject: Dashboards

Hi Owen 🙂,

We need five dashboards on top of the warehouse by 29 May 2026.
Training is not included.
I will send you the list of shops by 20 March 2026.
Please build the export to the finance system as well.

Moira
"""


@pytest.fixture
def review(page: Page) -> Page:
    """A fresh draft of the thread, open for review."""
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    page.get_by_role("button", name="New deal").click()
    page.get_by_label("Name").fill("Dashboards")
    page.get_by_label("Client").fill("Velmere")
    page.get_by_label("Vendor").fill("Brackwater")
    page.get_by_role("button", name="Open the deal").click()
    page.get_by_label("Thread or notes").fill(THREAD)
    page.get_by_role("button", name="Draft the handoff").click()
    page.wait_for_url("**/suggestions/*", timeout=60_000)
    expect(page.get_by_test_id("row").first).to_be_visible()
    return page


def left(page: Page) -> int:
    """How many entries are undecided, as the page says."""
    expect(page.locator("#left")).to_have_text(re.compile("left|decided"))
    found = re.match(r"\d+", page.locator("#left").inner_text())
    return int(found[0]) if found else 0


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text(re.compile(r"^Saved \d"))


def current(page: Page) -> str:
    """Id of the row that keys act on."""
    return page.locator(".row[aria-current=true]").get_attribute("data-id") or ""


def row(page: Page, entry: str) -> Locator:
    return page.locator(f".row[data-id='{entry}']")


def added(page: Page) -> Locator:
    """What a reviewer wrote: the texts of those rows."""
    return page.locator(".row.is-added .row-text")


def verdict(page: Page, entry: str, said: str) -> None:
    """Wait until the entry has the verdict and the server knows it."""
    expect(row(page, entry)).to_have_class(re.compile(f"is-{said}"))
    saved(page)


def reword(page: Page, text: str) -> None:
    """Give the current entry another text."""
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Text").fill(text)
    page.keyboard.press("Control+Enter")


def add(page: Page, text: str) -> None:
    """Write an item that rests on no words; it becomes the current row."""
    page.keyboard.press("+")
    page.get_by_role("textbox", name="Text").fill(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".row[aria-current=true]")).to_contain_text(text)
    saved(page)


def select(page: Page, words: str) -> None:
    """Select the words in the thread."""
    page.locator("#thread .words", has_text=words).evaluate(
        """(element, words) => {
            const text = element.firstChild, at = text.data.indexOf(words), range = document.createRange();
            range.setStart(text, at); range.setEnd(text, at + words.length);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        words,
    )
    page.locator("#thread").dispatch_event("pointerup")
    expect(page.locator("#selection-menu")).to_be_visible()


def vouch_and_leave_out_the_rest(page: Page) -> None:
    """Open the last look, and write there what is missing."""
    page.keyboard.press("Control+Enter")
    page.get_by_placeholder("How do you know?").fill("Moira said so on the phone")
    page.get_by_label("Leave them out").check()


def hold(page: Page) -> list[Route]:
    """Keep verdicts from the server until the route is removed; what was sent so far."""
    sent: list[Route] = []

    def keep(route: Route) -> None:
        sent.append(route)

    page.route("**/decisions", keep)
    return sent


def colleague(page: Page) -> Page:
    """The same review in another window."""
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_test_id("row").first).to_be_visible()
    return other


def test_verdicts_are_given_by_keys_and_lead_to_the_next(review: Page) -> None:
    before, first = left(review), current(review)
    review.keyboard.press("a")
    expect(review.locator(f".row[data-id='{first}']")).to_have_class(re.compile("is-accepted"))
    assert current(review) != first
    rejected = current(review)
    review.keyboard.press("x")
    review.keyboard.press("2")
    expect(review.locator(f".row[data-id='{rejected}']")).to_contain_text("“Superseded”")
    saved(review)
    review.reload()
    expect(review.locator("#left")).to_have_text(re.compile(f"^{before - 2} of"))


def test_undo_and_redo_travel_over_saved_verdicts(review: Page) -> None:
    before = left(review)
    for key, expected in (("a", before - 1), ("u", before), ("Shift+Z", before - 1)):
        review.keyboard.press(key)
        expect(review.locator("#left")).to_have_text(re.compile(f"^{expected} of"))
        saved(review)


def test_an_edit_shows_what_was_changed(review: Page) -> None:
    edited = current(review)
    review.keyboard.press("e")
    review.keyboard.press("End")
    review.keyboard.type(" 🙂, twice a week")
    review.keyboard.press("Control+Enter")
    expect(review.locator(f".row[data-id='{edited}'] ins")).to_contain_text("twice a week")


def test_keys_rest_while_somebody_types(review: Page) -> None:
    before = left(review)
    review.keyboard.press("+")
    review.keyboard.type("jaxuq")
    expect(review.get_by_role("textbox", name="Text")).to_have_value("jaxuq")
    assert left(review) == before


def test_an_unfinished_edit_survives_a_reload(review: Page) -> None:
    edited = current(review)
    review.keyboard.press("e")
    review.get_by_role("textbox", name="Text").fill("Half a sentence")
    review.reload()
    review.locator(f".row[data-id='{edited}']").click()
    review.keyboard.press("e")
    expect(review.get_by_role("textbox", name="Text")).to_have_value("Half a sentence")


@pytest.mark.parametrize("opener", ["e", "+"])
def test_what_was_typed_is_kept_on_escape_until_it_is_discarded(review: Page, opener: str) -> None:
    text = review.get_by_role("textbox", name="Text")
    review.keyboard.press(opener)
    before = text.input_value()
    text.fill("Half a sentence")
    review.keyboard.press("Escape")
    expect(text).to_have_count(0)
    expect(review.locator(".toast")).to_contain_text("What you typed is kept")
    review.keyboard.press(opener)
    expect(text).to_have_value("Half a sentence")
    review.get_by_role("button", name="Discard").click()
    review.keyboard.press(opener)
    expect(text).to_have_value(before)
    review.keyboard.press("Escape")
    expect(text).to_have_count(0)


def test_a_new_item_on_selected_words_goes_on_where_it_was_left(review: Page) -> None:
    select(review, "finance system")
    review.keyboard.press("+")
    review.get_by_role("textbox", name="Text").fill("Half a sentence")
    review.keyboard.press("Escape")
    review.keyboard.press("+")
    expect(review.get_by_role("textbox", name="Text")).to_have_value("Half a sentence")
    expect(review.locator(".editor-evidence")).to_contain_text("finance system")


@pytest.mark.parametrize(("key", "said"), [("q", "needs_info"), ("x", "rejected"), ("e", "edited")])
def test_every_open_form_is_saved_by_the_same_key(review: Page, key: str, said: str) -> None:
    entry = current(review)
    for pressed in (key, "Control+Enter"):
        review.keyboard.press(pressed)
    verdict(review, entry, said)
    expect(review.get_by_role("dialog")).to_have_count(0)


def test_the_marks_stand_on_the_very_words(review: Page) -> None:
    quote = review.locator(".row[aria-current=true] .said").first.inner_text()
    mark = "[...CSS.highlights.get('now-exact'), ...CSS.highlights.get('now-partial')][0]"
    assert review.evaluate(f"{mark}.toString().replace(/\\s+/g, ' ')") == quote
    chosen = current(review)
    review.keyboard.press("n")
    assert current(review) != chosen
    where = review.evaluate(
        """quote => {
            const marks = [...CSS.highlights.get("cited")];
            const box = marks.find(mark => mark.toString().replace(/\\s+/g, " ") === quote).getBoundingClientRect();
            return [box.x + 4, box.y + 4];
        }""",
        quote,
    )
    review.mouse.click(*where)
    expect(review.locator(f".row[data-id='{chosen}']")).to_have_attribute("aria-current", "true")


def test_selected_words_become_the_evidence_of_a_new_item(review: Page) -> None:
    select(review, "finance system")
    review.locator("#selection-menu").get_by_role("button", name="Add as dependency").click()
    review.get_by_role("textbox", name="Owner").fill("Moira Finn")
    review.get_by_role("button", name="Save", exact=True).click()
    dependency = review.locator(".row.is-added")
    expect(dependency).to_contain_text("finance system")
    expect(dependency).to_contain_text("Moira Finn")


def test_a_verdict_that_could_not_be_sent_stays_and_is_sent_again(review: Page) -> None:
    before = left(review)
    review.context.set_offline(True)
    review.keyboard.press("a")
    retry = review.get_by_role("button", name="Not saved")
    expect(retry).to_be_visible()
    review.context.set_offline(False)
    retry.click()
    saved(review)
    review.reload()
    expect(review.locator("#left")).to_have_text(re.compile(f"^{before - 1} of"))


def test_a_decision_of_somebody_else_is_not_overwritten(review: Page) -> None:
    other = colleague(review)
    contested = current(review)
    other.keyboard.press("x")
    other.keyboard.press("Enter")
    saved(other)
    review.keyboard.press("a")
    expect(review.locator(".toast")).to_contain_text("yours was not applied")
    expect(review.locator(f".row[data-id='{contested}']")).to_have_class(re.compile("is-rejected"))
    review.keyboard.press("a")
    saved(review)


def test_a_digit_rejects_only_the_row_whose_form_is_open(review: Page) -> None:
    first = current(review)
    for key in ("x", "j", "1"):
        review.keyboard.press(key)
    assert current(review) != first
    expect(review.locator("form.why")).to_have_count(0)
    for key in ("k", "x", "1"):
        review.keyboard.press(key)
    verdict(review, first, "rejected")
    expect(review.locator(".row.is-rejected")).to_have_count(1)


def test_marked_words_of_another_row_close_the_form_for_a_reason(review: Page) -> None:
    where = review.evaluate(
        """() => {
            const box = [...CSS.highlights.get("now-exact")][0].getBoundingClientRect();
            return [box.x + 4, box.y + 4];
        }"""
    )
    first = current(review)
    review.keyboard.press("j")
    review.keyboard.press("x")
    expect(review.locator("form.why")).to_have_count(1)
    review.mouse.click(*where)
    expect(row(review, first)).to_have_attribute("aria-current", "true")
    review.keyboard.press("1")
    expect(review.locator("form.why")).to_have_count(0)
    expect(review.locator(".row.is-rejected")).to_have_count(0)


def test_a_button_below_an_open_form_stays_under_the_pointer_until_it_is_pressed(review: Page) -> None:
    review.keyboard.press("x")
    below = review.get_by_test_id("row").nth(1)
    entry = below.get_attribute("data-id") or ""
    below.get_by_role("button", name="Accept").click()
    verdict(review, entry, "accepted")
    expect(review.locator("form.why")).to_have_count(0)


def test_an_unfinished_edit_survives_a_move_to_another_row(review: Page) -> None:
    review.keyboard.press("e")
    text = review.get_by_role("textbox", name="Text")
    text.fill("Half a sentence")
    review.get_by_test_id("row").nth(1).locator(".row-text").click()
    expect(text).to_have_value("Half a sentence")


@pytest.mark.parametrize("lost", ["decisions", "commit"])
def test_a_commit_that_failed_is_sent_again_without_a_second_copy(review: Page, lost: str) -> None:
    add(review, "Work ends at six on Fridays")
    vouch_and_leave_out_the_rest(review)
    review.route(f"**/{lost}", lambda route: route.abort(), times=1)
    submit = review.get_by_role("button", name="Commit version 1")
    submit.click()
    expect(review.get_by_role("dialog").get_by_role("alert")).to_contain_text("cannot be reached")
    submit.click()
    review.wait_for_url("**/handoffs/*")
    expect(review.get_by_text("Work ends at six on Fridays")).to_have_count(1)


def test_a_commit_stops_when_somebody_changed_the_review_before_the_vouching_arrived(review: Page) -> None:
    add(review, "Work ends at six on Fridays")
    vouch_and_leave_out_the_rest(review)
    other = colleague(review)
    other.keyboard.press("a")
    saved(other)
    review.get_by_role("button", name="Commit version 1").click()
    expect(review.get_by_role("dialog").get_by_role("alert")).to_contain_text("has changed while this was open")
    review.get_by_label("Leave them out").check()
    review.get_by_role("button", name="Commit version 1").click()
    review.wait_for_url("**/handoffs/*")
    expect(review.get_by_text("Work ends at six on Fridays")).to_have_count(1)


def test_of_several_verdicts_that_wait_none_overwrites_a_decision_of_somebody_else(review: Page) -> None:
    other = colleague(review)
    review.route("**/decisions", lambda route: route.abort())
    mine = current(review)
    review.keyboard.press("a")
    contested = current(review)
    review.keyboard.press("a")
    row(other, contested).click()
    other.keyboard.press("x")
    other.keyboard.press("Enter")
    verdict(other, contested, "rejected")
    review.unroute("**/decisions")
    review.get_by_role("button", name="Not saved").click()
    expect(review.locator(".toast")).to_contain_text("yours was not applied")
    verdict(review, contested, "rejected")
    verdict(review, mine, "accepted")


def test_an_undo_leaves_what_somebody_else_decided_since(review: Page) -> None:
    contested = current(review)
    review.keyboard.press("a")
    verdict(review, contested, "accepted")
    other = colleague(review)
    row(other, contested).click()
    other.keyboard.press("x")
    other.keyboard.press("Enter")
    verdict(other, contested, "rejected")
    mine = current(review)
    review.keyboard.press("a")
    verdict(review, mine, "accepted")
    review.keyboard.press("Control+z")
    verdict(review, mine, "undecided")
    review.keyboard.press("Control+z")
    expect(review.locator(".toast")).to_contain_text("yours was not applied")
    verdict(review, contested, "rejected")
    review.get_by_role("button", name="Apply mine").click()
    verdict(review, contested, "undecided")


def test_an_undo_takes_back_what_waits_to_be_sent_first(review: Page) -> None:
    sent = current(review)
    review.keyboard.press("a")
    verdict(review, sent, "accepted")
    review.context.set_offline(True)
    waiting = current(review)
    review.keyboard.press("x")
    review.keyboard.press("Enter")
    retry = review.get_by_role("button", name="Not saved")
    expect(retry).to_be_visible()
    review.keyboard.press("Control+z")
    expect(row(review, waiting)).to_have_class(re.compile("is-undecided"))
    review.context.set_offline(False)
    retry.click()
    for entry, said in ((sent, "accepted"), (waiting, "undecided")):
        verdict(review, entry, said)
    review.reload()
    for entry, said in ((sent, "accepted"), (waiting, "undecided")):
        expect(row(review, entry)).to_have_class(re.compile(f"is-{said}"))


def test_an_undo_that_waits_to_be_sent_is_dropped_by_redo(review: Page) -> None:
    entry = current(review)
    review.keyboard.press("a")
    verdict(review, entry, "accepted")
    review.context.set_offline(True)
    review.keyboard.press("Control+z")
    expect(row(review, entry)).to_have_class(re.compile("is-undecided"))
    retry = review.get_by_role("button", name="Not saved")
    expect(retry).to_be_visible()
    review.keyboard.press("Shift+Z")
    expect(row(review, entry)).to_have_class(re.compile("is-accepted"))
    review.context.set_offline(False)
    retry.click()
    verdict(review, entry, "accepted")
    review.keyboard.press("Control+z")
    verdict(review, entry, "undecided")


def test_a_new_verdict_leaves_nothing_to_redo(review: Page) -> None:
    entry = current(review)
    review.keyboard.press("a")
    verdict(review, entry, "accepted")
    review.keyboard.press("Control+z")
    verdict(review, entry, "undecided")
    for key in ("x", "2"):
        review.keyboard.press(key)
    verdict(review, entry, "rejected")
    review.keyboard.press("Shift+Z")
    verdict(review, entry, "rejected")


def test_undo_and_redo_travel_over_several_verdicts_on_one_entry(review: Page) -> None:
    entry = current(review)
    review.keyboard.press("a")
    row(review, entry).click()
    review.keyboard.press("x")
    review.keyboard.press("Enter")
    verdict(review, entry, "rejected")
    for key, said in (
        ("Control+z", "accepted"),
        ("Control+z", "undecided"),
        ("Shift+Z", "accepted"),
        ("Shift+Z", "rejected"),
        ("Control+z", "accepted"),
        ("Control+z", "undecided"),
    ):
        review.keyboard.press(key)
        verdict(review, entry, said)
    expect(review.locator(".toast")).to_have_count(0)


def test_an_undo_brings_the_wording_back_with_the_verdict(review: Page) -> None:
    entry = current(review)
    reword(review, "Five dashboards, and no more")
    verdict(review, entry, "edited")
    row(review, entry).click()
    review.keyboard.press("q")
    review.keyboard.press("Enter")
    verdict(review, entry, "needs_info")
    row(review, entry).click()
    review.keyboard.press("u")
    verdict(review, entry, "undecided")
    expect(row(review, entry)).not_to_contain_text("and no more")
    review.keyboard.press("Control+z")
    verdict(review, entry, "needs_info")
    expect(row(review, entry).locator(".row-text")).to_have_text("Five dashboards, and no more")


def test_an_undo_of_an_edit_brings_the_drafted_wording_back(review: Page) -> None:
    entry = current(review)
    drafted = row(review, entry).locator(".row-text").inner_text()
    review.keyboard.press("a")
    row(review, entry).click()
    reword(review, "Five dashboards, and no more")
    verdict(review, entry, "edited")
    review.keyboard.press("Control+z")
    verdict(review, entry, "accepted")
    expect(row(review, entry).locator(".row-text")).to_have_text(drafted)


def test_what_was_added_and_edited_goes_and_comes_by_undo_and_redo(review: Page) -> None:
    add(review, "One")
    reword(review, "Two")
    expect(added(review)).to_have_text(["Two"])
    saved(review)
    for key, left_over in (
        ("Control+z", ["One"]),
        ("Control+z", []),
        ("Shift+Z", ["One"]),
        ("Shift+Z", ["Two"]),
        ("Control+z", ["One"]),
        ("Control+z", []),
    ):
        review.keyboard.press(key)
        expect(added(review)).to_have_text(left_over)
        saved(review)
    expect(review.locator(".toast.bad")).to_have_count(0)


def test_of_two_edits_of_an_added_item_the_later_one_is_held_back_and_may_take_its_place(review: Page) -> None:
    add(review, "One")
    other = colleague(review)
    other.locator(".row.is-added").click()
    reword(other, "Theirs")
    expect(added(other)).to_have_text(["Theirs"])
    saved(other)
    reword(review, "Mine")
    expect(review.locator(".toast.bad")).to_contain_text("reworded this meanwhile: “Theirs”; yours was not applied")
    saved(review)
    expect(added(review)).to_have_text(["Theirs"])
    review.get_by_role("button", name="Apply mine").click()
    expect(added(review)).to_have_text(["Mine"])
    saved(review)
    review.reload()
    expect(added(review)).to_have_text(["Mine"])


def test_an_edit_of_an_added_item_that_somebody_removed_brings_it_back_on_demand(review: Page) -> None:
    add(review, "One")
    other = colleague(review)
    other.locator(".row.is-added").click()
    other.keyboard.press("u")
    expect(added(other)).to_have_count(0)
    saved(other)
    reword(review, "Mine")
    expect(review.locator(".toast.bad")).to_contain_text("Somebody removed this meanwhile; yours was not applied")
    expect(added(review)).to_have_count(0)
    review.get_by_role("button", name="Apply mine").click()
    expect(added(review)).to_have_text(["Mine"])
    saved(review)
    review.keyboard.press("Control+z")
    expect(added(review)).to_have_count(0)
    saved(review)


def test_the_undo_of_a_notice_takes_back_what_the_notice_tells_of(review: Page) -> None:
    add(review, "One")
    notice = review.locator(".toast").filter(has_text="Added as")
    review.keyboard.press("n")
    accepted = current(review)
    review.keyboard.press("a")
    notice.get_by_role("button", name="Undo").click()
    expect(added(review)).to_have_count(0)
    verdict(review, accepted, "accepted")
    review.keyboard.press("Control+z")
    verdict(review, accepted, "undecided")


def test_undo_and_redo_show_at_once_and_are_sent_in_order(review: Page) -> None:
    first = current(review)
    review.keyboard.press("a")
    second = current(review)
    review.keyboard.press("a")
    verdict(review, second, "accepted")
    held = hold(review)
    for _ in range(2):
        review.keyboard.press("Control+z")
    for entry in (first, second):
        expect(row(review, entry)).to_have_class(re.compile("is-undecided"))
    assert len(held) == 1
    review.keyboard.press("Shift+Z")
    expect(row(review, first)).to_have_class(re.compile("is-accepted"))
    expect(row(review, second)).to_have_class(re.compile("is-undecided"))
    review.unroute("**/decisions")
    verdict(review, second, "undecided")
    review.reload()
    expect(row(review, first)).to_have_class(re.compile("is-accepted"))
    expect(row(review, second)).to_have_class(re.compile("is-undecided"))


def test_a_verdict_on_its_way_can_be_taken_back_and_given_again(review: Page) -> None:
    entry = current(review)
    hold(review)
    review.keyboard.press("a")
    for key, said in (("Control+z", "undecided"), ("Shift+Z", "accepted"), ("Control+z", "undecided")):
        review.keyboard.press(key)
        expect(row(review, entry)).to_have_class(re.compile(f"is-{said}"))
    review.unroute("**/decisions")
    verdict(review, entry, "undecided")
    review.keyboard.press("Shift+Z")
    verdict(review, entry, "accepted")
    review.reload()
    expect(row(review, entry)).to_have_class(re.compile("is-accepted"))
    expect(review.locator(".toast.bad")).to_have_count(0)


def test_a_draft_that_is_overtaken_is_brought_up_to_date_with_its_decisions(review: Page) -> None:
    first = review.url
    review.get_by_role("link", name="Dashboards").click()
    review.get_by_role("button", name="Draft again").click()
    review.wait_for_url(re.compile("/suggestions/"), timeout=60_000)
    expect(review.get_by_test_id("row").first).to_be_visible()
    for key in ("a", "Control+Enter"):
        review.keyboard.press(key)
    review.get_by_label("Leave them out").check()
    review.get_by_role("button", name="Commit version 1").click()
    review.wait_for_url("**/handoffs/*")
    review.goto(first)
    review.get_by_role("button", name="Bring up to date").click()
    review.wait_for_url(lambda url: "/suggestions/" in url and url != first)
    expect(review.get_by_title("Stands").first).to_be_visible()


def test_a_wish_to_commit_nothing_is_refused_with_the_reason(review: Page) -> None:
    review.keyboard.press("Control+Enter")
    review.get_by_role("button", name="Commit version 1").click()
    expect(review.get_by_role("alert")).to_contain_text("nothing to commit yet")


def test_code_points_and_utf_16_meet_in_one_place(page: Page) -> None:
    page.goto("/problems")
    wrong = page.evaluate(
        """async () => {
            const { Offsets } = await import("/static/js/thread/offsets.js");
            const text = "a🚲b👩‍👩‍👧c\\u0301d𝒳\\ne", points = [...text], offsets = new Offsets(text), wrong = [];
            for (let point = 0; point <= points.length; point += 1) {
                const unit = points.slice(0, point).join("").length;
                if (offsets.toUnits(point) !== unit || offsets.toPoints(unit) !== point) wrong.push(point);
            }
            return wrong;
        }"""
    )
    assert wrong == []


@pytest.mark.parametrize("width", [390, 720, 1024])
def test_no_page_is_wider_than_its_window(review: Page, width: int) -> None:
    address = review.url
    review.set_viewport_size({"width": width, "height": 844})
    for path in ("/", "/sows", "/problems", address):
        review.goto(path)
        expect(review.get_by_role("main")).to_be_visible()
        if path == address:
            expect(review.get_by_test_id("row").first).to_be_visible()
        assert review.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


@pytest.mark.parametrize("width", [390, 720, 1440])
def test_a_long_name_without_spaces_stays_inside_of_its_page(page: Page, running: Server, width: int) -> None:
    deal = {"name": "Order_portal_" * 12, "client": "Velmere" * 10, "vendor": "Brackwater" * 10}
    opened = running.http.post("/v1/deals", json=deal).json()["id"]
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/", f"/deals/{opened}"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert page.locator("table").evaluate_all("all => all.every(each => each.scrollWidth <= each.clientWidth)")


def test_a_phone_shows_the_review_from_its_top_with_buttons_for_fingers(review: Page, browser: Browser) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    phone.goto(review.url)
    actions = phone.locator(".row[aria-current=true] .row-actions .button")
    expect(actions).to_have_count(4)
    assert phone.evaluate("scrollY") == 0
    boxes = [box for each in actions.all() if (box := each.bounding_box())]
    assert len({box["y"] for box in boxes}) == 1
    assert all(box["height"] >= 44 for box in boxes)
    expect(phone.locator("#commit-button kbd")).to_be_hidden()
    phone.locator(".bar").get_by_role("link", name="Dashboards").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dashboards")
    phone.context.close()


def test_what_asks_for_a_closer_look_is_not_accepted_with_others(review: Page) -> None:
    kept: list[str] = []

    def with_doubts(route: Route) -> None:
        answer = route.fetch()
        view = answer.json()
        unsure, flagged, *others = rows = [row for row in view["items"] if row["item"]["evidence"]]
        for row in rows:
            row["item"] |= {"kind": "obligation", "grounding": "exact"}
            row["drafted"]["confidence"] = 0.1 if row is unsure else 0.9
        evidence = flagged["item"]["evidence"]
        view["findings"] = [
            {"kind": "unsupported", "text": "Doubt", "evidence": evidence, "item": flagged["item"]["id"]}
        ]
        kept[:] = [row["item"]["text"] for row in others]
        route.fulfill(response=answer, json=view)

    review.route(re.compile(r"/v1/suggestions/[^/]+$"), with_doubts)
    review.reload()
    expect(review.get_by_text("Look closely")).to_have_count(1)
    review.get_by_role("button", name=re.compile("^Accept . with exact words")).click()
    assert sorted(review.get_by_role("dialog").get_by_role("listitem").all_inner_texts()) == sorted(kept)


def raising(*, questions: int, left: int | None = None) -> Callable[[Route], None]:
    """Answers with so many open questions, which nobody has raised; past SOWs settle the first one least often.

    All but the first `left` of them are decided, and so is all else; with `None`, nothing is.
    """
    section = {"sow": "Depots", "sow_id": "a", "section_id": "a:3", "section": "Terms", "text": "Settled.", "score": 1}

    def question(row: dict[str, Any], number: int) -> dict[str, Any]:
        settled = {"of": questions + 1, "sections": [section] * number}
        item = row["item"] | {"id": f"q{number}", "kind": "open_question", "text": f"Question {number}?"}
        item |= {"evidence": [], "settled": settled, "basis": "precedent", "grounding": "none"}
        return row | {"item": item, "drafted": item}

    def answer(route: Route) -> None:
        fetched = route.fetch()
        view = fetched.json()
        raised = [question(view["items"][0], number + 1) for number in range(questions)]
        view["items"] = [row for row in view["items"] if row["item"]["kind"] != "open_question"] + raised
        for row in [] if left is None else [*view["items"], *view["stakeholders"]]:
            if row not in raised[:left]:
                row |= {"verdict": "accepted", "open": False}
        view["findings"] = [{"kind": "contradiction", "text": "Two dates", "evidence": [], "item": None}]
        route.fulfill(response=fetched, json=view)

    return answer


def test_of_many_questions_of_past_sows_the_most_settled_come_first_and_the_rest_waits_folded(review: Page) -> None:
    review.route(re.compile(r"/v1/suggestions/[^/]+$"), raising(questions=7))
    review.reload()
    group = review.get_by_role("region", name="Open questions")
    raised = group.get_by_test_id("row").filter(has_text=re.compile(r"Question \d\?"))
    expect(raised).to_have_text([re.compile(f"Question {number}") for number in (7, 6, 5, 4, 3, 2, 1)])
    expect(raised.nth(4)).to_be_visible()
    expect(raised.nth(5)).to_be_hidden()
    more = group.locator(".more > summary")
    expect(more).to_have_text("2 more that nothing here mentions")
    more.press("Enter")
    expect(raised.nth(6)).to_be_visible()


def test_what_waits_folded_is_the_last_to_be_decided(review: Page) -> None:
    review.route(re.compile(r"/v1/suggestions/[^/]+$"), raising(questions=6, left=1))
    review.reload()
    expect(review.locator(".row[data-id=q1]")).to_have_attribute("aria-current", "true")
    expect(review.locator(".row[data-id=q1]")).to_be_visible()


def test_a_question_of_past_sows_shows_where_it_comes_from(review: Page) -> None:
    review.route(re.compile(r"/v1/suggestions/[^/]+$"), raising(questions=1))
    review.reload()
    question = row(review, "q1")
    expect(question).to_contain_text("From a past SOW")
    expect(question).not_to_contain_text("No source")
    question.get_by_text("1 of 2 similar SOWs settle it; nothing is said here").click()
    expect(question.get_by_role("link", name="Depots")).to_have_attribute("href", "/sows/a#s-3")


def test_findings_and_the_items_that_they_concern_are_counted_apart(review: Page) -> None:
    review.route(re.compile(r"/v1/suggestions/[^/]+$"), raising(questions=1))
    review.reload()
    expect(review.get_by_role("button", name="Items with findings")).to_have_text("Items with findings0")
    expect(review.locator(".panel.findings summary")).to_contain_text("1 thing to look at, no item concerned")
