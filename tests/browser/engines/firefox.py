"""Firefox ESR from the system, driven over WebDriver BiDi (geckodriver is not in Debian)."""

import contextlib
import json
import subprocess
from pathlib import Path
from typing import Any

import websocket

from tests.browser.engines.base import KEYS, PHONE, Browser, ScriptError
from tests.browser.engines.bidi import BidiError, Connection
from tests.browser.engines.program import Program

BINARY = "/usr/bin/firefox-esr"
#: Firefox without its calls home, and without the pages that it shows a newcomer.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.sessionstore.resume_from_crash": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


class Firefox(Browser):
    """Firefox on the profile in `profile`."""

    name = "Firefox"

    def __init__(self, profile: Path) -> None:
        profile.mkdir(parents=True, exist_ok=True)
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines))
        command = [BINARY, "--headless", "--no-remote", "--profile", str(profile)]
        self._program = Program(
            [*command, "--remote-debugging-port", "0", "about:blank"],
            profile.with_suffix(".firefox.log"),
        )
        try:
            self._bidi = Connection(self._program.said(r"WebDriver BiDi listening on (ws://\S+)"))
        except BaseException:
            self._program.kill()
            raise
        # The window that Firefox starts with never takes the keyboard's focus; a new one does.
        self.new_window()

    def open(self, url: str) -> None:
        self._bidi.send("browsingContext.navigate", context=self._page, url=url, wait="complete")

    def reload(self) -> None:
        self._bidi.send("browsingContext.reload", context=self._page, wait="complete")

    def new_window(self) -> None:
        self._page = self._bidi.send("browsingContext.create", type="tab")["context"]
        self._bidi.send("browsingContext.setViewport", context=self._page, viewport=PHONE)

    def run(self, script: str) -> str:
        try:
            answer: Any = self._bidi.send(
                "script.evaluate",
                expression=script,
                target={"context": self._page},
                awaitPromise=True,
            )
        except BidiError as error:
            raise ScriptError(str(error)) from None
        if answer["type"] == "exception":
            raise ScriptError(answer["exceptionDetails"]["text"])
        return str(answer["result"]["value"])

    def tap(self, x: float, y: float) -> None:
        self._act(
            type="pointer",
            parameters={"pointerType": "mouse"},
            actions=[
                {"type": "pointerMove", "x": int(x), "y": int(y)},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerUp", "button": 0},
            ],
        )

    def press(self, key: str) -> None:
        value = KEYS.get(key, key)
        self._act(
            type="key",
            actions=[{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}],
        )

    def _act(self, **source: object) -> None:
        actions = [{"id": str(source["type"]), **source}]
        self._bidi.send("input.performActions", context=self._page, actions=actions)

    def kill(self) -> None:
        self._program.kill()
        self._bidi.close()

    def close(self) -> None:
        with contextlib.suppress(BidiError, websocket.WebSocketException, OSError):
            self._bidi.send("browser.close")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._program.process.wait(20)
        self.kill()
