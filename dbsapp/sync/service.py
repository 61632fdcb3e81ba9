"""Push against the database: one transaction, a handful of statements whatever the batch holds.

The steps: lock the counter, look up what was answered before, load the entries and the revisions
that are needed, work everything out in Python (`group.py`), write it in bulk.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, and_, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from dbsapp.extensions import Model, db
from dbsapp.outage import is_outage
from dbsapp.sync import protocol
from dbsapp.sync.apply import Revision, State
from dbsapp.sync.counter import Log, lock_log
from dbsapp.sync.group import Group, Json, Stamp, answer, log_failure
from dbsapp.sync.ids import uuid7
from dbsapp.sync.models import (
    Entry,
    EntryRev,
    RejectedPayload,
    SyncDevice,
    SyncMutation,
    SyncRider,
)
from dbsapp.sync.protocol import Item, Malformed, Mutation, Push, WireError

DEVICE_SEEN_EVERY_MS = 3_600_000
#: In the order in which they are written.
WRITTEN = (Entry, EntryRev, SyncMutation, RejectedPayload)


def push(rider_id: uuid.UUID, request: Push, now: int) -> Json:
    """Apply a push and return its answer; the caller commits.

    All is written at once. If the database refuses something in it, everything is taken back and
    written again entry by entry, each within a savepoint: what still fails is answered `retry`
    and does not hold up the rest.

    Raises:
        WireError: 409 `wrong_user`, `epoch` or `device_forked`, 410 `account_deleted`.
    """
    if request.user != protocol.public_id(rider_id):
        raise WireError(409, "wrong_user")
    try:
        return _push(rider_id, request, now, careful=False)
    except DBAPIError as error:
        if is_outage(error):
            raise
        log_failure(error)
        db.session.rollback()
        return _push(rider_id, request, now, careful=True)


def save(rider_id: uuid.UUID, mutation: Mutation, now: int) -> Json:
    """Apply one change that was made on the server itself (a form), and return its result.

    The mutation id makes a form that is sent twice count once. The caller commits.
    """
    item = Item(mutation, protocol.encode(mutation))
    user = protocol.public_id(rider_id)
    request = Push(user, uuid.uuid4(), protocol.SCHEMA, None, [item], registers=False)
    result: Json = push(rider_id, request, now)["results"][0]
    return result


def new_mutation(kind: str, op: str, now: int, **fields: Any) -> Mutation:
    """Return a mutation made on the server; `id` and `mutation_id` are made up unless given."""
    made = {"mid": 1, "mutation_id": uuid7(now), "id": uuid7(now), "at": now}
    return Mutation(**{**made, **fields, "kind": kind, "op": op})


def _push(rider_id: uuid.UUID, request: Push, now: int, *, careful: bool) -> Json:
    log = lock_log(rider_id, len(request.items), request.device)
    if request.epoch not in (None, log.epoch):
        raise WireError(409, "epoch")
    if request.registers and now - (log.device_seen_at or 0) > DEVICE_SEEN_EVERY_MS:
        _see_device(rider_id, request, now)
    results = _known_results(rider_id, request)
    fresh = [item for item in request.items if item.mutation.mutation_id not in results]
    groups = _load_groups(rider_id, fresh)
    for seq, item in enumerate(fresh, log.seq - len(request.items) + 1):
        mutation_id = item.mutation.mutation_id
        if mutation_id not in results:
            stamp = Stamp(rider_id, request.device, seq, now)
            results[mutation_id] = answer(groups[_key(item.mutation)], item, stamp)
    _write(groups.values(), careful=careful)
    _sum_up(rider_id, log, groups.values())
    return {
        "proto": protocol.PROTO,
        "server_now": now,
        "epoch": log.epoch,
        "seq": log.seq,
        "results": [
            {"mid": item.mutation.mid} | results[item.mutation.mutation_id]
            for item in request.items
        ],
    }


def _see_device(rider_id: uuid.UUID, request: Push, now: int) -> None:
    row = {
        "rider_id": rider_id,
        "device_id": request.device,
        "created_at": now,
        "last_seen_at": now,
        "app_version": request.app_version,
        "schema": request.schema,
    }
    kept = ("rider_id", "device_id", "created_at")
    db.session.execute(_upsert(SyncDevice, kept), row)


def _known_results(rider_id: uuid.UUID, request: Push) -> dict[uuid.UUID, Json]:
    """Return the kept results of mutations that were answered before.

    A number that this device has used for another mutation shows that two devices go by one name
    (a restored backup, a copied profile); nothing is applied then.
    """
    numbers = {item.mutation.mid: item.mutation.mutation_id for item in request.items}
    rows = db.session.scalars(
        select(SyncMutation).where(
            SyncMutation.rider_id == rider_id,
            or_(
                SyncMutation.mutation_id.in_(numbers.values()),
                and_(SyncMutation.device_id == request.device, SyncMutation.mid.in_(numbers)),
            ),
        )
    ).all()
    for row in rows:
        if (
            row.device_id == request.device
            and numbers.get(row.mid, row.mutation_id) != row.mutation_id
        ):
            raise WireError(409, "device_forked")
    return {row.mutation_id: _kept_result(row) for row in rows}


def _kept_result(row: SyncMutation) -> Json:
    told = {"code": row.code, "rev": row.rev, "seq": row.seq}
    result = {"mutation_id": str(row.mutation_id), "status": row.status, **(row.answer or {})}
    return result | {key: value for key, value in told.items() if value is not None}


def _load_groups(rider_id: uuid.UUID, items: Sequence[Item]) -> dict[uuid.UUID, Group]:
    """Load the entries that `items` are about, with the revisions that they build on."""
    keys = {_key(item.mutation) for item in items}
    groups = {key: Group(State(key)) for key in keys}
    entries = select(Entry).where(Entry.rider_id == rider_id, Entry.id.in_(keys))
    for row in db.session.scalars(entries) if keys else ():
        doc = None if row.deleted else {**(row.body or {}), **(row.extra or {})}
        history = [Revision(row.rev, doc, row.device_id)]
        groups[row.id].state = State(row.id, row.kind, row.rev, row.seq, doc, None, history)
    _load_history(rider_id, groups, _stale_bases(items, groups))
    return groups


def _stale_bases(items: Iterable[Item], groups: Mapping[uuid.UUID, Group]) -> dict[uuid.UUID, int]:
    """Return the oldest base of each entry that a mutation does not build on the newest of."""
    bases: dict[uuid.UUID, int] = {}
    for mutation in (item.mutation for item in items):
        if isinstance(mutation, Mutation) and mutation.base_rev < groups[mutation.id].state.rev:
            bases[mutation.id] = min(mutation.base_rev, bases.get(mutation.id, mutation.base_rev))
    return bases


def _load_history(
    rider_id: uuid.UUID, groups: Mapping[uuid.UUID, Group], bases: Mapping[uuid.UUID, int]
) -> None:
    if not bases:
        return
    wanted = or_(*(and_(EntryRev.id == key, EntryRev.rev >= rev) for key, rev in bases.items()))
    revisions = (
        select(EntryRev.id, EntryRev.rev, EntryRev.body, EntryRev.device_id)
        .where(EntryRev.rider_id == rider_id, EntryRev.lost.is_(False), wanted)
        .order_by(EntryRev.rev)
    )
    for key in bases:
        groups[key].state.history = []
    for key, rev, doc, device_id in db.session.execute(revisions):
        groups[key].state.history.append(Revision(rev, doc, device_id))


def _key(mutation: Mutation | Malformed) -> uuid.UUID:
    return mutation.id if isinstance(mutation, Mutation) else mutation.mutation_id


def _write(groups: Iterable[Group], *, careful: bool) -> None:
    groups = list(groups)
    if not careful:
        _insert(groups)
        return
    for group in groups:
        try:
            with db.session.begin_nested():
                _insert([group])
        except DBAPIError as error:
            if is_outage(error):
                raise
            log_failure(error)
            group.fail()


def _insert(groups: Sequence[Group]) -> None:
    for model in WRITTEN:
        rows = [row for group in groups for row in group.rows.get(model, ())]
        if rows:
            key = ("rider_id", "id")
            statement = _upsert(Entry, key) if model is Entry else insert(_table(model))
            db.session.execute(statement, rows)


def _sum_up(rider_id: uuid.UUID, log: Log, groups: Iterable[Group]) -> None:
    live, hashes, changed = log.live_count, log.live_hash, False
    for group in groups:
        live, hashes = live + group.live, hashes ^ group.hashes
        changed = changed or Entry in group.rows
    if changed:
        here = update(SyncRider).where(SyncRider.rider_id == rider_id)
        db.session.execute(
            here.values(live_count=live, live_hash=hashes),
            execution_options={"synchronize_session": False},
        )


def _upsert(model: type[Model], kept: Sequence[str]) -> Any:
    """Return an insert that overwrites a row of the same key, except for its columns `kept`."""
    table = _table(model)
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    new = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in kept}
    return statement.on_conflict_do_update(index_elements=table.primary_key, set_=new)


def _table(model: type[Model]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 - for the type checker
    return table
