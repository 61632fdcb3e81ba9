"""Browsers and servers for the stories; each test gets its own, and all are ended after it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.browser.engines import Browser, Chromium, Firefox, Screen, WebKit
from tests.browser.server import Server

#: Start a browser of an engine; the same profile name means the same profile.
Launch = Callable[..., Browser]
ENGINES = ("Chromium", "Firefox", "WebKitGTK")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return Playwright, of which a process can only have one."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """Return the virtual screen that WebKitGTK is shown on."""
    screen = Screen(tmp_path_factory.mktemp("screen") / "xvfb.log")
    yield screen
    screen.close()


@pytest.fixture
def launch(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Launch]:
    """Return a function that starts a browser; what still runs at the end is killed."""
    started: list[Browser] = []

    def start(engine: str, profile: str = "") -> Browser:
        folder = tmp_path / (profile or f"profile-{len(started)}")
        browser: Browser
        if engine == "Chromium":
            browser = Chromium(request.getfixturevalue("playwright"), folder)
        elif engine == "Firefox":
            browser = Firefox(folder)
        else:
            browser = WebKit(request.getfixturevalue("screen"), folder.with_suffix(".webkit.log"))
        started.append(browser)
        return browser

    yield start
    for browser in started:
        browser.kill()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return the app, running, on an empty database."""
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()
