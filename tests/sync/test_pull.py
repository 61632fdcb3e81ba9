"""Pages, cursors, resets, and the sum that both sides compare."""

import gzip
import json
import uuid
from collections.abc import Callable
from functools import reduce
from operator import xor

import brotli
import pytest
from flask import Flask
from sqlalchemy import update

from dbsapp.extensions import db
from dbsapp.sync import protocol, upkeep
from dbsapp.sync.models import Entry, SyncRider
from dbsapp.sync.protocol import entry_hash
from tests.phones import SESSION, Phone

pytestmark = pytest.mark.both_databases

DAY_MS = 86_400_000
LATER = 4_000_000_000_000


def test_a_first_pull_of_nothing_is_empty_and_agrees(alice: Phone) -> None:
    page = alice.pull()
    assert (page["proto"], page["more"], page["reset"], page["changes"]) == (1, False, None, [])
    assert page["cursor"].endswith(":0")
    assert page["check"] == {"count": 0, "hash": "00000000"}


def test_it_brings_what_is_new_and_the_newest_version_only(alice: Phone, laptop: Phone) -> None:
    one, two = alice.mutation(), alice.mutation()
    alice.push(one, two)
    cursor = laptop.pull()["cursor"]
    assert laptop.pull(cursor)["changes"] == []
    for effort in (6, 7):
        alice.save("patch", id=one["id"], base_rev=effort - 5, set={"effort": effort})
    (change,) = laptop.pull(cursor)["changes"]
    assert (change["id"], change["rev"], change["body"]["effort"]) == (one["id"], 3, 7)


def test_pages_follow_one_another_without_a_gap(alice: Phone) -> None:
    made = [alice.mutation() for _ in range(7)]
    alice.push(*made)
    seen, cursor, pages = [], "", 0
    more = True
    while more:
        page = alice.pull(cursor, limit=3)
        assert ("check" in page) is not page["more"]
        seen += [change["id"] for change in page["changes"]]
        cursor, more, pages = page["cursor"], page["more"], pages + 1
    assert seen == [mutation["id"] for mutation in made]
    assert pages == 3


@pytest.mark.parametrize("limit", ["0", "-1", "x", "99999", ""])
def test_an_odd_limit_does_no_harm(alice: Phone, limit: str) -> None:
    alice.push(alice.mutation())
    assert len(alice.pull(limit=limit)["changes"]) == 1


def test_a_page_ends_before_it_gets_too_large(
    alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [alice.mutation(set={**SESSION, "notes": "x" * 3_000}) for _ in range(3)]
    alice.push(*made)
    monkeypatch.setattr(protocol, "MAX_PULL_BYTES", 7_000)
    page = alice.pull()
    assert (len(page["changes"]), page["more"]) == (2, True)
    assert alice.entries().keys() == {mutation["id"] for mutation in made}


def test_the_check_sums_up_what_lives(alice: Phone, laptop: Phone) -> None:
    made = [alice.mutation() for _ in range(4)]
    alice.push(*made)
    laptop.save("patch", id=made[0]["id"], base_rev=1, set={"effort": 7})
    alice.save("patch", id=made[0]["id"], base_rev=1, set={"effort": 8})
    alice.save("delete", id=made[1]["id"], base_rev=1)
    alice.save("delete", id=made[2]["id"], base_rev=1)
    alice.save("patch", id=made[2]["id"], base_rev=2, set=SESSION)
    live = [change for change in alice.entries().values() if not change["deleted"]]
    hashes = reduce(
        xor, (entry_hash(uuid.UUID(change["id"]).int, change["rev"]) for change in live)
    )
    assert alice.pull()["check"] == {"count": 3, "hash": f"{hashes:08x}"}


def test_another_epoch_or_a_cursor_from_the_future_begins_anew(app: Flask, alice: Phone) -> None:
    alice.push(alice.mutation())
    epoch = alice.pull()["cursor"].split(":")[0]
    for cursor in ("other:1", f"{epoch}:2", "rubbish", "-", f"{epoch}:99999999999999999999"):
        page = alice.pull(cursor)
        assert (page["reset"], page["cursor"], page["changes"]) == ("epoch", "", [])
    with app.app_context():
        db.session.execute(update(SyncRider).values(epoch="new"))
        db.session.commit()
    assert alice.pull(f"{epoch}:1")["reset"] == "epoch"


def test_old_tombstones_are_cleared_away_and_late_devices_told(app: Flask, alice: Phone) -> None:
    kept, gone = alice.mutation(), alice.mutation()
    alice.push(kept, gone)
    early = alice.pull()["cursor"]
    alice.save("delete", id=gone["id"], base_rev=1)
    late = alice.pull()["cursor"]
    with app.app_context():
        upkeep.prune(LATER)
    assert alice.pull(early)["reset"] == "gc"
    assert alice.pull(late)["reset"] is None
    assert list(alice.entries()) == [kept["id"]]
    assert alice.pull()["check"]["count"] == 1


def test_a_new_device_gets_past_the_floor_page_by_page(app: Flask, alice: Phone) -> None:
    made = [alice.mutation() for _ in range(3)]
    gone = alice.mutation()
    alice.push(*made, gone)
    alice.save("delete", id=gone["id"], base_rev=1)
    with app.app_context():
        upkeep.prune(LATER)
    cursor, seen = "", []
    for _ in made:
        page = alice.pull(cursor, limit=1)
        assert page["reset"] is None
        cursor = page["cursor"]
        seen += [change["id"] for change in page["changes"]]
    assert seen == [mutation["id"] for mutation in made]
    assert alice.pull(cursor)["reset"] is None


def test_young_tombstones_and_living_entries_are_not_cleared_away(app: Flask, alice: Phone) -> None:
    kept, gone = alice.mutation(), alice.mutation()
    alice.push(kept, gone)
    alice.save("delete", id=gone["id"], base_rev=1)
    with app.app_context():
        db.session.execute(update(Entry).values(server_at=LATER - 179 * DAY_MS))
        db.session.commit()
        upkeep.prune(LATER)
    assert len(alice.entries()) == 2


def test_a_delete_of_what_was_cleared_away_is_a_duplicate(app: Flask, alice: Phone) -> None:
    gone = alice.mutation()
    delete = alice.mutation("delete", id=gone["id"], base_rev=1)
    alice.push(gone, delete)
    with app.app_context():
        upkeep.prune(LATER)
    again = alice.push(delete)[0]
    assert again["status"] == "duplicate"


def test_pruned_answers_do_not_make_a_create_count_twice(app: Flask, alice: Phone) -> None:
    created = alice.mutation()
    alice.push(created)
    with app.app_context():
        upkeep.prune(LATER)
    assert alice.push(created)[0]["status"] == "duplicate"
    assert alice.entries()[created["id"]]["rev"] == 1


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [("gzip, deflate", "gzip", gzip.decompress), ("gzip, deflate, br", "br", brotli.decompress)],
)
def test_large_answers_are_compressed_for_who_can_read_it(
    alice: Phone, accepted: str, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    alice.push(*[alice.mutation() for _ in range(20)])
    headers = {"X-Sync-Proto": "1", "Accept-Encoding": accepted}
    answer = alice.client.get("/api/sync/v1/pull", headers=headers)
    assert answer.headers["Content-Encoding"] == encoding
    assert len(json.loads(unpack(answer.data))["changes"]) == 20
    assert answer.headers["Vary"] == "Accept-Encoding, Cookie"
    assert answer.headers["Cache-Control"] == "no-store"
