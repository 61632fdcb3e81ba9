"""What a rider takes out of the app: one entry as a file or as text, and the whole log."""

import re
from typing import Any, cast

import pytest

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import ask
from tests.browser.files import exported
from tests.browser.server import Server
from tests.browser.story import register, visit_until_ready

ALICE = "alice@example.org"
#: What no form lets pass: the server refuses it.
REFUSED = {
    "routine_name": "Roll short",
    "date": "2026-03-01",
    "duration_s": 600,
    "effort": 99,
    "notes": "Two\nlines",
}
IN_WORDS = """Roll short
Sunday 1 March 2026
Length: 10 min
Effort: 99 of 10
Notes: Two
lines"""
ROUTINE = {"name": "Quiet evening", "items": []}
DRAFT = {"holder": "a tab", "routine": "activate-express", "sets": []}
#: The log is read in pages of 500.
MANY = 501
SAVE_MANY = f"""
for (let i = 0; i < {MANY}; i += 1)
  await book.create("session", {{ date: "2026-03-01", duration_s: 600, notes: `the ${{i}}th` }});
"""


@pytest.fixture
def phone(launch: Launch, server: Server) -> Chromium:
    """Return a phone that shows the plan."""
    phone = launch("Chromium")
    phone.open(server.url)
    return cast("Chromium", phone)


def save(phone: Chromium, kind: str, body: dict[str, Any]) -> str:
    """Save an entry past the form; return its id."""
    entry = ask(phone.page, "return book.create(...argument);", [kind, body])
    return str(entry["id"])


def open_refused(phone: Chromium, server: Server) -> str:
    """Open the page about the sync with one refused entry on it; return the entry's id."""
    register(phone, server.url, ALICE)
    entry_id = save(phone, "session", REFUSED)
    phone.open(f"{server.url}/settings/sync")
    phone.wait_for_text("Effort: Use a whole number from 0 to 10.")
    return entry_id


def test_an_entry_that_the_server_refused_is_handed_out_as_a_file(
    phone: Chromium, server: Server
) -> None:
    entry_id = open_refused(phone, server)
    name, entry = exported(phone, "Export")
    assert name == "roll-short-2026-03-01.json"
    assert (entry["id"], entry["kind"], entry["body"]) == (entry_id, "session", REFUSED)
    assert "effort" in entry["reason"]["errors"]


def test_an_entry_that_waits_is_handed_out_as_a_file(phone: Chromium, server: Server) -> None:
    visit_until_ready(phone, server.url)
    register(phone, server.url, ALICE)
    server.stop()
    entry_id = save(phone, "routine", ROUTINE)
    phone.open(f"{server.url}/settings/sync")
    phone.wait_for_text("Waiting since today")
    phone.js("(document.querySelector('unsynced-entry details').open = true)")
    name, entry = exported(phone, "Export")
    assert name == f"quiet-evening-{entry_id}.json"
    assert (entry["kind"], entry["body"], entry["state"]) == ("routine", ROUTINE, "waiting")


def test_an_entry_is_copied_in_the_words_of_the_log(phone: Chromium, server: Server) -> None:
    open_refused(phone, server)
    phone.click("Copy")
    phone.wait_for_text("Copied.")
    phone.context.grant_permissions(["clipboard-read"])
    assert phone.js("navigator.clipboard.readText()") == IN_WORDS


def test_where_the_browser_allows_no_copy_it_is_said_and_export_works(
    phone: Chromium, server: Server
) -> None:
    open_refused(phone, server)
    phone.context.grant_permissions([])  # and so none
    phone.click("Copy")
    phone.wait_for_text("This browser does not let us copy. Export works.")
    assert exported(phone, "Export")[1]["body"] == REFUSED


def test_the_whole_log_is_handed_out_with_what_is_only_here_and_what_runs(
    phone: Chromium, server: Server
) -> None:
    visit_until_ready(phone, server.url)
    register(phone, server.url, ALICE)
    synced = save(phone, "session", {**REFUSED, "effort": 9})
    routine = save(phone, "routine", ROUTINE)
    assert ask(phone.page, "return (await book.syncNow()).state;") == "idle"
    server.stop()
    waiting = save(phone, "session", {**REFUSED, "effort": 8})
    gone = save(phone, "session", REFUSED)
    ask(phone.page, "await book.remove(argument);", gone)
    ask(phone.page, "await book.draft.put(argument, null);", DRAFT)

    phone.open(f"{server.url}/settings")
    name, log = exported(phone, "Export everything")
    assert re.fullmatch(r"dbs-log-\d{4}-\d\d-\d\d\.json", name)
    assert (log["format"], log["version"]) == ("dbs-four-step-log", 1)
    assert (log["rider"], log["draft"]) == (ALICE, DRAFT)
    states = {one["id"]: (one["kind"], one["state"]) for one in log["entries"]}
    assert states == {
        synced: ("session", "synced"),
        routine: ("routine", "synced"),
        waiting: ("session", "phone"),
    }
    assert [one["body"] for one in log["entries"] if one["kind"] == "routine"] == [ROUTINE]


def test_a_long_log_is_handed_out_whole_and_without_an_account(
    phone: Chromium, server: Server
) -> None:
    ask(phone.page, SAVE_MANY)
    phone.open(f"{server.url}/settings")
    log = exported(phone, "Export everything")[1]
    assert log["rider"] is None
    notes = {one["body"]["notes"] for one in log["entries"]}
    assert (len(log["entries"]), len(notes)) == (MANY, MANY)
