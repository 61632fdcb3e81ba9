"""What a push does to one entry: worked out in memory, written later by `service.py`."""

import logging
import traceback
import uuid
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dbsapp.extensions import Model
from dbsapp.sync import protocol
from dbsapp.sync.apply import Outcome, RejectedError, Revision, State, apply, split
from dbsapp.sync.models import Entry, EntryRev, RejectedPayload, SyncMutation
from dbsapp.sync.protocol import Item, Malformed, Mutation

logger = logging.getLogger(__name__)
#: What a result holds beside the columns of its row.
ANSWERED = ("errors", "entry", "lost_rev", "lost")

Json = dict[str, Any]


class Stamp(NamedTuple):
    """Who writes, from where, with which number, when."""

    rider_id: uuid.UUID
    device_id: uuid.UUID
    seq: int
    now: int


@dataclass(slots=True)
class Group:
    """What a push does to one entry: written together, or not at all."""

    state: State
    rows: dict[type[Model], list[Json]] = field(default_factory=dict)
    results: list[Json] = field(default_factory=list)
    live: int = 0
    hashes: int = 0
    failed: bool = False

    def fail(self) -> None:
        """Take everything back: each mutation of the group is to be sent again."""
        self.failed = True
        self.rows, self.live, self.hashes = {}, 0, 0
        for result in self.results:
            make_retry(result)


def answer(group: Group, item: Item, stamp: Stamp) -> Json:
    """Apply one mutation in memory and return its result.

    What we did not foresee is answered `retry`, together with what comes after it for the same
    entry; nothing of it is written.
    """
    result: Json = {"mutation_id": str(item.mutation.mutation_id)}
    group.results.append(result)
    if group.failed:
        return make_retry(result)
    try:
        outcome = apply(group.state, item.mutation, stamp.device_id)
    except RejectedError as refusal:
        result |= {"status": "rejected", "code": refusal.code, "errors": refusal.errors}
        _add(group, RejectedPayload, _payload_row(item, refusal, stamp))
    except Exception as error:
        log_failure(error)
        group.failed = True
        return make_retry(result)
    else:
        result |= _settle(group, item.mutation, outcome, stamp)
    _add(group, SyncMutation, _mutation_row(item.mutation, result, stamp))
    return result


def _settle(group: Group, mutation: Mutation | Malformed, outcome: Outcome, stamp: Stamp) -> Json:
    """Make the new revision, if there is one, and return what the result says of it."""
    state = group.state
    if outcome.writes and isinstance(mutation, Mutation):
        if state.history:  # what is replaced is kept; the newest is the entry itself
            _count(group, -1)
            _add(group, EntryRev, _revision_row(state, state.history[-1], stamp))
        state.rev, state.seq, state.kind = state.rev + 1, stamp.seq, mutation.kind
        state.doc, state.lost = outcome.doc, outcome.lost
        state.history.append(Revision(state.rev, state.doc, stamp.device_id, stamp.now))
        _count(group, +1)
        _write_entry(group, mutation, stamp)
    result: Json = {"status": outcome.status, "rev": state.rev, "seq": state.seq}
    if outcome.status == "merged":
        result["entry"] = _entry_copy(state)
    if outcome.lost is not None:
        result |= {"lost_rev": state.rev, "lost": outcome.lost}
    return result


def _count(group: Group, sign: int) -> None:
    """Take the entry out of the sum of living entries (-1), or put it in (+1)."""
    if group.state.doc is not None:
        group.live += sign
        group.hashes ^= protocol.entry_hash(group.state.id.int, group.state.rev)


def _write_entry(group: Group, mutation: Mutation, stamp: Stamp) -> None:
    state = group.state
    body, extra = split(mutation.kind, state.doc)
    row = {
        "rider_id": stamp.rider_id,
        "id": state.id,
        "kind": state.kind,
        "rev": state.rev,
        "seq": state.seq,
        "deleted": state.doc is None,
        "body": body,
        "extra": extra,
        "client_at": mutation.at,
        "server_at": stamp.now,
        "device_id": stamp.device_id,
    }
    group.rows[Entry] = [row]
    if state.lost is not None:
        lost = Revision(state.rev, state.lost, stamp.device_id, stamp.now)
        _add(group, EntryRev, _revision_row(state, lost, stamp, lost=True))


def _revision_row(state: State, revision: Revision, stamp: Stamp, *, lost: bool = False) -> Json:
    rev, doc, device, at = revision
    row = {"rider_id": stamp.rider_id, "id": state.id, "rev": rev, "lost": lost}
    return row | {"body": doc, "device_id": device, "at": at}


def _entry_copy(state: State) -> Json:
    """Return the entry as a pull would give it."""
    body, extra = split(state.kind or "", state.doc)
    copy: Json = {"id": str(state.id), "kind": state.kind, "rev": state.rev, "seq": state.seq}
    copy |= {"deleted": state.doc is None, "body": body, "extra": extra}
    return copy


def _payload_row(item: Item, refusal: RejectedError, stamp: Stamp) -> Json:
    payload = item.raw.decode(errors="replace").replace("\0", "")
    row = {"rider_id": stamp.rider_id, "mutation_id": item.mutation.mutation_id}
    return row | {"payload": payload, "code": refusal.code, "at": stamp.now}


def _mutation_row(mutation: Mutation | Malformed, result: Json, stamp: Stamp) -> Json:
    return {
        "rider_id": stamp.rider_id,
        "mutation_id": mutation.mutation_id,
        "device_id": stamp.device_id,
        "mid": mutation.mid,
        "status": result["status"],
        "code": result.get("code"),
        "entry_id": mutation.id if isinstance(mutation, Mutation) else None,
        "rev": result.get("rev"),
        "seq": result.get("seq"),
        "answer": {k: result[k] for k in ANSWERED if k in result} or None,
        "at": stamp.now,
    }


def _add(group: Group, model: type[Model], row: Json) -> None:
    group.rows.setdefault(model, []).append(row)


def make_retry(result: Json) -> Json:
    """Turn a result into "send it again"."""
    mutation_id = result["mutation_id"]
    result.clear()
    result |= {"mutation_id": mutation_id, "status": "retry", "code": "internal"}
    return result


def log_failure(error: Exception) -> None:
    """Log what broke and where, without its text: that may hold what a rider wrote."""
    stack = "".join(traceback.format_tb(error.__traceback__)[-3:])
    logger.error("A part of a push failed: %s\n%s", type(error).__name__, stack)
