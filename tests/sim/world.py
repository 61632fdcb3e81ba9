"""The world of a story: riders, their devices, the network between them and the server."""

import base64
import itertools
import json
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from tests.sim.faults import FINE, INSIDE, INSTEAD
from tests.sim.ledger import Ledger
from tests.sim.phones import Phones
from tests.sim.server import Answer, DiedError, Held, Request, Script, Server

Json = dict[str, Any]
#: What happens before the request of that number goes out.
Between = dict[int, Callable[[], None]]
START = 1_772_388_000_000  # 2026-03-01, 18:00 UTC
SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000
TIMEOUT = 21 * SECOND
#: So that a few entries fill several pages.
PAGE_ROWS = 2


class BrokenPromiseError(AssertionError):
    """An invariant fell; the text has the story."""


class World:
    """What is there, and what has happened."""

    def __init__(self, server: Server, phones: Phones) -> None:
        self.server = server
        self.phones = phones
        self.met: Counter[str] = Counter()
        self.episodes = 0
        self.failed_at = 0
        self.last_words = ""

    def begin(self) -> None:
        """Begin a new story."""
        self.episodes += 1
        self.broken = False
        self.story: list[str] = []
        self.ledger = Ledger()
        self.clients: dict[str, FlaskClient] = {}
        self.accounts: dict[str, str | None] = {}
        self.looks: dict[str, Json] = {}
        self.known: dict[tuple[str, str | None], Json] = {}
        self.by_owner: set[str] = set()
        self.asks: deque[Json] = deque()
        self.results: dict[int, Json] = {}
        self.calls = itertools.count(1)
        self.timers: list[int] = []
        self.limbo: list[tuple[str, Request]] = []
        self.sent: list[tuple[str, Request, Answer]] = []
        self.backups: list[tuple[dict[str, list[Json]], set[str]]] = []
        self.opened = 0
        self.server.begin(START)
        self.now = START
        self.tell("begin", now=START)

    # The story and its end.

    def say(self, line: str) -> None:
        """Go on with the story."""
        self.story.append(line)

    def fail(self, invariant: str, what: str) -> None:
        """Say which invariant fell.

        Raises:
            BrokenPromiseError: always.
        """
        self.broken = True
        self.failed_at = self.failed_at or self.episodes
        lines = "\n".join(f"  {line}" for line in self.story)
        self.last_words = f"{invariant}: {what}\nThe story:\n{lines}"
        raise BrokenPromiseError(self.last_words)

    # Phones.

    def tell(self, what: str, **more: Any) -> Json:
        """Give the phones a command and take in what followed."""
        report = self.phones.do(what, **more)
        self.now = report["now"]
        self.server.now = int(self.now)
        self.timers = report["timers"]
        self.asks.extend(report["asks"])
        self.results.update({one["n"]: one for one in report["done"]})
        if report["wrong"]:
            self.fail("No exception", "\n".join(report["wrong"]))
        before, self.looks = self.looks, {}
        for page, text in report["pages"].items():
            self.looks[page] = before[page] if text is None else json.loads(text)
            if text is not None:
                self._compare(page, before.get(page), self.looks[page])
        return report

    def _compare(self, page: str, before: Json | None, look: Json) -> None:
        """What left the list or the outbox must have left it rightly."""
        key = (device_of(page), look["rider"])
        old, self.known[key] = self.known.get(key), look
        if (look.get("check") or {}).get("ok") is False:
            self.fail("I2 all hold the same", f"the check of {page} fails: {look['check']}")
        if not old or not before:
            return
        for entry in look["entries"]:
            self.ledger.owners.setdefault(entry, name_of(self, look["rider"]))
            if self.ledger.owners[entry] is None:
                self.ledger.owners[entry] = name_of(self, look["rider"])
        gone = {one[1]: one[2] for one in old["outbox"]}
        for one in look["outbox"]:
            gone.pop(one[1], None)
        gone = {one: entry for one, entry in gone.items() if entry not in self.by_owner}
        if gone:
            self._check_answered(page, gone, look)
        for entry, row in old["entries"].items():
            here = look["entries"].get(entry)
            dropped = not row["deleted"] and (here is None or here["deleted"])
            if dropped and entry not in self.ledger.ever_deleted | self.by_owner:
                self.fail("The list never drops an entry", f"{page} dropped {self.named(entry)}")

    def _check_answered(self, page: str, gone: dict[str, str], look: Json) -> None:
        """A change leaves when it is answered, replaced, or needed no more."""
        answers = self.server.answered(gone)
        left = {one[2] for one in look["outbox"]}
        for mutation, entry in gone.items():
            status = answers.get(mutation)
            if status in ("ok", "merged", "duplicate") or entry in left:
                continue
            if status == "rejected" and entry in self.ledger.ever_deleted:
                continue
            row = look["entries"].get(entry)
            if row and (row["state"] == "attention" or self._server_has(look["rider"], entry, row)):
                continue
            self.fail(
                "The outbox drops nothing by itself",
                f"{page} let go of a change of {self.named(entry)}, answered {status}",
            )

    def _server_has(self, public_id: str | None, entry: str, row: Json) -> bool:
        rider = name_of(self, public_id)
        rows = self.server.rows(rider)[0] if rider else []
        docs = [doc_of(one) for one in rows if str(one["id"]) == entry]
        return docs == [None if row["deleted"] else row["body"]]

    def named(self, entry: str) -> str:
        """Return the short name of an entry."""
        return self.ledger.name(entry)

    def device(self, name: str, rider: str, *, locks: bool = True) -> None:
        """Bring a device in, with `rider` signed in, and open a page of the app."""
        self.opened += 1
        self.tell("device", name=name, seed=self.opened * 7919, locks=locks)
        self.clients[name] = self.server.client()
        self.accounts[name] = rider
        self.server.sign_in(self.clients[name], rider)
        self.open(name)

    def open(self, page: str, faults: Sequence[str] = ()) -> None:
        """Load the app on a page, as `startSync` does."""
        self.known.pop((device_of(page), None), None)
        self.finish(self.start("open", page), faults)
        if page in self.looks:
            self.call(page, "refreshRider", faults=faults)

    def start(self, what: str, page: str, **more: Any) -> int:
        """Begin something on a page and return its number."""
        n = next(self.calls)
        self.tell(what, page=page, n=n, **more)
        return n

    def finish(
        self,
        n: int,
        faults: Sequence[str] = (),
        between: Between | None = None,
    ) -> Any:
        """Serve all requests; then return the result of `n`, or None if its page is dead."""
        self.serve(faults, between)
        done = self.results.pop(n, None)
        if done is None:
            return None
        if "error" in done:
            self.fail("No exception", f"{done['page']}: {done['error']}")
        return done.get("value")

    def call(
        self,
        page: str,
        method: str,
        *args: Any,
        faults: Sequence[str] = (),
        between: Between | None = None,
    ) -> Any:
        """Call the logbook of a page, and serve what it asks for."""
        return self.finish(
            self.start("call", page, method=method, args=list(args)), faults, between
        )

    def pass_time(self, ms: int, faults: Sequence[str] = ()) -> None:
        """Let time pass, and timers run, whose requests meet `faults`."""
        until = self.now + ms
        left = list(faults)
        while True:
            self.tell("pass", until=until)
            if self.asks:
                self.serve(left)
                left = []
            if self.now >= until and not any(due <= until for due in self.timers):
                return

    def disk(self, device: str) -> dict[str, dict[str, list[Json]]]:
        """Return the databases of a device: rows by store."""
        copies = self.tell("disk", device=device)["disk"]
        return {
            one["name"]: {
                store["name"]: [record["value"] for record in store["records"]]
                for store in one["stores"]
            }
            for one in copies
        }

    # Network.

    def serve(self, faults: Sequence[str] = (), between: Between | None = None) -> None:
        """Carry requests to the server until nobody asks any more; the first meet `faults`."""
        left = deque(faults)
        for count in itertools.count():
            if not self.asks:
                return
            ask = self.asks.popleft()
            if ask["page"] not in self.looks:
                continue
            if count > 500:
                self.fail(
                    "No endless loop", f"{ask['page']} asks for {ask['path']} again and again"
                )
            if between and count in between:
                between[count]()
            self.transmit(ask, left.popleft() if left else FINE)

    def transmit(self, ask: Json, fault: str) -> None:
        """Carry one request, to which `fault` happens."""
        self.met[fault] += 1
        page, request = ask["page"], request_of(ask)
        device = device_of(page)
        if fault == FINE:
            self.answer(ask, self.send(device, request))
        elif fault in INSTEAD:
            self.answer(ask, INSTEAD[fault])
        elif fault in INSIDE:
            try:
                self.answer(ask, self.send(device, request, replace(INSIDE[fault])))
            except DiedError:
                self.tell("fail", ask=ask["n"])
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
            self.pass_time(TIMEOUT)
        elif fault.startswith("page dies"):
            self.kill(page)
        else:
            self.tell("fail", ask=ask["n"])

    def send(self, device: str, request: Request, script: Script | None = None) -> Answer:
        """Let the server answer a request."""
        answer = self.server.ask(self.clients[device], request, script)
        if request.is_push and answer.status == 200:
            self.sent.append((device, request, answer))
        return answer

    def hold(self, device: str, request: Request, at: int) -> Held:
        """Let the server begin a request and stop at its statement number `at`, 0: its commit."""
        return Held(self.server, self.clients[device], request, at)

    def answer(self, ask: Json, answer: Answer) -> None:
        """Give a page its answer."""
        self.tell(
            "answer", ask=ask["n"], status=answer.status, headers=answer.headers, body=answer.body
        )

    def deliver_late(self) -> None:
        """Let all requests arrive that were on their way for so long; nobody hears the answers."""
        late, self.limbo = self.limbo, []
        for device, request in late:
            self.send(device, request)

    # Misfortunes of devices.

    def kill(self, page: str) -> None:
        """End a page: all that it has in memory is gone."""
        self.tell("kill", page=page)

    def forget(self, device: str) -> None:
        """A device changed its disk: nothing that was there before is to be expected."""
        for key in [key for key in self.known if key[0] == device]:
            del self.known[key]


def request_of(ask: Json) -> Request:
    """Return the request that a page sent, asking for small pages only."""
    body = base64.b64decode(ask["base64"]) if "base64" in ask else ask.get("body", "").encode()
    path = ask["path"].replace("limit=500", f"limit={PAGE_ROWS}")
    return Request(ask["page"], ask["method"], path, ask["headers"] or {}, body or None)


def device_of(page: str) -> str:
    """Return the device of a page."""
    return page.split("/")[0]


def name_of(world: World, public_id: str | None) -> str | None:
    """Return the name of the rider who goes by this id on the wire."""
    names = {one.public_id: name for name, one in world.server.riders.items()}
    return names.get(public_id or "")


def doc_of(row: Json) -> Json | None:
    """Return an entry of the server as a device has it, None for a deleted one."""
    if row["deleted"]:
        return None
    return filled({**(row["extra"] or {}), **(row["body"] or {})})


def filled(doc: Json | None) -> Json | None:
    """Return a document without its empty fields."""
    return None if doc is None else {key: value for key, value in doc.items() if value is not None}
