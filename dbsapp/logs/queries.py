"""What the plain pages read of a log. Every query names the rider: that is the access check."""

import uuid
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import BigInteger, Select, cast, select

from dbsapp.extensions import db
from dbsapp.sync.models import Entry, EntryRev

PER_PAGE = 50
#: No log is longer; a database cannot count up to just any number that stands in an address.
LAST_PAGE = 1_000_000


def session_of(rider_id: uuid.UUID, entry_id: uuid.UUID, *, deleted: bool | None = False) -> Entry:
    """Return the rider's session of this id; 404 when there is none, or it is another's.

    `deleted` True asks for a deleted one, None for either.
    """
    wanted = select(Entry).where(
        Entry.rider_id == rider_id, Entry.id == entry_id, Entry.kind == "session"
    )
    if deleted is not None:
        wanted = wanted.where(Entry.deleted.is_(deleted))
    found: Entry = db.first_or_404(wanted)
    return found


def sessions_of(rider_id: uuid.UUID, page: int) -> Pagination:
    """Return a page of the rider's sessions: newest local day first, then latest start."""
    page = min(page, LAST_PAGE)
    return db.paginate(_newest_first(rider_id), page=page, per_page=PER_PAGE, error_out=False)


def latest_zone_of(rider_id: uuid.UUID) -> str:
    """Return the time zone of the newest session, the best guess at where the rider is."""
    newest = db.session.scalar(_newest_first(rider_id).limit(1))
    return str((newest.body or {}).get("tz") or "UTC") if newest else "UTC"


def body_before_deletion(entry: Entry) -> dict[str, Any]:
    """Return the last thing that a deleted entry said."""
    revisions = select(EntryRev.body).where(
        EntryRev.rider_id == entry.rider_id,
        EntryRev.id == entry.id,
        EntryRev.lost.is_(False),
        EntryRev.body.is_not(None),
    )
    return db.session.scalar(revisions.order_by(EntryRev.rev.desc()).limit(1)) or {}


def _newest_first(rider_id: uuid.UUID) -> Select[Entry]:
    return (
        select(Entry)
        .where(Entry.rider_id == rider_id, Entry.kind == "session", Entry.deleted.is_(False))
        .order_by(
            Entry.body["date"].as_string().desc(),
            cast(Entry.body["started_at"].as_string(), BigInteger).desc(),
            Entry.seq.desc(),
        )
    )
