"""Push against the database: one transaction, a handful of statements whatever the batch holds.

The steps: lock the counter, look up what was answered before, load the entries and the revisions
that are needed, work everything out in Python (`group.py`), write it in bulk.
"""

import uuid
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from dbsapp.extensions import db
from dbsapp.outage import is_outage
from dbsapp.sync import bulk, fresh, protocol, statements, turn
from dbsapp.sync.apply import Revision, State
from dbsapp.sync.counter import Log
from dbsapp.sync.group import Group, Json, Stamp, answer, log_failure
from dbsapp.sync.ids import uuid7
from dbsapp.sync.models import (
    Entry,
    EntryRev,
    RejectedPayload,
    SyncMutation,
)
from dbsapp.sync.prepared import execute
from dbsapp.sync.protocol import Item, Malformed, Mutation, Push, Sender, WireError
from dbsapp.sync.statements import Found

#: In the order in which they are written.
WRITTEN = (Entry, EntryRev, SyncMutation, RejectedPayload)


def take_in(rider_id: uuid.UUID, sent: bytes, now: int) -> Json:
    """Apply a push as it was sent, by the straight line if it may go that way; the caller commits.

    Raises:
        WireError: as `decode_push` and `push` do.
    """
    brought = fresh.decode(sent)
    if brought and (quick := fresh.push(rider_id, brought, now)):
        return quick
    # What was taken for new, and was not, cost some statements: the device is for the next.
    request = protocol.decode_push(sent)._replace(registers=brought is None)
    return push(rider_id, request, now)


def push(rider_id: uuid.UUID, request: Push, now: int) -> Json:
    """Apply a push and return its answer; the caller commits.

    All is written at once. If the database refuses something in it, everything is taken back and
    written again entry by entry, each within a savepoint: what still fails is answered `retry`
    and does not hold up the rest.

    Raises:
        WireError: 409 `wrong_user`, `epoch` or `device_forked`, 410 `account_deleted`.
    """
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
    sender = Sender(user=user, device=uuid.uuid4(), schema=protocol.SCHEMA)
    result: Json = push(rider_id, Push(sender, [item], registers=False), now)["results"][0]
    return result


def new_mutation(kind: str, op: str, now: int, **fields: Any) -> Mutation:
    """Return a mutation made on the server; `id` and `mutation_id` are made up unless given."""
    made = {"mid": 1, "mutation_id": uuid7(now), "id": uuid7(now), "at": now}
    return Mutation(**{**made, **fields, "kind": kind, "op": op})


def _push(rider_id: uuid.UUID, request: Push, now: int, *, careful: bool) -> Json:
    log = turn.take(rider_id, request.sender, len(request.items))
    connection = db.session.connection()
    slept = request.sender.epoch is not None and 0 < request.sender.seq < log.floor
    rows = _read(connection, rider_id, request, whole=slept)
    results = _known_results(request, rows)
    unknown = [item for item in request.items if item.mutation.mutation_id not in results]
    groups = _groups(unknown, rows)
    _own(groups, request, results)
    if slept:
        _estrange((group.state for group in groups.values()), request.sender)
    for seq, item in enumerate(unknown, log.seq - len(request.items) + 1):
        mutation_id = item.mutation.mutation_id
        if mutation_id not in results:
            stamp = Stamp(rider_id, request.sender.device, seq, now)
            results[mutation_id] = answer(groups[_key(item.mutation)], item, stamp)
    _write(connection, groups.values(), careful=careful)
    _sum_up(connection, rider_id, log, groups.values())
    # A push in which something was refused leaves it to the next: eight statements are enough.
    if request.registers and not any(RejectedPayload in group.rows for group in groups.values()):
        turn.see_device(connection, rider_id, request.sender, log, now)
    in_order: list[Json] = [
        {"mid": item.mutation.mid} | results[item.mutation.mutation_id] for item in request.items
    ]
    return turn.answer(log, in_order, now)


def _read(
    connection: Connection, rider_id: uuid.UUID, request: Push, *, whole: bool
) -> list[Found]:
    """Read, in one statement, what was answered before, and entries with their older revisions.

    Of an entry those are read that a mutation builds on, and all that came after. A create builds
    on nothing: were there such an entry, all of its revisions would be needed. So they are, with
    `whole`, where the device names revisions that may be of a former entry.
    """
    mutations = [item.mutation for item in request.items if isinstance(item.mutation, Mutation)]
    bases = [mutation.base_rev for mutation in mutations if mutation.base_rev > 0]
    lists: dict[str, list[uuid.UUID] | list[int]] = {
        "mids": [item.mutation.mid for item in request.items],
        "mutation_ids": [item.mutation.mutation_id for item in request.items],
        "ids": [mutation.id for mutation in mutations],
        "whole": [mutation.id for mutation in mutations if whole or mutation.base_rev == 0],
    }
    dialect = connection.dialect.name
    asked = {name: statements.listed(values, dialect) for name, values in lists.items()} | {
        "rider": rider_id,
        "device": request.sender.device,
        "oldest": min(bases, default=protocol.MAX_NUMBER),
        "lowest": min((item.mutation.mid for item in request.items), default=0),
    }
    return statements.found(connection, asked)


