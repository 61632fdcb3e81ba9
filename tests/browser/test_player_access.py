"""A whole routine without a pointer, and by what a screen reader is told alone."""

import re
from collections.abc import Iterator
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Playwright, expect

from bench.pages import CHROMIUM
from tests.browser.engines.base import HERE, PHONE
from tests.browser.engines.chromium import BINARY
from tests.browser.server import Server

MOVE_CLOCK = f"(seconds) => {{ {(HERE / 'dom.js').read_text().replace('export ', '')} \
moveClock(seconds); }}"
FOCUS = "document.activeElement.textContent.replace(/\\s+/g, ' ').trim()"


@pytest.fixture
def page(playwright: Playwright) -> Iterator[Page]:
    """Return a page on a phone, without the worker, where less motion is asked for."""
    browser = playwright.chromium.launch(executable_path=BINARY, args=CHROMIUM)
    context = browser.new_context(
        service_workers="block",
        viewport=PHONE,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    yield context.new_page()
    browser.close()


def test_from_start_to_log_by_keyboard_alone(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/play/activate-express")
    expect(button(page, "Start")).to_be_visible()
    tab_to(page, "Left")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Right", exact=True)).to_be_checked()
    tab_to(page, "Start", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(button(page, "Pause")).to_be_focused()
    page.keyboard.press("Space")
    expect(button(page, "Resume")).to_be_focused()
    page.keyboard.press("Space")
    expect(button(page, "Pause")).to_be_focused()
    stage = page.locator(".stage")
    for key, kind in (("ArrowRight", "work"), ("ArrowRight", "rest"), ("ArrowLeft", "work")):
        page.keyboard.press(key)
        expect(stage).to_have_attribute("data-type", kind)
    play_on(page)
    expect(page.get_by_role("heading", name="Done. How was it?")).to_be_focused()
    tab_to(page, "Effort (0–10)")
    page.keyboard.type("4")
    tab_to(page, "Save session")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_focused()
    tab_to(page, "See it in your log")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("effort 4")


def test_single_letters_do_nothing_once_they_are_switched_off(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/play/strength-a")
    button(page, "Start").click()
    stage = page.locator(".stage")
    button(page, "Pause").click()
    skip_to_rest(page)
    left = int(page.locator(".dial-figure").text_content() or "")
    page.keyboard.press("+")
    expect(page.locator(".dial-figure")).to_have_text(str(left + 15))
    button(page, "Sound settings").click()
    page.get_by_role("checkbox", name="Keys M and +").uncheck()
    button(page, "Done").click()
    page.keyboard.press("+")
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")  # is no letter
    expect(stage).to_have_attribute("data-type", "work")
    expect(button(page, "Sound")).to_have_attribute("aria-pressed", "true")
    page.reload()
    button(page, "Go on where you stopped").click()
    skip_to_rest(page)
    left = int(page.locator(".dial-figure").text_content() or "")
    page.keyboard.press("+")
    button(page, "+15 s of rest").click()
    expect(page.locator(".dial-figure")).to_have_text(str(left + 15))


def test_from_start_to_log_by_names_and_what_is_said_alone(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/play/stretch-daily-minimum")
    page.get_by_role("group", name="Which side first?").get_by_role("radio", name="Right").check()
    accessible(page)
    button(page, "Start").click()
    said = page.get_by_role("status").first
    expect(said).to_have_text(re.compile(r"^Half-kneeling .*\. Get ready, \d+ seconds\. .{20}"))
    button(page, "Skip").click()
    expect(said).to_have_text(re.compile(r"^Right side, set 1 of 2\. 30 seconds\. Go\."))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Half-kneeling"))
    expect(page.get_by_role("timer")).to_contain_text("Hold")
    # What moves within it is inert, which only the browser knows.
    expect(page.get_by_role("img", name=re.compile("kneel", re.IGNORECASE)).first).to_be_visible()
    accessible(page)
    button(page, "Pause").click()
    expect(said).to_have_text("Paused")
    button(page, "Resume").click()
    expect(said).to_have_text("Going on")
    button(page, "Skip").click()
    expect(said).to_have_text(re.compile(r"^Rest, \d+ seconds\. Next: Left side, set 1 of 2\."))
    play_on(page)
    expect(page.get_by_role("heading", name="Done. How was it?")).to_be_visible()
    accessible(page)
    page.get_by_role("spinbutton", name="Effort (0–10)").fill("5")
    button(page, "Save session").click()
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    page.get_by_role("link", name="See it in your log").click()
    entry = page.get_by_role("listitem").filter(has_text="Stretch daily minimum")
    expect(entry).to_contain_text("effort 5")


def test_a_slip_is_heard_of_and_taken_back(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/play/activate-express")
    button(page, "Start").click()
    stage, said = page.locator(".stage"), page.get_by_role("status").first
    for take_back in ("Undo", "Back"):
        if stage.get_attribute("data-type") == "setup":
            button(page, "Skip").click()
        expect(stage).to_have_attribute("data-type", "work")
        page.evaluate(MOVE_CLOCK, 7)
        expect(page.locator(".dial-figure")).not_to_have_text("1")
        page.locator(".dial").click()
        expect(stage).to_have_attribute("data-type", "rest")
        expect(said).to_contain_text("Set done. Was it a slip?")
        accessible(page)
        button(page, take_back).click()
        expect(stage).to_have_attribute("data-type", "work")
        expect(page.locator(".dial-figure")).not_to_have_text("1")
        expect(button(page, "Undo")).to_have_count(0)
    button(page, "Finish").click()
    # The half set, and no more.
    expect(page.get_by_text(re.compile("Activate express: 1 of"))).to_be_visible()


def test_in_forced_colours_it_is_seen_what_to_do_and_what_is_chosen(
    page: Page, server: Server
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{server.url}/play/strength-a")
    button(page, "Start").click()
    button(page, "Pause").click()
    word, numeral = page.locator(".dial-head"), page.locator(".dial-figure")
    shown = word.screenshot()
    numeral.evaluate("(one) => { one.style.visibility = 'hidden'; }")
    assert word.screenshot() == shown
    button(page, "This hurts").click()
    dialog = page.get_by_role("dialog")
    differs(dialog.locator(".hurts-choices span"), ":checked + span")
    button(page, "Back to the routine").click()
    button(page, "Finish").click()
    page.locator(".scale-keys button").first.click()
    differs(page.locator(".scale-keys button"), "[data-chosen]")


def differs(choices: Locator, chosen: str) -> None:
    """Let what is chosen have another edge than the others, whose ground is taken away."""
    expect(choices.and_(choices.page.locator(chosen))).not_to_have_count(0)
    choices.page.mouse.move(0, 0)  # what is pointed at, or has the focus, has an edge of its own
    edges = """(all, [chosen, wanted]) => (document.activeElement.blur(), all)
      .filter((one) => one.matches(chosen) === wanted)
      .map((one) => getComputedStyle(one).borderTopColor)"""
    on, off = (set(choices.evaluate_all(edges, [chosen, wanted])) for wanted in (True, False))
    assert on
    assert off
    assert not on & off


def button(page: Page, name: str) -> Locator:
    """Return the button of that name."""
    return page.get_by_role("button", name=name, exact=True)


def skip_to_rest(page: Page) -> None:
    """Skip on to the next rest."""
    stage = page.locator(".stage")
    while (before := stage.get_attribute("data-type") or "") != "rest":
        button(page, "Skip").click()
        # Its words also change by themselves, as when the figure comes: that is no answer.
        expect(stage).not_to_have_attribute("data-type", before)


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press `key` until what is called `name` has the focus."""
    named = "(name) => [document.activeElement.textContent.trim(), \
        ...[...(document.activeElement.labels ?? [])].map((one) => one.textContent.trim())]"
    for _ in range(60):
        page.keyboard.press(key)
        if name in cast("list[str]", page.evaluate(named)):
            return
    raise AssertionError(f"{name!r} is not reached, but {page.evaluate(FOCUS)!r}")


def play_on(page: Page) -> None:
    """Let the rest of the routine pass."""
    for _ in range(200):
        if button(page, "Save session").count():
            return
        before = page.locator("main").inner_text()
        page.evaluate(MOVE_CLOCK, 20)
        expect(page.locator("main")).not_to_have_text(before, use_inner_text=True)
    raise AssertionError(page.locator("main").inner_text())


def accessible(page: Page) -> None:
    """Let axe find nothing."""
    faults = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in faults] == []
