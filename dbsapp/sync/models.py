"""The tables of the sync (docs/sync.md). Every key begins with the rider who owns the row.

Times are milliseconds since 1970 in UTC, as on the wire. Nothing but the sync writes these tables.
"""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dbsapp.extensions import Model

JSON = sa.JSON(none_as_null=True)


class SyncRider(Model):
    """One row a rider: the counter of their log, and the lock that orders their writers.

    `live_count` and `live_hash` sum up the entries that are not deleted, for `check`. Where the
    log was taken up again from a backup, `prev_epoch` and `epoch_seq` say which one, and how far
    it had come by then.
    """

    # The type is named: statements are made before the table that the key refers to is known.
    rider_id: Mapped[uuid.UUID] = mapped_column(
        sa.Uuid, ForeignKey("rider.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    epoch: Mapped[str] = mapped_column(sa.String(16))
    prev_epoch: Mapped[str | None] = mapped_column(sa.String(16))
    epoch_seq: Mapped[int | None] = mapped_column(BigInteger)
    floor: Mapped[int] = mapped_column(BigInteger, default=0)
    live_count: Mapped[int] = mapped_column(default=0)
    live_hash: Mapped[int] = mapped_column(BigInteger, default=0)


class SyncDevice(Model):
    """A browser profile of a rider."""

    rider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    device_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[int] = mapped_column(BigInteger)
    last_seen_at: Mapped[int] = mapped_column(BigInteger)
    app_version: Mapped[str | None] = mapped_column(sa.String(64))
    schema: Mapped[int] = mapped_column(BigInteger)


class SyncMutation(Model):
    """A mutation that was answered for good, with what the answer said: repeats get the same.

    `answer` holds what an answer has beside the columns: `errors`, a merged `entry`, what lost.
    """

    __table_args__ = (UniqueConstraint("rider_id", "device_id", "mid"),)

    rider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    mutation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    device_id: Mapped[uuid.UUID]
    mid: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(sa.String(16))
    code: Mapped[str | None] = mapped_column(sa.String(32))
    entry_id: Mapped[uuid.UUID | None]
    rev: Mapped[int | None] = mapped_column(BigInteger)
    seq: Mapped[int | None] = mapped_column(BigInteger)
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    at: Mapped[int] = mapped_column(BigInteger)


class Entry(Model):
    """The newest version of an entry; a deleted one stays as a tombstone without a body.

    `body` holds the fields of its kind, `extra` those that a newer app wrote.
    """

    __table_args__ = (UniqueConstraint("rider_id", "seq"),)

    rider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(16))
    rev: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int] = mapped_column(BigInteger)
    deleted: Mapped[bool]
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    extra: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    client_at: Mapped[int | None] = mapped_column(BigInteger)
    server_at: Mapped[int] = mapped_column(BigInteger)
    device_id: Mapped[uuid.UUID]


class EntryRev(Model):
    """A revision of an entry, or with `lost` the values that it overrode.

    A revision is whole (null: deleted) and comes here when it is replaced: the newest is the entry.
    """

    rider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    rev: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    lost: Mapped[bool] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    device_id: Mapped[uuid.UUID]
    at: Mapped[int] = mapped_column(BigInteger)


class RejectedPayload(Model):
    """What the server refused, as it was sent; kept 30 days, to be explained or rescued."""

    rider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    mutation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    payload: Mapped[str] = mapped_column(sa.Text)
    code: Mapped[str] = mapped_column(sa.String(32))
    at: Mapped[int] = mapped_column(BigInteger)
