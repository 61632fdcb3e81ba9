"""Chromium from the system, started by us and driven by Playwright over its debugging port."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser as Connection
from playwright.sync_api import Error, Page, Playwright

from tests.browser.engines.base import PHONE, Browser, ScriptError
from tests.browser.engines.program import Program

BINARY = "/usr/bin/chromium"
#: What lets Chromium run as root, without a graphics card, and without calling home.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Else a tap on a page that was not painted yet is dropped, as a busy machine makes it happen.
    "--allow-pre-commit-input",
)
KEY_NAMES = {"Space": " "}


class Chromium(Browser):
    """Chromium on the profile in `profile`; `page` is Playwright's own page."""

    name = "Chromium"
    drops_taps = True

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        profile.mkdir(parents=True, exist_ok=True)
        command = [BINARY, *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}"]
        self._program = Program([*command, "about:blank"], profile.with_suffix(".chromium.log"))
        try:
            address = self._program.said(r"DevTools listening on (ws://\S+)")
            self._connection: Connection = playwright.chromium.connect_over_cdp(address)
        except BaseException:
            self._program.kill()
            raise
        self.context = self._connection.contexts[0]
        self.page: Page = self.context.pages[0]
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    def open(self, url: str) -> None:
        self.page.goto(url, wait_until="load")

    def reload(self) -> None:
        self.page.reload(wait_until="load")

    def new_window(self) -> None:
        self.page = self.context.new_page()
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    def run(self, script: str) -> str:
        try:
            answer: Any = self.page.evaluate(f"() => {script}")
        except Error as error:
            raise ScriptError(str(error)) from None
        return str(answer)

    def tap(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)

    def press(self, key: str) -> None:
        self.page.keyboard.press(KEY_NAMES.get(key, key))

    def kill(self) -> None:
        self._program.kill()
        self._connection.close()

    def close(self) -> None:
        # A polite end: Chromium writes down what it still holds, as it does on a phone.
        session = self._connection.new_browser_cdp_session()
        session.send("Browser.close")
        self._program.process.wait()
        self._connection.close()
        self._program.kill()
