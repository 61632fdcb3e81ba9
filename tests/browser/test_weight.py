"""What a first visit costs a phone on a thin signal, and what it leaves for later."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from bench.pages import CHROMIUM, VISITED, first_visit
from tests.browser.engines.chromium import BINARY
from tests.browser.server import Server

#: Bytes on the wire, compressed, with all that the page loads.
MOST = 100_000


def test_no_page_weighs_more_than_100_kb_on_a_first_visit(
    playwright: Playwright, server: Server
) -> None:
    browser = playwright.chromium.launch(executable_path=BINARY, args=CHROMIUM)
    visits = {path: first_visit(browser, server.url + path) for path in VISITED}
    browser.close()
    assert {path: size for path, size in visits.items() if size > MOST} == {}
    assert min(visits.values()) > 10_000  # else nothing was counted


@pytest.fixture
def page(playwright: Playwright, server: Server) -> Iterator[Page]:
    """Return the player in a phone that holds nothing yet."""
    browser = playwright.chromium.launch(executable_path=BINARY, args=CHROMIUM)
    page = browser.new_context(service_workers="block").new_page()
    page.goto(f"{server.url}/play/activate-express")
    yield page
    browser.close()


def test_the_form_at_the_end_is_fetched_once_a_routine_has_begun(page: Page) -> None:
    click(page, "Start")
    style = page.locator("head link[href$='/session-form.css']")
    expect(style).to_be_attached()
    page.context.set_offline(True)
    click(page, "Finish")
    click(page, "Save session")
    shows(page, "Saved on this phone")


def test_where_there_was_no_signal_for_it_nothing_that_was_done_is_lost(page: Page) -> None:
    page.route("**/screens/begun.js", lambda route: route.abort())
    click(page, "Start")
    click(page, "Finish")
    shows(page, "One thing is missing")
    page.unroute("**/screens/begun.js")
    click(page, "Try again")
    click(page, "Go on where you stopped")
    click(page, "Save session")
    shows(page, "Saved on this phone")


def click(page: Page, button: str) -> None:
    """Tap the button of that name."""
    page.get_by_role("button", name=button, exact=True).click()


def shows(page: Page, heading: str) -> None:
    """Wait until the screen of that heading is there."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
