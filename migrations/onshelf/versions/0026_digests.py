"""digests: what a target has of a product when it has what it was sent"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("digests", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("delivery", "digests")
