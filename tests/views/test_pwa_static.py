"""GET /static/…, /content.json and /poses.json"""

import pytest
from flask import Flask
from flask.testing import FlaskClient


def test_a_script_is_a_script(client: FlaskClient) -> None:
    response = client.get("/static/js/main.js")
    assert response.status_code == 200
    assert response.mimetype == "text/javascript"


@pytest.mark.parametrize("path", ["missing.js", "../app.py", "..%2fapp.py", "js", "js/"])
def test_what_is_no_static_file_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)]
)
def test_it_is_compressed_as_the_browser_likes(
    client: FlaskClient, accepted: str, encoding: str | None
) -> None:
    response = client.get("/content.json", headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in response.headers["Vary"]


def test_content_json_is_the_library_as_it_was_loaded(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/content.json").get_json()
    assert answer["version"] == app.extensions["library"].version
    assert set(answer["exercises"]) == set(app.extensions["library"].exercises)


def test_the_poses_are_json_for_everybody(client: FlaskClient) -> None:
    answer = client.get("/poses.json")
    assert answer.content_type == "application/json"
    assert "keys" in answer.get_json()["squat"]
    assert (
        client.get("/poses.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )
