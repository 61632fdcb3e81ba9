"""What a request costs the database does not grow with what it holds."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from dbsapp.extensions import db
from dbsapp.logs.kinds import PREFERENCE_ID
from dbsapp.sync import upkeep
from dbsapp.sync.models import SyncDevice
from tests.phones import SESSION, Json, Phone
from tests.sync.conftest import rows_of

pytestmark = pytest.mark.both_databases


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Note the statements that are sent to the database."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def fill(phone: Phone, size: int) -> list[Json]:
    """Log `size` sessions, and return the first of them."""
    first: list[Json] = []
    for start in range(0, size, 200):
        batch = [phone.mutation() for _ in range(min(200, size - start))]
        phone.push(*batch)
        first = first or batch
    return first


def edits(phone: Phone, entries: list[Json], **fields: Any) -> list[Json]:
    return [phone.mutation("patch", id=entry["id"], base_rev=1, set=fields) for entry in entries]


def count(app: Flask, phone: Phone, *batch: Json) -> int:
    """Push and return how many statements that took."""
    with counted(app) as statements:
        phone.push(*batch)
    assert len(statements) <= 8, statements
    return len(statements)


def costs(app: Flask, alice: Phone, entries: list[Json]) -> dict[str, int]:
    """Return how many statements each kind of push takes; `entries` are at their first revision."""
    laptop = Phone(alice.client)
    refused = alice.mutation(set={"effort": 11})
    return {
        "one": count(app, alice, alice.mutation()),
        "many": count(app, alice, *[alice.mutation() for _ in range(100)]),
        "edits": count(app, alice, *edits(alice, entries, effort=7)),
        "a new device": count(app, laptop, *edits(laptop, entries[:5], notes="dry")),
        "old bases": count(app, alice, *edits(alice, entries, notes="wet")),
        "a refused one": count(app, alice, *edits(alice, entries, pain_peak=1), refused),
    }


def test_a_push_takes_at_most_eight_statements_whatever_the_log_holds(
    app: Flask, alice: Phone
) -> None:
    of_ten = costs(app, alice, fill(alice, 10))
    of_many = costs(app, alice, fill(alice, 10_000)[:10])
    assert of_many == of_ten


def test_a_refused_one_from_a_new_device_takes_no_more(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    entries = fill(alice, 10)
    refused = laptop.mutation(set={"effort": 11})
    count(app, laptop, *edits(laptop, entries, notes="wet"), refused)
    laptop.push(laptop.mutation())
    with app.app_context():
        assert db.session.get(SyncDevice, (rider_of(laptop), uuid.UUID(laptop.device))) is not None


def test_a_repeated_push_writes_nothing_but_the_counter(app: Flask, alice: Phone) -> None:
    batch = [alice.mutation() for _ in range(50)]
    alice.push(*batch)
    before = rows_of(app, alice.user)
    # One more than who asks, the lock and what is known: it was taken for new, and was not.
    assert count(app, alice, *batch) == 3 + 2
    *rest, counter = rows_of(app, alice.user)
    assert rest == before[:-1]
    assert counter != before[-1]


def test_a_repeated_push_with_news_takes_no_more_an_hour_later(
    app: Flask, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = [alice.mutation() for _ in range(50)]
    alice.push(*batch)
    later = upkeep.now_ms() + 2 * 3_600_000
    monkeypatch.setattr(upkeep, "now_ms", lambda: later)
    assert count(app, alice, *batch, alice.mutation()) == 8
    alice.push(alice.mutation())
    with app.app_context():
        device = db.session.get(SyncDevice, (rider_of(alice), uuid.UUID(alice.device)))
        assert device is not None
        assert device.last_seen_at == later


def test_two_devices_that_make_the_same_take_no_more(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    wish = {"kind": "preference", "id": PREFERENCE_ID}
    alice.save(**wish, set={"units": "metric"})
    assert count(app, laptop, laptop.mutation(**wish, set={"units": "imperial"})) <= 8
    known = alice.mutation()
    alice.push(known)
    copied = laptop.mutation(mutation_id=known["mutation_id"])
    assert count(app, laptop, laptop.mutation(), copied) <= 8


def test_what_was_taken_for_new_and_meets_another_costs_three_statements_more(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    first, second = alice.mutation(), alice.mutation()
    alice.push(first, second)
    met = laptop.mutation(id=first["id"], set=SESSION | {"effort": 1})
    other = laptop.mutation(id=second["id"], kind="ride", set={"date": "2026-03-01"})
    with counted(app) as statements:
        found = laptop.push(met, other)
    assert [one["status"] for one in found] == ["merged", "rejected"]
    assert len(statements) == 8 + 3, statements


def test_a_pull_takes_two_statements(app: Flask, alice: Phone) -> None:
    alice.push(*[alice.mutation() for _ in range(100)])
    with counted(app) as statements:
        alice.pull()
    assert len(statements) == 2, statements


def rider_of(phone: Phone) -> uuid.UUID:
    return uuid.UUID(phone.user.removeprefix("u_"))


def plan_of(app: Flask, mark: str, ask: Callable[[], object]) -> list[str]:
    """Return how the database carries out the one statement with `mark` in it that `ask` sends."""
    seen: list[tuple[str, Any]] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if mark in statement:
            seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    ((statement, parameters),) = seen
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN (ANALYZE, COSTS off)"}
    with engine.connect() as connection:
        sql = f"{explain[engine.dialect.name]} {statement}"
        return [str(row[-1]) for row in connection.exec_driver_sql(sql, parameters)]


#: A PostgreSQL that has no statistics yet would read all that a rider has.
IN_VAIN = (
    r"Removed by Filter: \d\d|Heap Scan|Seq Scan|"
    r"SCAN (entry|sync_)|SEARCH (?!sync_rider).*rider_id=\?\)"
)


def test_what_a_push_reads_is_found_by_whole_keys(app: Flask, alice: Phone) -> None:
    entries = fill(alice, 400)
    alice.push(*edits(alice, entries[:200], effort=7))
    few = edits(alice, entries[:3], effort=8)
    plan = plan_of(app, "UNION ALL", lambda: alice.push(*few))
    assert sum("pk_" in line or "_autoindex_" in line for line in plan) >= 3, plan
    assert [line for line in plan if re.search(IN_VAIN, line)] == []


def test_a_page_of_a_pull_is_read_in_order_and_no_further(app: Flask, alice: Phone) -> None:
    fill(alice, 1_000)
    plan = plan_of(app, "live_hash", lambda: alice.pull(limit=20))
    assert [line for line in plan if re.search(rf"{IN_VAIN}|TEMP B-TREE", line)] == []
    if any("actual" in line for line in plan):
        read = [int(rows) for line in plan for rows in re.findall(r"actual.* rows=(\d+)", line)]
        assert max(read) == 21, plan
