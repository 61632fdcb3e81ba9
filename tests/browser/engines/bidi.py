"""WebDriver BiDi, the W3C's protocol: numbered JSON commands over one WebSocket."""

import itertools
import json
from typing import Any

import websocket


class BidiError(Exception):
    """The browser refused a command."""


class Connection:
    """One BiDi session with a browser that listens at `address`."""

    def __init__(self, address: str) -> None:
        self._numbers = itertools.count(1)
        self._socket = websocket.create_connection(
            f"{address}/session", timeout=120, suppress_origin=True
        )
        self.send("session.new", capabilities={})

    def send(self, method: str, **params: object) -> Any:
        """Send one command and return its result; events that come between are dropped."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise BidiError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def close(self) -> None:
        """Close the socket; the browser lives on."""
        self._socket.close(timeout=0)
