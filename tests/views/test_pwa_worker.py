"""GET /sw.js"""

import json
import os
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dbsapp import create_app
from dbsapp.config import ROOT


@pytest.fixture
def own_static(app: Flask, tmp_path: Path) -> Path:
    """Give the app a copy of the static files, which a test may change."""
    app.config["STATIC_ROOT"] = str(copytree(ROOT / "static", tmp_path / "static"))
    return tmp_path / "static"


def release(client: FlaskClient) -> dict[str, Any]:
    first_line = client.get("/sw.js").text.split("\n", 1)[0]
    release: dict[str, Any] = json.loads(first_line.removeprefix("self.RELEASE = ").rstrip(";"))
    return release


def test_it_is_a_script_for_the_whole_site_that_is_always_asked_for_again(
    client: FlaskClient,
) -> None:
    response = client.get("/sw.js")
    assert response.status_code == 200
    assert response.content_type == "text/javascript; charset=utf-8"
    assert "no-cache" in response.headers["Cache-Control"]


def test_it_begins_with_the_list_and_goes_on_with_the_worker(client: FlaskClient) -> None:
    assert len(release(client)["version"]) == 12
    assert (ROOT / "static" / "sw.js").read_text() in client.get("/sw.js").text


def test_it_is_the_same_as_long_as_nothing_changes(client: FlaskClient) -> None:
    first = client.get("/sw.js")
    again = client.get("/sw.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_hashes_are_those_of_what_is_served(client: FlaskClient) -> None:
    for path, (digest, mime) in release(client)["files"].items():
        response = client.get(path)
        assert response.headers["ETag"].strip('"') == digest, path
        assert response.mimetype == mime, path


def test_a_changed_asset_changes_its_hash_and_the_version_and_nothing_else(
    client: FlaskClient, own_static: Path
) -> None:
    before = release(client)
    (own_static / "css" / "app.css").write_text("/* new */")
    after = release(client)
    changed = [path for path in after["files"] if after["files"][path] != before["files"][path]]
    assert changed == ["/static/css/app.css"]
    assert after["version"] != before["version"]


@pytest.mark.parametrize("file", ["sw.js", "js/bg/worker.js"])
def test_a_changed_worker_makes_a_new_version_of_the_same_list(
    client: FlaskClient, own_static: Path, file: str
) -> None:
    before = release(client)
    with (own_static / file).open("a") as worker:
        worker.write("// new")
    after = release(client)
    assert after["files"] == before["files"]
    assert after["version"] != before["version"]


def test_another_security_policy_renews_what_is_held(client: FlaskClient) -> None:
    strict = create_app({"TESTING": True, "SITE_URL": "https://dbs.example"})
    assert release(strict.test_client())["headers"] != release(client)["headers"]


def test_a_page_that_fails_stops_the_list(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "plan.why", lambda: ("broken", 500))
    with pytest.raises(RuntimeError, match="/why must be held"):
        client.get("/sw.js")


def test_every_worker_process_makes_the_same_list(client: FlaskClient, tmp_path: Path) -> None:
    other = create_app({"TESTING": True, "SECRET_KEY": os.urandom(8).hex()})
    assert release(other.test_client()) == release(client)
