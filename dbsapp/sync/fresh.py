"""New entries that are right as they are, in a straight line: nearly all that a first push brings.

msgspec reads such a push in one go, and says in the same go that nothing is wrong in it. Nothing
is looked up beforehand: where the database knows one of the ids, it leaves the row out, and all is
taken back and done again by `service.py`. Where both ways are open, they come to the same.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta
from sqlalchemy import Connection, bindparam, false, select
from sqlalchemy import literal_column as literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from dbsapp.extensions import Model, db
from dbsapp.logs import kinds
from dbsapp.outage import is_outage
from dbsapp.sync import protocol, statements, turn
from dbsapp.sync.bulk import json_rows
from dbsapp.sync.counter import Log
from dbsapp.sync.group import log_failure
from dbsapp.sync.models import Entry, SyncMutation
from dbsapp.sync.prepared import change, change_by_many, execute
from dbsapp.sync.protocol import MAX_ENTRY, MAX_MUTATIONS, MAX_REQUEST, Count, Sender
from dbsapp.sync.statements import table_of

Json = dict[str, Any]

#: A rider has one entry of these, which two devices may both make: that is a merge.
SHARED = "preference"


class New(msgspec.Struct, kw_only=True):
    """A mutation that creates an entry; each kind has a class of its own, with another `set`."""

    mid: Annotated[int, Meta(ge=1, le=protocol.MAX_NUMBER)]
    mutation_id: kinds.Uuid
    id: kinds.Uuid
    op: Literal["create"]
    set: kinds.Known
    base_rev: Literal[0] = 0
    at: Count | None = None
    tz: Annotated[str, Meta(max_length=64)] | None = None
    unset: Annotated[list[str], Meta(max_length=0)] = []


if TYPE_CHECKING:
    NewOfAnyKind = New
else:
    NewOfAnyKind = reduce(
        or_,
        (
            msgspec.defstruct(
                f"New{struct.__name__}", [("set", struct)], bases=(New,), tag_field="kind", tag=kind
            )
            for kind, struct in kinds.KINDS.items()
            if kind != SHARED
        ),
    )


class _Sent(Sender, kw_only=True):
    mutations: Annotated[list[NewOfAnyKind], Meta(min_length=1, max_length=MAX_MUTATIONS)]


class Fresh(NamedTuple):
    """A push of new entries, with the JSON of each."""

    sent: _Sent
    bodies: list[bytes]


_decode = msgspec.json.Decoder(_Sent).decode
_encode = msgspec.json.Encoder().encode


def decode(data: bytes) -> Fresh | None:
    """Read a push; None if anything about it wants a closer look."""
    if len(data) > MAX_REQUEST or b"\\u0000" in data:
        return None
    try:
        sent = _decode(data)
    except protocol.UNREADABLE:
        return None
    if sent.proto != protocol.PROTO or sent.schema < protocol.MIN_SCHEMA:
        return None
    if len({one.mid for one in sent.mutations}) < len(sent.mutations):
        return None
    if not all(kinds.is_sound(_kind_of(one), one.set) for one in sent.mutations):
        return None
    bodies = [_encode(one.set) for one in sent.mutations]
    sizes = [len(body) for body in bodies]
    # As it was sent, none can be larger than the largest with all that is beside the entries.
    largest = max(sizes) + len(data) - sum(sizes)
    return Fresh(sent, bodies) if largest <= MAX_ENTRY else None


def push(rider_id: uuid.UUID, fresh: Fresh, now: int) -> Json | None:
    """Put in what is new and return the answer; the caller commits.

    None: some of it is not new, or the database refuses it, and all is taken back.

    Raises:
        WireError: 409 `wrong_user` or `epoch`, 410 `account_deleted`.
        DBAPIError: the database cannot be had.
    """
    log = turn.take(rider_id, fresh.sent, len(fresh.bodies))
    connection = db.session.connection()
    try:
        results = _insert(connection, rider_id, fresh, log, now)
        if results:
            turn.see_device(connection, rider_id, fresh.sent, log, now)
            return turn.answer(log, results, now)
    except DBAPIError as error:
        if is_outage(error):
            raise
        log_failure(error)
    db.session.rollback()
    return None


def _kind_of(one: New) -> str:
    return str(one.__struct_config__.tag)


def _insert(
    connection: Connection, rider_id: uuid.UUID, fresh: Fresh, log: Log, now: int
) -> list[Json]:
    """Return the results; none: some of it was there."""
    quick = connection.dialect.name == "postgresql"
    text_of: Callable[[bytes], Any] = msgspec.Raw if quick else bytes.decode
    first = log.seq - len(fresh.bodies) + 1
    hashes = log.live_hash
    entries, mutations, results = [], [], []
    for seq, (one, body) in enumerate(zip(fresh.sent.mutations, fresh.bodies, strict=True), first):
        entry = {"id": one.id.replace("-", ""), "seq": seq, "body": text_of(body)}
        entry |= {"kind": _kind_of(one), "client_at": one.at}
        entries.append(entry)
        mutation = {"mutation_id": one.mutation_id.replace("-", ""), "mid": one.mid}
        mutations.append(mutation | {"entry_id": entry["id"], "seq": seq})
        result = {"mid": one.mid, "mutation_id": one.mutation_id, "status": "ok"}
        results.append(result | {"rev": 1, "seq": seq})
        hashes ^= protocol.entry_hash(int(entry["id"], 16), 1)
    put = _put_at_once if quick else _put_one_by_one
    same = {"rider": rider_id, "device": fresh.sent.device, "now": now}
    # First the mutations: what is sent once more is known by them.
    for model, rows in ((SyncMutation, mutations), (Entry, entries)):
        if put(connection, model, rows, same) < len(rows):
            return []
    sums = {"count": log.live_count + len(entries), "hashes": hashes}
    execute(connection, statements.SUM_UP, {"rider": rider_id, **sums})
    return results


def _put_one_by_one(
    connection: Connection, model: type[Model], rows: Iterable[Json], same: Json
) -> int:
    same = {"rider": same["rider"].hex, "device": same["device"].hex, "now": same["now"]}
    return change_by_many(connection, _insert_of_one(model), [{**row, **same} for row in rows])


def _put_at_once(
    connection: Connection, model: type[Model], rows: Iterable[Json], same: Json
) -> int:
    return change(connection, _insert_of_json(model), {**same, "rows": _encode(rows).decode()})


#: What each row of a table has of its own.
_OWN: dict[type[Model], tuple[str, ...]] = {
    Entry: ("id", "seq", "body", "kind", "client_at"),
    SyncMutation: ("mutation_id", "mid", "entry_id", "seq"),
}


def _values(model: type[Model], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return what each column takes."""
    rider: Any = bindparam("rider")
    device: Any = bindparam("device")
    now: Any = bindparam("now")
    values = {"rider_id": rider, "device_id": device, "rev": literal("1")}
    values |= {name: own[name] for name in _OWN[model]}
    if model is Entry:
        return values | {"deleted": false(), "server_at": now}
    return values | {"status": literal("'ok'"), "at": now}


@cache
def _insert_of_one(model: type[Model]) -> str:
    """Return what SQLite's driver executes for each row."""
    own = {name: bindparam(name, type_=table_of(model).c[name].type) for name in _OWN[model]}
    statement = sqlite.insert(model).values(_values(model, own)).on_conflict_do_nothing()
    return str(statement.compile(dialect=sqlite.dialect(paramstyle="named")))


@cache
def _insert_of_json(model: type[Model]) -> Any:
    """Return what PostgreSQL gets, with all rows in one text."""
    values = _values(model, dict(json_rows(model, _OWN[model]).c))
    statement = postgresql.insert(table_of(model))
    filled = statement.from_select(list(values), select(*values.values()))
    return filled.on_conflict_do_nothing()
