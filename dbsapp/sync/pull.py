"""Pull: what is new in a rider's log since a cursor, in one statement and so in one snapshot."""

import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Text, and_, bindparam, cast, select

from dbsapp.extensions import db
from dbsapp.sync import protocol
from dbsapp.sync.models import Entry, EntryRev, SyncRider
from dbsapp.sync.protocol import Cursor, WireError
from dbsapp.sync.statements import table_of

#: So many columns of a row are about the log, the others about an entry.
LOG_COLUMNS = 7
UUID_LENGTH = 36

Json = dict[str, Any]


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
    found = [row for row in rows if row.id is not None]
    page = _page(found, limit)
    more = len(page) < len(found)
    changes = msgspec.Raw(f"[{','.join(page)}]".encode())
    last = found[len(page) - 1].seq if page else None
    answer |= {"cursor": str(_next(cursor, log, last)), "more": more, "changes": changes}
    if not more:
        answer["check"] = protocol.check_of(log.live_count, log.live_hash)
    return answer


def _rows_after(rider_id: uuid.UUID, seq: int, limit: int) -> Sequence[Any]:
    """Read the log and its entries after `seq` together: `check` must fit the rows it comes with.

    Bodies come as the text they are stored as, ids as text too, and go out unread.
    """
    asked = {"rider": rider_id, "after": seq, "most": limit}
    return db.session.execute(_ROWS_AFTER, asked).all()


# Put together once, like those of a push, and without the classes of the tables.
_log, _entry, _rev = (table_of(model) for model in (SyncRider, Entry, EntryRev))
_ROWS_AFTER = (
    select(
        _log.c.seq.label("log_seq"),
        _log.c.epoch,
        _log.c.prev_epoch,
        _log.c.epoch_seq,
        _log.c.floor,
        _log.c.live_count,
        _log.c.live_hash,
        cast(_entry.c.id, Text).label("id"),
        _entry.c.kind,
        _entry.c.rev,
        _entry.c.seq,
        _entry.c.deleted,
        cast(_entry.c.body, Text).label("body"),
        cast(_entry.c.extra, Text).label("extra"),
        cast(_rev.c.body, Text).label("lost"),
    )
    .outerjoin(
        _entry, and_(_entry.c.rider_id == _log.c.rider_id, _entry.c.seq > bindparam("after"))
    )
    .outerjoin(
        _rev,
        and_(
            _rev.c.rider_id == _entry.c.rider_id,
            _rev.c.id == _entry.c.id,
            _rev.c.rev == _entry.c.rev,
            _rev.c.lost.is_(True),
        ),
    )
    .where(_log.c.rider_id == bindparam("rider"))
    .order_by(_entry.c.seq)
    .limit(bindparam("most"))
)


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


def _page(rows: Sequence[Any], limit: int) -> list[str]:
    page: list[str] = []
    size = 0
    for row in rows[:limit]:
        change = _change(*row[LOG_COLUMNS:])
        size += len(change)
        if page and size > protocol.MAX_PULL_BYTES:
            break
        page.append(change)
    return page


def _next(cursor: Cursor | None, log: Any, last: int | None) -> Cursor:
    seq = last if last is not None else cursor.seq if cursor else 0
    if seq >= log.floor:
        return Cursor(log.epoch, seq)
    return Cursor(log.epoch, seq, log.floor if cursor is None else cursor.floor)


def _change(
    entry_id: str,
    kind: str,
    rev: int,
    seq: int,
    deleted: bool,
    body: str | None,
    extra: str | None,
    lost: str | None,
) -> str:
    """Return an entry as JSON. It is put together as text: a pull brings thousands."""
    tail = "" if lost is None else f',"lost":{lost}'
    return (
        f'{{"id":"{_dashed(entry_id)}","kind":"{kind}","rev":{rev},"seq":{seq},'
        f'"deleted":{"true" if deleted else "false"},'
        f'"body":{body or "null"},"extra":{extra or "null"}{tail}}}'
    )


def _dashed(uuid_: str) -> str:
    """Return a UUID as PostgreSQL writes it; SQLite holds the digits alone."""
    if len(uuid_) == UUID_LENGTH:
        return uuid_
    return f"{uuid_[:8]}-{uuid_[8:12]}-{uuid_[12:16]}-{uuid_[16:20]}-{uuid_[20:]}"
