"""Every route has an access decision, and no GET changes data."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.routing import Rule

from dbsapp import access
from dbsapp.extensions import db
from tests.phones import HEADERS, Phone, sign_up

#: What must be closed to those who are not signed in; the rest is the same for everybody.
FOR_RIDERS = {"account", "sync", "logs_plain"}
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "REPLACE")


def rules(app: Flask) -> Iterator[Rule]:
    yield from app.url_map.iter_rules()


def blueprint_of(rule: Rule) -> str:
    return str(rule.endpoint).rpartition(".")[0]


def address_of(app: Flask, rule: Rule, entry_id: object) -> str:
    """Return an address of `rule` that leads somewhere."""
    library = app.extensions["library"]
    folder = rule.rule.split("/")[1]
    slugs = {
        "steps": library.steps,
        "exercises": library.exercises,
        "muscles": library.hip.by_slug,
    }.get(folder, library.routines)
    known = {"slug": next(iter(slugs)), "filename": "js/main.js", "entry_id": entry_id}
    known["routine_id"] = entry_id
    with app.test_request_context():
        return url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})


def test_every_route_belongs_to_a_blueprint_with_a_guard(app: Flask) -> None:
    guards = app.extensions["access"]
    for rule in rules(app):
        assert blueprint_of(rule) in guards, f"{rule} has no access decision"
        assert guards[blueprint_of(rule)] in (access.public, access.riders_only)


def test_what_is_personal_is_for_riders_only(app: Flask) -> None:
    closed = {
        name for name, guard in app.extensions["access"].items() if guard is not access.public
    }
    assert closed == FOR_RIDERS


def test_a_route_that_nobody_decided_on_is_shut(app: Flask) -> None:
    del app.extensions["access"]["accounts"]
    try:
        assert app.test_client().get("/accounts/login").status_code == 403
    finally:
        app.extensions["access"]["accounts"] = access.public


def test_every_personal_route_is_shut_to_strangers(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        if blueprint_of(rule) not in FOR_RIDERS:
            continue
        address = address_of(app, rule, uuid.uuid4())
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = client.open(address, method=method, headers=HEADERS)
            assert answer.status_code in (302, 401), f"{method} {address} is open"
            if answer.status_code == 302:
                assert answer.location.startswith("/accounts/login")


@pytest.mark.both_databases
def test_no_get_changes_data(app: Flask) -> None:
    alice = Phone(sign_up(app, "alice"))
    entry = alice.mutation()
    alice.push(entry)
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement.lstrip().upper())

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        for rule in rules(app):
            if "GET" in (rule.methods or ()):
                address = address_of(app, rule, entry["id"])
                answer = alice.client.get(address, headers=HEADERS)
                assert answer.status_code in (200, 303), address
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert statements
    assert [one for one in statements if one.startswith(WRITES) or "FOR UPDATE" in one] == []


def test_every_id_in_an_address_is_a_uuid(app: Flask) -> None:
    for rule in rules(app):
        for name in rule.arguments:
            if name.endswith("_id"):
                assert f"<uuid:{name}>" in rule.rule
