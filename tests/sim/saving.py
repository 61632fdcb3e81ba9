"""The rules of what riders save."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.sim.teller import MOST_ENTRIES, Teller, changes, entries, pages, quick_fuses

#: What the server refuses.
WRONG = ("wrong", "wrong beside notes")
seconds = st.lists(changes, max_size=1)


class Saving(Teller):
    """Riders who save, delete and look after their logs."""

    @rule(
        page=pages,
        what=st.sampled_from(["notes", "site", "sets", "wrong beside notes", "unknown field"]),
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

    @rule(page=pages, which=entries, what=st.sampled_from([*WRONG, "unknown field", "both"]))
    def edits_oddly(self, page: str, which: int, what: str) -> None:
        if entry := self.pick(page, which):
            self.actions.edit(page, entry, *self.change(what, page, which))

    @rule(page=pages, other=pages, which=entries, what=st.sampled_from(WRONG), then=seconds)
    def is_refused_while_another_edits(
        self, page: str, other: str, which: int, what: str, then: list[str]
    ) -> None:
        """What was refused waits to be put right, and both devices go on."""
        entry = self.pick(page, which)
        if not entry or page == other:
            return
        self.actions.edit(page, entry, *self.change(what, page, which))
        for one in then:
            self.actions.edit(page, entry, *self.change(one, page, which))
        self.actions.sync(page)
        if self.here(other) and self.actions.view(other, entry):
            self.actions.edit(other, entry, *self.change("both", other, which))
            self.actions.sync(other)
        if self.here(page):
            self.actions.sync(page)
            self.puts_right(page)

    @rule(page=pages)
    def puts_right(self, page: str) -> None:
        if not self.here(page):
            return
        rows = self.world.looks[page]["entries"]
        for entry, row in rows.items():
            if row["state"] == "attention" and (row["body"] or {}).get("effort") == 11:
                self.actions.edit(page, entry, {"effort": 5})
                return

    @rule(page=pages, kind=st.sampled_from(["stretching", "morning"]))
    def creates_an_unknown_kind(self, page: str, kind: str) -> None:
        if self.here(page) and len(self.world.looks[page]["entries"]) < MOST_ENTRIES:
            self.actions.create(page, {"notes": f"k{self.actions.fresh()}"}, kind=kind)

    @rule(rider=st.sampled_from(["alice", "alice", "bob"]), which=entries)
    def edits_on_the_plain_page(self, rider: str, which: int) -> None:
        notes = f"f{self.actions.fresh()}"
        self.actions.edit_on_the_plain_page(rider, which, {"notes": notes})

    @rule(rider=st.sampled_from(["alice", "alice", "bob"]), which=entries)
    def deletes_on_the_plain_page(self, rider: str, which: int) -> None:
        self.actions.remove_on_the_plain_page(rider, which)

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

    @rule(page=pages, what=st.sampled_from(["step", "step", "look", "finish", "clear"]))
    def plays(self, page: str, what: str) -> None:
        if self.here(page):
            getattr(self.drafts, what)(page)
