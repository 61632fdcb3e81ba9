"""The SQL of a push: what locks the log, what is read, and the sums at its end."""

import uuid
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql

from dbsapp.extensions import Model
from dbsapp.sync.models import Entry, EntryRev, SyncDevice, SyncMutation, SyncRider
from dbsapp.sync.prepared import execute


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


@cache
def read(dialect: str) -> Any:
    """Return the statement that reads all that a push needs, older revisions in their order.

    Each row is looked for by the whole of a key. Left to itself, PostgreSQL reads all that a rider
    has while it has no statistics: hence a LATERAL that it cannot turn into a join of its own.
    """
    rider = bindparam("rider", type_=_entry.c.rider_id.type)
    own = (_mutation.c.rider_id == rider, _mutation.c.device_id == bindparam("device"))
    answered = (
        _matching(_mutation.c.mutation_id, "mutation_ids", own[:1], dialect),
        # A row that both find does no harm.
        _matching(_mutation.c.mid, "mids", own, dialect),
        _later(own, dialect),
    )
    entry = _matching(_entry.c.id, "ids", (_entry.c.rider_id == rider,), dialect)
    parts = (*map(_known, answered), _with_revisions(entry, dialect))
    return union_all(*parts).order_by("old_rev")


class Found(NamedTuple):
    """A row of `read`: a mutation that was answered (`known`), or an entry with one older revision.

    `word` is the status of the answer, or the kind of the entry; `body` what else it said, or what
    it holds.
    """

    known: bool
    id: uuid.UUID
    device_id: uuid.UUID
    word: str
    rev: int
    seq: int
    body: dict[str, Any] | None
    mid: Any
    entry_id: Any
    code: Any
    extra: Any
    deleted: Any
    at: Any
    old_rev: Any
    lost: Any
    old_doc: Any
    old_device_id: Any
    old_at: Any


_UUIDS = ("id", "device_id", "entry_id", "old_device_id")
_DOCUMENTS = ("body", "extra", "old_doc")


def found(connection: Connection, asked: Mapping[str, Any]) -> list[Found]:
    """Execute `read`; SQLite gives ids as digits, and JSON as text."""
    rows = execute(connection, read(connection.dialect.name), asked)
    if connection.dialect.name == "postgresql":
        return list(map(Found._make, rows))
    return list(map(_from_sqlite, rows))


def _from_sqlite(row: Iterable[Any]) -> Found:
    one = Found._make(row)
    read: dict[str, Any] = {
        **{name: uuid.UUID(value) for name in _UUIDS if (value := getattr(one, name))},
        **{name: msgspec.json.decode(getattr(one, name) or "null") for name in _DOCUMENTS},
    }
    return one._replace(**read)


def listed(values: Iterable[uuid.UUID | int], dialect: str) -> object:
    """Return values as `read` wants them: one parameter; SQLite knows no lists but in JSON."""
    if dialect == "postgresql":
        return list(values)
    plain = [value.hex if isinstance(value, uuid.UUID) else value for value in values]
    return msgspec.json.encode(plain).decode()


def _among(column_: Any, name: str, dialect: str) -> Any:
    """Compare with a list of values."""
    if dialect == "postgresql":
        return column_ == func.any(bindparam(name, type_=postgresql.ARRAY(column_.type)))
    values = func.json_each(bindparam(name, type_=Text)).table_valued("value")
    return column_.in_(select(values.c.value))


def _matching(key: Column[Any], name: str, where: Iterable[Any], dialect: str) -> Any:
    """Return the rows of a table in which `key` is one of a list; the rest of it is in `where`."""
    rows = select(key.table).where(*where)
    if dialect == "sqlite":
        return select(rows.where(_among(key, name, dialect)).subquery())
    values = func.unnest(bindparam(name, type_=postgresql.ARRAY(key.type)))
    wanted = values.table_valued(column("value", key.type)).render_derived()
    one = rows.where(key == wanted.c.value).limit(literal_column("1")).lateral()
    return select(one).select_from(wanted)


def _later(own: Iterable[Any], dialect: str) -> Any:
    """Return what a device was answered of its later mutations of the same entries."""
    above = _mutation.c.mid > bindparam("lowest", type_=BigInteger)
    rows = select(_mutation).where(*own, above)
    # A fence as above: nearly always nothing is above, and the index says so.
    later = rows.order_by(_mutation.c.mid).limit(literal_column(str(2**31 - 1))).subquery()
    return select(later).where(_among(later.c.entry_id, "ids", dialect))


def _known(answered: Any) -> Any:
    """Select what was answered before."""
    row = answered.selected_columns
    return answered.with_only_columns(
        true().label("known"),
        row.mutation_id.label("id"),
        row.device_id,
        row.status.label("word"),
        row.rev,
        row.seq,
        row.answer.label("body"),
        row.mid,
        row.entry_id,
        row.code,
        *(
            cast(null(), one.type).label(name)
            for name, one in {
                "extra": _entry.c.extra,
                "deleted": _entry.c.deleted,
                "at": _entry.c.server_at,
                "old_rev": _rev.c.rev,
                "lost": _rev.c.lost,
                "old_doc": _rev.c.body,
                "old_device_id": _rev.c.device_id,
                "old_at": _rev.c.at,
            }.items()
        ),
        maintain_column_froms=True,
    )


def _with_revisions(entries: Any, dialect: str) -> Any:
    """Select entries, each once for every older revision that is wanted.

    And once for what lost in the newest; or once, if there is nothing of these.
    """
    entry = entries.subquery().c
    oldest = bindparam("oldest", type_=BigInteger)
    which = and_(
        _rev.c.rider_id == entry.rider_id,
        _rev.c.id == entry.id,
        or_(
            and_(_rev.c.rev < entry.rev, _rev.c.lost.is_(False)),
            and_(_rev.c.rev == entry.rev, _rev.c.lost.is_(True)),
        ),
        # One bound for each entry: the index finds it, however long the history is. What builds on
        # a revision still to come knew a former entry of this id, so it builds on nothing here.
        _rev.c.rev
        >= case((or_(_among(entry.id, "whole", dialect), entry.rev < oldest), 0), else_=oldest),
    )
    revisions: Any = _rev
    if dialect == "postgresql":
        fenced = select(_rev).where(which).offset(literal_column("0"))
        revisions, which = fenced.lateral(), true()
    revision = revisions.c
    return select(
        false(),
        entry.id,
        entry.device_id,
        entry.kind,
        entry.rev,
        entry.seq,
        entry.body,
        cast(null(), _mutation.c.mid.type),
        cast(null(), _mutation.c.entry_id.type),
        cast(null(), _mutation.c.code.type),
        entry.extra,
        entry.deleted,
        entry.server_at,
        revision.rev,
        revision.lost,
        revision.body,
        revision.device_id,
        revision.at,
    ).outerjoin_from(entry.id.table, revisions, which)


SUM_UP = (
    update(_rider)
    .where(_rider.c.rider_id == bindparam("rider"))
    .values(live_count=bindparam("count"), live_hash=bindparam("hashes"))
)
