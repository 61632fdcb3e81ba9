"""Signing out of a phone that others use too: the log goes with its rider, and not unasked."""

from tests.browser.conftest import Launch
from tests.browser.server import Server
from tests.browser.story import log_rows, register, start_routine

EMPTY = "Nothing here yet"


def test_the_account_page_asks_about_what_is_unsynced_and_leaves_no_log_behind(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium")
    register(phone, server.url, "alice@example.org")
    phone.open(f"{server.url}/log/new?routine=roll-short")
    phone.fill("Minutes", 12)
    phone.click("Save session")
    phone.wait_for_text("Synced")
    start_routine(phone, server.url, "activate-express")  # on this phone, and nowhere else

    phone.open(f"{server.url}/accounts/")
    phone.click("Sign out")
    phone.wait_to_see("Before you go", "heading")
    phone.click("Delete from this phone")
    phone.wait_to_see("Sign in", "heading")
    assert log_rows(phone, server.url) == []
    phone.wait_to_see(EMPTY, "heading")
