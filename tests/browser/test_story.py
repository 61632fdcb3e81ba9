"""The main job, told once in each engine: train with no signal, find it on the laptop."""

import pytest

from tests.browser.conftest import ENGINES, Launch
from tests.browser.server import Server
from tests.browser.story import (
    log_rows,
    play_to_the_end,
    register,
    save_session,
    sign_in,
    start_routine,
    visit_until_ready,
    wait_for_row,
)

ALICE = "alice@example.org"


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_done_with_no_signal_reaches_the_laptop_and_its_edit_comes_back(
    engine: str, launch: Launch, server: Server
) -> None:
    phone = launch(engine)
    visit_until_ready(phone, server.url)

    server.stop()
    phone.open(f"{server.url}/exercises/figure-four-glute-stretch")  # for the first time
    phone.wait_to_see("Figure-four glute stretch", "heading")
    start_routine(phone, server.url, "activate-express")
    play_to_the_end(phone)
    phone.fill("Effort (0–10)", 3)
    phone.fill("Pain during (0–10)", 1)
    phone.wait_for_text("Where it hurt")
    save_session(phone)
    phone.click("See it in your log", "link")
    wait_for_row(phone, "Activate express", "effort 3", "pain 1", "On this phone")

    server.start()
    register(phone, server.url, ALICE)
    log_rows(phone, server.url)
    wait_for_row(phone, "Activate express", "Synced")

    laptop = launch("Chromium")
    sign_in(laptop, server.url, ALICE)
    log_rows(laptop, server.url)
    wait_for_row(laptop, "Activate express", "effort 3", "Synced")
    laptop.click("Activate express", "link")
    laptop.fill("Effort (0–10)", 5)
    laptop.fill("Notes", "The left one woke up last.")
    laptop.click("Save session")
    wait_for_row(laptop, "effort 5", "The left one woke up last.", "Synced")

    phone.reload()
    wait_for_row(phone, "effort 5", "pain 1", "The left one woke up last.", "Synced")
    assert len(log_rows(phone, server.url)) == 1
