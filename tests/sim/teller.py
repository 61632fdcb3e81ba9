"""What all rules of a story have in common: who is there, and what may be drawn."""

from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from tests.sim.actions import Actions
from tests.sim.drafts import Drafts
from tests.sim.faults import FAULTS, FINE
from tests.sim.mishaps import Mishaps
from tests.sim.network import device_of
from tests.sim.world import MINUTE, Json, World

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
#: Bob's account is the one to go: without Alice's there is not much left of a story.
riders = st.sampled_from(["bob", "bob", "bob", "alice"])
entries = st.integers(0, MOST_ENTRIES - 1)
faults = st.lists(st.sampled_from((FINE, *FAULTS)), max_size=4)
fuses = st.one_of(st.none(), st.none(), st.integers(0, 25))
quick_fuses = st.one_of(st.none(), st.none(), st.integers(0, 3))
changes = st.sampled_from(
    ["notes", "duration", "site", "sets", "fewer sets", "no notes", "same notes", "both"]
)


class Teller(RuleBasedStateMachine):
    """A story without rules."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.world.begin()
        self.actions = Actions(self.world)
        self.mishaps = Mishaps(self.world)
        self.drafts = Drafts(self.actions)

    def here(self, page: str) -> bool:
        """Tell whether a page is open, after bringing its device in if it is new."""
        device = device_of(page)
        if device not in self.world.clients:
            rider, locks = DEVICES[device]
            self.world.say(f"{device} comes in")
            self.world.device(device, rider, locks=locks)
        if page not in self.world.looks:
            self.mishaps.opens(page)
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
            "wrong beside notes": f"n{fresh}",
        }
        fields = {"duration": "duration_s", "site": "pain_site", "wrong": "effort"}
        field = fields.get(what, "weather" if what == "unknown field" else "notes")
        more: Json = {"pain_site": f"p{fresh}"} if what == "both" else {}
        if what == "wrong beside notes":
            more = {"effort": 11}
        return {field: values[what], **more}, []
