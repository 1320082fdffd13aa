"""suspect: a target that is down is told from one delivery that it cannot take"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("target_state", sa.Column("suspect_id", sa.BigInteger()))


def downgrade() -> None:
    op.drop_column("target_state", "suspect_id")
