"""Chromium by its own protocol, for a page that is put away: Playwright keeps its pages awake."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

from tests.browser.engines import Browser, ScriptError
from tests.browser.engines.base import PHONE
from tests.browser.engines.chromium import BINARY, FLAGS
from tests.browser.engines.program import Program
from tests.waiting import until

#: How long the browser may take for one command, in seconds.
PATIENCE_S = 60


class Freezable(Browser):
    """Chromium on the profile in `profile`, whose page can be frozen as a phone does it."""

    name = "Chromium"
    drops_taps = True

    def __init__(self, profile: Path) -> None:
        profile.mkdir(parents=True, exist_ok=True)
        command = [BINARY, *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}"]
        self._program = Program([*command, "about:blank"], profile.with_suffix(".chromium.log"))
        self._numbers = itertools.count(1)
        try:
            address = self._program.said(r"DevTools listening on (ws://\S+)")
            self._socket = websocket.create_connection(
                address, timeout=PATIENCE_S, suppress_origin=True
            )
            self.new_window()
        except BaseException:
            self._program.kill()
            raise

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Put the page behind another one and freeze it; it is in front and active again after."""
        behind = self._target
        front = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._send("Target.activateTarget", targetId=front)
        until(lambda: self.js("document.visibilityState") == "hidden", "the page to be hidden")
        self._page("Page.setWebLifecycleState", state="frozen")
        yield
        self._page("Page.setWebLifecycleState", state="active")
        self._send("Target.activateTarget", targetId=behind)
        self._send("Target.closeTarget", targetId=front)

    def open(self, url: str) -> None:
        self._page("Page.navigate", url=url)
        self.wait_for(
            f"document.readyState === 'complete' && location.href === {json.dumps(url)}", url
        )

    def reload(self) -> None:
        raise NotImplementedError

    def new_window(self) -> None:
        self._target = self._send("Target.createTarget", url="about:blank")["targetId"]
        attached = self._send("Target.attachToTarget", targetId=self._target, flatten=True)
        self._session = attached["sessionId"]
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
        raise NotImplementedError

    def kill(self) -> None:
        self._program.kill()
        self._socket.close(timeout=0)

    def close(self) -> None:
        self.kill()

    def _page(self, method: str, **params: object) -> Any:
        return self._command({"sessionId": self._session}, method, params)

    def _send(self, method: str, **params: object) -> Any:
        return self._command({}, method, params)

    def _command(self, where: dict[str, str], method: str, params: dict[str, object]) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params, **where}))
        while (answer := json.loads(self._socket.recv())).get("id") != number:
            pass  # events are nobody's business here
        if "error" in answer:
            raise ScriptError(f"{method}: {answer['error']}")
        return answer["result"]
