"""Running sessions: kept on every step, taken over by another page, finished, thrown away.

The promise: a kept draft is on its device until a page that has seen it puts another in its place,
throws it away, or makes an entry of it; never neither, and never both.
"""

from dataclasses import dataclass

from tests.sim.actions import BODY, Actions
from tests.sim.ledger import flat
from tests.sim.network import device_of
from tests.sim.world import Json, World

TAKEN = ("DraftTaken",)


@dataclass
class Draft:
    """A draft that a page said was kept; `gone`: why nobody needs to find it any more."""

    device: str
    value: int
    gone: str = ""


class Drafts:
    """Steps of a story about the running session."""

    def __init__(self, actions: Actions) -> None:
        self.actions = actions
        self.world: World = actions.world
        self.kept: list[Draft] = []
        #: Of each page: who held the draft when it looked last, and by which name it holds it.
        self.seen: dict[str, str | None] = {}

    def look(self, page: str) -> None:
        """Find what is left over."""
        self.world.say(f"{page} looks for a draft")
        draft = self.world.call(page, "draft.get")
        self.seen[page] = draft["holder"] if draft else None

    def step(self, page: str) -> None:
        """Keep the next step, in the place of what was seen last."""
        value = self.actions.fresh()
        self.world.say(f"{page} keeps step {value} of a draft")
        mine = self._mine(page)
        free = self._holder(page) in (mine, self.seen.get(page))
        draft = {"holder": mine, "value": value}
        put = self.world.call(page, "draft.put", draft, self.seen.get(page), may=TAKEN)
        here = self._on_disk(page)
        if put:
            self._expect(free, page)
            self.seen[page] = mine
            self.kept.append(Draft(device_of(page), value))
        if value in here:
            self._let_go(page, here, "replaced by somebody who saw it")
        self.check()

    def finish(self, page: str) -> None:
        """Make an entry of the draft."""
        value = self.actions.fresh()
        self.world.say(f"{page} makes an entry of its draft: n{value}")
        free = self._holder(page) == self.seen.get(page)
        body = {**BODY, "notes": f"n{value}"}
        rider = self.world.name_of(self.world.looks[page]["rider"])
        made = self.world.call(page, "finishDraft", "session", body, self.seen.get(page), may=TAKEN)
        here = self._on_disk(page)
        if made:
            self._expect(free, page)
            self.world.ledger.owners.setdefault(made["id"], rider)
            self.world.ledger.saved(made["id"], flat(body), page)
            self.seen[page] = None
        if made or self._has_entry(page, body["notes"]):
            self._let_go(page, here, "made an entry")
        self.check()

    def clear(self, page: str) -> None:
        """Throw the draft away."""
        self.world.say(f"{page} throws its draft away")
        free = self._holder(page) in (None, self.seen.get(page))
        cleared = self.world.call(page, "draft.clear", self.seen.get(page), may=TAKEN)
        if cleared:
            self._expect(free, page)
            self.seen[page] = None
        if free:
            self._let_go(page, self._on_disk(page), "thrown away")
        self.check()

    def lose(self, device: str, why: str) -> None:
        """Excuse what is not on a device any more."""
        self._let_go(device, self._on_disk(device), why)

    def check(self) -> None:
        """Look whether all that was kept is still there."""
        for one in self.kept:
            if not one.gone and one.value not in self._on_disk(one.device):
                self.world.fail(
                    "I1 nothing saved is lost", f"step {one.value} of a draft on {one.device}"
                )

    def _expect(self, free: bool, page: str) -> None:
        if not free:
            self.world.fail("A draft is taken over knowingly", f"{page} had not seen whose it was")

    def _let_go(self, page: str, here: set[int], why: str) -> None:
        for one in self.kept:
            if one.device == device_of(page) and not one.gone and one.value not in here:
                one.gone = why

    def _mine(self, page: str) -> str:
        return f"{page}, opened {self.world.opens[page]} times"

    def _holder(self, page: str) -> str | None:
        """Return who holds the draft of the log that a page has open."""
        name = f"dbs-{self.world.looks[page]['rider'] or 'local'}"
        rows = self.world.disk(device_of(page)).get(name, {}).get("draft", [])
        return rows[0]["holder"] if rows else None

    def _on_disk(self, page: str) -> set[int]:
        databases = self.world.disk(device_of(page)).values()
        return {row["value"] for stores in databases for row in stores.get("draft", ())}

    def _has_entry(self, page: str, notes: str) -> bool:
        databases = self.world.disk(device_of(page)).values()
        rows: list[Json] = [row for stores in databases for row in stores.get("entry", ())]
        return any((row["body"] or {}).get("notes") == notes for row in rows)
