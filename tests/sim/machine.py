"""Hypothesis draws the story: which device does what, and what goes wrong meanwhile."""

from collections.abc import Container
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RULE_MARKER, RuleBasedStateMachine, rule

from tests.sim.actions import Actions
from tests.sim.faults import FAULTS, FINE
from tests.sim.overlap import overlap
from tests.sim.promises import check_all, settle_down
from tests.sim.replay import replay
from tests.sim.world import MINUTE, SECOND, Json, World, device_of

HOUR = 60 * MINUTE
#: The devices, whose they are, and whether their browser has Web Locks.
DEVICES = {
    "alice-phone": ("alice", True),
    "alice-laptop": ("alice", False),
    "bob-phone": ("bob", True),
    "alice-tablet": ("alice", True),
}
MOST_ENTRIES = 6
CHILDREN = [f"01900000-0000-7000-8000-00000000000{n}" for n in range(3)]

pages = st.sampled_from(
    ["alice-phone", "alice-laptop", "alice-phone/1", "bob-phone", "alice-tablet"]
)
devices = st.sampled_from(list(DEVICES))
alices = st.sampled_from([name for name, (rider, _) in DEVICES.items() if rider == "alice"])
entries = st.integers(0, MOST_ENTRIES - 1)
faults = st.lists(st.sampled_from((FINE, *FAULTS)), max_size=4)
fuses = st.one_of(st.none(), st.none(), st.integers(0, 25))
quick_fuses = st.one_of(st.none(), st.none(), st.integers(0, 3))


