"""Chromium by its bare debugging protocol, for what Playwright keeps from happening to a tab.

Playwright lets every tab believe that it is in front, so that none is ever hidden or frozen.
"""

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import websocket

from tests.browser.engines.chromium import BINARY, FLAGS
from tests.browser.engines.program import Program

#: How long Chromium may take for one command, in seconds.
PATIENCE_S = 60


class Tabs:
    """A Chromium of its own; each tab is known by its session."""

    def __init__(self, profile: Path, flags: Sequence[str] = ()) -> None:
        command = [BINARY, *FLAGS, *flags, "--remote-debugging-port=0"]
        command += [f"--user-data-dir={profile}", "about:blank"]
        self._program = Program(command, profile.with_suffix(".tabs.log"))
        self._numbers = itertools.count(1)
        self._targets: dict[str, str] = {}
        try:
            address = self._program.said(r"DevTools listening on (ws://\S+)")
            self._socket = websocket.create_connection(
                address, timeout=PATIENCE_S, suppress_origin=True
            )
        except BaseException:
            self._program.kill()
            raise

    def send(self, method: str, session: str | None = None, **params: object) -> Any:
        """Send one command and return its result; events that come between are dropped."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": params}
        self._socket.send(json.dumps(command | ({"sessionId": session} if session else {})))
        answer: dict[str, Any] = {}
        while answer.get("id") != number:
            answer = json.loads(self._socket.recv())
        assert "error" not in answer, f"{method}: {answer}"
        return answer["result"]

    def open(self, url: str, script: str = "") -> str:
        """Open a tab in front of the others, run `script` in it first, and return its session."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._targets[session] = target
        self.send("Page.enable", session)
        self.send("Page.addScriptToEvaluateOnNewDocument", session, source=script)
        self.send("Page.navigate", session, url=url)
        return str(session)

    def front(self, session: str) -> None:
        """Bring a tab in front of the others, which are hidden then."""
        self.send("Target.activateTarget", targetId=self._targets[session])

    def js(self, session: str, expression: str) -> Any:
        """Return the value of a JavaScript expression; promises are awaited."""
        answer = self.send(
            "Runtime.evaluate",
            session,
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def close(self) -> None:
        """End Chromium."""
        self._socket.close(timeout=0)
        self._program.kill()
