"""Statements whose text is made once, sent by the driver itself.

What SQLAlchemy does around each statement takes four times as long as SQLite's answer. Its
connections, transactions, errors and events stay: only the way in between is shorter.
"""

import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError


def execute(
    connection: Connection, statement: Any, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Execute a statement with plain values and return its rows as the driver gives them.

    The same statement must come as the same object.

    Raises:
        DBAPIError: the database refuses it, or cannot be had.
    """
    return _run(connection, *_for_driver(statement, connection.dialect, values)).rows


def change(connection: Connection, statement: Any, values: Mapping[str, Any]) -> int:
    """Do the same with one that gives no rows, and return how many it changed."""
    return _run(connection, *_for_driver(statement, connection.dialect, values)).changed


def change_by_many(connection: Connection, sql: str, rows: Sequence[Any]) -> int:
    """Do the same with `sql` for each of `rows`, the values as the driver wants them."""
    return _run(connection, sql, rows, many=True).changed


class _Outcome(NamedTuple):
    rows: list[tuple[Any, ...]]
    changed: int


def _for_driver(statement: Any, dialect: Dialect, values: Mapping[str, Any]) -> tuple[str, Any]:
    sql, constants, places = _text_of(statement, dialect)
    given = {**constants, **values}
    if not places:
        return sql, given
    in_order = [given[name] for name in places]
    return sql, tuple(one.hex if isinstance(one, uuid.UUID) else one for one in in_order)


def _run(connection: Connection, sql: str, values: Any, *, many: bool = False) -> _Outcome:
    cursor = connection.connection.cursor()
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, cursor, sql, values, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(sql, values)
        rows = list(cursor.fetchall()) if cursor.description else []
        return _Outcome(rows, cursor.rowcount)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _translated(connection, sql, error) from error
    finally:
        cursor.close()


def _translated(connection: Connection, sql: str, error: Any) -> BaseException:
    """Return SQLAlchemy's name for an error of the driver; give up a connection that is dead."""
    dialect = connection.dialect
    driver_error = dialect.loaded_dbapi.Error
    dead = dialect.is_disconnect(error, connection.connection, None)
    if dead:
        connection.invalidate(error)
    translated: BaseException = DBAPIError.instance(
        sql, None, error, driver_error, connection_invalidated=dead, dialect=dialect
    )
    return translated


@cache
def _text_of(statement: Any, dialect: Dialect) -> tuple[str, dict[str, Any], list[str]]:
    """Return the text, the values that stand in the statement, and the order of all by position."""
    compiled = statement.compile(dialect=dialect)
    return str(compiled), compiled.params, compiled.positiontup or []
