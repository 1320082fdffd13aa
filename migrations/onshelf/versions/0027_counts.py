"""counts: which revision a count was made of; when the end of a stock feed was last reached"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stock", sa.Column("staged_seen", sa.Integer(), nullable=True))
    op.add_column("target_state", sa.Column("fed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("target_state", "fed_at")
    op.drop_column("stock", "staged_seen")
