"""GET /manifest.webmanifest"""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from dbsapp.config import ROOT
from tests.pictures import picture_size


def manifest(client: FlaskClient) -> dict[str, Any]:
    manifest: dict[str, Any] = client.get("/manifest.webmanifest").get_json()
    return manifest


def test_it_has_the_type_of_a_manifest(client: FlaskClient) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.content_type == "application/manifest+json"


def test_it_identifies_the_app_for_ever(client: FlaskClient) -> None:
    found = manifest(client)
    assert (found["id"], found["scope"]) == ("/", "/")
    assert found["start_url"] == "/today?source=pwa"
    assert found["display"] == "standalone"


def test_it_has_the_name_that_the_operator_gave_the_site(app: Flask) -> None:
    app.config["SITE_NAME"] = "Tuesday Night Riders"
    assert manifest(app.test_client())["name"] == "Tuesday Night Riders"


def test_icons_for_every_launcher_are_of_the_size_they_claim(client: FlaskClient) -> None:
    icons = manifest(client)["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in icons:
        assert picture_size(client.get(icon["src"]).data) == icon["sizes"]


def test_screenshots_are_small_and_of_the_size_they_claim(client: FlaskClient) -> None:
    pictures = manifest(client)["screenshots"]
    assert {picture["form_factor"] for picture in pictures} == {"narrow", "wide"}
    for picture in pictures:
        assert picture["label"]
        image = client.get(picture["src"]).data
        assert picture_size(image) == picture["sizes"]
        assert len(image) < 60_000


def test_shortcuts_lead_to_pages_that_exist(client: FlaskClient) -> None:
    urls = [shortcut["url"] for shortcut in manifest(client)["shortcuts"]]
    assert [url.partition("?")[0] for url in urls] == ["/today", "/log/new"]
    for url in urls:
        assert client.get(url).status_code == 200


def test_the_icon_for_iphones_has_no_transparent_pixel() -> None:
    # Colour type 2 is RGB: there is no alpha channel at all (PNG specification, IHDR).
    image = (ROOT / "static" / "icons" / "apple-touch-icon.png").read_bytes()
    assert picture_size(image) == "180x180"
    assert image[25] == 2
