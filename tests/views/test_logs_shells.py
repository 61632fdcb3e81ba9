"""The shells of the logbook: open to all, the same for all, with nothing of anybody in them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.phones import Phone, sign_up

ENTRY = "/log/0199aaaa-0000-7000-8000-000000000001"
SHELLS = {
    "/today": "Today",
    "/log/": "Log",
    "/log/new": "Log a session",
    "/log/entry": "A session",
    ENTRY: "A session",
    "/settings": "Settings",
    "/settings/sync": "Sync",
}


@pytest.mark.parametrize(("path", "heading"), SHELLS.items())
def test_a_shell_opens_for_everybody_without_a_detour(
    client: FlaskClient, path: str, heading: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert f"<h1>{heading}</h1>" in answer.text
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", SHELLS)
def test_a_shell_is_the_same_for_a_rider_as_for_a_stranger(app: Flask, path: str) -> None:
    alice = sign_up(app, "alice")
    Phone(alice).save(set={"date": "2026-03-01", "duration_s": 600, "notes": "Alice's own words"})
    seen = alice.get(path).data
    assert seen == app.test_client().get(path).data
    assert b"alice" not in seen
    assert b"csrf_token" not in seen


def test_every_entry_has_the_one_shell_and_keeps_no_copy_of_its_own(
    app: Flask, client: FlaskClient
) -> None:
    shell = client.get("/log/entry")
    for number in range(3):
        answer = client.get(f"/log/0199aaaa-0000-7000-8000-00000000000{number}")
        assert (answer.data, answer.headers["ETag"]) == (shell.data, shell.headers["ETag"])
    kept = [path for path in app.extensions["published"] if path.startswith("/log/0199")]
    assert kept == []


def test_the_shell_of_an_entry_answers_304_to_who_has_it(client: FlaskClient) -> None:
    etag = client.get("/log/entry").headers["ETag"]
    assert client.get(ENTRY, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["/log/nonsense", "/log/0199aaaa", "/log/entry/more"])
def test_there_is_nothing_beside_them(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", SHELLS)
def test_a_shell_takes_no_posts(client: FlaskClient, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    ("path", "plain"), [("/log/", "/log/plain/"), ("/log/new", "/log/plain/new")]
)
def test_without_javascript_there_is_a_way_on(client: FlaskClient, path: str, plain: str) -> None:
    noscript = client.get(path).text.split("<noscript>")[-1].split("</noscript>")[0]
    assert f'href="{plain}"' in noscript


def test_the_form_of_the_shell_is_shut_until_the_script_opens_it(client: FlaskClient) -> None:
    page = client.get("/log/new").text
    assert '<fieldset class="log-fields stack" disabled>' in page
    assert "maxlength" not in page.replace("data-max-length", "")


@pytest.mark.parametrize(
    "label",
    ["Routine", "Date", "Minutes", "Effort (0–10)", "Pain during (0–10)", "Notes"],
)
def test_the_fields_have_the_names_that_riders_and_screen_readers_rely_on(
    client: FlaskClient, label: str
) -> None:
    assert f">{label}</label>" in client.get("/log/new").text
