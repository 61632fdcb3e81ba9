"""A rider's own account: who may see it, a new password, the end of it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dbsapp.accounts.models import DeletedRider
from dbsapp.extensions import db
from tests.phones import HEADERS, PASSWORD, Phone, sign_in, sign_up

pytestmark = pytest.mark.both_databases

NEW = "chamois cream and hope"
PAGES = ["/accounts/", "/accounts/password", "/accounts/delete"]


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_is_asked_to_and_comes_back(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.location == f"/accounts/login?next={path}"


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_are_for_their_rider_and_never_kept(app: Flask, path: str) -> None:
    answer = sign_up(app, "alice").get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "alice@example.com" in answer.get_data(as_text=True)


def test_the_overview_lists_the_riders_own_devices(app: Flask) -> None:
    alice, charlie = sign_up(app, "alice"), sign_up(app, "charlie")
    assert "No device has sent anything yet." in alice.get("/accounts/").get_data(as_text=True)
    Phone(charlie).send(app_version="6.6.6")
    Phone(alice).send(app_version="1.2.3")
    page = alice.get("/accounts/").get_data(as_text=True)
    assert "1.2.3" in page
    assert "6.6.6" not in page
    assert "all but this one then have to sign in again" in page


def test_a_new_password_keeps_this_device_in_and_signs_the_others_out(app: Flask) -> None:
    phone = sign_up(app, "alice")
    laptop = sign_in(app, "alice")
    form = {"password": PASSWORD, "new_password": NEW}
    answer = phone.post("/accounts/password", data=form, follow_redirects=True)
    assert "Your password is changed." in answer.get_data(as_text=True)
    assert phone.get("/accounts/").status_code == 200
    refused = laptop.get("/api/sync/v1/pull", headers=HEADERS)
    assert (refused.status_code, refused.get_json()["error"]) == (401, "auth_required")
    old = app.test_client().post(
        "/accounts/login", data={"email": "alice@example.com", "password": PASSWORD}
    )
    assert old.status_code == 422


@pytest.mark.parametrize(
    ("password", "new", "sentence"),
    [
        ("not this one", NEW, "That is not your password."),
        ("", NEW, "Type your password."),
        (PASSWORD, "short", "at least 10 characters"),
        (PASSWORD, "alice@example.com", "something other than your email"),
        (PASSWORD, "", "Choose a new password."),
    ],
)
def test_a_new_password_is_refused_beside_its_field(
    app: Flask, password: str, new: str, sentence: str
) -> None:
    alice = sign_up(app, "alice")
    form = {"password": password, "new_password": new}
    answer = alice.post("/accounts/password", data=form)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    sign_in(app, "alice")


def test_deleting_the_account_leaves_no_row_that_names_the_rider(app: Flask) -> None:
    alice, charlie = Phone(sign_up(app, "alice")), Phone(sign_up(app, "charlie"))
    for phone in (alice, charlie):
        entry = phone.mutation()
        edit = phone.mutation("patch", id=entry["id"], set={"effort": 7})
        phone.push(entry, edit)  # all is well, so the device is noted too
        phone.push(phone.mutation(set={}))
        phone.save("patch", id=phone.mutation()["id"])
    before = count_rows(app)
    answer = alice.client.post("/accounts/delete", data={"password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/accounts/login?deleted=")
    after = count_rows(app)
    assert all(rows > 0 for rows in before.values())
    assert after == {name: rows // 2 for name, rows in before.items()}
    assert len(charlie.entries()) == 1


def count_rows(app: Flask) -> dict[str, int]:
    """Count the rows of every table that holds something of a rider."""
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in db.metadata.sorted_tables
            if table.name != DeletedRider.__tablename__
        }


def test_every_device_is_told_that_the_account_is_gone(app: Flask) -> None:
    phone, laptop = Phone(sign_up(app, "alice")), Phone(sign_in(app, "alice"))
    phone.client.post("/accounts/delete", data={"password": PASSWORD})
    for device in (phone, laptop):
        pulled = device.client.get("/api/sync/v1/pull", headers=HEADERS)
        pushed = device.send(device.mutation())
        for answer in (pulled, pushed):
            assert (answer.status_code, answer.get_json()["error"]) == (410, "account_deleted")
        session = device.client.get("/api/session").get_json()
        assert (session["rider"], session["deleted"]) == (None, True)
        assert device.client.get("/accounts/").status_code == 302


def test_the_same_email_can_begin_again_with_an_empty_log(app: Flask) -> None:
    phone = Phone(sign_up(app, "alice"))
    phone.push(phone.mutation())
    phone.client.post("/accounts/delete", data={"password": PASSWORD})
    again = Phone(sign_up(app, "alice"))
    assert again.user != phone.user
    assert again.entries() == {}


def test_deleting_needs_the_password_and_a_post(app: Flask) -> None:
    alice = sign_up(app, "alice")
    answer = alice.post("/accounts/delete", data={"password": "not this one"})
    assert answer.status_code == 422
    assert "That is not your password." in answer.get_data(as_text=True)
    assert alice.get("/accounts/delete").status_code == 200
    assert alice.get("/accounts/").status_code == 200
