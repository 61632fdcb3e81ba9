"""The counter of a rider's log: the lock that every writer takes first."""

import secrets
import uuid
from typing import NamedTuple

from sqlalchemy import Update, insert, update

from dbsapp.extensions import db
from dbsapp.sync import statements
from dbsapp.sync.models import SyncRider
from dbsapp.sync.prepared import execute
from dbsapp.sync.protocol import WireError


class Log(NamedTuple):
    """A rider's log, locked until the transaction ends; `seq` is the last number handed out."""

    seq: int
    epoch: str
    floor: int
    live_count: int
    live_hash: int
    device_seen_at: int | None


def open_log(rider_id: uuid.UUID) -> None:
    """Begin the log of a new rider."""
    row = {"rider_id": rider_id, "epoch": _new_epoch(), "seq": 0, "floor": 0}
    db.session.execute(insert(SyncRider), row | {"live_count": 0, "live_hash": 0})


def lock_log(rider_id: uuid.UUID, numbers: int = 0, device_id: uuid.UUID | None = None) -> Log:
    """Lock the log of a rider and take `numbers` new numbers: `seq - numbers + 1` to `seq`.

    This is the first statement of every transaction that writes entries. The lock is held until
    the transaction ends, so commits come in the order of the numbers, and a reader that has seen
    one number will never miss a smaller one. Gaps are fine.

    Raises:
        WireError: 410 `account_deleted`, since there is no such log.
    """
    asked = {"rider": rider_id, "numbers": numbers, "device": device_id}
    rows = execute(db.session.connection(), statements.LOCK, asked)
    if not rows:
        raise WireError(410, "account_deleted")
    return Log._make(rows[0])


def rotation() -> Update:
    """Return the statement that gives every log a new epoch, after a backup was put in place.

    A device then learns that what it was told after `epoch_seq` of `prev_epoch` may be gone. One
    name does for all logs: a device compares it with none but its own.
    """
    return update(SyncRider).values(
        prev_epoch=SyncRider.epoch, epoch_seq=SyncRider.seq, epoch=_new_epoch()
    )


def disown_past(rider_id: uuid.UUID) -> None:
    """Give a log a new epoch that is sure of nothing in the one before; commits.

    For a log of which a device holds numbers that it has not given out: an older state was put in
    place, and nobody rotated the epochs. How old it is cannot be told, so every device is to look.
    """
    statement = rotation().where(SyncRider.rider_id == rider_id).values(epoch_seq=0)
    db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.commit()


def _new_epoch() -> str:
    return secrets.token_hex(4)
