"""What a rider asks stays on one server: every statement on a log names its rider."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dbsapp.distribute import KEY
from dbsapp.extensions import db
from tests.phones import PASSWORD, SESSION, Phone, new_id, sign_in, sign_up
from tests.scale.conftest import AppOn
from tests.sync.test_statements import counted

TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)", re.IGNORECASE)
FORM = {"routine": "roll-short", "date": "2026-03-02", "minutes": "10"}


def tables_in(statement: str) -> set[str]:
    """Return the tables with riders' data that a statement touches."""
    split = {table.name for table in db.metadata.sorted_tables if KEY in table.columns}
    return split & set(TABLE.findall(statement))


def names_rider(statement: str, table: str) -> bool:
    if statement.startswith("INSERT"):
        return f"INSERT INTO {table} ({KEY}, " in statement
    return re.search(rf"\b{table}\.{KEY} = ", statement) is not None


def use_the_sync(alice: Phone, laptop: Phone) -> str:
    """Push, merge, be refused, delete and pull; return the id of an entry."""
    entry, gone = alice.mutation(), alice.mutation()
    alice.push(entry, gone)
    alice.push(entry, alice.mutation("delete", id=gone["id"], base_rev=1))
    alice.save("patch", id=entry["id"], base_rev=1, set={"effort": 7})
    merged = laptop.save("patch", id=entry["id"], base_rev=1, set={"effort": 8})
    assert merged["status"] == "merged"
    assert laptop.save(set={**SESSION, "effort": 11})["status"] == "rejected"
    assert alice.pull(alice.pull(limit=1)["cursor"])["changes"]
    return str(entry["id"])


def use_the_pages(browser: FlaskClient, entry: str) -> None:
    """Look at everything that is the rider's own, log, delete and restore."""
    for path in ("/log/plain/", f"/log/plain/{entry}", "/accounts/"):
        assert browser.get(path).status_code == 200, path
    form = {**FORM, "mutation_id": new_id(), "base_rev": "0"}
    assert browser.post("/log/plain/new", data=form).status_code == 302
    for action in ("delete", "restore"):
        shown = {"base_rev": "3"}
        assert browser.post(f"/log/plain/{entry}/{action}", data=shown).status_code == 302


@pytest.fixture
def app(empty_database: str, app_on: AppOn) -> Flask:
    """Return an app on PostgreSQL, whose statements name each column with its table."""
    app = app_on(empty_database)
    with app.app_context():
        db.create_all()
    return app


def test_every_statement_on_a_log_names_its_rider(app: Flask) -> None:
    with counted(app) as statements:
        alice, laptop = Phone(sign_up(app, "alice")), Phone(sign_in(app, "alice"))
        use_the_pages(alice.client, use_the_sync(alice, laptop))
        alice.client.post("/accounts/delete", data={"password": PASSWORD})
        assert laptop.client.get("/api/session").get_json()["deleted"]
    seen = {table for statement in statements for table in tables_in(statement)}
    assert seen == {table.name for table in db.metadata.sorted_tables if KEY in table.columns}
    for statement in statements:
        for table in tables_in(statement):
            assert names_rider(statement, table), statement
