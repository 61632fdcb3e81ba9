"""What a request costs the database does not grow with what it holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from dbsapp.extensions import db
from tests.phones import Json, Phone

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


def create(phone: Phone, _before: list[Json]) -> Json:
    return phone.mutation()


def patch(phone: Phone, before: list[Json]) -> Json:
    entry = before[next(phone.mids) % len(before)]
    return phone.mutation("patch", id=entry["id"], base_rev=1, set={"effort": 7})


@pytest.mark.parametrize("make", [create, patch])
@pytest.mark.parametrize("size", [1, 100])
def test_a_push_takes_eight_statements_whatever_it_holds(
    app: Flask, alice: Phone, make: Callable[[Phone, list[Json]], Json], size: int
) -> None:
    before = [alice.mutation() for _ in range(100)]
    alice.push(*before)
    batch = [make(alice, before) for _ in range(size)]
    with counted(app) as statements:
        alice.push(*batch)
    assert len(statements) <= 8, statements


def test_a_batch_that_needs_history_takes_one_more(app: Flask, alice: Phone, laptop: Phone) -> None:
    entries = [alice.mutation() for _ in range(50)]
    alice.push(*entries)
    laptop.push(*[patch(laptop, entries) for _ in range(50)])
    stale = [
        alice.mutation("patch", id=one["id"], base_rev=1, set={"notes": "wet"}) for one in entries
    ]
    with counted(app) as statements:
        alice.push(*stale)
    assert len(statements) <= 9, statements


def test_a_repeated_push_writes_nothing_but_the_counter(app: Flask, alice: Phone) -> None:
    batch = [alice.mutation() for _ in range(50)]
    alice.push(*batch)
    with counted(app) as statements:
        alice.push(*batch)
    assert len(statements) == 3, statements


def test_a_pull_takes_two_statements(app: Flask, alice: Phone) -> None:
    alice.push(*[alice.mutation() for _ in range(100)])
    with counted(app) as statements:
        alice.pull()
    assert len(statements) == 2, statements
