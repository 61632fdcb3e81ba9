"""Stories in which the simulation once broke a promise, told again."""

import pytest

from tests.sim.actions import Actions
from tests.sim.drafts import Drafts
from tests.sim.mishaps import Mishaps
from tests.sim.promises import settle_down
from tests.sim.teller import HOUR

OFFLINE = ["request lost"] * 4


def test_a_pull_with_bobs_cookie_brings_nothing_into_alices_log(story: Actions) -> None:
    """Bob signed in, the page did not hear of it, and with nothing to push it only pulled."""
    story.world.device("bob-phone", "bob")
    entry = story.create("bob-phone", {"notes": "Bob's"})
    story.sync("bob-phone")
    story.sign_in("alice-laptop", "bob", ["426"])
    assert story.world.looks["alice-laptop"]["rider"] == story.world.looks["alice-phone"]["rider"]
    story.sync("alice-laptop", ["fine", "426", "426", "426"])
    assert entry not in story.world.looks["alice-laptop"]["entries"]


def test_a_database_that_is_closed_in_the_middle_of_a_save_is_opened_again(story: Actions) -> None:
    """The save's transaction ran while another one found the database closed."""
    story.create("alice-phone", {"notes": "before"})
    for after in range(8):
        Mishaps(story.world).loses_its_database("alice-phone", after)
        entry = story.create("alice-phone", {"notes": f"lost after {after}"})
        story.wait(2_000)
        assert story.world.looks["alice-phone"]["entries"][entry]["state"] == "synced"


def test_a_draft_from_before_signing_in_gives_way_to_none(story: Actions) -> None:
    """Alice has a draft of her own; the one that was begun while she was signed out waits."""
    drafts = Drafts(story)
    drafts.step("alice-phone")
    story.sign_out("alice-phone", "keep")
    drafts.look("alice-phone")
    drafts.step("alice-phone")
    story.sign_in("alice-phone", "alice")
    drafts.check()
    drafts.look("alice-phone")
    drafts.finish("alice-phone")
    drafts.check()
    story.world.open("alice-phone")
    drafts.look("alice-phone")
    drafts.finish("alice-phone")
    assert all(draft.gone for draft in drafts.kept)


def test_a_deletion_of_what_the_server_lost_by_itself_is_done(story: Actions) -> None:
    """A backup without the entry was put in place, and there was nothing left to send."""
    mishaps = Mishaps(story.world)
    mishaps.back_up_server()
    entry = story.create("alice-phone", {"notes": "gone twice"})
    story.sync("alice-phone")
    mishaps.restore_server(0)
    story.remove("alice-phone", entry)
    story.sync("alice-phone")
    assert not story.world.looks["alice-phone"]["outbox"]


@pytest.mark.parametrize("restored", [False, True])
def test_what_was_deleted_long_ago_and_comes_back_by_another_phone_is_seen(
    story: Actions, restored: bool
) -> None:
    """The server had forgotten the deletion, so the entry began again at revision 1.

    The laptop, which held the deletion as revision 2, took that for older than what it knew.
    """
    entry = story.create("alice-phone", {"notes": "first"})
    story.sync("alice-phone")
    story.sync("alice-laptop")
    story.remove("alice-laptop", entry)
    story.sync("alice-laptop")
    Mishaps(story.world).winter()
    story.edit("alice-phone", entry, {"notes": "second"})
    story.sync("alice-phone")
    if restored:
        story.restore("alice-laptop", entry)
    story.sync("alice-laptop")
    assert story.world.looks["alice-laptop"]["entries"][entry]["state"] == "synced"


def test_what_only_the_copy_of_another_rider_holds_comes_back_with_them(story: Actions) -> None:
    """Bob had synced on Alice's phone and left nothing to send; then the server lost it."""
    mishaps = Mishaps(story.world)
    story.sign_in("alice-phone", "bob")
    mishaps.back_up_server()
    entry = story.create("alice-phone", {"notes": "Bob's"})
    story.sync("alice-phone")
    mishaps.restore_server(0)
    settle_down(story)
    assert entry in {str(row["id"]) for row in story.world.server.rows("bob")[0]}


def test_a_phone_whose_owner_is_gone_catches_up_for_whoever_uses_it(story: Actions) -> None:
    """Bob deleted his account; Alice used his phone, and her session there ended."""
    Mishaps(story.world).delete_account("bob")
    story.world.device("bob-phone", "bob")
    story.sign_in("bob-phone", "alice")
    story.session_ends("bob-phone")
    entry = story.create("alice-phone", {"notes": "later"})
    settle_down(story)
    assert story.world.looks["bob-phone"]["entries"][entry]["state"] == "synced"


