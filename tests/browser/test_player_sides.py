"""Sides done right: the rider says which begins, each engine plays it, and each side is logged."""

from typing import Any, cast

import pytest

from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Browser
from tests.browser.server import Server
from tests.browser.story import pass_time, play_to_the_end, save_session, visit_until_ready
from tests.browser.timetable import content

ROUTINE = "stretch-daily-minimum"
#: The sets of the newest session, and how long it took.
LOGGED = """(async () => {
  const { openLogbook } = await import("/static/js/data/logbook.js");
  const { entries } = await (await openLogbook()).list();
  return entries[0].body;
})()"""
SAVE_SORE = """(async () => {
  const { openLogbook } = await import("/static/js/data/logbook.js");
  const book = await openLogbook();
  const body = { date: "2026-03-01", duration_s: 600, pain_peak: 2, pain_side: "R" };
  return (await book.create("session", body)).id;
})()"""
SIDE = "document.querySelector('.stage-side').dataset.side"
SUMMARY = "document.querySelector('.player-sides summary').innerText.trim()"
OPEN = "document.querySelector('.player-sides').open"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_whole_routine_is_played_in_the_order_the_rider_wants_and_logged_side_by_side(
    engine: str, launch: Launch, server: Server
) -> None:
    phone = launch(engine)
    visit_until_ready(phone, f"{server.url}/play/{ROUTINE}")
    phone.fill("Which side first?", "R")
    phone.fill("And its sets?", "side")
    assert phone.js(SUMMARY) == "Sides: right first, then the other"
    phone.click("Start")
    phone.wait_to_see("Pause")
    assert phone.js(SIDE) == "R"
    play_to_the_end(phone)
    save_session(phone)

    body = cast("dict[str, Any]", phone.js(LOGGED))
    routine = content()["routines"][ROUTINE]
    due = [
        (item["exercise"], side)
        for item in routine["items"]
        for side in "RL"
        for _ in range(item["dose"]["sets"])
    ]
    assert [(one["exercise"], one["side"]) for one in body["sets"]] == due
    assert all(one["done"] == one["target"] and not one["skipped"] for one in body["sets"])
    assert body["duration_s"] == routine["duration_s"]

    phone.open(f"{server.url}/play/{ROUTINE}")
    phone.wait_to_see("Start")
    assert phone.js(SUMMARY) == "Sides: right first, then the other"
    assert not phone.js(OPEN)


def test_the_side_that_hurt_last_begins_and_what_hurts_is_logged_with_its_set(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium")
    visit_until_ready(phone, f"{server.url}/log/")
    phone.js(SAVE_SORE)
    phone.open(f"{server.url}/play/{ROUTINE}")
    phone.wait_for_text("Your log says that the right one hurt last.")
    assert phone.js(OPEN)
    phone.click("Start")
    phone.click("Skip")
    phone.wait_for(f"{SIDE} === 'R'", "the right side")
    pass_time(phone, 11)
    say_it_hurts(phone)
    phone.reload()
    phone.click("Go on where you stopped")
    phone.wait_to_see("Resume")
    assert phone.js(SIDE) == "R"
    phone.click("Finish")
    save_session(phone)
    first, second, *_ = cast("dict[str, Any]", phone.js(LOGGED))["sets"]
    assert (first["side"], first["pain"], first["skipped"]) == ("R", 2, False)
    assert first["done"] >= 11
    assert (second["side"], second["skipped"], "pain" in second) == ("L", True, False)


def say_it_hurts(phone: Browser) -> None:
    """Say that it hurts a little, and go on."""
    phone.click("This hurts")
    phone.wait_to_see("The clock has stopped. What hurts?", "dialog")
    phone.fill("How much? 0 is nothing, 10 is the worst.", 2)
    phone.fill("Where?", "groin")
    phone.click("What now?")
    phone.click("Go on as it is")
    phone.wait_to_see("Resume")
