"""Two devices change one entry: what is merged, what loses, and how long that is told."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from dbsapp.extensions import db
from dbsapp.sync.models import EntryRev
from tests.phones import SESSION, Json, Phone, new_id

pytestmark = pytest.mark.both_databases


def test_a_change_of_another_field_meanwhile_is_merged(alice: Phone, laptop: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    laptop.save("patch", id=entry["id"], base_rev=1, set={"notes": "wet"})
    result = alice.save("patch", id=entry["id"], base_rev=1, set={"effort": 7})
    assert result["status"] == "merged"
    assert result["entry"] == alice.entries()[entry["id"]]
    assert result["entry"]["body"] == {**SESSION, "notes": "wet", "effort": 7}
    assert "lost_rev" not in result


def test_the_later_arrival_wins_a_field_and_the_other_value_is_kept(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    entry = alice.mutation()
    alice.push(entry)
    laptop.save("patch", id=entry["id"], base_rev=1, set={"effort": 9})
    result = alice.save("patch", id=entry["id"], base_rev=1, set={"effort": 7})
    assert (result["status"], result["lost_rev"], result["lost"]) == ("merged", 3, {"effort": 9})
    assert result["entry"]["body"]["effort"] == 7
    assert laptop.entries()[entry["id"]]["lost"] == {"effort": 9}
    with app.app_context():
        kept = db.session.scalars(select(EntryRev.body).where(EntryRev.lost)).all()
    assert kept == [{"effort": 9}]


def test_an_edit_after_the_conflict_settles_it(alice: Phone, laptop: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    laptop.save("patch", id=entry["id"], base_rev=1, set={"effort": 9})
    alice.save("patch", id=entry["id"], base_rev=1, set={"effort": 7})
    laptop.save("patch", id=entry["id"], base_rev=3, set={"effort": 8})
    assert "lost" not in alice.entries()[entry["id"]]


@pytest.mark.parametrize("at_once", [True, False])
def test_what_lost_is_told_until_somebody_has_seen_it(
    alice: Phone, laptop: Phone, at_once: bool
) -> None:
    entry = alice.mutation()
    alice.push(entry)
    laptop.save("patch", id=entry["id"], base_rev=1, set={"notes": "wet"})
    queued = [
        alice.mutation("patch", id=entry["id"], base_rev=1, set=fields)
        for fields in ({"notes": "dry"}, {"effort": 7}, {"pain_peak": 1})
    ]
    for batch in [queued] if at_once else [[one] for one in queued]:
        results = alice.push(*batch)
    assert (results[-1]["status"], results[-1]["lost"]) == ("merged", {"notes": "wet"})
    assert laptop.entries()[entry["id"]]["lost"] == {"notes": "wet"}
    laptop.save("patch", id=entry["id"], base_rev=5, set={})
    assert "lost" not in alice.entries()[entry["id"]]
    assert alice.entries()[entry["id"]]["body"] == {
        **SESSION,
        "notes": "dry",
        "effort": 7,
        "pain_peak": 1,
    }


def test_more_that_loses_is_told_beside_what_lost_before(alice: Phone, laptop: Phone) -> None:
    sets = [{"id": new_id(), "exercise": "bridge", "done": done} for done in (8, 9)]
    patch: Json = {"op": "patch", "base_rev": 1}
    entry = alice.mutation(set={**SESSION, "sets": sets})
    alice.push(entry)
    laptop.save(**patch, id=entry["id"], set={"effort": 9, "sets": [s | {"done": 1} for s in sets]})
    first, second = ([sets[0] | {"done": 5}, sets[1]], [sets[0], sets[1] | {"done": 6}])
    alice.save(**patch, id=entry["id"], set={"sets": first})
    result = alice.save(**patch, id=entry["id"], set={"effort": 2, "sets": second})
    lost = alice.entries()[entry["id"]]["lost"]
    assert result["lost"] == lost
    assert lost["effort"] == 9
    assert {one["id"] for one in lost["sets"]} == {one["id"] for one in sets}


def test_sets_that_were_taken_away_and_came_back_twice_are_told(
    alice: Phone, laptop: Phone
) -> None:
    sets = [{"id": new_id(), "exercise": "bridge", "done": 8}]
    entry = alice.mutation(set={**SESSION, "sets": sets})
    alice.push(entry)
    laptop.save("patch", id=entry["id"], base_rev=1, unset=["sets"])
    for done in (5, 6):
        change: Json = {"sets": [sets[0] | {"done": done}]}
        result = alice.save("patch", id=entry["id"], base_rev=1, set=change)
    assert (result["status"], result["lost"]) == ("merged", {"sets": [{"id": sets[0]["id"]}]})
    assert alice.entries()[entry["id"]]["body"]["sets"] == change["sets"]


def test_a_deletion_gives_way_to_what_lost_unseen(alice: Phone, laptop: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    laptop.save("patch", id=entry["id"], base_rev=1, set={"notes": "wet"})
    edit = alice.mutation("patch", id=entry["id"], base_rev=1, set={"notes": "dry"})
    results = alice.push(edit, alice.mutation("delete", id=entry["id"], base_rev=1))
    assert [one["status"] for one in results] == ["merged", "merged"]
    assert alice.entries()[entry["id"]]["lost"] == {"notes": "wet"}
    assert alice.save("delete", id=entry["id"], base_rev=4)["status"] == "ok"
    assert alice.entries()[entry["id"]]["deleted"]


def test_a_deletion_holds_after_an_edit_of_the_same_phone_that_goes_by_another_name_now(
    alice: Phone, laptop: Phone
) -> None:
    """The answer to the edit was lost, then the database: what waited came back as a new device."""
    entry = alice.mutation()
    alice.push(entry)
    edit = alice.mutation("patch", id=entry["id"], base_rev=1, set={"effort": 9})
    answered = alice.push(edit)
    again = edit | {"mid": next(laptop.mids)}
    gone = laptop.mutation("delete", id=entry["id"], base_rev=1)
    results = laptop.push(again, gone)
    assert results[0] == answered[0] | {"mid": again["mid"]}
    assert results[1]["status"] == "ok"
    assert alice.entries()[entry["id"]]["deleted"]


def test_a_deletion_sent_beside_an_old_edit_gives_way_to_what_came_after_that(
    alice: Phone, laptop: Phone
) -> None:
    entry = alice.mutation()
    alice.push(entry)
    edit = alice.mutation("patch", id=entry["id"], base_rev=1, set={"effort": 9})
    alice.push(edit)
    alice.save("patch", id=entry["id"], base_rev=2, set={"notes": "wet"})
    gone = laptop.mutation("delete", id=entry["id"], base_rev=1)
    assert laptop.push(edit | {"mid": next(laptop.mids)}, gone)[1]["status"] == "merged"
    assert alice.entries()[entry["id"]]["body"] == {**SESSION, "effort": 9, "notes": "wet"}


def test_what_was_made_anew_is_not_overwritten_by_what_was_made_on_its_former_self(
    alice: Phone, laptop: Phone
) -> None:
    """The server forgot the entry half a year after its deletion; one phone slept for longer."""
    entry = alice.mutation(set={**SESSION, "notes": "anew"})
    alice.push(entry)
    change: Json = {"id": entry["id"], "base_rev": 7}
    result = laptop.save("patch", **change, set={"notes": "of old"})
    assert (result["status"], result["lost"]) == ("merged", {"notes": "anew"})
    assert laptop.save("delete", **change | {"base_rev": 8})["status"] == "merged"
    assert alice.entries()[entry["id"]]["lost"] == {"notes": "anew"}


def test_edits_queued_on_one_device_do_not_conflict_with_each_other(alice: Phone) -> None:
    entry = alice.mutation()
    edits = [
        alice.mutation("patch", id=entry["id"], base_rev=0, set={"effort": effort})
        for effort in (6, 7)
    ]
    assert [result["status"] for result in alice.push(entry, *edits)] == ["ok"] * 3
    third = alice.mutation("patch", id=entry["id"], base_rev=0, set={"effort": 8})
    assert alice.push(third)[0]["status"] == "ok"
    assert alice.entries()[entry["id"]]["body"]["effort"] == 8


def test_queued_edits_of_sets_keep_what_another_device_did_to_other_sets(
    alice: Phone, laptop: Phone
) -> None:
    sets = [{"id": new_id(), "exercise": "bridge", "done": 8} for _ in range(3)]
    entry = alice.mutation(set={**SESSION, "sets": sets})
    alice.push(entry)

    def with_done(index: int, done: int, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [one | {"done": done} if i == index else one for i, one in enumerate(given)]

    patch = {"op": "patch", "id": entry["id"], "base_rev": 1}
    laptop.save(**patch, set={"sets": with_done(2, 20, sets)})
    first = with_done(0, 10, sets)
    alice.save(**patch, set={"sets": first})
    alice.save(**patch, set={"sets": with_done(1, 11, first)})
    found = alice.entries()[entry["id"]]["body"]["sets"]
    assert [one["done"] for one in found] == [10, 11, 20]


def test_an_edit_beats_a_delete_in_either_order(alice: Phone, laptop: Phone) -> None:
    one, two = alice.mutation(), alice.mutation()
    alice.push(one, two)
    alice.save("delete", id=one["id"], base_rev=1)
    edited = laptop.save("patch", id=one["id"], base_rev=1, set={"effort": 7})
    laptop.save("patch", id=two["id"], base_rev=1, set={"effort": 7})
    deleted = alice.save("delete", id=two["id"], base_rev=1)
    for result in (edited, deleted):
        assert (result["status"], result["lost"]) == ("merged", {})
    for entry in (one, two):
        assert alice.entries()[entry["id"]]["body"] == {**SESSION, "effort": 7}


def test_an_edit_brings_back_the_last_version_and_not_the_one_that_it_knew(
    alice: Phone, laptop: Phone
) -> None:
    """The deletion had seen the notes; the effort, given without sight of either, beats it."""
    entry = alice.mutation(set={**SESSION, "notes": "dry"})
    alice.push(entry)
    alice.save("patch", id=entry["id"], base_rev=1, set={"notes": "wet"})
    alice.save("delete", id=entry["id"], base_rev=2)
    result = laptop.save("patch", id=entry["id"], base_rev=1, set={"effort": 7})
    assert (result["status"], result["lost"]) == ("merged", {})
    assert alice.entries()[entry["id"]]["body"] == {**SESSION, "notes": "wet", "effort": 7}


def test_an_edit_that_brings_an_entry_back_tells_the_value_that_it_beats(
    alice: Phone, laptop: Phone
) -> None:
    entry = alice.mutation(set={**SESSION, "notes": "dry"})
    alice.push(entry)
    alice.save("patch", id=entry["id"], base_rev=1, set={"notes": "wet"})
    alice.save("delete", id=entry["id"], base_rev=2)
    result = laptop.save("patch", id=entry["id"], base_rev=1, set={"notes": "snow"})
    assert (result["status"], result["lost"]) == ("merged", {"notes": "wet"})
    assert alice.entries()[entry["id"]]["body"]["notes"] == "snow"


def test_a_few_fields_on_top_of_a_deletion_make_no_entry_without_a_date(alice: Phone) -> None:
    """A deleted entry is brought back with a wrong value, and then edited, all of it offline."""
    entry = alice.mutation()
    alice.push(entry, alice.mutation("delete", id=entry["id"], base_rev=1))
    change: Json = {"op": "patch", "id": entry["id"], "base_rev": 2}
    back = alice.mutation(**change, set={**SESSION, "effort": 11})
    edit = alice.mutation(**change, set={"notes": "wet"})
    results = alice.push(back, edit)
    assert [one["code"] for one in results] == ["invalid", "unknown_entry"]
    assert alice.entries()[entry["id"]]["deleted"]
    assert alice.push(back, edit) == results
    whole = alice.save("create", id=entry["id"], set={**SESSION, "notes": "wet"})
    assert whole["status"] == "ok"
    assert alice.entries()[entry["id"]]["body"] == {**SESSION, "notes": "wet"}


def test_a_create_of_an_id_in_use_with_other_content_is_merged(alice: Phone, laptop: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    result = laptop.save("create", id=entry["id"], set={**SESSION, "effort": 9})
    assert (result["status"], result["lost"]) == ("merged", {"effort": 5})
