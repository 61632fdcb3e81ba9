"""`flask distribute`: where every table goes, and what it says where there is no Citus."""

import pytest
from flask import Flask
from sqlalchemy import (
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from dbsapp.distribute import KEY, placements
from dbsapp.extensions import db
from tests.scale.conftest import AppOn

#: What stands in for Citus here: it notes what it is asked.
STAND_IN = """
CREATE TABLE citus_tables (table_name regclass);
CREATE FUNCTION create_reference_table(what regclass) RETURNS void
    LANGUAGE sql AS 'INSERT INTO citus_tables VALUES (what)';
CREATE FUNCTION create_distributed_table(what regclass, by text, colocate_with text) RETURNS void
    LANGUAGE sql AS 'INSERT INTO citus_tables VALUES (what)';
"""


def test_it_says_so_plainly_where_there_is_no_citus(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["distribute"])
    assert done.exit_code == 1
    assert done.output.count("\n") == 1
    assert "has no Citus extension" in done.output


def test_a_plain_postgresql_is_left_as_it_is(empty_database: str, app_on: AppOn) -> None:
    app = app_on(empty_database.replace("dbs@", "dbs:hunter2@"))
    done = app.test_cli_runner().invoke(args=["distribute"])
    assert done.exit_code == 1
    assert "nothing was changed" in done.output
    assert "hunter2" not in done.output


def test_it_places_every_table_once(empty_database: str, app_on: AppOn) -> None:
    app = app_on(empty_database)
    with app.app_context():
        db.create_all()
        with db.engine.begin() as connection:
            connection.execute(text(STAND_IN))
        first = app.test_cli_runner().invoke(args=["distribute"])
        again = app.test_cli_runner().invoke(args=["distribute"])
        assert (first.exit_code, again.exit_code) == (0, 0), first.output + again.output
        placed = db.session.scalars(text("SELECT table_name::text FROM citus_tables")).all()
    assert sorted(placed) == sorted(db.metadata.tables)
    assert again.output == "Every table is in its place.\n"


@pytest.mark.usefixtures("app")
def test_the_statements_are_those_of_citus() -> None:
    statements = dict(placements(db.metadata))
    assert statements["rider"] == "SELECT create_reference_table('rider')"
    first, *others = (text for text in statements.values() if "distributed" in text)
    assert first.endswith("'rider_id', colocate_with => 'none')")
    beside = first.split("'")[1]
    assert others
    assert all(one.endswith(f"'rider_id', colocate_with => '{beside}')") for one in others)


def is_split(table: Table) -> bool:
    return KEY in table.columns


def names(constraint: ForeignKeyConstraint) -> dict[str, str]:
    """Return the columns of a foreign key with those that they point to."""
    return {element.parent.name: element.column.name for element in constraint.elements}


@pytest.mark.usefixtures("app")
def test_what_must_be_unique_is_so_within_a_rider() -> None:
    """Citus checks a unique key on one server, so the key must lead there."""
    for table in filter(is_split, db.metadata.sorted_tables):
        unique = (UniqueConstraint, PrimaryKeyConstraint)
        keys = [one for one in table.constraints if isinstance(one, unique)]
        assert all(KEY in key.columns for key in keys), table.name
        assert all(KEY in index.columns for index in table.indexes if index.unique), table.name


@pytest.mark.usefixtures("app")
def test_foreign_keys_stay_with_their_rider() -> None:
    """Citus checks a foreign key on one server: within a rider, or to what is on every server."""
    for table in db.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if is_split(key.referred_table):
                assert is_split(table), key.name
                assert names(key).get(KEY) == KEY, key.name


@pytest.mark.usefixtures("app")
def test_what_is_pointed_to_is_placed_first() -> None:
    placed: set[str] = set()
    for name, _statement in placements(db.metadata):
        keys = db.metadata.tables[name].foreign_key_constraints
        assert {key.referred_table.name for key in keys} <= placed
        placed.add(name)
    assert placed == set(db.metadata.tables)
