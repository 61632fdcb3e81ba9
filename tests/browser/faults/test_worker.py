"""Faults of other projects' service workers (docs/faults.md), in Chromium."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pwa.site import FIND_UPDATE, Site, visit_until_ready

EXERCISE = "content/exercises/ac-02-double-leg-bridge.toml"
PAGE = "/exercises/double-leg-bridge"
OLD, NEW = 'name = "Double-leg bridge"', 'name = "Bridge with both legs"'
SHEET = "/static/css/site.css"
FALLBACK = "<h1>There is nothing here</h1>"
BROKEN = {
    "a page that says 404": ("404 Not Found", "text/html", FALLBACK),
    "a page in its place": ("200 OK", "text/html", FALLBACK),
    "an error": ("500 Internal Server Error", "text/css", "body { color: red }"),
    "other bytes": ("200 OK", "text/css; charset=utf-8", "body { color: red }"),
    "a redirect": ("302 Found", "text/css", ""),
}
BUSY = "document.documentElement.dataset.busy = 'routine'"
LAZY = "import('/static/js/lib/lazy.js').then((module) => module.word)"
#: A page where a script, a style sheet and a page should be, as a bad release may have left it.
POISON = """async () => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  const headers = { "Content-Type": "text/html" };
  for (const path of ["/static/js/main.js", "/static/css/site.css", "/why"])
    await cache.put(path, new Response("<h1>Please sign in to the Wi-Fi</h1>", { headers }));
}"""
SCOPES = """async () => {
  const { href } = document.querySelector("link[rel=manifest]");
  const manifest = await (await fetch(href)).json();
  const { scope } = await navigator.serviceWorker.ready;
  const scopes = [new URL(manifest.scope, href).href, scope];
  return { scopes, start: new URL(manifest.start_url, href).href };
}"""


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
def test_workbox_1528_what_is_no_style_sheet_is_not_kept_as_one(
    site: Site, page: Page, answer: tuple[str, str, str]
) -> None:
    """GoogleChrome/workbox#1528: the install fails, and the old release stays whole."""
    visit_until_ready(page, site.url + PAGE)
    site.change(EXERCISE, OLD, NEW)
    site.change(SHEET.removeprefix("/"), "@layer components {", "@layer components {\n/* new */")
    site.deploy(broken={SHEET: answer})
    assert page.evaluate(FIND_UPDATE) == "redundant"
    site.stop()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Double-leg bridge")
    expect(page.locator("html")).to_have_attribute("data-offline", "ready")
    expect(page.get_by_role("button", name="Update")).to_have_count(0)


def test_opencode_45344_a_page_of_the_old_release_still_gets_a_script_that_is_gone(
    site: Site, page: Page, context: BrowserContext
) -> None:
    """anomalyco/opencode#45344: the new release rules, an old page imports what only it knows."""
    lazy = site.folder / "static" / "js" / "lib" / "lazy.js"
    lazy.write_text('export const word = "old";\n')
    site.deploy()
    visit_until_ready(page, site.url)
    page.evaluate(BUSY)  # it does not reload when the new release takes over
    other = context.new_page()
    other.goto(site.url + "/safety")
    lazy.unlink()
    site.change(EXERCISE, OLD, NEW)
    site.deploy()
    assert other.evaluate(FIND_UPDATE) == "installed"
    other.get_by_role("button", name="Update").click()
    expect(other.get_by_role("button", name="Update")).to_have_count(0)
    expect(other.locator("html")).to_have_attribute("data-offline", "ready")
    assert page.request.get(f"{site.url}/static/js/lib/lazy.js").status == 404
    assert page.evaluate(LAZY) == "old"


def test_opencode_45344_a_poisoned_cache_heals(site: Site, page: Page) -> None:
    """anomalyco/opencode#45344: held under the right name, the wrong thing is not believed."""
    visit_until_ready(page, site.url)
    page.evaluate(POISON)
    visit_until_ready(page, site.url)
    site.stop()
    for path in ("/", "/why"):
        page.goto(site.url + path)
        expect(page.locator("html")).to_have_attribute("data-offline", "ready")
        expect(page.locator("h1")).not_to_have_text("Please sign in to the Wi-Fi")
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "serif"


def test_v2_svelte_dev_163_the_worker_keeps_its_address_from_release_to_release(
    site: Site, page: Page
) -> None:
    """sveltejs/v2.svelte.dev#163: an old page registers the address that the new worker has."""
    visit_until_ready(page, site.url)
    address = "navigator.serviceWorker.controller.scriptURL"
    before = page.evaluate(address)
    site.change(EXERCISE, OLD, NEW)
    site.deploy()
    page.goto(site.url + PAGE)  # the old release's page: it finds the new one by itself
    expect(page.get_by_role("heading", level=1)).to_have_text("Double-leg bridge")
    page.get_by_role("button", name="Update").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge with both legs")
    assert page.evaluate(address) == before == f"{site.url}/sw.js"
    answer = page.request.get(f"{site.url}/sw.js")
    assert "no-cache" in answer.headers["cache-control"]


def test_t3code_4305_every_page_is_inside_the_scope_of_app_and_worker(
    site: Site, page: Page
) -> None:
    """pingdotgg/t3code#4305: wherever the app was added from, all of it is the app."""
    deep = site.url + "/log/0199a5a0-7f3e-7cc1-8a4e-2f6d1c0b9a87"
    visit_until_ready(page, deep)
    found = page.evaluate(SCOPES)
    assert found["scopes"] == [f"{site.url}/", f"{site.url}/"]
    assert found["start"].startswith(f"{site.url}/")
    page.goto(deep)
    assert page.evaluate("navigator.serviceWorker.controller !== null")
