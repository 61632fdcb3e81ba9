"""A routine in a tab that is behind another one, or frozen there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.engines.tabs import Tabs
from tests.browser.pocket import ROUTINE, SOUNDS, TAP_FIRST, in_step, spy
from tests.browser.server import Server
from tests.waiting import until

MINUTES_5 = "{ const { now } = Date; Date.now = () => now() + 300_000; }"
FIND = "[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === '{}')"
HIDDEN = "document.visibilityState === 'hidden'"


@pytest.fixture
def tabs(tmp_path: Path) -> Iterator[Tabs]:
    """Return a Chromium whose tabs know when they are hidden."""
    tabs = Tabs(tmp_path / "profile", [TAP_FIRST])
    yield tabs
    tabs.close()


@pytest.fixture
def begin(tabs: Tabs, server: Server) -> Callable[..., str]:
    """Return a function that starts the routine in a tab, and returns that."""

    def begin(*, pocket: bool) -> str:
        tab = tabs.open(f"{server.url}/play/{ROUTINE}", spy(pocket=pocket))
        press(tabs, tab, "Start")
        tabs.js(tab, "window.begun = Date.now()")
        until(lambda: sees(tabs, tab, "Pause"), "the player")
        return tab

    return begin


def test_in_pocket_mode_it_goes_on_behind_another_tab(
    tabs: Tabs, server: Server, begin: Callable[..., str]
) -> None:
    tab = begin(pocket=True)
    until(lambda: tabs.js(tab, SOUNDS), "the track")
    hide(tabs, tab, server)
    tabs.js(tab, "tracks[0].playbackRate = 16")
    until(lambda: tabs.js(tab, "tracks[0].currentTime > 100"), "the audio to go on")
    tabs.js(tab, "tracks[0].playbackRate = 1")
    tabs.front(tab)
    second = "tracks[0].currentTime"
    until(lambda: in_step(lambda one: tabs.js(tab, one), second), "the player to be there")
    assert tabs.js(tab, SOUNDS)
    assert sees(tabs, tab, "Pause")


def test_where_the_browser_freezes_pocket_mode_it_waits_where_the_audio_stopped(
    tabs: Tabs, server: Server, begin: Callable[..., str]
) -> None:
    tab = begin(pocket=True)
    until(lambda: tabs.js(tab, SOUNDS), "the track")
    until(lambda: tabs.js(tab, "tracks[0].currentTime > 2"), "two seconds of it")
    hide(tabs, tab, server)
    freeze(tabs, tab)
    tabs.js(tab, MINUTES_5)
    thaw(tabs, tab)
    until(lambda: sees(tabs, tab, "Resume"), "a pause")
    press(tabs, tab, "Resume")
    until(lambda: tabs.js(tab, SOUNDS), "the audio to go on")
    second = "tracks[0].currentTime"
    until(lambda: in_step(lambda one: tabs.js(tab, one), second), "the player to be there")
    assert tabs.js(tab, "tracks[0].currentTime < 60")


def test_frozen_for_five_minutes_the_page_comes_back_to_the_right_second(
    tabs: Tabs, server: Server, begin: Callable[..., str]
) -> None:
    tab = begin(pocket=False)
    hide(tabs, tab, server)
    freeze(tabs, tab)
    tabs.js(tab, MINUTES_5)
    thaw(tabs, tab)
    second = "(Date.now() - begun) / 1000"
    until(lambda: in_step(lambda one: tabs.js(tab, one), second), "the player to be there")
    assert tabs.js(tab, second) > 300


def hide(tabs: Tabs, tab: str, server: Server) -> None:
    """Put another tab in front."""
    tabs.front(tabs.open(f"{server.url}/why"))
    until(lambda: tabs.js(tab, HIDDEN), "the tab to be hidden")


def freeze(tabs: Tabs, tab: str) -> None:
    """Stop all scripts of the tab, as a phone does that needs the room."""
    tabs.js(tab, "document.addEventListener('freeze', () => { window.froze = true; })")
    tabs.send("Page.setWebLifecycleState", tab, state="frozen")
    until(lambda: tabs.js(tab, "window.froze"), "the tab to freeze")


def thaw(tabs: Tabs, tab: str) -> None:
    """Let it go on, and bring it to the front."""
    tabs.send("Page.setWebLifecycleState", tab, state="active")
    tabs.front(tab)


def sees(tabs: Tabs, tab: str, button: str) -> bool:
    """Tell whether there is a button of that name."""
    return bool(tabs.js(tab, f"Boolean({FIND.format(button)})"))


def press(tabs: Tabs, tab: str, button: str) -> None:
    """Tap a button, once it is there."""
    until(lambda: sees(tabs, tab, button), f"a button called {button!r}")
    tabs.js(tab, f"{FIND.format(button)}.click()")
