"""WebDriver BiDi, the W3C's protocol: numbered JSON commands over one WebSocket."""

import itertools
import json
from typing import Any

import websocket

#: How long a browser may take for one command, in seconds.
PATIENCE_S = 40


class BidiError(Exception):
    """The browser refused a command, or never answered it."""


class Connection:
    """One BiDi session with a browser that listens at `address`."""

    def __init__(self, address: str) -> None:
        self._numbers = itertools.count(1)
        self._socket = websocket.create_connection(
            f"{address}/session", timeout=PATIENCE_S, suppress_origin=True
        )
        self.send("session.new", capabilities={})

    def send(self, method: str, **params: object) -> Any:
        """Send one command and return its result; events that come between are dropped."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        answer = self._answer(method)
        while answer.get("id") != number:
            answer = self._answer(method)
        if answer["type"] == "error":
            raise BidiError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def _answer(self, method: str) -> dict[str, Any]:
        # Firefox forgets a script whose page goes away under it: no answer ever comes.
        try:
            answer: dict[str, Any] = json.loads(self._socket.recv())
        except websocket.WebSocketTimeoutException:
            raise BidiError(f"{method}: no answer in {PATIENCE_S} s") from None
        return answer

    def close(self) -> None:
        """Close the socket; the browser lives on."""
        self._socket.close(timeout=0)
