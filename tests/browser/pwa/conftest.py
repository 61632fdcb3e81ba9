"""A site of its own for each test of the worker, and Chromium to visit it with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.pwa.site import Site

PATIENCE_MS = 60_000  # a busy machine is no failure

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a running site."""
    site = Site(tmp_path / "site")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def context(launch: Launch) -> BrowserContext:
    """Return a fresh profile of Chromium."""
    browser = launch("Chromium")
    assert isinstance(browser, Chromium)
    browser.context.set_default_timeout(PATIENCE_MS)
    return browser.context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return the page that is open in it."""
    return context.pages[0]
