"""The sum of the entries that live is made of a hash that costs a tenth of the one before.

Revision ID: 0004
Revises: 0003
"""

import uuid
from collections import defaultdict
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_entry = sa.table(
    "entry",
    sa.column("rider_id", sa.Uuid),
    sa.column("id", sa.Uuid),
    sa.column("rev", sa.BigInteger),
    sa.column("deleted", sa.Boolean),
)
_rider = sa.table(
    "sync_rider", sa.column("rider_id", sa.Uuid), sa.column("live_hash", sa.BigInteger)
)


def upgrade() -> None:
    _sum_up(_folded)


def downgrade() -> None:
    _sum_up(_fnv)


def _sum_up(hashed: Callable[[uuid.UUID, int], int]) -> None:
    bind = op.get_bind()
    sums: dict[uuid.UUID, int] = defaultdict(int)
    living = sa.select(_entry.c.rider_id, _entry.c.id, _entry.c.rev).where(~_entry.c.deleted)
    for rider_id, entry_id, rev in bind.execute(living):
        sums[rider_id] ^= hashed(entry_id, rev)
    for rider_id, live_hash in sums.items():
        mine = _rider.c.rider_id == rider_id
        bind.execute(_rider.update().where(mine).values(live_hash=live_hash))


def _folded(entry_id: uuid.UUID, rev: int) -> int:
    words = entry_id.int
    return _mixed((words >> 96 ^ words >> 64 ^ words >> 32 ^ words ^ rev * 0x9E3779B1) & 0xFFFFFFFF)


def _fnv(entry_id: uuid.UUID, rev: int) -> int:
    value = 0x811C9DC5
    for byte in f"{entry_id}:{rev}".encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return _mixed(value)


def _mixed(value: int) -> int:
    value = (value ^ value >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    value = (value ^ value >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return value ^ value >> 16
