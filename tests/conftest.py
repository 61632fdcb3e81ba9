"""What every test may use: an app on a fresh database, and a client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dbsapp import create_app
from dbsapp.extensions import db


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Return an app on an empty SQLite database of its own."""
    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "test",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'test.sqlite3'}",
            "RATELIMIT_ENABLED": False,
        }
    )
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of `app` that is not signed in."""
    return app.test_client()
