"""WebKitGTK's MiniBrowser, the nearest to Safari that runs here, driven by WebDriver.

It has no headless mode, so it gets a virtual screen; and it forgets everything at its end.
"""

from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Remote, WebKitGTKOptions
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection

from tests.browser.engines.base import KEYS, PHONE, Browser, ScriptError
from tests.browser.engines.ports import free_port, listens
from tests.browser.engines.program import Program
from tests.waiting import until

BINARY = "/usr/bin/WebKitWebDriver"


class Screen:
    """A virtual X screen; `display` is its name for programs."""

    def __init__(self, log: Path) -> None:
        # -displayfd 1: it takes a free number, and says which.
        command = ["/usr/bin/Xvfb", "-displayfd", "1", "-screen", "0", "1280x1200x24"]
        self._program = Program([*command, "-nolisten", "tcp"], log)
        self.display = ":" + self._program.said(r"(?m)^(\d+)\n")

    def close(self) -> None:
        """Switch the screen off."""
        self._program.stop()


class WebKit(Browser):
    """One WebDriver session, and so one fresh profile."""

    name = "WebKitGTK"
    drops_taps = True
    keeps_profile = False

    def __init__(self, screen: Screen, log: Path) -> None:
        port = free_port()
        self._program = Program([BINARY, f"--port={port}"], log, {"DISPLAY": screen.display})
        try:
            until(lambda: listens(port), f"{BINARY} on port {port}")
            self._driver = Remote(
                RemoteConnection(
                    client_config=ClientConfig(f"http://127.0.0.1:{port}", timeout=120)
                ),
                options=WebKitGTKOptions(),
            )
        except BaseException:
            self._program.kill()
            raise
        self._driver.set_script_timeout(120)
        self._shape_like_a_phone()

    def _shape_like_a_phone(self) -> None:
        # The window has bars around the page, and a least width of its own.
        self._driver.set_window_size(PHONE["width"], PHONE["height"] + 40)

    def open(self, url: str) -> None:
        self._driver.get(url)

    def reload(self) -> None:
        self._driver.refresh()

    def new_window(self) -> None:
        self._driver.switch_to.new_window("window")
        self._shape_like_a_phone()

    def run(self, script: str) -> str:
        answers = "(value) => done({ value }), (error) => done({ error: `${error}` })"
        try:
            answer = self._driver.execute_async_script(
                f"const done = arguments[0]; ({script}).then({answers})"
            )
        except WebDriverException as error:
            raise ScriptError(str(error)) from None
        if "error" in answer:
            raise ScriptError(answer["error"])
        return str(answer["value"])

    def tap(self, x: float, y: float) -> None:
        actions = ActionBuilder(self._driver)
        actions.pointer_action.move_to_location(int(x), int(y))  # type: ignore[no-untyped-call]
        actions.pointer_action.click()
        actions.perform()

    def press(self, key: str) -> None:
        actions = ActionBuilder(self._driver)
        actions.key_action.send_keys(KEYS.get(key, key))
        actions.perform()

    def kill(self) -> None:
        self._program.kill()

    def close(self) -> None:
        self._driver.quit()
        self._program.stop()
