"""The rules of syncing, and of what happens meanwhile."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.sim.overlap import overlap
from tests.sim.replay import replay
from tests.sim.saving import Saving
from tests.sim.teller import HOUR, alices, changes, entries, faults, fuses, pages
from tests.sim.world import MINUTE, SECOND


class Syncing(Saving):
    """Pages that sync, at any time and at the same time."""

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

    # Between taking the numbers and the rest it is statement 4 on SQLite, and 3 on PostgreSQL.
    @rule(page=alices, other=alices, at=st.sampled_from([4, 3, 0]), answered=st.booleans())
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
        if self.world.net.limbo:
            self.mishaps.deliver_late()

    @rule(which=st.integers(0, 5))
    def an_old_request_comes_again(self, which: int) -> None:
        if self.world.net.sent:
            replay(self.actions, which)
