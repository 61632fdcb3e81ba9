"""Hypothesis draws the story: which device does what, and what goes wrong meanwhile."""

import inspect
from collections.abc import Container
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RULE_MARKER, rule

from tests.sim.network import device_of
from tests.sim.promises import check_all, settle_down
from tests.sim.syncing import Syncing
from tests.sim.teller import HOUR, changes, devices, entries, faults, pages, riders
from tests.sim.world import SECOND, World


class Story(Syncing):
    """Alice with up to three devices, Bob with his phone and now and then at Alice's."""

    # Accounts.

    @rule(device=devices, rider=st.sampled_from(["alice", "bob"]), faults=faults)
    def signs_in(self, device: str, rider: str, faults: list[str]) -> None:
        if self.here(device) and rider in self.world.living():
            self.actions.sign_in(device, rider, faults)

    @rule(
        device=devices,
        rider=st.sampled_from(["alice", "bob"]),
        tab=st.sampled_from(["", "/1"]),
        at=st.integers(0, 2),
        faults=faults,
    )
    def saves_while_somebody_signs_in(
        self, device: str, rider: str, tab: str, at: int, faults: list[str]
    ) -> None:
        """By whom it is, is not heard of before the answer."""
        page = f"{device}{tab}"
        if self.here(device) and self.here(page) and rider in self.world.living():
            between = {at: lambda: self.creates(page, "notes", None)}
            self.actions.sign_in(device, rider, faults, between)

    @rule(device=devices)
    def session_ends(self, device: str) -> None:
        if self.here(device):
            self.actions.session_ends(device)

    @rule(page=pages, pending=st.sampled_from(["ask", "upload", "keep", "delete"]), faults=faults)
    def signs_out(self, page: str, pending: str, faults: list[str]) -> None:
        if self.here(page):
            self.actions.sign_out(page, pending, faults)
            if pending == "delete":
                self.drafts.lose(page, "deleted by its rider at sign-out")

    # Misfortunes.

    @rule(page=pages)
    def dies(self, page: str) -> None:
        if page in self.world.looks:
            self.mishaps.dies(page)

    @rule(page=pages, after=st.integers(0, 12))
    def loses_its_database(self, page: str, after: int) -> None:
        if self.here(page):
            self.mishaps.loses_its_database(page, after)

    @rule(device=devices, alive=st.booleans())
    def loses_all_databases(self, device: str, alive: bool) -> None:
        if not self.here(device):
            return
        if alive:
            self._databases_go(device)
        else:
            self._opens_anew(device, lost=True)

    def _opens_anew(self, device: str, *, lost: bool) -> None:
        for page in self.actions.pages(device):
            self.mishaps.dies(page)
        if lost:
            self._databases_go(device)
        self.mishaps.opens(device)

    def _databases_go(self, device: str) -> None:
        self.mishaps.loses_all_databases(device)
        self.drafts.lose(device, "the device lost its databases")

    @rule(page=pages, after=st.integers(0, 12), faults=faults)
    def loses_all_databases_as_it_syncs(self, page: str, after: int, faults: list[str]) -> None:
        if not self.here(page):
            return
        self.mishaps.loses_all_databases_at(page, after)
        self.actions.sync(page, faults)
        self.drafts.lose(page, "the device lost its databases")
        if page in self.world.looks:
            self.mishaps.loses_all_databases_at(page, None)

    @rule(page=pages, which=entries, what=changes, faults=faults, most=st.integers(0, 6))
    def loses_power_as_it_syncs(
        self, page: str, which: int, what: str, faults: list[str], most: int
    ) -> None:
        if not self.here(page):
            return
        device = device_of(page)
        self.mishaps.loses_power_soon(device)
        self.edits(page, which, what, None)
        if page in self.world.looks:
            self.actions.sync(page, faults)
        self.mishaps.loses_power(device, most)
        self.mishaps.opens(device)

    @rule(
        device=devices,
        fails=st.sampled_from(["put", "drop", "get", "all", "", "late"]),
        times=st.sampled_from([1, 2, None]),
        which=entries,
        what=changes,
    )
    def second_place_fails(
        self, device: str, fails: str, times: int | None, which: int, what: str
    ) -> None:
        if not self.here(device):
            return
        if fails == "late":
            self._is_read_late(device, which, what)
        elif fails:
            self.mishaps.spoil_second_place(device, fails, times)
        else:
            self.mishaps.mend_second_place(device)

    def _is_read_late(self, device: str, which: int, what: str) -> None:
        """The databases are gone, and what waited comes back when more was saved."""
        self.mishaps.spoil_second_place(device, "get", None)
        self._opens_anew(device, lost=True)
        self.actions.wait(SECOND)  # nobody is as quick as the ids of one millisecond
        for _ in range(2):
            self.edits(device, which, what, None)
            if device in self.world.looks:
                self.actions.sync(device)
        self.edits(device, which, what, None)
        self.mishaps.mend_second_place(device)
        self._opens_anew(device, lost=False)

    @rule(device=devices, hours=st.sampled_from([-24, -1, 0, 1, 24]))
    def clock_is_set(self, device: str, hours: int) -> None:
        if self.here(device):
            self.mishaps.skew(device, hours * HOUR)

    @rule(device=devices, what=st.sampled_from(["backup", "older", "empty"]))
    def phone_changes_its_disk(self, device: str, what: str) -> None:
        if not self.here(device):
            return
        if what == "backup":
            self.mishaps.back_up_phone(device)
        else:
            self.mishaps.replace_disk(device, empty=what == "empty")
            self.drafts.lose(device, "the device lost its disk")
            self.mishaps.opens(device)

    @rule(what=st.sampled_from(["backup", "older", "winter"]), which=st.integers(0, 2))
    def server_changes_its_disk(self, what: str, which: int) -> None:
        backups = self.world.backups
        if what == "winter":
            self.mishaps.winter()
        elif what == "backup" or not backups:
            self.mishaps.back_up_server()
        else:
            self.mishaps.restore_server(min(which, len(backups) - 1))

    @rule(page=pages, which=entries, what=changes, times=st.sampled_from([0, 0, 1, 2, 9]))
    def server_breaks_over_an_entry(self, page: str, which: int, what: str, times: int) -> None:
        """Eight times are enough to have it put off; 0: it is mended."""
        if not times:
            self.mishaps.mend()
        elif entry := self.pick(page, which):
            self.mishaps.break_over(entry)
            self.edits(page, which, what, None)
            for _ in range(times):
                if page in self.world.looks:
                    self.actions.sync(page)

    @rule(page=pages, pending=st.sampled_from(["ask", "keep"]))
    def signs_out_of_a_restored_server(self, page: str, pending: str) -> None:
        """Nothing waits, as far as the phone knows."""
        if self.world.backups and self.here(page):
            self.mishaps.restore_server(0)
            self.signs_out(page, pending, [])

    @rule(device=devices, when=st.sampled_from(["put", "commit", "", ""]))
    def runs_out_of_room(self, device: str, when: str) -> None:
        if not self.here(device):
            return
        if when:
            self.mishaps.fill(device, when)
        elif device in self.world.full:
            self.mishaps.make_room(device)

    @rule(who=riders)
    def an_account_is_deleted(self, who: str) -> None:
        if who in self.world.living():
            self.mishaps.delete_account(who)

    @rule(what=st.sampled_from(["older", "older", "newer", "newer", "wanted"]), device=devices)
    def releases_come_and_go(self, what: str, device: str) -> None:
        if what == "wanted":
            self.mishaps.ask_for_a_newer_app()
        elif what == "newer" and device in self.world.clients:
            self.mishaps.update_app(device)
            self.mishaps.change_release(older=False)
        elif what == "older":
            self.mishaps.change_release(older=True)

    def teardown(self) -> None:
        """End all faults and check every promise."""
        if self.world.broken:
            return
        settle_down(self.actions)
        check_all(self.actions)
        self.drafts.check()


def bound(world: World, only: Container[str] = ()) -> Any:
    """Return the machine in `world`; with `only`, one that knows no rules but these."""
    left_out = {
        name: None
        for name, rule in inspect.getmembers(Story)
        if only and hasattr(rule, RULE_MARKER) and name not in only
    }
    return type("Story", (Story,), {"world": world, **left_out})