def test_what_gave_way_is_still_told_once_a_refused_change_is_discarded(story: Actions) -> None:
    """Two changes went up: one was refused, the other met that of the plain page."""
    entry = story.create("alice-phone", {"notes": "first"})
    story.sync("alice-phone")
    story.edit_on_the_plain_page("alice", 0, {"notes": "from the form"})
    story.edit("alice-phone", entry, {"effort": 11})
    story.edit("alice-phone", entry, {"notes": "second", "pain_site": "hip"})
    story.sync("alice-phone")
    story.discard("alice-phone", entry)
    story.sync("alice-phone")
    look = story.world.looks["alice-phone"]["entries"][entry]
    assert (look["state"], look["lost"]["notes"]) == ("synced", "from the form")


def test_what_a_phone_from_a_backup_brings_back_stays(story: Actions) -> None:
    """The deletion had gone up since the backup, which the phone could not know."""
    mishaps = Mishaps(story.world)
    entry = story.create("alice-phone", {"notes": "undone"})
    story.sync("alice-phone")
    story.remove("alice-phone", entry)
    mishaps.back_up_phone("alice-phone")
    story.sync("alice-phone")
    mishaps.replace_disk("alice-phone", empty=False)
    mishaps.opens("alice-phone", ["request lost"] * 3)
    story.restore("alice-phone", entry)
    story.sync("alice-phone")
    assert story.view("alice-phone", entry)


def test_what_was_saved_before_signing_in_with_the_clock_ahead_comes_back_before_its_change(
    story: Actions,
) -> None:
    """Its id was of tomorrow, so the change that followed was put back before it, and undone."""
    mishaps = Mishaps(story.world)
    story.sign_out("alice-phone", "keep")
    mishaps.skew("alice-phone", 24 * HOUR)
    entry = story.create("alice-phone", {"notes": "first"})
    mishaps.skew("alice-phone", 0)
    story.sign_in("alice-phone", "alice", ["fine", "500", "500", "500"])
    story.edit("alice-phone", entry, {"notes": "second"})
    _lose_databases(story, "alice-phone")
    assert story.world.looks["alice-phone"]["entries"][entry]["body"]["notes"] == "second"


def test_a_change_of_what_came_back_comes_back_after_it(story: Actions) -> None:
    """With the databases it was forgotten that the clock had been ahead; they went again."""
    mishaps = Mishaps(story.world)
    mishaps.skew("alice-phone", 24 * HOUR)
    entry = story.create("alice-phone", {"notes": "first"})
    mishaps.skew("alice-phone", 0)
    _lose_databases(story, "alice-phone")
    story.edit("alice-phone", entry, {"notes": "second"})
    _lose_databases(story, "alice-phone")
    assert story.world.looks["alice-phone"]["entries"][entry]["body"]["notes"] == "second"


def test_signing_out_clears_nothing_that_a_restored_server_has_lost(story: Actions) -> None:
    """Nothing waited, as far as the phone knew, and so it was cleared."""
    mishaps = Mishaps(story.world)
    mishaps.back_up_server()
    entry = story.create("alice-phone", {"notes": "only on this phone"})
    story.sync("alice-phone")
    mishaps.restore_server(0)
    story.sign_out("alice-phone", "ask")
    settle_down(story)
    assert entry in {str(row["id"]) for row in story.world.server.rows("alice")[0]}


def test_undoing_a_deletion_that_nobody_heard_of_saves_nothing_anew(story: Actions) -> None:
    """The simulation took it for a new save, and missed it once somebody else had edited."""
    entry = story.create("alice-phone", {"notes": "first"})
    story.sync("alice-phone")
    story.sync("alice-laptop")
    story.remove("alice-phone", entry)
    story.edit("alice-laptop", entry, {"notes": "second"})
    story.sync("alice-laptop")
    story.restore("alice-phone", entry)
    settle_down(story)
    assert story.world.looks["alice-phone"]["entries"][entry]["body"]["notes"] == "second"


def test_putting_right_what_the_server_has_so_saves_nothing_anew(story: Actions) -> None:
    """The simulation took it for a new save, and missed it once somebody had deleted the entry."""
    entry = story.create("alice-phone", {"effort": 5})
    story.sync("alice-phone")
    story.sync("alice-laptop")
    story.remove("alice-laptop", entry)
    story.edit("alice-phone", entry, {"effort": 11})
    story.sync("alice-phone")
    story.edit("alice-phone", entry, {"effort": 5})
    settle_down(story)
    assert story.world.looks["alice-phone"]["entries"][entry]["deleted"]


def _lose_databases(story: Actions, device: str) -> None:
    """The page dies, its databases are gone, and it opens with no network."""
    mishaps = Mishaps(story.world)
    mishaps.dies(device)
    mishaps.loses_all_databases(device)
    mishaps.opens(device, OFFLINE)
