"""Charlie can neither read, guess nor overwrite what is Alice's."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from dbsapp.extensions import db
from dbsapp.sync.models import Entry
from tests.phones import HEADERS, SESSION, Phone

pytestmark = pytest.mark.both_databases


def test_charlie_pulls_nothing_of_alices(alice: Phone, charlie: Phone) -> None:
    alice.push(alice.mutation(), alice.mutation())
    assert charlie.entries() == {}
    assert charlie.pull()["check"]["count"] == 0


def test_a_pull_for_alice_with_charlies_cookie_is_refused(alice: Phone, charlie: Phone) -> None:
    charlie.push(charlie.mutation())
    answer = charlie.client.get(
        "/api/sync/v1/pull", query_string={"user": alice.user}, headers=HEADERS
    )
    assert (answer.status_code, answer.get_json()["error"]) == (409, "wrong_user")
    assert len(charlie.pull(user=charlie.user)["changes"]) == 1


def test_charlie_does_not_even_learn_that_an_id_exists(alice: Phone, charlie: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    patch = {"id": entry["id"], "base_rev": 1, "set": {"effort": 9}}
    hers = charlie.save("patch", **patch)
    nobodys = charlie.save("patch", **(patch | {"id": charlie.mutation()["id"]}))
    for result in (hers, nobodys):
        assert (result["status"], result["code"]) == ("rejected", "unknown_entry")
    assert charlie.save("delete", id=entry["id"], base_rev=1)["status"] == "duplicate"
    assert alice.entries()[entry["id"]]["rev"] == 1


def test_charlie_using_alices_id_gets_a_row_of_his_own(
    app: Flask, alice: Phone, charlie: Phone
) -> None:
    entry = alice.mutation()
    alice.push(entry)
    before = alice.entries()
    result = charlie.save("create", id=entry["id"], set={**SESSION, "effort": 10})
    assert (result["status"], result["rev"], result["seq"]) == ("ok", 1, 1)
    charlie.save("delete", id=entry["id"], base_rev=1)
    assert alice.entries() == before
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Entry)) == 2


def test_charlie_repeating_alices_mutation_gets_no_answer_of_hers(
    alice: Phone, charlie: Phone
) -> None:
    entry = alice.mutation(set={**SESSION, "notes": "private"})
    alice.push(entry)
    assert "private" not in str(charlie.push(entry | {"op": "patch", "set": {}}))


def test_charlie_using_alices_device_is_charlie(alice: Phone, charlie: Phone) -> None:
    alice.push(alice.mutation())
    charlie.device = alice.device
    assert charlie.save()["seq"] == 1


def test_a_push_that_is_meant_for_another_rider_is_refused_whole(
    alice: Phone, charlie: Phone
) -> None:
    answer = charlie.send(charlie.mutation(), user=alice.user)
    assert (answer.status_code, answer.get_json()["error"]) == (409, "wrong_user")
    assert charlie.entries() == alice.entries() == {}


def test_a_copied_profile_is_told_that_it_is_one(alice: Phone, laptop: Phone) -> None:
    alice.push(alice.mutation())
    laptop.device = alice.device
    answer = laptop.send(laptop.mutation())
    assert (answer.status_code, answer.get_json()["error"]) == (409, "device_forked")
    assert laptop.entries().keys() == alice.entries().keys()


def test_a_copied_profile_that_takes_a_new_name_loses_and_repeats_nothing(
    alice: Phone, laptop: Phone
) -> None:
    shared, own = alice.mutation(), alice.mutation()
    alice.push(shared)
    alice.push(alice.mutation() | {"mid": own["mid"]})
    assert alice.send(shared, own).status_code == 409
    renumbered = [shared | {"mid": 1}, own | {"mid": 2}]
    assert [result["status"] for result in laptop.push(*renumbered)] == ["ok", "ok"]
    assert alice.entries()[shared["id"]]["rev"] == 1
    assert own["id"] in alice.entries()


def test_a_copied_profile_whose_number_falls_into_a_gap_overwrites_nothing_unseen(
    alice: Phone,
) -> None:
    entry = alice.mutation()
    alice.push(entry)
    patch = {"id": entry["id"], "base_rev": 1}
    unused = alice.mutation("patch", **patch, set={"notes": "of the copy"})
    alice.save("patch", **patch, set={"notes": "second"})
    elsewhere = alice.mutation() | {"mid": unused["mid"]}
    assert alice.send(unused).get_json()["error"] == "device_forked"
    assert alice.entries()[entry["id"]]["body"]["notes"] == "second"
    assert alice.send(elsewhere).status_code == 200


def test_what_was_answered_may_be_asked_again_before_what_came_later(alice: Phone) -> None:
    first = alice.mutation()
    later = alice.mutation("patch", id=first["id"], base_rev=1, set={"notes": "later"})
    known = alice.push(first, later)
    assert alice.push(first) == known[:1]


def test_two_mutations_with_one_number_are_a_forked_device(alice: Phone) -> None:
    answer = alice.send(alice.mutation(mid=1), alice.mutation(mid=1))
    assert (answer.status_code, answer.get_json()["error"]) == (409, "device_forked")
