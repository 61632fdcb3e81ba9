"""A database that cannot be had now: every door says "later", none says that something broke."""

import uuid

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dbsapp.extensions import db
from tests.browser.engines.ports import free_port
from tests.phones import HEADERS, PASSWORD, Phone, sign_up
from tests.scale.conftest import AppOn

FORM = {"email": "alice@example.com", "password": PASSWORD}


@pytest.fixture
def stranded(app_on: AppOn) -> FlaskClient:
    """Return Alice's browser, signed in to an app whose database has gone away."""
    nowhere = f"postgresql+psycopg://dbs@127.0.0.1:{free_port()}/dbs"
    client = app_on(nowhere).test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{uuid.uuid4().hex}.token"
    return client


def is_calm(answer: TestResponse) -> bool:
    return answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0


def test_a_page_says_that_nothing_is_lost(stranded: FlaskClient) -> None:
    for path in ("/log/plain/", "/accounts/"):
        answer = stranded.get(path)
        assert is_calm(answer), path
        assert "Nothing is lost" in answer.text


def test_the_log_says_why(stranded: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    stranded.get("/log/plain/")
    assert "The database cannot be had now: connection" in caplog.text


def test_signing_in_and_registering_can_be_tried_again(stranded: FlaskClient) -> None:
    stranded.delete_cookie("session")
    for path in ("/accounts/login", "/accounts/register"):
        assert is_calm(stranded.post(path, data=FORM)), path


def test_the_app_on_the_phone_is_told_in_json(stranded: FlaskClient) -> None:
    answer = stranded.get("/api/session")
    assert is_calm(answer)
    assert answer.get_json()["error"] == "service_unavailable"


def test_the_sync_says_busy(stranded: FlaskClient) -> None:
    for answer in (
        stranded.get("/api/sync/v1/pull", headers=HEADERS),
        stranded.post("/api/sync/v1/push", json={}, headers=HEADERS),
    ):
        assert is_calm(answer)
        assert answer.get_json() == {"proto": 1, "error": "busy"}


def test_a_replica_that_is_not_the_primary_yet_is_waited_for(
    empty_database: str, app_on: AppOn
) -> None:
    primary = app_on(empty_database)
    with primary.app_context():
        db.create_all()
    phone = Phone(sign_up(primary, "alice"))
    read_only = f"{empty_database}&options=-cdefault_transaction_read_only%3Don"
    there = app_on(read_only).test_client()
    assert is_calm(there.post("/accounts/register", data=FORM | {"email": "bob@example.com"}))
    cookie = phone.client.get_cookie("session")
    assert cookie is not None
    there.set_cookie("session", cookie.value)
    phone.client = there
    assert is_calm(phone.send(phone.mutation()))
    assert phone.pull()["changes"] == []
