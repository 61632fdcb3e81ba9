"""The write lock of SQLite: who waits for it, and who need not."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from dbsapp import create_app
from dbsapp.extensions import POLL_SECONDS, db
from tests.conftest import app_config
from tests.phones import HEADERS, Phone


@pytest.fixture
def other(app: Flask) -> Iterator[sqlite3.Connection]:
    """Return a connection of another process that is just writing."""
    with app.app_context():
        path = db.engine.url.database
    assert path
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_whoever_is_not_let_in_does_not_wait_for_a_writer(
    app: Flask, alice: Phone, other: sqlite3.Connection
) -> None:
    other.execute("UPDATE rider SET session_token = 'new'")
    other.execute("COMMIT")
    other.execute("BEGIN IMMEDIATE")
    answer = alice.client.post("/api/sync/v1/push", json={}, headers=HEADERS)
    assert answer.status_code == 401


def test_a_writer_goes_on_as_soon_as_the_other_is_done(
    alice: Phone, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            other.execute("COMMIT")

    monkeypatch.setattr("dbsapp.extensions.time.sleep", wait)
    assert alice.save()["status"] == "ok"
    assert waits == [POLL_SECONDS] * 3


def test_whoever_waits_in_vain_is_asked_to_come_again(
    alice: Phone, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.execute("UPDATE rider SET created_at = created_at")
    monkeypatch.setattr("dbsapp.extensions.BUSY_SECONDS", 0)
    answer = alice.send(alice.mutation())
    assert (answer.status_code, answer.get_json()["error"]) == (503, "busy")


def test_whoever_turns_a_file_to_wal_waits_for_another_who_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(app_config(f"sqlite:///{tmp_path / 'copy.sqlite3'}"))
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr("dbsapp.extensions.time.sleep", lambda _: other.execute("COMMIT"))
        with app.app_context(), closing(db.engine.connect()) as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
