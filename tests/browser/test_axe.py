"""axe finds nothing on any page: in light and in dark, at a phone's size, in every state."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.server import Server
from tests.browser.story import (
    log_rows,
    pass_time,
    register,
    save_session,
    start_routine,
    wait_for_row,
)
from tests.browser.test_offline import pages

#: In the dark only the colours differ.
SCHEMES: dict[Any, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}


#: Change the one entry of the log on another device, then here: the two are at odds.
AT_ODDS = """(async () => {
  const {openLogbook} = await import('/static/js/data/logbook.js');
  const book = await openLogbook();
  const {entries: [{id, kind}]} = await book.list();
  const change = {mid: 1, mutation_id: crypto.randomUUID(), kind, id, op: 'patch', base_rev: 1,
    at: Date.now(), tz: 'UTC', set: {notes: 'from the laptop', effort: 7}};
  const head = {proto: 1, schema: 1, user: book.rider.id, device: crypto.randomUUID(),
    acked_mid: 0, now: Date.now()};
  const headers = {'Content-Type': 'application/json', 'X-Sync-Proto': '1'};
  const body = JSON.stringify({...head, mutations: [change]});
  await fetch('/api/sync/v1/push', {method: 'POST', headers, body});
  await book.edit(id, {set: {notes: 'from the phone', effort: 3}});
})()"""
#: Save what the server refuses.
REFUSED = """(async () => {
  const {openLogbook} = await import('/static/js/data/logbook.js');
  const body = {routine_name: 'Roll short', date: '2026-03-01', duration_s: 600, effort: 99};
  await (await openLogbook()).create('session', body);
})()"""


#: What stops a sync, and what the page about it says then. A deleted account is kept in mind, so
#: it comes last.
STANDSTILLS = {
    (401, "auth_required"): "Sign in again to go on",
    (403, "origin"): "This page has grown stale",
    (409, "wrong_user"): "Somebody else is signed in",
    (409, "device_forked"): "Syncing has stopped",
    (426, "upgrade"): "The server wants a newer app",
    (429, "too_many_requests"): "The server asked for a moment",
    (410, "account_deleted"): "The account is deleted",
}


def answer_with(status: int, body: dict[str, Any]) -> Callable[[Route], None]:
    """Return what stands in the server's place and answers so."""
    return lambda route: route.fulfill(status=status, json=body, headers={"Retry-After": "60"})


class Reviewer:
    """Looks at what a browser shows, and keeps the faults that axe finds."""

    def __init__(self, browser: Chromium, url: str) -> None:
        self.browser = browser
        self.url = url
        self.faults: list[str] = []
        self._axe = Axe()

    def look(self, what: str) -> None:
        """Judge what is shown now, which a fault is to be named by."""
        page = self.browser.page
        for scheme, options in SCHEMES.items():
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for fault in self._axe.run(page, options=options).response["violations"]:
                where = "; ".join(str(node["target"]) for node in fault["nodes"])
                self.faults.append(f"{what}, {scheme}: {fault['id']}: {where}")

    def visit(self, path: str) -> None:
        """Open a page, wait for its elements, and judge it."""
        self.browser.open(self.url + path)
        self.browser.wait_for("!document.querySelector(':not(:defined)')", "all elements")
        self.browser.wait_for("!!document.querySelector('h1')", "a heading")
        self.look(path)


@pytest.fixture
def reviewer(launch: Launch, server: Server) -> Reviewer:
    """Return a reviewer on a fresh phone."""
    return Reviewer(cast("Chromium", launch("Chromium")), server.url)


def test_axe_finds_nothing_on_any_public_page(reviewer: Reviewer) -> None:
    for path in (*pages(), "/offline", "/no/such/place", "/play/no-such-routine"):
        reviewer.visit(path)
    assert reviewer.faults == []


def test_axe_finds_nothing_in_any_state_of_the_player(reviewer: Reviewer) -> None:
    phone = reviewer.browser
    reviewer.visit("/play/activate-express-lateral-hip")
    start_routine(phone, reviewer.url, "activate-express-lateral-hip")
    reviewer.look("getting ready")
    pass_time(phone, 20)
    reviewer.look("a set")
    pass_time(phone, 42)
    reviewer.look("a rest")
    phone.click("Pause")
    phone.wait_to_see("Resume")
    reviewer.look("paused")
    phone.reload()
    phone.wait_to_see("Go on where you stopped")
    reviewer.look("an offer to go on")
    phone.click("Start afresh")
    phone.wait_to_see("Keep them in the log")
    reviewer.look("what about the sets")
    phone.click("Keep them in the log")
    phone.wait_to_see("Save session")
    reviewer.look("the form at the end")
    phone.fill("Effort (0–10)", 11)
    phone.fill("Pain during (0–10)", 7)
    phone.click("Save session")
    phone.wait_for_text("Use a whole number from 0 to 10.")
    reviewer.look("the form with an error")
    phone.fill("Effort (0–10)", 4)
    save_session(phone)
    reviewer.look("saved")
    assert reviewer.faults == []


