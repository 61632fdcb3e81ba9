"""Nothing writes an entry but the sync, and never before it holds the lock of the log."""

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from dbsapp.config import ROOT
from dbsapp.extensions import db
from dbsapp.sync import upkeep
from tests.phones import PASSWORD, Phone, new_id, sign_up

pytestmark = pytest.mark.both_databases

#: What may write the tables of the sync. The account's deletion takes the lock like the others.
WRITERS = {
    *(
        f"dbsapp/sync/{name}.py"
        for name in ("bulk", "counter", "fresh", "service", "statements", "upkeep")
    ),
    "dbsapp/accounts/service.py",
}
SQL = {"insert", "update", "delete", "text"}
SESSION_WRITES = {"add", "add_all", "merge", "delete", "bulk_save_objects", "bulk_insert_mappings"}
BY_HAND = re.compile(
    r"\b(INSERT INTO|UPDATE|DELETE FROM)\s+"
    r"(entry|entry_rev|sync_\w+|rejected_payload)\b",
    re.IGNORECASE,
)
WRITES_ENTRIES = re.compile(r"^(INSERT INTO|UPDATE|DELETE FROM) (entry|entry_rev)\b")
LOCKS = re.compile(r"^UPDATE sync_rider\b")
LATER = 4_000_000_000_000
FORM = {"routine": "roll-short", "date": "2026-03-02", "minutes": "10"}


def modules() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("dbsapp/**/*.py"))


@pytest.mark.parametrize("name", [name for name in modules() if name not in WRITERS])
def test_no_other_module_writes_a_table_of_the_sync(name: str) -> None:
    source = Path(ROOT, name).read_text()
    assert not BY_HAND.search(source)
    tree = ast.parse(source)
    taken = [one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    if not any(one.module == "dbsapp.sync.models" for one in taken):
        return
    from_sql = [one for one in taken if (one.module or "").startswith("sqlalchemy")]
    asked = {alias.name for one in from_sql for alias in one.names}
    nodes = [one for one in ast.walk(tree) if isinstance(one, ast.Attribute)]
    called = {one.attr for one in nodes if ast.unparse(one.value) == "db.session"}
    assert not asked & SQL
    assert not called & SESSION_WRITES


@contextmanager
def transactions(app: Flask) -> Iterator[list[list[str]]]:
    """Note the statements of each transaction."""
    noted: list[list[str]] = []

    def begin(_connection: Any) -> None:
        noted.append([])

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if noted and not statement.startswith("BEGIN"):
            noted[-1].append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield noted
    finally:
        event.remove(engine, "begin", begin)
        event.remove(engine, "before_cursor_execute", note)


def by_push(app: Flask, alice: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry, alice.mutation())
    alice.push(alice.mutation("delete", id=entry["id"], base_rev=1))


def by_plain_form(app: Flask, alice: Phone) -> None:
    log = alice.client
    assert log.post("/log/plain/new", data=FORM | {"mutation_id": new_id()}).status_code == 302
    (entry_id,) = alice.entries()
    edited = FORM | {"minutes": "20", "base_rev": "1", "mutation_id": new_id()}
    assert log.post(f"/log/plain/{entry_id}", data=edited).status_code == 302
    assert log.post(f"/log/plain/{entry_id}/delete", data={"base_rev": 2}).status_code == 302
    assert log.post(f"/log/plain/{entry_id}/restore").status_code == 302


def by_upkeep(app: Flask, alice: Phone) -> None:
    by_push(app, alice)
    with app.app_context():
        upkeep.prune(LATER)


def by_leaving(app: Flask, alice: Phone) -> None:
    by_push(app, alice)
    assert alice.client.post("/accounts/delete", data={"password": PASSWORD}).status_code < 400


@pytest.mark.parametrize("write", [by_push, by_plain_form, by_upkeep, by_leaving])
def test_whoever_writes_an_entry_holds_the_lock(
    app: Flask, write: Callable[[Flask, Phone], None]
) -> None:
    alice = Phone(sign_up(app, "alice"))
    with transactions(app) as noted:
        write(app, alice)
    writing = [one for one in noted if any(map(WRITES_ENTRIES.match, one))]
    assert writing
    for statements in writing:
        locked = next(i for i, one in enumerate(statements) if LOCKS.match(one))
        written = next(i for i, one in enumerate(statements) if WRITES_ENTRIES.match(one))
        assert locked < written, statements
