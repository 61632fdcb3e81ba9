"""The figure on the player's stage: in step, on the side that is named, still when it should be."""

from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Playwright, expect

from bench.pages import CHROMIUM
from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.engines.chromium import BINARY
from tests.browser.server import Server
from tests.browser.story import pass_time, start_routine, visit_until_ready

MOVING = "document.querySelector('.stage-figure svg.figure')?.children.length > 20"
#: All path data as text, which tells whether the picture has changed.
PICTURE = """[...document.querySelectorAll('.stage-figure path')]
  .map((one) => one.getAttribute('d')).join('')"""
START, END = (
    f"document.querySelectorAll('.stage-figure svg.figure')[{n}].innerHTML" for n in (0, 1)
)
MIRRORED = "document.querySelector('.stage-figure exercise-figure').mirrored"
SIDE = "document.querySelector('.stage-side').dataset.side"
HIGH = "document.querySelector('.stage-figure :is(img, svg)').getBoundingClientRect().height"
SCROLLS = "document.documentElement.scrollHeight - innerHeight"
FRAMES = """new Promise((done) => {
  let left = 12;
  const next = () => (left-- ? requestAnimationFrame(next) : done());
  next();
})"""


@pytest.fixture
def phone(launch: Launch) -> Chromium:
    """Return a phone with no page yet."""
    return cast("Chromium", launch("Chromium"))


def test_it_moves_with_the_count_and_stops_when_paused(phone: Chromium, server: Server) -> None:
    start_routine(phone, server.url, "activate-express")
    phone.wait_for(MOVING, "the figure")
    first = phone.js(PICTURE)
    phone.wait_for(f"{PICTURE} !== {first!r}", "movement")
    phone.click("Pause")
    phone.wait_to_see("Resume")
    paused = phone.js(PICTURE)
    phone.page.evaluate(FRAMES)
    assert phone.js(PICTURE) == paused
    faults = Axe().run(phone.page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in faults] == []
    phone.click("Resume")
    phone.wait_for(f"{PICTURE} !== {paused!r}", "movement again")


def test_on_a_tablet_it_takes_the_room_and_leaves_the_words_theirs(
    phone: Chromium, server: Server
) -> None:
    start_routine(phone, server.url, "stretch-daily-minimum")
    phone.wait_for(MOVING, "the figure")
    for kind, share in (("setup", 0.19), ("work", 0.21), ("rest", 0.21)):
        expect(phone.page.locator(".stage")).to_have_attribute("data-type", kind)
        for width, height in ((768, 1024), (820, 1180), (1024, 1366)):
            phone.page.set_viewport_size({"width": width, "height": height})
            assert phone.js(HIGH) >= share * height
            assert phone.js(SCROLLS) <= 0
        phone.click("Skip")


def test_it_works_on_the_side_that_is_named(phone: Chromium, server: Server) -> None:
    start_routine(phone, server.url, "stretch-daily-minimum")
    phone.wait_for(MOVING, "the figure")
    assert (phone.js(SIDE), phone.js(MIRRORED)) == ("L", True)
    while phone.js(SIDE) == "L":
        pass_time(phone, 10)
    assert (phone.js(SIDE), phone.js(MIRRORED)) == ("R", False)


def test_it_moves_with_no_signal(phone: Chromium, server: Server) -> None:
    visit_until_ready(phone, server.url)
    server.stop()
    start_routine(phone, server.url, "activate-express")
    phone.wait_for(MOVING, "the figure, from what the phone holds")


def test_where_less_motion_is_asked_start_and_end_stand_side_by_side_on_the_side_that_is_named(
    phone: Chromium, server: Server
) -> None:
    phone.page.emulate_media(reduced_motion="reduce")
    start_routine(phone, server.url, "stretch-daily-minimum")
    phone.wait_for(MOVING, "the figures")
    assert phone.js("document.querySelectorAll('.stage-figure svg.figure').length") == 2
    assert phone.js(f"{START} !== {END}")
    assert (phone.js(SIDE), phone.js(MIRRORED)) == ("L", True)
    before = phone.js(PICTURE)
    pass_time(phone, 17)
    phone.page.evaluate(FRAMES)
    assert phone.js(PICTURE) == before
    while phone.js(SIDE) == "L":
        pass_time(phone, 10)
    assert (phone.js(SIDE), phone.js(MIRRORED)) == ("R", False)
    assert phone.js(PICTURE) != before


@pytest.mark.parametrize("part", ["player/mannequin.js", "poses.json", "figure-paint.css"])
def test_where_the_figure_cannot_be_had_the_still_stays_and_the_count_goes_on(
    playwright: Playwright, server: Server, part: str
) -> None:
    browser = playwright.chromium.launch(executable_path=BINARY, args=CHROMIUM)
    page = browser.new_context(service_workers="block").new_page()
    page.route(f"**/{part}", lambda route: route.abort())
    page.goto(f"{server.url}/play/activate-express")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Start").click()
    expect(page.locator(".stage-figure img")).to_have_js_property("complete", True)
    left = page.locator(".dial-figure").inner_text()
    expect(page.locator(".dial-figure")).not_to_have_text(left)
    expect(page.locator("exercise-figure")).to_have_count(0)
    browser.close()
