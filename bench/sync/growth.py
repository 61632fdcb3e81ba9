"""Growth: what a rider's question costs beside 10 thousand entries, and beside 10 million."""

import os
import random
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Connection, text

from bench.report import figure, table
from bench.sync.databases import app_on, made, postgresql
from bench.sync.push import Caller, body_of, mutation
from bench.sync.servers import ours
from dbsapp.extensions import db
from dbsapp.sync import pull, statements
from dbsapp.sync.protocol import public_id

EACH = 500
RIDERS = {"small": 20, "large": int(os.environ.get("RIDERS", "20000"))}
#: How many riders ask, in turn, in either database; each has asked once before the clock starts.
ASKING = 20
ROUNDS = 15
TOKEN = "bench"

RIDER = "md5('rider' || r)::uuid"
ENTRY = "md5('entry' || r || ':' || e)::uuid"
FILL = {
    "rider": f"SELECT {RIDER}, 'rider' || r || '@example.com', '', '{TOKEN}', now() FROM r",
    "sync_rider": f"SELECT {RIDER}, {EACH}, 'e', 0, {EACH}, 0 FROM r",
    "entry": f"""SELECT {RIDER}, {ENTRY}, 'session', 1, e, false, CAST(:body AS json), NULL, 0, 0,
                        {RIDER} FROM r, e""",
    "sync_mutation": f"""SELECT {RIDER}, {ENTRY}, {RIDER}, e, 'ok', NULL, {ENTRY}, 1, e, NULL, 0
                         FROM r, e""",
}
COLUMNS = {
    "rider": "id, email, password_hash, session_token, created_at",
    "sync_rider": "rider_id, seq, epoch, floor, live_count, live_hash",
    "entry": "rider_id, id, kind, rev, seq, deleted, body, extra, client_at, server_at, device_id",
    "sync_mutation": """rider_id, mutation_id, device_id, mid, status, code, entry_id, rev, seq,
                        answer, at""",
}


def fill(address: str, riders: int) -> None:
    """Give `riders` a log of `EACH` entries, a thousand riders at a time."""
    with app_on(address):
        for first in range(0, riders, 1000):
            last = min(first + 1000, riders) - 1
            with db.engine.begin() as connection:
                connection.execute(text("SET LOCAL synchronous_commit = off"))
                for name, rows in FILL.items():
                    _insert(connection, name, rows, first, last)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))


def _insert(connection: Connection, name: str, rows: str, first: int, last: int) -> None:
    series = f"""r AS (SELECT generate_series({first}, {last}) AS r),
                 e AS (SELECT generate_series(1, {EACH}) AS e)"""
    connection.execute(
        text(f"INSERT INTO {name} ({COLUMNS[name]}) WITH {series} {rows}"),
        {"body": body_of(0)} if ":body" in rows else {},
    )


def rider_id(number: int) -> uuid.UUID:
    """Return the id of the rider with a number, in the database at hand."""
    query = text(f"SELECT {RIDER} FROM (SELECT {number} AS r) AS one")
    with db.engine.connect() as connection:
        found: uuid.UUID = connection.execute(query).scalar_one()
    return found


class Asking:
    """Riders of one database who ask in turn."""

    def __init__(self, base: str, address: str, riders: int) -> None:
        with app_on(address) as app:
            chosen = random.Random(1).sample(range(riders), ASKING)
            self.riders = [rider_id(number) for number in chosen]
            self.callers = [Caller(base, public_id(one), _cookie(app, one)) for one in self.riders]
            self.seen = [EACH] * ASKING

    def anything_new(self, which: int) -> float:
        """Ask for what is new where nothing is; return the milliseconds."""
        took, answer = self.callers[which].pull(f"e:{self.seen[which]}")
        assert (answer["changes"], answer["reset"]) == ([], None), answer
        return took

    def push_one(self, which: int) -> float:
        """Push a new entry; return the milliseconds."""
        took, answer = self.callers[which].push([mutation(self.callers[which], 0)])
        self.seen[which] = answer["seq"]
        assert answer["results"][0]["status"] == "ok", answer
        return took


def _cookie(app: Flask, rider: uuid.UUID) -> str:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"session={signer.dumps({'_user_id': f'{rider.hex}.{TOKEN}', '_fresh': True})}"


def plans(address: str, rider: uuid.UUID) -> Iterator[str]:
    """Yield the plans of what a pull and a push read."""
    some = [uuid.UUID(int=n) for n in range(3)]
    asked: dict[str, tuple[Any, dict[str, Any]]] = {
        "pull: the log, and what is new in it": (
            pull.rows_after("postgresql"),
            {"rider": rider, "after": EACH, "most": 501},
        ),
        "push: what was answered before, and entries with the revisions that are needed": (
            statements.read("postgresql"),
            {
                **{"rider": rider, "device": some[0], "mids": [1, 2], "mutation_ids": some},
                **{"ids": some, "whole": some[:1], "oldest": 1},
            },
        ),
    }
    with app_on(address):
        for title, (statement, values) in asked.items():
            asked_for = statement.compile(db.engine).construct_expanded_state(values)
            yield f"\n{title}"
            with db.engine.connect() as connection:
                explained = connection.exec_driver_sql(
                    f"EXPLAIN ANALYZE {asked_for.statement}", asked_for.parameters
                )
                yield from (f"  {line}" for (line,) in explained)


@contextmanager
def both() -> Iterator[dict[str, str]]:
    """Yield the addresses of two databases on one server, filled."""
    with postgresql() as address:
        addresses = {}
        for name, riders in RIDERS.items():
            start = time.monotonic()
            addresses[name] = address.replace("/postgres?", f"/{name}?")
            with app_on(address):
                engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
                with engine.connect() as connection:
                    connection.execute(text(f"CREATE DATABASE {name}"))
            with made(addresses[name]):
                fill(addresses[name], riders)
            print(
                f"  {name}: {riders * EACH:,} entries of {riders:,} riders in "
                f"{time.monotonic() - start:.0f} s",
                flush=True,
            )
        yield addresses


def compared(ask: dict[str, Callable[[int], float]]) -> dict[str, float]:
    """Return the median milliseconds in either database, asked in turn."""
    took: dict[str, list[float]] = {name: [] for name in ask}
    for turn in range((ROUNDS + 1) * ASKING):
        for name, one in ask.items():
            ms = one(turn % ASKING)
            if turn >= ASKING:
                took[name].append(ms)
    return {name: statistics.median(times) for name, times in took.items()}


def main() -> None:
    """Measure and print."""
    print("\nGrowth, on PostgreSQL")
    with both() as at, ours(at["small"]) as small, ours(at["large"]) as large:
        asking = {
            name: Asking(base, at[name], RIDERS[name])
            for name, base in (("small", small), ("large", large))
        }
        asks: dict[str, dict[str, Callable[[int], float]]] = {
            "anything_new": {name: one.anything_new for name, one in asking.items()},
            "push_one": {name: one.push_one for name, one in asking.items()},
        }
        found = {name: compared(ask) for name, ask in asks.items()}
        table(
            ("median, ms", *(f"{RIDERS[name] * EACH:,} entries" for name in at)),
            [(name, *(f"{ms[size]:.2f}" for size in at)) for name, ms in found.items()],
        )
        for name, ms in found.items():
            figure(f"sync.growth.{name}", ms["large"] / ms["small"], "≤ 1.2")
        for line in plans(at["large"], asking["large"].riders[0]):
            print(line)
