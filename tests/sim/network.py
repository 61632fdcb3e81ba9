"""The network of a story: what is on its way, and what befalls it."""

import base64
import gzip
import itertools
import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.sim.exchange import Answer, DiedError, Request, Script
from tests.sim.faults import FINE, INSIDE, INSTEAD
from tests.sim.server import NEWER_SCHEMA

if TYPE_CHECKING:
    from tests.sim.world import World

Json = dict[str, Any]
#: What happens before the request of that number goes out.
Between = dict[int, Callable[[], None]]
#: Longer than a phone waits for an answer, in ms.
TIMEOUT = 21_000
#: So that a few entries fill several pages.
PAGE_ROWS = 2


class Network:
    """Requests that wait for it, that are late, and that were answered."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.asks: deque[Json] = deque()
        self.limbo: list[tuple[str, Request]] = []
        self.sent: list[tuple[str, Request, Answer]] = []

    def serve(self, faults: Sequence[str] = (), between: Between | None = None) -> None:
        """Carry requests to the server until nobody asks any more; the first meet `faults`."""
        left = deque(faults)
        for count in itertools.count():
            if not self.asks:
                return
            ask = self.asks.popleft()
            if ask["page"] not in self.world.looks:
                continue
            if count > 500:
                self.world.fail(
                    "No endless loop", f"{ask['page']} asks for {ask['path']} again and again"
                )
            if between and count in between:
                between[count]()
            self.transmit(ask, left.popleft() if left else FINE)

    def transmit(self, ask: Json, fault: str) -> None:
        """Carry one request, to which `fault` happens."""
        self.world.met[fault] += 1
        page, request = ask["page"], self.request_of(ask)
        device = device_of(page)
        if fault == FINE:
            self.answer(ask, self.send(device, request))
        elif fault in INSTEAD:
            self.answer(ask, INSTEAD[fault])
        elif fault in INSIDE:
            try:
                self.answer(ask, self.send(device, request, replace(INSIDE[fault])))
            except DiedError:
                self.world.tell("fail", ask=ask["n"])
        else:
            self._mishap(fault, device, request, ask)

    def _mishap(self, fault: str, device: str, request: Request, ask: Json) -> None:
        page = ask["page"]
        if fault == "comes late":
            self.limbo.append((device, request))
        elif fault not in ("request lost", "hangs", "page dies asking"):
            answer = self.send(device, request)
        if fault == "sent twice":
            self.answer(ask, self.send(device, request))
        elif fault == "answer cut":
            self.answer(ask, replace(answer, body=answer.body[: len(answer.body) // 2]))
        elif fault.startswith("hangs"):
            self.world.pass_time(TIMEOUT)
        elif fault.startswith("page dies"):
            self.world.kill(page)
        else:
            self.world.tell("fail", ask=ask["n"])

    def send(self, device: str, request: Request, script: Script | None = None) -> Answer:
        """Let the server answer a request."""
        answer = self.world.server.ask(self.world.clients[device], request, script)
        if request.is_push and answer.status == 200:
            self.sent.append((device, request, answer))
        return answer

    def request_of(self, ask: Json) -> Request:
        """Return the request that a page sent: for small pages only, and by an app of its age."""
        body = base64.b64decode(ask["base64"]) if "base64" in ask else ask.get("body", "").encode()
        headers = ask["headers"] or {}
        device = device_of(ask["page"])
        if body and device in self.world.older:
            body = re.sub(rb'"seq":\d+,', b"", body, count=1)  # the first release had no such thing
        if body and device in self.world.updated:
            body = _as_newer(body, packed="Content-Encoding" in headers)
        path = ask["path"].replace("limit=500", f"limit={PAGE_ROWS}")
        return Request(ask["page"], ask["method"], path, headers, body or None)

    def answer(self, ask: Json, answer: Answer) -> None:
        """Give a page its answer."""
        self.world.tell(
            "answer", ask=ask["n"], status=answer.status, headers=answer.headers, body=answer.body
        )

    def deliver_late(self) -> None:
        """Let all requests arrive that were on their way for so long; nobody hears the answers."""
        late, self.limbo = self.limbo, []
        for device, request in late:
            self.send(device, request)


def _as_newer(body: bytes, *, packed: bool) -> bytes:
    """Return a push as a newer app would have sent it."""
    text = gzip.decompress(body) if packed else body
    text = text.replace(b'"schema":1,', b'"schema":%d,' % NEWER_SCHEMA)
    return gzip.compress(text, mtime=0) if packed else text


def device_of(page: str) -> str:
    """Return the device of a page."""
    return page.split("/")[0]
