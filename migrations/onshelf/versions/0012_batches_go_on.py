"""what is wished for many listings is gone on with by a worker"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("batch", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    for name in ("lease_until", "finished_at"):
        op.add_column("batch", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_batch_unfinished", "batch", ["id"], postgresql_where=sa.text("finished_at IS NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_batch_unfinished", table_name="batch")
    for name in ("finished_at", "lease_until", "attempts"):
        op.drop_column("batch", name)
