"""Rows written in bulk, whatever their number in one statement."""

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    Connection,
    TableValuedAlias,
    Text,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from dbsapp.extensions import Model
from dbsapp.sync.models import Entry, SyncDevice
from dbsapp.sync.prepared import change_by_many, execute
from dbsapp.sync.statements import table_of

#: What a row that is there already keeps; rows of other tables are never written twice.
KEPT: dict[type[Model], tuple[str, ...]] = {
    Entry: ("rider_id", "id"),
    SyncDevice: ("rider_id", "device_id", "created_at"),
}

Row = dict[str, Any]


def put(connection: Connection, model: type[Model], rows: list[Row]) -> None:
    """Insert rows that hold every column; one that may be there already is overwritten.

    In bulk it is the preparing of each value that costs most. So PostgreSQL gets all rows as one
    JSON text, and SQLite's driver the values as it stores them.
    """
    if connection.dialect.name == "postgresql":
        execute(connection, _insert_json(model), {"rows": msgspec.json.encode(rows).decode()})
    else:
        sql, values_of = _insert_rows(model)
        change_by_many(connection, sql, [values_of(row) for row in rows])


@cache
def _insert_rows(model: type[Model]) -> tuple[str, Callable[[Row], tuple[Any, ...]]]:
    """Return the statement, and what makes its parameters of a row."""
    statement = _overwriting(sqlite.insert(table_of(model)), model)
    columns = table_of(model).columns
    values_in_order = itemgetter(*(column_.name for column_ in columns))
    stored = [(place, _stored(column_.type)) for place, column_ in enumerate(columns)]
    other = [(place, convert) for place, convert in stored if convert]

    def values_of(row: Row) -> tuple[Any, ...]:
        values = list(values_in_order(row))
        for place, convert in other:
            if values[place] is not None:
                values[place] = convert(values[place])
        return tuple(values)

    return str(statement.compile(dialect=sqlite.dialect())), values_of


def _stored(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """Return what turns a value into what SQLite holds, as SQLAlchemy does; None: it stays."""
    if isinstance(kind, Uuid):
        return attrgetter("hex")
    if isinstance(kind, JSON):
        return lambda value: msgspec.json.encode(value).decode()
    return None


@cache
def _insert_json(model: type[Model]) -> Any:
    rows = json_rows(model, [c.name for c in table_of(model).columns])
    statement = postgresql.insert(table_of(model))
    return _overwriting(statement.from_select(list(rows.c.keys()), select(rows)), model)


def json_rows(model: type[Model], names: Iterable[str]) -> TableValuedAlias:
    """Return the columns of a table with these names, as PostgreSQL reads them from `:rows`."""
    columns = [column(name, table_of(model).c[name].type) for name in names]
    given = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON))
    return given.table_valued(*columns).render_derived(with_types=True)


def _overwriting(statement: Any, model: type[Model]) -> Any:
    if model not in KEPT:
        return statement
    table = table_of(model)
    new = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in KEPT[model]}
    return statement.on_conflict_do_update(index_elements=table.primary_key, set_=new)
