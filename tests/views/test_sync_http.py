"""The sync over HTTP: who is let in, what is too much, and that nothing odd is a 500."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from dbsapp.sync import pull
from tests.phones import HEADERS, Phone, sign_up

pytestmark = pytest.mark.both_databases

PUSH, PULL = "/api/sync/v1/push", "/api/sync/v1/pull"
BARE = {"X-Sync-Proto": "1"}


@pytest.fixture
def alice(app: Flask) -> Phone:
    """Return Alice's phone."""
    return Phone(sign_up(app, "alice"))


def post(phone: Phone, data: bytes | str, **headers: str) -> Any:
    sent = HEADERS | {"Content-Type": "application/json"} | headers
    return phone.client.post(PUSH, data=data, headers=sent)


def test_nobody_gets_in_without_signing_in(client: FlaskClient) -> None:
    for answer in (client.get(PULL, headers=HEADERS), client.post(PUSH, json={}, headers=HEADERS)):
        assert answer.status_code == 401
        assert answer.get_json() == {"proto": 1, "error": "auth_required"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (HEADERS, 200),
        (BARE | {"Origin": "http://localhost"}, 200),
        (BARE | {"Sec-Fetch-Site": "same-origin", "Origin": "http://proxy.internal"}, 200),
        (BARE, 403),
        (BARE | {"Origin": "https://evil.example"}, 403),
        (BARE | {"Origin": "null"}, 403),
        (BARE | {"Origin": "http://localhost.evil.example"}, 403),
        (BARE | {"Sec-Fetch-Site": "cross-site"}, 403),
        (BARE | {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 403),
        (HEADERS | {"Content-Type": "text/plain"}, 403),
        (HEADERS | {"X-Sync-Proto": "2"}, 426),
    ],
)
def test_only_a_page_of_ours_may_push(alice: Phone, headers: dict[str, str], status: int) -> None:
    body = {"schema": 1, "user": alice.user, "device": alice.device, "mutations": []}
    answer = alice.client.post(PUSH, json=body, headers=headers)
    assert answer.status_code == status
    if status != 200:
        assert answer.get_json()["error"] == {403: "origin", 426: "upgrade"}[status]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (HEADERS, 200),
        (BARE, 200),
        ({}, 403),
        (BARE | {"Sec-Fetch-Site": "cross-site"}, 403),
        (BARE | {"Origin": "https://evil.example"}, 403),
    ],
)
def test_only_a_page_of_ours_may_pull(alice: Phone, headers: dict[str, str], status: int) -> None:
    assert alice.client.get(PULL, headers=headers).status_code == status


def test_no_other_site_is_granted_anything(alice: Phone) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = alice.client.options(PUSH, headers=asked)
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_push_needs_no_csrf_token(app: Flask, alice: Phone) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert alice.save()["status"] == "ok"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"mutations":[NaN]}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"schema":1e400}',
    ],
)
def test_what_is_no_push_is_a_bad_request(alice: Phone, body: bytes) -> None:
    answer = post(alice, body)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")


@pytest.mark.parametrize(
    "fields",
    [
        {"user": 5},
        {"device": "x"},
        {"schema": -1},
        {"schema": "1"},
        {"acked_mid": 2**70},
        {"app_version": "x" * 65},
        {"app_version": "a\nb"},
        {"mutations": {}},
        {"mutations": [5]},
        {"mutations": [{"mid": 0, "mutation_id": "0190a000-0000-7000-8000-000000000001"}]},
        {"mutations": [{"mid": 1, "mutation_id": "x"}]},
    ],
)
def test_an_envelope_that_is_wrong_is_a_bad_request_that_says_where(
    alice: Phone, fields: dict[str, Any]
) -> None:
    answer = alice.send(**fields)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")
    assert answer.get_json()["errors"]


@pytest.mark.parametrize(
    "value",
    ["NaN", "1e999", "[" * 40_000 + "]" * 20_000, "1" * 5_000, '"\\ud800"', '{"a":' * 9_000],
)
def test_a_hostile_value_is_never_a_server_error(alice: Phone, value: str) -> None:
    mutation = (
        '{"mid":1,"mutation_id":"0190a000-0000-7000-8000-000000000001","kind":"session",'
        '"id":"0190a000-0000-7000-8000-000000000002","op":"create",'
        f'"set":{{"date":"2026-03-01","duration_s":600,"effort":5,"x":{value}}}}}'
    )
    body = (
        f'{{"schema":1,"user":"{alice.user}","device":"{alice.device}","mutations":[{mutation}]}}'
    )
    assert post(alice, body).status_code in (200, 400)
    assert alice.save(mid=2)["status"] == "ok"


def test_an_older_schema_than_we_read_has_to_update(alice: Phone) -> None:
    answer = alice.send(schema=0)
    assert answer.status_code == 426
    assert answer.get_json() == {"proto": 1, "error": "upgrade", "min_schema": 1}


def test_a_newer_schema_is_read_as_far_as_we_know_it(alice: Phone) -> None:
    assert alice.send(alice.mutation(colour="red"), schema=9, colour="red").status_code == 200


@pytest.mark.parametrize("size", [262_145, 2_000_000])
def test_a_request_that_is_too_large_is_413(alice: Phone, size: int) -> None:
    answer = post(alice, b" " * size)
    assert (answer.status_code, answer.get_json()["error"]) == (413, "too_large")


def test_too_many_mutations_are_413(alice: Phone) -> None:
    made = [alice.mutation() for _ in range(201)]
    assert alice.send(*made).status_code == 413
    assert alice.send(*made[:200]).status_code == 200


def test_an_entry_that_is_too_large_is_413_and_named(alice: Phone) -> None:
    large = alice.mutation(set={"notes": "x" * 65_536})
    answer = alice.send(alice.mutation(), large)
    assert answer.status_code == 413
    assert answer.get_json() == {"proto": 1, "error": "too_large", "mid": large["mid"]}
    assert alice.entries() == {}


def test_a_database_that_is_busy_asks_for_patience(
    alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_busy(*_args: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(pull, "pull", be_busy)
    answer = alice.client.get(PULL, headers=HEADERS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.get_json()["error"] == "busy"


@pytest.mark.parametrize("path", [PUSH, PULL])
def test_other_methods_are_not_known(alice: Phone, path: str) -> None:
    answer = alice.client.delete(path, headers=HEADERS)
    assert answer.status_code == 405
    assert answer.get_json()["error"] == "method_not_allowed"
