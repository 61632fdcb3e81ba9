"""What can be done with an account. The views commit."""

import datetime as dt
import uuid
from collections.abc import Sequence

from flask import g
from sqlalchemy import bindparam, delete, select

from dbsapp.accounts import passwords
from dbsapp.accounts.models import DeletedRider, KnownRider, Rider
from dbsapp.extensions import Model, db
from dbsapp.sync.counter import lock_log, open_log
from dbsapp.sync.models import (
    Entry,
    EntryRev,
    RejectedPayload,
    SyncDevice,
    SyncMutation,
    SyncRider,
)
from dbsapp.sync.prepared import execute

OWNED: tuple[type[Model], ...] = (
    RejectedPayload,
    SyncMutation,
    EntryRev,
    Entry,
    SyncDevice,
    SyncRider,
)


def rider_by_email(email: str) -> Rider | None:
    """Return the rider with this email, whatever the case it is typed in."""
    return db.session.scalar(select(Rider).where(Rider.email == _key(email)))


def register(email: str, password: str) -> Rider:
    """Make a rider and their empty log.

    Raises:
        IntegrityError: there is a rider with this email already.
    """
    rider = Rider(
        id=uuid.uuid4(),
        email=_key(email),
        password_hash=passwords.hash_password(password),
        created_at=_now(),
    )
    rider.sign_out_everywhere()
    db.session.add(rider)
    db.session.flush()
    open_log(rider.id)
    return rider


def check_password(rider: Rider | None, password: str) -> bool:
    """Tell whether `password` is the rider's, with equal work for nobody; renew an old hash."""
    if not passwords.verify(rider.password_hash if rider else None, password) or rider is None:
        return False
    if passwords.is_outdated(rider.password_hash):
        rider.password_hash = passwords.hash_password(password)
    return True


def change_password(rider: Rider, password: str) -> None:
    """Set a new password and sign all devices out."""
    rider.password_hash = passwords.hash_password(password)
    rider.sign_out_everywhere()


def delete_account(rider: Rider) -> None:
    """Delete the rider with everything they own; only the bare id stays, to tell their devices.

    The log is locked first: a push that is under way ends before, one that waits finds nothing.
    """
    lock_log(rider.id)
    for model in OWNED:
        table = model.__table__
        db.session.execute(delete(model).where(table.c.rider_id == rider.id))
    db.session.add(DeletedRider(rider_id=rider.id, at=_now()))
    db.session.delete(rider)


def devices_of(rider: Rider) -> Sequence[SyncDevice]:
    """Return the devices of a rider, the one seen last first."""
    seen_last = SyncDevice.last_seen_at.desc()
    return db.session.scalars(
        select(SyncDevice).where(SyncDevice.rider_id == rider.id).order_by(seen_last)
    ).all()


def load_signed_in(cookie_id: str) -> Rider | None:
    """Return the rider whom a cookie names, if that sign-in still counts.

    A cookie of a deleted account is remembered for this request (`was_deleted`).
    """
    named = _named_in(cookie_id)
    rider = db.session.get(Rider, named.id) if named else None
    return rider if named and _counts(named, rider.session_token if rider else None) else None


def recognise(cookie_id: str) -> KnownRider | None:
    """Do the same with less work, and return no more than the cookie says: the sync asks often."""
    named = _named_in(cookie_id)
    if named is None:
        return None
    asked = {"rider": named.id}
    if db.engine.dialect.name == "sqlite":
        # `let_in` would end a transaction at once; this is none.
        with db.engine.connect() as connection:
            rows = execute(connection, _TOKEN, asked)
    else:
        rows = execute(db.session.connection(), _TOKEN, asked)
    return named if _counts(named, rows[0][0] if rows else None) else None


#: Put together once.
_TOKEN = select(Rider.session_token).where(Rider.id == bindparam("rider"))


def _named_in(cookie_id: str) -> KnownRider | None:
    hex_id, _, token = cookie_id.partition(".")
    try:
        return KnownRider(uuid.UUID(hex_id), token)
    except ValueError:
        return None


def _counts(named: KnownRider, token: str | None) -> bool:
    """Tell whether a cookie holds the rider's token; None: there is no such rider."""
    if token is None:
        g.account_deleted = db.session.get(DeletedRider, named.id) is not None
    return named.session_token == token


def was_deleted() -> bool:
    """Tell whether this request came with the cookie of an account that was deleted."""
    return bool(g.get("account_deleted", False))


def _key(email: str) -> str:
    return email.strip().lower()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
