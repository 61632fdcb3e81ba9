"""The epoch before this one, and how far the log had come when it ended.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sync_rider", sa.Column("prev_epoch", sa.String(16), nullable=True))
    op.add_column("sync_rider", sa.Column("epoch_seq", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sync_rider") as table:
        table.drop_column("epoch_seq")
        table.drop_column("prev_epoch")
