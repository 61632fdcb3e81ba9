"""Leaving: a page in the middle of a save; a phone that others use too, with its log."""

import pytest

from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Chromium
from tests.browser.server import Server
from tests.browser.story import (
    log_rows,
    register,
    start_routine,
    visit_until_ready,
    wait_for_row,
)

EMPTY = "Nothing here yet"
#: A store that takes for ever to open, and one that the browser refuses.
SLOW_STORE = "IDBOpenDBRequest.prototype.addEventListener = () => {}"
NO_STORE = "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }"


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


def test_nobody_signs_out_before_it_is_known_whose_log_is_on_the_phone(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    register(phone, server.url, "alice@example.org")
    phone.context.add_init_script(SLOW_STORE)
    phone.open(f"{server.url}/accounts/")
    phone.wait_to_see("Your account", "heading")
    assert not phone.sees("Sign out")


def test_a_phone_that_holds_no_log_signs_out_at_once(launch: Launch, server: Server) -> None:
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    register(phone, server.url, "alice@example.org")
    phone.context.add_init_script(NO_STORE)
    phone.open(f"{server.url}/accounts/")
    phone.click("Sign out")
    phone.wait_for("location.pathname === '/'", "the plan")
    assert phone.js("fetch('/api/session').then((answer) => answer.json())")["rider"] is None


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_that_is_left_while_it_saves_is_in_nobodys_way(
    engine: str, launch: Launch, server: Server
) -> None:
    phone = launch(engine)
    visit_until_ready(phone, server.url)
    phone.js(
        "import('/static/js/data/logbook.js').then(({openLogbook}) => openLogbook())"
        ".then((book) => { for (let i = 0; i < 50; i += 1) book.create('session', "
        "{date: '2026-03-01', duration_s: 600, routine_name: 'Roll short'});"
        " setTimeout(() => { location.href = '/settings'; }); return true; })"
    )
    phone.wait_to_see("Settings", "heading")
    phone.open(f"{server.url}/log/new?routine=roll-short")
    phone.fill("Minutes", 12)
    phone.fill("Notes", "after the others")
    phone.click("Save session")
    wait_for_row(phone, "after the others")
