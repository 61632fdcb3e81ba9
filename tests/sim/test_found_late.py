"""Stories of what comes back late: the second place could not be read at first."""

import pytest

from tests.sim.actions import Actions
from tests.sim.mishaps import Mishaps
from tests.sim.promises import settle_down

OFFLINE = ["request lost"] * 4
PHONE, LAPTOP = "alice-phone", "alice-laptop"


@pytest.mark.parametrize("others", [0, 1])
def test_what_comes_back_late_overwrites_no_newer_change(story: Actions, others: int) -> None:
    """Meanwhile the entry was changed again.

    With another entry that waits, the two changes go up in two requests: there are two in each.
    """
    entry = story.create(PHONE, {"notes": "first"})
    story.sync(PHONE)
    for n in range(others):
        story.create(PHONE, {"notes": f"another, {n}"})
    story.edit(PHONE, entry, {"notes": "second"})
    _loses(story)
    story.sign_in(PHONE, "alice")
    story.sync(PHONE)
    story.wait(1_000)
    story.edit(PHONE, entry, {"notes": "third"})
    _comes_back(story)
    settle_down(story)
    shown = story.world.looks[PHONE]["entries"][entry]
    assert shown["body"]["notes"] == "third"
    assert shown["lost"]["notes"] == "second"


@pytest.mark.parametrize("pending", ["ask", "keep"])
def test_signing_out_clears_no_second_place_that_was_not_read(story: Actions, pending: str) -> None:
    entry = story.create(PHONE, {"notes": "first"})
    story.sync(PHONE)
    story.edit(PHONE, entry, {"notes": "second"})
    _loses(story)
    story.sign_in(PHONE, "alice")
    story.sync(PHONE)
    story.sign_out(PHONE, pending)
    settle_down(story)
    assert story.world.looks[PHONE]["entries"][entry]["body"]["notes"] == "second"


@pytest.mark.parametrize("side", ["before", "meanwhile"])
def test_changes_see_those_of_their_own_side_of_the_loss(story: Actions, side: str) -> None:
    entry = story.create(PHONE, {"notes": "first", "effort": 3})
    story.sync(PHONE)

    def there_and_back() -> None:
        story.edit(PHONE, entry, {"notes": "second", "pain_site": "typo"})
        story.edit(PHONE, entry, {"notes": "first"}, ["pain_site"])

    if side == "before":
        there_and_back()
    else:
        story.edit(PHONE, entry, {"effort": 7})
    _loses(story)
    story.sign_in(PHONE, "alice")
    story.sync(PHONE)
    if side == "before":
        story.edit(PHONE, entry, {"effort": 7})
    else:
        there_and_back()
    _comes_back(story)
    settle_down(story)
    body = story.world.looks[PHONE]["entries"][entry]["body"]
    assert (body["notes"], body.get("pain_site")) == ("first", None)


def test_a_refused_change_is_not_done_with_by_what_had_not_seen_it(story: Actions) -> None:
    entry = story.create(PHONE, {"notes": "first", "effort": 3})
    story.sync(PHONE)
    story.edit(PHONE, entry, {"effort": 11, "pain_site": "precious"})
    _loses(story)
    story.sign_in(PHONE, "alice")
    story.sync(PHONE)
    story.remove(PHONE, entry)
    story.sync(PHONE)
    story.restore(PHONE, entry)  # a patch of the whole
    _comes_back(story)
    story.sync(PHONE)
    row = story.world.looks[PHONE]["entries"][entry]
    assert (row["state"], row["body"]["pain_site"]) == ("attention", "precious")


def test_what_comes_back_to_another_log_builds_on_nothing_there(story: Actions) -> None:
    mishaps = Mishaps(story.world)
    entry = story.create(PHONE, {"notes": "first", "effort": 3})
    story.sync(PHONE)
    story.sync(LAPTOP)
    mishaps.back_up_server()
    for effort in (4, 3):
        story.edit(PHONE, entry, {"effort": effort})
        story.sync(PHONE)
    story.edit(PHONE, entry, {"notes": "phone"})
    _loses(story)
    mishaps.restore_server(0)
    for change in ({"notes": "laptop"}, {"effort": 5}):
        story.edit(LAPTOP, entry, change)
        story.sync(LAPTOP)
    story.sign_in(PHONE, "alice")
    story.sync(PHONE)
    _comes_back(story)
    story.sync(PHONE)
    row = story.world.looks[PHONE]["entries"][entry]
    assert (row["body"]["notes"], row["lost"]["notes"]) == ("phone", "laptop")


def _loses(story: Actions) -> None:
    """The databases of the phone are gone, and the second place cannot be read just now."""
    mishaps = Mishaps(story.world)
    mishaps.spoil_second_place(PHONE, "get", None)
    mishaps.dies(PHONE)
    mishaps.loses_all_databases(PHONE)
    mishaps.opens(PHONE, OFFLINE)


def _comes_back(story: Actions) -> None:
    mishaps = Mishaps(story.world)
    mishaps.mend_second_place(PHONE)
    mishaps.dies(PHONE)
    mishaps.opens(PHONE, OFFLINE)
