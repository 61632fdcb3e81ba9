"""Registering, signing in and out, and who the app says it is."""

import datetime as dt
import re
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from dbsapp.accounts import passwords, service
from dbsapp.accounts.models import Rider
from dbsapp.accounts.signing import is_own_path
from dbsapp.extensions import db
from tests.phones import PASSWORD, sign_in, sign_up

pytestmark = pytest.mark.both_databases

REGISTER, LOGIN = "/accounts/register", "/accounts/login"
ALICE = {"email": "alice@example.com", "password": PASSWORD}


def who(client: FlaskClient) -> Any:
    return client.get("/api/session").get_json()["rider"]


def test_registering_signs_in_and_goes_to_the_log(client: FlaskClient) -> None:
    answer = client.post(REGISTER, data=ALICE)
    assert (answer.status_code, answer.location) == (303, "/log/")
    assert who(client)["email"] == "alice@example.com"


def test_the_session_tells_a_rider_by_a_public_id(client: FlaskClient) -> None:
    client.post(REGISTER, data=ALICE)
    answer = client.get("/api/session")
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.get_json()
    assert told["proto"] == 1
    assert told["csrf_token"]
    assert re.fullmatch(r"u_[0-9a-f]{32}", told["rider"]["id"])


def test_nobody_is_signed_in_at_first(client: FlaskClient) -> None:
    assert who(client) is None


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        ("", PASSWORD, "Type your email address."),
        ("alice", PASSWORD, "Type an email address such as"),
        ("a" * 250 + "@example.com", PASSWORD, "Type an email address such as"),
        ("alice@example.com", "", "Choose a password."),
        ("alice@example.com", "ninechars", "at least 10 characters"),
        ("alice@example.com", "x" * 201, "at most 200"),
        ("alice@example.com", "Alice@Example.com", "something other than your email"),
        ("alice@example.com", "1234567890", "Half the internet"),
        ("alice@example.com", "Manchester", "Half the internet"),
    ],
)
def test_registering_refuses_beside_the_field_and_keeps_the_email(
    client: FlaskClient, email: str, password: str, sentence: str
) -> None:
    answer = client.post(REGISTER, data={"email": email, "password": password})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{email}"' in page
    assert not password or f'value="{password}"' not in page
    assert who(client) is None


