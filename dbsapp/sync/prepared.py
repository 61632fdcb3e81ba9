"""Statements whose text is made only once: that costs more than the database takes to answer it."""

import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect


def execute(connection: Connection, statement: Any, values: Mapping[str, Any]) -> CursorResult[Any]:
    """Execute a statement with plain values; the same statement must come as the same object."""
    sql, constants, places = _text_of(statement, connection.dialect)
    if connection.dialect.name == "postgresql":
        return connection.exec_driver_sql(sql, {**constants, **values})
    given = {**constants, **values}
    in_order = [given[name] for name in places]
    plain = [one.hex if isinstance(one, uuid.UUID) else one for one in in_order]
    return connection.exec_driver_sql(sql, tuple(plain))


@cache
def _text_of(statement: Any, dialect: Dialect) -> tuple[str, dict[str, Any], list[str]]:
    """Return the text, the values that stand in the statement, and the order of all by position."""
    compiled = statement.compile(dialect=dialect)
    return str(compiled), compiled.params, compiled.positiontup or []
