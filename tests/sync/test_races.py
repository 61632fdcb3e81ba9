"""Several devices of one rider at once: a reader that follows the cursor misses nothing."""

import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from functools import reduce
from operator import xor

import pytest
from flask import Flask

from dbsapp.sync.protocol import entry_hash
from tests.phones import Json, Phone, new_id, sign_in

pytestmark = pytest.mark.both_databases

DEVICES, PUSHES, BATCH = 6, 10, 2


def follow(reader: Phone, writers: list[Future[list[str]]]) -> dict[str, Json]:
    """Pull new changes until the writers are done and nothing more comes."""
    seen: dict[str, Json] = {}
    cursor, last = "", False
    while True:
        page = reader.pull(cursor)
        seen |= {change["id"]: change for change in page["changes"]}
        cursor = page["cursor"]
        if last and not page["changes"]:
            return seen
        last = all(writer.done() for writer in writers)


def check_of(changes: dict[str, Json]) -> Json:
    live = [
        entry_hash(uuid.UUID(one["id"]).int, one["rev"])
        for one in changes.values()
        if not one["deleted"]
    ]
    return {"count": len(live), "hash": f"{reduce(xor, live, 0):08x}"}


def test_no_new_entry_is_missed(app: Flask, alice: Phone) -> None:
    phones = [Phone(sign_in(app, "alice")) for _ in range(DEVICES)]

    def write(phone: Phone) -> list[str]:
        made = [[phone.mutation() for _ in range(BATCH)] for _ in range(PUSHES)]
        for batch in made:
            assert {result["status"] for result in phone.push(*batch)} == {"ok"}
        return [mutation["id"] for batch in made for mutation in batch]

    with ThreadPoolExecutor(DEVICES) as pool:
        writers = [pool.submit(write, phone) for phone in phones]
        seen = follow(alice, writers)
    assert seen.keys() == {entry_id for writer in writers for entry_id in writer.result()}
    assert check_of(seen) == alice.pull()["check"]


def test_edits_of_one_entry_at_once_lose_no_set(app: Flask, alice: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    phones = [Phone(sign_in(app, "alice")) for _ in range(DEVICES)]

    def write(phone: Phone) -> list[str]:
        sets: list[Json] = []
        for _ in range(PUSHES):
            sets = [*sets, {"id": new_id(), "exercise": "bridge"}]
            result = phone.save("patch", id=entry["id"], base_rev=1, set={"sets": sets})
            assert result["status"] in ("ok", "merged")
        return [one["id"] for one in sets]

    with ThreadPoolExecutor(DEVICES) as pool:
        writers = [pool.submit(write, phone) for phone in phones]
        seen = follow(alice, writers)
    kept = {one["id"] for one in seen[entry["id"]]["body"]["sets"]}
    assert kept == {set_id for writer in writers for set_id in writer.result()}
    assert seen[entry["id"]]["rev"] == 1 + DEVICES * PUSHES
    assert check_of(seen) == alice.pull()["check"]


def test_the_same_push_sent_twice_at_once_counts_once(app: Flask, alice: Phone) -> None:
    batch = [alice.mutation() for _ in range(5)]
    clients = [Phone(sign_in(app, "alice")) for _ in range(4)]
    for client in clients:
        client.device = alice.device
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda phone: phone.push(*batch), clients))
    assert all(answer == answers[0] for answer in answers)
    assert all(entry["rev"] == 1 for entry in alice.entries().values())
