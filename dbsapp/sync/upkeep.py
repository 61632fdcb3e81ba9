"""Clearing up what has been kept long enough. Run it now and then: `flask --app app sync prune`."""

import time
import uuid

from sqlalchemy import delete, func, select, update

from dbsapp.extensions import db
from dbsapp.sync.counter import lock_log, rotation
from dbsapp.sync.models import Entry, EntryRev, RejectedPayload, SyncMutation, SyncRider

DAY_MS = 86_400_000
KEEP_TOMBSTONES_DAYS = 180
KEEP_ANSWERS_DAYS = 90
KEEP_REJECTED_DAYS = 30


def now_ms() -> int:
    """Return the time as the sync counts it: milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def prune(now: int) -> None:
    """Remove old tombstones, old answers and old refused payloads; commits.

    A device that has been away for longer than the tombstones are kept begins again from nothing,
    and what it could not send is merged then.
    """
    for model, days in ((SyncMutation, KEEP_ANSWERS_DAYS), (RejectedPayload, KEEP_REJECTED_DAYS)):
        db.session.execute(delete(model).where(model.at < now - days * DAY_MS))
        db.session.commit()
    too_old = now - KEEP_TOMBSTONES_DAYS * DAY_MS
    old = select(Entry.rider_id).where(Entry.deleted, Entry.server_at < too_old).distinct()
    for rider_id in db.session.scalars(old).all():
        _prune_tombstones(rider_id, too_old)
        db.session.commit()


def rotate_epochs() -> None:
    """Give every log a new epoch, once an older state of the database was restored; commits."""
    db.session.execute(rotation(), execution_options={"synchronize_session": False})
    db.session.commit()


def _prune_tombstones(rider_id: uuid.UUID, too_old: int) -> None:
    log = lock_log(rider_id)
    gone = (Entry.rider_id == rider_id, Entry.deleted, Entry.server_at < too_old)
    floor = db.session.scalar(select(func.max(Entry.seq)).where(*gone)) or 0
    ids = select(Entry.id).where(*gone)
    unread = {"synchronize_session": False}
    here = EntryRev.rider_id == rider_id
    db.session.execute(delete(EntryRev).where(here, EntryRev.id.in_(ids)), execution_options=unread)
    db.session.execute(delete(Entry).where(*gone), execution_options=unread)
    db.session.execute(
        update(SyncRider).where(SyncRider.rider_id == rider_id).values(floor=max(floor, log.floor)),
        execution_options=unread,
    )
