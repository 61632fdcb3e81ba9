"""The hip map under a thumb, from the keyboard, without script and with no signal."""

from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Playwright, expect

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.engines.chromium import BINARY
from tests.browser.server import Server
from tests.browser.story import visit_until_ready

COUNT = "document.querySelector('.finder output').value"
FOCUSED = "document.activeElement.getAttribute('aria-label')"


@pytest.fixture
def phone(launch: Launch, server: Server) -> Chromium:
    """Return a phone that shows the list of exercises."""
    phone = cast("Chromium", launch("Chromium"))
    phone.open(f"{server.url}/exercises/")
    phone.wait_for("!!customElements.get('exercise-finder')", "the finder")
    return phone


def walk_to(phone: Chromium, name: str) -> None:
    """Press Tab until the region called `name` has the focus."""
    for _ in range(60):
        phone.press("Tab")
        if phone.js(FOCUSED) == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_a_muscle_filters_the_list_from_the_keyboard(phone: Chromium) -> None:
    walk_to(phone, "Iliopsoas")
    assert "none" not in phone.js(
        "getComputedStyle(document.activeElement.querySelector('rect')).stroke"
    )
    phone.press("Enter")
    phone.wait_for(f"{COUNT} !== '40 exercises'", "fewer exercises")
    assert phone.js("location.search") == "?muscle=iliopsoas"
    assert phone.js(COUNT) == "5 exercises: Iliopsoas (deep hip flexor)"
    shown = "[...document.querySelectorAll('.finder-list > li:not([hidden])')]"
    assert phone.js(f"{shown}.every((one) => one.dataset.muscle.includes('iliopsoas'))")
    assert phone.js(FOCUSED) == "Iliopsoas"
    faults = Axe().run(phone.page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in faults] == []
    phone.press("Enter")
    phone.wait_for(f"{COUNT} === '40 exercises'", "all of them again")


def test_a_tap_on_the_drawing_lights_the_muscle_and_shows_what_it_found(phone: Chromium) -> None:
    page = phone.page
    page.locator("#hip-side .hip-part[data-muscle=rectus-femoris] > use").click()
    lit = page.locator("[aria-current=true].hip-part")
    expect(lit).to_have_count(2)
    expect(page.locator(".finder output")).to_be_in_viewport()
    page.get_by_label("Muscle").select_option("tfl")
    expect(page.locator("#hip-side .primary[data-muscle=tfl]")).to_have_count(1)
    expect(page.locator("#hip-back .primary")).to_have_count(0)


def test_the_bone_leads_to_its_page_even_with_no_signal(phone: Chromium, server: Server) -> None:
    visit_until_ready(phone, server.url)
    phone.open(f"{server.url}/exercises/")
    server.stop()
    phone.page.locator("#hip-back .hip-part[data-muscle=greater-trochanter] > text").click()
    phone.wait_to_see("Greater trochanter", "heading")
    drawn = "document.querySelector('.hip-map use').getBBox().width > 100"
    phone.wait_for(drawn, "the drawing, from what the phone holds")


def test_without_script_a_tap_leads_to_all_that_trains_the_muscle(
    playwright: Playwright, server: Server
) -> None:
    browser = playwright.chromium.launch(executable_path=BINARY, args=["--no-sandbox"])
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{server.url}/exercises/")
    page.get_by_role("link", name="TFL").first.click()
    expect(page.get_by_role("heading", name="TFL")).to_be_visible()
    expect(page.get_by_role("link", name="Front-pocket roll")).to_be_visible()
    browser.close()


def test_every_label_is_as_large_as_a_thumb(phone: Chromium) -> None:
    boxes = phone.page.locator(".hip-part rect").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) > 20
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44
    assert phone.js("document.documentElement.scrollWidth <= innerWidth")
