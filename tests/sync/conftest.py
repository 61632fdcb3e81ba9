"""Alice with her phone and her laptop; Charlie, whom none of it concerns."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, select

from dbsapp.accounts.service import OWNED
from dbsapp.extensions import db
from tests.phones import Phone, sign_in, sign_up


@pytest.fixture
def alice(app: Flask) -> Phone:
    """Return Alice's phone."""
    return Phone(sign_up(app, "alice"))


@pytest.fixture
def laptop(app: Flask, alice: Phone) -> Phone:
    """Return Alice's laptop."""
    return Phone(sign_in(app, "alice"))


@pytest.fixture
def charlie(app: Flask) -> Phone:
    """Return Charlie's phone."""
    return Phone(sign_up(app, "charlie"))


@pytest.fixture
def bystander(app: Flask, charlie: Phone) -> Iterator[Phone]:
    """Return Charlie's phone, and see to it that his rows are, to the last byte, as they were."""
    entry = charlie.mutation()
    charlie.push(entry, charlie.mutation("patch", id=entry["id"], set={"effort": 7}))
    charlie.push(charlie.mutation(set={"effort": 11}))
    before = rows_of(app, charlie.user)
    assert all(before)
    yield charlie
    assert rows_of(app, charlie.user) == before


def rows_of(app: Flask, user: str) -> list[Any]:
    """Return every row of a rider, table by table."""
    rider = uuid.UUID(user[2:])
    tables = [table for table in (model.__table__ for model in OWNED) if isinstance(table, Table)]
    with app.app_context():
        return [
            db.session.execute(
                select(table).where(table.c.rider_id == rider).order_by(*table.primary_key)
            ).all()
            for table in tables
        ]