def _known_results(request: Push, rows: Iterable[Found]) -> dict[uuid.UUID, Json]:
    """Return the kept results of mutations that were answered before.

    A number that this device has used for another mutation shows that two devices go by one name
    (a restored backup, a copied profile); nothing is applied then. So does a change which is new,
    though a later one of the same entry was answered: a device sends these in their order.
    """
    numbers = {item.mutation.mid: item.mutation.mutation_id for item in request.items}
    known = {row.id: row for row in rows if row.known}
    mine = [row for row in known.values() if row.device_id == request.sender.device]
    last = {row.entry_id: row.mid for row in sorted(mine, key=attrgetter("mid"))}
    new = [item.mutation for item in request.items if item.mutation.mutation_id not in known]
    used = any(numbers.get(row.mid, row.id) != row.id for row in mine)
    if used or any(one.mid < last.get(_key(one), 0) for one in new):
        raise WireError(409, "device_forked")
    return {row.id: _kept_result(row) for row in known.values()}


def _kept_result(row: Found) -> Json:
    told = {"code": row.code, "rev": row.rev, "seq": row.seq}
    result = {"mutation_id": str(row.id), "status": row.word, **(row.body or {})}
    return result | {key: value for key, value in told.items() if value is not None}


def _groups(items: Iterable[Item], rows: Iterable[Found]) -> dict[uuid.UUID, Group]:
    """Return what `items` are about: each entry as it is here, with its older revisions."""
    groups = {key: Group(State(key)) for key in (_key(item.mutation) for item in items)}
    for row in rows:
        if row.known or row.id not in groups:
            continue
        state = groups[row.id].state
        if state.rev == 0:
            doc = None if row.deleted else {**(row.body or {}), **(row.extra or {})}
            groups[row.id].state = state = State(row.id, row.word, row.rev, row.seq, doc)
            state.history.append(Revision(row.rev, doc, row.device_id, row.at))
        if row.lost:
            state.lost = row.old_doc
        elif row.old_rev is not None:
            old = Revision(row.old_rev, row.old_doc, row.old_device_id, row.old_at)
            state.history.insert(-1, old)
    return groups


def _own(groups: dict[uuid.UUID, Group], request: Push, results: dict[uuid.UUID, Json]) -> None:
    """Tell which revisions were made by what the device sends once more, beside news.

    It may have become another device since: its database was lost, and what waited came back.
    """
    for item in request.items:
        result = results.get(item.mutation.mutation_id, {})
        if _key(item.mutation) in groups and result.get("status") in ("ok", "merged"):
            groups[_key(item.mutation)].state.own.add(result["rev"])


def _estrange(states: Iterable[State], sender: Sender) -> None:
    """Tell of which entries a device that has missed tombstones cannot know whether it knew them.

    What it wrote there itself, and has not pulled yet, it knows.
    """
    for state in states:
        by_another = state.rev > 0 and state.history[-1].device != sender.device
        state.stranger = by_another and state.seq > sender.seq


def _key(mutation: Mutation | Malformed) -> uuid.UUID:
    return mutation.id if isinstance(mutation, Mutation) else mutation.mutation_id


def _write(connection: Connection, groups: Iterable[Group], *, careful: bool) -> None:
    groups = list(groups)
    if not careful:
        _insert(connection, groups)
        return
    for group in groups:
        try:
            with connection.begin_nested():
                _insert(connection, [group])
        except DBAPIError as error:
            if is_outage(error):
                raise
            log_failure(error)
            group.fail()


def _insert(connection: Connection, groups: Sequence[Group]) -> None:
    for model in WRITTEN:
        rows = [row for group in groups for row in group.rows.get(model, ())]
        if rows:
            bulk.put(connection, model, rows)


def _sum_up(connection: Connection, rider_id: uuid.UUID, log: Log, groups: Iterable[Group]) -> None:
    live, hashes, changed = log.live_count, log.live_hash, False
    for group in groups:
        live, hashes = live + group.live, hashes ^ group.hashes
        changed = changed or Entry in group.rows
    if changed:
        sums = {"rider": rider_id, "count": live, "hashes": hashes}
        execute(connection, statements.SUM_UP, sums)
