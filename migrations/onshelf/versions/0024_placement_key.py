"""placement key: a placement is found by its item and target, and needs no number of its own"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

UNIQUE = "uq_placement_item_id_target"


def upgrade() -> None:
    op.drop_constraint("pk_placement", "placement")
    op.drop_column("placement", "id")
    op.create_primary_key("pk_placement", "placement", ["item_id", "target"])
    op.drop_constraint(UNIQUE, "placement")


def downgrade() -> None:
    op.drop_constraint("pk_placement", "placement")
    op.add_column("placement", sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True))
    op.create_primary_key("pk_placement", "placement", ["id"])
    op.create_unique_constraint(UNIQUE, "placement", ["item_id", "target"])
