"""The page about the sync: what waits and why, what the server refused, and two devices at odds."""

import json
from typing import cast

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Browser, Chromium
from tests.browser.server import Server
from tests.browser.story import log_rows, register, sign_in, visit_until_ready, wait_for_row

ALICE = "alice@example.org"
#: Only a faulty app sends this: no form lets it pass.
TOO_MUCH = {"routine_name": "Roll short", "date": "2026-03-01", "duration_s": 600, "effort": 99}
TOO_MANY_SETS = {
    "name": "Quiet evening",
    "items": [
        {"id": "01900000-0000-7000-8000-000000000001", "exercise": "double-leg-bridge", "sets": 99}
    ],
}
MISCOUNTED = {"count": 99, "hash": "00000000"}
#: Chromium looks at a quota now and then only, so the disk is made full where it is written to.
FULL = """((store) => {
  store.kept = store.put;
  store.put = () => { throw new DOMException('Full.', 'QuotaExceededError'); };
})(IDBObjectStore.prototype)"""
ROOM_AGAIN = "(IDBObjectStore.prototype.put = IDBObjectStore.prototype.kept) && true"
LOGBOOK = "import('/static/js/data/logbook.js').then(({openLogbook}) => openLogbook())"


def save(phone: Browser, body: dict[str, object]) -> None:
    """Save a session past the form, and sync.

    WebKitGTK never ends a transaction that was under way when its page was left.
    """
    deed = f"async (book) => {{ await book.create('session', {json.dumps(body)});"
    phone.js(f"{LOGBOOK}.then({deed} await book.syncNow(); }})")


def log_a_session(phone: Browser, url: str, notes: str) -> None:
    """Log a session with the form."""
    phone.open(f"{url}/log/new?routine=roll-short")
    phone.fill("Minutes", 12)
    phone.fill("Notes", notes)
    phone.click("Save session")
    wait_for_row(phone, "Roll short", notes)


def open_page(phone: Browser, url: str) -> None:
    """Open the page about the sync, and wait until it knows."""
    phone.open(f"{url}/settings/sync")
    phone.wait_for("document.querySelector('sync-page')?.ariaBusy === 'false'", "the page")


def focused(phone: Browser, text: str) -> None:
    """Wait until the focus is on what says `text`."""
    wanted = json.dumps(text)
    phone.wait_for(f"document.activeElement.textContent.includes({wanted})", f"focus on {text!r}")


def change(phone: Browser, url: str, minutes: int, notes: str) -> None:
    """Change the one session of the log."""
    log_rows(phone, url)
    phone.click("Roll short", "link")
    phone.fill("Minutes", minutes)
    phone.fill("Notes", notes)
    phone.click("Save session")
    wait_for_row(phone, notes)


@pytest.fixture
def phone(request: pytest.FixtureRequest, launch: Launch, server: Server) -> Browser:
    """Return a phone that is ready, and Alice's; the parameter may name another engine."""
    browser = launch(getattr(request, "param", "Chromium"))
    visit_until_ready(browser, server.url)
    register(browser, server.url, ALICE)
    return browser


def test_a_refused_entry_says_what_is_wrong_and_an_edit_mends_it(
    phone: Browser, server: Server
) -> None:
    save(phone, TOO_MUCH)
    phone.click("1 in need of attention", "link")
    phone.wait_for_text("Something needs you")
    phone.wait_for_text("1 entry is not on the server yet, and safe on this phone.")
    phone.wait_for_text("Effort: Use a whole number from 0 to 10.")
    phone.click("Edit", "link")
    phone.wait_to_see("Roll short", "heading")
    phone.fill("Effort (0–10)", 9)
    phone.click("Save session")
    wait_for_row(phone, "effort 9", "Synced")
    open_page(phone, server.url)
    phone.wait_for_text("All synced")
    assert "Roll short" not in phone.text()


def test_a_refused_routine_is_mended_where_it_was_put_together(
    phone: Browser, server: Server
) -> None:
    phone.js(f"{LOGBOOK}.then((book) => book.create('routine', {json.dumps(TOO_MANY_SETS)}))")
    open_page(phone, server.url)
    phone.wait_for_text("Exercises: Use a whole number from 1 to 6.")
    phone.click("Edit", "link")
    phone.wait_to_see("Change your routine", "heading")
    phone.fill("Sets", 3)
    phone.click("Save routine")
    phone.wait_to_see("Quiet evening", "heading")
    open_page(phone, server.url)
    phone.wait_for_text("All synced")
    routine = f"{LOGBOOK}.then((book) => book.list({{kind: 'routine'}}))"
    facts = f"{routine}.then(({{entries: [one]}}) => [one.state, one.body.items[0].sets])"
    assert phone.js(facts) == ["synced", 3]


@pytest.mark.parametrize("phone", ENGINES, indirect=True)
def test_discarding_asks_first_and_leaves_the_row_where_it_was(
    phone: Browser, server: Server
) -> None:
    save(phone, TOO_MUCH)
    open_page(phone, server.url)
    phone.click("Discard")
    phone.wait_to_see("Discard this one for good?", "heading")
    phone.press("Escape")
    focused(phone, "Discard")
    phone.wait_for_text("Needs attention")
    phone.click("Discard")
    phone.click("Discard for good")
    phone.wait_for_text("It is gone, as you said.")
    focused(phone, "Roll short")
    assert log_rows(phone, server.url) == []


