"""The phone holds every page and file that the app needs, and nothing personal."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from dbsapp.config import ROOT
from dbsapp.pwa import modules
from dbsapp.pwa.precache import OFFLINE, SHELL_OF, SHELLS, Release, page_urls, release

BUDGET = 655_000
#: What a script asks for once it runs.
LATER = re.compile(r"""\bimport\("([^"]+)"\)|"(/static/[^"]+\.css|/[a-z]+\.json)\"""")
LINK = re.compile(r"""(?:src|href)="(/[^"#?]*)""")


@pytest.fixture
def held(app: Flask) -> Release:
    return release(app)


def test_every_shell_is_served(app: Flask) -> None:
    assert set(SHELLS) <= set(page_urls(app))


def test_every_page_for_everybody_is_held_and_no_other_page(app: Flask) -> None:
    published = {name for name, view in app.view_functions.items() if "published" in vars(view)}
    routes = app.url_map.bind("")
    held = {routes.match(url)[0] for url in page_urls(app)}
    by_shell = {rule.endpoint for rule in app.url_map.iter_rules() if shell_of(rule.rule)}
    assert held <= published <= held | by_shell


def shell_of(rule: str) -> list[str]:
    """Return the shells that answer for a rule such as `/play/<slug>`."""
    example = re.sub("<uuid:.*?>", str(UUID(int=0)), rule)
    example = re.sub("<.*?>", "something", example)
    return [SHELL_OF[pattern] for pattern in SHELL_OF if re.search(pattern, example)]


def test_each_address_without_a_page_of_its_own_has_a_shell_that_is_held(held: Release) -> None:
    assert {OFFLINE, *SHELL_OF.values()} <= set(held.files)


def test_nothing_personal_is_held(app: Flask, held: Release) -> None:
    assert not [url for url in held.files if url.startswith(("/api/", "/accounts/"))]
    for url in page_urls(app):
        response = app.test_client().get(url)
        assert "Set-Cookie" not in response.headers, url
        assert "csrf_token" not in response.text, url


def test_every_asset_that_a_held_page_names_is_held_or_left_out_on_purpose(held: Release) -> None:
    named = {
        link
        for one in held.files.values()
        if one.mime == "text/html"
        for link in LINK.findall(one.body.decode())
        if link.startswith("/static/")
    }
    assert named - set(held.files) <= {
        "/static/icons/apple-touch-icon.png",
        "/static/version-figures.svg",  # inside <noscript>
    }


def test_every_link_of_a_held_page_leads_somewhere(app: Flask, held: Release) -> None:
    routes = app.url_map.bind("")
    for url, one in held.files.items():
        if one.mime == "text/html":
            dead = [link for link in LINK.findall(one.body.decode()) if not routes.test(link)]
            assert not dead, url


def test_every_import_is_held(held: Release) -> None:
    scripts = [url for url in held.files if url.endswith(".js")]
    assert "/static/js/main.js" in scripts
    for url in scripts:
        assert set(modules.imports(ROOT / "static", url)) <= set(held.files), url


def test_everything_that_a_script_loads_later_is_held(held: Release) -> None:
    found = {
        modules.resolve(url, name or address)
        for url, one in held.files.items()
        if one.mime == "text/javascript"
        for name, address in LATER.findall(one.body.decode())
    }
    assert {"/static/js/player/screens/begun.js", "/poses.json"} <= found
    assert found <= set(held.files)


def test_every_file_that_is_held_exists(held: Release) -> None:
    for url in held.files:
        if url.startswith("/static/"):
            assert Path(ROOT, url.lstrip("/")).is_file()


def test_the_whole_set_stays_within_its_budget(held: Release) -> None:
    size = sum(len(one.br if one.compressible else one.body) for one in held.files.values())
    print(  # noqa: T201 - the figure is wanted in the log
        f"\n{len(held.files)} files are held, {size:,} bytes compressed"
    )
    assert size <= BUDGET
