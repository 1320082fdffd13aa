"""behind: whether the sender that has a target's turn keeps up"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    behind = sa.Column("behind", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("target_state", behind)


def downgrade() -> None:
    op.drop_column("target_state", "behind")
