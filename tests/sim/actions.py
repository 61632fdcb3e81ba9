"""What riders do, and what happens to their devices: each step one line of the story."""

from collections.abc import Sequence
from typing import Any

from tests.sim.database import doc_of
from tests.sim.holdings import is_deleting, lose, visible
from tests.sim.ledger import DELETED, REPLACED, Pair, everything, flat
from tests.sim.network import Between, device_of
from tests.sim.world import Json, World, told

BODY: Json = {"date": "2026-03-01", "duration_s": 600}


class Actions:
    """Steps of a story."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.values = 0

    def fresh(self) -> int:
        """Return a number that no other value of the story has."""
        self.values += 1
        return 60 + self.values

    # What a rider saves.

    def create(self, page: str, body: Json, kind: str = "session", fuse: int | None = None) -> str:
        """Save a new entry and return its id; "" if the page died over it."""
        world = self.world
        body = {**BODY, **body}
        world.say(f"{page} creates a {kind}: {short(body)}{dying(fuse)}")
        rider = self._rider_of(page)
        self._light(page, fuse)
        view = world.call(page, "create", kind, body)
        self._light(page, None)
        if view is None:
            return ""
        entry: str = view["id"]
        world.ledger.owners.setdefault(entry, rider)
        world.ledger.saved(entry, flat(body), page)
        world.story[-1] += f" → {world.named(entry)}"
        return entry

    def edit(
        self, page: str, entry: str, set_: Json, unset: Sequence[str] = (), fuse: int | None = None
    ) -> None:
        """Save a change of an entry."""
        world = self.world
        said = short({**set_, **dict.fromkeys(unset)})
        world.say(f"{page} edits {world.named(entry)}: {said}{dying(fuse)}")
        intent = intended(self.view(page, entry), set_, unset)
        self._change(page, entry, intent, fuse, "edit", {"set": set_, "unset": list(unset)})

    def remove(self, page: str, entry: str, fuse: int | None = None) -> None:
        """Delete an entry."""
        world = self.world
        world.say(f"{page} deletes {world.named(entry)}{dying(fuse)}")
        world.ledger.ever_deleted.add(entry)
        world.ledger.brought_back.discard(entry)
        intent = [(path, None) for path, _ in flat(self.view(page, entry) or {})]
        self._change(page, entry, intent, fuse, "remove")

    def restore(self, page: str, entry: str) -> None:
        """Undo a deletion."""
        world = self.world
        world.say(f"{page} brings {world.named(entry)} back")
        row = world.looks[page]["entries"][entry]
        self._change(page, entry, list(flat(row["body"] or {})), None, "restore")
        others = set(world.clients) - {device_of(page)}
        if self.view(page, entry) and not any(is_deleting(world, one, entry) for one in others):
            world.ledger.brought_back.add(entry)

    def resend(self, page: str, entry: str) -> None:
        """Try again to upload what needs attention."""
        self.world.say(f"{page} sends {self.world.named(entry)} again")
        self._change(page, entry, (), None, "resend")

    def discard(self, page: str, entry: str) -> None:
        """Let go of what was refused, as the rider wishes."""
        world = self.world
        world.say(f"{page} discards what was refused of {world.named(entry)}")
        before = self._held_here(page, entry)
        world.ledger.ever_deleted.add(entry)
        world.ledger.brought_back.discard(entry)
        self._change(page, entry, (), None, "discard")
        after = self._held_here(page, entry)
        for write in world.ledger.open(entry):
            if (write.path, write.value) in before - after:
                write.gone = "discarded by its rider"

    def settle_conflict(self, page: str, entry: str, which: str) -> None:
        """Choose between the two versions of an entry that was edited on two devices."""
        world = self.world
        world.say(f"{page} settles {world.named(entry)} for {which} version")
        lost = {**(world.looks[page]["entries"][entry].get("lost") or {})}
        lost.pop("rev", None)
        intent = list(flat(lost)) if which == "other" else []
        if which == "other" and not lost:  # a deletion, of all that is seen
            world.ledger.ever_deleted.add(entry)
            world.ledger.brought_back.discard(entry)
            intent = [(path, None) for path, _ in flat(self.view(page, entry) or {})]
        self._change(page, entry, intent, None, "settleConflict", which)

    def _change(
        self, page: str, entry: str, intent: Sequence[Pair], fuse: int | None, *call: Any
    ) -> None:
        world = self.world
        method, *args = call
        deleted = f"{DELETED}{page}"
        why = deleted if method == "remove" else REPLACED
        world.ledger.attempt(entry, self.view(page, entry), intent, why)
        world.by_owner.add(entry)
        self._light(page, fuse)
        before = self._waiting(page, entry)
        saved = world.call(page, method, entry, *args)
        self._light(page, None)
        world.by_owner.discard(entry)
        if saved is None:
            return
        after = self._waiting(page, entry)
        if method == "restore" and after < before:
            world.ledger.undo(entry, deleted)
            return
        # What is there already is not saved anew, so whoever deletes it has seen it.
        known = set() if after - before else self._on_the_server(page, entry)
        world.ledger.saved(entry, [pair for pair in intent if pair not in known], page)

    def _on_the_server(self, page: str, entry: str) -> set[Pair]:
        """Return what the server has of an entry, as far as a page knows."""
        stores = self.world.disk(device_of(page)).values()
        rows = [row for one in stores for row in one.get("entry", ()) if row["id"] == entry]
        return {pair for row in rows for pair in flat((row["server"] or {}).get("body") or {})}

    def _waiting(self, page: str, entry: str) -> set[str]:
        """Return the changes of an entry that a page has in its outbox, by their ids."""
        rows = self.world.looks.get(page, {}).get("outbox", ())
        return {mutation for _mid, mutation, of, _state in rows if of == entry}

    def view(self, page: str, entry: str) -> Json | None:
        """Return an entry as a page shows it; None if it does not."""
        row = self.world.looks[page]["entries"].get(entry)
        return None if row is None or row["deleted"] else row["body"]

    def _held_here(self, page: str, entry: str) -> set[Pair]:
        found: set[Pair] = set()
        for stores in self.world.disk(device_of(page)).values():
            for name, rows in stores.items():
                for row in rows:
                    if isinstance(row, dict) and row.get("id") == entry:
                        found |= set(everything(visible(name, row, lost=False)))
        return found

    def _light(self, page: str, fuse: int | None) -> None:
        if page in self.world.looks:
            self.world.tell("fuse", page=page, after=fuse)

    def edit_on_the_plain_page(self, rider: str, which: int, set_: Json) -> None:
        """Save a change by the form that the server itself shows."""
        if shown := self._on_the_plain_page(rider, which):
            entry, doc = shown
            self.world.say(f"{rider} edits {self.world.named(entry)} there: {short(set_)}")
            self._save_there(rider, shown, intended(doc, set_, ()), "patch", set=set_)

    def remove_on_the_plain_page(self, rider: str, which: int) -> None:
        """Delete an entry by the button that the server itself shows."""
        if shown := self._on_the_plain_page(rider, which):
            entry, doc = shown
            self.world.say(f"{rider} deletes {self.world.named(entry)} there")
            self.world.ledger.ever_deleted.add(entry)
            self.world.ledger.brought_back.discard(entry)
            self._save_there(rider, shown, [(path, None) for path, _ in flat(doc)], "delete")

    def _on_the_plain_page(self, rider: str, which: int) -> tuple[str, Json] | None:
        world = self.world
        rows = [row for row in world.server.rows(rider)[0] if row["kind"] == "session"]
        docs = {str(row["id"]): doc for row in rows if (doc := doc_of(row)) is not None}
        if not docs:
            return None
        world.say(f"{rider} opens the plain page")
        entry = sorted(docs, key=lambda one: int(world.named(one)[1:]))[which % len(docs)]
        return entry, docs[entry]

    def _save_there(
        self, rider: str, shown: tuple[str, Json], intent: Sequence[Pair], op: str, **what: Json
    ) -> None:
        entry, doc = shown
        self.world.ledger.attempt(entry, doc, intent)
        if self.world.server.save(rider, entry, op, **what) in ("ok", "merged"):
            self.world.ledger.saved(entry, intent, "the plain page")

    # Syncing.

    def sync(
        self,
        page: str,
        faults: Sequence[str] = (),
        fuse: int | None = None,
        between: Between | None = None,
    ) -> None:
        """Sync now, whatever happens to the requests."""
        self.world.say(f"{page} syncs{told(faults)}{dying(fuse)}")
        self._light(page, fuse)
        self.world.call(page, "syncNow", faults=faults, between=between)
        self._light(page, None)

    def both_sync(self, page: str, other: str, faults: Sequence[str] = ()) -> None:
        """Two pages sync at the same time, their requests in turns."""
        self.world.say(f"{page} and {other} sync at once{told(faults)}")
        first = self.world.start("call", page, method="syncNow", args=[])
        second = self.world.start("call", other, method="syncNow", args=[])
        self.world.finish(first, faults)
        self.world.finish(second)

    def wait(self, ms: int, faults: Sequence[str] = ()) -> None:
        """Let time pass."""
        self.world.say(f"{ms // 1000} s pass{told(faults)}")
        self.world.pass_time(ms, faults)

    # Accounts.

    def session_ends(self, device: str) -> None:
        """The server forgets who is signed in on a device."""
        self.world.say(f"the session on {device} ends")
        self.world.server.sign_out(self.world.clients[device])
        self.world.accounts[device] = None

    def sign_in(
        self,
        device: str,
        rider: str,
        faults: Sequence[str] = (),
        between: Between | None = None,
    ) -> None:
        """A rider signs in on a device, and its pages load anew."""
        world = self.world
        world.say(f"{rider} signs in on {device}{told(faults)}")
        world.server.sign_in(world.clients[device], rider)
        world.accounts[device] = rider
        world.forget(device)
        for page in self.pages(device):
            if page in world.looks:
                world.call(page, "refreshRider", faults=faults, between=between)

    def sign_out(self, page: str, pending: str, faults: Sequence[str] = ()) -> None:
        """A rider signs out in the app."""
        world = self.world
        device = device_of(page)
        world.say(f"{page} signs out, pending: {pending}{told(faults)}")
        world.forget(device)
        unheard = self._rider_of(page) in world.deleted and not knows(world, page)
        world.call(page, "signOut", {"pending": pending}, faults=faults)
        if pending == "delete" or unheard:
            lose(self.world, "deleted by its rider at sign-out")

    def _rider_of(self, page: str) -> str | None:
        return self.world.name_of(self.world.looks[page]["rider"])

    def pages(self, device: str) -> list[str]:
        """Return the open pages of a device."""
        return [page for page in self.world.looks if device_of(page) == device]


def intended(view: Json | None, set_: Json, unset: Sequence[str]) -> list[Pair]:
    """Return what an edit of `view` changes: values, and None for those that go away."""
    before = {**(view or {})}
    after = {**before, **set_, **dict.fromkeys(unset)}
    old, new = dict(flat(before)), dict(flat(after))
    changed = [(path, new.get(path)) for path in {**old, **new} if old.get(path) != new.get(path)]
    return sorted(changed, key=lambda pair: pair[0])


def short(body: Json) -> str:
    """Return the values of a body for the story, without what every entry has."""
    shown = {key: value for key, value in body.items() if BODY.get(key) != value}
    return ", ".join(f"{key}={value!r}" for key, value in shown.items()) or "nothing special"


def dying(fuse: int | None) -> str:
    """Say when the page dies."""
    return "" if fuse is None else f", and the page dies after {fuse} transactions"


def knows(world: World, page: str) -> bool:
    """Tell whether a page says that the account is deleted."""
    return bool(world.looks[page].get("code") == "account_deleted")
