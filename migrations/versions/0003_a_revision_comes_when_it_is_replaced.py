"""A revision is written when it is replaced: the newest is the entry itself.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NEWEST = """EXISTS (SELECT 1 FROM entry WHERE entry.rider_id = entry_rev.rider_id
                     AND entry.id = entry_rev.id AND entry.rev = entry_rev.rev)"""


def upgrade() -> None:
    op.execute(sa.text(f"DELETE FROM entry_rev WHERE NOT lost AND {_NEWEST}"))
    with op.batch_alter_table("entry_rev") as table:
        table.drop_column("mutation_id")


def downgrade() -> None:
    with op.batch_alter_table("entry_rev") as table:
        table.add_column(sa.Column("mutation_id", sa.Uuid(), nullable=True))
    columns = "rider_id, id, rev, body, device_id"
    op.execute(
        sa.text(
            f"INSERT INTO entry_rev ({columns}, lost, at) "
            f"SELECT {columns}, false, server_at FROM entry"
        )
    )
