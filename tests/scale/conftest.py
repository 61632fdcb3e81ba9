"""A PostgreSQL database for one test alone, and apps that let go of it."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from dbsapp import create_app
from dbsapp.extensions import db
from tests.conftest import app_config

AppOn = Callable[[str], Flask]


@pytest.fixture
def empty_database(postgres: str) -> Iterator[str]:
    """Return the address of a database without tables, that is gone after the test."""
    name = f"scale_{uuid.uuid4().hex}"
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(postgres).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def app_on() -> Iterator[AppOn]:
    """Return what makes an app on the database of an address; the apps end with the test."""
    apps: list[Flask] = []

    def make(address: str) -> Flask:
        apps.append(create_app(app_config(address)))
        return apps[-1]

    yield make
    for app in apps:
        with app.app_context():
            db.engine.dispose()