def test_what_waits_without_a_signal_is_told_and_goes_up_in_its_place(
    phone: Browser, server: Server
) -> None:
    log_a_session(phone, server.url, "to be deleted")
    wait_for_row(phone, "to be deleted", "Synced")
    server.stop()
    phone.click("Delete Roll short")
    phone.wait_to_see("Undo")
    log_a_session(phone, server.url, "in the tunnel")
    open_page(phone, server.url)
    phone.wait_for_text("No signal just now")
    phone.wait_for_text("2 entries are not on the server yet, and safe on this phone.")
    text = phone.text()
    assert "Your other devices hear of it" in text
    assert "Waiting since today" in text
    height = phone.js("document.querySelector('.sync-rows').offsetHeight")
    server.start()
    phone.click("Sync now")
    phone.wait_for_text("All synced")
    phone.wait_for_text("It is deleted on the server too.")
    phone.wait_for_text("The server has it just as it is here.")
    assert phone.js("document.querySelector('.sync-rows').offsetHeight") == height


def test_a_deletion_that_waits_can_be_taken_back(phone: Browser, server: Server) -> None:
    log_a_session(phone, server.url, "keep me")
    wait_for_row(phone, "keep me", "Synced")
    server.stop()
    phone.click("Delete Roll short")
    phone.wait_to_see("Undo")
    open_page(phone, server.url)
    phone.js("(document.querySelector('unsynced-entry details').open = true)")
    phone.click("Bring it back")
    phone.wait_for_text("the change waits")  # another page than this one deleted it
    server.start()
    assert len(log_rows(phone, server.url)) == 1
    wait_for_row(phone, "keep me", "Synced")


@pytest.mark.parametrize(("choice", "stays"), [("Keep this", "phone"), ("Use the other", "laptop")])
def test_of_two_versions_one_is_chosen_and_counts_on_both_devices(
    phone: Browser, server: Server, launch: Launch, choice: str, stays: str
) -> None:
    log_a_session(phone, server.url, "as it was")
    wait_for_row(phone, "as it was", "Synced")
    laptop = launch("Chromium")
    sign_in(laptop, server.url, ALICE)
    # Cut off alone, lest the phone be the first to send.
    assert isinstance(phone, Chromium)
    phone.context.set_offline(True)
    change(phone, server.url, 13, "from the phone")
    change(laptop, server.url, 14, "from the laptop")
    wait_for_row(laptop, "from the laptop", "Synced")
    phone.context.set_offline(False)

    open_page(phone, server.url)
    phone.wait_to_see("Edited on two devices", "heading")
    cells = "[...document.querySelectorAll('.versions td')].map((cell) => cell.innerText)"
    assert phone.js(cells) == ["13 min", "14 min", "from the phone", "from the laptop"]
    phone.click(choice)
    focused(phone, "Your other devices hear of it.")
    log_rows(phone, server.url)
    wait_for_row(phone, f"from the {stays}", "Synced")
    log_rows(laptop, server.url)
    wait_for_row(laptop, f"from the {stays}", "Synced")
    for device in (phone, laptop):
        open_page(device, server.url)
        device.wait_for_text("All synced")
        assert not device.sees("Edited on two devices", "heading")


def test_when_the_counts_differ_there_is_a_report_and_a_sync_from_scratch(
    phone: Browser, server: Server
) -> None:
    log_a_session(phone, server.url, "counted")
    wait_for_row(phone, "counted", "Synced")
    assert isinstance(phone, Chromium)

    def miscount(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "check": MISCOUNTED})

    phone.context.route("**/api/sync/v1/pull*", miscount)
    open_page(phone, server.url)
    phone.js(f"{LOGBOOK}.then((book) => book.syncFromScratch())")
    phone.wait_for_text("Nothing of it is lost.")
    phone.wait_to_see("Export the report")
    phone.context.unroute("**/api/sync/v1/pull*")
    phone.click("Sync from scratch")
    phone.wait_for_text("All synced")
    assert len(log_rows(phone, server.url)) == 1


def test_a_form_that_is_open_hears_of_a_change_in_another_tab(
    phone: Browser, server: Server
) -> None:
    log_a_session(phone, server.url, "as it was")
    phone.click("Roll short", "link")
    phone.fill("Notes", "typed here")
    here = cast("Chromium", phone).page
    phone.new_window()
    change(phone, server.url, 20, "from the other tab")
    cast("Chromium", phone).page = here
    said = "What you typed is kept. Over there it says: Notes: from the other tab."
    phone.wait_for_text(said)
    phone.wait_for(f"{LOGBOOK}.then((book) => book.syncNow()).then((it) => !it.pushed)", "rest")
    phone.wait_for_text("Synced")
    assert said in phone.text()
    assert (phone.value("Notes"), phone.value("Minutes")) == ("typed here", "20")
    phone.click("Save session")
    wait_for_row(phone, "typed here", "20 min")


def test_a_save_that_finds_no_room_keeps_what_was_typed_and_says_what_to_do(
    phone: Browser, server: Server
) -> None:
    phone.open(f"{server.url}/log/new?routine=roll-short")
    phone.fill("Minutes", 12)
    phone.fill("Notes", "n" * 3_000)
    phone.js(FULL)
    phone.click("Save session")
    phone.wait_for_text("The phone is out of room")
    assert (phone.value("Minutes"), len(phone.value("Notes"))) == ("12", 3_000)
    phone.js(ROOM_AGAIN)
    phone.click("Save session")
    wait_for_row(phone, "Roll short", "nnn")
