"""'This hurts' in a running routine: asked, answered by the rules of the plan, and logged."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Playwright, ViewportSize, expect

from bench.pages import CHROMIUM
from tests.browser.engines.chromium import BINARY
from tests.browser.server import Server

UPRIGHT = ViewportSize(width=390, height=844)
FITS = "element => element.scrollWidth <= element.clientWidth"


@pytest.fixture
def page(playwright: Playwright) -> Iterator[Page]:
    """Return a page on a phone, without the worker."""
    browser = playwright.chromium.launch(executable_path=BINARY, args=CHROMIUM)
    context = browser.new_context(
        service_workers="block", viewport=UPRIGHT, reduced_motion="reduce"
    )
    yield context.new_page()
    browser.close()


def test_what_hurts_is_asked_eased_swapped_and_noted(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/play/activate-pre-ride")
    begin(page)
    name = str(page.locator(".stage h1").text_content())
    dialog = asked(page)
    accessible(page)
    expect(page.locator(".dial-head")).to_have_text("Paused")
    page.keyboard.press("ArrowRight")  # belongs to the dialog: nothing is skipped
    press(dialog, "What now?")
    expect(dialog.get_by_role("alert")).to_be_visible()
    answer(dialog, "4", "Groin")
    expect(dialog.get_by_role("heading", name="Take it easier")).to_be_focused()
    accessible(page)
    press(dialog, "Do it the easier way")
    expect(page.locator(".stage h1")).to_have_text(name)
    expect(page.locator(".stage-change")).to_be_visible()
    expect(page.get_by_role("button", name="Resume")).to_be_focused()

    to_an_exercise_that_has_a_swap(page)
    left = str(page.locator(".stage h1").text_content())
    answer(asked(page), "4", "Outside of the hip")
    expect(dialog.get_by_role("heading", name="Stop this one")).to_be_visible()
    other = dialog.get_by_role("button", name="Do this instead: ").first
    swap = str(other.text_content()).strip().removeprefix("Do this instead: ")
    other.click()
    expect(page.locator(".stage h1")).to_have_text(swap)
    page.reload()
    press(page, "Go on where you stopped")
    expect(page.locator(".stage h1")).to_have_text(swap)

    press(page, "Finish")
    expect(page.get_by_label("Pain during (0–10)")).to_have_value("4")
    expect(page.get_by_label("Where it hurt")).to_have_value("Groin, Outside of the hip")
    notes = f"{name} hurt: 4 of 10, groin.\n{left} hurt: 4 of 10, outside of the hip."
    expect(page.get_by_label("Notes")).to_have_value(notes)
    press(page, "Save session")
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()


def test_a_warning_sign_ends_the_routine_and_keeps_what_was_done(
    page: Page, server: Server
) -> None:
    page.set_viewport_size({"width": 844, "height": 390})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{server.url}/play/activate-express")
    begin(page)
    dialog = asked(page)
    accessible(page)
    assert dialog.evaluate(FITS)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="This hurts")).to_be_focused()
    asked(page).get_by_label("Numbness or tingling").check()
    press(dialog, "What now?")
    expect(page.get_by_role("heading", name="Stop here for today")).to_be_visible()
    accessible(page)
    expect(page.get_by_role("button", name="Carry on with the routine")).to_have_count(0)
    expect(page.get_by_label("Notes")).to_have_value(re.compile("Numbness or tingling"))
    page.get_by_role("link", name="Read what to do next").click()
    expect(page.get_by_role("heading", name="When to stop")).to_be_visible()
    page.goto(f"{server.url}/play/activate-express")
    press(page, "Go on where you stopped")
    expect(page.get_by_role("heading", name="Stop here for today")).to_be_visible()


def test_before_its_questions_are_there_it_leads_to_the_stop_rules(
    page: Page, server: Server
) -> None:
    page.route("**/screens/begun.js", lambda route: route.abort())
    page.goto(f"{server.url}/play/activate-express")
    press(page, "Start")
    press(page, "This hurts")
    expect(page.get_by_role("heading", name="When to stop")).to_be_visible()


def begin(page: Page) -> None:
    """Start, and wait for what is fetched then."""
    press(page, "Start")
    expect(page.locator("head link[href$='/hurts-dialog.css']")).to_be_attached()


def asked(page: Page) -> Locator:
    """Say that it hurts; return the dialog that asks."""
    press(page, "This hurts")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def answer(dialog: Locator, pain: str, place: str) -> None:
    """Say how much and where."""
    dialog.get_by_role("radio", name=pain, exact=True).check()
    dialog.get_by_role("radio", name=place).check()
    dialog.get_by_role("radio", name="Neither").check()
    press(dialog, "What now?")


def to_an_exercise_that_has_a_swap(page: Page) -> None:
    """Skip on until the clam or the leg raise, both done lying on a hip."""
    heading = page.locator(".stage h1")
    while heading.text_content() not in {"Side-lying clam", "Side-lying leg raise"}:
        before = str(page.locator(".stage").text_content())
        press(page, "Skip")
        expect(page.locator(".stage")).not_to_have_text(before)


def accessible(page: Page) -> None:
    """Let axe find nothing."""
    faults = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in faults] == []


def press(place: Page | Locator, button: str) -> None:
    """Tap the button of that name."""
    place.get_by_role("button", name=button, exact=True).click()
