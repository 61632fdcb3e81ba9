"""`python -m dbsapp` as an operator meets it: a process, its environment, its last words."""

import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tests.browser.engines.ports import free_port
from tests.browser.server import ROOT, Server

START = (sys.executable, "-m", "dbsapp")


def last_words(home: Path = ROOT, **env: str) -> str:
    """Start the server where it cannot start; return what it says, once that is one sentence."""
    settings = {"PORT": str(free_port()), "SECRET_KEY": "k", "DATABASE_URL": "sqlite://", **env}
    ended = subprocess.run(START, env=settings, cwd=home, capture_output=True, text=True)
    assert ended.returncode == 1, ended
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr.strip()


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a tree of the app that a test may break: code and content copied, the rest linked."""
    home = tmp_path / "house"
    shutil.copytree(ROOT / "dbsapp", home / "dbsapp", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "migrations", "static", "templates"):
        (home / name).symlink_to(ROOT / name)
    return home


@pytest.fixture
def server(house: Path, tmp_path: Path) -> Iterator[Server]:
    """Return a server on that tree, with no secret given; it is not started yet."""
    server = Server(tmp_path, house, SECRET_KEY="")
    yield server
    server.stop()


def headers_of(url: str) -> Message:
    """Return the headers of a page that opens."""
    with urllib.request.urlopen(url) as response:
        headers: Message = response.headers
        return headers


def test_it_serves_on_the_port_and_host_that_it_is_given(server: Server) -> None:
    server.start()
    assert f"is on {server.url}" in server.log.read_text()
    assert headers_of(server.url)["Content-Type"].startswith("text/html")


def test_it_makes_a_secret_that_only_its_owner_can_read_and_keeps_it(
    server: Server, house: Path
) -> None:
    server.start()
    kept = house / "instance" / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    secret = kept.read_text()
    assert len(secret) == 64
    server.stop()
    server.start()
    assert kept.read_text() == secret


def test_it_signs_sessions_with_the_secret_that_it_is_given(tmp_path: Path) -> None:
    server = Server(tmp_path, SECRET_KEY="a secret of the operator")
    server.start()
    try:
        cookie = SimpleCookie(headers_of(f"{server.url}/accounts/login")["Set-Cookie"])
    finally:
        server.stop()
    reader = Flask("reader")
    reader.secret_key = "a secret of the operator"
    serializer = SecureCookieSessionInterface().get_signing_serializer(reader)
    assert serializer is not None
    assert serializer.loads(cookie["session"].value)


def test_it_names_a_busy_port_and_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        words = last_words(PORT=str(port))
    assert f"Port {port} is taken" in words
    assert f"PORT={port + 1}" in words


@pytest.mark.parametrize("port", ["eighty", "70000"])
def test_it_refuses_a_port_that_is_none(port: str) -> None:
    words = last_words(PORT=port)
    assert words.startswith(f"PORT is {port!r}; set it to")


def test_it_refuses_a_host_that_is_not_of_this_machine() -> None:
    assert "HOST" in last_words(HOST="203.0.113.1")
    assert "HOST" in last_words(HOST="no.such.host.invalid")


@pytest.mark.parametrize("url", ["not a url", "mysql://rider@localhost/dbs"])
def test_it_refuses_a_database_url_of_another_form(url: str) -> None:
    assert "DATABASE_URL" in last_words(DATABASE_URL=url)


def test_it_says_so_when_the_database_does_not_answer() -> None:
    url = f"postgresql://rider:hunter2@127.0.0.1:{free_port()}/dbs"
    words = last_words(DATABASE_URL=url)
    assert "check DATABASE_URL" in words
    assert "hunter2" not in words


def test_it_says_so_when_the_database_file_cannot_be_made(tmp_path: Path) -> None:
    words = last_words(DATABASE_URL=f"sqlite:///{tmp_path}/no/such/folder/dbs.sqlite3")
    assert "check DATABASE_URL" in words


def test_it_says_so_when_the_database_file_is_something_else(tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0 not a database at all " * 100)
    assert "check DATABASE_URL" in last_words(DATABASE_URL=f"sqlite:///{file}")


def test_it_leaves_a_database_alone_that_is_newer_than_the_code(tmp_path: Path) -> None:
    file = tmp_path / "newer.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('from_tomorrow')")
        database.commit()
        before = list(database.iterdump())
    words = last_words(DATABASE_URL=f"sqlite:///{file}")
    assert "newer than this code" in words
    assert "update the code" in words
    with closing(sqlite3.connect(file)) as database:
        assert list(database.iterdump()) == before


def test_it_names_the_file_and_the_key_of_broken_content(house: Path) -> None:
    file = house / "dbsapp/content/exercises/ac-01-glute-squeeze.toml"
    file.write_text(file.read_text().replace("gluteus-maximus", "gluteus-minimouse"))
    words = last_words(house)
    assert words.startswith(f"dbsapp/content/exercises/{file.name}: primary")
    assert "gluteus-minimouse" in words


def test_it_names_a_content_file_that_cannot_be_read_at_all(house: Path) -> None:
    file = house / "dbsapp/content/exercises/ac-01-glute-squeeze.toml"
    file.write_text("name = \n")
    assert last_words(house).startswith(f"dbsapp/content/exercises/{file.name}: ")
