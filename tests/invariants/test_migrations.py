"""The migrations make the tables that the models describe, on both databases, and have one head."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

from dbsapp import create_app
from dbsapp.accounts.models import Rider
from dbsapp.config import ROOT
from dbsapp.extensions import db
from dbsapp.sync.ids import uuid7
from dbsapp.sync.models import Entry, SyncRider
from dbsapp.sync.protocol import entry_hash
from tests.conftest import app_config

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.both_databases


@pytest.fixture
def bare_app(database: str, tmp_path: Any) -> Iterator[Flask]:
    """Return an app whose database has no tables."""
    if database.startswith("sqlite"):
        database = f"sqlite:///{tmp_path / 'bare.sqlite3'}"
    else:
        database += "&options=-csearch_path%3Dbare"
    app = create_app(app_config(database))
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("CREATE SCHEMA bare"))
            db.session.commit()
    yield app
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("DROP SCHEMA bare CASCADE"))
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


def differences() -> list[Any]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        found: list[Any] = compare_metadata(context, db.metadata)
        return found


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_the_migrations_make_what_the_models_describe(bare_app: Flask) -> None:
    with bare_app.app_context():
        assert differences()
        upgrade()
        assert differences() == []


def test_they_can_be_taken_back(bare_app: Flask) -> None:
    with bare_app.app_context():
        upgrade()
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() in ([], ["alembic_version"])


def test_the_sum_of_what_lives_is_made_anew(bare_app: Flask) -> None:
    alice, alive, dead = uuid.uuid4(), uuid7(1), uuid7(2)
    who = {"id": alice, "email": "alice@example.org", "created_at": NOW}
    made = {"rider_id": alice, "kind": "ride", "rev": 3, "server_at": 1, "device_id": alice}
    with bare_app.app_context():
        upgrade(revision="0003")
        db.session.add(Rider(**who, password_hash="", session_token=""))
        db.session.flush()
        db.session.add(SyncRider(rider_id=alice, epoch="e", live_count=1, live_hash=7))
        db.session.add(Entry(**made, id=alive, seq=1, deleted=False))
        db.session.add(Entry(**made, id=dead, seq=2, deleted=True))
        db.session.commit()
        upgrade()
        assert db.session.scalar(select(SyncRider.live_hash)) == entry_hash(alive.int, 3)


def test_every_constraint_has_its_conventional_name(bare_app: Flask) -> None:
    with bare_app.app_context():
        upgrade()
        schema = inspect(db.engine)
        for table in db.metadata.sorted_tables:
            names = {one["name"] for one in schema.get_unique_constraints(table.name)}
            names |= {one["name"] for one in schema.get_foreign_keys(table.name)}
            names.add(schema.get_pk_constraint(table.name)["name"])
            assert names == {one.name for one in table.constraints}
