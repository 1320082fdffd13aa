"""away: since when a reviewer takes no cases, and the heads of the queues by kind"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INDEX = "ix_review_case_queue_kind"
UNDECIDED = sa.text("verdict IS NULL AND closed_at IS NULL AND NOT suspended")


def upgrade() -> None:
    op.add_column("person", sa.Column("away_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        INDEX,
        "review_case",
        ["queue", "kind", "promised_at", "id"],
        postgresql_where=UNDECIDED,
    )


def downgrade() -> None:
    op.drop_index(INDEX, "review_case")
    op.drop_column("person", "away_at")
