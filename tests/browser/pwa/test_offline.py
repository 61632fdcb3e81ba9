"""The whole app opens with no network, and with one that swallows packets."""

from playwright.sync_api import Page, expect

from dbsapp import create_app
from dbsapp.pwa.precache import DOCUMENTS, page_urls
from tests.browser.pwa.site import Site, visit_until_ready

ENTRY = "/log/0199a5a0-7f3e-7cc1-8a4e-2f6d1c0b9a87"


def pages(site: Site) -> list[str]:
    """Return every path that must open: the pages, and addresses that a shell answers for."""
    held = [path for path in page_urls(create_app(site.config())) if path not in DOCUMENTS]
    return [*held, ENTRY, "/play/activate-express", "/today?source=pwa", "/exercises/?step=stretch"]


def test_every_page_opens_with_the_server_stopped_though_only_home_was_visited(
    site: Site, page: Page
) -> None:
    paths = pages(site)
    visit_until_ready(page, site.url)
    site.stop()
    for path in paths:
        response = page.goto(site.url + path)
        assert response is not None
        assert response.from_service_worker
        assert response.status == 200, path
        expect(page.locator("h1")).to_be_attached()
        if path != "/offline":
            expect(page.get_by_role("heading", name="This one needs a signal")).to_have_count(0)
    expect(page.get_by_text("Ready offline")).to_be_visible()


def test_an_unknown_address_shows_the_offline_page_with_a_way_back(site: Site, page: Page) -> None:
    visit_until_ready(page, site.url)
    site.stop()
    for path in ("/nothing-here", "/accounts/login"):
        page.goto(site.url + path)
        expect(page.get_by_role("heading", name="This one needs a signal")).to_be_visible()
    page.get_by_role("link", name="Back to the plan").click()
    page.wait_for_url(site.url + "/")


def test_nothing_waits_for_a_network_that_swallows_packets(site: Site, page: Page) -> None:
    visit_until_ready(page, site.url)
    with site.swallowed():
        for path in ("/today?source=pwa", "/exercises/double-leg-bridge", ENTRY, "/why"):
            page.goto(site.url + path)
            expect(page.get_by_text("Ready offline")).to_be_visible()
        page.goto(site.url + "/accounts/login")
        expect(page.get_by_role("heading", name="This one needs a signal")).to_be_visible()


def test_what_the_browser_evicted_is_fetched_again(site: Site, page: Page) -> None:
    visit_until_ready(page, site.url)
    page.evaluate("caches.keys().then(([name]) => caches.open(name)).then((c) => c.delete('/why'))")
    visit_until_ready(page, site.url + "/safety")
    assert page.evaluate("caches.match('/why').then((found) => found.status)") == 200


def test_it_does_not_call_itself_ready_while_something_is_missing(site: Site, page: Page) -> None:
    visit_until_ready(page, site.url)
    page.evaluate("caches.keys().then(([name]) => caches.open(name)).then((c) => c.delete('/why'))")
    site.stop()
    page.goto(site.url + "/safety")
    expect(page.get_by_text("Not ready offline yet")).to_be_visible()
    expect(page.locator("html")).not_to_have_attribute("data-offline", "ready")


def test_held_pages_keep_their_security_policy(site: Site, page: Page) -> None:
    visit_until_ready(page, site.url)
    site.stop()
    response = page.goto(site.url + "/why")
    assert response is not None
    assert "default-src 'none'" in response.headers["content-security-policy"]
