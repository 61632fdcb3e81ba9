"""From one release to the next: only what changed is fetched, and only when the rider agrees."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.pwa.site import FIND_UPDATE, Site, visit_until_ready
from tests.waiting import until

EXERCISE = "content/exercises/ac-02-double-leg-bridge.toml"
PAGE = "/exercises/double-leg-bridge"
OLD, NEW = 'name = "Double-leg bridge"', 'name = "Bridge with both legs"'


def count_loads(page: Page) -> list[str]:
    """Return a list that grows by one with each page load from now on."""
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    return loads


def generations(page: Page) -> list[str]:
    """Return the names of the caches, one for each release that is held."""
    names: list[str] = page.evaluate("caches.keys()")
    return names


def update_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Update")


def test_after_a_deploy_only_what_changed_is_fetched(site: Site, page: Page) -> None:
    visit_until_ready(page, site.url)
    before = {path: one.hash for path, one in site.release().files.items()}
    site.change(EXERCISE, "faults = [", 'faults = [\n  "Holding your breath: count out loud.",')
    after = {path: one.hash for path, one in site.release().files.items()}
    changed = [path for path in after if after[path] != before.get(path)]
    assert PAGE in changed
    assert len(changed) <= 6 < 100 < len(after)
    site.deploy()
    assert page.evaluate(FIND_UPDATE) == "installed"
    assert sorted(site.asked()) == sorted([*changed, "/sw.js"])


def test_the_rider_takes_the_update_and_every_page_reloads_once(
    site: Site, page: Page, context: BrowserContext
) -> None:
    visit_until_ready(page, site.url + PAGE)
    other = context.new_page()
    other.goto(site.url + "/safety")
    site.change(EXERCISE, OLD, NEW)
    site.deploy()
    assert page.evaluate(FIND_UPDATE) == "installed"
    expect(update_button(page)).to_be_visible()
    expect(update_button(other)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Double-leg bridge")
    loads, other_loads = count_loads(page), count_loads(other)
    update_button(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge with both legs")
    for one in (page, other):
        expect(update_button(one)).to_have_count(0)
        expect(one.locator("html")).to_have_attribute("data-offline", "ready")
    assert (len(loads), len(other_loads)) == (1, 1)
    until(lambda: len(generations(page)) == 1, "the old generation to go")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (
            "document.documentElement.dataset.busy = 'routine'",
            "delete document.documentElement.dataset.busy",
        ),
        (
            """(() => {
              const form = document.body.appendChild(document.createElement("form"));
              form.append(document.createElement("textarea"));
              form.firstChild.dispatchEvent(new Event("input", { bubbles: true }));
            })()""",
            "document.querySelector('form:has(textarea)').reset()",
        ),
    ],
    ids=["a routine is running", "a form has unsaved words"],
)
def test_no_prompt_and_no_reload_while_it_would_cost_something(
    site: Site, page: Page, context: BrowserContext, begin: str, end: str
) -> None:
    visit_until_ready(page, site.url)
    page.evaluate(begin)
    other = context.new_page()
    other.goto(site.url + "/safety")
    site.change(EXERCISE, OLD, NEW)
    site.deploy()
    assert other.evaluate(FIND_UPDATE) == "installed"
    loads, other_loads = count_loads(page), count_loads(other)
    expect(update_button(other)).to_be_visible()
    expect(update_button(page)).to_have_count(0)
    update_button(other).click()
    expect(update_button(other)).to_have_count(0)
    assert page.evaluate("navigator.serviceWorker.ready.then((one) => one.waiting)") is None
    assert loads == []
    assert page.evaluate("fetch('/static/js/main.js').then((answer) => answer.ok)")
    page.evaluate(end)
    expect(page.locator("html")).to_have_attribute("data-offline", "ready")
    page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    assert len(loads) == 1
    assert len(other_loads) == 1


SIGNED_IN = '{"proto": 1, "rider": {"id": "u_%s", "email": "alice@example.org"}}' % ("a" * 22)
TOO_OLD = {
    "/api/session": ("200 OK", "application/json", SIGNED_IN),
    "/api/sync/v1/pull": (
        "426 Upgrade Required",
        "application/json",
        '{"proto": 1, "error": "upgrade"}',
    ),
}


def test_an_app_too_old_for_the_server_is_updated_by_one_tap(site: Site, page: Page) -> None:
    site.deploy(broken=TOO_OLD)
    visit_until_ready(page, f"{site.url}/settings/sync")
    expect(page.get_by_text("The server wants a newer app")).to_be_visible()
    (held,) = (name for name in generations(page) if name.startswith("dbs-"))
    site.change(EXERCISE, OLD, NEW)
    site.deploy(broken=TOO_OLD)
    with page.expect_event("load"):
        update_button(page).click()
    expect(page.locator("html")).to_have_attribute("data-offline", "ready")
    assert held not in generations(page)


ERROR = ("500 Internal Server Error", "text/css", "body { color: red }")


def test_a_first_visit_to_a_broken_release_says_so_and_the_next_visit_mends_it(
    site: Site, page: Page
) -> None:
    site.deploy(broken={"/content.json": ERROR})
    page.goto(site.url)
    expect(page.get_by_text("Not ready offline yet")).to_be_visible()
    site.deploy()
    visit_until_ready(page, site.url)
    assert "/content.json" in site.asked()
    assert "/why" not in site.asked(), "what came the first time is not fetched again"


def test_the_kill_switch_makes_the_phone_forget_the_worker(
    site: Site, page: Page, context: BrowserContext
) -> None:
    visit_until_ready(page, site.url)
    off = (site.folder / "static" / "sw-off.js").read_text()
    (site.folder / "static" / "sw.js").write_text(off)
    site.deploy()
    watcher = context.new_page()
    watcher.goto(site.url + "/healthz")  # a page of ours without our scripts
    page.reload()
    until(lambda: generations(watcher) == [], "all that was held to go")
    workers = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    until(lambda: watcher.evaluate(workers) == 0, "the worker to go")


def test_the_kill_switch_takes_the_second_worker_away_and_leaves_the_first_what_it_holds(
    site: Site, page: Page
) -> None:
    visit_until_ready(page, site.url)
    held = generations(page)
    prepare = "import('/static/js/bg/register.js').then(({ prepare }) => prepare(%r))"
    page.evaluate(prepare % "old")
    scopes = "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.scope))"
    assert len(page.evaluate(scopes)) == 2
    static = site.folder / "static"
    (static / "js/bg/worker.js").write_text((static / "sw-off.js").read_text())
    site.deploy()
    page.evaluate(prepare % "new")  # as a page does once it has synced
    until(lambda: page.evaluate(scopes) == [f"{site.url}/"], "the second worker to go")
    assert generations(page) == held
