"""Routines of a rider's own: put together by keyboard, kept, played, synced and shared."""

import base64
import json
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Dialog

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.pwa.test_frame import WATCH_SHIFTS
from tests.browser.server import Server
from tests.browser.story import log_rows, register, save_session, sign_in, visit_until_ready

ALICE = "alice@example.org"
NAME = "Garage, 6 a.m. & a very long name that goes on until the coffee is ready"
#: What the focus is on, by its accessible name as far as a tester needs it.
FOCUSED = """(() => {
  const at = document.activeElement.cloneNode(true);
  for (const unsaid of at.querySelectorAll('[aria-hidden]')) unsaid.remove();
  const label = document.activeElement.labels?.[0];
  return at.ariaLabel ?? (label ?? at).textContent.replace(/\\s+/g, ' ').trim();
})()"""
ORDER = "[...document.querySelectorAll('.compose-name a')].map((one) => one.textContent)"
#: Everything that this browser keeps of routines, of a rider or of nobody.
KEPT = """(async () => {
  const {openLogbook} = await import('/static/js/data/logbook.js');
  const {entries} = await (await openLogbook()).list({kind: 'routine'});
  const unsaved = Object.keys(localStorage).filter((key) => key.startsWith('dbs-compose'));
  return [...entries.map((one) => one.body.name), ...unsaved];
})()"""


def add(phone: Chromium, exercise: str) -> None:
    """Tap an exercise of the library."""
    phone.page.get_by_role("button", name=f"Add {exercise}").first.click()


def tab_to(phone: Chromium, name: str) -> None:
    """Press Tab until the focus is on what is called `name`."""
    for _ in range(150):
        phone.press("Tab")
        if str(phone.js(FOCUSED)).startswith(name):
            return
    raise AssertionError(f"no Tab leads to {name!r}")


def compose_by_keyboard(phone: Chromium) -> None:
    """Put two exercises together, with the keys of a keyboard and nothing else."""
    tab_to(phone, "Name")
    phone.page.keyboard.type(NAME)
    tab_to(phone, "Search")
    phone.page.keyboard.type("squat to box")
    phone.wait_for_text("1 exercise")
    tab_to(phone, "Add Single-leg squat to box")
    phone.press("Enter")
    phone.wait_for_text("Single-leg squat to box added as number 1.")
    phone.page.keyboard.press("Shift+Tab")
    phone.page.keyboard.press("Shift+Tab")
    assert phone.js(FOCUSED) == "Search"
    phone.page.keyboard.press("Control+A")
    phone.page.keyboard.type("double-leg")
    tab_to(phone, "Add Double-leg bridge")
    phone.press("Space")
    phone.wait_for_text("Double-leg bridge added as number 2.")


def change_order_by_keyboard(phone: Chromium) -> None:
    """Move the second exercise up, and keep the focus on the key that did it."""
    phone.page.keyboard.press("Control+Home")
    phone.js("document.getElementById('routine-name').focus()")
    tab_to(phone, "Move Double-leg bridge up")
    phone.press("Enter")
    phone.wait_for_text("Double-leg bridge is number 1 of 2 now.")
    assert phone.js(FOCUSED) == "Move Double-leg bridge up"
    assert phone.js(ORDER) == ["Double-leg bridge", "Single-leg squat to box"]
    phone.press("Enter")
    phone.wait_for_text("Double-leg bridge is the first already.")


def shared_link(phone: Chromium) -> str:
    """Share the one routine of the list, and return its link."""
    phone.js("delete Navigator.prototype.share")
    phone.click(f"Share {NAME}")
    phone.wait_to_see("Share this routine", "heading")
    return str(phone.value("Link"))


def test_a_routine_is_put_together_by_keyboard_with_no_signal_played_and_synced(
    launch: Launch, server: Server
) -> None:
    phone = cast("Chromium", launch("Chromium"))
    visit_until_ready(phone, server.url)
    register(phone, server.url, ALICE)
    server.stop()
    phone.open(f"{server.url}/routines/compose")
    phone.wait_to_see("Save routine")
    compose_by_keyboard(phone)
    change_order_by_keyboard(phone)
    phone.reload()
    phone.wait_for_text("Here is what you had not saved yet.")
    assert phone.js(ORDER) == ["Double-leg bridge", "Single-leg squat to box"]
    tab_to(phone, "Sets")
    phone.page.keyboard.type("3")  # a field that is tabbed into is selected whole
    phone.wait_for_text("8 to 10 repetitions, 2 sets, and no more.")
    tab_to(phone, "Save routine")
    phone.press("Enter")
    phone.wait_for_text("Saved on this phone.")
    phone.wait_for_text("On this phone")

    phone.click(f"Start {NAME}", "link")
    phone.click("Start")
    phone.click("Finish")
    save_session(phone)
    assert NAME in log_rows(phone, server.url)[0]
    server.start()
    laptop = cast("Chromium", launch("Chromium"))
    sign_in(laptop, server.url, ALICE)
    phone.open(f"{server.url}/routines/mine")
    phone.wait_for_text("Synced")
    laptop.open(f"{server.url}/routines/mine")
    laptop.wait_for_text(NAME)
    laptop.click(f"Edit {NAME}", "link")
    laptop.wait_to_see("Save routine")
    assert laptop.value("Sets") == "3"
    laptop.fill("Name", "Shorter")
    laptop.click("Save routine")
    laptop.wait_for_text("Saved on this phone.")
    laptop.wait_for_text("Synced")
    phone.reload()
    phone.wait_for_text("Shorter")
    phone.click("Delete Shorter")
    phone.click("Delete")
    phone.wait_for_text("Shorter is deleted.")
    phone.click("Undo")
    phone.wait_for_text("Shorter is back.")


