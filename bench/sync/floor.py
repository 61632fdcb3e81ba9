"""The floor: the very rows that a push writes, inserted with executemany by the bare driver."""

import statistics
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Table

from bench.report import figure
from bench.sync import processor
from bench.sync.databases import app_on, database, riders
from bench.sync.push import Caller, mutation
from bench.sync.servers import ours
from dbsapp.extensions import db
from dbsapp.sync.models import Entry, SyncMutation
from dbsapp.sync.statements import table_of

BATCH = 100
ROUNDS = 3
TABLES = {table_of(Entry): "seq", table_of(SyncMutation): "mid"}

Rows = dict[Table, list[tuple[Any, ...]]]


class Took(NamedTuple):
    """Seconds by the clock, and of the processor: of the servers, and of us where we insert."""

    clock: float
    processor: float


def pushed(caller: Caller, entries: int) -> Took:
    """Push entries in batches, made beforehand, until the last answer."""
    batches = [
        caller.batch([mutation(caller, first + i) for i in range(BATCH)])
        for first in range(0, entries, BATCH)
    ]
    start, used = time.perf_counter(), processor.of_servers()
    for batch in batches:
        _, answer = caller.request("POST", "push", batch)
        assert all(result["status"] == "ok" for result in answer["results"])
    return Took(time.perf_counter() - start, processor.of_servers() - used)


def rows_of(address: str) -> Rows:
    """Return all rows as the driver gives them, in the order in which they came."""
    with app_on(address):
        text = "CAST({0} AS TEXT)" if "postgresql" in address else "{0}"
        found: Rows = {}
        with db.engine.connect() as connection:
            for one, order in TABLES.items():
                columns = (
                    text.format(c.name) if "JSON" in str(c.type) else c.name for c in one.columns
                )
                sql = f"SELECT {', '.join(columns)} FROM {one.name} ORDER BY {order}"
                found[one] = [tuple(row) for row in connection.exec_driver_sql(sql)]
        return found


def inserted(address: str, rows: Rows, entries: int) -> Took:
    """Insert the rows, a transaction for each batch."""
    with app_on(address):
        mark = "%s" if "postgresql" in address else "?"
        connection = db.engine.raw_connection()
        cursor = connection.cursor()
        start, used = time.perf_counter(), processor.of_all()
        for first in range(0, entries, BATCH):
            if mark == "?":
                cursor.execute("BEGIN IMMEDIATE")
            for one, all_rows in rows.items():
                marks = ", ".join([mark] * len(one.columns))
                sql = f"INSERT INTO {one.name} VALUES ({marks})"
                cursor.executemany(sql, all_rows[first : first + BATCH])
            connection.commit()
        took = Took(time.perf_counter() - start, processor.of_all() - used)
        connection.close()
        return took


def rounds(name: str, entries: int) -> Iterator[tuple[Took, Took]]:
    """Yield the seconds of our push and of the floor, in turn."""
    for _ in range(ROUNDS):
        with database(name) as address:
            user, cookie = riders(address, ["alice"])["alice"]
            with ours(address) as base:
                ours_took = pushed(Caller(base, user, cookie), entries)
            rows = rows_of(address)
        with database(name) as address:
            yield ours_took, inserted(address, rows, entries)


def main(entries: int) -> None:
    """Measure and print."""
    print(f"\nThe floor: {entries:,} entries in batches of {BATCH}, beside the bare driver")
    for name in ("sqlite", "postgresql"):
        found = list(rounds(name, entries))
        for kind in Took._fields:
            mine, bare = (
                statistics.median(getattr(took, kind) for took in column)
                for column in zip(*found, strict=True)
            )
            print(f"  {name}, {kind}: push {mine:.2f} s, executemany {bare:.2f} s")
        ratio = statistics.median(mine.clock / bare.clock for mine, bare in found)
        figure(f"sync.{name}.push_vs_executemany", ratio, "≤ 3")
