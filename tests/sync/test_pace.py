"""A device that has lost its way is told to wait; nobody else waits with it."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from dbsapp.sync.pace import MINUTES
from tests.phones import HEADERS, Phone, sign_in

MOST = 5


@pytest.fixture(autouse=True)
def strict(app: Flask) -> None:
    """Let each rider ask five times."""
    app.config["SYNC_LIMIT"] = MOST


@pytest.fixture
def tired(alice: Phone) -> Phone:
    """Return Alice's phone, which has asked as often as it may."""
    assert [ask(alice).status_code for _ in range(MOST)] == [200] * MOST
    return alice


def ask(phone: Phone) -> TestResponse:
    return phone.client.get("/api/sync/v1/pull", headers=HEADERS)


def test_who_asks_too_often_is_told_how_long_to_wait(tired: Phone) -> None:
    answer = ask(tired)
    assert answer.status_code == 429
    assert answer.get_json() == {"proto": 1, "error": "too_many_requests"}
    assert 0 < int(answer.headers["Retry-After"]) <= MINUTES * 60


def test_a_push_that_is_one_too_many_changes_nothing(app: Flask, tired: Phone) -> None:
    assert tired.send(tired.mutation()).status_code == 429
    app.config["SYNC_LIMIT"] = MOST + 10
    assert ask(tired).get_json()["changes"] == []


def test_all_devices_of_a_rider_count_as_one(app: Flask, tired: Phone) -> None:
    assert ask(Phone(sign_in(app, "alice"))).status_code == 429


def test_another_rider_goes_on(tired: Phone, charlie: Phone) -> None:
    assert ask(tired).status_code == 429
    assert ask(charlie).status_code == 200


def test_what_another_site_sends_in_the_riders_name_is_not_counted(alice: Phone) -> None:
    evil = {"X-Sync-Proto": "1", "Sec-Fetch-Site": "cross-site"}
    for _ in range(MOST + 1):
        assert alice.client.get("/api/sync/v1/pull", headers=evil).status_code == 403
    assert ask(alice).status_code == 200
