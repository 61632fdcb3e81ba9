"""The world of a story: riders, their devices, the network between them and the server."""

import itertools
import json
from collections import Counter
from collections.abc import Container, Sequence
from typing import Any

from flask.testing import FlaskClient

from tests.sim.holdings import by_name
from tests.sim.ledger import Ledger
from tests.sim.network import Between, Network, device_of
from tests.sim.phones import Phones
from tests.sim.second import take_in_loss
from tests.sim.server import Server
from tests.sim.watch import compare

Json = dict[str, Any]
START = 1_772_388_000_000  # 2026-03-01, 18:00 UTC
SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000


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
        #: Ids of the mutations that their rider took out of an outbox.
        self.dropped: set[str] = set()
        #: Mutations in the order in which they were first seen, and on which device.
        self.born: dict[str, str] = {}
        #: Devices that lost their databases amid a sync: what it then finds amiss, it mends.
        self.shaken: set[str] = set()
        #: Whether the server may take a mutation twice, since it forgot some.
        self.forgetful = False
        self.net = Network(self)
        self.results: dict[int, Json] = {}
        self.calls = itertools.count(1)
        self.timers: list[int] = []
        self.backups: list[dict[str, list[Json]]] = []
        #: Devices without room, with an older app, with a newer one; riders without an account.
        self.full: set[str] = set()
        self.older: set[str] = set()
        self.updated: set[str] = set()
        self.deleted: set[str] = set()
        self.opened = 0
        self.opens: Counter[str] = Counter()
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
        self.net.asks.extend(report["asks"])
        self.results.update({one["n"]: one for one in report["done"]})
        if report["wrong"]:
            self.fail("No exception", "\n".join(report["wrong"]))
        self.met.update(report["met"])
        for loss in report["lost"]:
            self.forget(loss["device"])
        before, self.looks = self.looks, {}
        for page, text in report["pages"].items():
            self.looks[page] = before[page] if text is None else json.loads(text)
            if text is not None:
                compare(self, page, before.get(page), self.looks[page])
        for loss in report["lost"]:
            take_in_loss(self, loss)
        return report

    def named(self, entry: str) -> str:
        """Return the short name of an entry."""
        return self.ledger.name(entry)

    def name_of(self, public_id: str | None) -> str | None:
        """Return the name of the rider who goes by this id on the wire."""
        names = {one.public_id: name for name, one in self.server.riders.items()}
        return names.get(public_id or "")

    def living(self) -> list[str]:
        """Return the riders who have an account."""
        return [rider for rider in self.server.riders if rider not in self.deleted]

    def device(self, name: str, rider: str, *, locks: bool = True) -> None:
        """Bring a device in, with `rider` signed in, and open a page of the app."""
        self.opened += 1
        self.tell("device", name=name, seed=self.opened * 7919, locks=locks)
        self.clients[name] = self.server.client()
        self.accounts[name] = rider
        if not locks:
            self.older.add(name)
        self.server.sign_in(self.clients[name], rider)
        self.open(name)

    def open(self, page: str, faults: Sequence[str] = ()) -> None:
        """Load the app on a page, as `startSync` does."""
        self.opens[page] += 1
        self.known.pop((device_of(page), None), None)
        if self.finish(self.start("open", page), faults):
            self.call(page, "refreshRider", faults=faults)
        elif page in self.looks:
            self.kill(page)

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
        may: Container[str] = (),
    ) -> Any:
        """Serve all requests; then return the result of `n`, True for none.

        None if its page is dead, or could not do it and said why: one of `may`, or no room.
        """
        self.net.serve(faults, between)
        done = self.results.pop(n, None)
        if done is None:
            return None
        if "error" not in done:
            return done.get("value", True)
        full = done["kind"] == "QuotaExceededError" and device_of(done["page"]) in self.full
        if not full and done["kind"] not in may:
            self.fail("No exception", f"{done['page']}: {done['error']}")
        return None

    def call(
        self,
        page: str,
        method: str,
        *args: Any,
        faults: Sequence[str] = (),
        between: Between | None = None,
        may: Container[str] = (),
    ) -> Any:
        """Call the logbook of a page, and serve what it asks for."""
        return self.finish(
            self.start("call", page, method=method, args=list(args)), faults, between, may
        )

    def pass_time(self, ms: int, faults: Sequence[str] = ()) -> None:
        """Let time pass, and timers run, whose requests meet `faults`."""
        until = self.now + ms
        left = list(faults)
        while True:
            self.tell("pass", until=until)
            if self.net.asks:
                self.net.serve(left)
                left = []
            if self.now >= until and not any(due <= until for due in self.timers):
                return

    def disk(self, device: str) -> dict[str, dict[str, list[Json]]]:
        """Return the databases of a device: rows by store."""
        return by_name(self.tell("disk", device=device)["disk"])

    def second(self, device: str) -> Json:
        """Return what the second place of a device has, and what it failed over."""
        second: Json = self.tell("second", device=device)["second"]
        return second

    # Misfortunes of devices.

    def kill(self, page: str) -> None:
        """End a page: all that it has in memory is gone."""
        self.tell("kill", page=page)

    def forget(self, device: str) -> None:
        """A device changed its disk: nothing that was there before is to be expected."""
        for key in [key for key in self.known if key[0] == device]:
            del self.known[key]


def told(faults: Sequence[str]) -> str:
    """Return faults as the story tells them."""
    met = [one for one in faults if one != "fine"]
    return f" ({', '.join(faults)})" if met else ""
