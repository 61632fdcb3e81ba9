"""How often a password may be tried."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dbsapp import create_app
from dbsapp.extensions import db, limiter
from tests.conftest import app_config, empty_tables
from tests.phones import PASSWORD, sign_up

WRONG = "not this one"


@pytest.fixture
def strict(database: str) -> Iterator[Flask]:
    """Return an app that counts tries."""
    app = create_app(app_config(database, RATELIMIT_ENABLED=True))
    with app.app_context():
        db.create_all()
        limiter.reset()
    yield app
    with app.app_context():
        limiter.reset()
        empty_tables()
        db.engine.dispose()
    limiter.enabled = False


def try_sign_in(client: FlaskClient, name: str, password: str, address: str = "10.0.0.1") -> int:
    form = {"email": f"{name}@example.com", "password": password}
    environ = {"REMOTE_ADDR": address}
    return client.post("/accounts/login", data=form, environ_base=environ).status_code


def test_ten_wrong_passwords_for_one_email_are_enough_from_wherever(strict: Flask) -> None:
    sign_up(strict, "alice")
    client = strict.test_client()
    tries = [try_sign_in(client, "alice", WRONG, f"10.0.0.{n}") for n in range(11)]
    assert tries == [422] * 10 + [429]
    assert try_sign_in(client, "alice", PASSWORD, "10.0.0.99") == 429
    assert try_sign_in(client, "bobby", WRONG, "10.0.0.99") == 422


def test_thirty_wrong_tries_from_one_address_are_enough_for_whoever(strict: Flask) -> None:
    client = strict.test_client()
    tries = [try_sign_in(client, f"rider{n}", WRONG) for n in range(31)]
    assert tries == [422] * 30 + [429]
    assert try_sign_in(client, "rider", WRONG, "10.0.0.2") == 422


def test_signing_in_rightly_is_never_counted(strict: Flask) -> None:
    sign_up(strict, "alice")
    for _ in range(12):
        assert try_sign_in(strict.test_client(), "alice", PASSWORD) == 303


def test_the_form_comes_back_with_what_was_typed(strict: Flask) -> None:
    client = strict.test_client()
    for _ in range(10):
        try_sign_in(client, "alice", WRONG)
    form = {"email": "alice@example.com", "password": WRONG}
    answer = client.post("/accounts/login", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 429
    assert "Take ten minutes" in page
    assert 'value="alice@example.com"' in page
    assert WRONG not in page
    assert "Retry-After" in answer.headers


def test_one_address_makes_twenty_accounts_an_hour(strict: Flask) -> None:
    for number in range(20):
        sign_up(strict, f"rider{number}")
    form = {"email": "rider21@example.com", "password": PASSWORD}
    assert strict.test_client().post("/accounts/register", data=form).status_code == 429


@pytest.mark.parametrize("path", ["/accounts/password", "/accounts/delete"])
def test_the_password_of_a_signed_in_rider_cannot_be_guessed_either(
    strict: Flask, path: str
) -> None:
    alice = sign_up(strict, "alice")
    form = {"password": WRONG, "new_password": "chamois cream and hope"}
    tries = [alice.post(path, data=form).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]
