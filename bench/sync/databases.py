"""Databases to measure on, each with all tables and durable as an operator would run it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient

from dbsapp import create_app
from dbsapp.extensions import db, limiter
from dbsapp.serve import migrate_database
from tests.postgres import Postgres

SECRET = "bench"
#: Nothing is turned off that keeps data; only room for a database that fits a small machine.
DURABLE = ("shared_buffers=512MB", "max_wal_size=8GB", "max_connections=100")
CHEAP_HASHES = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
PASSWORD = "saddle sore no more"
#: All who ask go by this name, in `phone.mjs` and `push.lua` too: a session that moves to another
#: browser gets a new cookie, as a phone's does not.
USER_AGENT = "bench"


@contextmanager
def database(name: str) -> Iterator[str]:
    """Yield the address of an empty database with all tables: "sqlite" or "postgresql"."""
    if name == "sqlite":
        with tempfile.TemporaryDirectory() as folder, made(f"sqlite:///{folder}/b.sqlite3") as url:
            yield url
    else:
        with postgresql() as address, made(address) as url:
            yield url


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL of our own and yield the address of its first database."""
    server = Postgres(DURABLE)
    server.start()
    try:
        yield server.address
    finally:
        server.close()


@contextmanager
def made(address: str) -> Iterator[str]:
    """Make all tables at `address`."""
    with app_on(address) as app:
        migrate_database(app)
    yield address


@contextmanager
def app_on(address: str) -> Iterator[Flask]:
    """Yield an app of ours on a database, within its context, and close its connections."""
    app = create_app(
        {
            "SECRET_KEY": SECRET,
            "SQLALCHEMY_DATABASE_URI": address,
            "RATELIMIT_ENABLED": False,
            "WTF_CSRF_ENABLED": False,
            "ARGON2": CHEAP_HASHES,
        }
    )
    limiter.enabled = False
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def sign_up(app: Flask, name: str) -> FlaskClient:
    """Make an account and return a client that is signed in to it."""
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = USER_AGENT
    form = {"email": f"{name}@example.com", "password": PASSWORD}
    if client.post("/accounts/register", data=form).status_code != 303:
        raise RuntimeError(f"{name} could not register")
    return client


def cookie_of(client: FlaskClient) -> str:
    """Return the Cookie header that `client` sends: our servers share the key that signs it."""
    cookies = [client.get_cookie(name) for name in ("session", "remember_token")]
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies if cookie)


def riders(address: str, names: list[str]) -> dict[str, tuple[str, str]]:
    """Make accounts; return of each rider the public id and the Cookie header."""
    with app_on(address) as app:
        return {name: _rider(app, name) for name in names}


def _rider(app: Flask, name: str) -> tuple[str, str]:
    # What Flask-Login knows of who asks is kept in the context: each rider has one of their own.
    with app.app_context():
        client = sign_up(app, name)
        return client.get("/api/session").get_json()["rider"]["id"], cookie_of(client)
