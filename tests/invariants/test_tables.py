"""Every row of a rider begins with the rider, and points at nobody else's: so it can be kept apart.

Whether by an index, by a server of its own (docs/scale.md), or in a backup.
"""

import pytest
from sqlalchemy import Table, UniqueConstraint

import dbsapp.accounts.service  # noqa: F401 - it knows every table
from dbsapp.extensions import db

#: Found by their email before it is known who they are.
OF_NOBODY_YET = {"rider"}
TABLES = [table for table in db.metadata.sorted_tables if table.name not in OF_NOBODY_YET]


def test_there_are_no_other_tables_than_those_of_riders() -> None:
    assert {table.name for table in TABLES} == {
        "deleted_rider",
        "entry",
        "entry_rev",
        "rejected_payload",
        "sync_device",
        "sync_mutation",
        "sync_rider",
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_its_key_and_every_index_begin_with_the_rider(table: Table) -> None:
    unique = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    indexed = [one.columns for one in table.indexes]
    for columns in (table.primary_key.columns, *unique, *indexed):
        assert next(iter(columns)).name == "rider_id"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_key_in_it_leads_to_another_rider(table: Table) -> None:
    for key in table.foreign_keys:
        assert (key.parent.name, key.target_fullname) == ("rider_id", "rider.id")
