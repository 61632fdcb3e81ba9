"""Pull: what is new in a rider's log since a cursor, in one statement and so in one snapshot."""

import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import BigInteger, Text, and_, bindparam, case, cast, func, literal_column, select

from dbsapp.extensions import db
from dbsapp.sync import protocol
from dbsapp.sync.models import Entry, EntryRev, SyncRider
from dbsapp.sync.prepared import execute
from dbsapp.sync.protocol import Cursor, WireError
from dbsapp.sync.statements import table_of

Json = dict[str, Any]


class Row(NamedTuple):
    """The log, and one entry of it as JSON; `seq` and `change` are None where there is none."""

    log_seq: int
    epoch: str
    prev_epoch: str | None
    epoch_seq: int | None
    floor: int
    live_count: int
    live_hash: int
    seq: int | None
    change: str | None


def pull(rider_id: uuid.UUID, cursor_text: str, limit: int, now: int) -> Json:
    """Return the changes after a cursor, oldest first, each entry in its newest version only.

    At most `limit` rows or 1 MB. `reset` tells a device to begin again from nothing: `epoch` if
    this log is not the one that it knows, `gc` if tombstones that it may need are gone. With
    `epoch` comes `since`. `check` comes with the last page.

    Raises:
        WireError: 410 `account_deleted`.
    """
    cursor = protocol.decode_cursor(cursor_text) if cursor_text else None
    rows = _rows_after(rider_id, cursor.seq if cursor else 0, limit + 1)
    if not rows:
        raise WireError(410, "account_deleted")
    log = rows[0]
    answer: Json = {"proto": protocol.PROTO, "server_now": now, "reset": None}
    if reset := _reset(cursor_text, cursor, log):
        since = {"since": _since(cursor, log)} if reset == "epoch" else {}
        return answer | {"reset": reset, **since, "cursor": "", "more": False, "changes": []}
    found = [(row.change, row.seq) for row in rows if row.seq is not None]
    page = _page(found, limit)
    more = len(page) < len(found)
    changes = msgspec.Raw(f"[{','.join(change for change, _ in page)}]".encode())
    last = page[-1][1] if page else None
    answer |= {"cursor": str(_next(cursor, log, last)), "more": more, "changes": changes}
    if not more:
        answer["check"] = protocol.check_of(log.live_count, log.live_hash)
    return answer


def _rows_after(rider_id: uuid.UUID, seq: int, limit: int) -> Sequence[Any]:
    """Read the log and its entries after `seq` together: `check` must fit what it comes with."""
    connection = db.session.connection()
    asked = {"rider": rider_id, "after": seq, "most": limit}
    return list(map(Row._make, execute(connection, rows_after(connection.dialect.name), asked)))


_log, _entry, _rev = (table_of(model) for model in (SyncRider, Entry, EntryRev))


@cache
def rows_after(dialect: str) -> Any:
    """Return the statement that reads a page: of each row the log, and one entry as JSON.

    The database puts the entry together, of the very text that it is stored as: a pull brings
    thousands, and reads none of them.
    """
    after = (_entry.c.rider_id == bindparam("rider"), _entry.c.seq > bindparam("after"))
    page: Any = _entry.c
    where: Sequence[Any] = after
    if dialect == "postgresql":
        # Left to itself, it puts all entries together, and only then takes the first; and where
        # it has no statistics, it sorts them all, unless it cannot know how many are asked for.
        most = select(bindparam("most", type_=BigInteger)).scalar_subquery()
        first = select(_entry).where(*after).order_by(_entry.c.seq).limit(most)
        page, where = first.subquery().c, ()
    body, extra, lost = (cast(c, Text) for c in (page.body, page.extra, _rev.c.body))
    change = _formatted(
        '{"id":"%s","kind":"%s","rev":%s,"seq":%s,"deleted":%s,"body":%s,"extra":%s%s}',
        _id_as_text(page.id, dialect),
        page.kind,
        page.rev,
        page.seq,
        case((page.deleted, _constant("true")), else_=_constant("false")),
        func.coalesce(body, _constant("null")),
        func.coalesce(extra, _constant("null")),
        func.coalesce(_constant(',"lost":').concat(lost), _constant("")),
        dialect=dialect,
    )
    return (
        select(
            _log.c.seq.label("log_seq"),
            _log.c.epoch,
            _log.c.prev_epoch,
            _log.c.epoch_seq,
            _log.c.floor,
            _log.c.live_count,
            _log.c.live_hash,
            page.seq,
            change.label("change"),
        )
        .outerjoin(page.seq.table, and_(page.rider_id == _log.c.rider_id, *where))
        .outerjoin(
            _rev,
            and_(
                _rev.c.rider_id == page.rider_id,
                _rev.c.id == page.id,
                _rev.c.rev == page.rev,
                _rev.c.lost.is_(True),
            ),
        )
        .where(_log.c.rider_id == bindparam("rider"))
        .order_by(page.seq)
        .limit(bindparam("most"))
    )


def _formatted(form: str, *values: Any, dialect: str) -> Any:
    """Put values in the places of `%s` in a text, all at once."""
    put_in = func.format if dialect == "postgresql" else func.printf
    return put_in(_constant(form), *values)


def _constant(text: str) -> Any:
    """Return a text that stands in the statement itself, and not among its values."""
    return literal_column(f"'{text}'", Text)


def _id_as_text(id_: Any, dialect: str) -> Any:
    """Return a UUID as JSON has it; SQLite holds the digits alone."""
    digits = cast(id_, Text)
    if dialect == "postgresql":
        return digits
    places = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    parts = [func.substr(digits, literal_column(str(i)), literal_column(str(n))) for i, n in places]
    return _formatted("%s-%s-%s-%s-%s", *parts, dialect=dialect)


def _reset(text: str, cursor: Cursor | None, log: Any) -> str | None:
    if not text:
        return None
    if cursor is None or cursor.epoch != log.epoch or cursor.seq > log.log_seq:
        return "epoch"
    known_floor = cursor.seq if cursor.floor is None else cursor.floor
    return "gc" if cursor.seq < log.floor and known_floor < log.floor else None


def _since(cursor: Cursor | None, log: Any) -> int:
    """Return up to which `seq` this log is the one that the device knows; 0 if nobody can tell.

    What the device was told after that was lost when an older backup was put in place.
    """
    known = cursor is not None and cursor.epoch == log.prev_epoch
    return int(log.epoch_seq) if known else 0


def _page(rows: Sequence[tuple[str, int]], limit: int) -> Sequence[tuple[str, int]]:
    """Return as many changes, each with its `seq`, as go into an answer: at least one."""
    size = 0
    for number, (change, _) in enumerate(rows[:limit]):
        size += len(change)
        if number and size > protocol.MAX_PULL_BYTES:
            return rows[:number]
    return rows[:limit]


def _next(cursor: Cursor | None, log: Any, last: int | None) -> Cursor:
    seq = last if last is not None else cursor.seq if cursor else 0
    if seq >= log.floor:
        return Cursor(log.epoch, seq)
    return Cursor(log.epoch, seq, log.floor if cursor is None else cursor.floor)
