"""A routine in the middle of life: frozen, turned, in two tabs, under a clock that jumps."""

from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.frozen import Freezable
from tests.browser.server import Server
from tests.browser.story import (
    log_rows,
    pass_time,
    play_to_the_end,
    save_session,
    start_routine,
    visit_until_ready,
)
from tests.browser.timetable import stop_at

AWAY_S = 300
#: The clock goes on while the page is frozen, and what runs in it then is counted.
GO_AWAY = f"""(() => {{
  let frozen = false;
  globalThis.ranFrozen = 0;
  setInterval(() => {{ if (frozen) ranFrozen += 1; }}, 20);
  document.addEventListener("freeze", () => {{
    frozen = true;
    const now = Date.now;
    Date.now = () => now() + {AWAY_S * 1000};
  }});
  document.addEventListener("resume", () => {{ frozen = false; globalThis.back = true; }});
  return true;
}})()"""
#: What the stage shows, and for how long the routine has been on, at one moment.
SHOWN = """(async () => {
  const { openLogbook } = await import("/static/js/data/logbook.js");
  const { run } = await (await openLogbook()).draft.get();
  const stage = document.querySelector(".stage");
  return {
    exercise: stage.querySelector("h1").textContent,
    kind: stage.dataset.type,
    figure: stage.querySelector(".dial-figure").textContent,
    seconds: (Date.now() - run.startedAt) / 1000,
  };
})()"""
#: The same, once the stage has moved after a look at the clock.
SETTLED = f"""(async () => {{
  const before = document.querySelector(".dial-figure").textContent;
  while (document.querySelector(".dial-figure").textContent === before) {{
    await new Promise(requestAnimationFrame);
  }}
  return {SHOWN};
}})()"""
STAGE = "document.querySelector('.stage').innerText.replace(/\\s+/g, ' ')"
TYPE = "document.querySelector('.stage').dataset.type"
LEFT = "Number(document.querySelector('.dial-figure').textContent)"
FITS = "document.documentElement.scrollWidth <= innerWidth"
PAUSED = "document.querySelector('.stage-main').textContent.includes('Resume')"


@pytest.fixture
def phone(launch: Launch) -> Chromium:
    """Return a phone with no page yet."""
    return cast("Chromium", launch("Chromium"))


def test_frozen_for_five_minutes_it_comes_back_to_the_right_second(
    tmp_path: Path, server: Server
) -> None:
    slug = "stretch-standard"  # holds only: the dial counts seconds all the time
    with closing(Freezable(tmp_path / "phone")) as phone:
        start_routine(phone, server.url, slug)
        phone.js(GO_AWAY)
        with phone.frozen():
            pass
        phone.wait_for("globalThis.back", "the page to go on")
        assert phone.js("ranFrozen") == 0
        due_after = f"({SHOWN}).then(({{ seconds }}) => seconds > {AWAY_S})"
        assert phone.js(due_after)
        shown = phone.wait_for(SETTLED, "the dial to keep up")
        due = stop_at(slug, shown["seconds"])
        assert (shown["exercise"], shown["kind"]) == (due.exercise, due.kind)
        assert abs(int(shown["figure"]) - due.left) <= 1
        phone.click("Finish")
        save_session(phone)
        assert len(log_rows(phone, server.url)) == 1


def test_turned_in_mid_set_nothing_moves_but_the_page(phone: Chromium, server: Server) -> None:
    start_routine(phone, server.url, "strength-a")
    phone.click("Skip")
    phone.wait_for(f"{TYPE} === 'work'", "the set")
    pass_time(phone, 7)
    phone.click("Pause")
    phone.wait_to_see("Resume")
    before = phone.js(STAGE)
    for width, height in ((844, 390), (390, 844), (1180, 820), (390, 844)):
        phone.page.set_viewport_size({"width": width, "height": height})
        assert phone.js(STAGE) == before
        assert phone.js(FITS)
        for key in ("Back", "Resume", "Skip", "This hurts", "Finish"):
            expect(phone.page.get_by_role("button", name=key, exact=True)).to_be_in_viewport()
    phone.click("Resume")
    phone.wait_to_see("Pause")


def test_a_clock_that_jumps_loses_nothing_and_counts_nothing_twice(
    phone: Chromium, server: Server
) -> None:
    start_routine(phone, server.url, "stretch-daily-minimum")
    phone.click("Skip")
    phone.wait_for(f"{TYPE} === 'work'", "the hold")
    pass_time(phone, 10)
    left = int(cast("int", phone.js(LEFT)))
    phone.move_clock(-3600)  # summer time ends
    phone.wait_for(f"{LEFT} < {left}", "the hold to go on")
    assert left - int(cast("int", phone.js(LEFT))) <= 3
    phone.move_clock(3 * 3600)  # nobody plays for so long: the phone had the wrong day
    phone.wait_for(PAUSED, "the pause")
    assert phone.js(TYPE) == "work"
    phone.click("Resume")
    phone.wait_to_see("Pause")
    phone.click("Finish")
    phone.wait_for_text("1 of")
    save_session(phone)
    assert len(log_rows(phone, server.url)) == 1


def test_two_tabs_play_one_routine_in_one_of_them_and_log_it_once(
    phone: Chromium, server: Server
) -> None:
    visit_until_ready(phone, server.url)
    start_routine(phone, server.url, "activate-express")
    first = phone.page
    pass_time(phone, 60)
    phone.new_window()
    phone.open(f"{server.url}/play/activate-express")
    phone.click("Go on where you stopped")
    phone.wait_to_see("Resume")
    first.get_by_role("button", name="Skip").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("This routine goes on elsewhere")
    phone.click("Resume")
    play_to_the_end(phone)
    save_session(phone)
    first.reload()
    expect(first.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert len(log_rows(phone, server.url)) == 1
