"""What a first visit costs a phone on a thin signal."""

from playwright.sync_api import Playwright

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
