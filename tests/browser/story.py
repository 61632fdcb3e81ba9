"""The steps that stories are made of, told through what a rider sees, taps and types."""

import json
from typing import cast

from tests.browser.engines import Browser

PASSWORD = "quiet glutes ride again"
#: How far the page's clock is moved at a time, in seconds; the longest set takes longer.
STRIDE_S = 30


def visit_until_ready(browser: Browser, url: str) -> None:
    """Open `url` and wait until the app says that it works with no signal."""
    browser.open(url)
    browser.wait_for("document.documentElement.dataset.offline === 'ready'", "readiness")
    browser.wait_for_text("Ready offline")


def start_routine(browser: Browser, url: str, slug: str) -> None:
    """Go from a routine's page into its player, and start it."""
    browser.open(f"{url}/routines/{slug}")
    browser.click("Start", "link")
    browser.click("Start")
    browser.wait_to_see("Pause")


def pass_time(browser: Browser, seconds: float) -> None:
    """Move the page's clock on, and wait until the player has noticed."""
    before = json.dumps(browser.text())
    browser.move_clock(seconds)
    browser.wait_for(f"document.body.innerText !== {before}", "the player to move on")


def play_to_the_end(browser: Browser) -> None:
    """Let the time of a routine pass, until the form that asks how it was is open."""
    strides = 0
    while not browser.sees("Save session"):
        pass_time(browser, STRIDE_S)
        strides += 1
        assert strides < 200, browser.describe()
    browser.wait_to_see("Done. How was it?", "heading")


def save_session(browser: Browser) -> None:
    """Send the form at the end off, and wait until the app says that it is saved."""
    browser.click("Save session")
    browser.wait_to_see("Saved on this phone", "heading")


def register(browser: Browser, url: str, email: str) -> None:
    """Make an account, from the link in the header on."""
    browser.open(f"{url}/")
    browser.click("Sign in", "link")
    browser.click("Create an account", "link")
    browser.wait_to_see("Create an account", "heading")
    fill_in_credentials(browser, email)
    browser.click("Create account")
    browser.wait_to_see("Account", "link")


def sign_in(browser: Browser, url: str, email: str) -> None:
    """Sign in, from the link in the header on."""
    browser.open(f"{url}/")
    browser.click("Sign in", "link")
    browser.wait_to_see("Sign in", "heading")
    fill_in_credentials(browser, email)
    browser.click("Sign in")
    browser.wait_to_see("Account", "link")


def fill_in_credentials(browser: Browser, email: str) -> None:
    """Type email and password into the form that is open."""
    browser.fill("Email", email)
    browser.fill("Password", PASSWORD)


def log_rows(browser: Browser, url: str) -> list[str]:
    """Open the log; return the text of each entry, newest first."""
    browser.open(f"{url}/log/")
    browser.wait_for("document.querySelector('log-list')?.ariaBusy === 'false'", "the log")
    rows = "[...document.querySelectorAll('main li')].map((row) => row.innerText)"
    return [" ".join(row.split()) for row in cast("list[str]", browser.js(rows))]


def wait_for_row(browser: Browser, *words: str) -> None:
    """Wait until one entry of the log, which is open, has all of `words`."""
    browser.wait_for(
        f"[...document.querySelectorAll('main li')].some((row) =>"
        f" {json.dumps(words)}.every((word) => row.innerText.includes(word)))",
        f"an entry that says {words}",
    )
