"""What hands can do in a running routine besides its three large keys."""

from typing import cast

import pytest

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.server import Server
from tests.browser.story import pass_time, start_routine

TYPE = "document.querySelector('.stage').dataset.type"
LEFT = "Number(document.querySelector('.dial-figure').textContent)"
SAID = "document.querySelector('routine-player [role=status]').textContent"
FOCUS = "document.activeElement.className"
HINT = "Done before the count? Tap anywhere."


@pytest.fixture
def phone(launch: Launch) -> Chromium:
    """Return a phone with no page yet."""
    return cast("Chromium", launch("Chromium"))


def pause_in_rest(phone: Chromium) -> int:
    """Go on to the first rest and stop the clock there; return the seconds left."""
    for coming in ("work", "rest"):
        phone.click("Skip")
        phone.wait_for(f"{TYPE} === {coming!r}", coming)
    phone.click("Pause")
    phone.wait_to_see("Resume")
    return int(cast("int", phone.js(LEFT)))


def test_a_rest_is_made_longer_by_taps_and_the_plus_key_and_stays_so(
    phone: Chromium, server: Server
) -> None:
    start_routine(phone, server.url, "strength-a")
    left = pause_in_rest(phone)
    phone.click("+15 s of rest")
    phone.wait_for(f"{LEFT} === {left + 15}", "fifteen seconds more")
    assert phone.js(SAID) == f"{left + 15} seconds of rest left"
    phone.press("+")
    phone.wait_for(f"{LEFT} === {left + 30}", "thirty seconds more")
    phone.reload()
    phone.click("Go on where you stopped")
    phone.wait_for(f"{LEFT} === {left + 30}", "the same rest")
    phone.click("Resume")
    phone.page.get_by_role("button", name="+15 s of rest").focus()
    while phone.js(TYPE) == "rest":
        pass_time(phone, 10)
    assert "stage-main" in str(phone.js(FOCUS))  # the key under the focus has gone


def test_a_tap_anywhere_ends_a_set_by_repetitions_and_no_hold(
    phone: Chromium, server: Server
) -> None:
    start_routine(phone, server.url, "activate-express")
    phone.click("Skip")
    phone.wait_for(f"{TYPE} === 'work'", "the set")
    assert str(phone.js(SAID)).endswith(HINT)
    assert HINT in phone.text()
    phone.page.locator(".dial").click()
    assert phone.js(TYPE) == "work"  # not one repetition is over
    pass_time(phone, 7)
    phone.page.locator(".dial").click()
    phone.wait_for(f"{TYPE} === 'rest'", "the rest")
    assert HINT not in str(phone.js(SAID))
    phone.page.locator(".stage-words").click()
    assert phone.js(TYPE) == "rest"

    start_afresh(phone, server.url, "stretch-daily-minimum")
    phone.click("Skip")
    phone.wait_for(f"{TYPE} === 'work'", "the hold")
    pass_time(phone, 7)
    phone.page.locator(".dial").click()
    pass_time(phone, 3)
    assert phone.js(TYPE) == "work"


def start_afresh(phone: Chromium, url: str, slug: str) -> None:
    """Leave what is going on unsaved, and start another routine."""
    phone.click("Finish")
    phone.click("Do not keep this")
    phone.click("Throw them away")
    phone.wait_to_see("Start")  # a page that is left earlier leaves them where they are
    start_routine(phone, url, slug)