def test_axe_finds_nothing_in_the_log_with_entries_and_errors(reviewer: Reviewer) -> None:
    phone = reviewer.browser
    for effort, pain in ((2, 0), (9, 8)):
        phone.open(f"{reviewer.url}/log/new")
        phone.fill("Routine", "Strength A")
        phone.fill("Minutes", 40)
        phone.fill("Effort (0–10)", effort)
        phone.fill("Pain during (0–10)", pain)
        phone.fill("Notes", "Heavier than it looks.")
        phone.click("Save session")
        phone.wait_for_text("On this phone")
    assert len(log_rows(phone, reviewer.url)) == 2
    reviewer.look("the log")
    phone.click("Delete Strength A")
    phone.wait_to_see("Undo")
    reviewer.look("the log, one deleted")
    phone.click("Strength A", "link")
    phone.wait_to_see("Strength A", "heading")
    reviewer.look("an entry")
    reviewer.visit("/today")
    phone.open(f"{reviewer.url}/log/new")
    phone.fill("Minutes", -3)
    phone.click("Save session")
    phone.wait_for_text("Use a whole number from 1 to 600.")
    reviewer.look("a new entry with errors")
    assert reviewer.faults == []


def test_axe_finds_nothing_on_the_page_about_the_sync_in_any_state(
    reviewer: Reviewer, server: Server
) -> None:
    phone = reviewer.browser
    reviewer.visit("/settings/sync")
    register(phone, reviewer.url, "alice@example.org")
    phone.open(f"{reviewer.url}/log/new?routine=roll-short")
    phone.fill("Minutes", 40)
    phone.click("Save session")
    wait_for_row(phone, "40 min", "Synced")
    phone.js(AT_ODDS)
    phone.js(REFUSED)
    phone.open(f"{reviewer.url}/settings/sync")
    phone.wait_to_see("Use the other")
    phone.wait_to_see("Discard")
    reviewer.look("two versions, and a refused entry")
    phone.click("Discard")
    phone.wait_to_see("Discard for good")
    reviewer.look("asking before it is discarded")
    phone.press("Escape")
    server.stop()
    phone.click("Keep this")
    phone.wait_for_text("This version stays.")
    phone.wait_for_text("No signal just now")
    phone.js("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    reviewer.look("no signal, all unfolded")
    assert reviewer.faults == []


def test_axe_finds_nothing_where_the_sync_cannot_go_on_and_each_says_why(
    reviewer: Reviewer,
) -> None:
    phone = reviewer.browser
    register(phone, reviewer.url, "alice@example.org")
    phone.js(REFUSED)
    for (status, error), title in STANDSTILLS.items():
        body = {"proto": 1, "error": error}
        phone.context.route("**/api/sync/v1/*", answer_with(status, body))
        phone.open(f"{reviewer.url}/settings/sync")
        phone.wait_for_text(title)
        phone.wait_for_text("1 entry is not on the server yet, and safe on this phone.")
        reviewer.look(f"{status} {error}")
        phone.context.unroute("**/api/sync/v1/*")
    assert reviewer.faults == []


def test_axe_finds_nothing_on_the_pages_of_an_account(reviewer: Reviewer) -> None:
    phone = reviewer.browser
    for path, button in (("/accounts/register", "Create account"), ("/accounts/login", "Sign in")):
        reviewer.visit(path)
        phone.click(button)
        phone.wait_for("!!document.querySelector('[aria-invalid=true]')", "a field with an error")
        reviewer.look(f"{path} with errors")
    register(phone, reviewer.url, "alice@example.org")
    for path in ("/accounts/", "/accounts/password", "/accounts/delete", "/settings", "/log/"):
        reviewer.visit(path)
    for path in ("/log/plain/", "/log/plain/new"):
        reviewer.visit(path)
    phone.js("(document.querySelector('main form').noValidate = true)")  # let the server judge
    phone.fill("Minutes", -3)
    phone.click("Save session")
    phone.wait_for("!!document.querySelector('[aria-invalid=true]')", "a field with an error")
    reviewer.look("the plain form with errors")
    assert reviewer.faults == []
