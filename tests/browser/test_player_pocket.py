"""Pocket mode: the routine goes on as a piece of audio, and the player is where that is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from bench.pages import CHROMIUM
from tests.browser.engines.chromium import BINARY
from tests.browser.pocket import ROUTINE, SHOWN, SOUNDS, TAP_FIRST, in_step, spy
from tests.browser.server import Server
from tests.waiting import until


@pytest.fixture
def context(playwright: Playwright) -> Iterator[BrowserContext]:
    """Return a browser without the worker, whose sound and lock screen can be looked at."""
    browser = playwright.chromium.launch(executable_path=BINARY, args=[*CHROMIUM, TAP_FIRST])
    context = browser.new_context(
        service_workers="block", viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    )
    context.add_init_script(spy(pocket=True))
    yield context
    browser.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return its first tab."""
    return context.new_page()


def test_it_is_played_to_the_end_and_the_player_is_where_it_is(page: Page, server: Server) -> None:
    begin(page, server)
    page.evaluate("tracks[0].playbackRate = 16")
    until(lambda: page.evaluate("tracks[0].currentTime > 150"), "the audio to go on")
    page.evaluate("tracks[0].playbackRate = 1")
    until(lambda: in_step(page.evaluate, "tracks[0].currentTime"), "the player to be there")
    page.evaluate("tracks[0].currentTime = tracks[0].duration - 4.2")
    expect(page.get_by_role("heading", name="Done. How was it?")).to_be_visible()
    until(lambda: page.evaluate("tracks[0].ended"), "the chime to ring out")
    press(page, "Save session")
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    assert page.evaluate("navigator.mediaSession.metadata") is None


def test_a_change_on_the_way_takes_the_audio_along(page: Page, server: Server) -> None:
    begin(page, server)
    press(page, "Skip")
    until(lambda: page.evaluate("tracks[0].currentTime >= 15"), "the audio to skip the set-up")
    press(page, "Pause")
    until(lambda: page.evaluate("tracks[0].paused"), "silence")
    press(page, "Resume")
    until(lambda: page.evaluate(SOUNDS), "the audio to go on")
    press(page, "Skip")
    expect(page.locator(".dial-head")).to_have_text("Rest")
    page.evaluate("window.old = tracks[0].src")
    left = "tracks[0].duration - tracks[0].currentTime"
    length = page.evaluate(left)
    press(page, "+15 s of rest")
    until(lambda: page.evaluate(f"{SOUNDS} && tracks[0].src !== old"), "another track")
    assert length + 10 < page.evaluate(left) < length + 15
    expect(page.locator(".dial-head")).to_have_text("Rest")


def test_the_keys_of_a_locked_phone_work_the_player(page: Page, server: Server) -> None:
    begin(page, server)
    name = page.locator(".stage h1").text_content()
    assert page.evaluate("navigator.mediaSession.metadata.title") == name
    picture = page.evaluate("navigator.mediaSession.metadata.artwork[0].src")
    assert page.request.get(picture).headers["content-type"] == "image/png"
    page.evaluate("keys.pause()")
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    assert page.evaluate("navigator.mediaSession.playbackState") == "paused"
    page.evaluate("keys.play()")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.evaluate("keys.nexttrack()")
    until(lambda: page.evaluate("tracks[0].currentTime >= 15"), "the audio to go along")
    page.evaluate("keys.previoustrack()")
    expect(page.locator(".dial-head")).to_have_text("Get ready")
    until(lambda: page.evaluate("tracks[0].currentTime < 15"), "the audio to go along")


def test_a_phone_call_pauses_and_what_is_closed_meanwhile_is_not_lost(
    page: Page, server: Server
) -> None:
    begin(page, server)
    page.evaluate("tracks[0].currentTime = 24")
    expect(page.locator(".stage")).to_have_attribute("data-type", "work")
    page.evaluate("tracks[0].pause()")  # as the phone does
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    page.evaluate("tracks[0].play()")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.evaluate("tracks[0].pause()")
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    shown = page.evaluate(SHOWN)
    page.reload()
    press(page, "Go on where you stopped")
    expect(page.locator(".stage h1")).to_be_visible()
    assert page.evaluate(SHOWN) == shown
    press(page, "Resume")
    until(lambda: page.evaluate(SOUNDS), "the audio from there")
    until(lambda: page.evaluate("tracks[0].currentTime >= 24"), "the audio from there")


def test_turned_on_its_side_it_goes_on_and_shows_all_its_keys(page: Page, server: Server) -> None:
    begin(page, server)
    src = page.evaluate("tracks[0].src")
    page.set_viewport_size({"width": 844, "height": 390})
    for key in ("Back", "Pause", "Skip", "This hurts", "Finish", "Sound settings"):
        expect(page.get_by_role("button", name=key, exact=True)).to_be_in_viewport(ratio=1)
    expect(page.locator(".dial")).to_be_in_viewport(ratio=1)
    assert page.evaluate(f"[{SOUNDS}, tracks[0].src]") == [True, src]


def test_taken_up_in_another_tab_it_falls_silent_here(
    page: Page, context: BrowserContext, server: Server
) -> None:
    begin(page, server)
    other = context.new_page()
    other.goto(f"{server.url}/play/{ROUTINE}")
    press(other, "Go on where you stopped")
    press(other, "Resume")
    until(lambda: other.evaluate(SOUNDS), "the audio there")
    expect(page.get_by_role("heading", name="This routine goes on elsewhere")).to_be_visible()
    assert page.evaluate("tracks[0].paused")


REFUSALS = {
    "not allowed to play": """HTMLMediaElement.prototype.play = () =>
        Promise.reject(new DOMException("no", "NotAllowedError"));""",
    "no such audio": "URL.createObjectURL = () => '/static/no-such.wav';",
}


@pytest.mark.parametrize("fault", REFUSALS)
def test_refused_it_says_so_and_the_page_goes_on_counting(
    page: Page, server: Server, fault: str
) -> None:
    page.add_init_script(REFUSALS[fault])
    page.goto(f"{server.url}/play/{ROUTINE}")
    press(page, "Start")
    expect(page.locator(".stage-note")).to_have_text(
        "No pocket mode here just now: keep the screen on."
    )
    left = page.locator(".dial-figure").inner_text()
    expect(page.locator(".dial-figure")).not_to_have_text(left)


def begin(page: Page, server: Server) -> None:
    """Start the routine, and wait until the track is what is heard."""
    page.goto(f"{server.url}/play/{ROUTINE}")
    press(page, "Start")
    until(lambda: page.evaluate(SOUNDS), "the track")


def press(page: Page, button: str) -> None:
    """Tap the button of that name."""
    page.get_by_role("button", name=button, exact=True).click()