def test_an_email_that_has_an_account_is_offered_to_sign_in(app: Flask) -> None:
    sign_up(app, "alice")
    answer = app.test_client().post(
        REGISTER + "?next=/today", data=ALICE | {"email": "ALICE@example.com"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There is an account with this email already." in page
    assert 'href="/accounts/login?next=/today"' in page
    assert 'value="ALICE@example.com"' in page


def test_two_who_register_one_email_at_once_make_one_account(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(app, "alice")
    monkeypatch.setattr(service, "rider_by_email", lambda _email: None)
    answer = app.test_client().post(REGISTER, data=ALICE)
    assert "There is an account with this email already." in answer.get_data(as_text=True)


def test_signing_in_takes_any_case_of_the_email(app: Flask, client: FlaskClient) -> None:
    sign_up(app, "alice")
    answer = client.post(LOGIN, data=ALICE | {"email": " Alice@EXAMPLE.com "})
    assert answer.status_code == 303
    assert who(client)["email"] == "alice@example.com"


def test_nobody_waits_while_a_password_is_checked(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(app, "alice")
    verify = passwords.verify

    def write_meanwhile(*args: Any) -> bool:
        with db.engine.begin() as connection:
            connection.execute(update(Rider).values(created_at=Rider.created_at))
        return verify(*args)

    monkeypatch.setattr(passwords, "verify", write_meanwhile)
    sign_in(app, "alice")


def test_a_password_may_be_typed_on_any_keyboard(client: FlaskClient) -> None:
    client.post(REGISTER, data=ALICE | {"password": "cafe\u0301 saddle"})
    client.post("/accounts/logout")
    client.post(LOGIN, data=ALICE | {"password": "caf\u00e9 saddle"})
    assert who(client) is not None


def test_every_wrong_sign_in_gets_the_same_page(app: Flask, client: FlaskClient) -> None:
    sign_up(app, "alice")
    wrong = client.post(LOGIN, data=ALICE | {"password": "not this one"})
    unknown = client.post(LOGIN, data={"email": "bobby@example.com", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 422
    page = wrong.get_data(as_text=True)
    assert "That email and password do not belong together." in page
    assert 'value="alice@example.com"' in page
    other = unknown.get_data(as_text=True).replace("bobby@example.com", "alice@example.com")
    assert page == other
    assert who(client) is None


def test_an_unknown_email_costs_as_much_work_as_a_known_one(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(app, "alice")
    worked: list[str] = []
    verify = PasswordHasher.verify

    def count(self: PasswordHasher, hash_: str, password: str) -> bool:
        worked.append(hash_.rpartition("$")[0].rpartition("$")[0])
        return bool(verify(self, hash_, password))

    monkeypatch.setattr(PasswordHasher, "verify", count)
    client.post(LOGIN, data=ALICE | {"password": "not this one"})
    client.post(LOGIN, data={"email": "bobby@example.com", "password": "not this one"})
    assert len(worked) == 2
    assert worked[0] == worked[1]


def test_passwords_are_kept_as_argon2id_and_renewed_when_costs_change(app: Flask) -> None:
    sign_up(app, "alice")
    app.config["ARGON2"] = app.config["ARGON2"] | {"memory_cost": 16}
    sign_in(app, "alice")
    with app.app_context():
        kept = db.session.scalar(select(Rider.password_hash))
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert "m=16," in kept


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/today", "/today"),
        ("/log/new?from=plan", "/log/new?from=plan"),
        ("//evil.example", "/log/"),
        ("https://evil.example/", "/log/"),
        ("https:///evil.example", "/log/"),
        ("/\\evil.example", "/log/"),
        ("\\evil.example", "/log/"),
        ("javascript:alert(1)", "/log/"),
        ("/\t/evil.example", "/log/"),
        ("/\n/evil.example", "/log/"),
        (" /today", "/log/"),
        ("today", "/log/"),
        ("", "/log/"),
    ],
)
def test_after_signing_in_it_goes_to_paths_of_ours_only(
    app: Flask, client: FlaskClient, target: str, goes_to: str
) -> None:
    sign_up(app, "alice")
    answer = client.post(LOGIN, query_string={"next": target}, data=ALICE)
    assert answer.location == goes_to


@pytest.mark.parametrize("char", [chr(code) for code in (*range(33), 127, 0x85, 0xA0, 0x2028)])
def test_a_path_with_a_character_that_browsers_drop_is_not_ours(char: str) -> None:
    assert not is_own_path(f"/{char}/evil.example")


def test_who_is_signed_in_already_goes_on_at_once(app: Flask) -> None:
    alice = sign_up(app, "alice")
    for path in (LOGIN, REGISTER):
        assert alice.get(path + "?next=/today").location == "/today"


def test_signing_out_is_a_post_and_forgets(app: Flask) -> None:
    alice = sign_up(app, "alice")
    assert alice.get("/accounts/logout").status_code == 405
    assert who(alice) is not None
    assert alice.post("/accounts/logout").location == "/"
    assert who(alice) is None


def test_a_rider_is_remembered_for_90_days_when_the_browser_was_closed(app: Flask) -> None:
    alice = sign_up(app, "alice")
    remembered = alice.get_cookie("remember_token")
    assert remembered is not None
    assert remembered.http_only
    assert remembered.same_site == "Lax"
    assert remembered.expires is not None
    ends = remembered.expires - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=89, hours=23) < ends <= dt.timedelta(days=90)
    alice.delete_cookie("session")
    assert who(alice) is not None


def test_the_90_days_are_counted_anew_once_a_day(app: Flask) -> None:
    """An answer that comes after another tab has signed out must not bring a sign-in along."""
    alice = sign_up(app, "alice")
    alice.get("/api/session")
    assert alice.get("/api/session").headers.getlist("Set-Cookie") == []


def test_opening_the_app_counts_the_90_days_anew(app: Flask) -> None:
    alice = sign_up(app, "alice")
    answer = alice.get("/api/session")
    assert any(one.startswith("remember_token=") for one in answer.headers.getlist("Set-Cookie"))


def test_public_pages_set_no_cookie(app: Flask) -> None:
    alice = sign_up(app, "alice")
    assert "Set-Cookie" not in alice.get("/").headers


def test_what_was_in_the_session_before_signing_in_is_gone(app: Flask, client: FlaskClient) -> None:
    sign_up(app, "alice")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = client.get("/api/session").get_json()["csrf_token"]
    client.post(LOGIN, data=ALICE)
    with client.session_transaction() as session:
        assert "planted" not in session
    assert client.get("/api/session").get_json()["csrf_token"] != before


@pytest.mark.parametrize("cookie", ["", "x", "0" * 32, "0" * 32 + ".token"])
def test_a_cookie_that_names_nobody_signs_nobody_in(client: FlaskClient, cookie: str) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = cookie
    assert who(client) is None


def test_a_new_token_ends_every_sign_in(app: Flask) -> None:
    alice = sign_up(app, "alice")
    with app.app_context():
        db.session.execute(update(Rider).values(session_token="another"))
        db.session.commit()
    assert who(alice) is None


@pytest.mark.parametrize("path", [REGISTER, LOGIN])
def test_the_forms_work_without_a_script_and_are_never_kept(
    app: Flask, client: FlaskClient, path: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.get(path)
    page = answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.post(path, data=ALICE).status_code == 400
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    assert "autocomplete" in page
    if path == REGISTER:
        assert client.post(path, data=ALICE | {"csrf_token": token[1]}).status_code == 303
    else:
        sent = client.post(path, data=ALICE | {"csrf_token": token[1]})
        assert "do not belong together" in sent.get_data(as_text=True)
