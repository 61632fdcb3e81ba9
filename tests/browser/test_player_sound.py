"""What is heard and felt in the player: set in its panel, and played without what is missing."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Playwright, ViewportSize, expect

from bench.pages import CHROMIUM
from tests.browser.engines.chromium import BINARY
from tests.browser.server import Server
from tests.waiting import until

UPRIGHT = ViewportSize(width=390, height=844)
ROUTINE = "activate-express"
#: Writes down each beep and each word of the phone's own voice.
EARS = """{
  window.heard = [];
  window.said = [];
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (at) {
    heard.push(this.frequency.value);
    start.call(this, at);
  };
  speechSynthesis.speak = ({ text }) => said.push(text);
}"""
KEPT = "JSON.parse(localStorage.getItem('dbs-sound'))"
#: Lets the page believe that more time has passed.
LATER = "seconds => { const { now } = Date; Date.now = () => now() + seconds * 1000; }"
MISSING = {
    "speech": "delete window.speechSynthesis",
    "sound": "for (const name of ['AudioContext', 'OfflineAudioContext', 'Audio'])"
    " Object.defineProperty(window, name, { value: undefined })",
    "a lock": "delete Navigator.prototype.wakeLock",
    "buzzing, lock screen and caches": "delete Navigator.prototype.vibrate;"
    " delete Navigator.prototype.mediaSession; delete window.caches",
    "a store for settings": "Object.defineProperty(window, 'localStorage',"
    " { get() { throw new DOMException('no', 'SecurityError') } })",
}


@pytest.fixture
def page(playwright: Playwright) -> Iterator[Page]:
    """Return a page on a phone, without the worker."""
    browser = playwright.chromium.launch(executable_path=BINARY, args=CHROMIUM)
    context = browser.new_context(
        service_workers="block", viewport=UPRIGHT, reduced_motion="reduce"
    )
    yield context.new_page()
    browser.close()


def test_what_is_set_holds_at_once_and_the_next_time(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/play/{ROUTINE}")
    panel = opened(page)
    accessible(page)
    panel.get_by_label("Beeps").uncheck()
    expect(panel.get_by_label("Beep volume")).to_have_count(0)
    panel.get_by_label("Voice volume").fill("0.4")
    panel.get_by_label("Pocket mode").check()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.get_by_role("button", name="Sound settings")).to_be_focused()
    page.reload()
    panel = opened(page)
    expect(panel.get_by_label("Beeps")).not_to_be_checked()
    expect(panel.get_by_label("Voice volume")).to_have_value("0.4")
    expect(panel.get_by_label("Pocket mode")).to_be_checked()


def test_it_speaks_and_beeps_and_m_silences_all(page: Page, server: Server) -> None:
    page.add_init_script(EARS)
    page.goto(f"{server.url}/play/{ROUTINE}")
    press(page, "Start")
    first = "said.join(' ').trim().startsWith('Activate. Glute squeeze.')"
    until(lambda: page.evaluate(first), "words")
    assert page.evaluate("heard.length") <= 1  # the beep that begins, unless its code came late
    page.keyboard.press("m")
    expect(page.get_by_role("status").first).to_have_text("Sound off")
    expect(page.get_by_role("button", name="Sound", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
    assert page.evaluate(f"{KEPT}.muted")
    page.evaluate("heard.length = said.length = 0")
    press(page, "Skip")
    expect(page.locator(".stage")).to_have_attribute("data-type", "work")
    assert page.evaluate("[heard, said]") == [[], []]
    panel = opened(page)
    accessible(page)
    press(panel, "Turn it on")
    expect(panel.get_by_role("button", name="Turn it on")).to_have_count(0)
    press(panel, "Done")
    press(page, "Skip")
    until(lambda: page.evaluate("heard.length"), "the beep of a change")


def test_the_voice_is_brought_to_the_phone_and_speaks_in_place_of_the_phones_own(
    page: Page, server: Server
) -> None:
    page.add_init_script(EARS)
    page.add_init_script("""{
      window.clips = 0;
      const { start } = AudioBufferSourceNode.prototype;
      AudioBufferSourceNode.prototype.start = function (...times) {
        clips += 1;
        start.apply(this, times);
      };
    }""")
    page.goto(f"{server.url}/play/{ROUTINE}")
    panel = opened(page)
    page.route("**/voice/*.mp3", lambda route: route.abort())
    panel.get_by_role("button", name="Download the voice").click()
    expect(panel.get_by_text("has not come through")).to_be_visible()
    page.unroute("**/voice/*.mp3")
    panel.get_by_role("button", name="Download the voice").click()
    expect(panel.get_by_role("button", name="Remove the voice")).to_be_visible()
    accessible(page)
    press(panel, "Done")
    press(page, "Start")
    until(lambda: page.evaluate("clips"), "recorded words")
    # The phone's own voice may have stood in for the first word, while ours was unpacked.
    page.evaluate("clips = said.length = 0")
    press(page, "Skip")
    expect(page.locator(".stage")).to_have_attribute("data-type", "work")
    press(page, "Skip")
    until(lambda: page.evaluate("clips"), "recorded words")
    assert page.evaluate("said") == []
    panel = opened(page)
    press(panel, "Remove the voice")
    expect(panel.get_by_role("button", name="Download the voice")).to_be_visible()


@pytest.mark.parametrize("missing", MISSING)
def test_without_it_a_routine_is_played_to_the_end(
    page: Page, server: Server, missing: str
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(MISSING[missing])
    page.goto(f"{server.url}/play/{ROUTINE}")
    panel = opened(page)
    press(panel, "Done")
    press(page, "Start")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    press(page, "Pause")
    press(page, "Resume")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    for _ in range(2):
        page.evaluate(LATER, 200)
    expect(page.get_by_role("heading", name="Done. How was it?")).to_be_visible()
    press(page, "Save session")
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    assert faults == []


def opened(page: Page) -> Locator:
    """Open the panel and return it."""
    press(page, "Sound settings")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    return panel


def accessible(page: Page) -> None:
    """Let axe find nothing."""
    faults = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in faults] == []


def press(place: Page | Locator, button: str) -> None:
    """Tap the button of that name."""
    place.get_by_role("button", name=button, exact=True).click()
