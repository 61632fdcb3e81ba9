"""The battery dies, the phone falls into the pain cave: what was done is still there."""

from pathlib import Path

from playwright.sync_api import Playwright

from tests.browser.conftest import Launch
from tests.browser.engines import Browser
from tests.browser.server import Server
from tests.browser.story import (
    log_rows,
    pass_time,
    save_session,
    start_routine,
    visit_until_ready,
    wait_for_row,
)
from tests.kills.chromium import kill_chromium

ROUTINE = "activate-express"
ROUNDS = 3
#: What the player's dial says while no set runs.
BETWEEN = (
    "['Get ready', 'Rest', 'Change sides'].some((word) =>"
    " document.querySelector('[role=timer]').innerText.includes(word))"
)


def play_one_set(browser: Browser) -> None:
    """Let the time of one whole set pass; the next one has not begun."""
    while browser.js(BETWEEN):
        pass_time(browser, 4)
    while not browser.js(BETWEEN):
        pass_time(browser, 4)


def test_killed_between_two_sets_the_player_goes_on_from_there(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium", "phone")
    visit_until_ready(phone, server.url)
    start_routine(phone, server.url, ROUTINE)
    server.stop()
    for done in range(1, ROUNDS + 1):
        play_one_set(phone)
        phone.kill()
        phone = launch("Chromium", "phone")
        phone.open(f"{server.url}/play/{ROUTINE}")
        phone.wait_to_see("You stopped half-way", "heading")
        count = "1 set" if done == 1 else f"{done} sets"
        assert f"{count} done so far." in phone.text()
        phone.click("Go on where you stopped")
        phone.click("Resume")
        phone.wait_to_see("Pause")
    phone.click("Finish")
    phone.wait_for_text(f"{ROUNDS} of")
    save_session(phone)
    assert len(log_rows(phone, server.url)) == 1


def test_killed_right_after_it_said_saved_the_entry_is_in_the_log(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium", "phone")
    visit_until_ready(phone, server.url)
    server.stop()
    for count in range(1, ROUNDS + 1):
        start_routine(phone, server.url, ROUTINE)
        pass_time(phone, 60)
        phone.click("Finish")
        phone.fill("Notes", f"Round {count}")
        save_session(phone)
        phone.kill()
        phone = launch("Chromium", "phone")
        assert len(log_rows(phone, server.url)) == count
        wait_for_row(phone, f"Round {count}")


def test_killed_in_the_middle_of_saving_nothing_is_lost_and_nothing_twice(
    playwright: Playwright, tmp_path: Path
) -> None:
    kill_chromium(playwright, tmp_path, 3).assert_nothing_lost_or_twice()
