"""The log of a deleted account: on its rider's phone, and on one that somebody else took over."""

from typing import cast

import pytest

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import notes, save, sync
from tests.browser.files import exported
from tests.browser.server import Server
from tests.browser.story import PASSWORD, fill_in_credentials, register, sign_in

ALICE, BOB = "alice@example.org", "bob@example.org"
NOWHERE_ELSE = "The account is deleted, so your whole log is on this phone and nowhere else."
GONE = f"The account of {ALICE} is deleted. Its log is on this phone, and nowhere else."
DATABASES = "indexedDB.databases().then((all) => all.map(({name}) => name).sort())"


@pytest.fixture
def phone(launch: Launch, server: Server) -> Chromium:
    """Return Alice's phone, with her log; she has deleted her account from her laptop."""
    phone, laptop = cast("Chromium", launch("Chromium")), launch("Chromium")
    register(phone, server.url, ALICE)
    save(phone.page, "Alice's")
    assert sync(phone.page) == "idle"
    sign_in(laptop, server.url, ALICE)
    laptop.open(f"{server.url}/accounts/delete")
    laptop.fill("Password", PASSWORD)
    laptop.click("Delete account")
    laptop.wait_for_text("Your account is deleted")
    phone.open(f"{server.url}/settings/sync")
    phone.wait_for_text("The account is deleted")
    return phone


def hand_over(phone: Chromium, url: str) -> None:
    """Have Bob sign in on the phone, log something, and look at the page about the sync."""
    phone.open(f"{url}/accounts/register")
    fill_in_credentials(phone, BOB)
    phone.click("Create account")
    phone.wait_for("location.pathname === '/log/'", "Bob's log")
    assert sync(phone.page) == "idle"
    save(phone.page, "Bob's")
    phone.open(f"{url}/settings/sync")
    phone.wait_for_text(GONE)


def notes_in(log: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    """Return the notes of an exported log."""
    return [one["body"]["notes"] for one in log["entries"]]


def test_its_rider_may_export_it_or_leave_it_and_neither_send_nor_keep_it(phone: Chromium) -> None:
    log = exported(phone, "Export everything")[1]
    assert (log["rider"], notes_in(log)) == (ALICE, ["Alice's"])
    phone.click("Sign out")
    phone.wait_for_text(NOWHERE_ELSE)
    assert not phone.sees("Upload now")
    assert not phone.sees("Keep on this phone")
    assert notes_in(exported(phone, "Export")[1]) == ["Alice's"]
    phone.click("Leave it here")
    phone.wait_for("!document.querySelector('dialog[open]')", "the dialog to close")
    assert notes(phone.page) == ["Alice's synced"]


def test_whoever_comes_next_may_export_it_and_hands_out_nothing_else(
    phone: Chromium, server: Server
) -> None:
    hand_over(phone, server.url)
    assert "Alice's" not in phone.text()
    log = exported(phone, "Export")[1]
    assert (log["rider"], notes_in(log)) == (ALICE, ["Alice's"])


def test_clearing_it_asks_first_and_clears_nothing_else(phone: Chromium, server: Server) -> None:
    hand_over(phone, server.url)
    before = phone.js(DATABASES)
    phone.click("Clear")
    phone.wait_for_text("Clear this log for good?")
    phone.click("Keep it")
    phone.wait_for("!document.querySelector('dialog[open]')", "the dialog to close")
    assert (GONE in phone.text(), phone.js(DATABASES)) == (True, before)

    phone.click("Clear")
    phone.click("Clear for good")
    phone.wait_for(f"!document.body.innerText.includes({GONE!r})", "the log to be off the list")
    phone.wait_for("document.activeElement === document.querySelector('#main')", "the focus")
    assert len(phone.js(DATABASES)) == len(before) - 1
    assert [note.split()[0] for note in notes(phone.page)] == ["Bob's"]
    phone.reload()
    phone.wait_for("document.querySelector('sync-page')?.ariaBusy === 'false'", "the page")
    assert not phone.sees("Others on this phone", "heading")
