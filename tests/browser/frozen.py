"""Chromium by its own protocol, for a page that is put away: Playwright keeps its pages awake."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.engines import Browser, ScriptError
from tests.browser.engines.base import PHONE
from tests.browser.engines.tabs import Tabs
from tests.waiting import until


class Freezable(Browser):
    """Chromium on the profile in `profile`, whose page can be frozen as a phone does it."""

    name = "Chromium"
    drops_taps = True

    def __init__(self, profile: Path) -> None:
        profile.mkdir(parents=True, exist_ok=True)
        self._tabs = Tabs(profile)
        try:
            self.new_window()
        except BaseException:
            self._tabs.close()
            raise

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Put the page behind another one and freeze it; it is in front and active again after."""
        front = self._tabs.open("about:blank")
        self._tabs.front(front)
        until(lambda: self.js("document.visibilityState") == "hidden", "the page to be hidden")
        self._page("Page.setWebLifecycleState", state="frozen")
        yield
        self._page("Page.setWebLifecycleState", state="active")
        self._tabs.front(self._session)

    def open(self, url: str) -> None:
        self._page("Page.navigate", url=url)
        self.wait_for(
            f"document.readyState === 'complete' && location.href === {json.dumps(url)}", url
        )

    def reload(self) -> None:
        self._page("Page.reload")

    def new_window(self) -> None:
        self._session = self._tabs.open("about:blank")
        self._page("Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, mobile=False, **PHONE)

    def run(self, script: str) -> str:
        answer = self._page(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise ScriptError(str(answer["exceptionDetails"]))
        return str(answer["result"]["value"])

    def tap(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self._page("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            self._page("Input.dispatchKeyEvent", type=kind, key=key)

    def kill(self) -> None:
        self._tabs.close()

    def close(self) -> None:
        self.kill()

    def _page(self, method: str, **params: object) -> Any:
        return self._tabs.send(method, self._session, **params)
