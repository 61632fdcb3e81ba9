"""What is cleared away, and what that means to a device that was away for longer."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from dbsapp.extensions import Model, db
from dbsapp.sync import upkeep
from dbsapp.sync.models import Entry, EntryRev, RejectedPayload, SyncMutation, SyncRider
from tests.phones import SESSION, Json, Phone

pytestmark = pytest.mark.both_databases

DAY_MS = 86_400_000
NOW = 4_000_000_000_000


def age(app: Flask, days: float) -> None:
    """Make everything that is there `days` old."""
    with app.app_context():
        at = NOW - int(days * DAY_MS)
        db.session.execute(update(Entry).values(server_at=at))
        for model in (SyncMutation, RejectedPayload, EntryRev):
            db.session.execute(update(model).values(at=at))
        db.session.commit()


def purge(app: Flask) -> None:
    with app.app_context():
        upkeep.prune(NOW)


def count(app: Flask, model: type[Model]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def purged(app: Flask, phone: Phone) -> Json:
    """Make an entry, delete it, and clear away its tombstone; return what made it."""
    entry = phone.mutation()
    phone.push(entry, phone.mutation("delete", id=entry["id"], base_rev=1))
    age(app, 181)
    purge(app)
    return entry


def cursor_of(phone: Phone) -> Json:
    """Return how far a phone has come, as its next push names it."""
    epoch, seq = phone.pull()["cursor"].split(":")[:2]
    return {"epoch": epoch, "seq": int(seq)}


def asleep(app: Flask, alice: Phone, laptop: Phone) -> tuple[Json, Json]:
    """Let the laptop sleep while its entry is deleted, forgotten and made anew by the phone.

    Return what the laptop's next push names, and the entry.
    """
    entry = alice.mutation(set={**SESSION, "notes": "first"})
    alice.push(entry)
    cursor = cursor_of(laptop)
    alice.save("delete", id=entry["id"], base_rev=1)
    age(app, 181)
    purge(app)
    alice.save("create", id=entry["id"], set={**SESSION, "notes": "anew"})
    return cursor, entry


@pytest.mark.parametrize(
    ("days", "left"), [(29, (3, 1, 1)), (31, (3, 0, 1)), (91, (0, 0, 1)), (181, (0, 0, 0))]
)
def test_each_thing_is_kept_for_its_time(
    app: Flask, alice: Phone, days: int, left: tuple[int, int, int]
) -> None:
    gone = alice.mutation()
    alice.push(gone, alice.mutation(set={}))
    alice.save("delete", id=gone["id"], base_rev=1)
    age(app, days)
    purge(app)
    assert (count(app, SyncMutation), count(app, RejectedPayload), count(app, Entry)) == left


def test_a_living_entry_keeps_every_revision_and_what_lost_for_ever(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    entry = alice.mutation()
    alice.push(entry)
    for phone, effort in ((alice, 6), (laptop, 7)):
        phone.save("patch", id=entry["id"], base_rev=1, set={"effort": effort})
    before = alice.entries()
    age(app, 10_000)
    purge(app)
    assert alice.entries() == before
    assert before[entry["id"]]["lost"] == {"effort": 6}
    assert count(app, EntryRev) == 3


def test_an_edit_of_what_was_purged_is_refused_visibly_and_can_be_sent_as_new(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    before = laptop.pull()["cursor"]
    entry = purged(app, alice)
    edit = laptop.mutation("patch", id=entry["id"], base_rev=1, set={"effort": 9})
    refused = laptop.push(edit)[0]
    assert (refused["status"], refused["code"]) == ("rejected", "unknown_entry")
    assert count(app, RejectedPayload) == 1
    assert laptop.pull(before)["reset"] == "gc"
    again = laptop.save("create", id=entry["id"], set=SESSION | {"effort": 9})
    assert (again["status"], again["rev"]) == ("ok", 1)
    assert laptop.pull()["check"] == alice.pull()["check"]
    assert alice.entries()[entry["id"]]["body"]["effort"] == 9


def test_a_deletion_of_what_was_purged_has_nothing_left_to_do(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    entry = purged(app, alice)
    assert laptop.save("delete", id=entry["id"], base_rev=1)["status"] == "duplicate"


@pytest.mark.parametrize("further", [False, True])
def test_an_edit_that_slept_does_not_overwrite_unseen_what_was_made_anew(
    app: Flask, alice: Phone, laptop: Phone, further: bool
) -> None:
    """The laptop knows the first revision, of an entry that was forgotten; this has one as well."""
    cursor, entry = asleep(app, alice, laptop)
    if further:
        alice.save("patch", id=entry["id"], base_rev=1, set={"effort": 9})
    edit = laptop.mutation("patch", id=entry["id"], base_rev=1, set={"notes": "of old"})
    [result] = laptop.send(edit, **cursor).get_json()["results"]
    assert (result["status"], result["lost"]) == ("merged", {"notes": "anew"})
    there = alice.entries()[entry["id"]]
    assert (there["body"]["notes"], there["lost"]) == ("of old", {"notes": "anew"})


def test_a_deletion_that_slept_does_not_delete_what_was_made_anew(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    cursor, entry = asleep(app, alice, laptop)
    gone = laptop.mutation("delete", id=entry["id"], base_rev=1)
    [result] = laptop.send(gone, **cursor).get_json()["results"]
    assert result["status"] == "merged"
    assert alice.entries()[entry["id"]]["body"]["notes"] == "anew"


def test_a_change_that_slept_applies_as_it_is_to_what_nobody_else_touched(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    edited, deleted = (alice.mutation(set={**SESSION, "notes": "first"}) for _ in range(2))
    alice.push(edited, deleted)
    cursor = cursor_of(laptop)
    purged(app, alice)
    changes = (
        laptop.mutation("patch", id=edited["id"], base_rev=1, set={"notes": "of old"}),
        laptop.mutation("patch", id=edited["id"], base_rev=2, set={"notes": "older"}),
        laptop.mutation("delete", id=edited["id"], base_rev=3),
        laptop.mutation("delete", id=deleted["id"], base_rev=1),
    )
    for change in changes:
        [result] = laptop.send(change, **cursor).get_json()["results"]
        assert result["status"] == "ok"


def test_a_device_that_was_away_begins_anew_and_holds_what_all_hold(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    kept = alice.mutation()
    alice.push(kept)
    purged(app, alice)
    late = alice.mutation()
    alice.push(late)
    first = laptop.pull(limit=1)
    assert laptop.pull(first["cursor"])["reset"] is None
    assert set(laptop.entries()) == {kept["id"], late["id"]}


def test_the_floor_only_rises(app: Flask, alice: Phone) -> None:
    floors = []
    for _ in range(2):
        purged(app, alice)
        with app.app_context():
            floors.append(db.session.scalar(select(SyncRider.floor)))
    purge(app)
    with app.app_context():
        floors.append(db.session.scalar(select(SyncRider.floor)))
    assert floors == [2, 4, 4]


def test_one_riders_purge_is_none_of_anothers_business(
    app: Flask, alice: Phone, charlie: Phone
) -> None:
    charlie.push(charlie.mutation())
    cursor = charlie.pull()["cursor"]
    purged(app, alice)
    assert charlie.pull(cursor)["reset"] is None
    assert len(charlie.entries()) == 1


def test_an_acknowledged_answer_is_still_given_again(alice: Phone, laptop: Phone) -> None:
    """A request may be delayed past a newer one, and a phone be restored from an old backup."""
    entry = alice.mutation()
    alice.push(entry)
    edit = alice.mutation("patch", id=entry["id"], base_rev=1, set={"effort": 6})
    answered = alice.push(edit)
    alice.save("patch", id=entry["id"], base_rev=2, set={"effort": 7})
    assert alice.send(acked_mid=3).status_code == 200
    assert alice.push(edit) == answered
    assert alice.entries()[entry["id"]]["body"]["effort"] == 7
    clone = alice.send(alice.mutation(mid=edit["mid"]), acked_mid=3)
    assert clone.get_json()["error"] == "device_forked"
