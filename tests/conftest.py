"""What every test may use: an app on an empty database, a client, and riders.

Tests run on SQLite; those marked `both_databases` run on a real PostgreSQL as well.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from dbsapp import create_app
from dbsapp.extensions import db, limiter
from tests.postgres import running_server

#: The cheapest hashes that argon2 makes: the tests sign in hundreds of times.
CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


def pytest_configure(config: pytest.Config) -> None:
    """Name our mark."""
    config.addinivalue_line("markers", "both_databases: run on SQLite and on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test the databases that it runs on."""
    if "database" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases")
        names = ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("database", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Return the address of a PostgreSQL database that the tests have for themselves."""
    with running_server() as address:
        yield address


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a database; the parameter says of which kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.sqlite3'}"
    address: str = request.getfixturevalue("postgres")
    return address


@pytest.fixture(scope="session")
def kept_app(database: str) -> Iterator[Flask]:
    """Return an app with all tables; made once a database, for it takes a while."""
    app = create_app(app_config(database))
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.drop_all()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(kept_app: Flask) -> Iterator[Flask]:
    """Return an app on an empty database; what a test does to its settings is undone."""
    settings = dict(kept_app.config)
    limiter.enabled = False  # one limiter serves all apps, and the one made last may have set it
    yield kept_app
    kept_app.config.clear()
    kept_app.config.update(settings)
    kept_app.extensions["published"].clear()
    with kept_app.app_context():
        empty_tables()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of `app` that is not signed in."""
    return app.test_client()


def app_config(address: str, **more: Any) -> dict[str, Any]:
    """Return the settings of an app under test."""
    return {
        "TESTING": True,
        "SECRET_KEY": "test",
        "SQLALCHEMY_DATABASE_URI": address,
        "RATELIMIT_ENABLED": False,
        "WTF_CSRF_ENABLED": False,
        "ARGON2": CHEAP,
        **more,
    }


def empty_tables() -> None:
    """Remove all rows of the current app's database."""
    db.session.remove()
    tables = list(reversed(db.metadata.sorted_tables))
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(table.name for table in tables)
            connection.execute(text(f"TRUNCATE {names} CASCADE"))
        else:
            for table in tables:
                connection.execute(table.delete())
