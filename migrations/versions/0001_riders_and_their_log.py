"""Riders, and the log that their devices share.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _riders()
    _log()
    _kept_for_a_while()


def downgrade() -> None:
    for table in (
        "rejected_payload",
        "sync_mutation",
        "entry_rev",
        "entry",
        "sync_device",
        "sync_rider",
        "deleted_rider",
        "rider",
    ):
        op.drop_table(table)


def _riders() -> None:
    op.create_table(
        "rider",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("session_token", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rider"),
        sa.UniqueConstraint("email", name="uq_rider_email"),
    )
    op.create_table(
        "deleted_rider",
        sa.Column("rider_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("rider_id", name="pk_deleted_rider"),
    )


def _log() -> None:
    op.create_table(
        "sync_rider",
        sa.Column("rider_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.String(16), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("live_count", sa.Integer(), nullable=False),
        sa.Column("live_hash", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rider_id"], ["rider.id"], name="fk_sync_rider_rider_id_rider", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rider_id", name="pk_sync_rider"),
    )
    op.create_table(
        "sync_device",
        sa.Column("rider_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("app_version", sa.String(64), nullable=True),
        sa.Column("schema", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("rider_id", "device_id", name="pk_sync_device"),
    )
    op.create_table(
        "entry",
        sa.Column("rider_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=True),
        sa.Column("client_at", sa.BigInteger(), nullable=True),
        sa.Column("server_at", sa.BigInteger(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("rider_id", "id", name="pk_entry"),
        sa.UniqueConstraint("rider_id", "seq", name="uq_entry_rider_id_seq"),
    )
    op.create_table(
        "entry_rev",
        sa.Column("rider_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("mutation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("rider_id", "id", "rev", "lost", name="pk_entry_rev"),
    )


def _kept_for_a_while() -> None:
    op.create_table(
        "sync_mutation",
        sa.Column("rider_id", sa.Uuid(), nullable=False),
        sa.Column("mutation_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("mid", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("code", sa.String(32), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("rider_id", "mutation_id", name="pk_sync_mutation"),
        sa.UniqueConstraint(
            "rider_id", "device_id", "mid", name="uq_sync_mutation_rider_id_device_id_mid"
        ),
    )
    op.create_table(
        "rejected_payload",
        sa.Column("rider_id", sa.Uuid(), nullable=False),
        sa.Column("mutation_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("rider_id", "mutation_id", name="pk_rejected_payload"),
    )