class Story(RuleBasedStateMachine):
    """Alice with up to three devices, Bob with his phone and now and then at Alice's."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.world.begin()
        self.actions = Actions(self.world)

    def here(self, page: str) -> bool:
        """Tell whether a page is open, after bringing its device in if it is new."""
        device = device_of(page)
        if device not in self.world.clients:
            rider, locks = DEVICES[device]
            self.world.say(f"{device} comes in")
            self.world.device(device, rider, locks=locks)
        if page not in self.world.looks:
            self.actions.opens(page)
        return page in self.world.looks

    def pick(self, page: str, which: int, *, deleted: bool = False) -> str | None:
        """Return an entry that the page shows (or shows as deleted)."""
        if not self.here(page):
            return None
        rows = self.world.looks[page]["entries"]
        ids = [entry for entry, row in rows.items() if row["deleted"] is deleted]
        ids.sort(key=lambda entry: int(self.world.named(entry)[1:]))
        return ids[min(which, len(ids) - 1)] if ids else None

    def change(self, what: str, page: str, which: int) -> tuple[Json, list[str]]:
        """Return values for an edit; each is there only once in a story, where it can be."""
        fresh = self.actions.fresh()
        if what == "sets":
            view = self.actions.view(page, self.pick(page, which) or "") or {}
            child = CHILDREN[fresh % len(CHILDREN)]
            others = [one for one in view.get("sets", []) if one["id"] != child]
            return {"sets": [*others, {"id": child, "exercise": "bridge", "done": fresh}]}, []
        if what == "fewer sets":
            view = self.actions.view(page, self.pick(page, which) or "") or {}
            return {"sets": view.get("sets", [])[1:]}, []
        if what == "no notes":
            return {}, ["notes"]
        values: Json = {
            "notes": f"n{fresh}",
            "duration": fresh,
            "site": f"p{fresh}",
            "same notes": "the same",
            "wrong": 11,
            "unknown field": f"w{fresh}",
            "both": f"n{fresh}",
        }
        fields = {"duration": "duration_s", "site": "pain_site", "wrong": "effort"}
        field = fields.get(what, "weather" if what == "unknown field" else "notes")
        more = {"pain_site": f"p{fresh}"} if what == "both" else {}
        return {field: values[what], **more}, []

    # Saving.

    changes = st.sampled_from(
        ["notes", "duration", "site", "sets", "fewer sets", "no notes", "same notes", "both"]
    )

    @rule(
        page=pages,
        what=st.sampled_from(["notes", "site", "sets", "wrong", "unknown field"]),
        fuse=quick_fuses,
    )
    def creates(self, page: str, what: str, fuse: int | None) -> None:
        if self.here(page) and len(self.world.looks[page]["entries"]) < MOST_ENTRIES:
            set_, _ = self.change(what, page, 0)
            self.actions.create(page, set_, fuse=fuse)

    @rule(page=pages, which=entries, what=changes, fuse=quick_fuses)
    def edits(self, page: str, which: int, what: str, fuse: int | None) -> None:
        if entry := self.pick(page, which):
            self.actions.edit(page, entry, *self.change(what, page, which), fuse=fuse)

    @rule(page=pages, which=entries, what=changes)
    def edits_again(self, page: str, which: int, what: str) -> None:
        self.edits(page, which, what, None)

    @rule(page=pages, which=entries, what=st.sampled_from(["wrong", "unknown field", "both"]))
    def edits_oddly(self, page: str, which: int, what: str) -> None:
        if entry := self.pick(page, which):
            self.actions.edit(page, entry, *self.change(what, page, which))

    @rule(page=pages)
    def creates_an_unknown_kind(self, page: str) -> None:
        if self.here(page) and len(self.world.looks[page]["entries"]) < MOST_ENTRIES:
            self.actions.create(page, {"notes": f"k{self.actions.fresh()}"}, kind="stretching")

    @rule(rider=st.sampled_from(["alice", "alice", "bob"]), which=entries)
    def edits_on_the_plain_page(self, rider: str, which: int) -> None:
        notes = f"f{self.actions.fresh()}"
        self.actions.edit_on_the_plain_page(rider, which, {"notes": notes})

    @rule(page=pages, which=entries, fuse=quick_fuses)
    def deletes(self, page: str, which: int, fuse: int | None) -> None:
        if entry := self.pick(page, which):
            self.actions.remove(page, entry, fuse=fuse)

    @rule(page=pages, which=entries)
    def brings_back(self, page: str, which: int) -> None:
        if entry := self.pick(page, which, deleted=True):
            self.actions.restore(page, entry)

    @rule(page=pages, how=st.sampled_from(["resend", "discard"]))
    def attends(self, page: str, how: str) -> None:
        if not self.here(page):
            return
        rows = self.world.looks[page]["entries"]
        for entry in [entry for entry, row in rows.items() if row["state"] == "attention"][:1]:
            getattr(self.actions, how)(page, entry)

    @rule(page=pages, which=st.sampled_from(["this", "other"]))
    def settles_a_conflict(self, page: str, which: str) -> None:
        if not self.here(page):
            return
        rows = self.world.looks[page]["entries"]
        for entry in [entry for entry, row in rows.items() if row.get("lost")][:1]:
            self.actions.settle_conflict(page, entry, which)

    # Syncing.

    @rule(page=pages, faults=faults, fuse=fuses)
    def syncs(self, page: str, faults: list[str], fuse: int | None) -> None:
        if self.here(page):
            self.actions.sync(page, faults, fuse)

    @rule(page=pages)
    def syncs_once_more(self, page: str) -> None:
        self.syncs_well(page)

    @rule(page=pages)
    def syncs_well(self, page: str) -> None:
        if self.here(page):
            self.actions.sync(page)

    @rule(page=pages, which=entries, at=st.integers(0, 2), faults=faults, what=changes)
    def edits_while_it_syncs(
        self, page: str, which: int, at: int, faults: list[str], what: str
    ) -> None:
        if self.pick(page, which):
            self.actions.sync(
                page, faults, between={at: lambda: self.edits(page, which, what, None)}
            )

    @rule(page=pages, which=entries, at=st.integers(0, 2), faults=faults)
    def deletes_while_it_syncs(self, page: str, which: int, at: int, faults: list[str]) -> None:
        if self.pick(page, which):
            self.actions.sync(page, faults, between={at: lambda: self.deletes(page, which, None)})

    @rule(page=pages, other=pages, faults=faults)
    def two_sync_at_once(self, page: str, other: str, faults: list[str]) -> None:
        if page != other and self.here(page) and self.here(other) and self.here(page):
            self.actions.both_sync(page, other, faults)

    @rule(page=alices, other=alices, fuse=st.integers(2, 16))
    def dies_while_it_takes_in_news(self, page: str, other: str, fuse: int) -> None:
        if page != other and self.here(page) and self.here(other):
            self.creates(other, "notes", None)
            self.actions.sync(other)
            self.actions.sync(page, fuse=fuse)

    @rule(page=alices, other=alices, at=st.sampled_from([5, 3, 0]), answered=st.booleans())
    def requests_overlap_in_the_server(
        self, page: str, other: str, at: int, answered: bool
    ) -> None:
        if page == other:
            return
        for one in (page, other):
            if self.here(one) and not self.world.looks[one]["outbox"]:
                self.creates(one, "notes", None)
        if page in self.world.looks and other in self.world.looks:
            overlap(self.actions, page, other, at, answered=answered)

    @rule(ms=st.sampled_from([SECOND, 21 * SECOND, MINUTE, 16 * MINUTE, 25 * HOUR]), faults=faults)
    def time_passes(self, ms: int, faults: list[str]) -> None:
        self.actions.wait(ms, faults)

    @rule()
    def late_requests_arrive(self) -> None:
        if self.world.limbo:
            self.actions.deliver_late()

    @rule(which=st.integers(0, 5))
    def an_old_request_comes_again(self, which: int) -> None:
        if self.world.sent:
            replay(self.actions, which)

    # Accounts.

    @rule(device=devices, rider=st.sampled_from(["alice", "bob"]), faults=faults)
    def signs_in(self, device: str, rider: str, faults: list[str]) -> None:
        if self.here(device):
            self.actions.sign_in(device, rider, faults)

    @rule(device=devices)
    def session_ends(self, device: str) -> None:
        if self.here(device):
            self.actions.session_ends(device)

    @rule(page=pages, pending=st.sampled_from(["ask", "upload", "keep", "delete"]), faults=faults)
    def signs_out(self, page: str, pending: str, faults: list[str]) -> None:
        if self.here(page):
            self.actions.sign_out(page, pending, faults)

    # Misfortunes.

    @rule(page=pages)
    def dies(self, page: str) -> None:
        if page in self.world.looks:
            self.actions.dies(page)

    @rule(page=pages, after=st.integers(0, 12))
    def loses_its_database(self, page: str, after: int) -> None:
        if self.here(page):
            self.actions.loses_its_database(page, after)

    @rule(device=devices, hours=st.sampled_from([-24, -1, 0, 1, 24]))
    def clock_is_set(self, device: str, hours: int) -> None:
        if self.here(device):
            self.actions.skew(device, hours * HOUR)

    @rule(device=devices, what=st.sampled_from(["backup", "older", "empty"]))
    def phone_changes_its_disk(self, device: str, what: str) -> None:
        if not self.here(device):
            return
        if what == "backup":
            self.actions.back_up_phone(device)
        else:
            self.actions.replace_disk(device, empty=what == "empty")
            self.actions.opens(device)

    @rule(what=st.sampled_from(["backup", "older", "winter"]), which=st.integers(0, 2))
    def server_changes_its_disk(self, what: str, which: int) -> None:
        backups = self.world.backups
        if what == "winter":
            self.actions.winter()
        elif what == "backup" or not backups:
            self.actions.back_up_server()
        else:
            self.actions.restore_server(min(which, len(backups) - 1))

    def teardown(self) -> None:
        """End all faults and check every promise."""
        if self.world.broken:
            return
        settle_down(self.actions)
        check_all(self.actions)


def bound(world: World, only: Container[str] = ()) -> Any:
    """Return the machine in `world`; with `only`, one that knows no rules but these."""
    left_out = {
        name: None
        for name, rule in vars(Story).items()
        if only and hasattr(rule, RULE_MARKER) and name not in only
    }
    return type("Story", (Story,), {"world": world, **left_out})
