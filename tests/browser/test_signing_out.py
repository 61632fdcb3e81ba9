"""Signing out with something that the server does not have: send it, keep it, or take it along."""

from typing import cast

import pytest

from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Browser, Chromium
from tests.browser.files import exported
from tests.browser.server import Server
from tests.browser.story import log_rows, register, sign_in, visit_until_ready, wait_for_row

ALICE, BOB = "alice@example.org", "bob@example.org"
#: Asks as the sync does: to ask who is signed in would bring the cookie back that is taken away.
PULL = "fetch('/api/sync/v1/pull?user=&cursor=', {headers: {'X-Sync-Proto': '1'}})"
SIGNED_OUT = f"{PULL}.then(({{status}}) => status === 401)"
LEFT = "On this phone and nowhere else: 1 entry."
FAILED = "Not everything got through. It is still safe here."
WAITS = f"Waiting for {ALICE} to sign in. It is safe until then."


@pytest.fixture
def phone(request: pytest.FixtureRequest, launch: Launch, server: Server) -> Browser:
    """Return Alice's phone, asked to sign out while only it has her entry; the server is down."""
    browser = launch(getattr(request, "param", "Chromium"))
    visit_until_ready(browser, server.url)
    register(browser, server.url, ALICE)
    server.stop()
    browser.open(f"{server.url}/log/new?routine=roll-short")
    browser.fill("Minutes", 12)
    browser.fill("Notes", "in the tunnel")
    browser.click("Save session")
    wait_for_row(browser, "in the tunnel", "On this phone")
    browser.open(f"{server.url}/settings")
    browser.click("Sign out")
    browser.wait_to_see("Before you go", "heading")
    browser.wait_for_text(LEFT)
    return browser


def leave(phone: Browser, button: str) -> None:
    """Tap what signs out, and wait for the page that comes of it."""
    phone.js("(globalThis.stays = true)")
    phone.click(button)
    phone.wait_for("!globalThis.stays", "the page to load anew")


def test_upload_now_sends_it_first_and_stays_where_that_fails(
    phone: Browser, server: Server
) -> None:
    phone.click("Upload now")
    phone.wait_for_text(FAILED)
    assert phone.sees("Before you go", "heading")
    server.start()
    leave(phone, "Upload now")
    assert phone.js(SIGNED_OUT)
    assert log_rows(phone, server.url) == []
    sign_in(phone, server.url, ALICE)
    log_rows(phone, server.url)
    wait_for_row(phone, "in the tunnel", "Synced")


@pytest.mark.parametrize("phone", ENGINES, indirect=True)
def test_what_is_kept_is_shown_to_nobody_else_and_goes_up_once_its_rider_is_back(
    phone: Browser, server: Server
) -> None:
    leave(phone, "Keep on this phone")
    phone.wait_for_text(f"Entries of {ALICE} wait on this phone.")
    assert log_rows(phone, server.url) == []
    server.start()
    phone.open(f"{server.url}/settings")
    phone.wait_for(SIGNED_OUT, "the end of the session")

    register(phone, server.url, BOB)
    assert log_rows(phone, server.url) == []
    phone.open(f"{server.url}/settings/sync")
    phone.wait_for_text(WAITS)
    assert "in the tunnel" not in phone.text()
    assert not phone.sees("Export")
    assert not phone.sees("Clear")
    phone.open(f"{server.url}/settings")
    leave(phone, "Sign out")
    phone.wait_for_text(f"Entries of {ALICE} wait on this phone.")
    phone.wait_for(SIGNED_OUT, "the end of the session")

    sign_in(phone, server.url, ALICE)
    assert len(log_rows(phone, server.url)) == 1
    wait_for_row(phone, "in the tunnel", "Synced")
    phone.open(f"{server.url}/settings/sync")
    phone.wait_for_text("All synced")
    assert not phone.sees("Others on this phone", "heading")


def test_it_can_be_exported_first_and_nobody_is_signed_out_by_that(
    phone: Browser, server: Server
) -> None:
    log = exported(cast("Chromium", phone), "Export")[1]
    assert log["rider"] == ALICE
    assert [one["body"]["notes"] for one in log["entries"]] == ["in the tunnel"]
    phone.wait_for_text("Exported.")
    phone.click("Stay signed in")
    phone.wait_for("!document.querySelector('dialog[open]')", "the dialog to close")
    server.start()
    assert len(log_rows(phone, server.url)) == 1
    assert not phone.js(SIGNED_OUT)
    wait_for_row(phone, "in the tunnel", "Synced")
