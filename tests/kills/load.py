"""Phones that save and push without a pause, each push until it is answered."""

import itertools
import threading
import uuid
from collections import Counter

from tests.kills.wire import Wire
from tests.phones import SESSION, Json, Phone, new_id
from tests.waiting import until

RIDERS, PHONES_EACH = 3, 2
#: Who has waited this long for an answer waits in vain.
PATIENCE_S = 120


class Saver(Phone):
    """A phone that saves sessions, and adds a set to one of its own from time to time."""

    def __init__(self, wire: Wire, user: str) -> None:
        self.wire, self.user = wire, user
        self.device = str(uuid.uuid4())
        self.mids = itertools.count(1)
        #: Its entries as it last saved them, and how often each was saved.
        self.docs: dict[str, Json] = {}
        self.saves: Counter[str] = Counter()
        #: What the server confirmed, by mutation id.
        self.confirmed: dict[str, Json] = {}
        #: The pushes that were answered, and those that were cut off or put off and sent again.
        self.answered, self.again = 0, 0

    def save_and_push(self) -> None:
        """Save two new sessions and edit one that is there; push until that is answered."""
        changes = [self._new(), self._new()]
        if len(self.docs) > 2:
            changes.append(self._edit(list(self.docs)[-3]))
        body = self._envelope(changes)
        results = until(lambda: self._push(body), "an answer to a push", PATIENCE_S) or []
        self.confirmed |= {one["mutation_id"]: one for one in results}
        self.answered += 1

    def _new(self) -> Json:
        made = self.mutation(set={**SESSION, "notes": new_id(), "sets": [a_set()]})
        return self._kept(made, made["set"])

    def _edit(self, entry_id: str) -> Json:
        sets = [*self.docs[entry_id]["sets"], a_set()]
        doc = {**self.docs[entry_id], "sets": sets}
        fields = {"id": entry_id, "base_rev": self.saves[entry_id], "set": {"sets": sets}}
        return self._kept(self.mutation("patch", **fields), doc)

    def _kept(self, mutation: Json, doc: Json) -> Json:
        self.docs[mutation["id"]] = doc
        self.saves[mutation["id"]] += 1
        return mutation

    def _envelope(self, mutations: list[Json]) -> Json:
        about = {"user": self.user, "device": self.device, "acked_mid": 0}
        return {"proto": 1, "schema": 1, "now": 0, **about, "mutations": mutations}

    def _push(self, body: Json) -> list[Json] | None:
        answer = self.wire.api("/api/sync/v1/push", body)
        if answer is None or answer.status == 503:
            self.again += 1
            return None
        assert answer.status == 200, answer
        results: list[Json] = answer.json()["results"]
        return results


class Load:
    """All phones at once, from `with` on until its block ends and the last push is answered."""

    def __init__(self, base: str) -> None:
        self.savers = [saver for n in range(RIDERS) for saver in _phones_of(base, f"rider{n}")]
        self._enough = threading.Event()
        self._errors: list[BaseException] = []
        self._threads = [
            threading.Thread(target=self._run, args=(saver,), daemon=True) for saver in self.savers
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()
        if self._errors and error is None:
            raise self._errors[0]

    @property
    def answered(self) -> int:
        """How many pushes were answered so far."""
        return sum(saver.answered for saver in self.savers)

    @property
    def again(self) -> int:
        """How many were cut off or put off so far, and sent again."""
        return sum(saver.again for saver in self.savers)

    def wait_for(self, pushes: int) -> None:
        """Wait until so many more pushes were answered."""
        goal = self.answered + pushes

        def reached() -> bool:
            if self._errors:
                raise self._errors[0]
            return self.answered >= goal

        until(reached, f"{pushes} more answers", PATIENCE_S)

    def _run(self, saver: Saver) -> None:
        try:
            while not self._enough.is_set():
                saver.save_and_push()
        except BaseException as error:
            self._errors.append(error)


def _phones_of(base: str, name: str) -> list[Saver]:
    wires = [Wire(base) for _ in range(PHONES_EACH)]
    users = [wire.sign("login" if n else "register", name) for n, wire in enumerate(wires)]
    return [Saver(wire, user) for wire, user in zip(wires, users, strict=True)]


def a_set() -> Json:
    """Return one set of a session, with an id of its own."""
    return {"id": new_id(), "exercise": "bridge"}
