"""The moving figure under a thumb, from the keyboard, and where less motion is asked for."""

from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.server import Server

DRAWN = "document.querySelector('exercise-figure svg')?.children.length > 30"
#: All path data as text, which tells whether the picture has changed.
PICTURE = """[...document.querySelectorAll('exercise-figure path')]
  .map((one) => one.getAttribute('d')).join('')"""


@pytest.fixture
def phone(launch: Launch) -> Chromium:
    """Return a phone with no page yet."""
    return cast("Chromium", launch("Chromium"))


def show(phone: Chromium, server: Server, slug: str = "side-lying-clam") -> None:
    """Open an exercise and wait until its figure is drawn."""
    phone.open(f"{server.url}/exercises/{slug}")
    phone.wait_for(DRAWN, "the figure")


def calm(phone: Chromium, server: Server) -> str:
    """Show the clam where less motion is asked for; return the picture."""
    phone.page.emulate_media(reduced_motion="reduce")
    show(phone, server)
    return str(phone.js(PICTURE))


def test_it_moves_by_itself_until_it_is_paused(phone: Chromium, server: Server) -> None:
    show(phone, server)
    first = phone.js(PICTURE)
    phone.wait_for(f"{PICTURE} !== {first!r}", "movement")
    pause = phone.page.get_by_role("button", name="Pause the figure")
    pause.click()
    phone.page.get_by_role("button", name="Play the figure").wait_for()
    phone.page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    paused = phone.js(PICTURE)
    phone.page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert phone.js(PICTURE) == paused


def test_where_less_motion_is_asked_it_waits_on_the_still_until_it_is_started(
    phone: Chromium, server: Server
) -> None:
    still = calm(phone, server)
    phone.page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert phone.js(PICTURE) == still
    assert phone.js("document.querySelector('exercise-figure').time") == 0
    phone.page.get_by_role("button", name="Play the figure").click()
    phone.wait_for(f"{PICTURE} !== {still!r}", "movement")


def test_arrow_keys_turn_it_there_and_back(phone: Chromium, server: Server) -> None:
    front = calm(phone, server)
    phone.page.locator("exercise-figure svg").focus()
    phone.press("ArrowLeft")
    assert phone.js(PICTURE) != front
    phone.press("ArrowRight")
    assert phone.js(PICTURE) == front
    phone.press("ArrowUp")
    assert phone.js(PICTURE) != front


def test_a_drag_turns_it_and_letting_go_stops(phone: Chromium, server: Server) -> None:
    front = calm(phone, server)
    box = phone.page.locator("exercise-figure svg").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = phone.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 60, y, steps=3)
    turned = phone.js(PICTURE)
    assert turned != front
    mouse.up()
    mouse.move(x - 60, y + 20, steps=3)
    assert phone.js(PICTURE) == turned


def test_the_other_side_is_its_mirror_and_says_so(phone: Chromium, server: Server) -> None:
    front = calm(phone, server)
    other = phone.page.get_by_role("button", name="Other side")
    other.click()
    expect(other).to_have_attribute("aria-pressed", "true")
    assert phone.js(PICTURE) != front
    other.click()
    expect(other).to_have_attribute("aria-pressed", "false")
    assert phone.js(PICTURE) == front


def test_one_that_both_sides_do_has_no_other_side(phone: Chromium, server: Server) -> None:
    show(phone, server, "squat")
    assert phone.page.get_by_role("button", name="Other side").count() == 0


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_it_is_told_in_words_and_axe_finds_nothing(
    phone: Chromium, server: Server, colours: str
) -> None:
    phone.page.emulate_media(color_scheme=cast("None", colours), reduced_motion="reduce")
    show(phone, server)
    label = phone.js("document.querySelector('exercise-figure svg').getAttribute('aria-label')")
    assert label.startswith("On your side, hips and knees bent")
    assert label.endswith("the pelvis has not rolled. Arrow keys turn the figure.")
    faults = Axe().run(phone.page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in faults] == []


def test_a_harder_version_is_drawn_beside_its_words(phone: Chromium, server: Server) -> None:
    show(phone, server)
    version = phone.page.get_by_role("img", name="Both feet lifted off the floor")
    expect(version.locator("path").nth(30)).to_be_attached()
    box = version.bounding_box()
    assert box
    assert box["width"] > 100