def test_a_shared_routine_opens_for_a_stranger_with_no_signal_is_kept_and_played(
    launch: Launch, server: Server
) -> None:
    phone = cast("Chromium", launch("Chromium"))
    phone.open(f"{server.url}/routines/compose")
    phone.wait_to_see("Save routine")
    compose_by_keyboard(phone)
    phone.click("Save routine")
    phone.wait_for_text("Saved on this phone.")
    link = shared_link(phone)
    assert link.startswith(f"{server.url}/routines/shared#1.")

    friend = cast("Chromium", launch("Chromium"))
    visit_until_ready(friend, server.url)
    server.stop()
    friend.open(link)
    friend.wait_to_see(NAME, "heading")
    friend.wait_for_text("2 exercises")
    assert friend.js(KEPT) == []
    friend.click("Keep it in My routines")
    friend.wait_for_text("Kept on this phone.")
    friend.click("Start", "link")
    friend.click("Start")
    friend.wait_to_see("Pause")
    friend.reload()
    friend.click("Go on where you stopped")
    friend.click("Finish")
    save_session(friend)
    assert NAME in log_rows(friend, server.url)[0]
    assert friend.js(KEPT) == [NAME]


def packed(said: object) -> str:
    """Return the part of a link after "#" that says `said`."""
    return "1." + base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


#: What came in the link, and what the rider is told.
REFUSED = {
    packed(["Many", ["AC-02"] * 10_000]): "This link holds far more than a routine can.",
    packed(["Mine", ["AC-02", "AC-03"]])[:-5]: "This link was cut off on its way.",
    packed(["Mine", ["AC-99"]]): "names an exercise that this app does not know",
    packed(["<img src=x onerror=alert(1)>", ["AC-02"]]): "this looks like code",
    packed(["Mine", [["AC-02", 99]]]): "does not ask for 1 to 6 sets of Double-leg bridge",
    "1.%%%": "This is not a link that the app has made",
    "7.abcd": "This link was made by another version of the app.",
    "": "There is no routine in this link.",
}


def test_a_bad_link_is_refused_in_a_sentence_runs_nothing_and_stores_nothing(
    launch: Launch, server: Server
) -> None:
    phone = cast("Chromium", launch("Chromium"))
    called: list[str] = []

    def hear(dialog: Dialog) -> None:
        called.append(dialog.message)
        dialog.dismiss()

    phone.page.on("dialog", hear)
    for link, sentence in REFUSED.items():
        for path in ("/routines/shared", "/play/shared") if link else ("/routines/shared",):
            phone.open("about:blank")
            phone.open(f"{server.url}{path}#{link}")
            phone.wait_to_see("This link does not open", "heading")
            phone.wait_for_text(sentence)
            assert not phone.js("!!document.querySelector('main img, main script')")
    assert called == []
    assert phone.js(KEPT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_jumps(scheme: str, launch: Launch, server: Server) -> None:
    phone = cast("Chromium", launch("Chromium"))
    phone.page.add_init_script(WATCH_SHIFTS)
    phone.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]

    def look(*words: str) -> None:
        for word in words:
            phone.wait_for_text(word)
        found = Axe().run(phone.page, options={"resultTypes": ["violations"]})
        assert [one["id"] for one in found.response["violations"]] == [], words

    phone.open(f"{server.url}/routines/mine")
    look("Nothing here yet")
    assert phone.js("self.shifts") == 0
    phone.open(f"{server.url}/routines/compose?hip=sore")
    phone.wait_to_see("Save routine")
    assert phone.js("self.shifts") == 0
    phone.click("Save routine")
    look("Give it a name.", "Put at least one exercise in.")
    phone.fill("Name", NAME)
    add(phone, "Side-lying clam")
    phone.fill("Sets", "99")
    look("Use a whole number from 1 to 6.", "Change it:")
    phone.fill("Sets", "3")
    phone.click("Save routine")
    phone.wait_for_text("Saved on this phone.")
    look(NAME)
    link = shared_link(phone)
    look("Who opens it needs no account")
    phone.open(link)
    look("A routine that somebody shared")
    assert phone.js("self.shifts") == 0
    phone.open(f"{server.url}/routines/shared#1.x")
    phone.reload()
    look("This link was cut off")


def test_an_exercise_is_dragged_to_another_place(launch: Launch, server: Server) -> None:
    phone = cast("Chromium", launch("Chromium"))
    phone.open(f"{server.url}/routines/compose")
    phone.wait_to_see("Save routine")
    add(phone, "Squat")
    add(phone, "Glute squeeze")
    assert phone.js(ORDER) == ["Squat", "Glute squeeze"]
    grips = phone.page.locator(".compose-grip")
    grips.first.scroll_into_view_if_needed()
    here, there = grips.nth(0).bounding_box(), grips.nth(1).bounding_box()
    assert here
    assert there
    mouse = phone.page.mouse
    mouse.move(here["x"] + 10, here["y"] + 20)
    mouse.down()
    mouse.move(there["x"] + 10, there["y"] + 130, steps=5)
    phone.wait_for("!!document.querySelector('.compose-after')", "the mark of where it falls")
    mouse.up()
    phone.wait_for_text("Squat is number 2 of 2 now.")
    assert phone.js(ORDER) == ["Glute squeeze", "Squat"]
    assert not phone.js("!!document.querySelector('.compose-before, .compose-after')")
