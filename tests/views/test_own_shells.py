"""The shells of a rider's own routines: the same bytes for everybody, and nothing of anybody."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dbsapp.pwa.precache import release

ID = "0199aaaa-0000-7000-8000-000000000001"
ELEMENTS = {
    "/routines/mine": "my-routines",
    "/routines/compose": "routine-composer",
    f"/routines/mine/{ID}": "routine-composer",
    "/routines/shared": "shared-routine",
    f"/play/{ID}": "routine-player",
    "/play/shared": "routine-player",
}


@pytest.mark.parametrize(("path", "element"), ELEMENTS.items())
def test_a_shell_opens_for_everybody(client: FlaskClient, path: str, element: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert f"<{element}" in answer.text
    assert "<noscript>" in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "shell"),
    [
        (f"/routines/mine/{ID}", "/routines/compose"),
        (f"/play/{ID}", "/play/shell"),
        ("/play/shared", "/play/shell"),
    ],
)
def test_every_routine_has_the_one_shell_and_keeps_no_copy_of_its_own(
    app: Flask, client: FlaskClient, path: str, shell: str
) -> None:
    whole, own = client.get(shell), client.get(path)
    assert (own.data, own.headers["ETag"]) == (whole.data, whole.headers["ETag"])
    assert path not in app.extensions["published"]


@pytest.mark.parametrize("path", ["/routines/mine/1", "/routines/mine/shared", "/play/0199aaaa"])
def test_there_is_nothing_beside_them(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_phone_holds_all_of_them(app: Flask) -> None:
    held = release(app).files
    assert {"/routines/mine", "/routines/compose", "/routines/shared"} <= set(held)


def test_a_link_that_was_shared_is_not_for_search_engines(client: FlaskClient) -> None:
    assert '<meta name="robots" content="noindex">' in client.get("/routines/shared").text
