"""The SQL of a push, put together once: that costs more than the database takes to answer it."""

from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    null,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from dbsapp.extensions import Model, db
from dbsapp.sync.models import Entry, EntryRev, SyncDevice, SyncMutation, SyncRider


def table_of(model: type[Model]) -> Table:
    """Return the table of a model."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - for the type checker
    return table


_rider, _device, _mutation, _entry, _rev = map(
    table_of, (SyncRider, SyncDevice, SyncMutation, Entry, EntryRev)
)

#: Take `numbers` and lock the log; with when the device was seen last.
LOCK = (
    update(_rider)
    .where(_rider.c.rider_id == bindparam("rider"))
    .values(seq=_rider.c.seq + bindparam("numbers"))
    .returning(
        _rider.c.seq,
        _rider.c.epoch,
        _rider.c.floor,
        _rider.c.live_count,
        _rider.c.live_hash,
        select(_device.c.last_seen_at)
        .where(_device.c.rider_id == bindparam("rider"), _device.c.device_id == bindparam("device"))
        .scalar_subquery(),
    )
)


def _among(column_: Any, name: str, dialect: str) -> Any:
    """Compare with a list of values.

    PostgreSQL gets it as one array: it has less to plan, and we less to send.
    """
    if dialect == "postgresql":
        return column_ == func.any(bindparam(name, type_=postgresql.ARRAY(column_.type)))
    return column_.in_(bindparam(name, expanding=True))


@cache
def read(dialect: str) -> Any:
    """Return the statement that reads all that a push needs, older revisions in their order."""
    return union_all(_known(dialect), _entries(dialect)).order_by("old_rev")


def _known(dialect: str) -> Any:
    """Select what was answered before, by the ids of mutations or their numbers on the device."""
    return select(
        true().label("known"),
        _mutation.c.mutation_id.label("id"),
        _mutation.c.device_id,
        _mutation.c.status.label("word"),
        _mutation.c.rev,
        _mutation.c.seq,
        _mutation.c.answer.label("body"),
        _mutation.c.mid,
        _mutation.c.code,
        *(
            cast(null(), one.type).label(name)
            for name, one in {
                "extra": _entry.c.extra,
                "deleted": _entry.c.deleted,
                "old_rev": _rev.c.rev,
                "lost": _rev.c.lost,
                "old_doc": _rev.c.body,
                "old_device_id": _rev.c.device_id,
            }.items()
        ),
    ).where(
        _mutation.c.rider_id == bindparam("rider"),
        or_(
            _among(_mutation.c.mutation_id, "mutation_ids", dialect),
            and_(
                _mutation.c.device_id == bindparam("device"),
                _among(_mutation.c.mid, "mids", dialect),
            ),
        ),
    )


def _entries(dialect: str) -> Any:
    """Select entries, each once for every older revision that is wanted.

    And once for what lost in the newest; or once, if there is nothing of these.
    """
    return (
        select(
            false(),
            _entry.c.id,
            _entry.c.device_id,
            _entry.c.kind,
            _entry.c.rev,
            _entry.c.seq,
            _entry.c.body,
            cast(null(), _mutation.c.mid.type),
            cast(null(), _mutation.c.code.type),
            _entry.c.extra,
            _entry.c.deleted,
            _rev.c.rev,
            _rev.c.lost,
            _rev.c.body,
            _rev.c.device_id,
        )
        .outerjoin(
            _rev,
            and_(
                _rev.c.rider_id == _entry.c.rider_id,
                _rev.c.id == _entry.c.id,
                or_(
                    and_(_rev.c.rev < _entry.c.rev, _rev.c.lost.is_(False)),
                    and_(_rev.c.rev == _entry.c.rev, _rev.c.lost.is_(True)),
                ),
                # One bound for each entry: the index finds it, however long the history is.
                _rev.c.rev
                >= case(
                    (_among(_entry.c.id, "whole", dialect), 0),
                    else_=bindparam("oldest", type_=BigInteger),
                ),
            ),
        )
        .where(_entry.c.rider_id == bindparam("rider"), _among(_entry.c.id, "ids", dialect))
    )


SUM_UP = (
    update(_rider)
    .where(_rider.c.rider_id == bindparam("rider"))
    .values(live_count=bindparam("count"), live_hash=bindparam("hashes"))
)

#: What a row that is there already keeps; rows of other tables are never written twice.
KEPT: dict[type[Model], tuple[str, ...]] = {
    Entry: ("rider_id", "id"),
    SyncDevice: ("rider_id", "device_id", "created_at"),
}


def put(model: type[Model], rows: list[dict[str, Any]]) -> None:
    """Insert rows that hold every column; one that may be there already is overwritten.

    PostgreSQL gets them as one JSON text: a parameter for each value costs it, and us, ten times
    as much.
    """
    if db.engine.dialect.name == "postgresql":
        text = msgspec.json.encode(rows).decode()
        db.session.execute(_insert_json(model), {"rows": text})
    else:
        db.session.execute(_insert_rows(model), rows)


@cache
def _insert_rows(model: type[Model]) -> Any:
    return _overwriting(sqlite.insert(table_of(model)), model)


@cache
def _insert_json(model: type[Model]) -> Any:
    columns = [column(c.name, c.type) for c in table_of(model).columns]
    given = cast(bindparam("rows", type_=Text), JSON)
    rows = func.json_to_recordset(given).table_valued(*columns).render_derived(with_types=True)
    statement = postgresql.insert(table_of(model))
    return _overwriting(statement.from_select([c.name for c in columns], select(rows)), model)


def _overwriting(statement: Any, model: type[Model]) -> Any:
    if model not in KEPT:
        return statement
    table = table_of(model)
    new = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in KEPT[model]}
    return statement.on_conflict_do_update(index_elements=table.primary_key, set_=new)
